"""What screen readers are told of pictures, in the bodies that were really sent to Discord."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from . import Channel, Message, StandIn, Upload, User
from .model import Json
from .process import bot_process
from .test_identify import noise

pytestmark = pytest.mark.asyncio(loop_scope="session")

ALT = "A grey heron stands in a pond, seen from the side."
SAID = {
    "caption": "A heron in shallow water", "alt": ALT, "query": "grey heron", "tags": ["heron"], "searches": [],
    "things": [{"name": "grey heron", "kind": "animal", "sure": "high"}], "text": "", "rating": "safe",
}  # fmt: skip


@dataclass
class Home:
    discord: StandIn
    channel: Channel
    person: User
    asked: list[Json] = field(default_factory=list[Json])
    """What the chat server was asked."""

    def described(self, message: Message, since: int) -> list[str]:
        """The descriptions of files in the requests that drew a message since so many."""
        bodies = [call.body for call in self.discord.calls[since:] if isinstance(call.body, dict)]
        bodies += [body["data"] for body in bodies if isinstance(body.get("data"), dict)]
        files = [one for body in bodies for one in body.get("attachments") or []]
        assert files, message.text()
        return [one.get("description") for one in files]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def home(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Home]:
    """The bot with the starter set and a chat server on loopback, which needs nobody's consent."""
    asked: list[Json] = []

    async def chat(request: web.Request) -> web.Response:
        asked.append(await request.json())
        return web.json_response({"choices": [{"message": {"role": "assistant", "content": json.dumps(SAID)}}]})

    app = web.Application()
    app.router.add_post("/v1/chat/completions", chat)
    async with TestServer(app) as server, StandIn(check_answers=True, strict=False) as discord:
        guild = discord.guild()
        data = tmp_path_factory.mktemp("magpie")
        env = {
            "MAGPIE_PROVIDERS": "collection,vision",
            "MAGPIE_VISION_URL": str(server.make_url("/v1")), "MAGPIE_VISION_MODEL": "a-model",
        }  # fmt: skip
        async with bot_process(discord, data, env=env, preloaded=True) as bot:
            yield Home(discord, discord.channel(guild), discord.member(guild, "reader"), asked)
            discord.assert_no_violations()
            assert "Traceback" not in bot.output


async def test_a_picture_to_choose_a_part_of_is_described_as_the_model_does(home: Home) -> None:
    discord = home.discord
    asked = await discord.command(home.person, home.channel, "identify", image=Upload("a.png", noise()))
    message = (await discord.until(lambda: _told(asked), "what the model says", within=60))[-1]
    assert len(home.asked) == 1
    await discord.until(lambda: "so far" not in message.text(), "what the collection says", within=60)
    since = len(discord.calls)
    await discord.press(home.person, message, "Look at a part")
    await discord.until(lambda: "Middle" in str(message.controls()), "the parts to choose from", within=60)
    assert home.described(message, since) == [ALT]


async def test_pictures_of_a_gallery_are_described_by_their_owner(home: Home) -> None:
    """Each has words of its own: what the operator wrote of it, and who made it."""
    found = await home.discord.command(home.person, home.channel, "image", query="fox", view="gallery")
    galleries = [one for one in _walk(found.answer.components) if one["type"] == 12]
    said = [item.get("description") for one in galleries for item in one["items"]]
    assert said
    assert all(said)
    assert len(set(said)) == len(said)
    assert any("Red fox in the snow" in one and "Magpie" in one for one in said), said


def _told(asked: Any) -> list[Message]:
    messages = [one for one in (asked.answer, *asked.followups) if one is not None and not one.deleted]
    return [one for one in messages if "Described by a-model" in one.text()]


def _walk(components: list[Json]) -> list[Json]:
    below = [inner for one in components for inner in _walk(one.get("components") or [])]
    return [*components, *below]
