"""A write that fails leaves nothing behind, and its connection ready for the next one."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.collection.store.sqlite.connections import SqliteConnections


@pytest.fixture
def connections(tmp_path: Path) -> Iterator[SqliteConnections]:
    opened = SqliteConnections(tmp_path / "collection.sqlite3")
    yield opened
    opened.close()


async def rows(connections: SqliteConnections) -> int:
    return await connections.read(lambda connection: connection.execute("SELECT count(*) FROM things").fetchone()[0])


def grow_to(pages: int | None) -> str:
    """A full disk, as far as SQLite can tell: this many pages and no more; None for no limit."""
    return f"PRAGMA max_page_count = {pages or 1 << 30}"


async def test_without_room(connections: SqliteConnections) -> None:
    await connections.write(lambda connection: connection.execute("CREATE TABLE things (data BLOB)"))
    pages: int = await connections.write(lambda connection: connection.execute("PRAGMA page_count").fetchone()[0])
    await connections.write(lambda connection: connection.execute(grow_to(pages)))

    def insert(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO things VALUES (zeroblob(1000))")
        connection.execute("INSERT INTO things VALUES (zeroblob(1000000))")

    for _ in range(2):
        with pytest.raises(sqlite3.OperationalError, match="full"):
            await connections.write(insert)
    assert await rows(connections) == 0
    await connections.write(lambda connection: connection.execute(grow_to(None)))
    await connections.write(insert)
    assert await rows(connections) == 2


async def test_refused_at_its_end(connections: SqliteConnections) -> None:
    def prepare() -> None:
        connection = connections._connection()
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("CREATE TABLE owners (id INTEGER PRIMARY KEY)")
        connection.execute("CREATE TABLE things (owner REFERENCES owners (id) DEFERRABLE INITIALLY DEFERRED)")

    connections._writer.submit(prepare).result()
    for _ in range(2):
        with pytest.raises(sqlite3.IntegrityError):
            await connections.write(lambda connection: connection.execute("INSERT INTO things VALUES (7)"))
    await connections.write(lambda connection: connection.execute("INSERT INTO owners VALUES (7)"))
    await connections.write(lambda connection: connection.execute("INSERT INTO things VALUES (7)"))
    assert await rows(connections) == 1
