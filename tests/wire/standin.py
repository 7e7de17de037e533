"""The stand-in itself: Discord on loopback sockets, with people in it who do things.

See ``tests/wire/__init__.py`` for how tests use it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Literal, Self, TypeVar

import discord
from aiohttp import web
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from . import payloads
from .files import Upload
from .gateway import Gateway
from .interactions import Interaction, Interactions, InteractionType
from .model import Channel, Json, Message, User
from .options import Typed, command_data, find_control, may_use, modal_data
from .posting import Posting
from .rest import PREFIX, Rest, Trouble
from .routes_app import AppRoutes
from .routes_channels import ChannelRoutes
from .routes_interactions import InteractionRoutes
from .world import REAL_LIMIT, World

ClientT = TypeVar("ClientT", bound=discord.Client)
Until = Literal["settled", "answered", "sent"]
BUTTONS = frozenset({2})
SELECTS = frozenset({3, 5, 6, 7, 8})


class InteractionFailed(AssertionError):
    """What a person reads as "The application did not respond"."""


class StandIn(World):
    """Discord as far as Magpie meets it, for ``async with StandIn() as discord:``.

    Leaving the block raises AssertionError when the bot broke a rule (``violations``), unless ``strict`` is False.
    """

    def __init__(self, *, strict: bool = True, check_answers: bool = False, record: bool = True) -> None:
        super().__init__()
        self.strict = strict
        self.first_answer = 3.2
        """Real seconds a person waits for the first answer."""
        self.gateway = Gateway(self)
        self.posting = Posting(self, self.gateway)
        self.made = Interactions(self)
        self.rest = Rest(self, self.made, self.posting, check_answers, record)
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

    # people do things ---------------------------------------------------------------------------------------------

    def registered(self, name: str, channel: Channel, kind: int = 1) -> Json:
        """The command of this name that the bot has registered; AssertionError when there is none."""
        scopes = [self.commands.get(channel.guild.id if channel.guild else 0, []), self.commands.get(None, [])]
        found = [c for scope in scopes for c in scope if c["name"] == name and c["type"] == kind]
        assert found, f"no command {name!r}; registered are {[c['name'] for scope in scopes for c in scope]}"
        return found[0]

    async def command(
        self, user: User, channel: Channel, name: str, *, until: Until = "settled", **options: Any
    ) -> Interaction:
        """Type ``/name`` (``"safesearch set"``); options are values, ``Upload``, ``User`` or ``Channel``."""
        first, *path = name.split()
        command = self._offered(first, user, channel, 1)
        typed = Typed(self, channel)
        data = command_data(command, path, options, typed, None)
        return await self.send(InteractionType.COMMAND, user, channel, data, until=until)

    async def message_menu(self, user: User, message: Message, name: str, *, until: Until = "settled") -> Interaction:
        """Choose ``name`` from a message's Apps menu."""
        command = self._offered(name, user, message.channel, 3)
        data: Json = {"id": command["id"], "name": name, "type": 3, "target_id": str(message.id)}
        data["resolved"] = {"messages": {str(message.id): payloads.message(message, self)}}
        return await self.send(InteractionType.COMMAND, user, message.channel, data, until=until)

    async def autocomplete(self, user: User, channel: Channel, name: str, **options: Any) -> list[Json]:
        """What is offered while the last of ``options`` is being typed."""
        first, *path = name.split()
        command = self._offered(first, user, channel, 1)
        data = command_data(command, path, options, Typed(self, channel), list(options)[-1])
        one = await self.send(InteractionType.AUTOCOMPLETE, user, channel, data, until="answered")
        return one.choices or []

    def _offered(self, name: str, user: User, channel: Channel, kind: int) -> Json:
        command = self.registered(name, channel, kind)
        member = channel.guild.members.get(user.id) if channel.guild else None
        refusal = may_use(command, user, channel, self, member)
        assert not refusal, f"the command {name!r} {refusal}"
        return command

    async def press(
        self, user: User, message: Message, name: str | None = None, *, until: Until = "settled"
    ) -> Interaction:
        """Press the button with this custom_id, label or emoji."""
        control = find_control(message, name, BUTTONS)
        return await self._use(user, message, {"custom_id": control["custom_id"], "component_type": 2}, until)

    async def select(
        self, user: User, message: Message, values: list[str], name: str | None = None, *, until: Until = "settled"
    ) -> Interaction:
        """Choose options (by value or label) of a select menu; ``name`` is its custom_id or placeholder."""
        control = find_control(message, name, SELECTS)
        offered = {key: o["value"] for o in control.get("options") or [] for key in (o["label"], o["value"])}
        assert set(values) <= set(offered), f"the select offers {list(offered)}, not {values}"
        chosen = [offered[value] for value in values]
        data: Json = {"custom_id": control["custom_id"], "component_type": control["type"], "values": chosen}
        return await self._use(user, message, data, until)

    async def _use(self, user: User, message: Message, data: Json, until: Until) -> Interaction:
        assert not message.deleted, "the message is gone"
        assert message.seen_by in (None, user), f"{user.name} does not see this private answer"
        return await self.send(InteractionType.COMPONENT, user, message.channel, data, source=message, until=until)

    async def submit_modal(
        self, opened: Interaction, values: dict[str, Any], *, until: Until = "settled"
    ) -> Interaction:
        """Fill in and send the modal that ``opened`` was answered with; ``values`` by custom_id or label."""
        assert opened.modal is not None, f"no modal was opened; the answer was {opened.callback!r}"
        data = modal_data(opened.modal, values, Typed(self, opened.channel))
        kind = InteractionType.MODAL
        source = opened.source
        return await self.send(kind, opened.user, opened.channel, data, source=source, until=until, opened_by=opened)

    async def write(
        self, user: User, channel: Channel, content: str = "", *, attachments: list[Upload] | None = None
    ) -> Message:
        """A person writes a message."""
        one = self.say(channel, user, content, attachments=attachments)
        self.posting.announce("MESSAGE_CREATE", one)
        return one

    async def react(self, user: User, message: Message, emoji: str, *, until_edit: bool = False) -> Message:
        """React; with ``until_edit`` wait until the bot has edited (or deleted) the message."""
        return await self._touched(message, until_edit, lambda: self.posting.react(message, user, emoji))

    async def unreact(self, user: User, message: Message, emoji: str, *, until_edit: bool = False) -> Message:
        """Take a reaction back."""
        return await self._touched(message, until_edit, lambda: self.posting.unreact(message, user, emoji))

    async def _touched(self, message: Message, until_edit: bool, act: Any) -> Message:
        assert not message.deleted, "the message is gone"
        assert not message.ephemeral, "nobody can react to a private answer"
        before = message.revision
        assert act(), "the reaction is already so"
        if until_edit:
            await self.until(lambda: message.revision > before, "an edit of the message")
        return message

    async def send(
        self,
        kind: InteractionType,
        user: User,
        channel: Channel,
        data: Json,
        *,
        source: Message | None = None,
        until: Until = "settled",
        opened_by: Interaction | None = None,
    ) -> Interaction:
        """Send any interaction; InteractionFailed when no shard is there or no answer comes in three seconds."""
        one = self.made.make(kind, user, channel, data, time.perf_counter())
        one.source, one.opened_by = source, opened_by
        one.revision = source.revision if source else 0
        guild = channel.guild if channel.guild and channel.guild.present else None
        if not self.gateway.dispatch("INTERACTION_CREATE", self.made.payload(one), guild=guild):
            raise InteractionFailed("The application did not respond: no connection")
        if until == "sent":
            return one
        try:
            await self.until(lambda: one.answered, "a first answer", within=self.first_answer)
        except AssertionError as error:
            raise InteractionFailed(f"The application did not respond: {error}") from None
        if until == "settled":
            await self.until(lambda: one.settled, "the deferred answer")
        return one
