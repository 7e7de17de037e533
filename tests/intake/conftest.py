"""Pictures and servers of our own making for reading what people hand in."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.intake import Intake, ReadLimits
from bot.media.limits import PoolLimits
from bot.media.pool import WorkerPool
from bot.media.service import Media


@pytest.fixture
async def media() -> AsyncIterator[Media]:
    async with WorkerPool(limits=PoolLimits(at_once=1)) as pool:
        yield Media(pool)


@pytest.fixture
async def server() -> AsyncIterator[Callable[..., Awaitable[TestServer]]]:
    """Return a function that serves handlers by path on loopback."""
    running: list[TestServer] = []

    async def serve(**handlers: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> TestServer:
        app = web.Application()
        for path, handler in handlers.items():
            app.router.add_get(f"/{path}", handler)
        running.append(TestServer(app))
        await running[-1].start_server()
        return running[-1]

    yield serve
    for one in running:
        await one.close()


@pytest.fixture
async def intake_for(media: Media) -> AsyncIterator[Callable[..., Intake]]:
    """Return a function that makes an intake which trusts a test server as it trusts Discord."""
    made: list[Intake] = []

    def make(
        server: TestServer | None = None, *, seconds: float = 30.0, stalled: float = 15.0, **options: Any
    ) -> Intake:
        origins = [str(server.make_url("/").origin())] if server else []
        limits = ReadLimits(max_bytes=2 * 1024 * 1024, seconds=seconds, stalled=stalled)
        made.append(Intake(media, origins=origins, read_limits=limits, **options))
        return made[-1]

    yield make
    for one in made:
        await one.aclose()
