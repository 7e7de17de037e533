"""Ending in time, whatever the work does."""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

T = TypeVar("T")


async def finish_within(work: Awaitable[T], seconds: float) -> T:
    """Do the work for ``seconds`` at most, and do not wait for it to notice its end.

    ``asyncio.timeout`` waits until cancelled work is done; work that hangs in its clean-up, as a driver may that asks a
    frozen server to cancel a statement, would hold its caller up for ever. Here it is left behind.

    Raises:
        TimeoutError: it did not end in time.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task}, timeout=max(seconds, 0.0))
    finally:
        if not task.done():
            task.cancel()
            task.add_done_callback(_retrieve)
    if not task.done():
        raise TimeoutError
    return task.result()


def _retrieve(task: asyncio.Future[Any]) -> None:
    """Retrieve the outcome that nobody waits for any more, or asyncio logs it as never retrieved."""
    if not task.cancelled():
        task.exception()
