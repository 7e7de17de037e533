"""The gate around one provider: it honours the level or is not asked, and its answers are judged by its own flags.

A chain can do whatever one of its members can, so a chain's capabilities say nothing about a single answer. Therefore
every provider has a gate of its own, and the guard is around all of them.
"""

from collections.abc import Awaitable, Callable

from bot.bing_v7 import (
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
from bot.bing_v7.wrapper import Ans, Req, Wrapper

from .answer_filter import AnswerFilter
from .content_policy import ContentPolicy
from .lists import StrictList


class Gate(Wrapper):
    """A provider that refuses levels it cannot honour and never returns what its own data calls adult.

    Args:
        inner: the provider.
        strict: the operator's list; None for the one that comes with the bot.
    """

    def __init__(self, inner: Provider, strict: StrictList | None = None) -> None:
        super().__init__(inner)
        self._strict = strict

    async def around(self, verb: Verb, request: Req, ask: Callable[[Req], Awaitable[Ans]]) -> Ans:
        """Ask the provider if it has the verb and honours the request's level, and judge what it says.

        Raises:
            NotSupported: it does not have the verb.
            LevelNotHonoured: it does not honour the level.
            Blocked: the question is forbidden everywhere.
        """
        self._check(verb, request.safe_search)
        self._forbid(request)
        return self._judged(await ask(request), request.safe_search)

    async def picture(self, image_id: str, max_edge: int | None = None) -> Picture | None:
        """Return a picture that the provider holds; where it rates all its pictures, one without a rating is adult."""
        found = await super().picture(image_id, max_edge)
        if found is None or found.is_family_friendly is not None or not self.capabilities.flags_adult:
            return found
        return Picture(found.data, found.content_type, found.filename, found.width, found.height, False)

    def _check(self, verb: Verb, level: SafeSearch) -> None:
        if not self.capabilities.supports(verb):
            raise NotSupported(f"has no {verb}", provider=self.name)
        if not self.capabilities.honours(verb, level):
            raise LevelNotHonoured(level, provider=self.name)

    def _forbid(self, request: SearchRequest | InsightsRequest | TrendingRequest) -> None:
        if isinstance(request, SearchRequest):
            ContentPolicy(request.safe_search, strict=self._strict).forbid(request.q)
        elif isinstance(request, InsightsRequest):
            ContentPolicy(request.safe_search, strict=self._strict).forbid(request.q, request.img_url)

    def _judged(self, answer: Ans, level: SafeSearch) -> Ans:
        """Return what the level allows of the answer, with notes on what was removed and why."""
        judge = ContentPolicy(level, strict=self._strict, flags_adult=self.capabilities.flags_adult)
        unfiltered = self.capabilities.text_only_below_off
        text_only = judge.below_off and unfiltered
        walker = AnswerFilter(judge, text_only=text_only, unfiltered=unfiltered)
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


def _has_note(answer: Ans, code: NoteCode) -> bool:
    return answer.provenance is not None and any(note.code is code for note in answer.provenance.notes)


def _noted(answer: Ans, notes: list[Note]) -> Ans:
    provenance = answer.provenance or Provenance()
    return answer.with_(provenance=provenance.with_(notes=(*provenance.notes, *notes)))


def gated(provider: Provider, strict: StrictList | None = None) -> Gate:
    """Return the provider behind its gate; one that is behind a gate already stays as it is."""
    return provider if isinstance(provider, Gate) else Gate(provider, strict)
