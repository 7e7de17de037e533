"""Answers to searches that are given again: their bytes, in memory, for a minute at most.

The one way to the bytes is `ResponseCache.find`, which looks each time whether everything that the answer rests on is
as it was: what providers allow, what the index holds, what may be shown.
"""

import time
from collections.abc import Hashable

from cachetools import TLRUCache

from bot.bing_v7.reuse import ReuseTerms
from bot.runtime.deadlines import finish_within

MOST_BYTES = 16 * 1024 * 1024
MOST_SECONDS = 60.0
_LOOK_SECONDS = 2.0
"""For the look whether something changed; a database that takes longer is one that does not answer."""
_OVERHEAD = 2_048
"""Bytes of a question and its terms, more or less."""


class ResponseCache:
    """Bodies of answers by question.

    Args:
        most_bytes: of all bodies together; the longest unused goes first.
        most_seconds: for which one is kept, whatever its terms allow.
    """

    def __init__(self, most_bytes: int = MOST_BYTES, most_seconds: float = MOST_SECONDS) -> None:
        self._seconds = most_seconds
        self._kept: TLRUCache[Hashable, tuple[bytes, ReuseTerms]] = TLRUCache(
            most_bytes,
            ttu=lambda _, entry, now: min(now + most_seconds, entry[1].until),
            timer=time.monotonic,
            getsizeof=lambda entry: len(entry[0]) + _OVERHEAD,
        )

    @property
    def size(self) -> int:
        """Bytes that are kept."""
        return int(self._kept.currsize)

    def keep(self, question: Hashable, body: bytes, terms: ReuseTerms | None) -> None:
        """Keep the body of an answer if its terms allow it and there is room for it."""
        if terms is not None and len(body) + _OVERHEAD <= self._kept.maxsize:
            self._kept[question] = (body, terms)

    async def find(self, question: Hashable) -> bytes | None:
        """Return the body of the answer if it may be given now.

        Where it cannot be told whether something changed, the answer is none: whoever asks anew meets the failure.
        """
        entry = self._kept.get(question)
        if entry is None:
            return None
        if await _holds(entry[1]):
            return entry[0]
        if self._kept.get(question) is entry:  # another may have been kept meanwhile
            del self._kept[question]
        return None


async def _holds(terms: ReuseTerms) -> bool:
    try:
        return await finish_within(terms.hold(), _LOOK_SECONDS)
    except Exception:  # noqa: BLE001 - a database may fail in any way of its own, or not answer at all
        return False
