"""SQLite connections on threads of their own: one that writes, a few that read at the same time.

A call does all its statements in one hop to a thread, where aiosqlite hops for every statement and every fetch.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar

from bot.collection.store.base import StoreError

from .layout import prepare_file

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]
_READERS = 2
_PRAGMAS = (
    "journal_mode = WAL", "synchronous = NORMAL", "cache_size = -4096", "temp_store = MEMORY",
    "wal_autocheckpoint = 8000",
)  # fmt: skip


class ReadingThreads:
    """Threads that work one thing after another, each for whoever waits for it on an event loop.

    The way there and back takes 40 µs of processor time, where `concurrent.futures` with asyncio takes 80: it makes two
    futures and a lock for each call, and a search of rare words is over in 300.

    Args:
        count: how many threads.
    """

    def __init__(self, count: int) -> None:
        self._waiting: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._closed = False
        self._threads = [threading.Thread(target=self._work) for _ in range(count)]
        for thread in self._threads:
            thread.daemon = True  # else a program that forgets to close them never ends
            thread.start()

    async def run(self, work: Callable[[], T]) -> T:
        """Return what the work returns, or raise what it raises; work that nobody waits for any more is not begun.

        Raises:
            RuntimeError: the threads are closed.
        """
        if self._closed:
            raise RuntimeError("the threads that read are closed")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()

        def do() -> None:
            if future.cancelled():
                return
            try:
                result = work()
            except BaseException as error:  # noqa: BLE001 (it belongs to whoever waits)
                told = partial(_fail, future, error)
            else:
                told = partial(_settle, future, result)
            with suppress(RuntimeError):  # the loop is closed: nobody waits
                loop.call_soon_threadsafe(told)

        self._waiting.put(do)
        return await future

    def _work(self) -> None:
        while (do := self._waiting.get()) is not None:
            do()
            del do  # and with it the result, which may be large

    def close(self) -> None:
        """Finish what was begun or waits, and end the threads."""
        self._closed = True
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join()


def _settle(future: asyncio.Future[T], result: T) -> None:
    if not future.done():
        future.set_result(result)


def _fail(future: asyncio.Future[T], error: BaseException) -> None:
    if not future.done():
        future.set_exception(error)


class SqliteConnections:
    """Runs work on connections to one file.

    Args:
        file: the database; its folder must exist.
        busy_seconds: how long to wait for another program that writes to it.

    Raises:
        StoreError: the file cannot be opened, is no database, something else's, or of a newer Magpie.
    """

    def __init__(self, file: Path, busy_seconds: float = 60.0) -> None:
        self._file = file
        self._busy_seconds = busy_seconds
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._writer = ThreadPoolExecutor(1, "collection-write")
        self._readers = ReadingThreads(_READERS)
        try:
            self._writer.submit(self._prepare).result()
        except sqlite3.Error as error:
            self.close()
            raise StoreError(f"the collection's index {file} cannot be used: {error}") from error
        except StoreError:
            self.close()
            raise

    async def read(self, work: Work[T]) -> T:
        """Run work that only reads."""
        return await self._readers.run(lambda: work(self._connection()))

    async def write(self, work: Work[T]) -> T:
        """Run work in one transaction: all of it or nothing."""
        return await asyncio.get_running_loop().run_in_executor(self._writer, lambda: self._write(work))

    def _write(self, work: Work[T]) -> T:
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(connection)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # SQLite ends some itself: of a full disk, for one
                connection.execute("ROLLBACK")
            raise
        return result

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(
                self._file, isolation_level=None, check_same_thread=False, timeout=self._busy_seconds
            )
            with self._lock:
                self._open.append(connection)
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            self._local.connection = connection
        return connection

    def _prepare(self) -> None:
        prepare_file(self._connection(), self._file)

    def close(self) -> None:
        """Wait for running work and close every connection."""
        self._readers.close()
        self._writer.shutdown()
        for connection in self._open:
            connection.close()
        self._open.clear()
