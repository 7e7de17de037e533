"""Accounts that several processes share."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from bot.providers.middleware.budget_store import AccountScope, BudgetStore, Line, MemoryBudgetStore
from bot.storage import Database
from bot.storage.spending import SpendingStore

DAY = Line("p", AccountScope.PROVIDER, 0, "2026-01-31", 3)
MONTH = Line("p", AccountScope.PROVIDER, 0, "2026-01", 4)


@pytest.fixture(params=[True, False], ids=["kept", "memory"])
def store(request: pytest.FixtureRequest, database: Database) -> BudgetStore:
    """Both stores behave alike."""
    return SpendingStore(database) if request.param else MemoryBudgetStore()


async def test_spending_stops_at_the_first_limit_and_then_adds_nothing(store: BudgetStore) -> None:
    assert await store.spend([DAY, MONTH], 2) is None
    assert await store.spend([DAY, MONTH], 2) == DAY
    assert list(await store.used([DAY, MONTH])) == [2, 2]
    assert await store.spend([MONTH], 2) is None
    assert await store.spend([DAY, MONTH], 1) == MONTH
    assert list(await store.used([DAY, MONTH])) == [2, 4]


async def test_giving_back_never_goes_below_nothing(store: BudgetStore) -> None:
    await store.spend([DAY], 2)
    await store.give_back([DAY, MONTH], 1)
    assert list(await store.used([DAY, MONTH])) == [1, 0]
    await store.give_back([DAY], 5)
    assert list(await store.used([DAY])) == [0]


async def test_people_and_servers_have_accounts_of_their_own(store: BudgetStore) -> None:
    mine, yours = (Line("p", AccountScope.PERSON, who, "2026-01-31", 1) for who in (7, 8))
    assert await store.spend([mine], 1) is None
    assert await store.spend([yours], 1) is None
    assert await store.spend([mine], 1) == mine


async def test_nothing_to_spend_on_is_fine(store: BudgetStore) -> None:
    assert await store.spend([], 1) is None


async def test_at_the_same_time_not_one_more_than_the_limit(database: Database) -> None:
    store = SpendingStore(database)
    line = Line("p", AccountScope.SERVER, 1, "2026-01-31", 5)
    answers = await asyncio.gather(*(store.spend([line], 1) for _ in range(12)))
    assert answers.count(None) == 5
    assert await store.used([line]) == [5]


async def test_accounts_of_long_ago_are_forgotten(database: Database) -> None:
    store = SpendingStore(database)
    old = [Line("p", AccountScope.PROVIDER, 0, period, 9) for period in ("2025-01-31", "2025-01")]
    new = [Line("p", AccountScope.PROVIDER, 0, period, 9) for period in ("2026-01-30", "2026-01")]
    await store.spend([*old, *new], 1)
    await store.prune(date(2026, 2, 1))
    assert await store.used([*old, *new]) == [0, 0, 1, 1]


async def test_a_day_that_rolls_adds_its_hours_up(store: BudgetStore) -> None:
    earlier = Line("p", AccountScope.PROVIDER, 0, "2026013122", 3)
    now = Line("p", AccountScope.PROVIDER, 0, "2026020101", 3, ("2026013122", "2026013123", "2026020100"))
    assert await store.spend([earlier], 2) is None
    assert await store.spend([now], 2) == now
    assert await store.spend([now], 1) is None
    assert list(await store.used([now, earlier])) == [3, 2]
    assert await store.spend([now], 1) == now
