"""An answer that grows over sockets: what quick providers found is there at once, a slow one is added when it comes."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from PIL import Image

from . import Channel, StandIn, Upload, User
from .process import bot_process

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUICK = {
    "_type": "ImageInsights",
    "pagesIncluding": {
        "value": [{"name": "Quick page", "hostPageUrl": "https://quick.example/1", "isFamilyFriendly": True}]
    },
}
SLOW = {
    "id": "q",
    "results": [
        {
            "id": "x_1", "match": "exact", "distance": 0.99, "platform": "FurAffinity", "isSfw": True,
            "url": "https://slow.example/1", "authors": [{"id": "a", "name": "Ada"}],
        }
    ],
}  # fmt: skip


class Slow:
    """A service that answers when the test lets it."""

    def __init__(self) -> None:
        self.may_answer = asyncio.Event()

    async def answer(self, request: web.Request) -> web.Response:
        await request.read()
        await self.may_answer.wait()
        return web.json_response(SLOW)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def place(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[StandIn, Channel, User, Slow]]:
    slow = Slow()

    async def quick(request: web.Request) -> web.Response:
        await request.read()
        return web.json_response(QUICK)

    app = web.Application()
    app.router.add_route("*", "/v7.0/images/details", quick)
    app.router.add_post("/exact-search-by-file", slow.answer)
    data: Path = tmp_path_factory.mktemp("magpie")
    async with TestServer(app) as server, StandIn(check_answers=True, strict=False) as discord:
        guild = discord.guild()
        channel = discord.channel(guild)
        env = {
            "MAGPIE_PROVIDERS": "v7,fluffle",
            "MAGPIE_V7_ENDPOINT": str(server.make_url("/v7.0")),
            "MAGPIE_V7_KEY": "0" * 32,
            "MAGPIE_FLUFFLE_URL": str(server.make_url("/")),
            "MAGPIE_CONTACT": "ops@example.org",
            "MAGPIE_PROVIDER_CALLS_PER_DAY": "v7=10,fluffle=1",
        }
        async with bot_process(discord, data, env=env, preloaded=True):
            moderator = discord.member(guild, "moderator", permissions=["manage_channels"])
            await discord.command(moderator, channel, "identify-settings", where="outside")
            yield discord, channel, discord.member(guild, "person"), slow
        discord.assert_no_violations()


async def test_a_slow_provider_is_added_visibly_and_holds_nobody_up(place: tuple[StandIn, Channel, User, Slow]) -> None:
    discord, channel, person, slow = place
    out = io.BytesIO()
    Image.effect_noise((300, 300), 90).save(out, "PNG")
    message = (await discord.command(person, channel, "identify", image=Upload("new.png", out.getvalue()))).answer
    assert "Quick page" in message.text()
    assert "Still asking Fluffle" in message.text()
    assert "Ada" not in message.text()
    slow.may_answer.set()
    await discord.until(lambda: "Ada" in message.text(), "the slow provider's finding")
    assert "Still asking" not in message.text()
    assert "found by Fluffle" in message.text().replace("Found", "found")
    about = (await discord.command(person, channel, "about")).answer.text()
    (v7,) = [line for line in about.splitlines() if line.startswith("· **v7 endpoint**")]
    (fluffle,) = [line for line in about.splitlines() if line.startswith("· **Fluffle**")]
    assert re.search(r"· [89] of 10 left today", v7)
    assert "⚠️ 0 of 1 left today" in fluffle
