"""Every way into the bot while its database does not answer or its disk is full: a sentence or a result in time."""

from __future__ import annotations

import asyncio
import io
import signal
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from tests.wire import Interaction, Message, Upload, User
from tests.wire.house import MANY, NEXT, inputs, place_of
from tests.wire.interactions import Callback

from .breaking import becomes_ready, becomes_unready, bot_on_server, free_port, frozen, full, held
from .crowd import Crowd, crowd

pytestmark = pytest.mark.chaos

BUTTON = 2


@dataclass
class Before:
    """What stood there before the trouble began; all of it is the owner's."""

    owner: User
    page: Message
    window: Interaction
    panels: list[Interaction]


def picture() -> Upload:
    out = io.BytesIO()
    Image.effect_noise((320, 240), 90).convert("RGB").save(out, "PNG")
    return Upload("mine.png", out.getvalue())


async def prepared(people: Crowd) -> Before:
    """Open what can be pressed or filled in: pages of others, an own page, a window, panels."""
    discord, channel = people.discord, people.channels[0]
    guild = channel.guild
    assert guild is not None
    await people.pages(3)
    owner = discord.member(guild, "owner", permissions=["manage_guild", "manage_channels", "manage_messages"])
    page = (await discord.command(owner, channel, "image", query=MANY)).answer
    other = (await discord.command(owner, channel, "image", query=MANY)).answer
    jump = next(c["custom_id"] for c in other.controls() if c.get("custom_id", "").endswith(":jump"))
    window = await discord.press(owner, other, jump)
    panels = [await discord.press(owner, other, name) for name in ("⋯", "Details")]
    panels.append(await discord.command(owner, channel, "safesearch show"))
    return Before(owner, page, window, panels)


async def everything(people: Crowd, before: Before) -> list[Interaction]:
    """Take every way in once; nobody waits for an answer here."""
    discord, channel, sent = people.discord, people.channels[1], list[Interaction]()
    typed = ("image", {"query": MANY}), ("trending", {}), ("about", {}), ("identify", {"image": picture()})
    for command, options in typed:
        sent.append(await discord.command(people.person(), channel, command, until="sent", **options))
    decided = (
        ("safesearch set", {"level": "Moderate", "scope": "channel"}),
        ("safesearch block host", {"site": "blocked.example"}),
        ("safesearch block word", {"word": "blocked"}),
    )
    for command, options in decided:
        sent.append(await discord.command(before.owner, channel, command, until="sent", **options))
    asked = await discord.write(people.person(), channel, "what is it?", attachments=[picture()])
    sent.append(await discord.message_menu(people.person(), asked, "Identify image", until="sent"))
    for message in people.messages:
        sent += [await discord.press(people.person(), message, name, until="sent") for name in (NEXT, "Details", "⋯")]
    sent.append(await discord.press(before.owner, before.page, NEXT, until="sent"))
    window = before.window
    assert window.modal is not None
    sent.append(await discord.submit_modal(window, {inputs(window.modal)[0]["custom_id"]: "3"}, until="sent"))
    for panel in before.panels:
        buttons = [one for one in panel.answer.controls() if one["type"] == BUTTON and "custom_id" in one]
        for one in buttons:
            if not one.get("disabled"):
                sent.append(await discord.press(panel.user, panel.answer, one["custom_id"], until="sent"))
    await discord.react(before.owner, before.page, NEXT)
    return sent


async def check(people: Crowd, sent: list[Interaction]) -> None:
    """Everybody is told, nobody twice, nothing failed; afterwards all works as before."""
    await people.all_told(sent)
    people.said_once([one for one in sent if one.callback in (Callback.MESSAGE, Callback.DEFER)])
    assert {one.type.name for one in sent} == {"COMMAND", "COMPONENT", "MODAL"}


async def test_every_way_in_while_another_program_holds_the_file(tmp_path: Path) -> None:
    async with crowd(tmp_path) as people:
        before = await prepared(people)
        with held(tmp_path / "data" / "magpie.sqlite3"):
            await check(people, await everything(people, before))
        await works_again(people, before)


async def test_every_way_in_while_the_disk_is_full(tmp_path: Path, small_disk: Path) -> None:
    port = free_port()
    async with crowd(tmp_path, env={"MAGPIE_HEALTH_PORT": str(port)}) as people:
        before = await prepared(people)
        with full(small_disk):
            await check(people, await everything(people, before))
            await becomes_unready(port)
        await becomes_ready(port)
        await works_again(people, before)


@pytest.mark.postgres
async def test_every_way_in_while_the_server_is_frozen(tmp_path: Path) -> None:
    async with bot_on_server(tmp_path) as bot:
        before = await prepared(bot.people)
        with frozen(bot.server):
            await check(bot.people, await everything(bot.people, before))
        await becomes_ready(bot.port)
        await works_again(bot.people, before)


async def test_told_to_stop_while_everything_is_asked(tmp_path: Path) -> None:
    async with crowd(tmp_path) as people:
        before = await prepared(people)
        sent = await everything(people, before)
        people.bot._running.send_signal(signal.SIGTERM)
        await asyncio.wait_for(people.bot._running.wait(), 60)
        assert people.bot._running.returncode == 0
        await check(people, sent)
        people.quiet()


async def works_again(people: Crowd, before: Before) -> None:
    """What could not be stored meanwhile is stored: after a restart the page goes on from where it was turned to."""
    await people.works()
    number = int(place_of(before.page).partition("/")[0])
    await people.bot.stop()
    await people.bot.start()
    await people.discord.press(before.owner, before.page, NEXT)
    assert int(place_of(before.page).partition("/")[0]) == number + 1
    people.quiet()
