"""Search over a store: spelling, paging that holds still, and what else may be searched."""

from __future__ import annotations

import math
import time
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from cachetools import LRUCache, TTLCache

from bot.bing_v7 import Image, ImageAnswer, Note, NoteCode, Provenance, QueryContext, SearchRequest
from bot.bing_v7.requests import asked_language
from bot.bing_v7.reuse import may_be_reused, rests_on
from bot.collection.filters import PictureFilters, allowed_ratings, filters_of
from bot.collection.model import Indexed
from bot.collection.store import Details, SearchReads, Store
from bot.collection.text.text_query import TextQuery, parse_query
from bot.collection.text.tokens import tokens
from bot.runtime.by_identity import ByIdentity
from bot.storage.query_counts import LEAST_PEOPLE

from .answers import COLLECTION_NAME, is_fresh, to_image
from .by_meaning import PicturesByMeaning
from .relaxation import QueryRelaxation, Step, StepOutcome
from .suggestions import Suggestions, nearest, offered_query, suggest
from .trends import QueryCounts

_KEPT = 256
_KEPT_ANSWERS, _ANSWER_SECONDS = 64, 60
_SHOWN = 35
_MOST_SWAPS = 3
_MOST_ASKED = 12
_POPULAR, _POPULAR_SECONDS = 200, 60

_Popular = tuple[str, frozenset[str]]
"""A search that several people made, and its words."""


@dataclass(frozen=True, slots=True)
class _Result:
    """What a search found, kept so that later pages continue the same list though the index changes.

    It is kept in this process. Another one that is asked for a later page searches anew, which gives the same list as
    long as nothing was indexed, and else a page of the list as it is now.
    """

    image_ids: tuple[str, ...]
    outcome: StepOutcome
    suggestions: Suggestions


class Searching:
    """Answers searches from a store.

    Args:
        store: where the pictures are.
        counts: where searches are counted, for related searches.
        show_unrated: whether Moderate shows pictures that nobody rated.
        by_meaning: finds pictures that nobody described.
    """

    def __init__(
        self,
        store: Store,
        counts: QueryCounts | None,
        *,
        show_unrated: bool,
        by_meaning: PicturesByMeaning | None = None,
    ) -> None:
        self._store = store
        self._counts = counts
        self._show_unrated = show_unrated
        self._by_meaning = by_meaning
        self._kept: LRUCache[tuple[object, ...], _Result] = LRUCache(_KEPT)
        self._answers: TTLCache[tuple[object, ...], tuple[Hashable, float, ImageAnswer]] = TTLCache(
            _KEPT_ANSWERS, _ANSWER_SECONDS
        )
        self._images: ByIdentity[Indexed, Image] = ByIdentity()
        self._popular: tuple[float, list[_Popular]] = (-math.inf, [])

    async def answer(self, request: SearchRequest) -> ImageAnswer:
        """Answer a search; the same one again within a minute from memory, if nothing was indexed since.

        Raises:
            NotSupported: a filter cannot be applied.
        """
        now = datetime.now(UTC)
        filters = filters_of(request, now, show_unrated=self._show_unrated)
        key = (request.q, request.id, replace(filters, since=None), request.freshness, asked_language(request))
        page = (*key, request.offset, request.count)
        known = self._answers.get(page)
        if known is None or known[0] != await self._store.state():
            until = time.monotonic() + _ANSWER_SECONDS
            state, answer = await self._answer(request, filters, key, now)
            known = self._answers[page] = (state, until, answer)
        rests_on(self._store.state, known[0])
        may_be_reused(known[1] - time.monotonic())
        return known[2]

    async def _answer(
        self, request: SearchRequest, filters: PictureFilters, key: tuple[object, ...], now: datetime
    ) -> tuple[Hashable, ImageAnswer]:
        """Answer from the store, in one go; and the state of the store before."""
        kept = self._kept.get(key) if request.offset else None
        popular = await self._popular_searches() if kept is None else []

        async def read(store: SearchReads) -> tuple[Hashable, _Result, Details]:
            state, details = await store.state(), None
            if (result := kept) is None:
                result, details = await self._search(store, request, filters, popular)
            shown = result.image_ids[request.offset : request.offset + request.count]
            if details is None or request.offset or request.count > _SHOWN:  # else suggestions were made of these
                details = await store.details(shown)
            return state, result, details

        state, result, details = await self._store.in_one_go(read)
        self._kept[key] = result
        return state, self._page(request, result, details, now)

    async def _search(
        self, store: SearchReads, request: SearchRequest, filters: PictureFilters, popular: Sequence[_Popular]
    ) -> tuple[_Result, Details | None]:
        relaxation = QueryRelaxation(store, filters, asked_language(request), self._by_meaning)
        outcome = await relaxation.run(request.q)
        image_ids = await _led_by(store, request.id, outcome.hits.image_ids, filters)
        if not outcome.hits.image_ids:
            return _Result(image_ids, outcome, await _nearest(store, relaxation, outcome.query, filters)), None
        words = outcome.query.words
        swapped = words if 1 < len(words) <= _MOST_SWAPS else ()
        others = [parse_query(" ".join(other for other in words if other != word)) for word in swapped]
        details = await store.details(image_ids[:_SHOWN], others, filters)
        suggestions = suggest(
            outcome.text,
            words,
            details.tags,
            details.pictures,
            total=details.total,
            found=len(details.pictures),
            swaps=dict(zip(swapped, details.other_tags, strict=True)),
            asked=await _asked(store, popular, words, filters),
        )
        return _Result(image_ids, outcome, suggestions), details

    async def _popular_searches(self) -> list[_Popular]:
        """Searches that several people made, the most frequent first, with their words; asked for once a minute."""
        if self._counts is not None and time.monotonic() >= self._popular[0]:
            counts = await self._counts.counts(datetime.now(UTC), _POPULAR)
            ranked = sorted(counts, key=lambda count: (-sum(count.hours), count.text))
            popular = [(c.text, frozenset(tokens(c.text))) for c in ranked if c.people >= LEAST_PEOPLE]
            self._popular = (time.monotonic() + _POPULAR_SECONDS, popular)
        return self._popular[1]

    def _page(self, request: SearchRequest, result: _Result, details: Details, now: datetime) -> ImageAnswer:
        start, end = request.offset, request.offset + request.count
        ratings = allowed_ratings(request.safe_search, show_unrated=self._show_unrated)
        held = [picture for picture in details.pictures[: request.count] if picture.rating.number in ratings]
        copies = by_group(details.copies)
        fields: dict[str, object] = {
            "query_context": _context(request.q, result.outcome.altered),
            "current_offset": start,
            "value": tuple(self._image(picture, now, copies) for picture in held),
            "query_expansions": result.suggestions.expansions,
            "pivot_suggestions": result.suggestions.pivots,
            "similar_terms": result.suggestions.similar,
            "related_searches": result.suggestions.related,
            "provenance": Provenance(providers=(COLLECTION_NAME,), notes=_notes(result.outcome)),
        }
        if result.image_ids:
            fields |= {"read_link": f"images/search?q={request.q}", "total_estimated_matches": len(result.image_ids)}
        if end < len(result.image_ids):
            fields["next_offset"] = end
        return ImageAnswer.model_validate(fields)

    def _image(self, picture: Indexed, now: datetime, copies: Mapping[str, Sequence[Indexed]]) -> Image:
        """Write a picture as a v7 image; the very same one as before, if no copies belong to it."""
        if picture.group in copies:
            return to_image(picture, now=now, copies=copies)
        return self._images.get(picture, lambda one: to_image(one, now=now), is_fresh(picture, now))


async def _led_by(
    store: SearchReads, first: str | None, image_ids: tuple[str, ...], filters: PictureFilters
) -> tuple[str, ...]:
    """Put the picture that the request names in front, if the level shows it."""
    if not first:
        return image_ids
    held = await store.pictures([first.upper()])
    if not held or held[0].rating.number not in filters.ratings:
        return image_ids
    return (held[0].image_id, *(image_id for image_id in image_ids if image_id != held[0].image_id))


async def _nearest(
    store: SearchReads, relaxation: QueryRelaxation, query: TextQuery, filters: PictureFilters
) -> Suggestions:
    """What to offer where nothing was found: parts of the query, broader kinds, words spelt alike.

    All of them find something, if not with these filters.
    """
    vocabulary = await store.vocabulary()
    alike = await store.aside(lambda: nearest(query.words, vocabulary))
    offers = dict.fromkeys([*await relaxation.offers(query), *alike])
    free = PictureFilters(ratings=filters.ratings)
    found = [text for text in offers if await store.finds(parse_query(text), free)]
    written = await store.written(found)
    return Suggestions(related=tuple(offered_query(written.get(text, text)) for text in found[:_MOST_ASKED]))


async def _asked(
    store: SearchReads, popular: Sequence[_Popular], words: Sequence[str], filters: PictureFilters
) -> list[str]:
    """Popular searches that share a word with this one and find something at this level."""
    wanted = set(words)
    shared = [text for text, its_words in popular if its_words & wanted]
    return [text for text in shared[:_MOST_ASKED] if await store.finds(parse_query(text), filters)]


def by_group(copies: Sequence[Indexed]) -> dict[str, list[Indexed]]:
    """Near copies by their group."""
    found: dict[str, list[Indexed]] = {}
    for picture in copies:
        found.setdefault(picture.group, []).append(picture)
    return found


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


def _notes(outcome: StepOutcome) -> tuple[Note, ...]:
    """What a person should know: which step found the pictures, and how many nobody rated."""
    notes: list[Note] = []
    if outcome.step in _STEP_NOTES:
        words = outcome.instead if outcome.step is Step.LIKE_MEANING else outcome.asked
        notes.append(Note(code=_STEP_NOTES[outcome.step], provider=COLLECTION_NAME, detail=", ".join(words)))
    if outcome.hits.unrated:
        notes.append(Note(code=NoteCode.UNRATED, provider=COLLECTION_NAME, count=outcome.hits.unrated))
    return tuple(notes)


_STEP_NOTES = {
    Step.SOME_WORDS: NoteCode.SOME_WORDS,
    Step.LIKE_MEANING: NoteCode.LIKE_MEANING,
    Step.LIKE_PICTURES: NoteCode.LIKE_PICTURES,
}
