"""Writing to the PostgreSQL store, inside one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from bot.collection.model import Indexed
from bot.collection.store.merge import StoreChange, merged_places, without_places
from bot.collection.store.records import Columns, columns, dump_picture
from bot.collection.store.sql import tsvector, turned

from .codes import words_of
from .driver import PostgresConnection, bits_of
from .reading import COLUMNS, read_record
from .schema import LOCK
from .visual_words import add_words

_SIDE_TABLES = ("tags", "hosts", "addresses", "places")


class PostgresWriter:
    """Writes in the one transaction that its connection is in."""

    def __init__(self, connection: PostgresConnection) -> None:
        self._connection = connection

    async def upsert(self, pictures: Sequence[Indexed], rated_themselves: AbstractSet[str]) -> list[str]:
        """Add pictures, or places to known ones; returns the places that took a severer rating over."""
        await self._connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
        image_ids = [picture.image_id for picture in pictures]
        stored = await self._stored(image_ids, [place.key for found in pictures for place in found.places])
        sql = "DELETE FROM rated WHERE image_id = ANY($1::text[]) RETURNING image_id, rating"
        come = [picture.image_id for picture in pictures if picture.places]
        remembered = {row["image_id"]: row["rating"] for row in await self._connection.fetch(sql, come)}
        return await self._apply(merged_places(pictures, stored, remembered, rated_themselves))

    async def remove_places(self, keys: Sequence[str], rated_themselves: AbstractSet[str]) -> list[str]:
        """Forget places; returns the places that took a severer rating over."""
        await self._connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
        stored = (await self._stored([], keys)).values()
        return await self._apply(without_places(keys, stored, rated_themselves))

    async def _stored(self, image_ids: Sequence[str], keys: Sequence[str]) -> dict[str, Indexed]:
        rows = await self._connection.fetch(
            f"SELECT {COLUMNS} FROM pictures p WHERE p.image_id = ANY($1::text[]) "
            "OR p.id IN (SELECT l.picture FROM places l WHERE l.key = ANY($2::text[]))",
            list(image_ids),
            list(keys),
        )
        return {row["image_id"]: read_record(row) for row in rows}

    async def _apply(self, change: StoreChange) -> list[str]:
        await self._delete(change.delete)
        rows = await self._rows(list(change.before))
        await self._clear(list(rows.values()))
        for found in change.write:
            if found.image_id in rows:
                await self._update(rows[found.image_id], found)
        rows |= await self._insert([found for found in change.write if found.image_id not in rows])
        await self._fill([(rows[found.image_id], found) for found in change.write])
        await self.count_words(change.word_steps())
        steps = change.tag_steps()
        sql = (
            "INSERT INTO tag_counts SELECT * FROM unnest($2::text[], $1::integer[]) "
            "ON CONFLICT (tag) DO UPDATE SET pictures = tag_counts.pictures + excluded.pictures"
        )
        await self._connection.execute(sql, [step for step, _ in steps], [tag for _, tag in steps])
        await self._connection.execute(
            "UPDATE changes SET written = written + 1, pictures = pictures + $1", change.growth
        )
        await self._connection.executemany("INSERT INTO rated VALUES ($1, $2)", change.remembered())
        return change.severer

    async def count_words(self, steps: Sequence[tuple[int, str, str]]) -> None:
        """Change in how many pictures words occur, and note how they are written."""
        sql = (
            "INSERT INTO words SELECT * FROM unnest($1::text[], $2::integer[], $3::text[]) ON CONFLICT (word) "
            "DO UPDATE SET documents = words.documents + excluded.documents, "
            'written = greatest(words.written COLLATE "C", excluded.written COLLATE "C")'
        )
        columns_ = [(word, step, written) for step, word, written in steps]
        await self._connection.execute(sql, *([row[place] for row in columns_] for place in range(3)))

    async def fill_texts(self, rows: Sequence[tuple[int, Indexed]]) -> None:
        """Write the words of known pictures anew."""
        sql = "UPDATE pictures SET texts = $2::text::tsvector WHERE id = $1"
        await self._connection.executemany(sql, [(row, tsvector(found.texts())) for row, found in rows])

    async def _delete(self, pictures: Sequence[Indexed]) -> None:
        if not pictures:
            return
        names = [found.image_id for found in pictures]
        rows = list((await self._rows(names)).values())
        await self._clear(rows)
        for table, column in (("points", "picture"), ("word_tail", "picture"), ("pictures", "id")):
            await self._connection.execute(f"DELETE FROM {table} WHERE {column} = ANY($1::bigint[])", rows)
        await self._connection.execute("DELETE FROM identified WHERE image_id = ANY($1::text[])", names)
        # Near copies of what is gone are grouped anew.
        groups = [found.group for found in pictures if found.group]
        await self._connection.execute("UPDATE pictures SET grp = '' WHERE grp = ANY($1::text[])", groups)

    async def _rows(self, image_ids: Sequence[str]) -> dict[str, int]:
        sql = "SELECT image_id, id FROM pictures WHERE image_id = ANY($1::text[])"
        return {row["image_id"]: row["id"] for row in await self._connection.fetch(sql, list(image_ids))}

    async def _clear(self, rows: Sequence[int]) -> None:
        """Take away everything that follows from the pictures' places."""
        if rows:
            for table in _SIDE_TABLES:
                await self._connection.execute(f"DELETE FROM {table} WHERE picture = ANY($1::bigint[])", list(rows))

    async def _insert(self, pictures: Sequence[Indexed]) -> dict[str, int]:
        """Write new pictures and what follows from their pixels; returns their rows by image id."""
        sql = "SELECT nextval(pg_get_serial_sequence('pictures', 'id')) FROM generate_series(1, $1)"
        rows = [int(got[0]) for got in await self._connection.fetch(sql, len(pictures))]
        names = ["id", *Columns._fields, "copy_code", "looks_code", "copy_words", "data"]
        marks = ", ".join(f"${place}" for place in range(1, len(names) + 1))
        into = f"INSERT INTO pictures ({', '.join(names)}, texts) OVERRIDING SYSTEM VALUE"
        sql = f"{into} VALUES ({marks}, ${len(names) + 1}"
        values = [_values(row, found) for row, found in zip(rows, pictures, strict=True)]
        await self._connection.executemany(f"{sql}::text::tsvector)", values)
        points = [(row, found.looks.points) for row, found in zip(rows, pictures, strict=True)]
        await self._connection.executemany("INSERT INTO points VALUES ($1, $2)", points)
        await add_words(self._connection, [(row, found.looks.words) for row, found in zip(rows, pictures, strict=True)])
        return {found.image_id: row for row, found in zip(rows, pictures, strict=True)}

    async def _update(self, row: int, found: Indexed) -> None:
        values: list[Any] = [*columns(found), dump_picture(found)]
        names = [*columns(found)._fields, "data"]
        steps = ", ".join(f"{name} = ${place}" for place, name in enumerate(names, start=2))
        sql = f"UPDATE pictures SET {steps}, texts = ${len(values) + 2}::text::tsvector WHERE id = $1"
        await self._connection.execute(sql, row, *values, tsvector(found.texts()))

    async def _fill(self, rows: Sequence[tuple[int, Indexed]]) -> None:
        # No place is there already: those of known pictures were cleared, and of two in one batch the last one counts.
        places = {
            place.key: (place.key, row, place.size, place.modified, place.stamp)
            for row, found in rows
            for place in found.places
        }
        await self._connection.executemany("INSERT INTO places VALUES ($1, $2, $3, $4, $5)", list(places.values()))
        sides: dict[str, list[tuple[str, int]]] = {"tags": [], "hosts": [], "addresses": []}
        for row, found in rows:
            sides["tags"] += [(tag, row) for tag in found.tags]
            sides["hosts"] += [(turned(host), row) for host in found.hosts]
            said = [place.credit for place in found.places]
            addresses = {address for credit in said for address in (credit.page, credit.original) if address}
            sides["addresses"] += [(address, row) for address in sorted(addresses)]
        for table, values in sides.items():
            sql = f"INSERT INTO {table} SELECT * FROM unnest($1::text[], $2::bigint[]) ON CONFLICT DO NOTHING"
            await self._connection.execute(sql, [name for name, _ in values], [row for _, row in values])


def _values(row: int, found: Indexed) -> tuple[Any, ...]:
    looks = found.looks
    codes = (bits_of(looks.copy_code), bits_of(looks.looks_code), words_of(looks.copy_code))
    return (row, *columns(found), *codes, dump_picture(found), tsvector(found.texts()))
