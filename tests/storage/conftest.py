"""Databases to test on: SQLite always, PostgreSQL where its programs are."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.storage import Database
from tests.postgres import running_postgres

_numbers = itertools.count(1)


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
    import asyncpg

    server: str = request.getfixturevalue("postgres_server")
    name = f"state_{next(_numbers)}"
    connection = await asyncpg.connect(server)
    await connection.execute(f"CREATE DATABASE {name}")
    await connection.close()
    return f"{server.rpartition('/')[0]}/{name}"


@pytest.fixture
async def database(state_url: str) -> AsyncIterator[Database]:
    """An empty database with its tables."""
    opened = await Database.open(state_url)
    yield opened
    await opened.close()
