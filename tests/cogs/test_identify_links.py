"""Links into Discord: to a message, or to a file whose signature is missing or over."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from simcord.builders import ChannelHandle

from bot.tryout import age_flag
from tests.discord_ui.lookups import FakeLookups

from .helpers import ids
from .test_identify import drawn, identify, refusals

pytestmark = pytest.mark.usefixtures("can_identify")


@pytest.fixture
def cogs() -> tuple[str, ...]:
    return ("cogs.search", "cogs.identify")


@pytest.fixture
def service() -> FakeLookups:
    return FakeLookups()


def link_of(nest: Any, message: Any) -> str:
    return f"https://discord.com/channels/{nest.guild.id}/{message.channel.id}/{message.id}"


def old_link_of(message: Any) -> str:
    """The link as somebody kept it: without the signature."""
    return message.attachments[0].url.partition("?")[0] + "?ex=00000001&is=00000001&hm=00"


def told(result: Any) -> str:
    return result.followups[-1].content


async def test_a_link_to_a_message_leads_to_its_picture(nest: Any) -> None:
    message = await nest.kim.send(nest.channel, "look", attachments=[("cat.png", drawn())])
    await identify(nest, url=link_of(nest, message))
    assert nest.shown().embeds[0].title == "Picture 7"
    assert nest.service.asked("insights")[-1].upload is not None


async def test_a_message_with_two_pictures_lets_choose_privately(nest: Any) -> None:
    files = [("SPOILER_red.png", drawn("red")), ("lime.png", drawn("lime"))]
    message = await nest.kim.send(nest.channel, "look", attachments=files)
    result = await identify(nest, url=link_of(nest, message))
    asked = result.followups[-1].message
    assert asked.flags.ephemeral
    assert not nest.service.asked("insights")
    assert asked.embeds[0].title == "Which picture?"
    await nest.mara.select(asked, ["1"], custom_id=ids(asked)["insight-pick"])
    await nest.quiet()
    assert len(nest.service.asked("insights")) == 1


async def test_an_old_link_is_fetched_again_through_its_message(nest: Any) -> None:
    message = await nest.kim.send(nest.channel, "look", attachments=[("SPOILER_cat.png", drawn())])
    for _ in range(3):
        await nest.kim.send(nest.channel, "talk")
    await identify(nest, url=old_link_of(message))
    assert nest.service.asked("insights")[-1].upload is not None
    assert "spoiler" in nest.shown().embeds[0].description, "it is one, whoever has the link"


async def test_an_old_link_of_a_message_that_is_gone_is_said_to_be_one(nest: Any) -> None:
    message = await nest.kim.send(nest.channel, "look", attachments=[("cat.png", drawn())])
    address = old_link_of(message)
    await nest.kim.delete(message)
    assert "expired" in told(await identify(nest, url=address))
    assert refusals(nest) == ["old-link"]


@pytest.mark.parametrize("who", ["asker", "bot"])
async def test_what_either_may_not_read_is_not_read(nest: Any, who: str) -> None:
    hidden = discord.PermissionOverwrite(read_message_history=False, view_channel=False)
    target = nest.mara if who == "asker" else nest.bot.user
    secret = nest.guild.create_text_channel("secret", overwrites={target: hidden})
    message = await nest.theo.send(secret, "look", attachments=[("cat.png", drawn())])
    await nest.quiet()
    assert "no picture in that message" in told(await identify(nest, url=link_of(nest, message)))
    assert "expired" in told(await identify(nest, url=old_link_of(message)))
    assert refusals(nest) == ["no-message", "old-link"]
    assert not nest.service.asked("insights")


@pytest.mark.parametrize("where", ["channel", "thread"])
async def test_what_stands_in_an_age_restricted_channel_stays_there(nest: Any, where: str) -> None:
    adult = room = nest.guild.create_text_channel("adult")
    age_flag.set_age_restricted(nest.env, adult, restricted=True)
    if where == "thread":
        room = ChannelHandle(nest.env, nest.guild, nest.env.backend.create_thread(adult.id, "night owls", nest.kim.id))
    message = await nest.kim.send(room, "look", attachments=[("cat.png", drawn())])
    await nest.quiet()
    assert "no picture in that message" in told(await identify(nest, url=link_of(nest, message)))
    assert refusals(nest) == ["no-message"]
