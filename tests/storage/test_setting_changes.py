"""What one process changes the other sees at once on PostgreSQL, and after some seconds on SQLite."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import text

from bot.bing_v7 import SafeSearch
from bot.safesearch.place import Place, PlaceKind
from bot.safesearch.policies import FRESH_SECONDS, Policies
from bot.safesearch.policy import OperatorPolicy, Scope
from bot.storage import Database
from bot.storage.choices import DisplayChoices
from bot.storage.policies import ListKind, PolicyStore
from bot.storage.purge import forget_server

PLACE = Place(PlaceKind.CHANNEL, 1, 10, None, None, True)
STRICT, MODERATE = SafeSearch.STRICT, SafeSearch.MODERATE
WAIT = 30.0


class Process:
    """What a bot keeps of a database; its clock stands still unless a test moves it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.seconds = 0.0
        self.policies = Policies(
            PolicyStore(database), OperatorPolicy(allow_off=True), clock=lambda: self.seconds
        )  # fmt: skip
        database.setting_changes.tell(self.policies)
        self.display = DisplayChoices(database)

    async def seen(self) -> tuple[Any, ...]:
        """Everything that a place's answers depend on."""
        decision, lists = await self.policies.rules(PLACE)
        return decision.level, sorted(lists.hosts), sorted(lists.words), dict(await self.display.of(1, 10))


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests are not about a database that is slow to answer, as it is on a busy machine."""
    function = inspect.unwrap(Database.transaction)
    assert function.__kwdefaults__
    monkeypatch.setitem(function.__kwdefaults__, "within", WAIT)


@pytest.fixture
async def here(database: Database) -> Process:
    return Process(database)


@pytest.fixture
async def there(state_url: str) -> AsyncIterator[Process]:
    opened = await Database.open(state_url)
    listening = asyncio.create_task(opened.setting_changes.listen())
    if opened.dialect == "postgresql":
        await asyncio.wait_for(opened.setting_changes.listening.wait(), WAIT)
    yield Process(opened)
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    await opened.close()


async def until(sees: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(WAIT):
        while not await sees():  # noqa: ASYNC110 (another process sets no event)
            await asyncio.sleep(0.02)


CHANGES: dict[str, Callable[[Process], Awaitable[Any]]] = {
    "level": lambda p: p.policies.set_level(1, Scope.CHANNEL, 10, STRICT, 7),
    "level taken back": lambda p: p.policies.set_level(1, Scope.SERVER, 1, None, 7),
    "blocked host": lambda p: p.policies.add(1, ListKind.HOST, "new.example", 7),
    "host unblocked": lambda p: p.policies.remove(1, ListKind.HOST, "old.example", 7),
    "blocked word": lambda p: p.policies.add(1, ListKind.WORD, "wumpus", 7),
    "display": lambda p: p.display.choose(1, 10, {"view": "grid"}),
    "server forgotten": lambda p: forget_server(p.database, 1),
}


@pytest.mark.parametrize("change", CHANGES)
async def test_the_other_process_sees_a_change(here: Process, there: Process, change: str) -> None:
    await here.policies.set_level(1, Scope.SERVER, 1, MODERATE, 7)
    await here.policies.add(1, ListKind.HOST, "old.example", 7)
    await here.display.choose(1, 0, {"view": "list"})
    await until(lambda: _same(here, there))
    before = await there.seen()
    await CHANGES[change](here)
    if here.database.dialect == "sqlite":
        assert await there.seen() == before
        there.seconds += FRESH_SECONDS + 0.1
        there.display.forget(1)  # kept a minute: nothing that safety depends on
    await until(lambda: _changed(there, before))
    here.policies.forget(1)
    here.display.forget(1)
    assert await there.seen() == await here.seen()


async def _same(one: Process, other: Process) -> bool:
    other.seconds += FRESH_SECONDS
    other.display.forget_all()
    return await one.seen() == await other.seen()


async def _changed(process: Process, before: tuple[Any, ...]) -> bool:
    return await process.seen() != before


async def test_other_servers_stay_in_memory(here: Process, there: Process) -> None:
    if here.database.dialect == "sqlite":
        pytest.skip("nothing is notified")
    kept = await there.policies.of_server(2)
    await there.policies.of_server(1)
    await here.policies.set_level(1, Scope.SERVER, 1, MODERATE, 7)
    await until(lambda: _decides(there, MODERATE))
    assert await there.policies.of_server(2) is kept


async def _decides(process: Process, level: SafeSearch) -> bool:
    return (await process.policies.decide(PLACE)).level is level


async def test_a_lost_connection_loses_no_change(here: Process, there: Process) -> None:
    if here.database.dialect == "sqlite":
        pytest.skip("nobody listens")
    assert await _decides(there, STRICT)
    changes = there.database.setting_changes
    async with here.database.transaction() as connection:
        mine = await connection.scalar(text("SELECT pg_backend_pid()"))
        others = text(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> :mine"
        )
        assert await connection.scalar(others, {"mine": mine})
    await here.policies.set_level(1, Scope.SERVER, 1, MODERATE, 7)
    await until(lambda: _decides(there, MODERATE))
    await asyncio.wait_for(changes.listening.wait(), WAIT)
    assert await _decides(there, MODERATE)
    await here.policies.set_level(1, Scope.SERVER, 1, STRICT, 7)
    await until(lambda: _decides(there, STRICT))


async def test_where_nobody_notifies_listening_ends(database: Database) -> None:
    if database.dialect == "sqlite":
        await asyncio.wait_for(database.setting_changes.listen(), WAIT)
    else:
        listening = asyncio.create_task(database.setting_changes.listen())
        await asyncio.wait_for(database.setting_changes.listening.wait(), WAIT)
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        assert not database.setting_changes.listening.is_set()
