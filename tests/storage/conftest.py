"""Databases to test on: SQLite always, PostgreSQL where its programs are."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.storage import Database
from tests.databases import open_database
from tests.postgres import fresh_database, running_postgres


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server's own database."""
    pytest.importorskip("asyncpg", reason="needs the extra magpie-bot[postgres]")
    with running_postgres() as address:
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def dialect(request: pytest.FixtureRequest) -> str:
    """Both databases."""
    return request.param


@pytest.fixture
async def state_url(dialect: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, without tables for a test that does not ask for `database`."""
    if dialect == "sqlite":
        return f"sqlite:///{tmp_path}/state.sqlite3"
    server = request.getfixturevalue("postgres_server")
    return await fresh_database(server, await _with_tables(server) if "database" in request.fixturenames else None)


_TEMPLATES: dict[str, str] = {}
"""For each server the name of the database that `_with_tables` has made there."""


async def _with_tables(server: str) -> str:
    """Return the name of a database with the tables of today, made with the first test that asks for it."""
    if server not in _TEMPLATES:
        made = await fresh_database(server)
        await (await Database.open(made)).close()
        _TEMPLATES[server] = made.rpartition("/")[2]
    return _TEMPLATES[server]


@pytest.fixture
async def database(state_url: str) -> AsyncIterator[Database]:
    """An empty database with its tables."""
    file = state_url.removeprefix("sqlite:///")
    opened = await (Database.open(state_url) if file == state_url else open_database(Path(file)))
    yield opened
    await opened.close()
