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
from typing import Self

from .hooks import Rater
from .reading import Found, read_alone, read_picture

CRASHED = "reading it crashed or took longer than a minute"
_FEW = 4


class Workers:
    """A pool that reads files.

    Args:
        count: processes; 0 reads in one thread of this process; None takes one for each core.
        files: how many files there will be; no more processes than that are started.
        rater: rates pictures as they are read.
    """

    def __init__(self, count: int | None, files: int, rater: Rater | None = None) -> None:
        wanted = (os.cpu_count() or 1) if count is None else count
        self._count = min(wanted, max(1, -(-files // _FEW))) if wanted else 0
        self._pool: Executor | None = None
        self._alone: Callable[[str], Found | str] = partial(read_alone, rater=rater)
        self._here: Callable[[str], Found | str] = partial(read_picture, rater=rater)
        self._work = self._alone if self._count else self._here

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

    async def read(self, paths: Sequence[str]) -> AsyncIterator[tuple[str, Found | str]]:
        """Read files in any order, a bounded number at a time.

        Yields:
            The path with what was found, or with a sentence why it is skipped.
        """
        waiting = list(reversed(paths))
        running: dict[Future[Found | str], str] = {}
        while waiting or running:
            broken: list[str] = []
            self._pool = self._pool or self._start(self._count)
            try:
                while waiting and len(running) < max(1, self._count) * _FEW:
                    running[self._pool.submit(self._work, waiting[-1])] = waiting[-1]
                    waiting.pop()
            except BrokenProcessPool:
                pass
            done = await _some(running)
            for future in done:
                path = running.pop(future)
                try:
                    yield path, future.result()
                except BrokenProcessPool:
                    broken.append(path)
            if broken:
                suspects = [*broken, *running.values()]
                running.clear()
                self._stop()
                async for outcome in self._one_by_one(suspects):
                    yield outcome

    async def _one_by_one(self, paths: Sequence[str]) -> AsyncIterator[tuple[str, Found | str]]:
        """Read files that were underway when a process died, each alone, to tell which one is at fault.

        Where processes cannot be started at all, reading goes on in a thread of this one.
        """
        for path in paths:
            pool = self._start(min(1, self._count))
            try:
                await asyncio.wrap_future(pool.submit(os.getpid))
            except BrokenProcessPool:
                pool.shutdown(wait=False)
                self._count, self._work = 0, self._here
                pool = self._start(0)
            try:
                yield path, await asyncio.wrap_future(pool.submit(self._work, path))
            except BrokenProcessPool:
                yield path, CRASHED
            finally:
                pool.shutdown(wait=False, cancel_futures=True)


async def _some(running: dict[Future[Found | str], str]) -> list[Future[Found | str]]:
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
