"""Pictures and servers of our own making for reading what people hand in."""

import io
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from PIL import Image, ImageDraw

from bot.intake import Intake, ReadLimits
from bot.media.pool import PoolLimits, WorkerPool
from bot.media.service import Media

Draw = Callable[..., bytes]


@pytest.fixture(scope="session")
def draw() -> Draw:
    """Return a function that draws a picture in a format."""

    def _draw(kind: str = "JPEG", size: tuple[int, int] = (320, 200), **options: object) -> bytes:
        picture = Image.new("RGB", size, (30, 80, 160))
        ImageDraw.Draw(picture).ellipse((20, 20, size[0] // 2, size[1] // 2), fill=(240, 200, 40))
        out = io.BytesIO()
        picture.save(out, kind, **options)
        return out.getvalue()

    return _draw


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

    def make(server: TestServer | None = None, **options: Any) -> Intake:
        origins = [str(server.make_url("/").origin())] if server else []
        limits = ReadLimits(max_bytes=2 * 1024 * 1024, seconds=4.0, stalled=1.5)
        made.append(Intake(media, origins=origins, read_limits=limits, **options))
        return made[-1]

    yield make
    for one in made:
        await one.aclose()
