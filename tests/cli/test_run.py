"""Being told to stop: work ends in order, in its own time, and work that does not listen is told again."""

import asyncio
import os
import signal

from bot.cli.run import until_stopped


def tell() -> None:
    """What a container or an operator does."""
    os.kill(os.getpid(), signal.SIGTERM)


async def test_work_has_the_time_it_needs_to_end_in_order() -> None:
    ended: list[str] = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.3)
            ended.append("in order")

    asyncio.get_running_loop().call_later(0.05, tell)
    assert await until_stopped(work())
    assert ended == ["in order"]


async def test_work_that_swallows_the_first_word_is_told_again() -> None:
    heard: list[int] = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            heard.append(1)
        await asyncio.Event().wait()

    asyncio.get_running_loop().call_later(0.05, tell)
    async with asyncio.timeout(20):
        assert await until_stopped(work(), insist=0.1)
    assert heard == [1]


async def test_work_that_ends_by_itself_was_not_stopped() -> None:
    assert not await until_stopped(asyncio.sleep(0), insist=0.1)
