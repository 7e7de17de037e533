"""Servers that removed the bot while it was away."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.storage import Database
from bot.storage.absences import ABSENCE_GRACE, Absences
from bot.storage.choices import Choices
from bot.storage.policies import PolicyStore
from bot.storage.purge import forget_server
from bot.storage.sessions import PAGE_LIFETIME, SessionStore, StoredSession

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)


def anybodys(_guild_id: int) -> bool:
    return True


@pytest.fixture
async def absences(database: Database) -> Absences:
    """Three servers are known: by a choice, by a level, by a blocked word."""
    await Choices(database).set_server(1, "identify", "inside")
    await PolicyStore(database).set_level(2, "server", 2, "Strict", 7)
    await Choices(database).set_server(3, "identify", "inside", 33)
    return Absences(database)


async def test_a_server_is_forgotten_a_day_after_it_was_first_missed(absences: Absences, database: Database) -> None:
    assert await absences.overdue({1, 3}, anybodys, NOW) == ()
    assert await absences.overdue({1, 3}, anybodys, NOW + ABSENCE_GRACE - timedelta(seconds=1)) == ()
    assert await absences.overdue({1, 3}, anybodys, NOW + ABSENCE_GRACE) == (2,)
    await forget_server(database, 2)
    assert await absences.overdue({1, 3}, anybodys, NOW + ABSENCE_GRACE) == ()
    assert await PolicyStore(database).levels(2) == []


async def test_checks_at_the_same_time_note_an_absence_once(absences: Absences) -> None:
    assert await asyncio.gather(*(absences.overdue({1, 3}, anybodys, NOW) for _ in range(8))) == [()] * 8
    assert await absences.overdue({1, 3}, anybodys, NOW + ABSENCE_GRACE) == (2,)


async def test_a_server_that_is_back_begins_anew(absences: Absences) -> None:
    await absences.overdue({1, 3}, anybodys, NOW)
    await absences.overdue({1, 2, 3}, anybodys, NOW + ABSENCE_GRACE)
    assert await absences.overdue({1, 3}, anybodys, NOW + 2 * ABSENCE_GRACE) == ()
    assert await absences.overdue({1, 3}, anybodys, NOW + 3 * ABSENCE_GRACE) == (2,)


@pytest.mark.parametrize(
    ("ours", "missed"), [(lambda one: one == 2, (2,)), (lambda one: one != 2, (3,)), (lambda _: False, ())]
)
async def test_servers_of_other_processes_are_not_missed(
    absences: Absences, ours: Callable[[int], bool], missed: tuple[int, ...]
) -> None:
    await absences.overdue({1}, ours, NOW)
    assert await absences.overdue({1}, ours, NOW + ABSENCE_GRACE) == missed


async def test_a_bot_that_knows_nobody_again_is_another_one(absences: Absences) -> None:
    await absences.overdue({8, 9}, anybodys, NOW)
    assert await absences.overdue({8, 9}, anybodys, NOW + ABSENCE_GRACE) == ()
    await absences.overdue(set(), anybodys, NOW)
    assert await absences.overdue(set(), anybodys, NOW + ABSENCE_GRACE) == ()


async def test_the_only_server_there_was_may_go(database: Database) -> None:
    await Choices(database).set_server(1, "identify", "inside")
    await Absences(database).overdue(set(), anybodys, NOW)
    assert await Absences(database).overdue(set(), anybodys, NOW + ABSENCE_GRACE) == (1,)


async def test_servers_where_people_brought_the_app_themselves_are_not_missed(database: Database) -> None:
    session = StoredSession("session-1", "search", 5, "{}", b"", NOW, NOW + PAGE_LIFETIME, guild_id=70)
    await SessionStore(database).add(session)
    await Absences(database).overdue({1}, anybodys, NOW)
    assert await Absences(database).overdue({1}, anybodys, NOW + ABSENCE_GRACE) == ()
