"""Databases to test on: SQLite always, PostgreSQL where its programs are."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.storage import Database
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
    """The URL of an empty database."""
    if dialect == "sqlite":
        return f"sqlite:///{tmp_path}/state.sqlite3"
    return await fresh_database(request.getfixturevalue("postgres_server"))


@pytest.fixture
async def database(state_url: str) -> AsyncIterator[Database]:
    """An empty database with its tables."""
    opened = await Database.open(state_url)
    yield opened
    await opened.close()
