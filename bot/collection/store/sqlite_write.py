"""Writing to the SQLite store: statements that run in one transaction on its writing thread."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from bot.collection.model import Indexed

from . import sqlite_search as searching
from .merge import Change, merged, without
from .postings import pack_words
from .records import columns, dump
from .render import turned

_SIDE_TABLES = ("tags", "hosts", "addresses", "places")
_OWN_TABLES = ("details", "codes", "points")


def upsert(connection: sqlite3.Connection, pictures: Sequence[Indexed]) -> None:
    """Add pictures, or places to known ones."""
    stored = _stored(connection, [p.image_id for p in pictures], [place.key for p in pictures for place in p.places])
    _apply(connection, merged(pictures, stored))


def remove_places(connection: sqlite3.Connection, keys: Sequence[str]) -> None:
    """Forget places."""
    _apply(connection, without(keys, _stored(connection, [], keys).values()))


def _stored(connection: sqlite3.Connection, image_ids: Sequence[str], keys: Sequence[str]) -> dict[str, Indexed]:
    by_id = f"{searching.PICTURES} WHERE p.image_id IN"
    by_key = f"{searching.PICTURES} JOIN places l ON l.picture = p.id WHERE l.key IN"
    rows = [*searching.many(connection, by_id, image_ids), *searching.many(connection, by_key, keys)]
    return {row[0]: searching.picture(row) for row in rows}


def _apply(connection: sqlite3.Connection, change: Change) -> None:
    gone = _numbers(connection, [picture.image_id for picture in change.delete])
    for image_id, row in gone.items():
        _clear(connection, row)
        connection.execute("DELETE FROM pictures WHERE id = ?", (row,))
        for table in _OWN_TABLES:
            connection.execute(f"DELETE FROM {table} WHERE picture = ?", (row,))
        connection.execute("DELETE FROM identified WHERE image_id = ?", (image_id,))
    # Near copies of what is gone are grouped anew.
    groups = [(picture.group,) for picture in change.delete if picture.group]
    connection.executemany("UPDATE pictures SET grp = '' WHERE grp = ?", groups)
    known = _numbers(connection, list(change.before))
    for picture in change.write:
        row = known.get(picture.image_id)
        if row is None:
            row = _insert(connection, picture)
        else:
            _clear(connection, row)
            _update(connection, row, picture)
        _fill(connection, row, picture)
    connection.executemany(
        "INSERT INTO words VALUES (?, ?) ON CONFLICT (word) DO UPDATE SET documents = documents + excluded.documents",
        [(word, step) for step, word in change.word_steps()],
    )
    connection.execute(
        "UPDATE changes SET written = written + ?, removed = removed + ?", (len(change.write), len(change.delete))
    )


def _numbers(connection: sqlite3.Connection, image_ids: Sequence[str]) -> dict[str, int]:
    return dict(searching.many(connection, "SELECT image_id, id FROM pictures WHERE image_id IN", image_ids))


def _insert(connection: sqlite3.Connection, picture: Indexed) -> int:
    values = columns(picture)
    looks = picture.looks
    marks = ", ".join("?" * len(values))
    cursor = connection.execute(f"INSERT INTO pictures ({', '.join(values._fields)}) VALUES ({marks})", values)
    row = int(cursor.lastrowid or 0)
    connection.execute("INSERT INTO details VALUES (?, ?)", (row, dump(picture)))
    codes = (row, looks.copy_code, looks.looks_code, pack_words(looks.words))
    connection.execute("INSERT INTO codes VALUES (?, ?, ?, ?)", codes)
    connection.execute("INSERT INTO points VALUES (?, ?)", (row, looks.points))
    return row


def _update(connection: sqlite3.Connection, row: int, picture: Indexed) -> None:
    values = columns(picture)
    steps = ", ".join(f"{name} = ?" for name in values._fields)
    connection.execute(f"UPDATE pictures SET {steps} WHERE id = ?", (*values, row))
    connection.execute("UPDATE details SET data = ? WHERE picture = ?", (dump(picture), row))


def _clear(connection: sqlite3.Connection, row: int) -> None:
    """Take away everything that follows from a picture's places."""
    connection.execute("DELETE FROM texts WHERE rowid = ?", (row,))
    for table in _SIDE_TABLES:
        connection.execute(f"DELETE FROM {table} WHERE picture = ?", (row,))


def _fill(connection: sqlite3.Connection, row: int, picture: Indexed) -> None:
    connection.execute("INSERT INTO texts (rowid, title, tags, body) VALUES (?, ?, ?, ?)", (row, *picture.texts()))
    places = [(place.key, row, place.size, place.modified, place.stamp) for place in picture.places]
    connection.executemany("INSERT OR REPLACE INTO places VALUES (?, ?, ?, ?, ?)", places)
    credits_ = [place.credit for place in picture.places]
    addresses = {address for c in credits_ for address in (c.page, c.original) if address}
    sides = {
        "tags": picture.tags,
        "hosts": [turned(host) for host in picture.hosts],
        "addresses": sorted(addresses),
    }
    for table, values in sides.items():
        rows = [(value, row) for value in values]
        connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES (?, ?)", rows)
