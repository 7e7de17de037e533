"""Making an index, bringing one of an older layout up to date, and refusing what is none."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.collection.store.base import StoreError
from bot.collection.store.codebook_change import check_size, codebook_in_use, words_of_points
from bot.collection.store.merge import StoreChange
from bot.collection.store.postings import pack_words
from bot.collection.store.word_change import check_recut, words_in_use

from . import reading
from .schema import APPLICATION, SQLITE, SQLITE_LAYOUT, SQLITE_UPGRADES
from .writing import SqliteWriter

_BATCH = 500


def prepare_file(connection: sqlite3.Connection, file: Path) -> None:
    """Make the tables, or bring them up to date, in one transaction; nothing is locked where they are.

    Raises:
        StoreError: the database is something else's, or of a newer Magpie.
    """
    if _marks(connection) == (SQLITE_LAYOUT, APPLICATION):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        _prepare(connection, file)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _prepare(connection: sqlite3.Connection, file: Path) -> None:
    version, application = _marks(connection)
    if version > SQLITE_LAYOUT:
        raise StoreError(f"the collection's index {file} was written by a newer Magpie")
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if application not in {0, APPLICATION} or (tables and not {"pictures", "texts", "changes"} <= tables):
        raise StoreError(f"{file} is a database of something else, not a collection's index")
    if not tables:
        _run(connection, SQLITE)
        made_with = (("codebook", codebook_in_use()), ("words", words_in_use()))
        connection.executemany("INSERT INTO made_with VALUES (?, ?)", made_with)
        version = SQLITE_LAYOUT
    while version < SQLITE_LAYOUT:
        _run(connection, SQLITE_UPGRADES[version])
        version += 1
    connection.execute(f"PRAGMA user_version = {SQLITE_LAYOUT}")
    connection.execute(f"PRAGMA application_id = {APPLICATION}")


def _marks(connection: sqlite3.Connection) -> tuple[int, int]:
    """The layout's version and whose database it is."""
    version, application = (connection.execute(f"PRAGMA {n}").fetchone()[0] for n in ("user_version", "application_id"))
    return int(version), int(application)


def _run(connection: sqlite3.Connection, script: str) -> None:
    for statement in script.split(";"):
        connection.execute(statement)


def needs_words(connection: sqlite3.Connection, *, patient: bool) -> bool:
    """True if the visual words are those of another codebook.

    Raises:
        StoreError: they are, and there are too many pictures to name them anew while a bot waits.
    """
    made_with = connection.execute("SELECT value FROM made_with WHERE name = 'codebook'").fetchone()
    if made_with is not None and made_with[0] == codebook_in_use():
        return False
    check_size(int(connection.execute("SELECT count(*) FROM points").fetchone()[0]), patient=patient)
    return True


def name_some_visual_words(connection: sqlite3.Connection, after: int) -> int | None:
    """Name the visual words of the pictures of some rows anew; returns the last row, None when that was all."""
    sql = "SELECT picture, points FROM points WHERE picture > ? ORDER BY picture LIMIT ?"
    rows = connection.execute(sql, (after, _BATCH)).fetchall()
    words = [(pack_words(words_of_points(points)), picture) for picture, points in rows]
    connection.executemany("UPDATE codes SET words = ? WHERE picture = ?", words)
    if rows:
        return int(rows[-1][0])
    connection.execute("INSERT OR REPLACE INTO made_with VALUES ('codebook', ?)", (codebook_in_use(),))
    return None


def needs_wording(connection: sqlite3.Connection, *, patient: bool) -> bool:
    """True if the words that are searched were cut by another version.

    Raises:
        StoreError: they were, and there are too many pictures to cut them anew while a bot waits.
    """
    made_with = connection.execute("SELECT value FROM made_with WHERE name = 'words'").fetchone()
    if made_with is not None and made_with[0] == words_in_use():
        return False
    check_recut(int(connection.execute("SELECT pictures FROM changes").fetchone()[0]), patient=patient)
    return True


def recut_all_texts(connection: sqlite3.Connection) -> None:
    """Cut the words of all pictures anew, in the one transaction that calls this."""
    connection.execute("DELETE FROM texts")
    connection.execute("DELETE FROM words")
    sql = f"{reading.SELECT_NUMBERED} WHERE p.id > ? ORDER BY p.id LIMIT {_BATCH}"
    after = 0
    while rows := connection.execute(sql, (after,)).fetchall():
        held = {int(row[-1]): reading.read_row(row) for row in rows}
        writer = SqliteWriter(connection)
        writer.fill_texts(held)
        writer.count_words(StoreChange(write=list(held.values())).word_steps())
        after = max(held)
    connection.execute("INSERT OR REPLACE INTO made_with VALUES ('words', ?)", (words_in_use(),))
    connection.execute("UPDATE changes SET written = written + 1")
