"""Interactions that are being answered: deferred in time, stopped in time, and not too many at once."""

from __future__ import annotations

import ast
import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.discord_ui.discord_io import in_flight
from bot.discord_ui.discord_io.errors import Restarting, TooBusy, TooOften
from bot.discord_ui.discord_io.in_flight import AT_ONCE_PERSON, COMMAND_LIMIT, COPIES_AT_ONCE, COPIES_WAITING, InFlight

pytestmark = pytest.mark.usefixtures("simulated_time")
ROOT = Path(__file__).parents[2]


class Response:
    """What discord.py offers to answer an interaction with."""

    def __init__(self) -> None:
        self.type: Any = None
        self.said: list[Any] = []

    def is_done(self) -> bool:
        return self.type is not None

    async def defer(self, **how: Any) -> None:
        self.type = discord.InteractionResponseType.deferred_channel_message
        self.said.append(("deferred", how))

    async def send_message(self, content: str, **more: Any) -> None:
        self.type = discord.InteractionResponseType.channel_message
        self.said.append(content)


def interaction(number: int = 1, person: int = 7, message: int | None = None, control: str | None = None) -> Any:
    response = Response()

    async def edit(*, content: str, **_: Any) -> None:
        response.said.append(content)

    return SimpleNamespace(
        id=number, user=SimpleNamespace(id=person), response=response, extras={},
        locale=discord.Locale.american_english, edit_original_response=edit,
        message=None if message is None else SimpleNamespace(id=message),
        type=discord.InteractionType.component if control else discord.InteractionType.application_command,
        data={"custom_id": control},
    )  # fmt: skip


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_flight, "DEFER_WITHIN", 0.02)
    monkeypatch.setattr(in_flight, "ANSWER_WITHIN", 0.1)
    monkeypatch.setattr(in_flight, "SHUTDOWN_GRACE", 0.1)


@pytest.mark.usefixtures("soon")
async def test_work_that_hangs_is_deferred_then_stopped_with_a_sentence() -> None:
    one, flight, stopped = interaction(), InFlight(), asyncio.Event()

    async def hangs() -> None:
        flight.begin(one)
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            stopped.set()
            raise

    with pytest.raises(asyncio.CancelledError):
        await asyncio.create_task(hangs())
    await asyncio.sleep(0.05)
    assert stopped.is_set()
    assert one.response.said[0] == ("deferred", {"ephemeral": True, "thinking": True})
    assert one.response.said[1].startswith("This took too long")
    assert (len(flight), flight.overdue) == (0, 1)


@pytest.mark.usefixtures("soon")
async def test_work_that_ends_in_time_is_left_alone() -> None:
    one, flight = interaction(), InFlight()

    async def ends() -> None:
        flight.begin(one)
        await one.response.send_message("found")

    await asyncio.create_task(ends())
    await asyncio.sleep(0.15)
    assert one.response.said == ["found"]
    assert (len(flight), flight.overdue) == (0, 0)


@pytest.mark.usefixtures("simulated_time")
async def test_an_answer_that_grows_is_given_the_time_of_its_slowest_provider() -> None:
    """Whenever it says so: before it is deferred or after; and not for ever."""
    for begins in (0.0, 10.0):
        ends, hangs, flight = interaction(1), interaction(2), InFlight()

        async def work(one: Any, seconds: float, flight: InFlight = flight, begins: float = begins) -> None:
            flight.begin(one)
            await asyncio.sleep(begins)
            flight.give_time(one, in_flight.GROWING_WITHIN)
            await asyncio.sleep(seconds)
            one.response.said.append("found")

        began = asyncio.get_running_loop().time()
        tasks = [asyncio.create_task(work(ends, 300)), asyncio.create_task(work(hangs, 3600))]
        await asyncio.wait(tasks)
        assert ends.response.said[-1] == "found"
        assert tasks[1].cancelled()
        assert asyncio.get_running_loop().time() - began == pytest.approx(begins + in_flight.GROWING_WITHIN, abs=1)
        await asyncio.sleep(1)
        assert hangs.response.said[-1].startswith("This took too long")
        assert len(flight) == 0


@pytest.mark.usefixtures("soon")
async def test_what_nobody_takes_up_gets_a_sentence_too() -> None:
    one, flight = interaction(), InFlight()
    flight.watch(one)
    await asyncio.sleep(0.2)
    assert one.response.said[-1].startswith("This took too long")
    assert len(flight) == 0


@pytest.mark.usefixtures("soon")
async def test_at_the_end_work_may_finish_and_what_hangs_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_flight, "ANSWER_WITHIN", 60.0)
    quick, slow, late, flight = interaction(1), interaction(2), interaction(3), InFlight()

    async def work(one: Any, seconds: float) -> None:
        flight.begin(one)
        await asyncio.sleep(seconds)
        await one.response.send_message("found")

    tasks = [asyncio.create_task(work(quick, 0.01)), asyncio.create_task(work(slow, 60))]
    await asyncio.sleep(0)
    await flight.finish()
    with pytest.raises(Restarting):
        await work(late, 0)
    assert quick.response.said == ["found"]
    assert slow.response.said[-1].startswith("Magpie is being restarted")
    assert tasks[1].cancelled()


async def test_one_person_does_only_so_much_at_once() -> None:
    flight, tasks = InFlight(), list[asyncio.Task[None]]()

    async def work(number: int, person: int) -> None:
        flight.begin(interaction(number, person))
        await asyncio.sleep(60)

    for number in range(AT_ONCE_PERSON + 1):
        tasks.append(asyncio.create_task(work(number, 7)))
    tasks.append(asyncio.create_task(work(1000, 8)))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    failed = [task.exception() for task in tasks if task.done()]
    assert [type(error) for error in failed] == [TooBusy]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.sleep(0)
    assert len(flight) == 0
    assert not flight._of_person
    assert not flight._of_message


async def test_a_press_that_is_being_answered_is_not_answered_twice() -> None:
    flight, finish = InFlight(), asyncio.Event()

    async def press(number: int, *, adds_up: bool = False, **what: Any) -> bool:
        begun = flight.begin(interaction(number, **{"message": 5, "control": "more", **what}), adds_up=adds_up)
        await finish.wait()
        return begun

    tasks = [
        asyncio.create_task(each)
        for each in (
            press(1), press(2), press(3), press(4, control="details"), press(5, person=8), press(6, message=6),
            press(7, control="next", adds_up=True), press(8, control="next", adds_up=True),
        )
    ]  # fmt: skip
    await asyncio.sleep(0)
    assert (flight._of_message[5], flight._of_person[7]) == (5, 5)
    finish.set()
    assert await asyncio.gather(*tasks) == [True, False, False, True, True, True, True, True]
    await asyncio.sleep(0)
    assert (len(flight), flight._pressed, dict(flight._of_message)) == (0, {}, {})
    assert await asyncio.create_task(press(9))


async def test_presses_that_repeat_one_hold_nobody_off_a_message() -> None:
    flight = InFlight()

    async def press(number: int, person: int) -> bool:
        begun = flight.begin(interaction(number, person, message=5, control="more"))
        await asyncio.sleep(60)
        return begun

    tasks = [asyncio.create_task(press(number, number % 19)) for number in range(114)]
    await asyncio.sleep(0)
    assert not [task for task in tasks if task.done()]
    assert flight._of_message[5] == 19
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_private_messages_are_drawn_a_few_at_a_time_and_too_many_are_refused() -> None:
    flight, drawing, most = InFlight(), 0, 0

    async def draw() -> None:
        nonlocal drawing, most
        async with flight.copy():
            drawing += 1
            most = max(most, drawing)
            await asyncio.sleep(0)
            drawing -= 1

    outcomes = await asyncio.gather(*(draw() for _ in range(200)), return_exceptions=True)
    refused = [one for one in outcomes if one is not None]
    assert most == COPIES_AT_ONCE
    assert all(isinstance(one, TooBusy) for one in refused)
    assert len(refused) == 200 - COPIES_AT_ONCE - COPIES_WAITING
    assert flight.copies_waiting == 0


def test_commands_are_counted_by_person() -> None:
    flight = InFlight()
    for _ in range(COMMAND_LIMIT[0]):
        flight.count_command(interaction())
    with pytest.raises(TooOften) as refused:
        flight.count_command(interaction())
    assert 0 < refused.value.wait <= COMMAND_LIMIT[1]
    flight.count_command(interaction(person=8))
    assert flight.refused == {"commands": 1}


def test_interactions_are_answered_in_one_place() -> None:
    """Nothing but ``responses`` uses an interaction's own response: an answer may meet one that was given meanwhile."""
    places = [path for room in ("bot", "cogs") for path in (ROOT / room).rglob("*.py")]
    found = {
        path.name
        for path in places
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in {"send_message", "send_modal", "defer", "edit_message"}
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "response"
    }
    assert found == {"responses.py"}
