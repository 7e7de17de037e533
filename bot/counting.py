"""Counts searches for trending and suggestions: carefully, and only where the place and the person allow it."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from bot.bing_v7 import SafeSearch
from bot.collection.trends import QueryCount
from bot.safesearch.names import may_name_a_person
from bot.safesearch.place import PlaceKind, Visitor
from bot.storage.choices import Choices
from bot.storage.query_counts import QueryCountStore
from bot.storage.recent import REMEMBER_QUERIES, RecentQueries

__all__ = ["REMEMBER_QUERIES", "SearchCounts"]

_PUBLIC = frozenset({PlaceKind.CHANNEL, PlaceKind.THREAD})


class SearchCounts:
    """Notes searches, and says which ones many people make.

    Counted are searches in servers that installed the bot, never what may name a person. ``counts`` gives only
    searches that passed in Strict, because a provider's trends are shown in places of every level.
    """

    def __init__(
        self,
        counts: QueryCountStore,
        recent: RecentQueries,
        choices: Choices,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._counts = counts
        self._recent = recent
        self._choices = choices
        self._now = now

    async def searched(self, visitor: Visitor, query: str, level: SafeSearch) -> None:
        """Note a search that found something."""
        place = visitor.place
        public = place.kind in _PUBLIC and not place.user_install and place.guild_id is not None
        if public and place.guild_id is not None and not may_name_a_person(query):
            await self._counts.note(place.guild_id, visitor.user_id, query, level, self._now())
        if await self._choices.of_person(visitor.user_id, REMEMBER_QUERIES) == "yes":
            await self._recent.note(visitor.user_id, query, self._now())

    async def suggestions(self, visitor: Visitor, prefix: str, level: SafeSearch, limit: int) -> Sequence[str]:
        """Return searches that begin so: the person's own first, then those many people of the server made."""
        found: list[str] = []
        if await self._choices.of_person(visitor.user_id, REMEMBER_QUERIES) == "yes":
            found += await self._recent.starting(visitor.user_id, prefix, limit)
        if visitor.place.guild_id is not None and not visitor.place.user_install:
            found += await self._counts.popular(visitor.place.guild_id, prefix, level, self._now(), limit)
        return found[:limit]

    async def counts(self, now: datetime, limit: int) -> list[QueryCount]:
        """Return the searches of the last day that many people made, for a provider's trends."""
        return [QueryCount(*counted) for counted in await self._counts.counts(now, limit)]
