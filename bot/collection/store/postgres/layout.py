"""Making the tables in PostgreSQL, and bringing those of an older layout up to date."""

from __future__ import annotations

from bot.collection.store.base import StoreError
from bot.collection.store.codebook_change import check_size, codebook_in_use, words_of_points

from . import vectors
from .driver import Connection, Pool
from .schema import LEAST_SERVER, LOCK, SCHEMA, TABLES, UPGRADES, VERSION
from .visual_words import add_words

_BATCH = 500


async def prepare(connection: Connection) -> None:
    """Make the tables, or bring them up to date, inside a transaction.

    Raises:
        StoreError: the server is too old, or the tables are a newer Magpie's.
    """
    if connection.get_server_version().major < LEAST_SERVER:
        raise StoreError(f"PostgreSQL {LEAST_SERVER} or newer is needed")
    await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
    if await connection.fetchval("SELECT to_regclass($1)", f"{SCHEMA}.changes") is None:
        await connection.execute(TABLES)
        await connection.execute(f"INSERT INTO {SCHEMA}.made_with VALUES ('codebook', $1)", codebook_in_use())
    version = await connection.fetchval(f"SELECT version FROM {SCHEMA}.changes")
    if version > VERSION:
        raise StoreError("the collection's tables were written by a newer Magpie")
    if version < VERSION:
        for step in range(version, VERSION):
            await connection.execute(UPGRADES[step])
        await connection.execute(f"UPDATE {SCHEMA}.changes SET version = $1", VERSION)
    await vectors.prepare(connection)


async def name_words(pool: Pool, *, patient: bool) -> None:
    """Name visual words anew if they are those of another codebook.

    Raises:
        StoreError: there are too many pictures to do that while a bot waits.
    """
    if await pool.fetchval("SELECT value FROM made_with WHERE name = 'codebook'") == codebook_in_use():
        return
    check_size(await pool.fetchval("SELECT count(*) FROM points"), patient=patient)
    after: int | None = 0
    while after is not None:
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
            after = await _name_some(connection, after)


async def _name_some(connection: Connection, after: int) -> int | None:
    if not after:
        await connection.execute("DELETE FROM word_lists")
        await connection.execute("DELETE FROM word_tail")
    sql = f"SELECT picture, points FROM points WHERE picture > $1 ORDER BY picture LIMIT {_BATCH}"
    rows = await connection.fetch(sql, after)
    await add_words(connection, [(row[0], words_of_points(row[1])) for row in rows])
    if rows:
        return int(rows[-1][0])
    await connection.execute(
        "INSERT INTO made_with VALUES ('codebook', $1) ON CONFLICT (name) DO UPDATE SET value = $1", codebook_in_use()
    )
    return None
