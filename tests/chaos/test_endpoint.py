"""``magpie serve`` while its database is held or frozen, or its disk is full: an answer or a v7 error in time."""

from __future__ import annotations

import asyncio
import io
import json
import os
import time
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PIL import Image

from bot.bing_v7.server.settings import ServerSettings
from tests.benchmarks.served import HEADERS, Served, served
from tests.postgres import postgres_server

from .breaking import frozen, full, held

pytestmark = pytest.mark.chaos

PROMISED = ServerSettings().time_limit + 10.0
"""Seconds until everybody has an answer; the rest is for a busy machine."""
LOG = 100_000
"""Bytes that an outage may put in the log, whatever is asked meanwhile."""
GOOD, ERRORS = {200}, {429, 500, 503}


def picture(seed: int) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").rotate(seed * 20).resize((320, 240 + seed)).convert("RGB").save(out, "PNG")
    return out.getvalue()


async def asked(session: aiohttp.ClientSession, method: str, url: str, **more: Any) -> tuple[int, bytes]:
    """Status and body, after at most what is promised; AssertionError for anything that is no answer of v7's."""
    started = time.monotonic()
    async with session.request(method, url, headers=HEADERS, **more) as response:
        body = await response.read()
    assert time.monotonic() - started < PROMISED
    if response.status not in GOOD:
        assert response.status in ERRORS, (response.status, body)
        (error,) = json.loads(body)["errors"][:1]
        assert error["message"], body
        assert "sqlite" not in body.decode().lower(), body
    return response.status, body


async def a_token(run: Served) -> str:
    """Of a picture that the endpoint holds, once it finds one: the first searches of a busy machine take long."""
    async with aiohttp.ClientSession() as session:
        status = 0
        while status != 200:
            status, body = await asked(session, "GET", f"{run.address}/v7.0/images/search?q=red+flowers")
    return str(json.loads(body)["value"][0]["imageInsightsToken"])


async def all_answer(run: Served, token: str, seed: int, within: float = 120.0) -> None:
    """Wait until everything is answered; what is too slow for its source on a busy machine is asked again."""
    end = time.monotonic() + within
    while set((found := await ask_everything(run, token, seed)).values()) != GOOD:
        assert time.monotonic() < end, found
        seed += 1


async def ask_everything(run: Served, token: str, seed: int) -> dict[str, int]:
    """Ask all that can be asked, side by side; what each was answered."""
    root = f"{run.address}/v7.0/images"
    form = aiohttp.FormData()
    form.add_field("image", picture(seed), filename="a.png")
    body = picture(seed + 100)
    asks: dict[str, Any] = {
        "search": ("GET", f"{root}/search?q=bird{seed}", {}),
        "search again": ("GET", f"{root}/search?q=red+flowers", {}),
        "trending": ("GET", f"{root}/trending", {}),
        "details": ("GET", f"{root}/details?insightsToken={token}", {}),
        "posted form": ("POST", f"{root}/details?modules=all", {"data": form}),
        "posted body": ("POST", f"{root}/details", {"data": body}),
        "visual search": ("POST", f"{root}/visualsearch", {"data": aiohttp.FormData({"image": io.BytesIO(body)})}),
    }
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(PROMISED)) as session:
        found = await asyncio.gather(*(asked(session, method, url, **more) for method, url, more in asks.values()))
    return {name: status for name, (status, _) in zip(asks, found, strict=True)}


async def health(run: Served, path: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(20)) as session,
        session.get(run.address + path) as response,
    ):
        return response.status, (await response.json())["status"]


async def becomes(run: Served, status: int, within: float = 60.0) -> str:
    """Wait until /readyz says so; its words."""
    end = time.monotonic() + within
    while (found := await health(run, "/readyz"))[0] != status:
        assert time.monotonic() < end, found
        await asyncio.sleep(0.5)
    return found[1]


async def gets_through(run: Served, trouble: AbstractContextManager[Any], words: str = "") -> None:
    """All answers before, an answer or an error in time meanwhile, and all answers again afterwards."""
    assert (await becomes(run, 200)) == "ready"
    token = await a_token(run)
    await all_answer(run, token, 1)
    with trouble:
        for seed in (20, 30):
            print(await ask_everything(run, token, seed))
        assert words in await becomes(run, 503)
        assert await health(run, "/healthz") == (200, "ok")
    await becomes(run, 200)
    await all_answer(run, token, 40)
    assert run.tracebacks() == 0, run.log.read_text()[-4000:]
    assert run.log_bytes() < LOG


async def test_the_files_are_held_by_another_program(tmp_path: Path) -> None:
    data = tmp_path / "data"
    async with served(MAGPIE_DATA_DIR=str(data)) as run:
        trouble = held(data / "magpie.sqlite3", data / "collection.sqlite3")
        await gets_through(run, trouble, "takes no writes")


@asynccontextmanager
async def over_postgres() -> AsyncIterator[tuple[Served, Any]]:
    with postgres_server() as server:
        async with served(MAGPIE_DATABASE_URL=server.url, MAGPIE_COLLECTION_URL=server.url) as run:
            yield run, server


@pytest.mark.postgres
async def test_the_server_is_frozen(tmp_path: Path) -> None:
    async with over_postgres() as (run, server):
        await gets_through(run, frozen(server), "does not answer")


async def test_the_disk_is_full_with_the_log_on_it(tmp_path: Path, small_disk: Path) -> None:
    async with served(MAGPIE_DATA_DIR=str(small_disk), log=small_disk / "log") as run:
        await gets_through(run, full(small_disk))
        os.kill(run.pid, 0)
