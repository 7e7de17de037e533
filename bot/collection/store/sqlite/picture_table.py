"""Ids and ratings of all pictures in memory, by row number: what a search has to know of every match.

Read from the file, each match is a look into a table that lies on thousands of pages: half of what a search of common
words took. An id never changes. A rating does, so a trigger in the file writes down every change of one, whoever makes
it, and a search takes over what is new before it finds anything.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import orjson
from numpy.typing import NDArray

from bot.collection.arrays import Bytes
from bot.collection.model import Rating

_BATCH = 5_000
_ID_BYTES = 20
_NOBODY = 255
"""The rating of a row number that no picture has: none of `Rating`."""
_WORTH_ARRAYS = 24
"""With fewer rows, looking at one after the other takes less time than arrays of them."""
_TABLE = """
CREATE TABLE IF NOT EXISTS rating_changes (number INTEGER PRIMARY KEY AUTOINCREMENT, picture INTEGER NOT NULL UNIQUE)
"""
_CHANGE_TRIGGER = """
CREATE TRIGGER IF NOT EXISTS ratings_change AFTER UPDATE OF rating ON pictures WHEN OLD.rating <> NEW.rating
BEGIN
    DELETE FROM rating_changes WHERE picture = OLD.id;
    INSERT INTO rating_changes (picture) VALUES (OLD.id);
END
"""
_DELETE_TRIGGER = """
CREATE TRIGGER IF NOT EXISTS ratings_go AFTER DELETE ON pictures
BEGIN DELETE FROM rating_changes WHERE picture = OLD.id; END
"""
_LAST = "SELECT coalesce((SELECT max(id) FROM pictures), 0), coalesce((SELECT max(number) FROM rating_changes), 0)"
_NEW = (
    "SELECT json_group_array(id), group_concat(image_id, ''), json_group_array(rating) "
    "FROM (SELECT id, image_id, rating FROM pictures WHERE id > ? ORDER BY id LIMIT ?)"
)
_CHANGED = "SELECT c.picture, p.rating FROM rating_changes c JOIN pictures p ON p.id = c.picture WHERE c.number > ?"


class PictureTable:
    """Ids and ratings, 21 bytes for each row number up to the last; those of removed pictures stay until the end.

    Safe for many threads. What is known is never older than the state of the file that the last refresh saw.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ids: Bytes = np.zeros((1, _ID_BYTES), dtype=np.uint8)
        self._ratings: Bytes = np.full(1, _NOBODY, dtype=np.uint8)
        self._unrated = False
        self._seen = (0, 0)

    @staticmethod
    def prepare(connection: sqlite3.Connection) -> None:
        """Make the table and the triggers where they are missing."""
        for statement in (_TABLE, _CHANGE_TRIGGER, _DELETE_TRIGGER):
            connection.execute(statement)

    @property
    def last(self) -> int:
        """The highest row number: there are no more pictures than that."""
        return self._seen[0]

    @property
    def has_unrated(self) -> bool:
        """False if no picture lacks a rating."""
        return self._unrated

    def refresh(self, connection: sqlite3.Connection) -> None:
        """Take over what is new in the state that the connection's transaction sees."""
        last, changed = connection.execute(_LAST).fetchone()
        if last > self._seen[0] or changed > self._seen[1]:
            with self._lock:
                self._take(connection, int(changed))

    def _take(self, connection: sqlite3.Connection, changed: int) -> None:
        known, seen = self._seen
        last = known
        while True:
            rows, ids, ratings = connection.execute(_NEW, (last, _BATCH)).fetchone()
            if ids is None:
                break
            last = self._add(np.array(orjson.loads(rows), dtype=np.int64), bytes.fromhex(ids), orjson.loads(ratings))
        for row, rating in connection.execute(_CHANGED, (seen,)).fetchall() if known else ():
            if row <= last:
                self._ratings[row] = rating
        self._unrated = bool((self._ratings == Rating.UNKNOWN.number).any())
        self._seen = (last, max(seen, changed))

    def _add(self, rows: NDArray[np.int64], ids: bytes, ratings: Sequence[int]) -> int:
        last = int(rows[-1])
        if last >= len(self._ratings):
            more = max(last + 1, 2 * len(self._ratings)) - len(self._ratings)
            self._ids = np.concatenate([self._ids, np.zeros((more, _ID_BYTES), dtype=np.uint8)])
            self._ratings = np.concatenate([self._ratings, np.full(more, _NOBODY, dtype=np.uint8)])
        self._ids[rows] = np.frombuffer(ids, np.uint8).reshape(-1, _ID_BYTES)
        self._ratings[rows] = ratings
        return last

    def fitting(self, rows: Sequence[int], ratings: tuple[int, ...]) -> tuple[Sequence[int], list[str]]:
        """Which of some rows have one of the ratings, as places among them, and the image ids of those.

        A row that is not known fits nothing.
        """
        with self._lock:
            ids, rated = self._ids, self._ratings
        most = len(rated)
        if len(rows) < _WORTH_ARRAYS:
            rating_of = rated.data
            fits = [place for place, row in enumerate(rows) if row < most and rating_of[row] in ratings]
            found = ids.take(np.array([rows[place] for place in fits], dtype=np.int64), axis=0)
        else:
            wanted = np.array(rows, dtype=np.int64)
            known = np.where(wanted < most, wanted, 0)  # no picture has row 0
            fits = np.flatnonzero(_allowed(ratings)[rated[known]])
            found, fits = ids.take(wanted[fits], axis=0), fits.tolist()
        text, width = found.tobytes().hex().upper(), 2 * _ID_BYTES
        return fits, [text[start : start + width] for start in range(0, len(text), width)]

    def lone(self, row: int, ratings: tuple[int, ...]) -> str | None:
        """The image id of one row if it has one of the ratings: what `fitting` says, without its arrays."""
        with self._lock:
            ids, rated = self._ids, self._ratings
        if row >= len(rated) or rated[row] not in ratings:
            return None
        return ids[row].tobytes().hex().upper()


@lru_cache(maxsize=16)
def _allowed(ratings: tuple[int, ...]) -> NDArray[np.bool_]:
    """Whether a rating is one of these, by its number."""
    allowed = np.zeros(256, dtype=np.bool_)
    allowed[list(ratings)] = True
    return allowed
