"""The default store: one SQLite file with FTS5, and the codes and visual words in memory."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np

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
from bot.collection.store.page_reads import PageMemory
from bot.collection.store.sql import conditions
from bot.collection.text.text_query import TextQuery

from . import details as page_details
from . import layout, reading
from .connections import SqliteConnections
from .memory import Changes, Memory, counters, one_state
from .picture_table import PictureTable
from .search_reads import SqliteSearchReads, run_through
from .vectors import SqliteVectors
from .writing import SqliteWriter

T = TypeVar("T")
BUSY_SECONDS, PATIENT_SECONDS = 20.0, 60.0
"""How long another program that writes is waited for: by a bot that starts, and by one that indexes."""
_WORTH_MERGING = 1_000
"""Pictures written from which on it is worth while to merge what FTS5 wrote of them in pieces."""


class SqliteStore:
    """A store in one file. Make it with `SqliteStore.open`."""

    def __init__(self, connections: SqliteConnections, *, fast: bool = True) -> None:
        self._connections = connections
        self._memory = Memory(fast=fast)
        self._loading: asyncio.Task[None] | None = None
        self._vectors = SqliteVectors()
        self._pages = PageMemory()
        self._written = 0

    @classmethod
    async def open(cls, file: Path, *, fast: bool = True, patient: bool = False) -> SqliteStore:
        """Open or make the file and load codes; visual words are loaded meanwhile.

        Args:
            file: the database.
            fast: use faiss for the scan of codes where it is installed.
            patient: bring the file up to date even if that takes many minutes.

        Raises:
            StoreError: the file cannot be used.
        """
        busy_seconds = PATIENT_SECONDS if patient else BUSY_SECONDS
        connections = await asyncio.to_thread(SqliteConnections, file, busy_seconds)
        store = cls(connections, fast=fast)
        try:
            await connections.write(SqliteVectors.prepare)
            await connections.write(PictureTable.prepare)
            if await connections.read(lambda c: layout.needs_words(c, patient=patient)):
                after: int | None = 0
                while after is not None:
                    after = await connections.write(partial(layout.name_some_visual_words, after=after))
            if await connections.read(lambda c: layout.needs_wording(c, patient=patient)):
                await connections.write(layout.recut_all_texts)
            await connections.read(store._memory.refresh)
            await connections.read(store._memory.pictures.refresh)
            store._loading = asyncio.create_task(connections.read(store._memory.refresh_words))
        except sqlite3.Error as error:
            await store.aclose()
            raise StoreError(f"the collection's index {file} cannot be used: {error}") from error
        except BaseException:
            await store.aclose()
            raise
        return store

    async def aclose(self) -> None:
        """Close the file and end its threads; after much was written, its words are put in order first."""
        self._memory.close()
        if self._written >= _WORTH_MERGING:
            with suppress(sqlite3.Error):  # the words are found without, only more slowly
                await self._connections.write(lambda c: SqliteWriter(c).merge_texts(self._written))
        if self._loading is not None:
            await asyncio.gather(self._loading, return_exceptions=True)
        await asyncio.to_thread(self._connections.close)

    # -- writing

    async def upsert(self, pictures: Sequence[Indexed], rated_themselves: AbstractSet[str] = frozenset()) -> list[str]:
        """Add pictures, or places to known ones, in one transaction."""
        severer = await self._connections.write(lambda c: SqliteWriter(c).upsert(pictures, rated_themselves))
        self._written += len(pictures)
        return severer

    async def remove_places(self, keys: Sequence[str], rated_themselves: AbstractSet[str] = frozenset()) -> list[str]:
        """Forget places, and pictures without any."""
        return await self._connections.write(lambda c: SqliteWriter(c).remove_places(keys, rated_themselves))

    async def regroup(self, groups: Mapping[str, str]) -> None:
        """Set groups of near copies."""
        rows = [(group, image_id) for image_id, group in groups.items()]

        def work(connection: sqlite3.Connection) -> None:
            connection.executemany("UPDATE pictures SET grp = ? WHERE image_id = ?", rows)
            connection.execute("UPDATE changes SET written = written + 1")

        await self._connections.write(work)

    async def note_identified(self, image_id: str, at: datetime) -> None:
        """Count one identification on that day."""
        day = int(at.timestamp() // 86_400)
        sql = "INSERT INTO identified VALUES (?, ?, 1) ON CONFLICT (day, image_id) DO UPDATE SET times = times + 1"
        await self._connections.write(lambda c: c.execute(sql, (day, image_id)))

    async def keep_vectors(self, model: str, vectors: Mapping[str, Floats]) -> None:
        """Write a model's vectors."""
        await self._connections.write(lambda c: self._vectors.keep(c, model, vectors))

    # -- reading

    async def in_one_go(self, work: Callable[[SearchReads], Awaitable[T]]) -> T:
        """Read several times on one of the reading threads."""

        def through(connection: sqlite3.Connection) -> T:
            with one_state(connection):
                return run_through(SqliteSearchReads(connection, self._memory, self._pages, self._vectors), work)

        return await self._connections.read(through)

    async def aside(self, work: Callable[[], T]) -> T:
        """Do work in a thread."""
        return await asyncio.to_thread(work)

    async def ungrouped(self, limit: int) -> list[Indexed]:
        """Pictures that are not compared with the others yet."""
        sql = f"{reading.SELECT_PICTURES} WHERE p.grp = '' ORDER BY p.id LIMIT ?"
        return await self._connections.read(
            lambda c: [reading.read_row(row) for row in c.execute(sql, (limit,)).fetchall()]
        )

    async def counts(self) -> Counts:
        """Count pictures, places and unrated pictures."""

        def work(connection: sqlite3.Connection) -> Counts:
            one = "SELECT (SELECT count(*) FROM pictures), (SELECT count(*) FROM places), "
            unrated = f"(SELECT count(*) FROM pictures WHERE rating = {Rating.UNKNOWN.number})"
            return Counts(*connection.execute(one + unrated).fetchone())

        return await self._connections.read(work)

    async def size(self) -> int:
        """How many pictures there are."""
        return await self._connections.read(lambda c: Changes.read(c).pictures)

    async def known(self, under: str) -> Mapping[str, KnownFile]:
        """Files at or below an address."""
        sql = (
            "SELECT l.key, p.image_id, l.size, l.modified, l.stamp FROM places l JOIN pictures p ON p.id = l.picture "
            "WHERE l.key = ? OR (l.key >= ? AND l.key < ?)"
        )
        start = under.rstrip("/")
        rows = await self._connections.read(lambda c: c.execute(sql, (under, f"{start}/", f"{start}0")).fetchall())
        return {row[0]: KnownFile(*row[1:]) for row in rows}

    async def copied(self, keys: Sequence[str]) -> list[str]:
        """Pictures at one of these places and at others."""
        elsewhere = "EXISTS (SELECT 1 FROM places o WHERE o.picture = l.picture AND o.key <> l.key)"
        sql = f"SELECT p.image_id FROM places l JOIN pictures p ON p.id = l.picture WHERE {elsewhere} AND l.key IN "
        return await self._connections.read(lambda c: list(dict.fromkeys(row[0] for row in reading.many(c, sql, keys))))

    async def pictures(self, image_ids: Sequence[str]) -> list[Indexed]:
        """Pictures in the order of their ids."""
        return await self.in_one_go(lambda reads: reads.pictures(image_ids))

    async def details(
        self, image_ids: Sequence[str], others: Sequence[TextQuery] | None = None, filters: PictureFilters = ANY
    ) -> Details:
        """What a page of an answer says."""
        return await self.in_one_go(lambda reads: reads.details(image_ids, others, filters))

    async def state(self) -> Hashable:
        """How often pictures were written and removed."""
        return await self._connections.read(counters)

    async def points(self, image_ids: Sequence[str]) -> Mapping[str, bytes]:
        """Packed points by image id."""
        sql = "SELECT p.image_id, o.points FROM points o JOIN pictures p ON p.id = o.picture WHERE p.image_id IN "
        return await self._connections.read(lambda c: {row[0]: row[1] for row in reading.many(c, sql, image_ids)})

    async def text(
        self, query: TextQuery, filters: PictureFilters, limit: int = MAX_HITS, window: int = WINDOW
    ) -> Hits:
        """Find by words and filters."""
        return await self.in_one_go(lambda reads: reads.text(query, filters, limit, window))

    async def near(self, kind: CodeKind, codes: Codes, most: int, limit: int) -> list[Near]:
        """Pictures with near codes."""
        inverted = kind is CodeKind.COPY

        def work(connection: sqlite3.Connection) -> list[Near]:
            self._memory.refresh(connection)
            rows = self._memory.codes[kind].near(codes, most, limit, inverted=inverted)
            names = _names(connection, [row.row for row in rows])
            return [Near(names[r.row], r.distance, r.query, r.inverted) for r in rows if r.row in names]

        return await self._connections.read(work)

    async def sharing(self, words: Sequence[int], limit: int) -> list[str]:
        """Pictures that share visual words."""
        if self._loading is not None and not self._loading.done():
            await asyncio.wait([self._loading])  # here, so that no reading thread is held up

        def work(connection: sqlite3.Connection) -> list[str]:
            self._memory.refresh_words(connection)
            rows = self._memory.words.sharing(np.asarray(words, dtype=np.int64), limit)
            names = _names(connection, rows)
            return [names[row] for row in rows if row in names]

        return await self._connections.read(work)

    async def undescribed(self, model: str) -> list[str]:
        """Pictures that this model has not described."""
        sql = (
            "SELECT p.image_id FROM pictures p JOIN details d ON d.picture = p.id "
            "WHERE json_extract(d.data, '$.described.model') IS NOT ? ORDER BY p.id"
        )
        return await self._connections.read(lambda c: [row[0] for row in c.execute(sql, (model,))])

    async def without_vector(self, model: str) -> list[str]:
        """Pictures that have no vector of this model."""
        return await self._connections.read(lambda c: self._vectors.without(c, model))

    async def has_vectors(self, model: str) -> bool:
        """Whether any picture has a vector of this model."""
        return await self.in_one_go(lambda reads: reads.has_vectors(model))

    async def like(self, model: str, vector: Floats, limit: int, least: float | None = None) -> list[str]:
        """Pictures with the nearest vectors."""
        return await self._connections.read(lambda c: self._vectors.like(c, model, vector, limit, least))

    async def shown_by(self, model: str, vector: Floats, limit: int) -> list[str]:
        """Pictures that a vector of words stands out by."""
        return await self.in_one_go(lambda reads: reads.shown_by(model, vector, limit))

    async def finds(self, query: TextQuery, filters: PictureFilters) -> bool:
        """Whether a search finds anything."""
        return await self.in_one_go(lambda reads: reads.finds(query, filters))

    async def group_members(self, groups: Sequence[str]) -> Mapping[str, list[str]]:
        """Image ids by group, in order."""
        sql = "SELECT grp, image_id FROM pictures WHERE grp IN "
        found: dict[str, list[str]] = {}
        for group, image_id in await self._connections.read(lambda c: reading.many(c, sql, groups)):
            found.setdefault(group, []).append(image_id)
        return {group: sorted(members) for group, members in found.items()}

    async def by_address(self, address: str) -> str | None:
        """The one picture with this address."""
        sql = "SELECT p.image_id FROM addresses a JOIN pictures p ON p.id = a.picture WHERE a.address = ? LIMIT 2"
        rows = await self._connections.read(lambda c: c.execute(sql, (address,)).fetchall())
        return rows[0][0] if len(rows) == 1 else None

    async def gallery(self, name: str, filters: PictureFilters, limit: int) -> list[str]:
        """Newest pictures of a gallery."""

        def work(connection: sqlite3.Connection) -> list[str]:
            values: list[object] = [name]
            where = ["p.gallery = ?", *conditions(TextQuery(), filters, reading.marker(values))]
            sql = (
                f"SELECT p.image_id FROM pictures p WHERE {' AND '.join(where)} "
                "ORDER BY p.discovered DESC, p.image_id LIMIT ?"
            )
            return [row[0] for row in connection.execute(sql, [*values, limit])]

        return await self._connections.read(work)

    async def tags(self, image_ids: Sequence[str], limit: int) -> list[TagCount]:
        """Tags of these pictures with their counts here and overall."""
        return await self._connections.read(lambda c: page_details.tags(c, image_ids, limit))

    async def tags_beginning(self, prefix: str, limit: int) -> list[str]:
        """Tags that begin so."""
        sql = (
            "SELECT tag FROM tag_counts WHERE tag >= ? AND tag < ? AND pictures > 0 ORDER BY pictures DESC, tag LIMIT ?"
        )
        values = (prefix, prefix + chr(0x10FFFF), limit)
        return await self._connections.read(lambda c: [row[0] for row in c.execute(sql, values)])

    async def vocabulary(self) -> Mapping[str, int]:
        """Words and in how many pictures each occurs."""
        return await self.in_one_go(lambda reads: reads.vocabulary())

    async def written(self, words: Sequence[str]) -> Mapping[str, str]:
        """How words are written, of those that have accents."""
        return await self.in_one_go(lambda reads: reads.written(words))

    async def most_identified(self, since: datetime, filters: PictureFilters, limit: int) -> list[str]:
        """Pictures identified most since a day."""

        def work(connection: sqlite3.Connection) -> list[str]:
            values: list[object] = [int(since.timestamp() // 86_400)]
            where = ["i.day >= ?", *conditions(TextQuery(), filters, reading.marker(values))]
            sql = (
                "SELECT p.image_id FROM identified i JOIN pictures p USING (image_id) "
                f"WHERE {' AND '.join(where)} GROUP BY p.image_id ORDER BY sum(i.times) DESC, p.image_id LIMIT ?"
            )
            return [row[0] for row in connection.execute(sql, [*values, limit])]

        return await self._connections.read(work)


def _names(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, str]:
    return dict(reading.many(connection, "SELECT id, image_id FROM pictures WHERE id IN", rows))
