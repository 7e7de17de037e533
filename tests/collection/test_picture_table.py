"""Ids and ratings of the pictures in memory."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.collection.model import Rating
from bot.collection.store.sqlite.picture_table import PictureTable

SAFE, ADULT, UNKNOWN = Rating.SAFE.number, Rating.ADULT.number, Rating.UNKNOWN.number


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(tmp_path / "p.sqlite3", isolation_level=None)) as opened:
        opened.execute("PRAGMA journal_mode = WAL")
        opened.execute(
            "CREATE TABLE pictures (id INTEGER PRIMARY KEY AUTOINCREMENT, image_id TEXT NOT NULL, rating INTEGER)"
        )
        PictureTable.prepare(opened)
        yield opened


def add(connection: sqlite3.Connection, *ratings: int) -> None:
    for rating in ratings:
        row = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM pictures").fetchone()[0]
        connection.execute("INSERT INTO pictures VALUES (?, ?, ?)", (row, f"{row:040X}", rating))


def fitting(table: PictureTable, rows: list[int], ratings: tuple[int, ...]) -> list[int]:
    """The rows that fit, told in every way that there is."""
    places, ids = table.fitting(rows, ratings)
    assert [int(image_id, 16) for image_id in ids] == [rows[place] for place in places]
    assert [row for row in rows if table.lone(row, ratings) == f"{row:040X}"] == [rows[place] for place in places]
    return [rows[place] for place in places]


@pytest.mark.parametrize("times", [1, 20], ids=["few", "many"])
def test_ratings_are_told_of_rows_in_any_order_and_what_is_not_known_has_none(connection, times):
    table = PictureTable()
    assert fitting(table, [0, 1, 7] * times, (SAFE, ADULT)) == []
    add(connection, SAFE, ADULT, SAFE)
    table.refresh(connection)
    assert fitting(table, [3, 2, 1, 0, 4, 10**12] * times, (SAFE,)) == [3, 1] * times
    assert fitting(table, [3, 2, 1, 0, 4] * times, (SAFE, ADULT)) == [3, 2, 1] * times
    assert fitting(table, [3, 2, 1] * times, ()) == []
    assert not table.has_unrated


def test_new_rows_and_changed_ratings_are_taken_over(connection):
    table = PictureTable()
    add(connection, SAFE, SAFE)
    table.refresh(connection)
    add(connection, *[UNKNOWN] * 6_000)
    connection.execute("UPDATE pictures SET rating = ? WHERE id = 2", (ADULT,))
    connection.execute("UPDATE pictures SET rating = ? WHERE id = 3", (SAFE,))
    table.refresh(connection)
    assert table.last == 6_002
    assert table.has_unrated
    assert fitting(table, [1, 2, 3, 4, 6_002], (SAFE,)) == [1, 3]
    connection.execute("UPDATE pictures SET rating = ?", (SAFE,))
    table.refresh(connection)
    assert not table.has_unrated
    assert fitting(table, [1, 2, 3, 4, 6_002], (SAFE,)) == [1, 2, 3, 4, 6_002]


def test_changes_of_removed_pictures_are_not_kept(connection):
    table = PictureTable()
    add(connection, SAFE, SAFE, SAFE)
    table.refresh(connection)
    connection.execute("UPDATE pictures SET rating = ? WHERE id IN (1, 3)", (ADULT,))
    connection.execute("DELETE FROM pictures WHERE id = 3")
    assert connection.execute("SELECT picture FROM rating_changes").fetchall() == [(1,)]
    table.refresh(connection)
    assert fitting(table, [1, 2], (SAFE,)) == [2]


def test_who_reads_an_older_state_takes_nothing_back(connection, tmp_path):
    """Two searches at once: the one that began before a change knows of it as soon as the other does."""
    table = PictureTable()
    add(connection, SAFE, SAFE)
    with closing(sqlite3.connect(tmp_path / "p.sqlite3", isolation_level=None)) as slow:
        slow.execute("BEGIN")
        table.refresh(slow)
        connection.execute("UPDATE pictures SET rating = ? WHERE id = 1", (ADULT,))
        add(connection, SAFE)
        table.refresh(connection)
        table.refresh(slow)
        assert fitting(table, [1, 2, 3], (SAFE,)) == [2, 3]
        slow.execute("COMMIT")
