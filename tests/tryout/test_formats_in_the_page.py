"""The same picture in every format through the try-out page: what the real bot sends on to a service shows the same."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.media import made
from tests.media.test_doors import FILES, wrong

ROOT = Path(__file__).parents[2]
ADDRESS = re.compile(rb"http://127\.0\.0\.1:\d+/")
SOME = [name for number, name in enumerate(FILES) if number % 3 == 0]


@asynccontextmanager
async def program(home: Path, endpoint: str) -> AsyncIterator[str]:
    """``magpie try`` with a service of the test's own; the address of its page."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAGPIE_", "DISCORD_"))}
    settings = {
        "MAGPIE_DATA_DIR": str(home / "data"), "HOME": str(home), "PYTHONPATH": str(ROOT),
        "MAGPIE_PROVIDERS": "collection,v7", "MAGPIE_V7_ENDPOINT": endpoint, "MAGPIE_V7_KEY": "0" * 32,
    }  # fmt: skip
    magpie = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "try", "--port", "0", cwd=home, env={**kept, **settings},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    assert magpie.stdout is not None
    said = b""
    async with asyncio.timeout(120):
        while not (found := ADDRESS.search(said)):
            line = await magpie.stdout.readline()
            assert line, said.decode()
            said += line
    draining = asyncio.create_task(magpie.stdout.read())
    try:
        yield found[0].decode()
    finally:
        magpie.terminate()
        await magpie.wait()
        await draining


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

    async def command(self, person: str, name: str, picture: bytes | None = None, **options: Any) -> None:
        form = aiohttp.FormData(default_to_multipart=True)
        action = {"kind": "slash", "name": name, "options": options}
        form.add_field("action", json.dumps({"as": person, "in": self.channel, "action": action}))
        if picture is not None:
            form.add_field("option:image", picture, filename="a.png")
        async with self._session.post(f"{self._address}api/act", data=form) as response:
            assert response.status == 200, await response.text()


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
        program(tmp_path, str(server.make_url("/v7.0"))) as address,
        aiohttp.ClientSession(headers={"Origin": address.rstrip("/")}) as session,
    ):
        page = Page(session, address)
        await page.look()
        await page.command("theo", "identify-settings", where="outside")
        people = ("mara", "theo")
        for number, name in enumerate(SOME):
            await page.command(people[number % 2], "identify", FILES[name]())
            found[name] = await asyncio.wait_for(asked.get(), 20)
            await asyncio.sleep(1.2)  # nobody may use more than ten commands in twenty seconds
    assert wrong(found) == {}


pytestmark = pytest.mark.filterwarnings("ignore:Corrupt EXIF")
