"""The try-out's page while its databases are held or frozen, or its disk is full: everybody reads something in time."""

from __future__ import annotations

import asyncio
import io
import json
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PIL import Image

from tests.postgres import postgres_server
from tests.tryout.program import running_tryout
from tests.wire.house import NEXT

from .breaking import frozen, full, held

pytestmark = pytest.mark.chaos

PROMISED = 45.0
"""Seconds until nobody reads "is thinking" any more: 30, and the rest for a busy machine."""
THINKING = 1 << 7


def picture() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((320, 240), 90).convert("RGB").save(out, "PNG")
    return out.getvalue()


@dataclass
class Page:
    """The page as one person sees it."""

    session: aiohttp.ClientSession
    address: str
    here: str = ""
    known: set[str] = field(default_factory=set[str])

    async def seen(self) -> dict[str, Any]:
        async with self.session.get(f"{self.address}api/events", params={"as": "mara", "in": self.here}) as events:
            async for line in events.content:
                if line.startswith(b"data: "):
                    state: dict[str, Any] = json.loads(line[6:])
                    self.here = state["here"]
                    return state
        raise AssertionError("the page shows nothing")

    async def act(self, upload: bytes | None = None, **action: Any) -> None:
        form = aiohttp.FormData(default_to_multipart=True)
        form.add_field("action", json.dumps({"as": "mara", "in": self.here, "action": action}))
        if upload is not None:
            form.add_field("option:image", upload, filename="a.png")
        async with self.session.post(f"{self.address}api/act", data=form) as response:
            assert response.status in {200, 409}, await response.text()  # 409: a sentence of the page

    async def command(self, name: str, upload: bytes | None = None, **options: Any) -> dict[str, Any]:
        """Type a command; the message that answers it."""
        await self.act(upload, kind="slash", name=name, options=options)
        return await self.answer(name)

    async def answer(self, what: str) -> dict[str, Any]:
        """The newest message that was not there before, once it says something."""
        end = asyncio.get_running_loop().time() + PROMISED
        while True:
            messages = (await self.seen())["messages"]
            fresh = [one for one in messages if one["id"] not in self.known and not one.get("flags", 0) & THINKING]
            if fresh:
                self.known |= {one["id"] for one in messages if not one.get("flags", 0) & THINKING}
                return fresh[-1]
            assert asyncio.get_running_loop().time() < end, f"nothing came of {what}"
            await asyncio.sleep(0.3)

    async def nobody_waits(self) -> None:
        end = asyncio.get_running_loop().time() + PROMISED
        while [one for one in (await self.seen())["messages"] if one.get("flags", 0) & THINKING]:
            assert asyncio.get_running_loop().time() < end, "somebody is left waiting"
            await asyncio.sleep(0.3)


def button(message: dict[str, Any], label: str) -> str:
    rows = message["components"]
    buttons = [one for row in rows for one in row.get("components", [])]
    return next(
        one["custom_id"] for one in buttons if label in (one.get("label"), (one.get("emoji") or {}).get("name"))
    )


async def ready(page: Page) -> None:
    """Wait until the starter pictures are there and the first example stands in the channel."""
    while (await page.seen())["incomplete"]:  # noqa: ASYNC110 - the page is what tells
        await asyncio.sleep(0.5)
    page.known = {one["id"] for one in (await page.seen())["messages"]}


async def gets_through(page: Page, trouble: AbstractContextManager[Any]) -> None:
    """Search, turn, identify and ask for trends before, meanwhile and afterwards."""
    await ready(page)
    before = await page.command("image", query="flower")
    assert before["embeds"] or before["components"], before
    with trouble:
        for name, upload, options in (
            ("image", None, {"query": "bird"}),
            ("trending", None, {}),
            ("about", None, {}),
            ("identify", picture(), {}),
        ):
            said = await page.command(name, upload, **options)
            assert said["embeds"] or said["components"] or said["content"], (name, said)
        await page.act(kind="click", message=int(before["id"]), custom_id=button(before, NEXT))
        await page.act(kind="react", message=int(before["id"]), emoji=NEXT, on=True)
        await page.nobody_waits()
    await asyncio.sleep(3)  # a database that failed is asked again after a second
    page.known = {one["id"] for one in (await page.seen())["messages"]}
    after = await page.command("image", query="flower")
    assert len(after["components"]) == len(before["components"]), after
    await page.act(kind="click", message=int(after["id"]), custom_id=button(after, NEXT))
    await page.nobody_waits()
    turned = next(one for one in (await page.seen())["messages"] if one["id"] == after["id"])
    assert turned["embeds"] != after["embeds"]


async def through(tmp_path: Path, trouble: AbstractContextManager[Any] | None, **env: str) -> None:
    """Run the page over a temporary folder of the test's own, in which it has its state."""
    temporary = tmp_path / "temporary"
    temporary.mkdir(exist_ok=True)
    async with (
        running_tryout(tmp_path, forked=False, **{"TMPDIR": str(temporary), **env}) as address,
        aiohttp.ClientSession(headers={"Origin": address.rstrip("/")}) as session,
    ):
        if trouble is None:
            (state,) = temporary.glob("*/tryout.sqlite3")
            trouble = held(state, tmp_path / "data" / "collection.sqlite3")
        await gets_through(Page(session, address), trouble)


async def test_the_files_are_held_by_another_program(tmp_path: Path) -> None:
    await through(tmp_path, None)


@pytest.mark.postgres
async def test_the_server_with_the_collection_is_frozen(tmp_path: Path) -> None:
    with postgres_server() as server:
        await through(tmp_path, frozen(server), MAGPIE_COLLECTION_URL=server.url)


async def test_the_disk_is_full(tmp_path: Path, small_disk: Path) -> None:
    await through(tmp_path, full(small_disk), TMPDIR=str(small_disk))
