"""What the collection shows as trending: popular searches, what is new, what was identified, popular subjects."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.bing_v7 import Category, Growth, Query, ScopedTrendingRequest, Tile, TrendingImages, TrendingRequest
from bot.bing_v7.extensions import Provenance
from bot.bing_v7.requests import asked_language
from bot.collection.filters import PictureFilters, allowed_ratings
from bot.collection.model import Indexed
from bot.collection.store import Store
from bot.collection.text.text_query import TextQuery, parse_query
from bot.i18n import say

from .answers import COLLECTION_NAME, to_image
from .trends import QueryCounts, trending_searches

_TILES = 12
_COUNTED = 500
_IDENTIFIED = timedelta(days=30)


class CollectionTrending:
    """Makes the categories.

    Args:
        store: where the pictures are.
        counts: where searches are counted; None leaves searches out.
        show_unrated: whether Moderate shows pictures that nobody rated.
    """

    def __init__(self, store: Store, counts: QueryCounts | None, *, show_unrated: bool) -> None:
        self._store = store
        self._counts = counts
        self._show_unrated = show_unrated

    async def answer(self, request: TrendingRequest) -> TrendingImages:
        """The categories that have something at the request's level, titled in its language."""
        now = datetime.now(UTC)
        filters = PictureFilters(ratings=allowed_ratings(request.safe_search, show_unrated=self._show_unrated))
        scope = request.scope if isinstance(request, ScopedTrendingRequest) else None
        newest = (await self._store.text(TextQuery(), filters, _COUNTED)).image_ids
        identified = await self._store.most_identified(now - _IDENTIFIED, filters, _TILES)
        found = {
            "server": await self._popular(now, filters, scope) if scope else (),
            "popular": await self._popular(now, filters),
            "new": await self._tiles(now, newest[:_TILES]),
            "identified": await self._tiles(now, identified),
            "subjects": await self._subjects(now, newest, filters),
        }
        language = asked_language(request)
        return TrendingImages(
            categories=tuple(
                Category(title=say(language, f"trends-collection-{part}"), tiles=tiles)
                for part, tiles in found.items()
                if tiles
            ),
            provenance=Provenance(providers=(COLLECTION_NAME,)),
        )

    async def _popular(self, now: datetime, filters: PictureFilters, scope: str | None = None) -> tuple[Tile, ...]:
        """Searches that trend everywhere, or in one server."""
        if self._counts is None:
            return ()
        searches = trending_searches(await self._counts.counts(now, _COUNTED, scope), 3 * _TILES)
        return await self._searched(now, searches, filters)

    async def _subjects(self, now: datetime, newest: Sequence[str], filters: PictureFilters) -> tuple[Tile, ...]:
        """The most common tags of the newest pictures."""
        tags = await self._store.tags(newest, 2 * _TILES)
        return await self._searched(now, [(tag.tag, None) for tag in tags], filters)

    async def _searched(
        self, now: datetime, searches: Sequence[tuple[str, Growth | None]], filters: PictureFilters
    ) -> tuple[Tile, ...]:
        """Searches with the first picture that each finds at this level; those that find none are left out."""
        tiles: list[Tile] = []
        used: set[str] = set()
        for text, growth in searches:
            found = (await self._store.text(parse_query(text), filters, _TILES)).image_ids
            fresh = next((image_id for image_id in found if image_id not in used), None)
            held = await self._store.pictures([fresh]) if fresh else []
            if held:
                used.add(held[0].image_id)
                tiles.append(_tile(held[0], text, now).with_(growth=growth))
            if len(tiles) == _TILES:
                break
        return tuple(tiles)

    async def _tiles(self, now: datetime, image_ids: Sequence[str]) -> tuple[Tile, ...]:
        held = await self._store.pictures(image_ids)
        return tuple(_tile(picture, picture.credit.title, now) for picture in held if picture.credit.title)


def _tile(picture: Indexed, text: str, now: datetime) -> Tile:
    return Tile(query=Query(text=text, display_text=text), image=to_image(picture, now=now))
