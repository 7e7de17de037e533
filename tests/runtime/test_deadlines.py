"""Work ends in time whatever it does, and what goes along with other work never fails it."""

import asyncio
from contextlib import suppress

import pytest

from bot.runtime.background import MAX_PENDING, BackgroundTasks
from bot.runtime.deadlines import finish_within


async def test_work_that_does_not_listen_is_left_behind() -> None:
    released, ended = asyncio.Event(), asyncio.Event()

    async def stubborn() -> None:
        while not released.is_set():
            with suppress(asyncio.CancelledError):
                await released.wait()
        ended.set()

    with pytest.raises(TimeoutError):
        await finish_within(stubborn(), 0.05)
    assert not ended.is_set()
    released.set()
    await ended.wait()


async def test_outcome_and_errors_come_through() -> None:
    async def found() -> int:
        return 7

    async def fails() -> int:
        raise ValueError("raw")

    assert await finish_within(found(), 1) == 7
    with pytest.raises(ValueError, match="raw"):
        await finish_within(fails(), 1)


async def test_whoever_is_stopped_stops_the_work() -> None:
    stopped = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            stopped.set()

    caller = asyncio.create_task(finish_within(work(), 60))
    await asyncio.sleep(0.01)
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    await asyncio.wait_for(stopped.wait(), 60)


async def test_background_fails_alone_and_does_not_pile_up(caplog: pytest.LogCaptureFixture) -> None:
    side, go = BackgroundTasks("it could not be counted"), asyncio.Event()

    async def fails() -> None:
        await go.wait()
        raise OSError("disk full")

    for _ in range(MAX_PENDING + 5):
        side.start(fails())
    assert side.dropped == 5
    go.set()
    await side.settled()
    assert side.dropped == MAX_PENDING + 5
    assert [record.getMessage() for record in caplog.records] == ["it could not be counted: OSError"]
