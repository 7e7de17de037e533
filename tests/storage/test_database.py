"""Opening and migrating, also by several processes at once."""

from __future__ import annotations

import asyncio
import multiprocessing
import sys

import pytest
from sqlalchemy import inspect, make_url, text

from bot.storage import Database
from bot.storage.database import _MIGRATION_LOCK, NewerTablesError, async_url
from bot.storage.secrets import SecretStore
from bot.storage.tables import metadata


async def _tables(database: Database) -> set[str]:
    async with database.transaction() as connection:
        return set(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))


async def test_all_tables_are_made_and_opening_again_changes_nothing(state_url: str) -> None:
    for _ in range(2):
        database = await Database.open(state_url)
        assert set(metadata.tables) <= await _tables(database)
        await database.close()


def _open(url: str) -> None:
    async def go() -> None:
        database = await Database.open(url)
        await database.close()

    asyncio.run(go())


def test_processes_that_start_at_the_same_time_do_not_disturb_each_other(state_url: str) -> None:
    context = multiprocessing.get_context("forkserver")  # its imports are shared (`tests.preloaded`)
    several = [context.Process(target=_open, args=(state_url,)) for _ in range(3)]
    for one in several:
        one.start()
    for one in several:
        one.join(60)
    assert [one.exitcode for one in several] == [0, 0, 0], sys.version


async def test_one_migrates_while_the_others_wait(state_url: str) -> None:
    """Whoever holds the lock migrates; the rest wait for it, and then find nothing left to do."""
    if state_url.startswith("sqlite"):
        pytest.skip("SQLite has one writer; the test above has several processes")
    import asyncpg

    first, watching = await asyncpg.connect(state_url), await asyncpg.connect(state_url)
    holding = first.transaction()
    await holding.start()
    await first.execute("SELECT pg_advisory_xact_lock($1)", _MIGRATION_LOCK)
    opening = [asyncio.create_task(Database.open(state_url)) for _ in range(4)]
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'advisory' AND datname = current_database()"
    async with asyncio.timeout(60):
        while await watching.fetchval(waiting) < len(opening):  # noqa: ASYNC110 (a server sets no event)
            await asyncio.sleep(0.05)
    assert await watching.fetchval("SELECT to_regclass('scope_levels')") is None
    await holding.rollback()
    databases = await asyncio.gather(*opening)
    keys = await asyncio.gather(*(SecretStore(database).key("tokens") for database in databases))
    assert len(set(keys)) == 1
    assert await first.fetchval("SELECT count(*) FROM alembic_version") == 1
    await first.close()
    await watching.close()
    for database in databases:
        await database.close()


async def test_tables_of_a_newer_version_are_left_alone(state_url: str) -> None:
    database = await Database.open(state_url)
    async with database.transaction() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9000'"))
    await database.close()
    with pytest.raises(NewerTablesError):
        await Database.open(state_url)


@pytest.mark.parametrize(
    ("url", "hosts", "ports"),
    [
        ("postgresql://me:p%40w@one,two:5433/name?target_session_attrs=read-write", ["one", "two"], [5432, 5433]),
        ("postgres://me:p%40w@127.0.0.1:1,127.0.0.1:2/name?target_session_attrs=read-write", ["127.0.0.1"] * 2, [1, 2]),
    ],
)
def test_several_hosts(url: str, hosts: list[str], ports: list[int]) -> None:
    place = make_url(async_url(url))
    _, options = place.get_dialect()().create_connect_args(place)
    assert (options["host"], options["port"]) == (hosts, ports)
    assert (options["user"], options["password"], options["database"]) == ("me", "p@w", "name")
    assert options["target_session_attrs"] == "read-write"
