"""SQLite connections on threads of their own: one that writes, a few that read at the same time.

A call does all its statements in one hop to a thread, where aiosqlite hops for every statement and every fetch.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
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
        self._readers = ThreadPoolExecutor(_READERS, "collection-read")
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
        return await asyncio.get_running_loop().run_in_executor(self._readers, lambda: work(self._connection()))

    async def write(self, work: Work[T]) -> T:
        """Run work in one transaction: all of it or nothing."""
        return await asyncio.get_running_loop().run_in_executor(self._writer, lambda: self._write(work))

    def _write(self, work: Work[T]) -> T:
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(connection)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
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
        self._readers.shutdown()
        self._writer.shutdown()
        for connection in self._open:
            connection.close()
        self._open.clear()
