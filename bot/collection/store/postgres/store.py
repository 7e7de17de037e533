"""The store for more than one machine: PostgreSQL 15 or newer, through asyncpg.

Several bots and indexers may use it at once. What a process keeps (codes, words) it brings up to date by itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from datetime import datetime
from typing import TypeVar

from bot.collection.arrays import Codes, Floats
from bot.collection.filters import ANY, PictureFilters
from bot.collection.model import Indexed, Rating
from bot.collection.store.base import (
    MAX_HITS,
    WINDOW,
    CodeKind,
    Counts,
    Details,
    Hits,
    KnownFile,
    Near,
    SearchReads,
    StoreError,
    TagCount,
)
from bot.collection.store.sql import conditions, where_clause
from bot.collection.text.text_query import TextQuery

from . import layout, reading
from .codes import IN_MEMORY, CodeMemory, near_by_words
from .driver import ERRORS, Pool, ReadOnly, connect
from .schema import LOCK, POSTGRES_SCHEMA
from .search_reads import PostgresSearchReads, SearchMemory
from .vectors import PostgresVectors
from .visual_words import sharing
from .writing import PostgresWriter

T = TypeVar("T")


class PostgresStore:
    """A store in a PostgreSQL database. Make it with `PostgresStore.open`."""

    def __init__(self, pool: Pool, *, in_memory: int) -> None:
        self._pool = pool
        self._in_memory = in_memory
        self._codes = CodeMemory()
        self._vectors = PostgresVectors()
        self._memory = SearchMemory()

    @classmethod
    async def open(cls, address: str, *, patient: bool = False, in_memory: int = IN_MEMORY) -> PostgresStore:
        """Connect, make the tables or bring them up to date, and load codes.

        Args:
            address: ``postgresql://...``.
            patient: bring tables up to date even if that takes many minutes.
            in_memory: with more pictures than this the server looks codes up.

        Raises:
            StoreError: no connection, a server that is too old, or tables of a newer Magpie.
        """
        pool = await connect(address, f"{POSTGRES_SCHEMA}, public")
        try:
            async with pool.acquire() as connection, connection.transaction():
                await layout.prepare_tables(connection)
            await layout.name_all_visual_words(pool, patient=patient)
            await layout.recut_texts(pool, patient=patient)
            store = cls(pool, in_memory=in_memory)
            if await store.size() <= in_memory:
                await store._codes.refresh(pool)
        except BaseException as error:
            await pool.close()
            if isinstance(error, ReadOnly):
                todo = (
                    "the server takes no writes and has not the tables of this version: run magpie index on its primary"
                )
                raise StoreError(todo) from error
            if isinstance(error, ERRORS):
                raise StoreError(f"PostgreSQL refuses ({type(error).__name__})") from error
            raise
        return store

    async def aclose(self) -> None:
        """Close the connections."""
        await self._pool.close()

    # -- writing

    async def upsert(self, pictures: Sequence[Indexed], rated_themselves: AbstractSet[str] = frozenset()) -> list[str]:
        """Add pictures, or places to known ones, in one transaction."""
        async with self._pool.acquire() as connection, connection.transaction():
            return await PostgresWriter(connection).upsert(pictures, rated_themselves)

    async def remove_places(self, keys: Sequence[str], rated_themselves: AbstractSet[str] = frozenset()) -> list[str]:
        """Forget places, and pictures without any."""
        async with self._pool.acquire() as connection, connection.transaction():
            return await PostgresWriter(connection).remove_places(keys, rated_themselves)

    async def regroup(self, groups: Mapping[str, str]) -> None:
        """Set groups of near copies."""
        sql = (
            "WITH grouped AS (UPDATE pictures p SET grp = g.grp "
            "FROM unnest($1::text[], $2::text[]) AS g (image_id, grp) WHERE p.image_id = g.image_id) "
            "UPDATE changes SET written = written + 1"
        )
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK)  # of two in a ring one would end
            await connection.execute(sql, list(groups), list(groups.values()))

    async def note_identified(self, image_id: str, at: datetime) -> None:
        """Count one identification on that day; a read replica counts none."""
        sql = (
            "INSERT INTO identified VALUES ($1, $2, 1) "
            "ON CONFLICT (day, image_id) DO UPDATE SET times = identified.times + 1"
        )
        with suppress(ReadOnly):
            await self._pool.execute(sql, int(at.timestamp() // 86_400), image_id)

    async def keep_vectors(self, model: str, vectors: Mapping[str, Floats]) -> None:
        """Write a model's vectors."""
        async with self._pool.acquire() as connection, connection.transaction():
            await self._vectors.keep(connection, model, vectors)

    # -- reading

    async def in_one_go(self, work: Callable[[SearchReads], Awaitable[T]]) -> T:
        """Read several times, over one connection."""
        async with self._pool.acquire() as connection:
            return await work(PostgresSearchReads(connection, self._memory, self._vectors))

    async def aside(self, work: Callable[[], T]) -> T:
        """Do work in a thread."""
        return await asyncio.to_thread(work)

    async def ungrouped(self, limit: int) -> list[Indexed]:
        """Pictures that are not compared with the others yet."""
        sql = f"SELECT {reading.COLUMNS} FROM pictures p WHERE p.grp = '' ORDER BY p.id LIMIT $1"
        return [reading.read_record(row) for row in await self._pool.fetch(sql, limit)]

    async def counts(self) -> Counts:
        """Count pictures, places and unrated pictures."""
        sql = (
            "SELECT (SELECT count(*) FROM pictures), (SELECT count(*) FROM places), "
            "(SELECT count(*) FROM pictures WHERE rating = $1)"
        )
        row = await self._pool.fetchrow(sql, Rating.UNKNOWN.number)
        return Counts(*row) if row else Counts(0, 0, 0)

    async def size(self) -> int:
        """How many pictures there are."""
        return await self._pool.fetchval("SELECT pictures FROM changes")

    async def known(self, under: str) -> Mapping[str, KnownFile]:
        """Files at or below an address."""
        sql = (
            "SELECT l.key, p.image_id, l.size, l.modified, l.stamp FROM places l JOIN pictures p ON p.id = l.picture "
            "WHERE l.key = $1 OR starts_with(l.key, $2)"
        )
        rows = await self._pool.fetch(sql, under, under.rstrip("/") + "/")
        return {row[0]: KnownFile(row[1], row[2], row[3], row[4]) for row in rows}

    async def copied(self, keys: Sequence[str]) -> list[str]:
        """Pictures at one of these places and at others."""
        elsewhere = "EXISTS (SELECT 1 FROM places o WHERE o.picture = l.picture AND o.key <> l.key)"
        sql = (
            "SELECT DISTINCT p.image_id FROM places l JOIN pictures p ON p.id = l.picture "
            f"WHERE l.key = ANY($1::text[]) AND {elsewhere}"
        )
        return [row[0] for row in await self._pool.fetch(sql, list(keys))]

    async def pictures(self, image_ids: Sequence[str]) -> list[Indexed]:
        """Pictures in the order of their ids."""
        return await self.in_one_go(lambda reads: reads.pictures(image_ids))

    async def details(
        self, image_ids: Sequence[str], others: Sequence[TextQuery] | None = None, filters: PictureFilters = ANY
    ) -> Details:
        """What a page of an answer says."""
        return await self.in_one_go(lambda reads: reads.details(image_ids, others, filters))

    async def state(self) -> int:
        """How often something was written."""
        return await self._pool.fetchval("SELECT written FROM changes")

    async def points(self, image_ids: Sequence[str]) -> Mapping[str, bytes]:
        """Packed points by image id."""
        sql = (
            "SELECT p.image_id, o.points FROM points o JOIN pictures p ON p.id = o.picture "
            "WHERE p.image_id = ANY($1::text[])"
        )
        return {row[0]: row[1] for row in await self._pool.fetch(sql, list(image_ids))}

    async def text(
        self, query: TextQuery, filters: PictureFilters, limit: int = MAX_HITS, window: int = WINDOW
    ) -> Hits:
        """Find by words and filters."""
        return await self.in_one_go(lambda reads: reads.text(query, filters, limit, window))

    async def finds(self, query: TextQuery, filters: PictureFilters) -> bool:
        """Whether a search finds anything."""
        return await self.in_one_go(lambda reads: reads.finds(query, filters))

    async def near(self, kind: CodeKind, codes: Codes, most: int, limit: int) -> list[Near]:
        """Pictures with near codes; exact, except in a collection that is too large for memory: `postgres_codes`."""
        if await self.size() > self._in_memory:
            return await near_by_words(self._pool, kind, codes, most, limit)
        return await self._codes.near(self._pool, kind, codes, most, limit)

    async def sharing(self, words: Sequence[int], limit: int) -> list[str]:
        """Pictures that share visual words."""
        return await sharing(self._pool, words, max(1, await self.size()), limit)

    async def undescribed(self, model: str) -> list[str]:
        """Pictures that this model has not described."""
        sql = (
            "SELECT image_id FROM pictures "
            "WHERE data::json #>> '{described,model}' IS DISTINCT FROM $1::text ORDER BY id"
        )
        return [row[0] for row in await self._pool.fetch(sql, model)]

    async def without_vector(self, model: str) -> list[str]:
        """Pictures that have no vector of this model."""
        return await self._vectors.without(self._pool, model)

    async def has_vectors(self, model: str) -> bool:
        """Whether any picture has a vector of this model."""
        return await self.in_one_go(lambda reads: reads.has_vectors(model))

    async def like(self, model: str, vector: Floats, limit: int, least: float | None = None) -> list[str]:
        """Pictures with the nearest vectors."""
        return await self._vectors.like(self._pool, model, vector, limit, least)

    async def shown_by(self, model: str, vector: Floats, limit: int) -> list[str]:
        """Pictures that a vector of words stands out by."""
        return await self.in_one_go(lambda reads: reads.shown_by(model, vector, limit))

    async def group_members(self, groups: Sequence[str]) -> Mapping[str, list[str]]:
        """Image ids by group, in order."""
        return await reading.group_members(self._pool, groups)

    async def by_address(self, address: str) -> str | None:
        """The one picture with this address."""
        sql = "SELECT p.image_id FROM addresses a JOIN pictures p ON p.id = a.picture WHERE a.address = $1 LIMIT 2"
        rows = await self._pool.fetch(sql, address)
        return rows[0][0] if len(rows) == 1 else None

    async def gallery(self, name: str, filters: PictureFilters, limit: int) -> list[str]:
        """Newest pictures of a gallery."""
        statement = reading.SqlStatement()
        where = [f"p.gallery = {statement.mark(name)}", *conditions(TextQuery(), filters, statement.marker)]
        sql = (
            f"SELECT p.image_id FROM pictures p{where_clause(where)} "
            f"ORDER BY p.discovered DESC, p.image_id LIMIT {statement.mark(limit)}"
        )
        return [row[0] for row in await self._pool.fetch(sql, *statement.values)]

    async def tags(self, image_ids: Sequence[str], limit: int) -> list[TagCount]:
        """Tags of these pictures with their counts here and overall."""
        sql = (
            "WITH here AS (SELECT t.tag, count(*) AS n FROM tags t JOIN pictures p ON p.id = t.picture "
            'WHERE p.image_id = ANY($1::text[]) GROUP BY t.tag ORDER BY n DESC, t.tag COLLATE "C" LIMIT $2) '
            "SELECT h.tag, h.n, coalesce(o.pictures, h.n) FROM here h LEFT JOIN tag_counts o USING (tag) "
            'ORDER BY h.n DESC, h.tag COLLATE "C"'
        )
        return [TagCount(*row) for row in await self._pool.fetch(sql, list(image_ids), limit)]

    async def tags_beginning(self, prefix: str, limit: int) -> list[str]:
        """Tags that begin so."""
        sql = (
            "SELECT tag FROM tag_counts WHERE starts_with(tag, $1) AND pictures > 0 "
            'ORDER BY pictures DESC, tag COLLATE "C" LIMIT $2'
        )
        return [row[0] for row in await self._pool.fetch(sql, prefix, limit)]

    async def vocabulary(self) -> Mapping[str, int]:
        """Words and in how many pictures each occurs."""
        return await self.in_one_go(lambda reads: reads.vocabulary())

    async def written(self, words: Sequence[str]) -> Mapping[str, str]:
        """How words are written, of those that have accents."""
        return await self.in_one_go(lambda reads: reads.written(words))

    async def most_identified(self, since: datetime, filters: PictureFilters, limit: int) -> list[str]:
        """Pictures identified most since a day."""
        statement = reading.SqlStatement()
        day = statement.mark(int(since.timestamp() // 86_400))
        where = [f"i.day >= {day}", *conditions(TextQuery(), filters, statement.marker)]
        sql = (
            f"SELECT p.image_id FROM identified i JOIN pictures p USING (image_id){where_clause(where)} "
            f"GROUP BY p.image_id ORDER BY sum(i.times) DESC, p.image_id LIMIT {statement.mark(limit)}"
        )
        return [row[0] for row in await self._pool.fetch(sql, *statement.values)]
