"""How late the event loop is: what blocks it delays everybody."""

import asyncio
import time

from .metrics import Metric, gauge

SAMPLED_EVERY = 1.0
"""Seconds between two samples."""


class LoopLag:
    """Measures how late the event loop is."""

    def __init__(self) -> None:
        self._handle: asyncio.TimerHandle | None = None
        self._due = 0.0
        self._last = 0.0
        self.longest = 0.0
        """Seconds; since the start."""

    @property
    def seconds(self) -> float:
        """How late it is now: at the last sample, or since one that is overdue."""
        return max(self._last, time.monotonic() - self._due) if self._due else 0.0

    def start(self) -> None:
        """Sample once a second from now on."""
        self._due = time.monotonic() + SAMPLED_EVERY
        self._handle = asyncio.get_running_loop().call_later(SAMPLED_EVERY, self._sample)

    def stop(self) -> None:
        """Sample no more."""
        if self._handle is not None:
            self._handle.cancel()

    def _sample(self) -> None:
        self._last = max(0.0, time.monotonic() - self._due)
        self.longest = max(self.longest, self._last)
        self.start()

    def metrics(self) -> tuple[Metric, ...]:
        """Return the lag and the longest one so far."""
        return (
            gauge("magpie_event_loop_lag_seconds", "How late the event loop is.", self.seconds),
            gauge("magpie_event_loop_lag_longest_seconds", "The longest lag since the start.", self.longest),
        )
