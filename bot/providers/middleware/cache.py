"""Caches answers as long as their provider's terms allow, and asks equal questions once.

The store is cachetools' ``TLRUCache`` (maintained, bounded, an age for each entry); only the joining of equal
questions is ours.
"""

import hashlib
import time
from collections.abc import Awaitable, Callable, Hashable
from datetime import UTC, datetime, timedelta
from typing import cast

from cachetools import TLRUCache

from bot.bing_v7 import (
    ImageAnswer,
    ImageInsights,
    InsightsRequest,
    Note,
    NoteCode,
    Provider,
    QuotaSpent,
    SearchRequest,
    TrendingImages,
    TrendingRequest,
    Unavailable,
    Verb,
)
from bot.bing_v7.reuse import may_be_reused, must_not_be_reused
from bot.bing_v7.wrapper import Ans, Req, Wrapper
from bot.providers.routing.merge import merge_provenance
from bot.runtime.single_flight import SingleFlight

_Any = ImageAnswer | ImageInsights | TrendingImages
SHORT_AGE = timedelta(minutes=1)
"""Longest time that an answer is kept which has no findings, or lacks a part because something failed."""
STALE_AGE = timedelta(days=2)
"""Longest time that the last good trending answer is shown with its date while its provider is down or spent."""


def key_of(
    provider: str, verb: Verb, request: SearchRequest | InsightsRequest | TrendingRequest
) -> tuple[Hashable, ...]:
    """Return what makes two questions equal: everything but who asks; a posted picture stands as its SHA-256."""
    if isinstance(request, InsightsRequest) and request.upload is not None:
        digest = hashlib.sha256(request.upload.data).hexdigest()
        return provider, verb, digest, request.model_copy(update={"upload": None}).question()
    return provider, verb, "", request.question()


class Cached(Wrapper):
    """A provider whose answers are kept for a while.

    Args:
        inner: the provider; its ``capabilities.cache`` says how long, ``None`` that its terms forbid it.
        size: how many answers are kept; one of 35 pictures takes about 80 kB.
        clock: seconds, never going back.
        now: the wall clock, for the date on an old answer.
    """

    def __init__(
        self,
        inner: Provider,
        *,
        size: int = 192,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(inner)
        self._clock = clock
        self._now = now
        self._kept: TLRUCache[Hashable, tuple[float, _Any]] = TLRUCache(
            size, ttu=lambda _key, kept, _at: kept[0], timer=clock
        )
        self._trends: TLRUCache[Hashable, tuple[datetime, TrendingImages]] = TLRUCache(
            64, ttu=lambda _key, _value, at: at + STALE_AGE.total_seconds(), timer=clock
        )
        self._flights: SingleFlight[_Any] = SingleFlight()

    def __len__(self) -> int:
        """How many answers are kept."""
        return len(self._kept)

    async def around(self, verb: Verb, request: Req, ask: Callable[[Req], Awaitable[Ans]]) -> Ans:
        """Answer from the cache, else ask once for everybody who asks the same."""
        key = key_of(self.name, verb, request)
        kept = self._kept.get(key)
        if kept is not None:
            may_be_reused(kept[0] - self._clock())
            return cast("Ans", kept[1])

        async def start() -> Ans:
            answer = await ask(request)
            if self.capabilities.cache.max_age is not None:
                self._kept[key] = (self._until(answer), answer)
                if isinstance(answer, TrendingImages) and not _partial(answer):
                    self._trends[key] = (self._now(), answer)
            return answer

        try:
            answer = cast("Ans", await self._flights.run(key, start))
        except (Unavailable, QuotaSpent):
            old = self._trends.get(key)
            if old is None:
                raise
            must_not_be_reused()
            return cast("Ans", _dated(old[1], old[0], self.name))
        now_kept = self._kept.get(key)
        if now_kept is not None and now_kept[1] is answer:
            may_be_reused(now_kept[0] - self._clock())
        else:
            must_not_be_reused()
        return answer

    def _until(self, answer: _Any) -> float:
        age = self.capabilities.cache.max_age or timedelta()
        short = _partial(answer) or (isinstance(answer, ImageAnswer) and not answer.value)
        return self._clock() + (min(age, SHORT_AGE) if short else age).total_seconds()


def _partial(answer: _Any) -> bool:
    """Say whether a part of the provider failed, so that the next answer may be whole."""
    notes = answer.provenance.notes if answer.provenance else ()
    return any(note.code in {NoteCode.PROVIDER_FAILED, NoteCode.STALE} for note in notes)


def _dated(answer: TrendingImages, moment: datetime, provider: str) -> TrendingImages:
    note = Note(code=NoteCode.STALE, provider=provider, detail=moment.date().isoformat())
    return answer.with_(provenance=merge_provenance([answer.provenance], [note]))
