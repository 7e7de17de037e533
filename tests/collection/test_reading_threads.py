"""Threads that read: everybody gets the answer to their own question, and closing waits for what was begun."""

import asyncio
import threading

import pytest

from bot.collection.store.sqlite.connections import ReadingThreads


async def test_everybody_gets_their_own_result_or_error():
    threads = ReadingThreads(2)
    results = await asyncio.gather(
        *(threads.run(lambda number=number: 12 // number) for number in range(4)), return_exceptions=True
    )
    assert isinstance(results[0], ZeroDivisionError)
    assert results[1:] == [12, 6, 4]
    assert await threads.run(threading.get_ident) != threading.get_ident()
    threads.close()
    with pytest.raises(RuntimeError, match="closed"):
        await threads.run(lambda: 1)


async def test_work_that_nobody_waits_for_is_not_begun_and_the_rest_goes_on():
    threads, begun, go_on = ReadingThreads(1), [], threading.Event()
    first = asyncio.ensure_future(threads.run(go_on.wait))
    second = asyncio.ensure_future(threads.run(lambda: begun.append(2)))
    third = asyncio.ensure_future(threads.run(lambda: begun.append(3)))
    await asyncio.sleep(0)  # all three stand in the queue
    first.cancel()
    second.cancel()
    await asyncio.gather(first, second, return_exceptions=True)
    go_on.set()
    await third
    assert begun == [3]
    threads.close()


def test_closing_finishes_what_waits_though_its_event_loop_is_gone():
    threads, go_on, done = ReadingThreads(1), threading.Event(), []

    async def ask() -> None:
        asking = [asyncio.ensure_future(threads.run(work)) for work in (go_on.wait, lambda: done.append(1))]
        await asyncio.sleep(0)
        del asking  # the loop ends and cancels them

    asyncio.run(ask())
    go_on.set()
    threads.close()
    assert done == []
