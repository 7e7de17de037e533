"""A time limit that holds even where cancelled work does not end."""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

T = TypeVar("T")


async def finish_within(work: Awaitable[T], seconds: float) -> T:
    """Do the work for ``seconds`` at most, and do not wait for it to handle its cancellation.

    ``asyncio.timeout`` waits until cancelled work is done; work that hangs in its clean-up, as a database driver may
    that asks a frozen server to cancel a statement, would block its caller for ever. Here it is abandoned.

    Raises:
        TimeoutError: it did not end in time.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task}, timeout=max(seconds, 0.0))
    finally:
        if not task.done():
            task.cancel()
            task.add_done_callback(retrieve)
    if not task.done():
        raise TimeoutError
    return task.result()


def retrieve(task: asyncio.Future[Any]) -> None:
    """Retrieve the outcome that nobody waits for any more, or asyncio logs it as never retrieved."""
    if not task.cancelled():
        task.exception()
