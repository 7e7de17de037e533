"""The real bot in a process of its own, over sockets, on pictures indexed for it: whole flows as people have them."""

from __future__ import annotations

import asyncio

import pytest

from bot.discord_ui.render.controls import MORE
from bot.i18n import say

from . import Callback, ChannelType, Upload
from .house import MANY, NEXT, PREVIOUS, House, inputs, place_of, shown

pytestmark = pytest.mark.asyncio(loop_scope="session")
EXPECTED = {"image", "trending", "identify", "safesearch", "about", "Identify image"}


async def test_logs_in_without_privileged_intents_and_registers_its_commands_once(house: House) -> None:
    login = house.discord.gateway.identified[0]
    assert login["intents"] == 1 << 0 | 1 << 10 | 1 << 13
    (call,) = house.discord.calls_to("PUT", "/commands")
    assert call.status == 200
    commands = house.discord.commands[None]
    assert {command["name"] for command in commands} >= EXPECTED
    assert all(set(command["integration_types"]) <= {0, 1} for command in commands)


async def test_a_search_is_acknowledged_at_once_and_names_its_source(house: House) -> None:
    reply = await house.search(house.person())
    assert reply.callback is Callback.DEFER
    assert reply.latency is not None
    assert reply.latency < 3
    page = shown(reply.answer)
    assert page["url"].startswith("https://")
    assert "CC0" in page["description"]
    assert "strict" in page["footer"]["text"].lower()
    assert list(reply.answer.files())
    await house.offered(reply.answer)


async def test_buttons_and_reactions_turn_the_same_pages(house: House) -> None:
    person = house.person()
    message = (await house.search(person)).answer
    first = shown(message)["title"]
    pressed = await house.discord.press(person, message, NEXT)
    assert pressed.latency is not None
    assert pressed.latency < 3
    second = shown(message)["title"]
    assert second != first
    await house.offered(message)
    await house.discord.react(person, message, PREVIOUS, until_edit=True)
    assert shown(message)["title"] == first
    await house.discord.unreact(person, message, PREVIOUS)
    await house.discord.react(person, message, NEXT, until_edit=True)
    assert shown(message)["title"] == second
    await house.discord.unreact(person, message, NEXT, until_edit=True)
    assert shown(message)["title"] not in (first, second)


async def test_fast_clicks_are_all_answered_and_all_count(house: House) -> None:
    person = house.person()
    message = (await house.search(person)).answer
    seen = house.discord.snapshot(message)
    clicks = [house.discord.press(person, message, name, shown=seen) for name in (NEXT, NEXT, NEXT, NEXT)]
    before = len(house.discord.calls_to("POST", "/callback"))
    answers = await asyncio.gather(*clicks)
    statuses = [call.status for call in house.discord.calls_to("POST", "/callback")[before:]]
    assert statuses == [204] * len(clicks), "nobody needs the message back"
    assert {answer.callback for answer in answers} <= {Callback.UPDATE, Callback.DEFER_UPDATE}
    await house.discord.until(lambda: place_of(message).startswith("5/"), "four pages further")  # if it was deferred
    await house.discord.press(person, message, PREVIOUS)
    assert place_of(message).startswith("4/")


async def test_pages_go_on_after_kill_9(house: House) -> None:
    person = house.person()
    message = (await house.search(person)).answer
    await house.offered(message)

    def page() -> tuple[str, str]:
        return place_of(message).partition("/")[0], shown(message)["title"]

    await house.discord.press(person, message, NEXT)
    second = page()
    await house.bot.restart()
    assert len(house.discord.calls_to("PUT", "/commands")) == 1
    await house.discord.press(person, message, NEXT)
    third = page()
    await house.bot.restart()
    await house.discord.react(person, message, NEXT, until_edit=True)
    fourth = page()
    assert (second[0], third[0], fourth[0]) == ("2", "3", "4")
    assert len({second[1], third[1], fourth[1]}) == 3
    await house.discord.press(person, message, PREVIOUS)
    assert page() == third


async def test_a_reaction_is_taken_back_where_the_bot_may_and_counts_once(house: House) -> None:
    discord = house.discord
    guild = discord.guild("Managed", bot=["manage_messages"])
    channel, person = discord.channel(guild), discord.member(guild, "kim")
    message = (await house.search(person, channel)).answer
    await house.offered(message)
    before = place_of(message)
    await discord.react(person, message, NEXT, until_edit=True)
    await discord.until(lambda: person not in message.reactions[NEXT], "the reaction to be taken away")
    await discord.press(person, message, NEXT)
    assert (before[:2], place_of(message)[:2]) == ("1/", "3/")


async def test_buttons_remain_without_add_reactions(house: House) -> None:
    quiet = house.discord.channel(house.guild, "quiet", bot_denied=["add_reactions", "manage_messages"])
    person = house.person()
    message = (await house.search(person, quiet)).answer
    await house.discord.press(person, message, NEXT)
    assert place_of(message).startswith("2/")
    assert message.reactions == {}


async def test_direct_messages_threads_posts_and_voice(house: House) -> None:
    discord, person = house.discord, house.person()
    forum = discord.channel(house.guild, "forum", kind=ChannelType.FORUM)
    places = [
        discord.dm(person),
        discord.thread(house.channel),
        discord.thread(forum, "a post"),
        discord.channel(house.guild, "voice", kind=ChannelType.VOICE),
    ]
    for place in places:
        message = (await house.search(person, place)).answer
        assert "strict" in shown(message)["footer"]["text"].lower()
        await house.offered(message)
        await discord.react(person, message, NEXT, until_edit=True)
        assert place_of(message).startswith("2/")


async def test_a_press_in_the_panel_of_a_deleted_page_says_that_the_message_is_gone(house: House) -> None:
    person = house.person()
    message = (await house.search(person)).answer
    panel = (await house.discord.press(person, message, MORE)).answer
    house.discord.posting.delete(message)
    told = await house.discord.press(person, panel, "Grid")
    (answer,) = told.followups or (told.answer,)
    assert answer.seen_by is person
    assert say("en-US", "error-page-gone") in answer.text()


async def test_a_person_who_installed_it_uses_it_where_it_is_not(house: House) -> None:
    discord = house.discord
    elsewhere = discord.guild("Elsewhere", present=False)
    person = discord.member(elsewhere, "traveller", installed=True)
    for place in (discord.channel(elsewhere), discord.private_channel(person, house.guild.owner)):
        message = (await house.search(person, place)).answer
        await discord.press(person, message, NEXT)
        assert place_of(message).startswith("2/")
        assert message.reactions == {}


async def test_somebody_else_gets_a_private_copy(house: House) -> None:
    asker, other = house.person(), house.person()
    message = (await house.search(asker)).answer
    before = shown(message)["title"]
    copy = await house.discord.press(other, message, NEXT)
    assert copy.answer is not message
    assert copy.answer.seen_by is other
    assert place_of(copy.answer).startswith("2/")
    assert shown(message)["title"] == before


async def test_a_page_is_jumped_to(house: House) -> None:
    person = house.person()
    message = (await house.search(person)).answer
    opened = await house.discord.press(person, message, place_of(message))
    (name,) = [part["custom_id"] for part in inputs(opened.modal or {})]
    await house.discord.submit_modal(opened, {name: "3"})
    assert place_of(message).startswith("3/")


async def test_a_stale_click_is_harmless(house: House) -> None:
    person = house.person()
    message = (await house.search(person)).answer
    before = house.discord.snapshot(message)
    await house.discord.press(person, message, NEXT)
    reply = await house.discord.press(person, message, NEXT, shown=before)
    assert reply.answered
    assert place_of(message)[:2] in ("2/", "3/")


async def test_a_picture_is_named(house: House) -> None:
    person = house.person()
    found = (await house.search(person)).answer
    ((name, data),) = found.files().items()
    upload = Upload("mine.png", data)
    reply = await house.discord.command(person, house.channel, "identify", image=upload)
    assert shown(found)["title"] in reply.answer.text(), name
    posted = await house.discord.write(person, house.channel, attachments=[upload])
    reply = await house.discord.message_menu(person, posted, "Identify image")
    assert shown(found)["title"] in reply.answer.text()


async def test_trends_are_shown_and_queries_suggested(house: House) -> None:
    person = house.person()
    reply = await house.discord.command(person, house.channel, "trending")
    assert reply.answer.text()
    choices = await house.discord.autocomplete(person, house.channel, "image", query=MANY[:3])
    assert all(choice["name"] for choice in choices)


async def test_a_search_that_finds_nothing_is_told_privately(house: House) -> None:
    person = house.person()
    reply = await house.discord.command(person, house.channel, "image", query="qzxv wvut")
    await house.discord.until(lambda: reply.answer.deleted and reply.followups, "the private answer")
    assert reply.followups[0].seen_by is person
    assert "qzxv" in reply.followups[0].text()
