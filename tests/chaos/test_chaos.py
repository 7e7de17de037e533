"""Databases, Discord, providers and the process itself have a bad moment under load; then everything is as before."""

from __future__ import annotations

import asyncio
import signal
import time
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from .breaking import becomes_ready, bot_on_server, free_port, frozen, full, held, ready
from .clock import Clock
from .crowd import Crowd, crowd

pytestmark = pytest.mark.chaos


async def test_a_database_file_held_by_another_program(tmp_path: Path) -> None:
    async with crowd(tmp_path) as people:
        await people.pages(6)
        with held(tmp_path / "data" / "magpie.sqlite3"):
            await people.busy(8)
        await people.all_told()
        people.said_once()
        await people.works()
        people.quiet()


@pytest.mark.postgres
async def test_a_frozen_database(tmp_path: Path) -> None:
    async with bot_on_server(tmp_path) as bot:
        with frozen(bot.server):
            await bot.people.busy(8)
            status, words = await asyncio.to_thread(ready, bot.port)
            assert (status, "the database does not answer" in words) == (503, True), words
            await bot.people.all_told()
        await becomes_ready(bot.port)
        bot.people.said_once()
        await bot.people.works()
        bot.people.quiet()


@pytest.mark.postgres
async def test_a_database_that_goes_and_comes_back(tmp_path: Path) -> None:
    async with bot_on_server(tmp_path) as bot:
        for _ in range(2):
            bot.server.stop()
            await bot.people.busy(3)
            assert (await asyncio.to_thread(ready, bot.port))[0] == 503
            bot.server.start()
            await bot.people.busy(2)
        await becomes_ready(bot.port)
        await bot.people.all_told()
        bot.people.said_once()
        await bot.people.works()
        bot.people.quiet()


async def test_a_full_disk(tmp_path: Path, small_disk: Path) -> None:
    port = free_port()
    async with crowd(tmp_path, env={"MAGPIE_HEALTH_PORT": str(port)}) as people:
        await becomes_ready(port)
        await people.pages(6)
        with full(small_disk):
            await people.busy(8)
            assert (await asyncio.to_thread(ready, port))[0] == 503
            await people.all_told()
        await becomes_ready(port)
        people.said_once()
        await people.works()
        people.quiet()


@pytest.mark.parametrize("status", [500, 503, 429])
async def test_discord_fails_for_a_while(tmp_path: Path, status: int) -> None:
    async with crowd(tmp_path) as people:
        await people.pages(6)
        for route in ("/messages/@original", "/webhooks/", "/reactions/"):
            for method in ("PATCH", "POST", "PUT"):
                if status == 429:
                    people.discord.limit(method, route, 0.3, times=5)
                else:
                    people.discord.fail(method, route, status, times=5)
        await people.busy(6)
        people.discord.rest.troubles.clear()
        await asyncio.sleep(1)
        await people.works()
        people.quiet()


async def test_the_connection_to_discord_breaks_again_and_again(tmp_path: Path) -> None:
    async with crowd(tmp_path) as people:
        await people.pages(6)
        for _ in range(4):
            await people.busy(1)
            await people.discord.gateway.drop()
            await people.discord.until(people.discord.gateway.connected, "the connection", within=30)
        await people.busy(2)
        await people.works()
        people.said_once()
        people.quiet(most=800)


@pytest.mark.parametrize("how", ["hangs", "fails", "lies"])
async def test_providers_are_down(tmp_path: Path, how: str) -> None:
    async def answer(_: web.Request) -> web.StreamResponse:
        if how == "hangs":
            await asyncio.sleep(60)
        if how == "fails":
            return web.Response(status=503)
        return web.Response(body=b'{"_type": "Images", "value": [[[', content_type="application/json")

    app = web.Application()
    app.router.add_get("/v7.0/images/search", answer)
    app.router.add_get("/v7.0/images/trending", answer)
    async with TestServer(app) as server:
        env = {
            "MAGPIE_PROVIDERS": "v7", "MAGPIE_V7_ENDPOINT": str(server.make_url("/v7.0")), "MAGPIE_V7_KEY": "0" * 32,
        }  # fmt: skip
        async with crowd(tmp_path, env=env) as people:
            await people.busy(6)
            await people.all_told()
            people.said_once()
            people.quiet(most=1000)


async def test_told_to_stop_under_load(tmp_path: Path) -> None:
    async with crowd(tmp_path) as people:
        await people.pages(6)
        for _ in range(3):
            first = len(people.sent)
            await people.busy(2)
            people.bot._running.send_signal(signal.SIGTERM)
            started = time.monotonic()
            await asyncio.wait_for(people.bot._running.wait(), 60)
            assert time.monotonic() - started < 30  # it takes 7.5 by its own clock; the rest is for a busy machine
            assert people.bot._running.returncode == 0
            await people.all_told(people.sent[first:])
            await people.bot._gone()
            await people.bot.start()
        people.said_once()
        await people.works()
        people.quiet(most=1000)


async def test_killed_at_random_under_load(tmp_path: Path) -> None:
    async with crowd(tmp_path) as people:
        await people.pages(30)
        for _ in range(4):
            busy = asyncio.create_task(quietly(people, 3.0))
            await asyncio.sleep(people.rng.uniform(0.3, 2.5))
            busy.cancel()
            await people.bot.restart()
        await people.works()
        people.said_once()
        people.quiet(most=1000)


async def quietly(people: Crowd, seconds: float) -> None:
    """Be busy with a bot that may not be there."""
    try:
        await people.busy(seconds, every=0.03)
    except AssertionError:
        return


HOUR = 3_600


async def test_the_clock_jumps(tmp_path: Path) -> None:
    """Forward by three hours, back by a day, forward by two: as when a machine's clock is set while it runs."""
    clock, port = Clock(tmp_path), free_port()
    async with crowd(tmp_path, people=40, env={**clock.env, "MAGPIE_HEALTH_PORT": str(port)}) as people:
        await becomes_ready(port)
        await people.pages(6)
        for ahead in (3 * HOUR, -24 * HOUR, 24 * HOUR, 0):
            clock.jump(ahead)
            await people.busy(5, every=0.25)
            await people.all_told()
            assert (await asyncio.to_thread(ready, port))[0] == 200
            await people.works()
        told = [message.text() for one in people.sent for message in (one.message, *one.followups) if message]
        assert [text for text in told if "in a short time" in text] == [], "nobody is locked out"
        people.said_once()
        people.quiet()
