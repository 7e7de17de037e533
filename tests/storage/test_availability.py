"""Whatever a database does, whoever asks it gets an answer or an error in time, and what waits does not pile up."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.storage import Database, policies
from bot.storage.availability import RESTS, ChangeUnconfirmed, DatabaseAvailability, DatabaseUnavailable
from bot.storage.choices import Choices
from bot.storage.policies import PolicyStore
from tests.postgres import Postgres, postgres_server

IN_TIME = 20.0
"""Seconds: two are promised, the rest is for a busy machine; without the promise it takes minutes, or for ever."""


AT_ONCE = 3.0
"""Seconds: less than the four that an asker waits for a connection and an answer, far more than a refusal takes."""


async def fails(database: Database) -> float:
    """Ask in vain; how many seconds that took."""
    started = time.monotonic()
    with pytest.raises(SQLAlchemyError):
        await Choices(database).of_person(1, "x")
    return time.monotonic() - started


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    with postgres_server() as running:
        yield running


@pytest.fixture
async def postgres(server: Postgres) -> AsyncIterator[Database]:
    opened = await Database.open(server.url)
    yield opened
    await opened.close()


@pytest.mark.postgres
async def test_a_frozen_database_is_not_waited_for(server: Postgres, postgres: Database) -> None:
    await Choices(postgres).set_person(1, "x", "before")
    server.freeze()
    try:
        assert await fails(postgres) < IN_TIME
        assert not postgres.availability.up
        at_once = await asyncio.gather(*(fails(postgres) for _ in range(5)))
        assert min(at_once) < AT_ONCE, "whoever comes next is told without asking"
        started = time.monotonic()
        results = await asyncio.gather(*(fails(postgres) for _ in range(50)))
        assert max(results) < IN_TIME
        assert time.monotonic() - started < IN_TIME
    finally:
        server.thaw()
    await asyncio.sleep(RESTS)
    assert await Choices(postgres).of_person(1, "x") == "before"
    assert postgres.availability.up


@pytest.mark.postgres
async def test_a_database_frozen_inside_a_transaction_is_left(server: Postgres, postgres: Database) -> None:
    started = time.monotonic()

    async def ask() -> None:
        async with postgres.transaction() as connection:
            server.freeze()
            await connection.execute(text("SELECT 1"))

    with pytest.raises(DatabaseUnavailable, match="no answer within"):
        await ask()
    server.thaw()
    assert time.monotonic() - started < IN_TIME
    await asyncio.sleep(RESTS)
    assert await Choices(postgres).of_person(2, "x") is None


@pytest.mark.postgres
@pytest.mark.parametrize(("step", "is_kept"), [("_in_turn", False), ("announce_change", True)])
async def test_a_change_that_may_have_been_kept_is_told_as_such(
    server: Postgres, postgres: Database, monkeypatch: pytest.MonkeyPatch, step: str, is_kept: bool
) -> None:
    """The server stops after the first statement of a change, or after the last: what it is sent then is its end."""
    store, before = PolicyStore(postgres), getattr(policies, step)
    await store.set_level(1, "server", 1, "Off", 7)

    async def then_frozen(*arguments: Any) -> None:
        await before(*arguments)
        server.freeze()

    monkeypatch.setattr(policies, step, then_frozen)
    try:
        with pytest.raises(DatabaseUnavailable) as told:
            await store.set_level(1, "server", 1, "Strict", 7)
    finally:
        server.thaw()
    assert isinstance(told.value, ChangeUnconfirmed) is is_kept
    await asyncio.sleep(RESTS)
    assert [row.level for row in await store.levels(1)] == ["Strict" if is_kept else "Off"]


@pytest.mark.postgres
async def test_a_slow_statement_is_ended(postgres: Database) -> None:
    started = time.monotonic()
    with pytest.raises(DatabaseUnavailable):
        async with postgres.transaction(within=0.3) as connection:
            await connection.execute(text("SELECT pg_sleep(300)"))
    assert time.monotonic() - started < IN_TIME


@pytest.mark.postgres
async def test_a_database_that_is_gone_and_back(server: Postgres, postgres: Database) -> None:
    await Choices(postgres).set_person(3, "x", "kept")
    server.stop()
    try:
        assert await fails(postgres) < IN_TIME
    finally:
        server.start()
    await asyncio.sleep(RESTS)
    assert await Choices(postgres).of_person(3, "x") == "kept"


async def test_a_file_that_another_process_holds(tmp_path: Path) -> None:
    file = tmp_path / "magpie.sqlite3"
    database = await Database.open(f"sqlite:///{file}")
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    started = time.monotonic()
    with pytest.raises(SQLAlchemyError):
        await Choices(database).set_person(1, "x", "y")
    assert time.monotonic() - started < IN_TIME
    await asyncio.sleep(RESTS)  # on a busy machine the refusal came so late that it counts as no answer
    assert await Choices(database).of_person(1, "x") is None, "it can still be read"
    holder.execute("ROLLBACK")
    await Choices(database).set_person(1, "x", "y")
    assert await Choices(database).of_person(1, "x") == "y"
    holder.close()
    await database.close()


async def test_an_endless_statement_in_a_file_is_ended(tmp_path: Path) -> None:
    database = await Database.open(f"sqlite:///{tmp_path}/magpie.sqlite3")
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with pytest.raises(DatabaseUnavailable):
        async with database.transaction(within=0.3) as connection:
            await connection.execute(text(endless))
    await database.close()


async def test_more_askers_than_connections_are_all_answered(tmp_path: Path) -> None:
    database = await Database.open(f"sqlite:///{tmp_path}/magpie.sqlite3")
    choices = Choices(database)
    await asyncio.gather(*(choices.set_person(number, "x", "y") for number in range(40)))
    assert await choices.of_person(39, "x") == "y"
    await database.close()


async def test_a_cancelled_asker_leaves_no_connection_behind(database: Database) -> None:
    """Whenever it is cancelled: while it connects, asks, or gives the connection back."""

    async def ask() -> None:
        async with database.transaction() as connection:
            await connection.execute(text("SELECT 1"))

    for steps in range(120):
        asking = asyncio.create_task(ask())
        for _ in range(steps):
            await asyncio.sleep(0.0002)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
    pool: Any = database.engine.pool
    for _ in range(1000):  # what was given up closes when it has come
        await asyncio.sleep(0.01)
        if not pool.checkedout():
            break
    assert pool.checkedout() == 0


def test_one_asks_while_others_are_told_at_once() -> None:
    now = 0.0
    availability = DatabaseAvailability(clock=lambda: now)
    availability.admit()
    assert isinstance(availability.failed("gone"), DatabaseUnavailable)
    with pytest.raises(DatabaseUnavailable):
        availability.admit()
    now += RESTS
    availability.admit()
    with pytest.raises(DatabaseUnavailable):
        availability.admit()
    availability.answered()
    availability.admit()
    assert (availability.up, availability.failures) == (True, 1)
