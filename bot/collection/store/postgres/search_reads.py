"""What a search reads of the PostgreSQL store, over one connection."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, TypeVar

from bot.collection.arrays import Floats
from bot.collection.filters import ANY, PictureFilters
from bot.collection.model import Indexed, Rating
from bot.collection.store.base import MAX_HITS, MOST_OTHER_TAGS, MOST_TAGS, SAMPLE, WINDOW, Details, Hits
from bot.collection.store.page_memory import Asked, PageMemory, most_frequent, with_counts
from bot.collection.store.sql import tsquery
from bot.collection.store.state_memory import StateMemory
from bot.collection.text.text_query import TextQuery

from . import reading
from .driver import Runs
from .vectors import PostgresVectors

T = TypeVar("T")
_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")

_VOCABULARY = 200_000
"""Words that are kept in memory at most, the most common."""


class SearchMemory:
    """What a process keeps of what searches read, each for one state of the tables."""

    def __init__(self) -> None:
        self.pages = PageMemory()
        self.vocabulary: StateMemory[None, Mapping[str, int]] = StateMemory(1)
        self.any_unrated: StateMemory[None, bool] = StateMemory(1)


class _Changes(NamedTuple):
    """What the tables say of their state: how often something was written, and how many pictures there are."""

    written: int
    pictures: int


class PostgresSearchReads:
    """Reads over one connection, one after the other.

    How often something was written is read first, and over the same connection as all else: what is read after it and
    kept for that number is what the tables hold while the number stays, on a standby that lags behind as well.
    """

    def __init__(self, connection: Runs, memory: SearchMemory, vectors: PostgresVectors) -> None:
        self._connection = connection
        self._memory = memory
        self._vectors = vectors
        self._seen: _Changes | None = None

    async def _changes(self) -> _Changes:
        if self._seen is None:
            self._seen = _Changes(*await self._connection.fetchrow("SELECT written, pictures FROM changes"))
        return self._seen

    async def _once(
        self, memory: StateMemory[_K, _V], keys: Iterable[_K], read: Callable[[list[_K]], Awaitable[Mapping[_K, _V]]]
    ) -> dict[_K, _V]:
        """Return the values of the keys that have any; what is not known in this state is read."""
        state, wanted = (await self._changes()).written, dict.fromkeys(keys)
        found = memory.known(state, wanted)
        if missing := [key for key in wanted if key not in found]:
            fresh = await read(missing)
            memory.keep(state, fresh)
            found |= fresh
        return found

    async def text(
        self, query: TextQuery, filters: PictureFilters, limit: int = MAX_HITS, window: int = WINDOW
    ) -> Hits:
        """Find by words and filters."""
        many = (
            query.all_of
            and (await self._changes()).pictures > window
            and await self._value(reading.count_up_to(query, filters, window + 1)) > window
        )
        sql, *values = reading.search_statement(query, filters, limit + 1, window=window if many else None).values
        found = [row[0] for row in await self._connection.fetch(sql, *values)]
        return Hits(tuple(found[:limit]), len(found) > limit, await self._unrated(query, filters, limit))

    async def _unrated(self, query: TextQuery, filters: PictureFilters, limit: int) -> int:
        """How many matches are left out only because nobody rated them, at most `limit`."""
        if Rating.UNKNOWN.number in filters.ratings:
            return 0
        if not (await self._once(self._memory.any_unrated, [None], self._any_unrated))[None]:
            return 0
        return await self._value(reading.count_up_to(query, reading.only_unrated(filters), limit))

    async def _any_unrated(self, _: object) -> dict[None, bool]:
        sql = "SELECT EXISTS (SELECT FROM pictures WHERE rating = $1)"
        return {None: bool(await self._connection.fetchval(sql, Rating.UNKNOWN.number))}

    async def finds(self, query: TextQuery, filters: PictureFilters) -> bool:
        """Whether a search finds anything."""
        return await self._value(reading.count_up_to(query, filters, 1)) > 0

    async def _value(self, statement: reading.SqlStatement) -> int:
        sql, *values = statement.values
        return await self._connection.fetchval(sql, *values)

    async def state(self) -> int:
        """How often something was written."""
        return (await self._changes()).written

    async def pictures(self, image_ids: Sequence[str]) -> list[Indexed]:
        """Pictures in the order of their ids; those that were read since the last change need not be read again."""
        state, memory = (await self._changes()).written, self._memory.pages.pictures
        found = memory.known(state, image_ids)
        if missing := [image_id for image_id in image_ids if image_id not in found]:
            sql = f"SELECT {reading.COLUMNS} FROM pictures p WHERE p.image_id = ANY($1::text[])"
            rows = await self._connection.fetch(sql, missing)
            found |= memory.keep(state, {row["image_id"]: reading.read_record(row) for row in rows})
        return [found[image_id] for image_id in image_ids if image_id in found]

    async def details(
        self, image_ids: Sequence[str], others: Sequence[TextQuery] | None = None, filters: PictureFilters = ANY
    ) -> Details:
        """What a page of an answer says."""
        pages, pictures = self._memory.pages, await self.pictures(image_ids)
        copies = await self._copies(pictures)
        if others is None:
            return Details(pictures, copies, [], [], 0)
        here = Counter(chain.from_iterable(picture.tags for picture in pictures))
        best = most_frequent(here, MOST_TAGS)
        overall = await self._once(pages.tag_counts, best, self._tag_counts)
        asked = [(tsquery(query), query, filters) for query in others]
        found = await self._once(pages.tags_found, asked, self._tags_found)
        total = (await self._changes()).pictures
        return Details(pictures, copies, with_counts(here, best, overall), [found[one] for one in asked], total)

    async def _copies(self, pictures: Sequence[Indexed]) -> list[Indexed]:
        """The members of the pictures' groups, where a group has more than one."""
        groups = {picture.group for picture in pictures if picture.group}
        members = await self._once(self._memory.pages.groups, groups, self._group_members)
        image_ids = sorted(image_id for ids in members.values() if len(ids) > 1 for image_id in ids)
        return await self.pictures(image_ids) if image_ids else []

    async def _group_members(self, groups: list[str]) -> dict[str, tuple[str, ...]]:
        members = await reading.group_members(self._connection, groups)
        return {group: tuple(image_ids) for group, image_ids in members.items()}

    async def _tag_counts(self, tags: list[str]) -> dict[str, int]:
        sql = "SELECT tag, pictures FROM tag_counts WHERE tag = ANY($1::text[])"
        return {row[0]: row[1] for row in await self._connection.fetch(sql, tags)}

    async def _tags_found(self, asked: list[Asked]) -> dict[Asked, list[str]]:
        """Tags of the newest pictures that queries find, most frequent first; all in one statement."""
        with_words = [one for one in asked if one[1].all_of]
        found: dict[Asked, list[str]] = {one: [] for one in asked}
        if with_words:
            queries = [(query, filters) for _, query, filters in with_words]
            sql, *values = reading.tags_found(queries, SAMPLE, MOST_OTHER_TAGS).values
            found |= zip(with_words, map(list, await self._connection.fetchrow(sql, *values)), strict=True)
        return found

    async def vocabulary(self) -> Mapping[str, int]:
        """Words and in how many pictures each occurs."""
        return (await self._once(self._memory.vocabulary, [None], self._vocabulary))[None]

    async def _vocabulary(self, _: object) -> dict[None, Mapping[str, int]]:
        order = 'documents DESC, word COLLATE "C"'
        sql = f"SELECT word, documents FROM words WHERE documents > 0 ORDER BY {order} LIMIT {_VOCABULARY}"
        return {None: {row[0]: row[1] for row in await self._connection.fetch(sql)}}

    async def written(self, words: Sequence[str]) -> Mapping[str, str]:
        """How words are written, of those that have accents."""
        sql = "SELECT word, written FROM words WHERE written <> '' AND word = ANY($1::text[])"
        return {row[0]: row[1] for row in await self._connection.fetch(sql, list(words))}

    async def has_vectors(self, model: str) -> bool:
        """Whether any picture has a vector of this model."""
        return bool(await self._connection.fetch("SELECT 1 FROM vectors WHERE model = $1 LIMIT 1", model))

    async def shown_by(self, model: str, vector: Floats, limit: int) -> list[str]:
        """Pictures that a vector of words stands out by."""
        return await self._vectors.shown_by(self._connection, model, vector, limit)

    async def aside(self, work: Callable[[], T]) -> T:
        """Do work in a thread."""
        return await asyncio.to_thread(work)
