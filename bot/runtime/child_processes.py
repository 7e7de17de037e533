"""Child processes that were told to end: waited for until nothing of them is left."""

import asyncio
from asyncio.subprocess import Process


async def wait_until_gone(process: Process) -> None:
    """Wait until a killed child is gone and its pipes are closed, also if whoever waits is cancelled meanwhile.

    What it still wrote is read and thrown away: a pipe that is full would stay open otherwise.

    Raises:
        CancelledError: after that, if somebody cancelled it.
    """
    cancelled: asyncio.CancelledError | None = None
    while True:
        reading = asyncio.create_task(process.communicate())
        while not reading.done():
            try:
                await asyncio.wait({reading})
            except asyncio.CancelledError as error:
                cancelled = error
        if not reading.cancelled():  # an event loop that ends cancels all tasks, this one too
            break
    if cancelled is not None:
        raise cancelled
