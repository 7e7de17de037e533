"""Worker processes that read pictures, so that a decoder that crashes or hangs takes nothing else with it."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from types import TracebackType
from typing import Generic, Self, TypeVar

J = TypeVar("J")
T = TypeVar("T")

CRASHED = "reading it crashed or took longer than a minute"
_FEW = 4


class Workers(Generic[J, T]):
    """A pool that reads files.

    Args:
        count: processes; 0 reads in one thread of this process; None takes one for each core.
        files: how many files there will be; no more processes than that are started.
        work: reads the file of a job, or says in a sentence why it is skipped; must be picklable.
    """

    def __init__(self, count: int | None, files: int, work: Callable[[J], T | str]) -> None:
        wanted = (os.cpu_count() or 1) if count is None else count
        self._count = min(wanted, max(1, -(-files // _FEW))) if wanted else 0
        self._pool: Executor | None = None
        self._here = work
        self._work: Callable[[J], T | str] = partial(alone, work) if self._count else work

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def _stop(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def _start(self, count: int) -> Executor:
        if not count:
            return ThreadPoolExecutor(1, "collection-reading")
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(count, mp_context=context, initializer=_prepare)

    async def read(self, jobs: Sequence[J]) -> AsyncIterator[tuple[J, T | str]]:
        """Read files in any order, a bounded number at a time.

        Yields:
            The job with what was found, or with a sentence why its file is skipped.
        """
        waiting = list(reversed(jobs))
        running: dict[Future[T | str], J] = {}
        while waiting or running:
            broken: list[J] = []
            self._pool = self._pool or self._start(self._count)
            try:
                while waiting and len(running) < max(1, self._count) * _FEW:
                    running[self._pool.submit(self._work, waiting[-1])] = waiting[-1]
                    waiting.pop()
            except BrokenProcessPool:
                pass
            done = await _some(running)
            for future in done:
                job = running.pop(future)
                try:
                    yield job, future.result()
                except BrokenProcessPool:
                    broken.append(job)
            if broken:
                suspects = [*broken, *running.values()]
                running.clear()
                self._stop()
                async for outcome in self._one_by_one(suspects):
                    yield outcome

    async def _one_by_one(self, jobs: Sequence[J]) -> AsyncIterator[tuple[J, T | str]]:
        """Read files that were underway when a process died, each alone, to tell which one is at fault.

        Where processes cannot be started at all, reading goes on in a thread of this one.
        """
        for job in jobs:
            pool = self._start(min(1, self._count))
            try:
                await asyncio.wrap_future(pool.submit(os.getpid))
            except BrokenProcessPool:
                pool.shutdown(wait=False)
                self._count, self._work = 0, self._here
                pool = self._start(0)
            try:
                yield job, await asyncio.wrap_future(pool.submit(self._work, job))
            except BrokenProcessPool:
                yield job, CRASHED
            finally:
                pool.shutdown(wait=False, cancel_futures=True)


def alone(work: Callable[[J], T], job: J, seconds: int = 60) -> T:
    """Do a job in a process of its own that dies if a decoder hangs (where the system has alarms)."""
    if not hasattr(signal, "alarm"):
        return work(job)
    signal.alarm(seconds)
    try:
        return work(job)
    finally:
        signal.alarm(0)


async def _some(running: dict[Future[T], J]) -> list[Future[T]]:
    """Wait until at least one is done."""
    wrapped = {asyncio.wrap_future(future): future for future in running}
    done, pending = await asyncio.wait(wrapped, return_when=asyncio.FIRST_COMPLETED)
    for future in done:
        future.exception()
    del pending
    return [wrapped[future] for future in done]


def _prepare() -> None:
    """Set a worker up: one thread, polite, deaf to Ctrl-C (its parent sees to that)."""
    import cv2  # noqa: PLC0415 -- only in the worker

    cv2.setNumThreads(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(5)
