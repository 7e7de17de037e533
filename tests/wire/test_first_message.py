"""What a server hears when it adds the bot: one short, silent message in its system channel, once, or nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.i18n import LOCALES, say

from .house import House
from .model import Guild, Message, MessageFlag
from .rest import Call

pytestmark = pytest.mark.asyncio(loop_scope="session")


def server(house: House, *, locale: str = "en-US", denied: list[str] | None = None, nsfw: bool = False) -> Guild:
    """A server with a system channel, which the bot is not in yet."""
    made = house.discord.guild("New", present=False)
    made.locale = locale
    made.system_channel = house.discord.channel(made, "welcome", bot_denied=denied, nsfw=nsfw)
    return made


def sent_to(house: House, guild: Guild) -> list[Call]:
    """Every message that the bot sent into a server by itself."""
    ids = {str(number) for number in guild.channels}
    return [call for call in house.discord.calls_to("POST", "/messages") if call.path.split("/")[-2] in ids]


async def greeted(house: House, guild: Guild) -> Message:
    channel = guild.system_channel
    assert channel is not None
    await house.discord.until(lambda: channel.messages, "the first message")
    (message,) = channel.messages.values()
    return message


async def settled(house: House) -> None:
    """Let everything that was told to the bot so far be dealt with: a server that joins later hears its message."""
    last = server(house)
    house.discord.add_bot(last)
    await greeted(house, last)


async def test_it_says_what_to_try_which_level_holds_and_where_to_change_it(house: House) -> None:
    new = server(house)
    house.discord.add_bot(new)
    message = await greeted(house, new)
    known = {command["name"]: command["id"] for command in house.discord.commands[None]}
    for name in ("image", "trending", "identify", "safesearch show"):
        assert f"</{name}:{known[name.split()[0]]}>" in message.content
    assert f"**{say('en-US', 'safesearch-level-Strict')}**" in message.content
    assert len(message.content) < 350
    (call,) = sent_to(house, new)
    assert call.status == 200
    assert isinstance(call.body, dict)
    assert call.body["flags"] & MessageFlag.SUPPRESS_NOTIFICATIONS
    assert call.body["allowed_mentions"] == {"parse": []}
    assert not house.discord.violations


@pytest.mark.parametrize("locale", LOCALES)
async def test_it_speaks_the_language_of_the_server(house: House, locale: str) -> None:
    new = server(house, locale=locale)
    house.discord.add_bot(new)
    first = say(locale, "first-message-try", image="", trending="", identify="").split()[0]
    message = await greeted(house, new)
    assert message.content.startswith(first)
    assert say(locale, "safesearch-level-Strict") in message.content


async def test_without_a_channel_or_the_right_to_write_nothing_is_sent(house: House) -> None:
    unset, unseen, mute = server(house), server(house, denied=["view_channel"]), server(house, denied=["send_messages"])
    unset.system_channel = None
    for one in (unset, unseen, mute):
        house.discord.add_bot(one)
    await settled(house)
    for one in (unset, unseen, mute):
        assert sent_to(house, one) == []


async def test_a_server_that_was_joined_long_ago_hears_nothing(house: House) -> None:
    old = server(house)
    joined = datetime.now(UTC) - timedelta(minutes=11)
    house.discord.add_bot(old, joined_at=joined.isoformat())
    await settled(house)
    assert sent_to(house, old) == []


async def test_it_is_sent_once_also_after_a_restart_and_again_only_when_added_again(house: House) -> None:
    new = server(house)
    house.discord.add_bot(new)
    await greeted(house, new)
    house.discord.add_bot(new)  # the event again
    await settled(house)
    await house.bot.restart()
    await settled(house)
    assert len(sent_to(house, new)) == 1
    house.discord.remove_bot(new)
    await settled(house)
    house.discord.add_bot(new)
    await house.discord.until(lambda: len(sent_to(house, new)) == 2, "the message to a server that is there again")


async def test_a_server_that_added_the_bot_while_it_was_off_hears_it_at_the_start(house: House) -> None:
    await house.bot.stop()
    new = server(house)
    house.discord.add_bot(new)
    await house.bot.start()
    assert "</image:" in (await greeted(house, new)).content


async def test_a_failure_is_not_tried_again(house: House) -> None:
    new = server(house)
    house.discord.fail("POST", "/channels/{channel_id}/messages", 403)
    house.discord.add_bot(new)
    await house.discord.until(lambda: sent_to(house, new), "the message that fails")
    await house.bot.restart()
    await settled(house)
    assert len(sent_to(house, new)) == 1
    assert "Traceback" not in house.bot.output


async def test_without_the_list_of_commands_they_are_written_as_they_are_typed(house: House) -> None:
    new = server(house, locale="de")
    house.discord.fail("GET", "/commands", 403)
    house.discord.add_bot(new)
    message = await greeted(house, new)
    for written in ("`/bild`", "`/trends`", "`/erkennen`", "`/safesearch "):
        assert written in message.content
