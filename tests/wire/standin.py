"""The stand-in itself: Discord on loopback sockets, with people in it who do things.

See ``tests/wire/__init__.py`` for how tests use it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Self, TypeVar

import discord
from aiohttp import web
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from .people import People
from .rest import PREFIX, Rest, Trouble
from .routes_app import AppRoutes
from .routes_channels import ChannelRoutes
from .routes_interactions import InteractionRoutes
from .world import REAL_LIMIT

ClientT = TypeVar("ClientT", bound=discord.Client)


class StandIn(People):
    """Discord as far as Magpie meets it, for ``async with StandIn() as discord:``.

    Leaving the block raises AssertionError when the bot broke a rule (``violations``), unless ``strict`` is False.
    ``check_answers`` holds the stand-in itself to Discord's description. For measurements, ``check=False`` and
    ``record=False`` leave out the checks of bodies and the list of ``calls``.
    """

    def __init__(
        self, *, strict: bool = True, check: bool = True, check_answers: bool = False, record: bool = True
    ) -> None:
        super().__init__()
        self.strict = strict
        self.rest = Rest(self, self.made, self.posting, check, check_answers, record)
        self.app_routes = AppRoutes(self.rest)
        self._runner: web.AppRunner | None = None

    # life ---------------------------------------------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        for routes in (self.app_routes, ChannelRoutes(self.rest), InteractionRoutes(self.rest)):
            for method, route, handler in routes.table():
                self.rest.add(app, method, route, handler)
        app.router.add_get("/", self.gateway.handle)
        app.router.add_get("/attachments/{rest:.+}", self._file)
        app.router.add_get("/ephemeral-attachments/{rest:.+}", self._file)
        app.router.add_route("*", "/{rest:.*}", self.rest.unknown)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.base = f"http://{host}:{port}"
        self.files.base = self.base
        self.gateway.url = self.app_routes.gateway_url = f"ws://{host}:{port}/"
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        await self.gateway.close()
        assert self._runner is not None
        await self._runner.cleanup()
        if self.violations and error is not None:
            error.add_note("rules broken meanwhile:\n- " + "\n- ".join(self.violations))
        elif self.strict:
            self.assert_no_violations()

    def assert_no_violations(self) -> None:
        """AssertionError that lists every rule the bot broke."""
        assert not self.violations, "the bot broke rules of Discord:\n- " + "\n- ".join(self.violations)

    @property
    def api_url(self) -> str:
        """The REST interface's address, for ``DISCORD_API_URL``."""
        return self.base + PREFIX

    @property
    def gateway_url(self) -> str:
        """The websocket's address, for ``DISCORD_GATEWAY_URL``."""
        return self.gateway.url

    async def _file(self, request: web.Request) -> web.Response:
        found = self.files.open(request.raw_path.partition("?")[0], dict(request.query))
        if found is None:
            return web.Response(status=404, text="This content is no longer available.")
        return web.Response(body=found.data, content_type=found.content_type.partition(";")[0])

    @asynccontextmanager
    async def pointed(self) -> AsyncIterator[None]:
        """discord.py of this process talks to the stand-in. Both settings are global: one stand-in at a time."""
        before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = self.api_url, URL(self.gateway_url)
        try:
            yield
        finally:
            Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before

    @asynccontextmanager
    async def running(self, client: ClientT) -> AsyncIterator[ClientT]:
        """Run a discord.py client in this process until the block ends; it is ready when the block begins."""
        client._connection.guild_ready_timeout = 0.05  # discord.py waits 2 s for servers that may still come
        async with self.pointed():
            task = asyncio.create_task(client.start(self.token, reconnect=True))
            try:
                await asyncio.wait(
                    [task, ready := asyncio.create_task(self.ready())], return_when=asyncio.FIRST_COMPLETED
                )
                if task.done():
                    ready.cancel()
                    await task
                await ready
                await client.wait_until_ready()
                yield client
            finally:
                await client.close()
                await asyncio.wait([task], timeout=REAL_LIMIT)

    async def ready(self, *, shards: int = 1, within: float = REAL_LIMIT) -> None:
        """Wait until so many shards are logged in."""
        await self.until(lambda: len(self.gateway.connected()) >= shards, "the bot to log in", within=within)

    # trouble ------------------------------------------------------------------------------------------------------

    def fail(self, method: str, route: str, status: int = 500, *, times: int = 1) -> None:
        """The next ``times`` requests whose route contains ``route`` answer ``status``; -1 cuts the connection."""
        self.rest.troubles.append(Trouble(method, route, status, times))

    def limit(self, method: str, route: str, retry_after: float, *, times: int = 1, is_global: bool = False) -> None:
        """The next requests answer 429."""
        self.rest.troubles.append(Trouble(method, route, 429, times, retry_after, is_global=is_global))

    def delay(self, method: str, route: str, seconds: float, *, times: int = 1) -> None:
        """The next requests are dealt with only after so many seconds."""
        self.rest.troubles.append(Trouble(method, route, 0, times, delay=seconds))
