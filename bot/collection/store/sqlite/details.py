"""What an answer says beside its list of pictures, read from the SQLite store in one go."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from bot.collection.filters import PictureFilters
from bot.collection.model import Indexed
from bot.collection.store.base import MOST_OTHER_TAGS, MOST_TAGS, SAMPLE, Details, TagCount
from bot.collection.store.recent import RecentPictures
from bot.collection.store.sql import conditions, fts5, where_clause
from bot.collection.text.text_query import TextQuery

from . import reading
from .memory import counters, one_state


def details(
    connection: sqlite3.Connection,
    recent: RecentPictures,
    image_ids: Sequence[str],
    others: Sequence[TextQuery] | None,
    filters: PictureFilters,
) -> Details:
    """Read it; arguments as for `Store.details`, and the pictures that were read before."""
    pictures = read_pictures(connection, recent, image_ids)
    copies = _copies(connection, recent, pictures)
    if others is None:
        return Details(pictures, copies, [], [], 0)
    here = Counter(tag for picture in pictures for tag in picture.tags)
    other_tags = [_tags_found(connection, query, filters) for query in others]
    return Details(pictures, copies, _with_overall(connection, here, MOST_TAGS), other_tags, total(connection))


def read_pictures(connection: sqlite3.Connection, recent: RecentPictures, image_ids: Sequence[str]) -> list[Indexed]:
    """Pictures in the order of their ids; those that were read since the last change need not be read again."""
    with one_state(connection):
        state = counters(connection)
        found = recent.known(state, image_ids)
        missing = [image_id for image_id in image_ids if image_id not in found]
        sql = f"{reading.SELECT_PICTURES} WHERE p.image_id IN "
        read = {str(row[0]): reading.read_row(row) for row in reading.many(connection, sql, missing)}
    if read:
        found |= recent.keep(state, read)
    return [found[image_id] for image_id in image_ids if image_id in found]


def total(connection: sqlite3.Connection) -> int:
    """How many pictures there are."""
    return int(connection.execute("SELECT pictures FROM changes").fetchone()[0])


def tags(connection: sqlite3.Connection, image_ids: Sequence[str], limit: int) -> list[TagCount]:
    """Tags of pictures with their counts here and overall, most frequent first."""
    sql = "SELECT t.tag FROM tags t JOIN pictures p ON p.id = t.picture WHERE p.image_id IN "
    return _with_overall(connection, Counter(tag for (tag,) in reading.many(connection, sql, image_ids)), limit)


def _with_overall(connection: sqlite3.Connection, here: Mapping[str, int], limit: int) -> list[TagCount]:
    best = _most_frequent(here, limit)
    overall = "SELECT tag, pictures FROM tag_counts WHERE tag IN"
    counts = dict(reading.many(connection, overall, best))
    return [TagCount(tag, here[tag], counts.get(tag, here[tag])) for tag in best]


def _most_frequent(counts: Mapping[str, int], limit: int) -> list[str]:
    """The tags that come most often, at most `limit`; of equals the first in order."""
    return sorted(counts, key=lambda tag: (-counts[tag], tag))[:limit]


def _copies(connection: sqlite3.Connection, recent: RecentPictures, pictures: Sequence[Indexed]) -> list[Indexed]:
    """The members of the pictures' groups, where a group has more than one."""
    groups = sorted({picture.group for picture in pictures if picture.group})
    rows = list(reading.many(connection, "SELECT image_id, grp FROM pictures WHERE grp IN ", groups))
    sizes = Counter(group for _, group in rows)
    here = {picture.image_id: picture for picture in pictures}
    members = [image_id for image_id, group in sorted(rows) if sizes[group] > 1]
    further = read_pictures(connection, recent, [image_id for image_id in members if image_id not in here])
    known = here | {picture.image_id: picture for picture in further}
    return [known[image_id] for image_id in members if image_id in known]


def _tags_found(connection: sqlite3.Connection, query: TextQuery, filters: PictureFilters) -> list[str]:
    words = fts5(query)
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
    return _most_frequent(Counter(orjson.loads(found)), MOST_OTHER_TAGS)
