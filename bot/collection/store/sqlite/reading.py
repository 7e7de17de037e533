"""Reading from the SQLite store: statements that run on one of its threads."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import orjson

from bot.collection.filters import PictureFilters
from bot.collection.model import Indexed, Rating
from bot.collection.store.base import WINDOW
from bot.collection.store.records import load_picture
from bot.collection.store.sql import Mark, conditions, fts5, fts5_none, where_clause
from bot.collection.text.text_query import TextQuery

from .picture_table import PictureTable

_WEIGHTS = "10.0, 6.0, 1.0, 4.0, 0.5, 1.0"
"""What a match counts in a title, in tags, in the body, as another form of the first two, of a body, in an author."""
_SPARE = 1.25
_SOME = 500
_FEW_MATCHES = 200
_KEY = 1e12
"""What scores are multiplied by to be written as whole numbers: equal ones stay equal, others differ."""
_NEWEST = "ORDER BY rowid DESC"
_SCORED = f"SELECT rowid AS row, bm25(texts, {_WEIGHTS}) AS score FROM texts WHERE texts MATCH ?"
_FEW = f"FROM ({_SCORED} LIMIT ?) f CROSS JOIN pictures p ON p.id = f.row"
_RANKED = (
    f"FROM (SELECT row, score FROM ({_SCORED} {_NEWEST} LIMIT ?) "
    "ORDER BY score, row DESC LIMIT ?) f CROSS JOIN pictures p ON p.id = f.row"
)


def ranked_ids(
    connection: sqlite3.Connection,
    table: PictureTable,
    query: TextQuery,
    filters: PictureFilters,
    limit: int,
    *,
    window: int = WINDOW,
    share: float = 1.0,
) -> list[str]:
    """Image ids of what a query finds, best first.

    Words that occur in very many pictures would make ranking slow, since every match is scored: of those only the
    newest `window` are ranked. A lone match is not scored at all: for a score FTS5 counts the pictures that hold each
    word. Ratings are in memory; other filters are looked up for the best matches only, as many as are needed.

    Args:
        connection: where, in one transaction with the last refresh of the table.
        table: ids and ratings.
        query: what is asked.
        filters: what pictures must be.
        limit: how many at most.
        window: how many matches are ranked at most.
        share: the part of all pictures that the ratings let through, as far as is known.
    """
    words = fts5(query)
    values: list[Any] = []
    if not words:
        where = conditions(query, filters, marker(values)) + _negative(query, values)
        sql = f"SELECT p.image_id FROM pictures p{where_clause(where)} ORDER BY p.discovered DESC, p.image_id LIMIT ?"
        return [row[0] for row in connection.execute(sql, [*values, limit])]
    by_rating = filters == PictureFilters(filters.ratings) and not (query.sites or query.not_sites)
    count = 0
    if len(query.all_of) > 1 or table.last > window:  # else it costs as much as it may save
        count, row = _matches(connection, words, window + 1)
        if not count:
            return []
        if count == 1:
            lone = table.lone(row, filters.ratings)
            return [lone] if lone and (by_rating or _fits(connection, query, filters, row)) else []
    if by_rating:
        best = min(window, max(_FEW_MATCHES, int(_SPARE * limit / max(share, limit / window))))
        found, all_seen = _best(connection, table, words, filters, (window, best), newest=count > window)
        if not all_seen and len(found) < limit:
            found, _ = _best(connection, table, words, filters, (window, window), newest=count > window)
        return found[:limit]
    most = min(window, _FEW_MATCHES)
    if count < most and (few := _all_of_few(connection, query, filters, words, most)) is not None:
        return few[:limit]
    values = [words, window, window]
    where = conditions(query, filters, marker(values))
    ranked = f"SELECT f.score AS score, p.image_id AS image_id {_RANKED}{where_clause(where)} LIMIT ?"
    return _in_one_row(connection, f"SELECT score, image_id, 1 AS fits FROM ({ranked})", [*values, limit])[0]


def _matches(connection: sqlite3.Connection, words: str, most: int) -> tuple[int, int]:
    """How many pictures the words match, at most `most`; and the row of one of them."""
    sql = "SELECT count(*), max(row) FROM (SELECT rowid AS row FROM texts WHERE texts MATCH ? LIMIT ?)"
    count, row = connection.execute(sql, (words, most)).fetchone()
    return count, row or 0


def _fits(connection: sqlite3.Connection, query: TextQuery, filters: PictureFilters, row: int) -> bool:
    """Whether the picture of a row is what the filters want."""
    values: list[Any] = [row]
    where = where_clause(["p.id = ?", *conditions(query, filters, marker(values))])
    return connection.execute(f"SELECT 1 FROM pictures p{where}", values).fetchone() is not None


def _best(
    connection: sqlite3.Connection,
    table: PictureTable,
    words: str,
    filters: PictureFilters,
    most: tuple[int, int],
    *,
    newest: bool,
) -> tuple[list[str], bool]:
    """Image ids with the right ratings among the best matches; and whether there are no more matches than those.

    Args:
        connection: where.
        table: ids and ratings.
        words: for FTS5.
        filters: for its ratings.
        most: how many are ranked and how many of these are taken.
        newest: whether there may be more than are ranked, so that the newest must be sought, backwards and slower.
    """
    sql = (
        f"SELECT json_group_array(row), json_group_array(CAST(score * {_KEY} AS INTEGER)) FROM (SELECT row, score "
        f"FROM ({_SCORED} {_NEWEST if newest else ''} LIMIT ?) ORDER BY score, row DESC LIMIT ?)"
    )
    rows, scores = map(orjson.loads, connection.execute(sql, (words, *most)).fetchone())
    fits, image_ids = table.fitting(rows, filters.ratings)
    if len(set(scores)) < len(scores):
        ranked = sorted(zip([scores[place] for place in fits], image_ids, strict=True))
        image_ids = [image_id for _, image_id in ranked]
    return image_ids, len(rows) < most[1]


def _all_of_few(
    connection: sqlite3.Connection, query: TextQuery, filters: PictureFilters, words: str, most: int
) -> list[str] | None:
    """Image ids of all that words and filters find, best first; None if the words alone match `most` or more.

    Most queries match few pictures: those are ranked without SQLite's sorting them by age and by score before, which
    is a third of the time. Of a common word `most` are scored in vain, a few percent of what it takes.
    """
    values: list[Any] = []
    fits = " AND ".join(conditions(query, filters, marker(values))) or "1"
    sql = f"SELECT f.score AS score, p.image_id AS image_id, {fits} AS fits {_FEW}"
    found, count = _in_one_row(connection, sql, [*values, words, most])
    return found if count < most else None


def _in_one_row(connection: sqlite3.Connection, sql: str, values: Sequence[Any]) -> tuple[list[str], int]:
    """Run a statement for ``score``, ``image_id`` and ``fits``; image ids of what fits, best first, and all it counted.

    Python's lock is let go and taken again for every row that SQLite gives: here once, whatever is found.
    """
    whole = (
        "SELECT count(*), group_concat(CASE WHEN fits THEN image_id END, ' ') "
        f"FROM ({sql} ORDER BY score, image_id LIMIT -1)"  # with a limit, SQLite keeps the order
    )
    row: tuple[int, str | None] = connection.execute(whole, values).fetchone()
    return (row[1] or "").split(), row[0]


def unrated(
    connection: sqlite3.Connection, table: PictureTable, query: TextQuery, filters: PictureFilters, limit: int
) -> int:
    """How many of the newest matches are left out only because nobody rated them, at most `limit`."""
    unknown = Rating.UNKNOWN.number
    if unknown in filters.ratings or not table.has_unrated:
        return 0
    return _count(connection, query, replace(filters, ratings=(unknown,)), limit)


def finds(connection: sqlite3.Connection, query: TextQuery, filters: PictureFilters) -> bool:
    """Whether a query finds anything."""
    return _count(connection, query, filters, 1) > 0


def _count(connection: sqlite3.Connection, query: TextQuery, filters: PictureFilters, limit: int) -> int:
    """How many of the newest matches fit, at most `limit`; nothing is ranked."""
    words = fts5(query)
    values: list[Any] = [words, WINDOW] if words else []
    where = conditions(query, filters, marker(values))
    matches = "pictures p"
    if words:
        newest = f"SELECT rowid AS row FROM texts WHERE texts MATCH ? {_NEWEST} LIMIT ?"
        matches = f"({newest}) f CROSS JOIN pictures p ON p.id = f.row"
    else:
        where += _negative(query, values)
    sql = f"SELECT count(*) FROM (SELECT 1 FROM {matches}{where_clause(where)} LIMIT ?)"
    return int(connection.execute(sql, [*values, limit]).fetchone()[0])


def _negative(query: TextQuery, values: list[Any]) -> list[str]:
    if not query.none_of:
        return []
    values.append(fts5_none(query))
    return ["p.id NOT IN (SELECT rowid FROM texts WHERE texts MATCH ?)"]


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


_WHOLE = "p.image_id, p.grp, p.discovered, d.data, c.copy_code, c.looks_code"
_HELD = "FROM pictures p JOIN details d ON d.picture = p.id JOIN codes c ON c.picture = p.id"
SELECT_PICTURES = f"SELECT {_WHOLE} {_HELD}"
"""Reads whole pictures; conditions on ``p`` follow."""
SELECT_NUMBERED = f"SELECT {_WHOLE}, p.id {_HELD}"
"""The same with the row's number at the end."""


def read_row(row: tuple[Any, ...]) -> Indexed:
    """Read a picture from a row of `PICTURES`."""
    return load_picture(row[0], row[1], datetime.fromtimestamp(row[2], UTC), row[3], (bytes(row[4]), bytes(row[5])))
