"""The gate around one provider: it honours the level or is not asked, and its answers are judged by its own flags.

A chain can do whatever one of its members can, so a chain's capabilities say nothing about a single answer. Therefore
every provider has a gate of its own, and the guard is around all of them.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from bot.bing_v7 import (
    Capabilities,
    InsightsRequest,
    LevelNotHonoured,
    Note,
    NoteCode,
    NotSupported,
    Picture,
    Provenance,
    Provider,
    SafeSearch,
    SearchRequest,
    TrendingRequest,
    Verb,
)
from bot.bing_v7.images import images_of
from bot.bing_v7.reuse import must_not_be_reused, rests_on
from bot.bing_v7.wrapper import Ans, Req, Wrapper

from .answer_filter import UNFILTERED, AnswerFilter
from .content_policy import ContentPolicy
from .lists import StrictList

log = logging.getLogger(__name__)

RATING_SECONDS = 3.0
"""What looking at thumbnails may take; what was not seen by then is not shown."""
_USUAL_SECONDS = 5.0
_MOST_RATED = 12
"""Thumbnails of an answer that are looked at: those that are shown first."""


class RateThumbnails(Protocol):
    """Looks at pictures at addresses."""

    async def __call__(self, addresses: Sequence[str], seconds: float) -> frozenset[str]:
        """Return those that were seen within the seconds and not objected to."""
        ...


class Gate(Wrapper):
    """A provider that refuses levels it cannot honour and never returns what its own data calls adult.

    Args:
        inner: the provider.
        strict: the operator's list; None for the one that comes with the bot.
        rate: looks at thumbnails of services that do not filter, so that some may be shown below Off; None shows none.
    """

    def __init__(self, inner: Provider, strict: StrictList | None = None, rate: RateThumbnails | None = None) -> None:
        super().__init__(inner)
        self._strict = strict
        self._rate = rate
        self._declared: tuple[Capabilities, Capabilities] | None = None
        self._policies: dict[SafeSearch, ContentPolicy] = {}

    @property
    def capabilities(self) -> Capabilities:
        """What the provider can do; it has more time where its thumbnails are looked at afterwards."""
        inner = self.inner.capabilities
        if self._rate is None or not inner.text_only_below_off:
            return inner
        if self._declared is None or self._declared[0] is not inner:
            within = max(inner.limits.within or 0.0, _USUAL_SECONDS) + RATING_SECONDS
            self._declared = inner, replace(inner, limits=replace(inner.limits, within=within))
        return self._declared[1]

    async def around(self, verb: Verb, request: Req, ask: Callable[[Req], Awaitable[Ans]]) -> Ans:
        """Ask the provider if it has the verb and honours the request's level, and judge what it says.

        Raises:
            NotSupported: it does not have the verb.
            LevelNotHonoured: it does not honour the level.
            Blocked: the question is forbidden everywhere.
        """
        rests_on(self._rules, await self._rules())
        self._check(verb, request.safe_search)
        self._forbid(request)
        answer = await ask(request)
        return self._judged(answer, request.safe_search, await self._rated(answer, request.safe_search))

    async def picture(self, image_id: str, max_edge: int | None = None) -> Picture | None:
        """Return a picture that the provider holds; where it rates all its pictures, one without a rating is adult."""
        found = await super().picture(image_id, max_edge)
        if found is None or found.is_family_friendly is not None or not self.capabilities.flags_adult:
            return found
        return Picture(found.data, found.content_type, found.filename, found.width, found.height, False)

    async def ratings(self, image_ids: Sequence[str]) -> Mapping[str, bool | None]:
        """Return ratings of pictures that the provider holds; without one they are adult where it rates all of them."""
        found = await super().ratings(image_ids)
        if not self.capabilities.flags_adult:
            return found
        return {image_id: flag is True for image_id, flag in found.items()}

    async def _rules(self) -> tuple[StrictList | None, Capabilities]:
        """Return what answers are judged by: one that is given again must not outlive a change of it."""
        return self._strict, self.inner.capabilities

    def _check(self, verb: Verb, level: SafeSearch) -> None:
        if not self.capabilities.supports(verb):
            raise NotSupported(f"has no {verb}", provider=self.name)
        if not self.capabilities.honours(verb, level):
            raise LevelNotHonoured(level, provider=self.name)

    def _forbid(self, request: SearchRequest | InsightsRequest | TrendingRequest) -> None:
        if isinstance(request, SearchRequest):
            self._policy(request.safe_search).forbid(request.q)
        elif isinstance(request, InsightsRequest):
            self._policy(request.safe_search).forbid(request.q, request.img_url)

    def _policy(self, level: SafeSearch) -> ContentPolicy:
        """Return what judges at a level: made once, for it looks up what it remembers of its lists when it is made."""
        flags = self.capabilities.flags_adult
        known = self._policies.get(level)
        if known is None or known.strict is not self._strict or known.flags_adult != flags:
            known = self._policies[level] = ContentPolicy(level, strict=self._strict, flags_adult=flags)
        return known

    async def _rated(self, answer: Ans, level: SafeSearch) -> frozenset[str]:
        """Return the thumbnails that a rater does not object to; none that it did not see in time."""
        if self._rate is None or level is SafeSearch.OFF or not self.inner.capabilities.text_only_below_off:
            return frozenset()
        must_not_be_reused()  # a rater that was late now may see more the next time
        found = dict.fromkeys(image.thumbnail_url for image in images_of(answer) if image.thumbnail_url)
        try:
            return await self._rate(list(found)[:_MOST_RATED], RATING_SECONDS)
        except Exception as error:  # noqa: BLE001 (whatever fails here, nothing was looked at)
            log.warning("thumbnails of %s were not rated: %s", self.name, type(error).__name__)
            return frozenset()

    def _judged(self, answer: Ans, level: SafeSearch, rated: frozenset[str] = frozenset()) -> Ans:
        """Return what the level allows of the answer, with notes on what was removed and why."""
        judge = self._policy(level)
        unfiltered = self.capabilities.text_only_below_off
        text_only = judge.below_off and unfiltered
        walker = AnswerFilter(judge, text_only=text_only, unfiltered=unfiltered, rated=rated)
        judged = walker.answer(answer)
        notes = [
            Note(code=NoteCode.WITHHELD, provider=self.name, detail=reason, count=count)
            for reason, count in sorted(walker.hidden.items())
        ]
        if text_only:
            judged, remark = self._shown_as(judged)
            notes += remark
        if (terms := self.capabilities.attribution) and not _has_note(judged, NoteCode.ATTRIBUTION):
            notes.append(Note(code=NoteCode.ATTRIBUTION, provider=self.name, detail=terms))
        return _noted(judged, notes) if notes else judged

    def _shown_as(self, judged: Ans) -> tuple[Ans, list[Note]]:
        """Return the answer of a service that does not filter, and what is to be said of its pictures."""
        images = [image for image in images_of(judged) if image.model_extra and UNFILTERED in image.model_extra]
        if not any(image.thumbnail_url for image in images):
            said = _has_note(judged, NoteCode.TEXT_ONLY)
            return judged, [] if said else [Note(code=NoteCode.TEXT_ONLY, provider=self.name)]
        source = judged.provenance or Provenance()
        others = tuple(note for note in source.notes if note.code is not NoteCode.TEXT_ONLY)
        return judged.with_(provenance=source.with_(notes=others)), [Note(code=NoteCode.RATED, provider=self.name)]


def _has_note(answer: Ans, code: NoteCode) -> bool:
    return answer.provenance is not None and any(note.code is code for note in answer.provenance.notes)


def _noted(answer: Ans, notes: list[Note]) -> Ans:
    provenance = answer.provenance or Provenance()
    return answer.with_(provenance=provenance.with_(notes=(*provenance.notes, *notes)))


def gated(provider: Provider, strict: StrictList | None = None, rate: RateThumbnails | None = None) -> Gate:
    """Return the provider behind its gate; one that is behind a gate already stays as it is."""
    return provider if isinstance(provider, Gate) else Gate(provider, strict, rate)
