"""The examples of a try-out: an answer that is there, pictures to hand in, pages that sources lead to."""

from __future__ import annotations

import asyncio
import json
from types import ModuleType
from typing import Any

import aiohttp
import pytest

from bot.tryout import open_tryout
from bot.tryout.examples import Example, Examples, SourcePage
from bot.tryout.state import page_state

PAGE = SourcePage("A <b>bird</b>", ("by Ana & Co",), b"GIF89a-picture")


def examples(toy: ModuleType) -> Examples:
    return Examples(
        opening=Example("Where", "where"),
        buttons=(Example("Rules", "rules"), Example("A picture", "identify", picture="one.png")),
        picture=lambda name: toy.png("green") if name == "one.png" else None,
        source_prefix="https://pages.example/",
        source_page=lambda name: PAGE if name == "bird" else None,
    )


def seen(tryout: Any, key: str) -> dict[str, Any]:
    person = tryout.world.people[key]
    return page_state(tryout.world, person, tryout.world.spots_of(person)[0])


async def test_the_first_answer_comes_by_itself_once_there_is_something_to_find(toy: ModuleType) -> None:
    offered = examples(toy)
    async with open_tryout(toy.ToyBot, offered=offered) as tryout:
        await asyncio.sleep(0.05)
        mara = tryout.world.people["mara"]
        spot = tryout.world.spots_of(mara)[0]
        before = len(tryout.world.visible_messages(mara, spot))
        assert seen(tryout, "mara")["preparing"] is True
        offered.ready.set()
        async with aiohttp.ClientSession() as session, session.get(f"{tryout.url}api/events") as stream:
            async with asyncio.timeout(30):
                async for line in stream.content:
                    if line.startswith(b"data: ") and len(json.loads(line[6:])["messages"]) > before:
                        break
        said = seen(tryout, "mara")
        assert (said["preparing"], said["incomplete"]) == (False, True)
        offered.complete.set()
        assert seen(tryout, "mara")["incomplete"] is False
        assert said["messages"][-1]["interaction_metadata"]["user"]["id"] == str(mara.id)


async def test_the_page_is_told_the_examples_and_the_owner_may_do_everything(toy: ModuleType) -> None:
    async with open_tryout(toy.ToyBot, offered=examples(toy)) as tryout:
        said = seen(tryout, "ines")
        assert [one["key"] for one in said["people"]] == ["mara", "theo", "ines"]
        assert [(one["command"], one["picture"]) for one in said["examples"]] == [
            ("rules", None), ("identify", "/samples/one.png"),
        ]  # fmt: skip
        assert "rules" in [one["name"] for one in said["commands"]]
        assert "rules" not in [one["name"] for one in seen(tryout, "mara")["commands"]]
        assert tryout.world.guild.owner.id == tryout.world.people["ines"].id


@pytest.mark.parametrize("path", ["samples/two.png", "pages/fish", "pages/fish/picture"])
async def test_what_is_not_there_is_not_found(toy: ModuleType, path: str) -> None:
    async with (
        open_tryout(toy.ToyBot, offered=examples(toy)) as tryout,
        aiohttp.ClientSession() as session,
        session.get(f"{tryout.url}{path}") as response,
    ):
        assert response.status == 404


async def test_a_source_has_a_page_with_the_picture_and_its_words_are_only_words(toy: ModuleType) -> None:
    async with open_tryout(toy.ToyBot, offered=examples(toy)) as tryout, aiohttp.ClientSession() as session:
        assert seen(tryout, "mara")["sources"] == {"from": "https://pages.example/", "to": "/pages"}
        async with session.get(f"{tryout.url}pages/bird") as response:
            assert (response.status, response.content_type) == (200, "text/html")
            text = await response.text()
        assert "A &lt;b&gt;bird&lt;/b&gt;" in text
        assert "by Ana &amp; Co" in text
        assert 'src="/pages/bird/picture"' in text
        async with session.get(f"{tryout.url}pages/bird/picture") as response:
            assert (response.content_type, await response.read()) == ("image/gif", PAGE.picture)
        async with session.get(f"{tryout.url}samples/one.png") as response:
            assert (response.content_type, await response.read()) == ("image/png", toy.png("green"))
