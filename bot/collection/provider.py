"""The collection as an image provider: search, insights and trending over the operator's own pictures."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import islice
from threading import Event

from cachetools import LRUCache

from bot.bing_v7 import (
    ALL_LEVELS,
    CachePolicy,
    Capabilities,
    ImageAnswer,
    ImageInsights,
    InsightsRequest,
    Module,
    Picture,
    PictureRefused,
    SafeSearch,
    SearchRequest,
    TrendingImages,
    TrendingRequest,
    Verb,
)
from bot.collection.filters import HONOURED, PictureFilters, allowed_ratings
from bot.collection.hooks import Embedder, TextEmbedder
from bot.collection.query.answers import COLLECTION_NAME, COLLECTION_TITLE, family_friendly, to_image
from bot.collection.query.by_meaning import PicturesByMeaning
from bot.collection.query.finding import Finding
from bot.collection.query.insights import Insights
from bot.collection.query.search import Searching
from bot.collection.query.trending import CollectionTrending
from bot.collection.query.trends import QueryCounts
from bot.collection.store.base import MAX_HITS, SearchReads
from bot.collection.text.text_query import parse_query
from bot.collection.text.tokens import fold_text, is_unspaced, normal
from bot.media.refusal import Refused
from bot.media.service import Drawn, Media
from bot.media.sizes import AS_IT_IS
from bot.media.sniffing import ENOUGH, kind_of
from bot.runtime.single_flight import SingleFlight

from .files import NotThere, ReadFiles, read_indexed
from .model import Indexed
from .store import Store

log = logging.getLogger(__name__)

_AT_ONCE = 2
_DRAWN_BYTES = 8 * 1024 * 1024
"""Of pictures drawn last that are kept: others look at the same ones, and people turn back."""
_MOST_TOLD = 1_000
"""Pictures remembered of which it was said that they cannot be shown: anybody may ask for one again and again."""
_LEAST_TYPED = 2
_MOST_TITLED, _MOST_TITLES = 3, 4
_MODULES = frozenset(
    {
        Module.BRQ,
        Module.CAPTION,
        Module.COLLECTIONS,
        Module.PAGES_INCLUDING,
        Module.RELATED_SEARCHES,
        Module.SIMILAR_IMAGES,
        Module.TAGS,
    }
)


class CollectionProvider:
    """Answers from a store of the operator's own pictures; asks no network.

    Args:
        store: where the pictures are; closed with the provider.
        media: decodes and draws pictures; not closed here.
        counts: where searches are counted, for trending and related searches; None leaves those out.
        show_unrated: True lets Moderate show pictures that nobody rated; Strict never does.
        embedder: the model whose vectors say what is alike.
        text_embedder: the text model that belongs to it: its words find pictures that nobody described.
    """

    name = COLLECTION_NAME
    title = COLLECTION_TITLE

    def __init__(
        self,
        store: Store,
        media: Media,
        *,
        counts: QueryCounts | None = None,
        show_unrated: bool = False,
        embedder: Embedder | None = None,
        text_embedder: TextEmbedder | None = None,
    ) -> None:
        self._store = store
        self._media = media
        self._counts = counts
        self._show_unrated = show_unrated
        by_meaning = PicturesByMeaning(embedder.name, text_embedder) if embedder and text_embedder else None
        self._searching = Searching(store, counts, show_unrated=show_unrated, by_meaning=by_meaning)
        self._trending = CollectionTrending(store, counts, show_unrated=show_unrated)
        self._insights = Insights(store, media, show_unrated=show_unrated, embedder=embedder)
        self._finding = Finding(store)
        self._read = ReadFiles()
        self._drawn = LRUCache[tuple[str, int | None], Drawn](_DRAWN_BYTES, getsizeof=lambda one: len(one.data))
        self._drawing: SingleFlight[Drawn] = SingleFlight()
        self._told = LRUCache[str, str](_MOST_TOLD)
        self._room = asyncio.Semaphore(_AT_ONCE)
        self.capabilities = Capabilities(
            levels=dict.fromkeys(Verb, ALL_LEVELS),
            filters=HONOURED,
            modules=_MODULES,
            max_results=MAX_HITS,
            steady_offsets=True,
            flags_adult=not show_unrated,
            takes_regions=True,
            outside=False,
            cache=CachePolicy(timedelta(minutes=1)),
        )

    async def search(self, request: SearchRequest) -> ImageAnswer:
        """Find pictures by words.

        Raises:
            NotSupported: a filter cannot be applied.
        """
        return await self._searching.answer(request)

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        """Say what a picture is a copy of and what looks alike.

        Raises:
            PictureRefused: the picture sent cannot be used.
            InvalidRequest: the token or address names no picture that may be shown.
            NotSupported: the address is not one of the collection's.
        """
        async with self._room:
            return await self._insights.answer(request)

    async def trending(self, request: TrendingRequest) -> TrendingImages:
        """Say what people look for, in a server and everywhere, what is new, and what was identified most."""
        return await self._trending.answer(request)

    async def picture(self, image_id: str, max_edge: int | None = None) -> Picture | None:
        """Return a picture; None if it is not here: a file that was replaced is not, nobody rated what it shows now.

        Without ``max_edge`` it is the file as it is, where browsers show such files, else what it is made into; with
        it, pixels alone, no side longer.
        """
        image_id = image_id.upper()
        drawn = self._drawn.get((image_id, max_edge))
        held = await (self._store.pictures([image_id]) if drawn is None else self._there([image_id]))
        if not held:
            return None
        if drawn is None:
            try:
                drawn = await (self._whole(held[0]) if max_edge is None else self._within(held[0], max_edge))
            except (NotThere, PictureRefused) as error:
                self._tell(held[0], str(error))
                return None
            self._told.pop(image_id, None)
            held = await self._store.pictures([image_id])  # it took a while, and may be rated otherwise now
            if not held:
                return None
        told = family_friendly(held[0].rating), to_image(held[0], now=datetime.now(UTC))
        name = f"{_file_name(held[0])}.{drawn.ending}"
        return Picture(drawn.data, drawn.content_type, name, drawn.width, drawn.height, *told)

    async def ratings(self, image_ids: Sequence[str]) -> dict[str, bool | None]:
        """Return the ratings of pictures as they are now; those are left out that `picture` would not have either."""
        there = {one.image_id: family_friendly(one.rating) for one in await self._there(_in_capitals(image_ids))}
        return {image_id: there[image_id.upper()] for image_id in image_ids if image_id.upper() in there}

    async def _there(self, image_ids: Sequence[str]) -> list[Indexed]:
        """Return the pictures whose files are what was indexed, as they are rated once that is known."""

        async def read(store: SearchReads) -> tuple[list[Indexed], list[Indexed]]:
            held = await store.pictures(image_ids)
            return held, await store.aside(lambda: [one for one in held if self._read.knows(one)])

        held, known = await self._store.in_one_go(read)
        if len(known) == len(held):
            return known
        nobody_waits = Event()  # a thread cannot be cancelled, and others need it
        try:  # not in a thread of the store, which goes on
            read_now = await asyncio.to_thread(
                lambda: [one for one in held if not nobody_waits.is_set() and self._read.has(one)]
            )
        finally:
            nobody_waits.set()
        there = {one.image_id for one in read_now}
        return [one for one in await self._store.pictures(image_ids) if one.image_id in there]

    def _tell(self, picture: Indexed, reason: str) -> None:
        """Log that a picture cannot be shown, once until it can or the reason is another one."""
        if self._told.get(picture.image_id) != reason:
            self._told[picture.image_id] = reason
            log.warning("picture %s cannot be shown: %s (%s)", picture.image_id, reason, picture.places[0].key)

    async def _whole(self, picture: Indexed) -> Drawn:
        """Return a picture's file as it is, where browsers show such files, else what it is made into."""
        data = await asyncio.to_thread(read_indexed, picture)
        with suppress(Refused):
            kind = kind_of(data[:ENOUGH])
            if kind in AS_IT_IS:
                return Drawn(data, *AS_IT_IS[kind], picture.looks.width, picture.looks.height)
        return await self._media.show(data, None)

    async def _within(self, picture: Indexed, max_edge: int) -> Drawn:
        """Return a picture drawn anew; what was drawn stays the same as long as the file is."""
        key = picture.image_id, max_edge

        async def draw() -> Drawn:
            drawn = await self._media.show(await asyncio.to_thread(read_indexed, picture), max_edge)
            if len(drawn.data) <= _DRAWN_BYTES:
                self._drawn[key] = drawn
            return drawn

        return await self._drawing.run(key, draw)

    async def complete(self, prefix: str, limit: int = 10, level: SafeSearch = SafeSearch.STRICT) -> list[str]:
        """Tags, words and titles of the collection that go on like this, the most common first.

        Only what finds a picture at the level: the words of hidden pictures are hidden too.
        """
        *before, last = fold_text(prefix).split() or [""]
        if len(last) < _LEAST_TYPED and not is_unspaced(last):
            return []
        filters = PictureFilters(ratings=allowed_ratings(level, show_unrated=self._show_unrated))
        vocabulary = await self._store.vocabulary()
        words = list(islice((word for word in vocabulary if word.startswith(last)), 2 * limit))  # most common first
        written = await self._store.written(words)
        tags = await self._store.tags_beginning(" ".join(prefix.casefold().split()), limit)
        found: dict[str, None] = {}
        for text in (*tags, *(" ".join([*before, written.get(word, word)]) for word in words)):
            if len(found) < limit and await self._store.finds(parse_query(text), filters):
                found[text] = None
        typed = normal(" ".join([*before, last]))
        for text in list(found)[:_MOST_TITLED]:
            hits = await self._store.text(parse_query(text), filters, _MOST_TITLES)
            titles = [picture.credit.title for picture in await self._store.pictures(hits.image_ids)]
            found.update(dict.fromkeys(title for title in titles if f" {typed}" in f" {normal(title)}"))
        seen: dict[str, str] = {}
        for text in found:
            seen.setdefault(normal(text), text)
        return list(seen.values())[:limit]

    async def withdrawn(
        self, searches: Sequence[str], providers: Collection[str], level: SafeSearch = SafeSearch.STRICT
    ) -> frozenset[str]:
        """Return the searches once offered from here that find nothing at the level any more.

        The words of pictures that were rated otherwise since, or removed, are hidden with them.
        """
        if self.name not in providers or not searches:
            return frozenset()
        found = await self._finding.which(searches, allowed_ratings(level, show_unrated=self._show_unrated))
        return frozenset(searches) - found

    async def aclose(self) -> None:
        """Close the store, once everything is counted."""
        await self._insights.settled()
        await self._store.aclose()


def _in_capitals(image_ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(image_id.upper() for image_id in image_ids))


def _file_name(picture: Indexed) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", fold_text(picture.credit.title)).strip("-")
    return words[:60] or picture.image_id[:12].lower()
