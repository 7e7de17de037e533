"""Pictures of our own making, and the ways to the media room."""

from collections.abc import AsyncIterator

import pytest

from bot.media.limits import PoolLimits
from bot.media.pool import WorkerPool
from bot.media.service import Media


@pytest.fixture
async def pool() -> AsyncIterator[WorkerPool]:
    async with WorkerPool(limits=PoolLimits(at_once=2)) as opened:
        yield opened


@pytest.fixture
def media(pool: WorkerPool) -> Media:
    return Media(pool, patience=120)  # a person's ten seconds are not enough on a machine that is busy with tests
