"""What a search reads of the PostgreSQL store, over one connection."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from bot.collection.arrays import Floats
from bot.collection.filters import PictureFilters
from bot.collection.model import Indexed, Rating
from bot.collection.store.base import MAX_HITS, MOST_OTHER_TAGS, SAMPLE, WINDOW, Hits
from bot.collection.store.page_reads import Asked, PageMemory, PageReads, StoreState
from bot.collection.store.sql import tsquery
from bot.collection.store.state_memory import StateMemory
from bot.collection.text.text_query import TextQuery

from . import reading
from .driver import Runs
from .vectors import PostgresVectors

T = TypeVar("T")

_VOCABULARY = 200_000
"""Words that are kept in memory at most, the most common."""


class SearchMemory:
    """What a process keeps of what searches read, each for one state of the tables."""

    def __init__(self) -> None:
        self.pages = PageMemory()
        self.vocabulary: StateMemory[None, Mapping[str, int]] = StateMemory(1)
        self.any_unrated: StateMemory[None, bool] = StateMemory(1)


class PostgresSearchReads(PageReads):
    """Reads over one connection, one after the other.

    How often something was written is read first, and over the same connection as all else: what is read after it and
    kept for that number is what the tables hold while the number stays, on a standby that lags behind as well.
    """

    def __init__(self, connection: Runs, memory: SearchMemory, vectors: PostgresVectors) -> None:
        super().__init__(memory.pages)
        self._connection = connection
        self._memory = memory
        self._vectors = vectors
        self._seen: StoreState | None = None

    async def _store_state(self) -> StoreState:
        if self._seen is None:
            self._seen = StoreState(*await self._connection.fetchrow("SELECT written, pictures FROM changes"))
        return self._seen

    def _match(self, query: TextQuery) -> str:
        return tsquery(query)

    async def _read_pictures(self, image_ids: list[str]) -> Mapping[str, Indexed]:
        sql = f"SELECT {reading.COLUMNS} FROM pictures p WHERE p.image_id = ANY($1::text[])"
        rows = await self._connection.fetch(sql, image_ids)
        return {row["image_id"]: reading.read_record(row) for row in rows}

    async def _read_members(self, groups: list[str]) -> Mapping[str, tuple[str, ...]]:
        members = await reading.group_members(self._connection, groups)
        return {group: tuple(image_ids) for group, image_ids in members.items()}

    async def _read_tag_counts(self, tags: list[str]) -> Mapping[str, int]:
        sql = "SELECT tag, pictures FROM tag_counts WHERE tag = ANY($1::text[])"
        return {row[0]: row[1] for row in await self._connection.fetch(sql, tags)}

    async def _read_tags_found(self, asked: list[Asked]) -> Mapping[Asked, list[str]]:
        """All in one statement."""
        with_words = [one for one in asked if one[1].all_of]
        found: dict[Asked, list[str]] = {one: [] for one in asked}
        if with_words:
            queries = [(query, filters) for _, query, filters in with_words]
            sql, *values = reading.tags_found(queries, SAMPLE, MOST_OTHER_TAGS).values
            found |= zip(with_words, map(list, await self._connection.fetchrow(sql, *values)), strict=True)
        return found

    async def text(
        self, query: TextQuery, filters: PictureFilters, limit: int = MAX_HITS, window: int = WINDOW
    ) -> Hits:
        """Find by words and filters."""
        many = (
            query.all_of
            and (await self._store_state()).pictures > window
            and await self._value(reading.count_up_to(query, filters, window + 1)) > window
        )
        sql, *values = reading.search_statement(query, filters, limit + 1, window=window if many else None).values
        found = [row[0] for row in await self._connection.fetch(sql, *values)]
        return Hits(tuple(found[:limit]), len(found) > limit, await self._unrated(query, filters, limit))

    async def _unrated(self, query: TextQuery, filters: PictureFilters, limit: int) -> int:
        """How many matches are left out only because nobody rated them, at most `limit`."""
        if Rating.UNKNOWN.number in filters.ratings:
            return 0
        if not (await self._memory.any_unrated.get(await self.state(), [None], self._any_unrated))[None]:
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

    async def vocabulary(self) -> Mapping[str, int]:
        """Words and in how many pictures each occurs."""
        return (await self._memory.vocabulary.get(await self.state(), [None], self._vocabulary))[None]

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
