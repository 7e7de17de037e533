"""The collection as an image provider: search, insights and trending over the operator's own pictures."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.bing_v7 import (
    ALL_LEVELS,
    CachePolicy,
    Capabilities,
    Category,
    ImageAnswer,
    ImageInsights,
    InsightsRequest,
    Module,
    Picture,
    Query,
    SafeSearch,
    SearchRequest,
    Tile,
    TrendingImages,
    TrendingRequest,
    Verb,
)
from bot.bing_v7.extensions import Provenance

from .answers import NAME, family_friendly, image_of
from .decode import MAX_BYTES, Refused
from .filters import HONOURED, Filters, allowed_ratings
from .hooks import Embedder
from .insights import Insights
from .model import Indexed
from .query import Query as Words
from .query import parse
from .searching import Searching
from .showing import show
from .store import Store
from .store.base import MOST_RESULTS
from .trends import QueryCounts, trending
from .words import fold

_TILES = 12
_AT_ONCE = 2
_LEAST_TYPED = 2
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
        counts: where searches are counted, for trending and related searches; None leaves those out.
        show_unrated: True lets Moderate show pictures that nobody rated; Strict never does.
        embedder: the operator's model, whose vectors help to find what looks alike.
    """

    name = NAME
    title = "Magpie's collection"

    def __init__(
        self,
        store: Store,
        *,
        counts: QueryCounts | None = None,
        show_unrated: bool = False,
        embedder: Embedder | None = None,
    ) -> None:
        self._store = store
        self._counts = counts
        self._show_unrated = show_unrated
        self._searching = Searching(store, counts, show_unrated=show_unrated)
        self._insights = Insights(store, self._searching, show_unrated=show_unrated, embedder=embedder)
        self._room = asyncio.Semaphore(_AT_ONCE)
        self.capabilities = Capabilities(
            levels=dict.fromkeys(Verb, ALL_LEVELS),
            filters=HONOURED,
            modules=_MODULES,
            max_results=MOST_RESULTS,
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
        """Say what people look for, what is new, and what was identified most."""
        now = datetime.now(UTC)
        filters = self._filters(request.safe_search)
        newest = (await self._store.text(Words(), filters, _TILES)).image_ids
        identified = await self._store.most_identified(now - timedelta(days=30), filters, _TILES)
        categories = [
            Category(title="Popular searches", tiles=await self._popular(now, filters)),
            Category(title="New in the collection", tiles=await self._tiles(now, newest)),
            Category(title="Most identified pictures", tiles=await self._tiles(now, identified)),
            Category(title="Popular subjects", tiles=await self._subjects(now, filters)),
        ]
        return TrendingImages(
            categories=tuple(category for category in categories if category.tiles),
            provenance=Provenance(providers=(NAME,)),
        )

    def _filters(self, level: SafeSearch) -> Filters:
        return Filters(ratings=allowed_ratings(level, show_unrated=self._show_unrated))

    async def _popular(self, now: datetime, filters: Filters) -> tuple[Tile, ...]:
        if self._counts is None:
            return ()
        searches = trending(await self._counts.counts(now, 500), 3 * _TILES)
        return await self._searched(now, searches, filters)

    async def _subjects(self, now: datetime, filters: Filters) -> tuple[Tile, ...]:
        """The commonest tags of the newest pictures."""
        newest = (await self._store.text(Words(), filters, 500)).image_ids
        tags = await self._store.tags(newest, 2 * _TILES)
        return await self._searched(now, [tag.tag for tag in tags], filters)

    async def _searched(self, now: datetime, searches: Sequence[str], filters: Filters) -> tuple[Tile, ...]:
        """Searches with the first picture that each finds at this level; those that find none are left out."""
        tiles: list[Tile] = []
        used: set[str] = set()
        for text in searches:
            found = (await self._store.text(parse(text), filters, _TILES)).image_ids
            fresh = next((image_id for image_id in found if image_id not in used), None)
            held = await self._store.pictures([fresh]) if fresh else []
            if held and len(tiles) < _TILES:
                used.add(held[0].image_id)
                tiles.append(_tile(held[0], text, now))
        return tuple(tiles)

    async def _tiles(self, now: datetime, image_ids: Sequence[str]) -> tuple[Tile, ...]:
        held = await self._store.pictures(image_ids)
        return tuple(_tile(picture, picture.credit.title, now) for picture in held if picture.credit.title)

    async def picture(self, image_id: str, max_edge: int | None = None) -> Picture | None:
        """Return a picture's bytes without metadata, no side longer than ``max_edge``; None if it is not here."""
        held = await self._store.pictures([image_id.upper()])
        if not held:
            return None
        for place in held[0].places:
            try:
                async with self._room:
                    shown = await asyncio.to_thread(show, Path(place.key), max_edge)
            except (OSError, Refused):
                continue
            return Picture(
                data=shown.data,
                content_type=shown.content_type,
                filename=f"{_file_name(held[0])}.{shown.ending}",
                width=shown.width,
                height=shown.height,
                is_family_friendly=family_friendly(held[0].rating),
            )
        return None

    async def complete(self, prefix: str, limit: int = 10, level: SafeSearch = SafeSearch.STRICT) -> list[str]:
        """Words of the collection that begin like this, most frequent first.

        Only words that find a picture at the level: the words of hidden pictures are hidden too.
        """
        *before, last = fold(prefix).split() or [""]
        if len(last) < _LEAST_TYPED:
            return []
        vocabulary = await self._store.vocabulary()
        words = sorted((word for word in vocabulary if word.startswith(last)), key=lambda w: (-vocabulary[w], w))
        found: list[str] = []
        for word in words[: 3 * limit]:
            if len(found) < limit and (await self._store.text(parse(word), self._filters(level), 1)).image_ids:
                found.append(" ".join([*before, word]))
        return found

    async def aclose(self) -> None:
        """Close the store."""
        await self._store.aclose()


MAX_UPLOAD = MAX_BYTES
"""Largest upload in bytes that is looked at."""


def _tile(picture: Indexed, text: str, now: datetime) -> Tile:
    return Tile(query=Query(text=text, display_text=text), image=image_of(picture, now=now))


def _file_name(picture: Indexed) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", fold(picture.credit.title)).strip("-")
    return words[:60] or picture.image_id[:12].lower()
