"""Counts searches for trending and suggestions, only where the place and the user allow it."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from bot.bing_v7 import SafeSearch
from bot.collection.query.trends import QueryCount
from bot.safesearch.names import may_name_a_person
from bot.safesearch.place import Place, PlaceKind, Requester
from bot.storage.choices import Choices
from bot.storage.query_counts import QueryCountStore
from bot.storage.recent import REMEMBER_QUERIES, RecentQueries
from bot.storage.sessions import StorageError

__all__ = ["REMEMBER_QUERIES", "SearchCounts"]

_IN_SERVERS = frozenset({PlaceKind.CHANNEL, PlaceKind.THREAD})


class SearchCounts:
    """Notes searches, and says which ones many people make.

    Counted are searches in servers that installed the bot, in places that everybody there can read and that are not
    age-restricted, never what may name a person. ``counts`` gives only searches that passed in Strict, because a
    provider's trends are shown in places of every level.
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

    async def searched(self, requester: Requester, query: str, level: SafeSearch) -> None:
        """Count a search that had results."""
        place, server = requester.place, _server_of(requester.place)
        open_to_all = place.everyone is True and place.age_restricted is False
        if server is not None and open_to_all and not may_name_a_person(query):
            await self._counts.note(server, requester.user_id, query, level, self._now())
        if await self._choices.of_person(requester.user_id, REMEMBER_QUERIES) == "yes":
            await self._recent.note(requester.user_id, query, self._now())

    async def suggestions(self, requester: Requester, prefix: str, level: SafeSearch, limit: int) -> Sequence[str]:
        """Return searches that begin so: the person's own first, then those many people of the server made."""
        found: list[str] = []
        if await self._choices.of_person(requester.user_id, REMEMBER_QUERIES) == "yes":
            found += await self._recent.starting(requester.user_id, prefix, limit)
        if (server := _server_of(requester.place)) is not None:
            found += await self._counts.popular(server, prefix, level, self._now(), limit)
        return found[:limit]

    def scope(self, requester: Requester) -> str | None:
        """Return what stands for the requester's server in `counts`; None outside servers that installed the bot."""
        server = _server_of(requester.place)
        return None if server is None else self._counts.server(server).hex()

    async def counts(self, now: datetime, limit: int, scope: str | None = None) -> list[QueryCount]:
        """Return the searches of the last day that many people made, for trends; with a scope those of its server."""
        server = None if scope is None else bytes.fromhex(scope)
        try:
            return [QueryCount(*counted) for counted in await self._counts.counts(now, limit, server=server)]
        except StorageError:  # the answer is worth more than the counts
            return []


def _server_of(place: Place) -> int | None:
    """Return the server of a place, None where it did not install the bot or the place is not known."""
    return place.guild_id if place.kind in _IN_SERVERS and not place.user_install else None
