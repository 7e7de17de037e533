"""Vectors of the operator's model in the SQLite store."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence

from bot.collection.arrays import Floats
from bot.collection.store.vectors import VectorTable, pack_vector

from . import reading

_BATCH = 5_000
_TABLE = """
CREATE TABLE IF NOT EXISTS vectors (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    picture INTEGER NOT NULL UNIQUE,
    model TEXT NOT NULL,
    vector BLOB NOT NULL
)
"""
_TRIGGER = """
CREATE TRIGGER IF NOT EXISTS vectors_go AFTER DELETE ON pictures
BEGIN DELETE FROM vectors WHERE picture = OLD.id; END
"""


class SqliteVectors:
    """The table, and what a process holds of it in memory; methods run on one of the store's threads."""

    def __init__(self) -> None:
        self._table = VectorTable()

    @staticmethod
    def prepare(connection: sqlite3.Connection) -> None:
        """Make the table where it is missing: the first indexes had none."""
        connection.execute(_TABLE)
        connection.execute(_TRIGGER)

    def without(self, connection: sqlite3.Connection, model: str) -> list[str]:
        """Image ids of pictures without a vector of a model."""
        sql = (
            "SELECT p.image_id FROM pictures p LEFT JOIN vectors v ON v.picture = p.id AND v.model = ? "
            "WHERE v.row IS NULL ORDER BY p.id"
        )
        return [row[0] for row in connection.execute(sql, (model,))]

    def keep(self, connection: sqlite3.Connection, model: str, vectors: Mapping[str, Floats]) -> None:
        """Write vectors by image id, in place of older ones."""
        sql = "INSERT OR REPLACE INTO vectors (picture, model, vector) SELECT id, ?, ? FROM pictures WHERE image_id = ?"
        connection.executemany(sql, [(model, pack_vector(vector), image_id) for image_id, vector in vectors.items()])

    def like(
        self, connection: sqlite3.Connection, model: str, vector: Floats, limit: int, least: float | None = None
    ) -> list[str]:
        """Image ids of the pictures whose vectors are nearest, best first."""
        return self._ranked(connection, model, lambda: self._table.like(vector, limit, least))

    def shown_by(self, connection: sqlite3.Connection, model: str, vector: Floats, limit: int) -> list[str]:
        """Image ids of the pictures that stand out by a vector of words, best first."""
        return self._ranked(connection, model, lambda: self._table.standing_out(vector, limit))

    def _ranked(self, connection: sqlite3.Connection, model: str, find: Callable[[], list[int]]) -> list[str]:
        self._take(connection, model)
        rows = find()
        names = _names(connection, rows)
        if len(names) < len(rows):  # pictures went or were embedded anew: begin again without their old rows
            self._take(connection, model, anew=True)
            rows = find()
            names = _names(connection, rows)
        return [names[row] for row in rows if row in names]

    def _take(self, connection: sqlite3.Connection, model: str, *, anew: bool = False) -> None:
        """Take over what is new."""
        sql = "SELECT row, vector FROM vectors WHERE row > ? AND model = ? ORDER BY row"
        found = connection.execute(sql, (self._table.last(model, anew=anew), model))
        while batch := found.fetchmany(_BATCH):
            self._table.add(model, [row[0] for row in batch], [row[1] for row in batch])


def _names(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, str]:
    sql = "SELECT v.row, p.image_id FROM vectors v JOIN pictures p ON p.id = v.picture WHERE v.row IN "
    return dict(reading.many(connection, sql, rows))
