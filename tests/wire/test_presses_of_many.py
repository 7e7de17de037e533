"""Many presses over sockets: of strangers at once, of one person without an end, of one who is only curious."""

from __future__ import annotations

import re
import time

import pytest

from bot.discord_ui.discord_io.in_flight import AT_ONCE_PERSON, PRESS_LIMIT

from .house import NEXT, House, place_of
from .interactions import Callback, Interaction
from .model import Message, User

pytestmark = pytest.mark.asyncio(loop_scope="session")

STRANGERS, PRESSES = 19, 114
BUTTON, PANELS = 2, 5
WITHIN = 120.0
"""Seconds for all of them; the stand-in's clock stands still meanwhile, so that a slow machine refuses nothing."""


@pytest.fixture
def still(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stand-in's time does not pass: three seconds are no measure on a busy machine (see the benchmark)."""
    now = house.discord.clock.now()
    monkeypatch.setattr(house.discord.clock, "now", lambda: now)


async def pressed(house: House, acts: list[tuple[User, Message, str]]) -> list[Interaction]:
    """Press all at once; returned when each is answered, and shows a message where it was deferred."""
    sent = [await house.discord.press(person, message, name, until="sent") for person, message, name in acts]
    await house.discord.until(
        lambda: all(one.settled or one.callback is Callback.DEFER_UPDATE for one in sent), "all answers", within=WITHIN
    )
    return sent


def copies(sent: list[Interaction], page: str) -> list[Interaction]:
    """Those that were answered by a message of their own that shows this page."""
    made = [one for one in sent if one.callback in (Callback.MESSAGE, Callback.DEFER)]
    return [one for one in made if one.answer.controls() and place_of(one.answer).startswith(page)]


@pytest.mark.usefixtures("still")
async def test_114_presses_of_19_strangers_make_19_private_copies(house: House) -> None:
    message = (await house.search(house.person())).answer
    await house.offered(message)
    before, strangers = message.revision, [house.person() for _ in range(STRANGERS)]
    acts = [(strangers[number % STRANGERS], message, NEXT) for number in range(PRESSES)]
    sent = await pressed(house, acts)
    made = copies(sent, "2/")
    assert {one.user.id for one in made} == {person.id for person in strangers}
    assert len(made) == STRANGERS
    assert all(one.answer.seen_by is one.user for one in made)
    others = [one for one in sent if one not in made]
    assert {one.callback for one in others} == {Callback.DEFER_UPDATE}
    assert not [one for one in sent if one.followups]
    assert (message.revision, place_of(message)[:2]) == (before, "1/")
    again = await pressed(house, [(person, message, NEXT) for person in strangers])
    assert len(copies(again, "2/")) == STRANGERS, "who comes back gets a copy again"


@pytest.mark.usefixtures("still")
async def test_whoever_presses_without_an_end_is_told_when_to_go_on_and_nobody_else_is_held_up(house: House) -> None:
    many = AT_ONCE_PERSON - 1
    messages = [(await house.search(house.person())).answer for _ in range(many)]
    person, other, started = house.person(), house.person(), time.time()
    first = await pressed(house, [(person, message, NEXT) for message in messages])
    assert len(copies(first, "2/")) == many
    second = await pressed(house, [(person, message, NEXT) for message in messages])
    made = copies(second, "2/")
    assert len(made) == PRESS_LIMIT[0] - many
    refused = [one for one in second if one not in made]
    for one in refused:
        assert one.callback in (Callback.MESSAGE, Callback.DEFER)
        assert one.answer.seen_by is person
        found = re.fullmatch(r"Too many clicks in a short time\. Try again <t:(\d+):R>\.", one.answer.content)
        assert found, one.answer.content
        assert started <= int(found[1]) <= time.time() + PRESS_LIMIT[1] + 1
    assert len(copies(await pressed(house, [(other, messages[0], NEXT)]), "2/")) == 1


async def test_curiosity_of_one_person_is_not_punished(house: House) -> None:
    person, before, pressed_in_panels = house.person(), len(house.discord.calls), 0
    for query in ("bird", "small bird", "bird", "small", "bird"):
        message = (await house.search(person, query=query)).answer
        await pressed(house, [(person, message, NEXT)] * 4)
        await house.discord.until(lambda m=message: place_of(m).startswith("5/"), "four pages further", within=WITHIN)
        panel = (await house.discord.press(person, message, "⋯")).answer
        controls = [one for one in panel.controls() if one["type"] == BUTTON and not one.get("disabled")]
        for control in [one for one in controls if "custom_id" in one][:2]:
            await house.discord.press(person, panel, control["custom_id"])
            pressed_in_panels += 1
    for command in ("trending", "about"):
        await house.discord.command(person, house.channel, command)
    said = [str(call.body) for call in house.discord.calls[before:] if call.body]
    assert pressed_in_panels > PANELS
    assert not [one for one in said if "short time" in one or "Wait until" in one or "Too many" in one]
