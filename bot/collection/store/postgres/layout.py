"""Making the tables in PostgreSQL, and bringing those of an older layout up to date."""

from __future__ import annotations

from bot.collection.store.base import StoreError
from bot.collection.store.codebook_change import check_size, codebook_in_use, words_of_points
from bot.collection.store.merge import StoreChange
from bot.collection.store.word_change import check_recut, words_in_use

from .driver import Pool, PostgresConnection
from .reading import COLUMNS, read_record
from .schema import CREATE_TABLES, LEAST_SERVER, LOCK, POSTGRES_LAYOUT, POSTGRES_SCHEMA, POSTGRES_UPGRADES
from .vectors import ensure_vectors_table
from .visual_words import add_words
from .writing import PostgresWriter

_BATCH = 500


async def prepare_tables(connection: PostgresConnection) -> None:
    """Make the tables, or bring them up to date, inside a transaction.

    Raises:
        StoreError: the server is too old, or the tables are a newer Magpie's.
    """
    if connection.get_server_version().major < LEAST_SERVER:
        raise StoreError(f"PostgreSQL {LEAST_SERVER} or newer is needed")
    await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
    if await connection.fetchval("SELECT to_regclass($1)", f"{POSTGRES_SCHEMA}.changes") is None:
        await connection.execute(CREATE_TABLES)
        made_with = [("codebook", codebook_in_use()), ("words", words_in_use())]
        await connection.executemany(f"INSERT INTO {POSTGRES_SCHEMA}.made_with VALUES ($1, $2)", made_with)
    version = await connection.fetchval(f"SELECT version FROM {POSTGRES_SCHEMA}.changes")
    if version > POSTGRES_LAYOUT:
        raise StoreError("the collection's tables were written by a newer Magpie")
    if version < POSTGRES_LAYOUT:
        for step in range(version, POSTGRES_LAYOUT):
            await connection.execute(POSTGRES_UPGRADES[step])
        await connection.execute(f"UPDATE {POSTGRES_SCHEMA}.changes SET version = $1", POSTGRES_LAYOUT)
    await ensure_vectors_table(connection)


async def name_all_visual_words(pool: Pool, *, patient: bool) -> None:
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


async def _name_some(connection: PostgresConnection, after: int) -> int | None:
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


async def recut_texts(pool: Pool, *, patient: bool) -> None:
    """Cut the words of all pictures anew if another version cut them, all or nothing.

    Raises:
        StoreError: there are too many pictures to do that while a bot waits.
    """
    made_with = "SELECT value FROM made_with WHERE name = 'words'"
    if await pool.fetchval(made_with) == words_in_use():
        return
    check_recut(await pool.fetchval("SELECT pictures FROM changes"), patient=patient)
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
        if await connection.fetchval(made_with) == words_in_use():
            return  # another process did it meanwhile
        await connection.execute("DELETE FROM words")
        after: int | None = 0
        while after is not None:
            after = await _word_some(connection, after)
        sql = "INSERT INTO made_with VALUES ('words', $1) ON CONFLICT (name) DO UPDATE SET value = $1"
        await connection.execute(sql, words_in_use())
        await connection.execute("UPDATE changes SET written = written + 1")


async def _word_some(connection: PostgresConnection, after: int) -> int | None:
    sql = f"SELECT p.id, {COLUMNS} FROM pictures p WHERE p.id > $1 ORDER BY p.id LIMIT {_BATCH}"
    rows = await connection.fetch(sql, after)
    held = [(int(row["id"]), read_record(row)) for row in rows]
    writer = PostgresWriter(connection)
    await writer.fill_texts(held)
    await writer.count_words(StoreChange(write=[found for _, found in held]).word_steps())
    return held[-1][0] if held else None
