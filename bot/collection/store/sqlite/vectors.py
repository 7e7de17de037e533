"""Vectors of the operator's model in the SQLite store."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from bot.collection.arrays import Floats
from bot.collection.store.vectors import VectorTable, pack_vector

from . import reading as searching

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


def prepare(connection: sqlite3.Connection) -> None:
    """Make the table where it is missing: the first indexes had none."""
    connection.execute(_TABLE)
    connection.execute(_TRIGGER)


def without(connection: sqlite3.Connection, model: str) -> list[str]:
    """Image ids of pictures without a vector of a model."""
    sql = (
        "SELECT p.image_id FROM pictures p LEFT JOIN vectors v ON v.picture = p.id AND v.model = ? "
        "WHERE v.row IS NULL ORDER BY p.id"
    )
    return [row[0] for row in connection.execute(sql, (model,))]


def keep(connection: sqlite3.Connection, model: str, vectors: Mapping[str, Floats]) -> None:
    """Write vectors by image id, in place of older ones."""
    sql = "INSERT OR REPLACE INTO vectors (picture, model, vector) SELECT id, ?, ? FROM pictures WHERE image_id = ?"
    connection.executemany(sql, [(model, pack_vector(vector), image_id) for image_id, vector in vectors.items()])


def like(
    connection: sqlite3.Connection,
    table: VectorTable,
    model: str,
    vector: Floats,
    limit: int,
    least: float | None = None,
) -> list[str]:
    """Image ids of the pictures whose vectors are nearest, best first."""
    _take(connection, table, model)
    rows = table.like(vector, limit, least)
    names = _names(connection, rows)
    if len(names) < len(rows):  # pictures went or were embedded anew: begin again without their old rows
        _take(connection, table, model, anew=True)
        rows = table.like(vector, limit, least)
        names = _names(connection, rows)
    return [names[row] for row in rows if row in names]


def _take(connection: sqlite3.Connection, table: VectorTable, model: str, *, anew: bool = False) -> None:
    sql = "SELECT row, vector FROM vectors WHERE row > ? AND model = ? ORDER BY row"
    found = connection.execute(sql, (table.last(model, anew=anew), model))
    while batch := found.fetchmany(_BATCH):
        table.add(model, [row[0] for row in batch], [row[1] for row in batch])


def _names(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, str]:
    sql = "SELECT v.row, p.image_id FROM vectors v JOIN pictures p ON p.id = v.picture WHERE v.row IN "
    return dict(searching.many(connection, sql, rows))
