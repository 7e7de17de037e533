"""Servers that removed the bot while it was not running: missed when it is back, forgotten a day later."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.client import Magpie
from bot.storage import Database
from bot.storage.absences import ABSENCE_GRACE, Absences
from bot.storage.choices import Choices
from bot.storage.purge import forget_server
from bot.storage.sessions import SessionStore
from bot.storage.tables import absences

from . import StandIn

LEFT, OTHERS = 7 << 22, (7 << 22) + (1 << 22)
"""Servers of shard 1 and shard 0, of two."""


class Bare(Magpie):
    """The bot without its commands."""

    async def setup_hook(self) -> None:
        """Nothing to load."""


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Any]:
    database = await Database.open(f"sqlite:///{tmp_path}/magpie.db")
    yield SimpleNamespace(
        database=database,
        choices=Choices(database),
        absences=Absences(database),
        sessions=SessionStore(database),
        forget_server=partial(forget_server, database),
    )
    await database.close()


async def missed(services: Any) -> set[int]:
    async with services.database.transaction() as connection:
        return {row.guild_id for row in (await connection.execute(select(absences))).all()}


async def a_day_passes(services: Any) -> None:
    async with services.database.transaction() as connection:
        for row in (await connection.execute(select(absences))).all():
            older = row.since - ABSENCE_GRACE - timedelta(seconds=1)
            await connection.execute(update(absences).values(since=older))


async def test_a_server_that_left_meanwhile_is_forgotten_a_day_later(services: Any) -> None:
    async with StandIn() as discord:
        here = discord.guild()
        for guild_id in (here.id, LEFT):
            await services.choices.set_server(guild_id, "identify", "inside")
        client = Bare(services, shard_count=1)
        async with discord.running(client):
            await client.forget_departed()
            assert await missed(services) == {LEFT}
            await client.forget_departed()
            assert await services.choices.of_server(LEFT, "identify") == "inside"
            await a_day_passes(services)
            guild = client.get_guild(here.id)
            assert guild is not None
            guild.unavailable = True
            await client.forget_departed()
            assert await services.choices.of_server(LEFT, "identify") == "inside"
            guild.unavailable = False
            await client.forget_departed()
            assert await services.choices.of_server(LEFT, "identify") is None
            assert await services.choices.of_server(here.id, "identify") == "inside"
            assert await missed(services) == set()


async def test_a_process_misses_only_servers_of_its_own_shards(services: Any) -> None:
    async with StandIn() as discord:
        here = discord.guild()
        for guild_id in (here.id, LEFT, OTHERS):
            await services.choices.set_server(guild_id, "identify", "inside")
        client = Bare(services, shard_count=2, shard_ids=[(here.id >> 22) % 2])
        async with discord.running(client):
            await client.forget_departed()
            assert await missed(services) == {LEFT if (here.id >> 22) % 2 else OTHERS}


async def test_nobody_is_missed_before_every_shard_is_ready(services: Any) -> None:
    await services.choices.set_server(LEFT, "identify", "inside")
    client = Bare(services, shard_count=1)
    await client.forget_departed()
    assert await missed(services) == set()
    await client.http.close()
