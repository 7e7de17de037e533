"""What a search reads of the SQLite store, all of it on the thread that the search is on already."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

from bot.collection.arrays import Floats
from bot.collection.filters import PictureFilters
from bot.collection.model import Indexed
from bot.collection.store.base import MAX_HITS, WINDOW, Hits, SearchReads
from bot.collection.store.page_reads import Asked, PageMemory, PageReads, StoreState
from bot.collection.store.sql import fts5
from bot.collection.text.text_query import TextQuery

from . import details, reading
from .memory import Changes, Memory
from .picture_table import PictureTable
from .vectors import SqliteVectors

T = TypeVar("T")


class SqliteSearchReads(PageReads):
    """Reads over one connection, by the thread that holds it, in one transaction.

    No method ever waits, whatever it is called like. So a search that is written once for all stores, with ``await``,
    runs through in one go: see `run_through`.
    """

    def __init__(
        self, connection: sqlite3.Connection, memory: Memory, pages: PageMemory, vectors: SqliteVectors
    ) -> None:
        super().__init__(pages)
        self._connection = connection
        self._memory = memory
        self._vectors = vectors
        self._fresh = False
        self._seen: StoreState | None = None

    async def _store_state(self) -> StoreState:
        if self._seen is None:  # a transaction sees no other
            changes = Changes.read(self._connection)
            self._seen = StoreState(changes.state, changes.pictures)
        return self._seen

    def _match(self, query: TextQuery) -> str:
        return fts5(query)

    async def _read_pictures(self, image_ids: list[str]) -> Mapping[str, Indexed]:
        return details.read_pictures(self._connection, image_ids)

    async def _read_members(self, groups: list[str]) -> Mapping[str, tuple[str, ...]]:
        return details.read_members(self._connection, groups)

    async def _read_tag_counts(self, tags: list[str]) -> Mapping[str, int]:
        return details.read_tag_counts(self._connection, tags)

    async def _read_tags_found(self, asked: list[Asked]) -> Mapping[Asked, list[str]]:
        return {one: details.read_tags_found(self._connection, one) for one in asked}

    def _table(self) -> PictureTable:
        """Ids and ratings, brought up to date once: all is read in one transaction."""
        if not self._fresh:
            self._memory.pictures.refresh(self._connection)
            self._fresh = True
        return self._memory.pictures

    async def text(
        self, query: TextQuery, filters: PictureFilters, limit: int = MAX_HITS, window: int = WINDOW
    ) -> Hits:
        """Find by words and filters."""
        table, share = self._table(), self._memory.share(self._connection, filters.ratings)
        found = reading.ranked_ids(self._connection, table, query, filters, limit + 1, window=window, share=share)
        hidden = reading.unrated(self._connection, table, query, filters, limit)
        return Hits(tuple(found[:limit]), len(found) > limit, hidden)

    async def finds(self, query: TextQuery, filters: PictureFilters) -> bool:
        """Whether a search finds anything."""
        return reading.finds(self._connection, query, filters)

    async def vocabulary(self) -> Mapping[str, int]:
        """Words and in how many pictures each occurs."""
        return self._memory.spelt(self._connection)

    async def written(self, words: Sequence[str]) -> Mapping[str, str]:
        """How words are written, of those that have accents."""
        sql = "SELECT word, written FROM words WHERE written <> '' AND word IN "
        return dict(reading.many(self._connection, sql, words))

    async def has_vectors(self, model: str) -> bool:
        """Whether any picture has a vector of this model."""
        sql = "SELECT 1 FROM vectors WHERE model = ? LIMIT 1"
        return self._connection.execute(sql, (model,)).fetchone() is not None

    async def shown_by(self, model: str, vector: Floats, limit: int) -> list[str]:
        """Pictures that a vector of words stands out by."""
        return self._vectors.shown_by(self._connection, model, vector, limit)

    async def aside(self, work: Callable[[], T]) -> T:
        """Do the work here: this is no event loop's thread."""
        return work()


def run_through(reads: SearchReads, work: Callable[[SearchReads], Awaitable[T]]) -> T:
    """Run work whose awaits are all of these reads, outside of any event loop.

    Raises:
        RuntimeError: it waited for something else.
    """
    steps = work(reads).__await__()
    try:
        next(steps)
    except StopIteration as done:
        result: T = done.value
        return result
    steps.close()
    raise RuntimeError("work that reads the store in one go waited for something else")
