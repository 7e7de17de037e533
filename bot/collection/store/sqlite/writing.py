"""Writing to the SQLite store: statements that run in one transaction on its writing thread."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from bot.collection.model import Indexed, Texts
from bot.collection.store.merge import StoreChange, merged_places, without_places
from bot.collection.store.postings import pack_words
from bot.collection.store.records import Columns, columns, dump_picture
from bot.collection.store.sql import turned

from . import reading

_SIDE_TABLES = ("tags", "hosts", "addresses", "places")
_MUCH = 10
_OWN_TABLES = ("details", "codes", "points")


class SqliteWriter:
    """Writes in the one transaction that its connection is in."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def upsert(self, pictures: Sequence[Indexed], rated_themselves: AbstractSet[str]) -> list[str]:
        """Add pictures, or places to known ones; returns the places that took a severer rating over."""
        image_ids = [picture.image_id for picture in pictures]
        stored = self._stored(image_ids, [place.key for p in pictures for place in p.places])
        come = [picture.image_id for picture in pictures if picture.places]
        remembered = dict(reading.many(self._connection, "SELECT image_id, rating FROM rated WHERE image_id IN", come))
        back = [(image_id,) for image_id in remembered]
        self._connection.executemany("DELETE FROM rated WHERE image_id = ?", back)
        return self._apply(merged_places(pictures, stored, remembered, rated_themselves))

    def remove_places(self, keys: Sequence[str], rated_themselves: AbstractSet[str]) -> list[str]:
        """Forget places; returns the places that took a severer rating over."""
        return self._apply(without_places(keys, self._stored([], keys).values(), rated_themselves))

    def _stored(self, image_ids: Sequence[str], keys: Sequence[str]) -> dict[str, Indexed]:
        by_id = f"{reading.SELECT_PICTURES} WHERE p.image_id IN"
        by_key = f"{reading.SELECT_PICTURES} JOIN places l ON l.picture = p.id WHERE l.key IN"
        rows = [*reading.many(self._connection, by_id, image_ids), *reading.many(self._connection, by_key, keys)]
        return {row[0]: reading.read_row(row) for row in rows}

    def _apply(self, change: StoreChange) -> list[str]:
        gone = self._numbers([picture.image_id for picture in change.delete])
        known = self._numbers(list(change.before))
        self._clear([*gone.values(), *known.values()])
        self._delete(gone)
        # Near copies of what is gone are grouped anew.
        groups = [(picture.group,) for picture in change.delete if picture.group]
        self._connection.executemany("UPDATE pictures SET grp = '' WHERE grp = ?", groups)
        new = [picture for picture in change.write if picture.image_id not in known]
        fresh = dict(enumerate(new, start=self._last() + 1))
        held = {known[picture.image_id]: picture for picture in change.write if picture.image_id in known}
        self._update(held)
        self._insert(fresh)
        self._fill(held | fresh)
        self.count_words(change.word_steps())
        sql = "INSERT INTO tag_counts VALUES (?2, ?1) ON CONFLICT (tag) DO UPDATE SET pictures = pictures + ?1"
        self._connection.executemany(sql, change.tag_steps())
        self._connection.execute(
            "UPDATE changes SET written = written + ?, removed = removed + ?, pictures = pictures + ?",
            (len(change.write), len(change.delete), change.growth),
        )
        self._add("rated", change.remembered(), "INSERT OR REPLACE")
        return change.severer

    def _numbers(self, image_ids: Sequence[str]) -> dict[str, int]:
        return dict(reading.many(self._connection, "SELECT image_id, id FROM pictures WHERE image_id IN", image_ids))

    def _last(self) -> int:
        """The highest row number ever given."""
        row = self._connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'pictures'").fetchone()
        return int(row[0]) if row else 0

    def _delete(self, gone: Mapping[str, int]) -> None:
        rows = [(row,) for row in gone.values()]
        self._connection.executemany("DELETE FROM pictures WHERE id = ?", rows)
        for table in _OWN_TABLES:
            self._connection.executemany(f"DELETE FROM {table} WHERE picture = ?", rows)
        self._connection.executemany("DELETE FROM identified WHERE image_id = ?", [(image_id,) for image_id in gone])

    def _insert(self, fresh: Mapping[int, Indexed]) -> None:
        names = ("id", *Columns._fields)
        self._add(f"pictures ({', '.join(names)})", [(row, *columns(p)) for row, p in fresh.items()])
        looks = [(row, picture.looks) for row, picture in fresh.items()]
        self._add("details", [(row, dump_picture(picture)) for row, picture in fresh.items()])
        self._add("codes", [(row, got.copy_code, got.looks_code, pack_words(got.words)) for row, got in looks])
        self._add("points", [(row, got.points) for row, got in looks])

    def _add(self, table: str, rows: Sequence[tuple[object, ...]], how: str = "INSERT") -> None:
        """Write many rows by one statement that is read once."""
        if rows:
            self._connection.executemany(f"{how} INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)

    def _update(self, held: Mapping[int, Indexed]) -> None:
        steps = ", ".join(f"{name} = ?" for name in Columns._fields)
        rows = [(*columns(picture), row) for row, picture in held.items()]
        self._connection.executemany(f"UPDATE pictures SET {steps} WHERE id = ?", rows)
        details = [(dump_picture(picture), row) for row, picture in held.items()]
        self._connection.executemany("UPDATE details SET data = ? WHERE picture = ?", details)

    def _clear(self, rows: Sequence[int]) -> None:
        """Take away everything that follows from pictures' places."""
        each = [(row,) for row in rows]
        self._connection.executemany("DELETE FROM texts WHERE rowid = ?", each)
        for table in _SIDE_TABLES:
            self._connection.executemany(f"DELETE FROM {table} WHERE picture = ?", each)

    def count_words(self, steps: Sequence[tuple[int, str, str]]) -> None:
        """Change in how many pictures words occur, and note how they are written."""
        sql = (
            "INSERT INTO words VALUES (?2, ?1, ?3) ON CONFLICT (word) DO UPDATE "
            "SET documents = documents + ?1, written = max(written, ?3)"
        )
        self._connection.executemany(sql, steps)

    def fill_texts(self, pictures: Mapping[int, Indexed]) -> None:
        """Write the words of pictures by row, where there are none."""
        texts = [(row, *picture.texts()) for row, picture in pictures.items()]
        self._add(f"texts (rowid, {', '.join(Texts._fields)})", texts)

    def merge_texts(self, written: int) -> None:
        """Merge the pieces in which FTS5 keeps words: each word is looked up in every piece.

        All of them where much of the index is new (100,000 pictures take half a second), else about as much as was
        written.
        """
        (total,) = self._connection.execute("SELECT pictures FROM changes").fetchone()
        if _MUCH * written >= total:
            self._connection.execute("INSERT INTO texts (texts) VALUES ('optimize')")
        else:
            self._connection.execute("INSERT INTO texts (texts, rank) VALUES ('merge', ?)", (written,))

    def _fill(self, pictures: Mapping[int, Indexed]) -> None:
        self.fill_texts(pictures)
        places = [
            (place.key, row, place.size, place.modified, place.stamp)
            for row, picture in pictures.items()
            for place in picture.places
        ]
        self._add("places", places, "INSERT OR REPLACE")
        sides: dict[str, list[tuple[str, int]]] = {"tags": [], "hosts": [], "addresses": []}
        for row, picture in pictures.items():
            said = [place.credit for place in picture.places]
            addresses = {address for credit in said for address in (credit.page, credit.original) if address}
            sides["tags"] += [(tag, row) for tag in picture.tags]
            sides["hosts"] += [(turned(host), row) for host in picture.hosts]
            sides["addresses"] += [(address, row) for address in addresses]
        for table, values in sides.items():
            self._add(table, sorted(values), "INSERT OR IGNORE")  # in order, neighbours lie on the same page
