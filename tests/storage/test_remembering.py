"""Counts without people, recent searches, keys; and forgetting all of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, func, select

from bot.bing_v7 import SafeSearch
from bot.storage import Database, purge
from bot.storage.policies import ListKind, PolicyStore
from bot.storage.query_counts import QueryCountStore
from bot.storage.recent import MOST_KEPT, RecentQueries
from bot.storage.secrets import SecretStore
from bot.storage.spending import SpendingStore
from bot.storage.tables import absences, guild_settings, metadata, page_sessions, query_people, user_settings
from tests.chaos.breaking import held
from tests.databases import open_database

NOW = datetime(2026, 1, 31, 12, 30, tzinfo=UTC)
STRICT, MODERATE, OFF = SafeSearch.STRICT, SafeSearch.MODERATE, SafeSearch.OFF


@pytest.fixture
async def counts(database: Database) -> QueryCountStore:
    return await QueryCountStore.open(database)


class TestCounts:
    async def test_three_people_are_needed(self, counts: QueryCountStore) -> None:
        for person in (1, 2, 2, 2):
            await counts.note(9, person, "red  Flowers", STRICT, NOW)
        assert await counts.counts(NOW, 10) == []
        assert await counts.popular(9, "red", STRICT, NOW, 10) == []
        await counts.note(9, 3, "RED FLOWERS", STRICT, NOW)
        (found,) = await counts.counts(NOW, 10)
        assert (found.text, found.people, found.hours[0], found.before) == ("red flowers", 3, 5, 0)
        assert await counts.popular(9, "Red", STRICT, NOW, 10) == ["red flowers"]

    async def test_however_many_are_found_the_statements_are_the_same(
        self, counts: QueryCountStore, database: Database
    ) -> None:
        sent: list[str] = []
        event.listen(database.engine.sync_engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
        for number in range(12):
            for person in (1, 2, 3):
                await counts.note(9, person, f"cat {number}", STRICT, NOW)
            found = await counts.counts(NOW, 10)
            assert {one.text for one in found} <= {f"cat {n}" for n in range(number + 1)}
            assert [(one.people, one.hours[0]) for one in found] == [(3, 3)] * min(number + 1, 10)
        assert len({statement for statement in sent if "SELECT" in statement}) == 2

    async def test_one_person_in_several_servers_is_one_person(self, counts: QueryCountStore) -> None:
        for guild in (1, 2, 3):
            await counts.note(guild, 7, "cats", STRICT, NOW)
        assert await counts.counts(NOW, 10) == []

    async def test_what_was_searched_at_a_looser_level_does_not_count(self, counts: QueryCountStore) -> None:
        for person in (1, 2, 3):
            await counts.note(9, person, "cats", MODERATE, NOW)
        assert await counts.counts(NOW, 10) == []
        assert len(await counts.counts(NOW, 10, MODERATE)) == 1
        assert await counts.popular(9, "c", STRICT, NOW, 10) == []
        assert await counts.popular(9, "c", OFF, NOW, 10) == ["cats"]

    async def test_the_strictest_level_is_kept(self, counts: QueryCountStore) -> None:
        for person in (1, 2, 3):
            for level in (OFF, STRICT, MODERATE):
                await counts.note(9, person, "cats", level, NOW)
        assert [found.text for found in await counts.counts(NOW, 10)] == ["cats"]

    async def test_hours_and_the_fortnight_before(self, counts: QueryCountStore) -> None:
        for person in (1, 2, 3):
            await counts.note(9, person, "cats", STRICT, NOW - timedelta(hours=2))
            await counts.note(9, person, "cats", STRICT, NOW - timedelta(days=3))
            await counts.note(9, person, "cats", STRICT, NOW - timedelta(days=20))
        (found,) = await counts.counts(NOW, 10)
        assert found.hours[2] == 3
        assert sum(found.hours) == 3
        assert found.before == 3

    async def test_other_servers_searches_are_not_suggested(self, counts: QueryCountStore) -> None:
        for person in (1, 2, 3):
            await counts.note(9, person, "50% off_price", STRICT, NOW)
        assert await counts.popular(8, "", STRICT, NOW, 10) == []
        assert await counts.popular(9, "50%", STRICT, NOW, 10) == ["50% off_price"]
        assert await counts.popular(9, "5_", STRICT, NOW, 10) == []

    async def test_a_server_has_counts_of_its_own(self, counts: QueryCountStore) -> None:
        for guild, person in ((8, 1), (8, 2), (8, 2), (9, 1), (9, 2), (9, 3)):
            await counts.note(guild, person, "cats", STRICT, NOW)
        assert await counts.counts(NOW, 10, server=counts.server(8)) == []
        (found,) = await counts.counts(NOW, 10, server=counts.server(9))
        assert (found.people, found.hours[0]) == (3, 3)
        (found,) = await counts.counts(NOW, 10)
        assert (found.people, found.hours[0]) == (3, 6)

    async def test_no_row_names_a_server_or_a_person(self, counts: QueryCountStore, database: Database) -> None:
        await counts.note(123456789, 987654321, "cats", STRICT, NOW)
        async with database.transaction() as connection:
            (row,) = await connection.execute(select(query_people))
        assert len(row.server) == len(row.person) == 16
        assert not {123456789, 987654321} & {value for value in row if isinstance(value, int)}
        assert counts.server(1) != counts.server(2)
        assert QueryCountStore(database, b"other").server(1) != counts.server(1)

    async def test_too_long_and_empty_searches_are_not_counted(
        self, counts: QueryCountStore, database: Database
    ) -> None:
        await counts.note(9, 1, "x" * 201, STRICT, NOW)
        await counts.note(9, 1, "  ", STRICT, NOW)
        assert await _rows(database, query_people) == 0

    async def test_people_cannot_be_joined(self, counts: QueryCountStore) -> None:
        assert counts.person(1, "cats") != counts.person(1, "dogs")
        assert counts.person(1, "cats") != counts.person(2, "cats")

    async def test_a_person_is_found_again_to_be_forgotten(self, counts: QueryCountStore, database: Database) -> None:
        for person in (1, 2):
            for query in ("cats", "dogs"):
                await counts.note(9, person, query, STRICT, NOW)
        assert await counts.forget_person(1) == 2
        assert await _rows(database, query_people) == 2

    async def test_pruning(self, counts: QueryCountStore, database: Database) -> None:
        await counts.note(9, 1, "cats", STRICT, NOW - timedelta(days=16))
        await counts.note(9, 1, "cats", STRICT, NOW)
        await counts.prune(NOW)
        assert await _rows(database, query_people) == 1


class TestRecent:
    async def test_newest_first_and_at_most_fifty(self, database: Database) -> None:
        recent = RecentQueries(database)
        for number in range(MOST_KEPT + 5):
            await recent.note(1, f"Query {number}", NOW + timedelta(seconds=number))
        await recent.note(1, "Query 20", NOW + timedelta(hours=1))
        found = await recent.starting(1, "query", 100)
        assert len(found) == MOST_KEPT
        assert found[:2] == ["Query 20", f"Query {MOST_KEPT + 4}"]
        assert await recent.starting(2, "", 10) == []
        await recent.forget(1)
        assert await recent.starting(1, "", 10) == []


async def test_keys_are_made_once(database: Database) -> None:
    keys = SecretStore(database)
    first = await keys.key("people")
    assert len(first) == 32
    assert await keys.key("people") == first
    assert await keys.key("tokens", 16) != first


async def test_a_key_that_is_there_is_given_while_another_program_writes(tmp_path: Path) -> None:
    """A start reads its keys: it must not end because a backup, or another process, holds the file for a while."""
    file = tmp_path / "state.sqlite3"
    database = await open_database(file)
    made = await SecretStore(database).key("people")
    with held(file):
        assert await SecretStore(database).key("people") == made
    await database.close()


async def _rows(database: Database, table: object) -> int:
    async with database.transaction() as connection:
        return await connection.scalar(select(func.count()).select_from(table)) or 0  # type: ignore[arg-type]  # a table


async def _fill(database: Database, counts: QueryCountStore) -> None:
    """Put a row of server 1 and person 7 into every table, and one of server 2 and person 8."""
    from bot.providers.middleware.budget_store import AccountScope, Line

    for guild, person in ((1, 7), (2, 8)):
        policies = PolicyStore(database)
        await policies.set_level(guild, "server", guild, "Strict", person)
        await policies.add_entry(guild, ListKind.WORD, "x", person)
        await counts.note(guild, person, "cats", STRICT, datetime.now(UTC))
        await RecentQueries(database).note(person, "cats", NOW)
        await SpendingStore(database).spend(
            [Line("p", AccountScope.PERSON, person, "2026-01", 9), Line("p", AccountScope.SERVER, guild, "2026-01", 9)],
            1,
        )
        async with database.transaction() as connection:
            await connection.execute(guild_settings.insert().values(guild_id=guild, channel_id=0, name="a", value="b"))
            await connection.execute(user_settings.insert().values(user_id=person, name="a", value="b"))
            await connection.execute(absences.insert().values(guild_id=guild, since=NOW))
            await connection.execute(
                page_sessions.insert().values(
                    id=str(guild), kind="search", owner_id=person, guild_id=guild, version=1, state="", data=b"",
                    question=b"", created_at=NOW, expires_at=datetime.now(UTC) + timedelta(days=1),
                )
            )  # fmt: skip


async def _left(database: Database) -> dict[str, int]:
    return {name: await _rows(database, table) for name, table in metadata.tables.items()}


HASHED = (query_people,)
"""Tables in which servers and people are found by hashing."""
OF_NOBODY = frozenset({"secrets", "command_sync"})
"""Tables that hold nothing of a server or a person."""


class TestForgetting:
    def test_every_table_says_what_becomes_of_it(self) -> None:
        told = {table.name for table in (*purge.OF_SERVERS, *HASHED)}
        told |= {table.name for table, _ in purge.OF_PEOPLE}
        assert told | {"spending"} | OF_NOBODY == set(metadata.tables)
        for name, table in metadata.tables.items():
            if "guild_id" in table.c:
                assert table in purge.OF_SERVERS, name

    async def test_a_server_that_left(self, database: Database, counts: QueryCountStore) -> None:
        await _fill(database, counts)
        before = await _left(database)
        await purge.forget_server(database, 1)
        left = await _left(database)
        for table in (*purge.OF_SERVERS, *HASHED):
            assert left[table.name] == before[table.name] // 2, table.name
        assert left["spending"] == before["spending"] - 1
        assert left["recent_queries"] == 2

    async def test_a_person_who_asks(self, database: Database, counts: QueryCountStore) -> None:
        await _fill(database, counts)
        before = await _left(database)
        await purge.forget_person(database, counts, 7)
        left = await _left(database)
        for name in ("recent_queries", "user_settings", "page_sessions", "query_people"):
            assert left[name] == before[name] // 2, name
        assert left["spending"] == before["spending"] - 1
        (row,) = await PolicyStore(database).levels(1)
        assert (row.level, row.set_by) == ("Strict", purge.NOBODY)
        assert {row.done_by for row in await PolicyStore(database).audit(1)} == {purge.NOBODY}
        assert {row.done_by for row in await PolicyStore(database).audit(2)} == {8}

    async def test_what_has_grown_old(self, database: Database, counts: QueryCountStore) -> None:
        await _fill(database, counts)
        await purge.forget_old(database, counts, datetime.now(UTC) + timedelta(days=100))
        left = await _left(database)
        assert {left[name] for name in ("page_sessions", "query_people", "spending")} == {0}
        assert left["scope_levels"] == 2
