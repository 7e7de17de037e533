"""How many pages one person may hide, so that nobody clears a channel."""

import time
from collections import defaultdict, deque

from bot.discord_ui.discord_io.errors import TooOften

HIDES = 3
HIDES_WITHIN = 600.0
"""One person hides at most so many pages in so many seconds."""


class HideLimit:
    """Keeps one person from hiding page after page; forgets after ten minutes."""

    def __init__(self) -> None:
        self._times: defaultdict[int, deque[float]] = defaultdict(deque)

    def take(self, user_id: int, now: float | None = None) -> None:
        """Count one.

        Raises:
            TooOften: the person has no more for now.
        """
        moment = time.monotonic() if now is None else now
        for person in [person for person, times in self._times.items() if times[-1] < moment - HIDES_WITHIN]:
            del self._times[person]
        times = self._times[user_id]
        while times and times[0] < moment - HIDES_WITHIN:
            times.popleft()
        if len(times) >= HIDES:
            raise TooOften
        times.append(moment)
