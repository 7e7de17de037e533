"""What the SQLite store keeps in memory, brought up to date from the file.

Another process may index while a bot is running: two counters in the file tell whether pictures came or went, so a
search costs one look at them and reads only what is new.
"""

from __future__ import annotations

import math
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import NamedTuple, Self

import numpy as np
import orjson

from bot.collection.arrays import code_of
from bot.collection.store.base import CodeKind
from bot.collection.store.codes import CodeTable
from bot.collection.store.postings import WordTable, unpack_words

from .picture_table import PictureTable

_BATCH = 5_000
_RATED, _RATED_SECONDS = 1_000, 60
MANY_WORDS = 20_000
"""Words whose reading takes some 20 ms, too long for every search while the index is written."""
_SPELT_SECONDS = 5
_SPELT = (
    "SELECT json_group_object(word, documents) FROM (SELECT word, documents FROM words WHERE documents > 0 "
    "ORDER BY documents DESC, word LIMIT 200000)"
)


class Memory:
    """Codes and visual words of all pictures by row number. Safe for many threads."""

    def __init__(self, *, fast: bool = True) -> None:
        self.codes = {kind: CodeTable(fast=fast) for kind in CodeKind}
        self.words = WordTable()
        self.pictures = PictureTable()
        self.vocabulary: dict[str, int] = {}
        self._lock = threading.Lock()
        self._seen = (0, 0)
        self._spelt = (-1, -1)
        self._spelt_until = -math.inf
        self._last = 0
        self._words_lock = threading.Lock()
        self._words_seen = 0
        self._words_last = 0
        self._closing = False
        self._rows = np.zeros(0, dtype=np.int64)
        self._rated: Counter[int] = Counter()
        self._rated_until = -math.inf

    def refresh(self, connection: sqlite3.Connection) -> None:
        """Take over what changed in the file since the last time, but for visual words."""
        with self._lock, one_state(connection):
            self._refresh(connection)

    def _refresh(self, connection: sqlite3.Connection) -> None:
        now = counters(connection)
        if now == self._seen:
            return
        if now[1] != self._seen[1]:
            self._drop(connection)
        if now[0] != self._seen[0]:
            self._take(connection)
        self._seen = now

    def refresh_words(self, connection: sqlite3.Connection) -> None:
        """Take over what is new of the visual words; the first time it takes seconds in a large index."""
        with self._words_lock, one_state(connection):
            written = counters(connection)[0]
            if written != self._words_seen and self._take_words(connection):
                self._words_seen = written

    def close(self) -> None:
        """Stop reading visual words, if that is going on."""
        self._closing = True

    def _drop(self, connection: sqlite3.Connection) -> None:
        left = np.fromiter((row[0] for row in connection.execute("SELECT id FROM pictures")), dtype=np.int64)
        gone = np.setdiff1d(self._rows, left)
        for table in self.codes.values():
            table.remove(gone)
        for row in gone.tolist():
            self.words.remove(row)
        self._rows = np.setdiff1d(self._rows, gone)

    def _take(self, connection: sqlite3.Connection) -> None:
        parts = [self._rows]
        sql = "SELECT picture, copy_code, looks_code FROM codes WHERE picture > ? ORDER BY picture"
        cursor = connection.execute(sql, (self._last,))
        while rows := cursor.fetchmany(_BATCH):
            numbers = np.array([row[0] for row in rows], dtype=np.int64)
            for place, kind in enumerate((CodeKind.COPY, CodeKind.LOOKS), start=1):
                self.codes[kind].add(numbers, code_of(b"".join(row[place] for row in rows)))
            parts.append(numbers)
            self._last = int(numbers[-1])
        self._rows = np.concatenate(parts)

    def _take_words(self, connection: sqlite3.Connection) -> bool:
        """Read words of new rows; False if it was stopped."""
        start = self._words_last
        sql = "SELECT picture, words FROM codes WHERE picture > ? ORDER BY picture"

        def batches() -> Iterator[list[tuple[int, bytes]]]:
            found = connection.execute(sql, (start,))
            while not self._closing and (rows := found.fetchmany(_BATCH)):
                self._words_last = int(rows[-1][0])
                yield rows

        if start == 0:
            self.words.load(batches)
        else:
            for row, words in (pair for batch in batches() for pair in batch):
                self.words.add(row, unpack_words(words))
        return not self._closing

    def spelt(self, connection: sqlite3.Connection) -> dict[str, int]:
        """Words of all pictures and how many hold each, read again only after a change.

        While an index of many words is written, they are read every few seconds and not for every search: it takes
        longer than the search.
        """
        now = counters(connection)
        if now != self._spelt and time.monotonic() >= self._spelt_until:
            (words,) = connection.execute(_SPELT).fetchone()
            self.vocabulary, self._spelt = orjson.loads(words), now
            wait = _SPELT_SECONDS if len(self.vocabulary) >= MANY_WORDS else 0
            self._spelt_until = time.monotonic() + wait
        return self.vocabulary

    def share(self, connection: sqlite3.Connection, ratings: tuple[int, ...]) -> float:
        """About which part of the newest pictures has one of these ratings; looked at once a minute at most."""
        now = time.monotonic()
        if now >= self._rated_until:
            self._rated_until = now + _RATED_SECONDS
            rows = connection.execute("SELECT rating FROM pictures ORDER BY id DESC LIMIT ?", (_RATED,)).fetchall()
            self._rated = Counter(row[0] for row in rows)
        return sum(self._rated[rating] for rating in ratings) / max(1, self._rated.total())


@contextmanager
def one_state(connection: sqlite3.Connection) -> Generator[None]:
    """Read one state of the file, whatever is written meanwhile; within such a reading, the state of that."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:  # SQLite ends some itself: of a broken disk, for one
            connection.execute("COMMIT")


class Changes(NamedTuple):
    """What the file says of its state: how often pictures were written and removed, and how many there are."""

    written: int
    removed: int
    pictures: int

    @property
    def state(self) -> tuple[int, int]:
        """What another state has otherwise."""
        return self.written, self.removed

    @classmethod
    def read(cls, connection: sqlite3.Connection) -> Self:
        """Read it."""
        return cls(*connection.execute("SELECT written, removed, pictures FROM changes").fetchone())


def counters(connection: sqlite3.Connection) -> tuple[int, int]:
    """How often pictures were written and removed."""
    return Changes.read(connection).state
