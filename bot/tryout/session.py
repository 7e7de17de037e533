"""One try-out: a world, the bot in it, and the page in front of it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass

import discord
from aiohttp import web

from bot.runtime.system_errors import cause_of

from . import TryoutUnavailableError
from .actions import ActionRunner, RefusedError, Slash
from .examples import Examples
from .server import make_page_app
from .world import World, build_world

__all__ = ["Tryout", "start"]

_log = logging.getLogger(__name__)
_READY_WITHIN = 30.0  # seconds after login


@dataclass(frozen=True)
class Tryout:
    """A running try-out: the page's address, the world, and what does its actions."""

    url: str
    world: World
    actions: ActionRunner


@contextlib.asynccontextmanager
async def start(
    make_bot: Callable[[], discord.Client], host: str, port: int, examples: Examples
) -> AsyncGenerator[Tryout]:
    """See `bot.tryout.open_tryout`."""
    world = build_world(make_bot(), examples)
    try:
        await world.env.start()
        await _ready(world.env.bot)
        actions = ActionRunner(world)
        opening = asyncio.create_task(_open_with_an_answer(world, actions))
        try:
            async with _listening(world, actions, host, port) as url:
                yield Tryout(url, world, actions)
        finally:
            opening.cancel()
            await asyncio.gather(opening, return_exceptions=True)
    finally:
        await world.env.close()


async def _open_with_an_answer(world: World, actions: ActionRunner) -> None:
    """Run the opening example once it finds something, so that nobody sits before an empty channel."""
    await world.examples.ready.wait()
    world.env.touch()
    if (opening := world.examples.opening) is None:
        return
    person, spot = next(iter(world.people.values())), next(iter(world.spots.values()))
    action = Slash(kind="slash", name=opening.command, options=dict(opening.options))
    try:
        await actions.perform(person, spot, action, {})
    except RefusedError as refused:
        _log.info("the opening example: %s", refused)
    await world.examples.complete.wait()
    world.env.touch()


async def _ready(bot: discord.Client) -> None:
    try:
        async with asyncio.timeout(_READY_WITHIN):
            await bot.wait_until_ready()
    except TimeoutError as error:
        raise TryoutUnavailableError(f"The bot was not ready {_READY_WITHIN:.0f} seconds after its start.") from error


@contextlib.asynccontextmanager
async def _listening(world: World, actions: ActionRunner, host: str, port: int) -> AsyncGenerator[str]:
    runner = web.AppRunner(make_page_app(world, actions, host), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            message = f"Cannot listen on {host}, port {port}: {cause_of(error)}. --port takes another."
            raise TryoutUnavailableError(message) from error
        bound = int(runner.addresses[0][1])
        shown = f"[{host}]" if ":" in host else host
        url = f"http://{shown}:{bound}/"
        _log.info("try-out page at %s", url)
        yield url
    finally:
        await runner.cleanup()
