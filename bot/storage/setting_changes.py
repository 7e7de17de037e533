"""Tells the other processes on one PostgreSQL at once that a server's settings changed: NOTIFY and LISTEN.

SQLite has nothing like it: there, what is kept in memory ends after some seconds.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Generic, TypeVar
from weakref import WeakSet

from cachetools import TTLCache
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.runtime.single_flight import SingleFlight

log = logging.getLogger(__name__)

T = TypeVar("T")

_MOST_KEPT = 10_000
"""Servers whose settings are kept in memory."""
_CHANNEL = "magpie_settings"
_POSTGRESQL = "postgresql"
_CONNECTS_WITHIN = 10.0
_CHECKED_EVERY, _ANSWERS_WITHIN = 15.0, 2.0
"""Seconds between two looks whether the connection is still there, and how long an answer to that may take."""
_AGAIN_AFTER = 1.0
"""Seconds until a connection that ended is made anew."""


class SettingsCache(Generic[T]):
    """Keeps settings of servers in memory for a while; what changes while it is being read is not kept.

    Args:
        seconds: for how long.
        clock: tells the time in seconds.
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._kept: TTLCache[int, T] = TTLCache(_MOST_KEPT, seconds, timer=clock)
        self._reading = SingleFlight[T]()
        self._changes = 0

    async def kept(self, guild_id: int, read: Callable[[int], Coroutine[Any, Any, T]]) -> T:
        """Return a server's settings, read if they are not in memory; raises what ``read`` raises.

        Whoever asks while they are being read waits for the same answer, unless something has changed since it began.
        """
        try:
            return self._kept[guild_id]  # not get(), which looks twice
        except KeyError:
            seen = self._changes
        found = await self._reading.run((guild_id, seen), lambda: read(guild_id))
        if seen == self._changes:
            self._kept[guild_id] = found
        return found

    def forget(self, guild_id: int) -> None:
        """Read a server's settings again next time, even if they are being read at this moment."""
        self._changes += 1
        self._kept.pop(guild_id, None)

    def forget_all(self) -> None:
        """Read the settings of every server again next time."""
        self._changes += 1
        self._kept.clear()


async def announce_change(connection: AsyncConnection, guild_id: int) -> None:
    """Tell every process that listens, this one too, once the transaction is committed."""
    if connection.dialect.name == _POSTGRESQL:
        await connection.execute(
            text("SELECT pg_notify(:channel, :guild)"), {"channel": _CHANNEL, "guild": str(guild_id)}
        )


class SettingChanges:
    """Listens for changes, and has caches of settings forget those that changed.

    A notification may be lost with its connection, so nothing may keep settings for long because of it: whenever it
    begins to listen, and when it ends, all settings are forgotten.

    Args:
        engine: the database; its pool makes the connection, which is not one of the pool's.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._caches: WeakSet[SettingsCache[Any]] = WeakSet()
        self.listening = asyncio.Event()
        """Set while changes of other processes are heard at once."""

    def tell(self, cache: SettingsCache[Any]) -> None:
        """Tell a cache of changes for as long as it is used elsewhere."""
        self._caches.add(cache)

    async def listen(self) -> None:
        """Listen until cancelled, over one connection after the other; returns at once where nobody notifies."""
        if self._engine.dialect.name != _POSTGRESQL:
            return
        told = False
        while True:
            try:
                await self._over_one_connection()
            except Exception as error:  # noqa: BLE001 (whatever ended it, the next connection is tried)
                if self.listening.is_set() or not told:
                    cause = type(getattr(error, "orig", None) or error).__name__
                    log.warning("changes of settings by other processes are seen some seconds later (%s)", cause)
                told = True
            finally:
                self.listening.clear()
                self._forget_all()
            await asyncio.sleep(_AGAIN_AFTER)

    async def _over_one_connection(self) -> None:
        async with asyncio.timeout(_CONNECTS_WITHIN):
            pooled = await self._engine.raw_connection()
        connection: Any = pooled.driver_connection
        pooled.detach()
        ended = asyncio.Event()

        def end(_connection: object) -> None:
            ended.set()

        connection.add_termination_listener(end)
        try:
            async with asyncio.timeout(_ANSWERS_WITHIN):
                await connection.add_listener(_CHANNEL, self._hear)
            self._forget_all()
            self.listening.set()
            while not ended.is_set():
                await connection.execute("SELECT 1", timeout=_ANSWERS_WITHIN)
                with suppress(TimeoutError):
                    await asyncio.wait_for(ended.wait(), _CHECKED_EVERY)
            raise ConnectionResetError
        finally:
            connection.terminate()

    def _hear(self, _connection: object, _process: int, _channel: str, guild_id: str) -> None:
        for cache in self._caches:
            cache.forget(int(guild_id)) if guild_id.isdecimal() else cache.forget_all()

    def _forget_all(self) -> None:
        for cache in self._caches:
            cache.forget_all()
