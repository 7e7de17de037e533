"""A reset connection is tried again, anything else is not."""

from __future__ import annotations

import errno

import aiohttp
import pytest

from bot.runtime.retrying import TRIES, retrying


@pytest.mark.parametrize(
    "fault",
    [
        ConnectionResetError(errno.ECONNRESET, "reset"),
        aiohttp.ServerDisconnectedError(),
        BrokenPipeError(errno.EPIPE, ""),
    ],
)
async def test_a_broken_connection_is_tried_again(fault: Exception) -> None:
    faults = [fault] * (TRIES - 1)

    async def call() -> str:
        if faults:
            raise faults.pop()
        return "done"

    assert await retrying(call) == "done"


async def test_it_ends() -> None:
    calls = 0

    async def call() -> None:
        nonlocal calls
        calls += 1
        raise ConnectionResetError(errno.ECONNRESET, "reset")

    with pytest.raises(ConnectionResetError):
        await retrying(call)
    assert calls == TRIES


@pytest.mark.parametrize("fault", [OSError(errno.ENOSPC, "full"), ValueError("x"), TimeoutError()])
async def test_other_faults_are_not_tried_again(fault: Exception) -> None:
    calls = 0

    async def call() -> None:
        nonlocal calls
        calls += 1
        raise fault

    with pytest.raises(type(fault)):
        await retrying(call)
    assert calls == 1
