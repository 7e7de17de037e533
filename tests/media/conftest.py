"""Pictures of our own making, and the ways to the media room."""

import io
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from PIL import Image, ImageDraw

from bot.media.pool import PoolLimits, WorkerPool
from bot.media.service import Media

Draw = Callable[..., bytes]


@pytest.fixture(scope="session")
def draw() -> Draw:
    """Return a function that draws a picture in a format."""

    def _draw(kind: str = "JPEG", size: tuple[int, int] = (320, 200), **options: Any) -> bytes:
        picture = Image.new("RGB", size, (30, 80, 160))
        ImageDraw.Draw(picture).ellipse((20, 20, size[0] // 2, size[1] // 2), fill=(240, 200, 40))
        out = io.BytesIO()
        picture.save(out, kind, **options)
        return out.getvalue()

    return _draw


@pytest.fixture
async def pool() -> AsyncIterator[WorkerPool]:
    async with WorkerPool(limits=PoolLimits(at_once=2)) as opened:
        yield opened


@pytest.fixture
def media(pool: WorkerPool) -> Media:
    return Media(pool)
