"""Try the bot in a browser, without a token and without Discord.

The real bot with its real cogs runs in an offline Discord (the `simcord` package, an extra of ours); a small page on
this machine plays the Discord client: it types commands, attaches pictures, presses buttons, reacts.

`simcord` is imported only when a try-out is opened, so that the plain wheel can still import this package.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import TYPE_CHECKING

from .examples import Examples

if TYPE_CHECKING:
    import discord

    from .session import Tryout

__all__ = ["TryoutUnavailableError", "attachment_reader", "exposure_warning", "open_tryout", "run_tryout"]


class TryoutUnavailableError(RuntimeError):
    """The try-out cannot start; the message is a sentence for a person, naming what to do."""


def exposure_warning(host: str) -> str | None:
    """A sentence to show before listening on `host`, or None when only this machine can reach it."""
    if host == "localhost":
        return None
    with contextlib.suppress(ValueError):
        if ipaddress.ip_address(host).is_loopback:
            return None
    return (
        f"The try-out page has no sign-in: listening on {host} lets everybody who can reach this machine use it. "
        "Leave out --host to keep it to this machine."
    )


def attachment_reader(bot: discord.Client) -> Callable[[str], Awaitable[bytes]]:
    """How this bot reads an attachment by its address while Discord is offline (`Intake.read_file`).

    The reader raises discord.NotFound for an address that nothing was uploaded to.
    """

    async def read(address: str) -> bytes:
        return await bot.http.get_from_cdn(address)  # asked anew each time: a try-out replaces `bot.http`

    return read


@contextlib.asynccontextmanager
async def open_tryout(
    make_bot: Callable[[], discord.Client], host: str = "127.0.0.1", port: int = 0, offered: Examples | None = None
) -> AsyncGenerator[Tryout]:
    """Run the bot that `make_bot` builds in an offline Discord and serve its page; closes both on leaving.

    The page shows the examples `offered`, and opens with an answer if they have one.

    Port 0 takes a free one; `Tryout.url` is the address. Raises TryoutUnavailableError when simcord is not
    installed or the address cannot be listened on. One try-out an event loop.
    """
    try:
        from .session import start  # noqa: PLC0415  (simcord is an extra)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"simcord", "imagesize"}:
            raise
        message = "The try-out needs the simcord package. Start it with: uv run --extra tryout magpie try"
        raise TryoutUnavailableError(message) from error
    async with start(make_bot, host, port, offered or Examples()) as tryout:
        yield tryout


async def run_tryout(
    make_bot: Callable[[], discord.Client],
    host: str,
    port: int,
    *,
    on_ready: Callable[[str], None],
    offered: Examples | None = None,
) -> None:
    """Run a try-out until cancelled. Prints nothing: `on_ready` gets the page's address once it answers.

    Raises TryoutUnavailableError as `open_tryout` does.
    """
    async with open_tryout(make_bot, host, port, offered) as tryout:
        on_ready(tryout.url)
        await asyncio.Event().wait()
