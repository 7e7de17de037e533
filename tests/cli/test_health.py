"""The health server: alive, ready or not, counters; and the question the container puts to it."""

import asyncio

from aiohttp.test_utils import TestClient, TestServer

from bot.cli.health import ask, make_health_app, start_health


async def test_ready_only_when_nothing_is_missing() -> None:
    missing: list[str | None] = ["the gateway is not connected"]

    async def ready() -> str | None:
        return missing[0]

    async with TestClient(TestServer(make_health_app(ready, lambda: b"calls 1\n"))) as client:
        assert (await client.get("/livez")).status == 200
        refused = await client.get("/readyz")
        assert (refused.status, await refused.text()) == (503, "the gateway is not connected\n")
        missing[0] = None
        assert (await client.get("/readyz")).status == 200
        assert await (await client.get("/metrics")).text() == "calls 1\n"


async def test_the_container_asks_the_bot_itself() -> None:
    missing: list[str | None] = [None]

    async def ready() -> str | None:
        return missing[0]

    runner = await start_health(ready, lambda: b"", 0)
    try:
        port = int(runner.addresses[0][1])
        assert await asyncio.to_thread(ask, port)
        missing[0] = "the database does not answer"
        assert not await asyncio.to_thread(ask, port)
    finally:
        await runner.cleanup()
    assert not await asyncio.to_thread(ask, port, seconds=0.5)
