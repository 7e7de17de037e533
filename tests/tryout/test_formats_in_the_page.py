"""The same picture in every format through the try-out page: what the real bot sends on to a service shows the same."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.media import made
from tests.media.test_doors import FILES, wrong

from .program import running_tryout

SOME = [name for number, name in enumerate(FILES) if number % 3 == 0]


def _asking(endpoint: str) -> dict[str, str]:
    return {"MAGPIE_PROVIDERS": "collection,v7", "MAGPIE_V7_ENDPOINT": endpoint, "MAGPIE_V7_KEY": "0" * 32}


class Page:
    """What a browser does: looks once where it is, and acts."""

    def __init__(self, session: aiohttp.ClientSession, address: str) -> None:
        self._session, self._address = session, address
        self.channel = ""

    async def look(self) -> None:
        async with self._session.get(f"{self._address}api/events", params={"as": "mara"}) as events:
            async for line in events.content:
                if line.startswith(b"data: "):
                    self.channel = json.loads(line[6:])["here"]
                    return

    async def told(self, person: str, words: bytes) -> None:
        """Wait until the page of a person says so: an act is taken before the bot has done it."""
        async with (
            asyncio.timeout(60),
            self._session.get(f"{self._address}api/events", params={"as": person}) as events,
        ):
            async for line in events.content:
                if words in line:
                    return
        raise AssertionError("the page ended")

    async def command(self, person: str, name: str, picture: bytes | None = None, **options: Any) -> None:
        form = aiohttp.FormData(default_to_multipart=True)
        action = {"kind": "slash", "name": name, "options": options}
        form.add_field("action", json.dumps({"as": person, "in": self.channel, "action": action}))
        if picture is not None:
            form.add_field("option:image", picture, filename="a.png")
        async with self._session.post(f"{self._address}api/act", data=form) as response:
            assert response.status == 200, await response.text()


@pytest.mark.slow
async def test_pictures_handed_in_at_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made.mark_each_scene(monkeypatch)
    asked: asyncio.Queue[bytes] = asyncio.Queue()

    async def details(request: web.Request) -> web.Response:
        async for part in await request.multipart():
            asked.put_nowait(bytes(await part.read()))  # type: ignore[union-attr]  # no nested parts are sent
        return web.json_response({"_type": "ImageInsights"})

    app = web.Application()
    app.router.add_post("/v7.0/images/details", details)
    found: dict[str, bytes] = {}
    async with (
        TestServer(app) as server,
        running_tryout(tmp_path, forked=True, **_asking(str(server.make_url("/v7.0")))) as address,
        aiohttp.ClientSession(headers={"Origin": address.rstrip("/")}) as session,
    ):
        page = Page(session, address)
        await page.look()
        await page.command("theo", "identify-settings", where="outside")
        await page.told("theo", b"may be sent")
        people = ("mara", "theo")
        for number, name in enumerate(SOME):
            await page.command(people[number % 2], "identify", FILES[name]())
            found[name] = await asyncio.wait_for(asked.get(), 240)
            await asyncio.sleep(1.2)  # nobody may use more than ten commands in twenty seconds
    assert wrong(found) == {}


pytestmark = pytest.mark.filterwarnings("ignore:Corrupt EXIF")
