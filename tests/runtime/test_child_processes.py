"""What is left of a child that was killed while whoever waited for it was cancelled: nothing."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE

import pytest

from bot.runtime.child_processes import wait_until_gone


@pytest.mark.parametrize("others", [False, True], ids=["this task", "all tasks"])
@pytest.mark.parametrize("times", [0, 1, 3])
async def test_it_is_gone_before_whoever_waits_is_cancelled(times: int, others: bool) -> None:
    """All tasks are cancelled by an event loop that ends."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "input()", stdin=PIPE, stdout=PIPE)
    process.kill()
    waiting = asyncio.create_task(wait_until_gone(process))
    for _ in range(times):
        await asyncio.sleep(0)
        assert not waiting.done()
        for task in asyncio.all_tasks() - {asyncio.current_task()} if others else {waiting}:
            task.cancel()
    await asyncio.wait({waiting})
    assert waiting.cancelled() is (times > 0)
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="a child is told to end by a signal")
async def test_what_it_still_wrote_does_not_keep_its_pipe_open() -> None:
    """More than asyncio reads ahead: unless it is read, the pipe has no end."""
    writes = "import sys; sys.stdout.write('x' * 1_000_000); sys.stdout.flush()"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", writes, stdout=PIPE, limit=1_000)
    transport = vars(process)["_transport"]
    async with asyncio.timeout(20):
        while transport.get_pipe_transport(1).is_reading():  # noqa: ASYNC110 (a full pipe sets nothing)
            await asyncio.sleep(0.01)
    process.kill()
    async with asyncio.timeout(20):
        await wait_until_gone(process)
    assert process.returncode is not None
