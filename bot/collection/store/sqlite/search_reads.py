"""What a search reads of the SQLite store, all of it on the thread that the search is on already."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

from bot.collection.arrays import Floats
from bot.collection.filters import ANY, PictureFilters
from bot.collection.model import Indexed
from bot.collection.store.base import MAX_HITS, WINDOW, Details, Hits, SearchReads
from bot.collection.store.page_memory import PageMemory
from bot.collection.text.text_query import TextQuery

from . import details as page_details
from . import reading
from .memory import Changes, Memory
from .picture_table import PictureTable
from .vectors import SqliteVectors

T = TypeVar("T")


class SqliteSearchReads:
    """Reads over one connection, by the thread that holds it, in one transaction.

    No method ever waits, whatever it is called like. So a search that is written once for all stores, with ``await``,
    runs through in one go: see `run_through`.
    """

    def __init__(
        self, connection: sqlite3.Connection, memory: Memory, pages: PageMemory, vectors: SqliteVectors
    ) -> None:
        self._connection = connection
        self._memory = memory
        self._pages = pages
        self._vectors = vectors
        self._fresh = False
        self._seen: Changes | None = None

    def _changes(self) -> Changes:
        """The state of the file, read once: a transaction sees no other."""
        if self._seen is None:
            self._seen = Changes.read(self._connection)
        return self._seen

    def _pictures(self) -> PictureTable:
        """Ids and ratings, brought up to date once: all is read in one transaction."""
        if not self._fresh:
            self._memory.pictures.refresh(self._connection)
            self._fresh = True
        return self._memory.pictures

    async def text(
        self, query: TextQuery, filters: PictureFilters, limit: int = MAX_HITS, window: int = WINDOW
    ) -> Hits:
        """Find by words and filters."""
        table, share = self._pictures(), self._memory.share(self._connection, filters.ratings)
        found = reading.ranked_ids(self._connection, table, query, filters, limit + 1, window=window, share=share)
        hidden = reading.unrated(self._connection, table, query, filters, limit)
        return Hits(tuple(found[:limit]), len(found) > limit, hidden)

    async def details(
        self, image_ids: Sequence[str], others: Sequence[TextQuery] | None = None, filters: PictureFilters = ANY
    ) -> Details:
        """What a page of an answer says."""
        return page_details.details(self._connection, self._pages, self._changes(), image_ids, others, filters)

    async def pictures(self, image_ids: Sequence[str]) -> list[Indexed]:
        """Pictures in the order of their ids."""
        return page_details.read_pictures(self._connection, self._pages, self._changes().state, image_ids)

    async def state(self) -> tuple[int, int]:
        """How often pictures were written and removed."""
        return self._changes().state

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
