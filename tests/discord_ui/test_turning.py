"""Clicks that wait for each other: all count, in their order, and a page that nobody would see is not drawn."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bot.discord_ui.discord_io.in_flight import InFlight
from bot.discord_ui.handlers.component_interaction import ComponentInteraction
from bot.discord_ui.handlers.pager import turn_own
from bot.discord_ui.model.batches import Fetched
from bot.discord_ui.model.component_ids import Control
from bot.discord_ui.model.page import JudgedPage
from bot.discord_ui.model.pager import Hide, Hider, Next, PagerAction, PagerState, Previous, Show, View
from bot.discord_ui.model.session import SearchSession
from bot.discord_ui.sessions.cache import ActiveSession
from bot.safesearch.place import Place, PlaceKind, Requester
from bot.storage.sessions import StoredSession

from .fakes import FakeService, judged, picture

MARA = Requester(Place(PlaceKind.DM), 5, own=None)


class Table:
    """A message, and what each press was answered with."""

    def __init__(self, known: int = 30, *, complete: bool = True) -> None:
        now = datetime.now(UTC)
        stored = StoredSession("session-name", "search", 5, "", b"", now, now + timedelta(days=1))
        items = tuple(picture(number) for number in range(known))
        content = SearchSession(owner_id=5, fetched=Fetched(items=items, complete=complete))
        self.active = ActiveSession(stored, content, PagerState(known, complete))
        self.service: Any = FakeService()
        self.in_flight = InFlight()
        self.ahead = asyncio.Event()
        self.ahead.set()
        self.prepared: list[int] = []
        self.answers: dict[int, str] = {}
        self.broken = False

    async def judged(
        self, _visitor: Requester, content: SearchSession, state: PagerState, _active: ActiveSession
    ) -> JudgedPage:
        self.prepared.append(state.index)
        await asyncio.sleep(0)
        if self.broken:
            raise RuntimeError("broken")
        return judged(content, state)

    async def change(self, active: ActiveSession, page: JudgedPage) -> None:
        active.content, active.state, active.fresh = page.content, page.state, False

    async def prepare_next(self, *_turn: Any) -> None:
        """Nothing is drawn ahead here; it may take its time."""
        await self.ahead.wait()

    async def update(self, interaction: Any, _requester: Requester, active: ActiveSession, page: JudgedPage) -> None:
        from bot.discord_ui.discord_io import responses
        from bot.discord_ui.model.message import Message

        await responses.update(interaction, active.id, Message(text=str(page.state.index)))

    def press(self, number: int, action: PagerAction) -> asyncio.Task[None]:
        done: list[str] = []

        async def edit_message(*, content: str | None, **_: Any) -> None:
            done.append(content or "")
            self.answers[number] = content or ""

        async def defer() -> None:
            done.append("deferred")
            self.answers[number] = "deferred"

        response = SimpleNamespace(is_done=lambda: bool(done), edit_message=edit_message, defer=defer)
        interaction: Any = SimpleNamespace(id=number, response=response, extras={}, filesize_limit=0, message=None)
        sessions: Any = self
        interaction.type, interaction.user = None, SimpleNamespace(id=MARA.user_id)
        press = ComponentInteraction(sessions, interaction, self.active, Control("session-name", "next", "0"), (), MARA)

        async def work() -> None:
            self.in_flight.begin(interaction, adds_up=True)
            await turn_own(press, action)

        return asyncio.create_task(work())

    async def presses(self, *actions: PagerAction) -> None:
        async with self.active.lock:
            tasks = [self.press(number, action) for number, action in enumerate(actions)]
            await asyncio.wait(tasks, timeout=0.01)
        await asyncio.gather(*tasks)
        assert self.active.turning == 0


async def test_only_the_last_of_fast_clicks_is_drawn() -> None:
    table = Table()
    await table.presses(Next(), Next(), Next(), Previous(), Next())
    assert table.answers == {0: "deferred", 1: "deferred", 2: "deferred", 3: "deferred", 4: "3"}
    assert table.prepared == [3]
    assert table.active.state.index == 3


async def test_a_press_whose_page_is_shown_is_not_in_flight_while_the_next_one_is_drawn() -> None:
    """Or its user would be told, after a slow drawing ahead or at a restart, that what they see was not done."""
    table = Table()
    table.ahead.clear()
    first = table.press(0, Next())
    await asyncio.wait([first], timeout=0.05)
    assert (table.answers, first.done(), len(table.in_flight)) == ({0: "1"}, False, 0)
    second = table.press(1, Next())
    await asyncio.wait([second], timeout=0.05)
    assert (table.answers[1], len(table.in_flight)) == ("2", 0)
    table.ahead.set()
    await asyncio.gather(first, second)


async def test_whatever_is_no_page_turn_is_shown_at_once() -> None:
    table = Table()
    await table.presses(Next(), Show(View.GRID), Next(), Hide(Hider.MEMBER), Next())
    assert table.answers[1] == "0"
    assert table.answers[3] == "4"
    assert table.active.state.hidden_by is Hider.MEMBER


async def test_a_press_delivered_twice_counts_once() -> None:
    table = Table()
    await table.presses(Next())
    await table.press(0, Next())
    assert table.active.state.index == 1


async def test_a_turn_that_needs_more_pictures_gets_them_first() -> None:
    table = Table(3, complete=False)
    await table.presses(Next(), Next(), Next(), Next())
    assert table.prepared == [3, 3]
    assert [table.answers[number] for number in range(4)] == ["deferred", "deferred", "3", "3"]


async def test_after_a_failure_the_next_click_goes_on() -> None:
    table = Table()
    table.broken = True
    with pytest.raises(RuntimeError, match="broken"):
        await table.presses(Next(), Next())
    assert table.answers == {0: "deferred"}
    assert table.active.turning == 0
    assert not table.active.lock.locked()
    table.broken = False
    await table.press(7, Next())
    assert table.answers[7] == "2"
