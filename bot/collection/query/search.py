"""Search over a store: spelling, paging that holds still, and what else may be searched."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from cachetools import LRUCache

from bot.bing_v7 import ImageAnswer, Note, NoteCode, Provenance, QueryContext, SearchRequest
from bot.collection.filters import Filters, allowed_ratings, filters_of
from bot.collection.model import Indexed
from bot.collection.store import Store
from bot.collection.text.text_query import Query, parse
from bot.collection.text.tokens import tokens

from .answers import NAME, image_of
from .languages import language_of
from .steps import Outcome, Step, Steps
from .suggestions import Suggestions, nearest, plain_query, suggest
from .trends import LEAST_PEOPLE, QueryCounts

_KEPT = 256
_TAGGED = 200
_SWAPPED = 2_000
_MOST_SWAPS = 4
_MOST_ASKED = 12


@dataclass(frozen=True, slots=True)
class _Result:
    """What a search found, kept so that later pages continue the same list though the index changes.

    It is kept in this process. Another one that is asked for a later page searches anew, which gives the same list as
    long as nothing was indexed, and else a page of the list as it is now.
    """

    image_ids: tuple[str, ...]
    outcome: Outcome
    suggestions: Suggestions


class Searching:
    """Answers searches from a store.

    Args:
        store: where the pictures are.
        counts: where searches are counted, for related searches.
        show_unrated: whether Moderate shows pictures that nobody rated.
    """

    def __init__(self, store: Store, counts: QueryCounts | None, *, show_unrated: bool) -> None:
        self._store = store
        self._counts = counts
        self._show_unrated = show_unrated
        self._kept: LRUCache[tuple[object, ...], _Result] = LRUCache(_KEPT)

    async def answer(self, request: SearchRequest) -> ImageAnswer:
        """Answer a search.

        Raises:
            NotSupported: a filter cannot be applied.
        """
        now = datetime.now(UTC)
        filters = filters_of(request, now, show_unrated=self._show_unrated)
        key = (request.q, request.id, replace(filters, since=None), request.freshness)
        result = self._kept.get(key) if request.offset else None
        if result is None:
            result = await self._search(request, filters)
            self._kept[key] = result
        return await self._page(request, result, now)

    async def _search(self, request: SearchRequest, filters: Filters) -> _Result:
        steps = Steps(self._store, filters, language_of(request))
        outcome = await steps.run(request.q)
        image_ids = await self._led_by(request.id, outcome.hits.image_ids, filters)
        if outcome.hits.image_ids:
            suggestions = await self._suggest(outcome.text, outcome.query, filters, outcome.hits.image_ids)
        else:
            suggestions = await self._nearest(steps, outcome.query, filters)
        return _Result(image_ids, outcome, suggestions)

    async def _led_by(self, first: str | None, image_ids: tuple[str, ...], filters: Filters) -> tuple[str, ...]:
        """Put the picture that the request names in front, if the level shows it."""
        if not first:
            return image_ids
        held = await self._store.pictures([first.upper()])
        if not held or held[0].rating.number not in filters.ratings:
            return image_ids
        return (held[0].image_id, *(image_id for image_id in image_ids if image_id != held[0].image_id))

    async def _suggest(self, text: str, query: Query, filters: Filters, image_ids: Sequence[str]) -> Suggestions:
        found = image_ids[:_TAGGED]
        if not found:
            return Suggestions()
        words = query.words
        tags = await self._store.tags(found, 60)
        shown = await self._store.pictures(found[:35])
        total = await self._store.size()
        swaps = await self._swaps(words, filters) if 1 < len(words) <= _MOST_SWAPS else {}
        asked = await self._asked(words, filters)
        return suggest(text, words, tags, shown, total=total, found=len(found), swaps=swaps, asked=asked)

    async def _nearest(self, steps: Steps, query: Query, filters: Filters) -> Suggestions:
        """What to offer where nothing was found: parts of the query, broader kinds, words spelt alike.

        All of them find something, if not with these filters.
        """
        vocabulary = await self._store.vocabulary()
        offers = dict.fromkeys([*await steps.offers(query), *await asyncio.to_thread(nearest, query.words, vocabulary)])
        free = Filters(ratings=filters.ratings)
        found = [text for text in offers if await self._store.finds(parse(text), free)]
        written = await self._store.written(found)
        return Suggestions(related=tuple(plain_query(written.get(text, text)) for text in found[:_MOST_ASKED]))

    async def _swaps(self, words: Sequence[str], filters: Filters) -> dict[str, list[str]]:
        """For each word, tags of what the other words find."""
        swaps: dict[str, list[str]] = {}
        for word in words:
            rest = [other for other in words if other != word]
            hits = await self._store.text(parse(" ".join(rest)), filters, _TAGGED, _SWAPPED)
            tags = await self._store.tags(hits.image_ids, 30)
            swaps[word] = [tag.tag for tag in tags if not set(tokens(tag.tag)) & set(words)]
        return swaps

    async def _asked(self, words: Sequence[str], filters: Filters) -> list[str]:
        """Searches that several people made, that share a word with this one and find something at this level."""
        if self._counts is None:
            return []
        counts = await self._counts.counts(datetime.now(UTC), 200)
        shared = [c for c in counts if c.people >= LEAST_PEOPLE and set(tokens(c.text)) & set(words)]
        ranked = [c.text for c in sorted(shared, key=lambda c: (-sum(c.hours), c.text))[:_MOST_ASKED]]
        return [text for text in ranked if await self._store.finds(parse(text), filters)]

    async def _page(self, request: SearchRequest, result: _Result, now: datetime) -> ImageAnswer:
        start, end = request.offset, request.offset + request.count
        ratings = allowed_ratings(request.safe_search, show_unrated=self._show_unrated)
        held = await self._store.pictures(result.image_ids[start:end])
        held = [picture for picture in held if picture.rating.number in ratings]
        copies = await self.copies(held)
        fields: dict[str, object] = {
            "query_context": _context(request.q, result.outcome.altered),
            "current_offset": start,
            "value": tuple(image_of(picture, now=now, copies=copies) for picture in held),
            "query_expansions": result.suggestions.expansions,
            "pivot_suggestions": result.suggestions.pivots,
            "similar_terms": result.suggestions.similar,
            "related_searches": result.suggestions.related,
            "provenance": Provenance(providers=(NAME,), notes=_notes(result.outcome)),
        }
        if result.image_ids:
            fields |= {"read_link": f"images/search?q={request.q}", "total_estimated_matches": len(result.image_ids)}
        if end < len(result.image_ids):
            fields["next_offset"] = end
        return ImageAnswer.model_validate(fields)

    async def copies(self, pictures: Sequence[Indexed]) -> dict[str, list[Indexed]]:
        """Near copies of pictures, by group; only groups of more than one."""
        groups = sorted({picture.group for picture in pictures if picture.group})
        members = await self._store.group_members(groups)
        wanted = [image_id for ids in members.values() if len(ids) > 1 for image_id in ids]
        by_group: dict[str, list[Indexed]] = {}
        for picture in await self._store.pictures(wanted):
            by_group.setdefault(picture.group, []).append(picture)
        return by_group


def _context(text: str, altered: str | None) -> QueryContext:
    if altered is None:
        return QueryContext(original_query=text)
    return QueryContext(
        original_query=text,
        altered_query=altered,
        alteration_display_query=altered,
        alteration_override_query=f"+{text}",
        alteration_method="AM_ChangeItWithRecourse",
        alteration_type="CombinedAlterationsChained",
    )


def _notes(outcome: Outcome) -> tuple[Note, ...]:
    """What a person should know: which step found the pictures, and how many nobody rated."""
    notes: list[Note] = []
    if outcome.step in _STEP_NOTES:
        words = outcome.instead if outcome.step is Step.LIKE_MEANING else outcome.asked
        notes.append(Note(code=_STEP_NOTES[outcome.step], provider=NAME, detail=", ".join(words)))
    if outcome.hits.unrated:
        notes.append(Note(code=NoteCode.UNRATED, provider=NAME, count=outcome.hits.unrated))
    return tuple(notes)


_STEP_NOTES = {
    Step.SOME_WORDS: NoteCode.SOME_WORDS,
    Step.LIKE_MEANING: NoteCode.LIKE_MEANING,
    Step.LIKE_PICTURES: NoteCode.LIKE_PICTURES,
}
