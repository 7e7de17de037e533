"""Equal questions at the same time: who leaves, who stays, and errors that nobody waits for any more."""

import asyncio
import gc
from collections.abc import Iterator
from typing import Any

import pytest

from bot.runtime.single_flight import SingleFlight


async def test_who_leaves_does_not_end_it_for_those_who_stay() -> None:
    flights, go_on, begun = SingleFlight[str](), asyncio.Event(), list[int]()

    async def ask() -> str:
        begun.append(1)
        await go_on.wait()
        return "answer"

    first, second = (asyncio.create_task(flights.run("key", ask)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.sleep(0)
    third = asyncio.create_task(flights.run("key", ask))
    await asyncio.sleep(0)
    go_on.set()
    assert await asyncio.gather(second, third) == ["answer"] * 2
    assert (first.cancelled(), begun) == (True, [1])


@pytest.fixture
def nothing_collected() -> Iterator[None]:
    """Nothing is collected before a test asks for it: what the test makes stays among the youngest."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("nothing_collected")
async def test_an_error_of_work_that_everybody_left_is_not_logged_as_forgotten() -> None:
    flights, told = SingleFlight[str](), list[dict[str, Any]]()
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))

    async def ask() -> str:
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            raise OSError("while it was cleared up") from None
        return "answer"

    asked = asyncio.create_task(flights.run("key", ask))
    await asyncio.sleep(0.01)
    asked.cancel()
    await asyncio.wait([asked])
    await asyncio.sleep(0.01)
    assert asked.cancelled()
    del asked  # and with it what still refers to the work
    gc.collect(0)
    assert told == []
