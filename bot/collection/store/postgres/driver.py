"""What is used of asyncpg, typed; importing this module needs the package (``magpie-bot[postgres]``)."""

from __future__ import annotations

import importlib
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from bot.collection.arrays import BITS
from bot.collection.store.base import StoreError

_asyncpg: Any = importlib.import_module("asyncpg")
ERRORS: tuple[type[Exception], ...] = (
    OSError,
    TimeoutError,
    ValueError,
    _asyncpg.PostgresError,
    _asyncpg.InterfaceError,
)
"""What goes wrong with a server."""

# Compiling a statement takes longer than these do; and a rare word wants another plan than a common one.
_SETTINGS = {"jit": "off", "plan_cache_mode": "force_custom_plan"}

ReadOnly: type[Exception] = _asyncpg.ReadOnlySQLTransactionError
"""The server is a replica, or forbids writing."""


class Runs(Protocol):
    """What runs statements: a connection, or a pool that lends one for each."""

    async def fetch(self, sql: str, *values: Any) -> list[Any]:
        """All rows; a row gives its columns by place and by name."""
        ...

    async def fetchrow(self, sql: str, *values: Any) -> Any:
        """The first row or None."""
        ...

    async def fetchval(self, sql: str, *values: Any) -> Any:
        """The first column of the first row."""
        ...

    async def execute(self, sql: str, *values: Any) -> Any:
        """Run without rows."""
        ...

    async def executemany(self, sql: str, values: Any) -> Any:
        """Run once for each set of values."""
        ...


class PostgresConnection(Runs, Protocol):
    """One connection."""

    def transaction(self) -> AbstractAsyncContextManager[Any]:
        """All or nothing."""
        ...

    def get_server_version(self) -> Any:
        """The server's version, with ``major``."""
        ...


class Pool(Runs, Protocol):
    """Several connections."""

    def acquire(self) -> AbstractAsyncContextManager[PostgresConnection]:
        """Borrow one."""
        ...

    async def close(self) -> None:
        """Close all."""
        ...


async def connect(address: str, search_path: str) -> Pool:
    """Open a pool.

    Raises:
        StoreError: the server cannot be reached; the sentence holds no part of the address.
    """
    try:
        settings = _SETTINGS | {"search_path": search_path}
        return await _asyncpg.create_pool(
            address, min_size=1, max_size=8, server_settings=settings, reset=_leave_as_it_is
        )
    except ERRORS as error:
        raise StoreError(f"PostgreSQL cannot be reached ({type(error).__name__})") from error


async def _leave_as_it_is(_connection: object) -> None:
    """Hand a connection on: nothing here sets anything for a session, and open transactions are rolled back anyway.

    asyncpg would otherwise send ``RESET ALL`` and more after each statement, which doubles the ways to the server.
    """


def bits_of(code: bytes) -> Any:
    """A code's 32 bytes as PostgreSQL's ``bit(256)``."""
    return _asyncpg.BitString.from_int(int.from_bytes(code, "big"), length=BITS)


def bytes_of(bits: Any) -> bytes:
    """The reverse of `bits_of`."""
    return int(bits.to_int(bitorder="big")).to_bytes(BITS // 8, "big")
