"""Making a call to Discord again when the connection was reset, which discord.py does not do on Linux."""

import errno
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp
import stamina

T = TypeVar("T")

TRIES = 3
_RESET = frozenset({errno.ECONNRESET, errno.EPIPE})


def was_reset(error: Exception) -> bool:
    """True if the connection broke under a call: discord.py retries that for the errno of macOS and Windows alone."""
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return True
    return isinstance(error, OSError) and error.errno in _RESET


async def retrying(call: Callable[[], Awaitable[T]]) -> T:
    """Make a call that may safely be made twice (an edit, not a new message), up to three times."""
    again = stamina.AsyncRetryingCaller(attempts=TRIES, timeout=None, wait_initial=0.1, wait_max=0.2, wait_jitter=0.0)
    return await again(was_reset, call)
