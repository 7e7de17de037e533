"""Jobs that people do with an answer, each through the real bot, and how many presses each takes.

A press is a button, a link, a radio button or *Submit*; a menu takes two, to open it and to choose. Typing a command
takes none. ``BEFORE`` was counted in the same way when everything stood under the card: 14 controls of a search, 10 of
an identification. The table for readers stands in tests/benchmarks/README.md.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.discord_ui.render.controls import MORE

from . import Channel, Interaction, Message, Upload, User
from .house import NEXT, House, inputs, place_of, shown
from .sample_bot import png

pytestmark = pytest.mark.asyncio(loop_scope="session")

RADIOS, MENU = 21, 3
MENU_PRESSES = 2
FIGURES = Path(__file__).parents[1] / "benchmarks" / "README.md"


@dataclass
class Presser:
    """A person whose presses are counted."""

    house: House
    user: User
    presses: int = 0

    async def press(self, message: Message, name: str) -> Interaction:
        self.presses += 1
        return await self.house.discord.press(self.user, message, name)

    def follow(self, address: str | None) -> None:
        """A press on a link, which Discord itself opens."""
        assert address
        assert address.startswith("https://")
        self.presses += 1

    async def choose(self, message: Message, menu: str, value: str) -> Interaction:
        self.presses += MENU_PRESSES
        return await self.house.discord.select(self.user, message, [value], menu)

    async def fill_in(self, opened: Interaction, values: dict[str, Any]) -> Interaction:
        for part in inputs(opened.modal or {}):
            if part["custom_id"] in values:
                self.presses += {RADIOS: 1, MENU: MENU_PRESSES}[part["type"]]
        self.presses += 1
        return await self.house.discord.submit_modal(opened, values)


def moderator(house: House) -> Presser:
    rights = ["manage_guild", "manage_channels", "manage_messages"]
    return Presser(house, house.person(permissions=rights))


async def answer(me: Presser, channel: Channel | None = None, **options: Any) -> Message:
    found = await me.house.discord.command(me.user, channel or me.house.channel, "image", query="bird", **options)
    return found.answer


async def find(house: House) -> int:
    me = Presser(house, house.person())
    assert shown(await answer(me))["image"]["url"]
    return me.presses


async def open_page(house: House) -> int:
    """The page that a picture is from."""
    me = Presser(house, house.person())
    me.follow(shown(await answer(me))["url"])
    return me.presses


async def open_from_grid(house: House) -> int:
    """One of four as a card."""
    me = Presser(house, house.person())
    grid = await answer(me, view="grid")
    panel = (await me.press(grid, MORE)).answer
    card = await me.press(panel, next(c["custom_id"] for c in panel.controls() if ":picture:2" in c["custom_id"]))
    assert card.answer.embed["image"]["url"]
    assert card.answer.seen_by is me.user
    return me.presses


async def credit(house: House) -> int:
    """A line that can be copied."""
    me = Presser(house, house.person())
    panel = (await me.press(await answer(me), MORE)).answer
    block = panel.content.split("```")[1]
    assert "Ada" in block
    assert "CC0 1.0" in block
    assert "https://pictures.example/" in block
    return me.presses


async def filter_in_window(house: House, name: str, value: str, words: str) -> int:
    me = Presser(house, house.person())
    message = await answer(me)
    panel = (await me.press(message, MORE)).answer
    await me.fill_in(await me.press(panel, "Filter"), {name: value})
    assert words in shown(message)["author"]["name"]
    return me.presses


async def filter_by_shape(house: House) -> int:
    return await filter_in_window(house, "aspect", "Wide", "shape: Wide")


async def filter_by_kind(house: House) -> int:
    return await filter_in_window(house, "imageType", "Photo", "kind of picture: Photo")


async def filter_by_license(house: House) -> int:
    return await filter_in_window(house, "license", "Public", "license: Public domain")


async def filter_by_color(house: House) -> int:
    me = Presser(house, house.person())
    message = await answer(me)
    panel = (await me.press(message, MORE)).answer
    await me.choose(panel, "Color", "Green")
    assert "color: Green" in shown(message)["author"]["name"]
    return me.presses


async def turn(house: House) -> int:
    me = Presser(house, house.person())
    message = await answer(me)
    await me.press(message, NEXT)
    assert place_of(message).startswith("2/")
    return me.presses


async def identify(house: House) -> int:
    me = Presser(house, house.person())
    picture = (house.data.parent / "pictures" / "0.png").read_bytes()
    reply = await house.discord.command(me.user, house.channel, "identify", image=Upload("bird.png", picture))
    assert "Exact match" in reply.answer.text()
    return me.presses


async def identify_unknown(house: House) -> int:
    me = Presser(house, house.person())
    reply = await house.discord.command(me.user, house.channel, "identify", image=Upload("unknown.png", png()))
    await house.discord.until(lambda: reply.followups, "what is said of it, to the person alone")
    said = reply.followups[-1]
    assert said.seen_by is me.user
    assert "Not known" in said.text()
    return me.presses


async def other_engine(house: House) -> int:
    """A link in the very answer to a picture that nobody knows."""
    me = Presser(house, house.person())
    reply = await house.discord.command(me.user, house.channel, "identify", image=Upload("unknown.png", png("tan")))
    await house.discord.until(lambda: reply.followups, "what is said of it")
    said = reply.followups[-1]
    me.follow(said.text().partition("[Google Lens](")[2].partition(")")[0])
    return me.presses


async def part(house: House) -> int:
    """A ninth of a picture, looked up alone."""
    me = Presser(house, house.person())
    reply = await house.discord.command(me.user, house.channel, "identify", image=Upload("unknown.png", png("teal")))
    await house.discord.until(lambda: reply.followups, "what is said of it")
    await me.press(reply.followups[-1], "Look at a part")
    await house.discord.until(lambda: "Middle" in str(reply.followups[-1].controls()), "the parts")
    await me.press(reply.followups[-1], "Middle")
    await house.discord.until(lambda: "this part of the picture" in reply.followups[-1].text(), "what the part is")
    return me.presses


async def forget(house: House) -> int:
    """An identification in a channel, with all that was kept of it."""
    me = Presser(house, house.person())
    picture = (house.data.parent / "pictures" / "1.png").read_bytes()
    message = (await house.discord.command(me.user, house.channel, "identify", image=Upload("b.png", picture))).answer
    panel = (await me.press(message, MORE)).answer
    await me.press(panel, "Forget this")
    await house.discord.until(lambda: "Forgotten" in message.text(), "that it is forgotten")
    assert not message.controls()
    return me.presses


async def make_stricter(house: House) -> int:
    me = moderator(house)
    room = house.discord.channel(house.guild, "looser", nsfw=True)
    asked = await house.discord.command(me.user, room, "safesearch set", level="Off")
    await house.discord.press(me.user, asked.answer, asked.answer.controls()[0]["custom_id"])
    panel = (await house.discord.command(me.user, room, "safesearch show")).answer
    assert "**Off**" in panel.text()
    await me.press(panel, "Strict")
    assert "**Strict**" in panel.text()
    return me.presses


async def block_and_undo(house: House) -> tuple[int, int]:
    server = house.discord.guild("Blocking")
    room = house.discord.channel(server)
    rights = ["manage_guild", "manage_channels"]
    me = Presser(house, house.discord.member(server, "keeper", permissions=rights))
    message = await answer(me, room)
    panel = (await me.press(message, MORE)).answer
    told = await me.press(panel, "Block this site")
    blocked = me.presses
    await house.discord.until(lambda: told.followups, "the words that say so")
    said = told.followups[-1]
    assert "is blocked" in said.text()
    undone = (await me.press(said, "Undo")).answer
    assert "was removed from the lists" in undone.text()
    assert shown(await answer(me, room))["image"]["url"], "what was blocked is found again"
    return blocked, me.presses - blocked


async def block(house: House) -> int:
    return (await block_and_undo(house))[0]


async def undo(house: House) -> int:
    return (await block_and_undo(house))[1]


Job = Callable[[House], Awaitable[int]]
BEFORE: dict[str, tuple[Job, int]] = {
    "find": (find, 0),
    "open the page of a picture": (open_page, 1),
    "open one of a grid": (open_from_grid, 2),
    "copy the credit": (credit, 1),
    "filter by shape": (filter_by_shape, 4),
    "filter by kind of picture": (filter_by_kind, 4),
    "filter by license": (filter_by_license, 4),
    "filter by color": (filter_by_color, 4),
    "next": (turn, 1),
    "identify": (identify, 0),
    "identify what nobody knows": (identify_unknown, 0),
    "ask another engine about it": (other_engine, 1),
    "look at a part of it": (part, 2),
    "forget an identification": (forget, 1),
    "make a channel stricter": (make_stricter, 0),
    "block a site": (block, 1),
    "undo that": (undo, 0),
}
"""Every job with its presses before; the last three were typed where this says none, which still works."""
FIRST_FIVE = 9
"""Rows of the first five jobs; opening is counted twice, filtering four times."""


@pytest.mark.parametrize("name", BEFORE)
async def test_no_job_takes_longer_than_it_may(house: House, name: str) -> None:
    job, before = BEFORE[name]
    after = await job(house)
    assert after <= before + (list(BEFORE).index(name) >= FIRST_FIVE)
    assert f"| {name} | {before} | {after} |" in FIGURES.read_text("utf-8")


async def test_a_page_has_at_most_five_buttons_and_no_menu(house: House) -> None:
    me = moderator(house)
    for view in ("single", "grid"):
        message = await answer(me, view=view)
        assert all(control["type"] == 2 for control in message.controls())
        assert len(message.controls()) <= 5, view


async def test_an_identification_has_at_most_five_buttons_and_no_menu(house: House) -> None:
    me = moderator(house)
    picture = (house.data.parent / "pictures" / "2.png").read_bytes()
    for name, data in (("known.png", picture), ("unknown.png", png("navy"))):
        reply = await house.discord.command(me.user, house.channel, "identify", image=Upload(name, data))
        await house.discord.until(lambda reply=reply: _said(reply), "what is said of it")
        message = _said(reply)[-1]
        assert all(control["type"] == 2 for control in message.controls())
        assert 2 <= len(message.controls()) <= 5, message.text()
        assert MORE in [control.get("label") for control in message.controls()]


def _said(reply: Interaction) -> list[Message]:
    """The messages that an identification is answered by so far."""
    return [one for one in (reply.answer, *reply.followups) if not one.deleted and one.controls()]
