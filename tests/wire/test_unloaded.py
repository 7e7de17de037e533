"""Pictures that Discord cannot load, over sockets: another address is shown, or else words say so."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from . import Channel, Guild, Message, StandIn, User
from .house import NEXT, PREVIOUS
from .model import Json
from .process import bot_process

pytestmark = pytest.mark.asyncio(loop_scope="session")
FIRST, SECOND, THIRD = range(3)


def thumbnail(number: int) -> str:
    return f"https://thumbs{number}.example/{number}.jpg"


def own(number: int) -> str:
    return f"https://pictures{number}.example/{number}.jpg"


async def answer(request: web.Request) -> web.Response:
    """Three pictures with a thumbnail and an address each, all on sites of their own."""
    value: list[Json] = [
        {
            "name": f"{request.query['q']} {number}", "imageId": f"{number:040X}", "isFamilyFriendly": True,
            "contentUrl": own(number), "thumbnailUrl": thumbnail(number), "width": 1200, "height": 800,
            "thumbnail": {"width": 474, "height": 316}, "hostPageUrl": f"https://pages.example/{number}",
        }
        for number in range(3)
    ]  # fmt: skip
    return web.json_response({"_type": "Images", "totalEstimatedMatches": 3, "value": value})


@dataclass
class House:
    discord: StandIn
    guild: Guild
    channel: Channel
    numbers: int = 0

    def person(self) -> User:
        self.numbers += 1
        return self.discord.member(self.guild, f"person {self.numbers}")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    app = web.Application()
    app.router.add_get("/v7.0/images/search", answer)
    async with TestServer(app) as server, StandIn(check_answers=True, strict=False) as discord:
        guild = discord.guild()
        endpoint = str(server.make_url("/v7.0"))
        env = {"MAGPIE_PROVIDERS": "v7", "MAGPIE_V7_ENDPOINT": endpoint, "MAGPIE_V7_KEY": "0" * 32}
        async with bot_process(discord, tmp_path_factory.mktemp("magpie"), env=env, preloaded=True) as bot:
            yield House(discord, guild, discord.channel(guild))
            discord.assert_no_violations()
            assert "Traceback" not in bot.output


def image(message: Message) -> str | None:
    return (message.embed.get("image") or {}).get("url")


async def search(house: House, query: str, *unreachable: str, person: User | None = None, **options: Any) -> Message:
    house.discord.files.unreachable = set(unreachable)
    asker = person or house.person()
    return (await house.discord.command(asker, house.channel, "image", query=query, **options)).answer


async def test_what_loads_is_drawn_once(house: House) -> None:
    message = await search(house, "whole")
    assert image(message) == thumbnail(FIRST)
    before = message.revision
    await house.discord.until(lambda: list(message.reactions) == [PREVIOUS, NEXT], "the two reactions")
    assert message.revision == before


async def test_a_dead_thumbnail_gives_way_to_the_picture_itself(house: House) -> None:
    message = await search(house, "half", thumbnail(FIRST))
    await house.discord.until(lambda: image(message) == own(FIRST), "the picture's own address")


async def test_where_nothing_loads_words_say_so_and_the_page_is_linked(house: House) -> None:
    message = await search(house, "gone", thumbnail(FIRST), own(FIRST))
    await house.discord.until(lambda: image(message) is None, "a page without the picture")
    assert "cannot be shown" in message.embed["description"]
    assert message.embed["url"] == "https://pages.example/0"


async def test_a_page_turned_by_a_button_gets_its_picture(house: House) -> None:
    asker = house.person()
    message = await search(house, "later", thumbnail(SECOND), person=asker)
    await house.discord.press(asker, message, NEXT)
    assert image(message) == thumbnail(SECOND)
    await house.discord.until(lambda: image(message) == own(SECOND), "the picture's own address")
    await house.discord.press(asker, message, NEXT)
    await house.discord.press(asker, message, PREVIOUS)
    assert image(message) == own(SECOND)


async def test_a_page_turned_by_a_button_says_that_nothing_loads(house: House) -> None:
    asker = house.person()
    message = await search(house, "never", thumbnail(SECOND), own(SECOND), person=asker)
    await house.discord.press(asker, message, NEXT)
    await house.discord.until(lambda: image(message) is None, "a page without the picture")
    assert "cannot be shown" in message.embed["description"]


async def test_a_page_turned_by_a_reaction_gets_its_picture(house: House) -> None:
    asker = house.person()
    message = await search(house, "by hand", thumbnail(SECOND), person=asker)
    await house.discord.until(lambda: list(message.reactions) == [PREVIOUS, NEXT], "the two reactions")
    await house.discord.react(asker, message, NEXT, until_edit=True)
    await house.discord.until(lambda: image(message) == own(SECOND), "the picture's own address")


async def test_a_private_copy_gets_its_picture(house: House) -> None:
    message = await search(house, "copied", thumbnail(SECOND))
    stranger = house.person()
    copy = (await house.discord.press(stranger, message, NEXT)).answer
    await house.discord.until(lambda: image(copy) == own(SECOND), "the picture's own address")
    house.discord.files.unreachable = {thumbnail(THIRD)}
    await house.discord.press(stranger, copy, NEXT)
    await house.discord.until(lambda: image(copy) == own(THIRD), "the picture's own address")


@pytest.mark.parametrize("view", ["grid", "gallery"])
async def test_the_others_of_a_page_stay(house: House, view: str) -> None:
    message = await search(house, view, thumbnail(SECOND), view=view)
    await house.discord.until(lambda: own(SECOND) in str((message.embeds, message.components)), "its own address")
    told = str((message.embeds, message.components))
    assert thumbnail(FIRST) in told
    assert thumbnail(THIRD) in told
    assert thumbnail(SECOND) not in told
