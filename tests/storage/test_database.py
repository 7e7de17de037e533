"""Opening and migrating, also by several processes at once."""

from __future__ import annotations

import asyncio
import multiprocessing
import sys

from sqlalchemy import inspect

from bot.storage import Database
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
    context = multiprocessing.get_context("spawn")
    several = [context.Process(target=_open, args=(state_url,)) for _ in range(3)]
    for one in several:
        one.start()
    for one in several:
        one.join(60)
    assert [one.exitcode for one in several] == [0, 0, 0], sys.version
