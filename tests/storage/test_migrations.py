"""Databases of older versions are brought up to date, with what they hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.bing_v7 import SafeSearch
from bot.storage import Database
from bot.storage.database import LONG, async_url
from bot.storage.query_counts import QueryCountStore
from bot.storage.sessions import SessionStore
from bot.storage.tables import metadata

NOW = datetime(2026, 1, 31, 12, 30, tzinfo=UTC)
KEY = bytes(range(32))
STRICT = SafeSearch.STRICT

OLD = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)",
    "INSERT INTO alembic_version VALUES ('0001')",
    "DROP TABLE absences",
    "DROP TABLE page_sessions",
    """CREATE TABLE page_sessions (id VARCHAR(32) NOT NULL, kind VARCHAR(16) NOT NULL, owner_id BIGINT NOT NULL,
    guild_id BIGINT, channel_id BIGINT, message_id BIGINT, version INTEGER NOT NULL, state TEXT NOT NULL,
    data {blob} NOT NULL, created_at {time} NOT NULL, expires_at {time} NOT NULL,
    CONSTRAINT pk_page_sessions PRIMARY KEY (id))""",
    "CREATE INDEX ix_page_sessions_message_id ON page_sessions (message_id)",
    "CREATE INDEX ix_page_sessions_expires_at ON page_sessions (expires_at)",
    "INSERT INTO page_sessions VALUES ('s', 'search', 7, 1, 2, 3, 1, '{{}}', {data}, '{now}', '{later}')",
    "DROP TABLE query_people",
    """CREATE TABLE query_people (guild_id BIGINT NOT NULL, hour {time} NOT NULL, query VARCHAR(200) NOT NULL,
    person {blob} NOT NULL, strictness INTEGER NOT NULL, searches INTEGER NOT NULL,
    CONSTRAINT pk_query_people PRIMARY KEY (guild_id, hour, query, person))""",
    "CREATE INDEX ix_query_people_hour ON query_people (hour)",
)
"""What makes a database of revision 0001, as it was at first, of one with today's tables."""


def at_first(connection: Connection) -> None:
    metadata.create_all(connection)
    sqlite = connection.dialect.name == "sqlite"
    stamp = "%Y-%m-%d %H:%M:%S.%f" if sqlite else "%Y-%m-%d %H:%M:%S+00"
    words = {
        "blob": "BLOB" if sqlite else "BYTEA",
        "time": "DATETIME" if sqlite else "TIMESTAMP WITH TIME ZONE",
        "data": "x'0102'" if sqlite else r"'\x0102'",
        "now": NOW.strftime(stamp),
        "later": (datetime.now(UTC) + timedelta(days=1)).strftime(stamp),
    }
    for statement in OLD:
        connection.execute(text(statement.format(**words).replace(":", r"\:")))


def counted(connection: Connection) -> None:
    """Put searches of three people in server 9, two of them in server 8 too, into the old table."""
    connection.execute(text("INSERT INTO secrets VALUES ('people', :key)"), {"key": KEY})
    store = QueryCountStore(None, KEY)  # type: ignore[arg-type]  # only its hash is wanted
    old = "INSERT INTO query_people VALUES (:guild, :hour, 'cats', :person, 2, 4)"
    hour = NOW.replace(minute=0)
    plain = hour.strftime("%Y-%m-%d %H:%M:%S.%f") if connection.dialect.name == "sqlite" else hour
    for guild, person in ((9, 1), (9, 2), (9, 3), (8, 1), (8, 2)):
        values = {"guild": guild, "hour": plain, "person": store.person(person, "cats")}
        connection.execute(text(old), values)


async def made(url: str, *steps: object) -> None:
    engine = create_async_engine(async_url(url))
    async with engine.begin() as connection:
        for step in steps:
            await connection.run_sync(step)  # type: ignore[arg-type]  # functions of a connection
    await engine.dispose()


async def test_a_database_of_the_first_revision_keeps_what_it_holds(state_url: str) -> None:
    await made(state_url, at_first, counted)
    database = await Database.open(state_url)
    counts = await QueryCountStore.open(database)
    (found,) = await counts.counts(NOW, 10, STRICT, counts.server(9))
    assert (found.text, found.people, found.hours[0]) == ("cats", 3, 12)
    assert await counts.counts(NOW, 10, STRICT, counts.server(8)) == []
    assert await counts.popular(9, "c", STRICT, NOW, 10) == ["cats"]
    assert await counts.forget_person(1) == 2
    session = await SessionStore(database).get("s")
    assert session is not None
    assert (session.data, session.question) == (b"\x01\x02", b"")
    await database.close()


async def test_without_counts_there_is_nothing_to_carry_over(state_url: str) -> None:
    await made(state_url, at_first)
    for _ in range(2):
        database = await Database.open(state_url)
        assert await (await QueryCountStore.open(database)).counts(NOW, 10) == []
        await database.close()


@pytest.mark.parametrize("old", [True, False])
async def test_old_and_new_databases_end_up_with_the_tables_that_are_declared(state_url: str, old: bool) -> None:
    if old:
        await made(state_url, at_first, counted)
    database = await Database.open(state_url)

    def differences(connection: Connection) -> object:
        return compare_metadata(MigrationContext.configure(connection), metadata)

    async with database.transaction(within=LONG) as connection:
        assert await connection.run_sync(differences) == []
    await database.close()
