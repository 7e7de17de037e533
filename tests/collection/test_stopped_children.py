"""The processes that draw the starter set and make the dictionaries, when the bot is stopped before they are done."""

import asyncio
import os
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.collection.starter import ensure, ensure_starter
from bot.collection.store import Store
from bot.collection.text import lemmas
from bot.collection.text.lemmas import prepare_dictionaries

_ENDLESS = "import time; time.sleep(600)"


@pytest.fixture(params=["starter set", "dictionaries"])
def work(
    request: pytest.FixtureRequest, sqlite_store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[[], Awaitable[object]]:
    """What starts a process that does not end by itself."""
    if request.param == "dictionaries":
        monkeypatch.setattr(lemmas, "_PROGRAM", _ENDLESS)
        monkeypatch.setattr(lemmas, "are_ready", lambda: False)
        return prepare_dictionaries
    monkeypatch.setattr(ensure, "_PROGRAM", _ENDLESS)
    return lambda: ensure_starter(sqlite_store, tmp_path / "starter", str(tmp_path / "index.sqlite3"))


async def test_nothing_is_left_of_them(work: Callable[[], Awaitable[object]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the process, nor what the system keeps of one that has ended until it is waited for."""
    started: asyncio.Queue[Process] = asyncio.Queue()
    start = asyncio.create_subprocess_exec

    async def starting(*arguments: str, **options: Any) -> Process:
        process = await start(*arguments, **options)
        started.put_nowait(process)
        return process

    monkeypatch.setattr(asyncio, "create_subprocess_exec", starting)
    task = asyncio.ensure_future(work())
    process = await started.get()
    while not task.done():  # the first ends the process, and others meet whoever waits for that
        task.cancel()
        await asyncio.sleep(0)
    assert task.cancelled()
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)
