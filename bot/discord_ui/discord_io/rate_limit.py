"""How often one person may do something: so many times in so many seconds, counted in memory."""

import time
from collections import deque
from collections.abc import Callable

from cachetools import TTLCache

MOST_PEOPLE = 10_000
"""So many people are remembered; beyond that those who were counted first are forgotten."""


class RateLimit:
    """Counts per person in a moving window.

    Args:
        times: how often.
        seconds: in how long.
        clock: seconds, never going back.
    """

    def __init__(self, times: int, seconds: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.times = times
        self.seconds = seconds
        self._clock = clock
        self._taken: TTLCache[int, deque[float]] = TTLCache(MOST_PEOPLE, seconds, timer=clock)

    def take(self, person: int) -> float:
        """Count one and return 0; with nothing left count none, and return the seconds until there is."""
        now = self._clock()
        taken = self._taken.get(person) or deque[float]()
        while taken and taken[0] <= now - self.seconds:
            taken.popleft()
        if len(taken) >= self.times:
            return taken[0] + self.seconds - now
        taken.append(now)
        self._taken[person] = taken  # again, so that its time begins anew
        return 0.0
