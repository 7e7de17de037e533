"""Making a call to Discord again when the connection was reset, which discord.py does not do on Linux."""

import asyncio
import errno
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp

T = TypeVar("T")

TRIES = 3
_RESET = frozenset({errno.ECONNRESET, errno.EPIPE})


def was_reset(error: BaseException) -> bool:
    """True if the connection broke under a call: discord.py retries that for the errno of macOS and Windows alone."""
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return True
    return isinstance(error, OSError) and error.errno in _RESET


async def retrying(call: Callable[[], Awaitable[T]]) -> T:
    """Make a call that may safely be made twice (an edit, not a new message), up to three times."""
    for attempt in range(1, TRIES):
        try:
            return await call()
        except (OSError, aiohttp.ServerDisconnectedError) as error:
            if not was_reset(error):
                raise
            await asyncio.sleep(0.1 * attempt)
    return await call()
