"""Background tasks, such as counting: nobody waits for them, and their errors do not reach what started them."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger(__name__)

MAX_PENDING = 100
"""Maximum running tasks of one kind; further ones are dropped and counted."""


class BackgroundTasks:
    """Runs tasks of one kind in the background.

    Args:
        what: what it is, for the log ("a search could not be counted").
    """

    def __init__(self, what: str) -> None:
        self._what = what
        self._tasks: set[asyncio.Task[None]] = set()
        self._failing = False
        self.dropped = 0
        """How many were dropped or failed."""

    def start(self, work: Coroutine[Any, Any, object]) -> None:
        """Run it in the background."""
        if len(self._tasks) >= MAX_PENDING:
            work.close()
            self.dropped += 1
            return
        task = asyncio.create_task(self._do(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settled(self) -> None:
        """Wait until all tasks have ended."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _do(self, work: Coroutine[Any, Any, object]) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001 (nothing depends on it; the first failure in a row is logged)
            self.dropped += 1
            if not self._failing:
                log.warning("%s: %s", self._what, type(getattr(error, "orig", None) or error).__name__)
            self._failing = True
        else:
            self._failing = False
