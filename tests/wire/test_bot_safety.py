"""The real bot over sockets: a channel that is not age-restricted never receives a picture rated adult."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from bot.discord_ui.render.controls import MORE

from . import Channel, ChannelType, Message, Upload, User
from .house import ADULT, NEXT, House, shown
from .process import bot_command

pytestmark = pytest.mark.asyncio(loop_scope="session")


def adult_files(house: House) -> list[bytes]:
    """The bytes of every file that the bot has sent anywhere but to the channel for adults."""
    sent: list[bytes] = []
    for channel in house.discord.channels.values():
        if not (channel.parent or channel).nsfw:
            sent += [a.data for m in channel.messages.values() if m.author.bot for a in m.attachments]
    return sent


async def loosened(house: House, level: str = "Off") -> tuple[Channel, User]:
    """An age-restricted channel in which a moderator has chosen ``level``."""
    adults = house.discord.channel(house.guild, "adults", nsfw=True)
    moderator = house.person(permissions=["manage_channels"])
    asked = await house.discord.command(moderator, adults, "safesearch set", level=level)
    if controls := asked.answer.controls():
        await house.discord.press(moderator, asked.answer, controls[0]["custom_id"])
    return adults, moderator


async def nothing(house: House, person: User, channel: Channel) -> None:
    """A search for what is rated adult is answered in words, without a picture."""
    before = len(adult_files(house))
    reply = await house.discord.command(person, channel, "image", query=ADULT)
    await house.discord.until(lambda: not reply.answer.deleted or reply.followups, "an answer in words")
    answers: list[Message] = [m for m in (reply.answer, *reply.followups) if not m.deleted]
    assert all("heron " not in str(m.embeds).lower().replace("“heron”", "") for m in answers), answers[-1].text()
    assert len(adult_files(house)) == before


async def test_a_member_cannot_choose_a_level(house: House) -> None:
    adults = house.discord.channel(house.guild, "adults", nsfw=True)
    with pytest.raises(AssertionError, match="needs the permissions"):
        await house.discord.command(house.person(), adults, "safesearch set", level="Off")


async def test_off_shows_adult_pictures_in_an_age_restricted_channel_alone(house: House) -> None:
    adults, moderator = await loosened(house)
    reply = await house.search(moderator, adults, ADULT)
    assert shown(reply.answer)["title"].startswith("Grey heron")
    await nothing(house, house.person(), house.channel)
    await nothing(house, house.person(), house.discord.thread(house.channel))
    person = house.person()
    await nothing(house, person, house.discord.dm(person))
    inside = await house.search(house.person(), house.discord.thread(adults), ADULT)
    assert shown(inside.answer)["title"].startswith("Grey heron")


async def test_off_is_refused_where_the_channel_is_not_age_restricted(house: House) -> None:
    channel = house.discord.channel(house.guild, "lounge")
    moderator = house.person(permissions=["manage_channels"])
    asked = await house.discord.command(moderator, channel, "safesearch set", level="Off")
    for control in asked.answer.controls():
        await house.discord.press(moderator, asked.answer, control["custom_id"])
    await nothing(house, house.person(), channel)


async def test_a_channel_made_stricter_gets_nothing_old(house: House) -> None:
    adults, moderator = await loosened(house)
    person = house.person()
    by_button = (await house.search(person, adults, ADULT)).answer
    by_reaction = (await house.search(person, adults, ADULT)).answer
    await house.offered(by_reaction)
    await house.discord.command(moderator, adults, "safesearch set", level="Strict")
    await house.discord.press(person, by_button, NEXT)
    await house.discord.react(person, by_reaction, NEXT, until_edit=True)
    for message in (by_button, by_reaction):
        assert not message.attachments
        assert "Grey heron" not in message.text()
    await nothing(house, house.person(), adults)


async def test_a_channel_that_loses_its_flag_gets_nothing_old(house: House) -> None:
    adults, _ = await loosened(house)
    person = house.person()
    message = (await house.search(person, adults, ADULT)).answer
    house.discord.change(adults, nsfw=False)
    await house.discord.press(person, message, NEXT)
    assert not message.attachments
    assert "Grey heron" not in message.text()
    await nothing(house, house.person(), adults)


async def test_a_lookup_does_not_name_what_may_not_be_shown(house: House) -> None:
    adults, moderator = await loosened(house)
    found = (await house.search(moderator, adults, ADULT)).answer
    ((_, data),) = found.files().items()
    person = house.person()
    reply = await house.discord.command(person, house.channel, "identify", image=Upload("mine.png", data))
    await house.discord.until(lambda: not reply.answer.deleted or reply.followups, "an answer")
    told = [m.text() for m in (reply.answer, *reply.followups) if not m.deleted]
    assert "Grey heron" not in "\n".join(told)
    reply = await house.discord.command(house.person(), house.channel, "trending")
    assert "heron" not in reply.answer.text().lower()


async def test_words_of_a_picture_go_with_it_when_it_is_rated_adult(house: House, tmp_path: Path) -> None:
    """It was found as safe; ``magpie index``, another process, rates it anew while its answers stand in the channel."""

    for name in ("kept", "rated"):
        Image.effect_noise((480, 360), 60).save(tmp_path / f"{name}.png")

    async def rate(rating: str) -> None:
        rows = (
            {"file": "kept.png", "title": "A snipe", "tags": ["snipe", "reed"], "rating": "safe"},
            {"file": "rated.png", "title": "A quiet snipe", "tags": ["snipe", "unmistakable"], "rating": rating},
        )
        (tmp_path / "manifest.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
        await bot_command("index", str(tmp_path), data=house.data, preloaded=True)

    await rate("safe")
    person, other = house.person(), house.person()
    message = (await house.search(person, query="snipe")).answer
    panel = (await house.discord.press(person, message, MORE)).answer
    assert "unmistakable" in str(panel.components)
    await rate("adult")
    before = len(house.discord.calls)
    await house.discord.select(person, panel, ["unmistakable"], "Refine this search")
    panel = (await house.discord.press(other, message, MORE)).answer
    assert "reed" in str(panel.components)
    sent = json.dumps([call.body for call in house.discord.calls[before:]])
    assert "unmistakable" not in sent
    assert "quiet" not in sent


async def test_a_picture_that_was_removed_is_named_no_more_at_off_either(house: House, tmp_path: Path) -> None:
    """Its file is gone; no level hid it, and the pages that it stood on were fetched before."""
    names = ["first", "second", "third"]
    for name in names:
        Image.effect_noise((480, 360), 60).save(tmp_path / f"{name}.png")
    rows = [{"file": f"{name}.png", "title": f"The {name} dunlin", "tags": ["dunlin"]} for name in names]
    (tmp_path / "manifest.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    await bot_command("index", str(tmp_path), "--rating", "adult", data=house.data, preloaded=True)
    adults, person = await loosened(house)
    message = (await house.search(person, adults, "dunlin")).answer
    on_it, *others = sorted(names, key=lambda name: name not in message.text())
    (tmp_path / f"{on_it}.png").unlink()
    panel = (await house.discord.press(person, message, MORE)).answer
    assert f"The {on_it} dunlin" not in message.text()
    assert "dunlin" in message.text()
    assert "hidden" not in message.text()
    before = len(house.discord.calls)
    await house.discord.press(person, message, NEXT)
    shown_now = message.text()
    assert sum(f"The {name} dunlin" in shown_now for name in others) == 1
    assert f"The {on_it} dunlin" not in json.dumps([call.body for call in house.discord.calls[before:]])
    assert panel.controls()


async def test_what_passes_nowhere_is_refused_privately_at_off_and_not_repeated(house: House) -> None:
    adults, _ = await loosened(house)
    for query in ("lolicon heron", "nude preteen heron"):
        reply = await house.discord.command(house.person(), adults, "image", query=query)
        await house.discord.until(lambda one=reply: not one.answer.deleted or one.followups, "an answer in words")
        (answer,) = [m for m in (reply.answer, *reply.followups) if not m.deleted]
        assert answer.ephemeral
        assert "Magpie does not search for this" in answer.text()
        assert not {"lolicon", "preteen"} & set(answer.text().lower().split())


async def test_the_safety_panel_in_a_post_is_about_its_forum(house: House) -> None:
    discord = house.discord
    forum = discord.channel(house.guild, "forum", kind=ChannelType.FORUM)
    first, second = discord.thread(forum, "a post"), discord.thread(forum, "another post")
    moderator = house.person(permissions=["manage_channels"])
    panel = (await discord.command(moderator, first, "safesearch show")).answer
    assert f"<#{forum.id}> is **Strict**" in panel.text()
    await discord.press(moderator, panel, "Moderate")
    await discord.press(moderator, panel, "Make less strict")
    assert f"<#{forum.id}> is set to Moderate" in panel.text()
    other = (await discord.command(moderator, second, "safesearch show")).answer
    assert f"<#{forum.id}> is **Moderate**" in other.text()
    assert "moderate" in shown((await house.search(house.person(), second)).answer)["footer"]["text"].lower()
    await discord.press(moderator, other, "Inherit")
    assert f"<#{forum.id}> is **Strict**" in other.text()
