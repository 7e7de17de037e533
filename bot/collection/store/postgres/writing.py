"""Writing to the PostgreSQL store, inside one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.collection.model import Indexed
from bot.collection.store.merge import Change, merged, without
from bot.collection.store.records import Columns, columns, dump
from bot.collection.store.sql import tsvector, turned

from .codes import words_of
from .driver import Connection, bits_of
from .reading import COLUMNS, picture
from .schema import LOCK
from .visual_words import add_words

_SIDE_TABLES = ("tags", "hosts", "addresses", "places")


async def upsert(connection: Connection, pictures: Sequence[Indexed]) -> None:
    """Add pictures, or places to known ones."""
    await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
    keys = [place.key for found in pictures for place in found.places]
    await _apply(connection, merged(pictures, await _stored(connection, [p.image_id for p in pictures], keys)))


async def remove_places(connection: Connection, keys: Sequence[str]) -> None:
    """Forget places."""
    await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
    await _apply(connection, without(keys, (await _stored(connection, [], keys)).values()))


async def _stored(connection: Connection, image_ids: Sequence[str], keys: Sequence[str]) -> dict[str, Indexed]:
    rows = await connection.fetch(
        f"SELECT {COLUMNS} FROM pictures p WHERE p.image_id = ANY($1::text[]) "
        "OR p.id IN (SELECT l.picture FROM places l WHERE l.key = ANY($2::text[]))",
        list(image_ids),
        list(keys),
    )
    return {row["image_id"]: picture(row) for row in rows}


async def _apply(connection: Connection, change: Change) -> None:
    await _delete(connection, change.delete)
    rows = await _rows(connection, list(change.before))
    await _clear(connection, list(rows.values()))
    for found in change.write:
        if found.image_id in rows:
            await _update(connection, rows[found.image_id], found)
    rows |= await _insert(connection, [found for found in change.write if found.image_id not in rows])
    await _fill(connection, [(rows[found.image_id], found) for found in change.write])
    await count_words(connection, change.word_steps())
    steps = change.tag_steps()
    sql = (
        "INSERT INTO tag_counts SELECT * FROM unnest($2::text[], $1::integer[]) "
        "ON CONFLICT (tag) DO UPDATE SET pictures = tag_counts.pictures + excluded.pictures"
    )
    await connection.execute(sql, [step for step, _ in steps], [tag for _, tag in steps])
    await connection.execute("UPDATE changes SET written = written + 1, pictures = pictures + $1", change.growth)


async def count_words(connection: Connection, steps: Sequence[tuple[int, str, str]]) -> None:
    """Change in how many pictures words occur, and note how they are written."""
    sql = (
        "INSERT INTO words SELECT * FROM unnest($1::text[], $2::integer[], $3::text[]) ON CONFLICT (word) DO UPDATE "
        "SET documents = words.documents + excluded.documents, "
        'written = greatest(words.written COLLATE "C", excluded.written COLLATE "C")'
    )
    columns_ = [(word, step, written) for step, word, written in steps]
    await connection.execute(sql, *([row[place] for row in columns_] for place in range(3)))


async def fill_texts(connection: Connection, rows: Sequence[tuple[int, Indexed]]) -> None:
    """Write the words of known pictures anew."""
    sql = "UPDATE pictures SET texts = $2::text::tsvector WHERE id = $1"
    await connection.executemany(sql, [(row, tsvector(found.texts())) for row, found in rows])


async def _delete(connection: Connection, pictures: Sequence[Indexed]) -> None:
    if not pictures:
        return
    names = [found.image_id for found in pictures]
    rows = list((await _rows(connection, names)).values())
    await _clear(connection, rows)
    for table, column in (("points", "picture"), ("word_tail", "picture"), ("pictures", "id")):
        await connection.execute(f"DELETE FROM {table} WHERE {column} = ANY($1::bigint[])", rows)
    await connection.execute("DELETE FROM identified WHERE image_id = ANY($1::text[])", names)
    # Near copies of what is gone are grouped anew.
    groups = [found.group for found in pictures if found.group]
    await connection.execute("UPDATE pictures SET grp = '' WHERE grp = ANY($1::text[])", groups)


async def _rows(connection: Connection, image_ids: Sequence[str]) -> dict[str, int]:
    sql = "SELECT image_id, id FROM pictures WHERE image_id = ANY($1::text[])"
    return {row["image_id"]: row["id"] for row in await connection.fetch(sql, list(image_ids))}


async def _clear(connection: Connection, rows: Sequence[int]) -> None:
    """Take away everything that follows from the pictures' places."""
    if rows:
        for table in _SIDE_TABLES:
            await connection.execute(f"DELETE FROM {table} WHERE picture = ANY($1::bigint[])", list(rows))


async def _insert(connection: Connection, pictures: Sequence[Indexed]) -> dict[str, int]:
    """Write new pictures and what follows from their pixels; returns their rows by image id."""
    sql = "SELECT nextval(pg_get_serial_sequence('pictures', 'id')) FROM generate_series(1, $1)"
    rows = [int(got[0]) for got in await connection.fetch(sql, len(pictures))]
    names = ["id", *Columns._fields, "copy_code", "looks_code", "copy_words", "data"]
    marks = ", ".join(f"${place}" for place in range(1, len(names) + 1))
    sql = f"INSERT INTO pictures ({', '.join(names)}, texts) OVERRIDING SYSTEM VALUE VALUES ({marks}, ${len(names) + 1}"
    values = [_values(row, found) for row, found in zip(rows, pictures, strict=True)]
    await connection.executemany(f"{sql}::text::tsvector)", values)
    points = [(row, found.looks.points) for row, found in zip(rows, pictures, strict=True)]
    await connection.executemany("INSERT INTO points VALUES ($1, $2)", points)
    await add_words(connection, [(row, found.looks.words) for row, found in zip(rows, pictures, strict=True)])
    return {found.image_id: row for row, found in zip(rows, pictures, strict=True)}


def _values(row: int, found: Indexed) -> tuple[Any, ...]:
    looks = found.looks
    codes = (bits_of(looks.copy_code), bits_of(looks.looks_code), words_of(looks.copy_code))
    return (row, *columns(found), *codes, dump(found), tsvector(found.texts()))


async def _update(connection: Connection, row: int, found: Indexed) -> None:
    values: list[Any] = [*columns(found), dump(found)]
    names = [*columns(found)._fields, "data"]
    steps = ", ".join(f"{name} = ${place}" for place, name in enumerate(names, start=2))
    sql = f"UPDATE pictures SET {steps}, texts = ${len(values) + 2}::text::tsvector WHERE id = $1"
    await connection.execute(sql, row, *values, tsvector(found.texts()))


async def _fill(connection: Connection, rows: Sequence[tuple[int, Indexed]]) -> None:
    # No place is there already: those of known pictures were cleared, and of two in one batch the last one counts.
    places = {
        place.key: (place.key, row, place.size, place.modified, place.stamp)
        for row, found in rows
        for place in found.places
    }
    await connection.executemany("INSERT INTO places VALUES ($1, $2, $3, $4, $5)", list(places.values()))
    sides: dict[str, list[tuple[str, int]]] = {"tags": [], "hosts": [], "addresses": []}
    for row, found in rows:
        sides["tags"] += [(tag, row) for tag in found.tags]
        sides["hosts"] += [(turned(host), row) for host in found.hosts]
        said = [place.credit for place in found.places]
        addresses = {address for credit in said for address in (credit.page, credit.original) if address}
        sides["addresses"] += [(address, row) for address in sorted(addresses)]
    for table, values in sides.items():
        sql = f"INSERT INTO {table} SELECT * FROM unnest($1::text[], $2::bigint[]) ON CONFLICT DO NOTHING"
        await connection.execute(sql, [name for name, _ in values], [row for _, row in values])
