"""Writing to the SQLite store: statements that run in one transaction on its writing thread."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from bot.collection.model import Indexed, Texts
from bot.collection.store.merge import Change, merged, without
from bot.collection.store.postings import pack_words
from bot.collection.store.records import Columns, columns, dump
from bot.collection.store.sql import turned

from . import reading as searching

_SIDE_TABLES = ("tags", "hosts", "addresses", "places")
_MUCH = 10
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
    known = _numbers(connection, list(change.before))
    _clear(connection, [*gone.values(), *known.values()])
    _delete(connection, gone)
    # Near copies of what is gone are grouped anew.
    groups = [(picture.group,) for picture in change.delete if picture.group]
    connection.executemany("UPDATE pictures SET grp = '' WHERE grp = ?", groups)
    new = [picture for picture in change.write if picture.image_id not in known]
    fresh = dict(enumerate(new, start=_last(connection) + 1))
    held = {known[picture.image_id]: picture for picture in change.write if picture.image_id in known}
    _update(connection, held)
    _insert(connection, fresh)
    _fill(connection, held | fresh)
    count_words(connection, change.word_steps())
    sql = "INSERT INTO tag_counts VALUES (?2, ?1) ON CONFLICT (tag) DO UPDATE SET pictures = pictures + ?1"
    connection.executemany(sql, change.tag_steps())
    connection.execute(
        "UPDATE changes SET written = written + ?, removed = removed + ?, pictures = pictures + ?",
        (len(change.write), len(change.delete), change.growth),
    )


def _numbers(connection: sqlite3.Connection, image_ids: Sequence[str]) -> dict[str, int]:
    return dict(searching.many(connection, "SELECT image_id, id FROM pictures WHERE image_id IN", image_ids))


def _last(connection: sqlite3.Connection) -> int:
    """The highest row number ever given."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'pictures'").fetchone()
    return int(row[0]) if row else 0


def _delete(connection: sqlite3.Connection, gone: Mapping[str, int]) -> None:
    rows = [(row,) for row in gone.values()]
    connection.executemany("DELETE FROM pictures WHERE id = ?", rows)
    for table in _OWN_TABLES:
        connection.executemany(f"DELETE FROM {table} WHERE picture = ?", rows)
    connection.executemany("DELETE FROM identified WHERE image_id = ?", [(image_id,) for image_id in gone])


def _insert(connection: sqlite3.Connection, fresh: Mapping[int, Indexed]) -> None:
    names = ("id", *Columns._fields)
    _add(connection, f"pictures ({', '.join(names)})", [(row, *columns(p)) for row, p in fresh.items()])
    looks = [(row, picture.looks) for row, picture in fresh.items()]
    _add(connection, "details", [(row, dump(picture)) for row, picture in fresh.items()])
    _add(connection, "codes", [(row, got.copy_code, got.looks_code, pack_words(got.words)) for row, got in looks])
    _add(connection, "points", [(row, got.points) for row, got in looks])


def _add(connection: sqlite3.Connection, table: str, rows: Sequence[tuple[object, ...]], how: str = "INSERT") -> None:
    """Write many rows by one statement that is read once."""
    if rows:
        connection.executemany(f"{how} INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def _update(connection: sqlite3.Connection, held: Mapping[int, Indexed]) -> None:
    steps = ", ".join(f"{name} = ?" for name in Columns._fields)
    rows = [(*columns(picture), row) for row, picture in held.items()]
    connection.executemany(f"UPDATE pictures SET {steps} WHERE id = ?", rows)
    details = [(dump(picture), row) for row, picture in held.items()]
    connection.executemany("UPDATE details SET data = ? WHERE picture = ?", details)


def _clear(connection: sqlite3.Connection, rows: Sequence[int]) -> None:
    """Take away everything that follows from pictures' places."""
    each = [(row,) for row in rows]
    connection.executemany("DELETE FROM texts WHERE rowid = ?", each)
    for table in _SIDE_TABLES:
        connection.executemany(f"DELETE FROM {table} WHERE picture = ?", each)


def count_words(connection: sqlite3.Connection, steps: Sequence[tuple[int, str, str]]) -> None:
    """Change in how many pictures words occur, and note how they are written."""
    sql = (
        "INSERT INTO words VALUES (?2, ?1, ?3) ON CONFLICT (word) DO UPDATE "
        "SET documents = documents + ?1, written = max(written, ?3)"
    )
    connection.executemany(sql, steps)


def fill_texts(connection: sqlite3.Connection, pictures: Mapping[int, Indexed]) -> None:
    """Write the words of pictures by row, where there are none."""
    texts = [(row, *picture.texts()) for row, picture in pictures.items()]
    _add(connection, f"texts (rowid, {', '.join(Texts._fields)})", texts)


def merge_texts(connection: sqlite3.Connection, written: int) -> None:
    """Merge the pieces in which FTS5 keeps words: each word is looked up in every piece.

    All of them where much of the index is new (100,000 pictures take half a second), else about as much as was written.
    """
    (total,) = connection.execute("SELECT pictures FROM changes").fetchone()
    if _MUCH * written >= total:
        connection.execute("INSERT INTO texts (texts) VALUES ('optimize')")
    else:
        connection.execute("INSERT INTO texts (texts, rank) VALUES ('merge', ?)", (written,))


def _fill(connection: sqlite3.Connection, pictures: Mapping[int, Indexed]) -> None:
    fill_texts(connection, pictures)
    places = [
        (place.key, row, place.size, place.modified, place.stamp)
        for row, picture in pictures.items()
        for place in picture.places
    ]
    _add(connection, "places", places, "INSERT OR REPLACE")
    sides: dict[str, list[tuple[str, int]]] = {"tags": [], "hosts": [], "addresses": []}
    for row, picture in pictures.items():
        said = [place.credit for place in picture.places]
        addresses = {address for credit in said for address in (credit.page, credit.original) if address}
        sides["tags"] += [(tag, row) for tag in picture.tags]
        sides["hosts"] += [(turned(host), row) for host in picture.hosts]
        sides["addresses"] += [(address, row) for address in addresses]
    for table, values in sides.items():
        _add(connection, table, sorted(values), "INSERT OR IGNORE")  # in order, neighbours lie on the same page
