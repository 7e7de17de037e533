"""What an answer says beside its list of pictures, read from the SQLite store in one go."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import Any

import orjson

from bot.collection.model import Indexed
from bot.collection.store.base import MOST_OTHER_TAGS, SAMPLE, TagCount
from bot.collection.store.page_reads import Asked, most_frequent, with_counts
from bot.collection.store.sql import conditions, where_clause

from . import reading


def read_pictures(connection: sqlite3.Connection, image_ids: Sequence[str]) -> dict[str, Indexed]:
    """Pictures by their ids."""
    sql = f"{reading.SELECT_PICTURES} WHERE p.image_id IN "
    return {str(row[0]): reading.read_row(row) for row in reading.many(connection, sql, image_ids)}


def tags(connection: sqlite3.Connection, image_ids: Sequence[str], limit: int) -> list[TagCount]:
    """Tags of pictures with their counts here and overall, most frequent first."""
    sql = "SELECT t.tag FROM tags t JOIN pictures p ON p.id = t.picture WHERE p.image_id IN "
    here = Counter(tag for (tag,) in reading.many(connection, sql, image_ids))
    best = most_frequent(here, limit)
    return with_counts(here, best, read_tag_counts(connection, best))


def read_tag_counts(connection: sqlite3.Connection, tags: Sequence[str]) -> dict[str, int]:
    """In how many of all pictures tags occur."""
    return dict(reading.many(connection, "SELECT tag, pictures FROM tag_counts WHERE tag IN", tags))


def read_members(connection: sqlite3.Connection, groups: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Image ids by group."""
    found: dict[str, list[str]] = {}
    for group, image_id in reading.many(connection, "SELECT grp, image_id FROM pictures WHERE grp IN ", groups):
        found.setdefault(group, []).append(image_id)
    return {group: tuple(image_ids) for group, image_ids in found.items()}


def read_tags_found(connection: sqlite3.Connection, asked: Asked) -> list[str]:
    """Tags of the newest pictures that a query finds, most frequent first."""
    words, query, filters = asked
    if not words:
        return []
    values: list[Any] = [words, SAMPLE]
    where = conditions(query, filters, reading.marker(values))
    sql = (
        "SELECT json_group_array(t.tag) FROM "
        "(SELECT rowid AS row FROM texts WHERE texts MATCH ? ORDER BY rowid DESC LIMIT ?) f "
        f"CROSS JOIN pictures p ON p.id = f.row CROSS JOIN tags t ON t.picture = f.row{where_clause(where)}"
    )
    (found,) = connection.execute(sql, values).fetchone()  # in one row, and in half the time of a GROUP BY
    return most_frequent(Counter(orjson.loads(found)), MOST_OTHER_TAGS)
