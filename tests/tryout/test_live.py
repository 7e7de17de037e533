"""The bot runs in real time on the ordinary loop, though simcord would hold both."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest
from discord.ext import commands

from bot.tryout.live import LiveEnv, WallClock


class Sleeper(commands.AutoShardedBot):
    """Has a background task that waits for ever, and one that sleeps."""

    def __init__(self) -> None:
        super().__init__("!", intents=discord.Intents(guilds=True))
        self.slept = asyncio.Event()
        self.forever: asyncio.Task[Any] | None = None
        self.closed_cleanly = False

    async def setup_hook(self) -> None:
        self.forever = asyncio.create_task(asyncio.Event().wait())
        self.loop.call_later(0.02, self.slept.set)

    async def close(self) -> None:
        self.closed_cleanly = True
        if self.forever is not None:
            self.forever.cancel()
        await super().close()


@pytest.fixture
async def env() -> Any:
    env = LiveEnv(Sleeper())
    env.create_guild("Somewhere")
    await env.start()
    yield env
    if not env.bot.is_closed():
        await env.close()


async def test_a_bot_with_a_task_that_never_ends_starts_and_its_timers_fire_by_themselves(env: LiveEnv) -> None:
    bot: Any = env.bot
    async with asyncio.timeout(20):
        await bot.wait_until_ready()
        await bot.slept.wait()
    assert bot.guilds[0].name == "Somewhere"
    assert bot.shard_count == 1


async def test_an_actor_does_not_wait_for_the_bots_other_work(env: LiveEnv) -> None:
    guild = env.create_guild("Elsewhere")
    channel = guild.create_text_channel("general")
    person = guild.add_member(env.create_user("mara"))
    async with asyncio.timeout(20):
        message = await person.send(channel, "hello")
    assert message.content == "hello"


async def test_messages_carry_the_real_time_and_discord_sees_the_same_clock(env: LiveEnv) -> None:
    guild = env.create_guild("Elsewhere")
    person = guild.add_member(env.create_user("mara"))
    message = await person.send(guild.create_text_channel("general"), "now")
    assert abs(datetime.now(UTC) - message.created_at) < timedelta(seconds=60)
    assert abs(discord.utils.utcnow() - datetime.now(UTC)) < timedelta(seconds=60)


async def test_the_logs_of_a_long_session_stay_small(env: LiveEnv) -> None:
    guild = env.create_guild("Elsewhere")
    channel = guild.create_text_channel("general")
    person = guild.add_member(env.create_user("mara"))
    for number in range(210):
        await person.send(channel, str(number))
    assert len(env.backend.transcript) <= 200
    assert len(env.backend.http_requests) <= 200


async def test_closing_closes_the_bot_and_frees_the_loop(env: LiveEnv) -> None:
    bot: Any = env.bot
    await env.close()
    assert bot.closed_cleanly
    again = LiveEnv(Sleeper())
    await again.start()
    await again.close()


def test_no_two_runs_are_the_same_app() -> None:
    apps, bots = zip(*((env.backend.application_id, env.backend.bot_user.id) for env in made(2)), strict=True)
    assert len({*apps, *bots}) == 4


def made(number: int) -> Iterator[LiveEnv]:
    for _ in range(number):
        yield LiveEnv(discord.Client(intents=discord.Intents.none()))
        time.sleep(0.002)  # ids count milliseconds


def test_nobody_moves_the_clock_on_the_wall() -> None:
    clock = WallClock()
    before = clock.elapsed
    clock.advance(3600)
    assert before <= clock.elapsed < before + 60
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=60)
