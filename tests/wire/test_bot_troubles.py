"""The real bot over sockets when the network or Discord has a bad moment, and when it is killed at a bad one."""

from __future__ import annotations

import pytest

from bot.discord_ui.render.controls import MORE

from .house import NEXT, PREVIOUS, House, place_of, shown

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("status", [-1, 500, 503])
async def test_an_answer_survives_a_failed_request(house: House, status: int) -> None:
    house.discord.fail("PATCH", "@original", status)
    reply = await house.search(house.person())
    assert shown(reply.answer)["title"].startswith("Small bird")


@pytest.mark.parametrize("by_owner", [True, False])
async def test_a_slow_first_answer_is_given_once(house: House, by_owner: bool) -> None:
    person = house.person()
    message = (await house.search(person)).answer
    house.discord.delay("POST", "/callback", 1.8)
    reply = await house.discord.press(person if by_owner else house.person(), message, NEXT)
    assert place_of(reply.answer).startswith("2/")
    assert (reply.answer is message) is by_owner
    callbacks = [call for call in house.discord.calls_to("POST", "/callback") if reply.token in call.path]
    assert [call.status for call in callbacks] == [204 if by_owner else 200]


@pytest.mark.parametrize("action", ["view", "hide"])
async def test_a_panel_whose_page_cannot_be_changed_says_so(house: House, action: str) -> None:
    """The thread was archived since: Discord refuses to change the page, and the press is answered all the same."""
    thread, person = house.discord.thread(house.channel), house.person()
    message = (await house.search(person, thread)).answer
    panel = (await house.discord.press(person, message, MORE)).answer
    thread.archived = True
    control = next(c["custom_id"] for c in panel.controls() if f":{action}" in c.get("custom_id", ""))
    reply = await house.discord.press(person, panel, control)
    told = await house.discord.until(lambda: [*reply.followups, reply.message], "an answer")
    assert any("Discord did not accept" in one.text() for one in told if one)
    assert place_of(message).startswith("1/")


async def test_reactions_wait_when_discord_asks_to(house: House) -> None:
    house.discord.limit("PUT", "/reactions/", 0.2)
    message = (await house.search(house.person())).answer
    await house.offered(message)


async def test_a_lost_connection_is_resumed(house: House) -> None:
    person = house.person()
    message = (await house.search(person)).answer
    logins = len(house.discord.gateway.identified)
    await house.discord.gateway.drop()
    await house.discord.until(house.discord.gateway.connected, "the connection", within=20)
    await house.discord.press(person, message, NEXT)
    assert place_of(message).startswith("2/")
    assert len(house.discord.gateway.identified) == logins


async def test_a_session_that_discord_ended_is_begun_anew(house: House) -> None:
    person = house.person()
    message = (await house.search(person)).answer
    logins = len(house.discord.gateway.identified)
    await house.discord.gateway.invalidate()
    await house.discord.until(lambda: len(house.discord.gateway.identified) > logins, "a new login", within=20)
    await house.discord.ready()
    await house.discord.press(person, message, NEXT)
    assert place_of(message).startswith("2/")


async def test_pages_turn_long_after_the_first_token_is_dead(house: House) -> None:
    person = house.person()
    message = (await house.search(person)).answer
    await house.offered(message)
    house.discord.clock.advance(60 * 60)
    await house.discord.react(person, message, NEXT, until_edit=True)
    assert place_of(message).startswith("2/")
    await house.discord.press(person, message, NEXT)
    assert place_of(message).startswith("3/")


async def test_a_page_shown_a_moment_before_the_end_still_turns(house: House) -> None:
    person = house.person()
    by_button = (await house.search(person)).answer
    by_reaction = (await house.search(person)).answer
    await house.bot.restart()
    await house.discord.press(person, by_button, NEXT)
    await house.discord.react(person, by_reaction, NEXT, until_edit=True)
    assert place_of(by_button)[:2] == place_of(by_reaction)[:2] == "2/"
    await house.discord.unreact(person, by_reaction, NEXT, until_edit=True)
    assert place_of(by_reaction).startswith("3/")


async def test_a_private_copy_outlives_the_process(house: House) -> None:
    asker, other = house.person(), house.person()
    message = (await house.search(asker)).answer
    copy = (await house.discord.press(other, message, NEXT)).answer
    await house.bot.restart()
    await house.discord.press(other, copy, NEXT)
    assert place_of(copy).startswith("3/")
    await house.discord.press(other, copy, PREVIOUS)
    assert place_of(copy).startswith("2/")


async def test_fast_clicks_keep_their_order(house: House) -> None:
    person = house.person()
    message = (await house.search(person)).answer
    before = house.discord.snapshot(message)
    replies = [await house.discord.press(person, message, NEXT, shown=before, until="sent") for _ in range(3)]
    await house.discord.until(lambda: all(reply.answered for reply in replies), "three answers")
    await house.discord.until(lambda: place_of(message).startswith("4/"), "three pages further")  # if it was deferred


async def test_a_deleted_message_is_forgotten_quietly(house: House) -> None:
    person = house.person()
    message = (await house.search(person)).answer
    await house.offered(message)
    sent = len(house.discord.calls)
    await house.discord.react(person, message, NEXT)
    await house.discord.delete(message)
    await house.discord.until(lambda: 404 in [call.status for call in house.discord.calls[sent:]], "the vain try")
    await house.search(person)
