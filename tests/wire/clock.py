"""The stand-in's time: real seconds plus whatever a test has moved forward, and the ids made from it."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from itertools import count

DISCORD_EPOCH_MS = 1_420_070_400_000


class Clock:
    """Wall time in seconds since 1970, which a test can move forward to see tokens and addresses expire."""

    def __init__(self) -> None:
        self._offset = 0.0
        self._numbers = count(1)

    def now(self) -> float:
        """Seconds since 1970 as the stand-in sees them."""
        return time.time() + self._offset

    def advance(self, seconds: float) -> None:
        """Let ``seconds`` pass at once, for the stand-in only: the bot's own clock stays where it is."""
        self._offset += seconds

    def iso(self, at: float | None = None) -> str:
        """The moment ``at`` (default: now) as Discord writes it."""
        return datetime.fromtimestamp(self.now() if at is None else at, UTC).isoformat()

    def snowflake(self) -> int:
        """A new id that carries the present time, larger than every id before it within the same millisecond."""
        milliseconds = int(self.now() * 1000) - DISCORD_EPOCH_MS
        return (milliseconds << 22) | (next(self._numbers) & 0x3FFFFF)
