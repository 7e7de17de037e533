"""A rate limit in a moving window, counted in memory.

Ours and not the ``limits`` package: that one goes by the wall clock, so that a corrected clock locks users out, and
starts a task or a thread to clean up: 60 µs a press, where this takes 4.
"""

import time
from collections import deque
from collections.abc import Callable, Hashable

from cachetools import TTLCache

MAX_REMEMBERED = 10_000
"""Maximum keys; beyond it the oldest are dropped."""


class RateLimit:
    """Counts for each key (a person, a server) in a moving window.

    Args:
        times: how often.
        seconds: in how long.
        clock: seconds, never going back.
    """

    def __init__(self, times: int, seconds: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.times = times
        self.seconds = seconds
        self._clock = clock
        self._taken: TTLCache[Hashable, deque[float]] = TTLCache(MAX_REMEMBERED, seconds, timer=clock)

    def take(self, key: Hashable = None) -> float:
        """Count one and return 0; at the limit count nothing, and return the seconds to wait."""
        if wait := self.wait(key):
            return wait
        taken = self._taken.get(key) or deque[float]()
        taken.append(self._clock())
        self._taken[key] = taken  # again, so that its time begins anew
        return 0.0

    def wait(self, key: Hashable = None) -> float:
        """Return the seconds until one more may be counted, 0 if it may be now; count none."""
        now, taken = self._clock(), self._taken.get(key)
        while taken and taken[0] + self.seconds - now <= 0:
            taken.popleft()
        return taken[0] + self.seconds - now if taken and len(taken) >= self.times else 0.0
