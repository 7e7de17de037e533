"""simcord's world in real time.

simcord is made for tests: it follows every task and timer of the bot, and an actor's verb returns only when the bot
has nothing left to do. For a person at a page that is wrong: a slow provider would block the page, and a timer
would wait for a network answer that never comes. `LiveEnv` keeps simcord's Discord (state, permissions, routes,
gateway) and gives the bot back its own event loop and clock.

The two seams used are private to simcord, which is why its version is pinned; tests/tryout/test_live.py holds them.
"""

from __future__ import annotations

import time
from collections import deque
from datetime import UTC, datetime
from typing import Any

import discord
from simcord._clock import Clock
from simcord._runtime import _restore_loop  # pyright: ignore[reportPrivateUsage]  # the seam described above
from simcord.env import Env

__all__ = ["LiveEnv", "WallClock"]

_LOG_ENTRIES = 200  # simcord logs every event and request; a page may be open for days


class WallClock(Clock):
    """The clock on the wall: interactions expire and messages are dated as on Discord."""

    def __init__(self) -> None:
        super().__init__()
        self._started = time.perf_counter()

    @property
    def elapsed(self) -> float:  # pyright: ignore[reportIncompatibleVariableOverride]  # it runs by itself here
        """Seconds since this clock was made."""
        return time.perf_counter() - self._started

    @elapsed.setter
    def elapsed(self, value: float) -> None:
        """Ignored: nobody moves this clock."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC)


class _Log(deque[Any]):
    """The newest of what happened, and how much has happened in all."""

    seen = 0

    def append(self, entry: Any, /) -> None:
        self.seen += 1
        super().append(entry)


class LiveEnv(Env):
    """A simcord environment whose bot runs on the ordinary event loop, in real time.

    Actors' verbs return as soon as their event is delivered; what the bot answers shows in the backend when it does.
    An AutoSharded client without a shard count gets one shard.
    """

    def __init__(self, bot: discord.Client) -> None:
        count: int | None = bot.shard_count  # discord.py leaves it None until Discord says how many
        sharded = isinstance(bot, discord.AutoShardedClient) and count is None
        super().__init__(bot, check_errors=False, shard_count=1 if sharded else None)
        backend: Any = self.backend
        backend.clock = WallClock()
        self._log = backend.transcript = _Log(maxlen=_LOG_ENTRIES)
        backend.http_requests = deque[Any](maxlen=_LOG_ENTRIES)
        # Ids tell the time at which they were given; these two would be the same in every run, and a bot that
        # remembers what it told Discord about its commands would not tell this one.
        backend.application_id = backend.snowflake()
        del backend.users[backend.bot_user.id]
        backend.bot_user = backend.make_user("Magpie", bot=True)

    @property
    def changes(self) -> int:
        """A number that grows whenever something may look different: an event, a request of the bot, a `touch`."""
        return self._log.seen

    def touch(self) -> None:
        """Say that something looks different that is neither an event nor a request."""
        self._log.seen += 1

    def _capture_errors(self) -> None:
        """Give the loop back before the bot logs in (simcord calls this between the two)."""
        super()._capture_errors()
        _restore_loop(self)

    def _record_error(self, error: BaseException) -> None:
        """Forget the error: the bot has logged it, and nobody asks at the end."""

    async def close(self) -> None:
        """Close the bot as on a real shutdown, then take the world down."""
        try:
            await self.bot.close()
        finally:
            await self.shutdown()
