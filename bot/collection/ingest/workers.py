"""Reading many files in child processes, so that a decoder that crashes or hangs costs only its own file."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from bot.media.limits import PoolLimits
from bot.media.pool import WorkerPool
from bot.media.refusal import Refused
from bot.media.runner import InThread, Runner
from bot.media.tasks import Answer, Handler

_FEW = 16
"""Files that are read in the time that the start of a process takes."""
_SECONDS = 60.0


class Workers:
    """A pool that reads files.

    Args:
        count: processes; 0 reads in threads of this process; None takes one for each core.
        files: how many files there will be; no more processes than that are started.
        handler: reads the file of a job; must be picklable.
        models: True for an operator's own model: it gets all memory, all variables, and may write files.
    """

    def __init__(self, count: int | None, files: int, handler: Handler, *, models: bool = False) -> None:
        wanted = (os.cpu_count() or 1) if count is None else count
        self.at_once = max(1, min(wanted, -(-files // _FEW)))
        self._runner: Runner
        if not wanted:
            self._runner = InThread(handler)
            return
        limits = PoolLimits(at_once=self.at_once, seconds=_SECONDS, nice=5)
        if models:
            limits = replace(limits, memory=None, files=True)
        self._runner = WorkerPool(handler, limits, os.environ if models else {"OPENCV_FOR_THREADS_NUM": "1"})

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.aclose()

    async def read(self, job: Mapping[str, Any]) -> Answer | Refused:
        """Read the file of a job, or say why it is not taken."""
        try:
            return await self._runner.run(job)
        except Refused as refused:
            return refused


async def run_all(
    pool: Workers, jobs: Sequence[dict[str, Any]]
) -> AsyncIterator[tuple[dict[str, Any], Answer | Refused]]:
    """Read files in any order, a bounded number at a time.

    Yields:
        The job with what was found, or with why its file is not taken.
    """
    waiting = list(reversed(jobs))
    running: dict[asyncio.Task[Answer | Refused], dict[str, Any]] = {}
    try:
        while waiting or running:
            while waiting and len(running) <= pool.at_once:
                job = waiting.pop()
                running[asyncio.create_task(pool.read(job))] = job
            done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                yield running.pop(task), task.result()
    finally:
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running)
