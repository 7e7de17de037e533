"""The stand-in, shown with an unmodified discord.py bot: whole flows over real sockets."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

import discord as discord_py
import pytest

from . import Callback, Channel, Guild, InteractionFailed, StandIn, Upload, User
from .sample_bot import LEFT, RIGHT, SampleBot, png


@dataclass
class Place:
    discord: StandIn
    bot: SampleBot
    guild: Guild
    channel: Channel
    ann: User


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    async with StandIn(check_answers=True) as discord:
        guild = discord.guild()
        channel = discord.channel(guild)
        ann = discord.member(guild, "ann")
        async with discord.running(SampleBot()) as bot:
            yield Place(discord, bot, guild, channel, ann)


async def test_logs_in_and_registers_its_commands(place: Place) -> None:
    (call,) = place.discord.calls_to("PUT", "/commands")
    assert call.status == 200
    assert [c["name"] for c in place.discord.commands[None]] == ["show", "layout", "jump", "identify", "slow", "Look"]
    assert [g.name for g in place.bot.guilds] == ["Aviary"]
    assert place.discord.gateway.identified[0]["intents"] == place.bot.intents.value


async def test_a_deferred_answer_with_a_file_buttons_and_reactions(place: Place) -> None:
    reply = await place.discord.command(place.ann, place.channel, "show", query="red", count=2)
    message = reply.answer
    assert reply.callback is Callback.DEFER
    assert reply.latency is not None
    assert 0 < reply.latency < 3
    assert message.embed["title"] == "Page 2"
    assert message.files() == {"p.png": png()}
    await place.discord.until(lambda: reply.followups, "the follow-up")
    assert list(message.reactions) == [LEFT, RIGHT]
    assert reply.followups[0].seen_by is place.ann

    pressed = await place.discord.press(place.ann, message, "Next")
    assert pressed.answer is message
    assert message.embed["title"] == "Page 3"
    assert message.files() == {"p.png": png()}

    await place.discord.react(place.ann, message, RIGHT, until_edit=True)
    assert message.content == f"added {RIGHT}"
    await place.discord.unreact(place.ann, message, RIGHT, until_edit=True)
    assert message.content == f"removed {RIGHT}"


async def test_autocomplete(place: Place) -> None:
    choices = await place.discord.autocomplete(place.ann, place.channel, "show", query="re")
    assert [choice["name"] for choice in choices] == ["re0", "re1", "re2"]


async def test_a_modal(place: Place) -> None:
    opened = await place.discord.command(place.ann, place.channel, "jump")
    sent = await place.discord.submit_modal(opened, {"Page": "7"})
    assert sent.answer.text() == "to 7"
    assert sent.answer.ephemeral


async def test_components_v2(place: Place) -> None:
    reply = await place.discord.command(place.ann, place.channel, "layout")
    assert "# Red" in reply.answer.texts()
    assert "a red field" in reply.answer.texts()


async def test_an_attachment_is_read_from_the_picture_server(place: Place) -> None:
    upload = Upload("cat.png", png(size=(20, 10)))
    reply = await place.discord.command(place.ann, place.channel, "identify", image=upload)
    assert reply.answer.text() == f"cat.png 20x10 {len(upload.data)}"


async def test_a_message_menu(place: Place) -> None:
    message = await place.discord.write(place.ann, place.channel, "look here")
    reply = await place.discord.message_menu(place.ann, message, "Look")
    assert "look here" in reply.answer.text()


async def test_no_answer_within_three_seconds_fails(place: Place) -> None:
    place.discord.first_answer = 0.2
    with pytest.raises(InteractionFailed, match="did not respond"):
        await place.discord.command(place.ann, place.channel, "slow")


async def test_what_a_busy_machine_takes_of_them_is_waited_for(place: Place) -> None:
    place.discord.first_answer, took = 0.2, iter((0.0,))
    place.discord.kept_waiting = lambda: next(took, 0.1)
    begun = time.perf_counter()
    with pytest.raises(InteractionFailed, match="did not respond"):
        await place.discord.command(place.ann, place.channel, "slow")
    assert time.perf_counter() - begun >= 0.3


async def test_a_user_install_where_the_bot_is_not(place: Place) -> None:
    elsewhere = place.discord.guild("Elsewhere", present=False)
    bob = place.discord.member(elsewhere, "bob", installed=True)
    reply = await place.discord.command(bob, place.discord.channel(elsewhere), "show", query="red")
    await place.discord.until(lambda: reply.followups, "the follow-up")
    assert reply.answer.reactions == {}


async def test_direct_messages_and_private_channels(place: Place) -> None:
    cat = place.discord.user("cat", installed=True)
    reply = await place.discord.command(cat, place.discord.dm(cat), "show", query="red")
    await place.discord.until(lambda: reply.followups, "the follow-up")
    assert list(reply.answer.reactions) == [LEFT, RIGHT]
    await place.discord.react(cat, reply.answer, LEFT, until_edit=True)
    assert reply.answer.content == f"added {LEFT}"
    friends = place.discord.private_channel(cat, place.ann)
    reply = await place.discord.command(cat, friends, "show", query="red")
    assert reply.answer.embed["title"] == "Page 1"


async def test_without_add_reactions_the_buttons_remain(place: Place) -> None:
    quiet = place.discord.channel(place.guild, "quiet", bot_denied=["add_reactions"])
    reply = await place.discord.command(place.ann, quiet, "show", query="red")
    await place.discord.until(lambda: reply.followups, "the follow-up")
    assert reply.answer.reactions == {}
    assert [call.status for call in place.discord.calls_to("PUT", "/reactions/")] == [403]
    await place.discord.press(place.ann, reply.answer, "Next")
    assert reply.answer.embed["title"] == "Page 2"


async def test_what_is_new_in_a_server_is_told(place: Place) -> None:
    discord, bot = place.discord, place.bot
    guild = discord.guild("New", bot=["manage_messages"])
    adults = discord.channel(guild, "adults", nsfw=True)
    thread = discord.thread(adults)
    await discord.until(lambda: bot.get_guild(guild.id), "the server")
    await discord.until(lambda: bot.get_channel(thread.id), "the thread")
    known = bot.get_channel(adults.id)
    assert isinstance(known, discord_py.TextChannel)
    assert known.nsfw
    assert known.permissions_for(known.guild.me).manage_messages
    discord.change(adults, nsfw=False)
    await discord.until(lambda: not bot.get_channel(adults.id).nsfw, "the change")  # type: ignore[union-attr]  # as above
    discord.join(place.guild, discord.bot, permissions=["manage_messages"])
    first = bot.get_guild(place.guild.id)
    assert first is not None
    await discord.until(lambda: first.me.guild_permissions.manage_messages, "the new permission")
