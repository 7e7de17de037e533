"""The gate round one provider: it honours the level or is not asked, and what it says is judged by its own standards.

A chain can do whatever one of its members can, so a chain's capabilities say nothing about a single answer. Hence every
provider stands behind a gate of its own, and the guard stands round them all.
"""

from typing import TypeVar

from bot.bing_v7 import (
    HoldsPictures,
    ImageAnswer,
    ImageInsights,
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
    TrendingImages,
    TrendingRequest,
    Verb,
)
from bot.bing_v7.provider import Capabilities

from .judge import Judge
from .lists import StrictList
from .walker import Walker

A = TypeVar("A", ImageAnswer, ImageInsights, TrendingImages)


class Gate:
    """A provider that refuses levels it cannot honour and never lets out what its own data calls adult.

    Args:
        inner: the provider.
        strict: the operator's list; None for the one that comes with the bot.
    """

    def __init__(self, inner: Provider, strict: StrictList | None = None) -> None:
        self.inner = inner
        self._strict = strict

    @property
    def name(self) -> str:
        """The inner provider's name."""
        return self.inner.name

    @property
    def title(self) -> str:
        """The inner provider's title."""
        return self.inner.title

    @property
    def capabilities(self) -> Capabilities:
        """What the inner provider can do."""
        return self.inner.capabilities

    async def search(self, request: SearchRequest) -> ImageAnswer:
        """Find pictures by words.

        Raises:
            LevelNotHonoured: the provider does not honour the request's level.
        """
        self._check(Verb.SEARCH, request.safe_search)
        return self._judged(await self.inner.search(request), request.safe_search)

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        """Say what a picture is.

        Raises:
            LevelNotHonoured: as for `search`.
        """
        self._check(Verb.INSIGHTS, request.safe_search)
        return self._judged(await self.inner.insights(request), request.safe_search)

    async def trending(self, request: TrendingRequest) -> TrendingImages:
        """Say what people look for.

        Raises:
            LevelNotHonoured: as for `search`.
        """
        self._check(Verb.TRENDING, request.safe_search)
        return self._judged(await self.inner.trending(request), request.safe_search)

    async def picture(self, image_id: str, max_edge: int | None = None) -> Picture | None:
        """Return a picture that the provider holds; where it rates all its pictures, one without a rating is adult."""
        if not isinstance(self.inner, HoldsPictures):
            return None
        found = await self.inner.picture(image_id, max_edge)
        if found is None or found.is_family_friendly is not None or not self.capabilities.flags_adult:
            return found
        return Picture(found.data, found.content_type, found.filename, found.width, found.height, False)

    async def aclose(self) -> None:
        """Close the inner provider."""
        await self.inner.aclose()

    def _check(self, verb: Verb, level: SafeSearch) -> None:
        if not self.capabilities.supports(verb):
            raise NotSupported(f"has no {verb}", provider=self.name)
        if not self.capabilities.honours(verb, level):
            raise LevelNotHonoured(level, provider=self.name)

    def _judged(self, answer: A, level: SafeSearch) -> A:
        """Return the answer as far as the level lets it out, with notes on what was kept back and why."""
        judge = Judge(level, strict=self._strict, flags_adult=self.capabilities.flags_adult)
        unfiltered = self.capabilities.text_only_below_off
        text_only = judge.below_off and unfiltered
        walker = Walker(judge, text_only=text_only, unfiltered=unfiltered)
        judged = walker.answer(answer)
        notes = [
            Note(code=NoteCode.WITHHELD, provider=self.name, detail=reason, count=count)
            for reason, count in sorted(walker.hidden.items())
        ]
        if text_only and not _has_note(judged, NoteCode.TEXT_ONLY):
            notes.append(Note(code=NoteCode.TEXT_ONLY, provider=self.name))
        if (terms := self.capabilities.attribution) and not _has_note(judged, NoteCode.ATTRIBUTION):
            notes.append(Note(code=NoteCode.ATTRIBUTION, provider=self.name, detail=terms))
        return _noted(judged, notes) if notes else judged


def _has_note(answer: A, code: NoteCode) -> bool:
    return answer.provenance is not None and any(note.code is code for note in answer.provenance.notes)


def _noted(answer: A, notes: list[Note]) -> A:
    provenance = answer.provenance or Provenance()
    return answer.with_(provenance=provenance.with_(notes=(*provenance.notes, *notes)))


def gated(provider: Provider, strict: StrictList | None = None) -> Gate:
    """Return the provider behind its gate; one that is behind a gate already stays as it is."""
    return provider if isinstance(provider, Gate) else Gate(provider, strict)
