"""Reading from the SQLite store: statements that run on one of its threads."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.collection.filters import Filters
from bot.collection.model import Indexed, Rating
from bot.collection.query import Query

from .base import WINDOW
from .records import load
from .render import Mark, conditions, fts5, fts5_none

_WEIGHTS = "10.0, 6.0, 1.0"
_SOME = 500


def search(connection: sqlite3.Connection, query: Query, filters: Filters, limit: int) -> list[str]:
    """Image ids of what a query finds, best first.

    Words that occur in more than `WINDOW` pictures would make ranking slow, since every match is scored: of those only
    the newest `WINDOW` are ranked.
    """
    values: list[Any] = []
    where = conditions(query, filters, marker(values))
    words = fts5(query)
    if not words:
        where += _negative(query, values)
        sql = f"SELECT p.image_id FROM pictures p{_where(where)} ORDER BY p.discovered DESC, p.image_id LIMIT ?"
        return [row[0] for row in connection.execute(sql, [*values, limit])]
    edge = connection.execute(
        "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?", (words, WINDOW)
    ).fetchone()
    first = f"t.rowid > {int(edge[0])}" if edge else "1"
    sql = (
        "SELECT p.image_id FROM texts t CROSS JOIN pictures p ON p.id = t.rowid"
        f"{_where(['t.texts MATCH ?', first, *where])} ORDER BY bm25(t.texts, {_WEIGHTS}), p.image_id LIMIT ?"
    )
    return [row[0] for row in connection.execute(sql, [words, *values, limit])]


def unrated(connection: sqlite3.Connection, query: Query, filters: Filters, limit: int) -> int:
    """How many matches are left out only because nobody rated them, at most `limit`."""
    unknown = Rating.UNKNOWN.number
    if unknown in filters.ratings:
        return 0
    if not connection.execute("SELECT 1 FROM pictures WHERE rating = ? LIMIT 1", (unknown,)).fetchone():
        return 0
    values: list[Any] = []
    where = conditions(query, replace(filters, ratings=(unknown,)), marker(values))
    words = fts5(query)
    if words:
        where.append("p.id IN (SELECT rowid FROM texts WHERE texts MATCH ? LIMIT ?)")
        values += [words, WINDOW]
    else:
        where += _negative(query, values)
    sql = f"SELECT count(*) FROM (SELECT 1 FROM pictures p{_where(where)} LIMIT ?)"
    return int(connection.execute(sql, [*values, limit]).fetchone()[0])


def _negative(query: Query, values: list[Any]) -> list[str]:
    if not query.none_of:
        return []
    values.append(fts5_none(query))
    return ["p.id NOT IN (SELECT rowid FROM texts WHERE texts MATCH ?)"]


def _where(found: list[str]) -> str:
    return f" WHERE {' AND '.join(found)}" if found else ""


def marker(values: list[Any]) -> Mark:
    """Collect a statement's arguments."""

    def mark(value: object) -> str:
        values.append(value)
        return "?"

    return mark


def many(connection: sqlite3.Connection, sql: str, values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """Run a statement that ends in ``IN`` for any number of values."""
    for start in range(0, len(values), _SOME):
        some = values[start : start + _SOME]
        yield from connection.execute(f"{sql} ({', '.join('?' * len(some))})", tuple(some)).fetchall()


PICTURES = (
    "SELECT p.image_id, p.grp, p.discovered, d.data, c.copy_code, c.looks_code FROM pictures p "
    "JOIN details d ON d.picture = p.id JOIN codes c ON c.picture = p.id"
)
"""Reads whole pictures; conditions on ``p`` follow."""


def picture(row: tuple[Any, ...]) -> Indexed:
    """Read a picture from a row of `PICTURES`."""
    return load(row[0], row[1], datetime.fromtimestamp(row[2], UTC), row[3], (bytes(row[4]), bytes(row[5])))
