"""Settings of servers: kept for seconds, forgotten on change, also while they are being read."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot.bing_v7 import SafeSearch, Unavailable
from bot.safesearch.place import Place, PlaceKind
from bot.safesearch.policies import FRESH_SECONDS, BadEntry, Policies, spelled
from bot.safesearch.policy import OperatorPolicy, Rule, Scope
from bot.storage.policies import ListKind

from .world import MemoryPolicyStore

PLACE = Place(PlaceKind.CHANNEL, 1, 10, 100, None, True)
STRICT, MODERATE, OFF = SafeSearch.STRICT, SafeSearch.MODERATE, SafeSearch.OFF


class CountingStore(MemoryPolicyStore):
    def __init__(self) -> None:
        super().__init__()
        self.reads = 0
        self.slow: asyncio.Event | None = None
        self.begun = asyncio.Event()

    async def levels(self, guild_id: int) -> Any:
        self.reads += 1
        rows = await super().levels(guild_id)
        self.begun.set()
        if self.slow is not None:
            await self.slow.wait()
        return rows


@pytest.fixture
def store() -> CountingStore:
    return CountingStore()


@pytest.fixture
def clock() -> list[float]:
    return [0.0]


@pytest.fixture
def kept(store: CountingStore, clock: list[float]) -> Policies:
    return Policies(store, OperatorPolicy(allow_off=True), clock=lambda: clock[0])  # type: ignore[arg-type]  # in memory


async def test_nearest_setting_and_who_made_it(policies: Policies) -> None:
    await policies.set_level(1, Scope.SERVER, 1, MODERATE, 7)
    await policies.set_level(1, Scope.CHANNEL, 10, OFF, 8)
    decision = await policies.decide(PLACE)
    assert (decision.level, decision.rule, decision.set_by) == (OFF, Rule.CHANNEL, 8)
    assert decision.set_at is not None
    assert (await policies.decide(PLACE, own=STRICT)).level is STRICT
    elsewhere = Place(PlaceKind.CHANNEL, 1, 11, 100, None, True)
    assert (await policies.decide(elsewhere)).rule is Rule.SERVER


async def test_reads_once_until_a_change_or_some_seconds(
    kept: Policies, store: CountingStore, clock: list[float]
) -> None:
    for _ in range(3):
        await kept.decide(PLACE)
    assert store.reads == 1
    await kept.set_level(1, Scope.CHANNEL, 10, STRICT, 7)
    assert (await kept.decide(PLACE)).level is STRICT
    assert store.reads == 2
    store.rows["channel", 10] = "Moderate"  # another process
    assert (await kept.decide(PLACE)).level is STRICT
    clock[0] += FRESH_SECONDS + 0.1
    assert (await kept.decide(PLACE)).level is MODERATE


async def test_a_change_while_reading_is_not_overwritten_by_what_was_read(kept: Policies, store: CountingStore) -> None:
    await kept.set_level(1, Scope.CHANNEL, 10, OFF, 7)
    store.slow = asyncio.Event()
    reading = asyncio.create_task(kept.decide(PLACE))
    await store.begun.wait()
    await kept.set_level(1, Scope.CHANNEL, 10, STRICT, 7)
    store.slow.set()
    await reading
    assert (await kept.decide(PLACE)).level is STRICT


async def test_who_asks_while_settings_are_being_read_waits_for_the_same_answer(
    kept: Policies, store: CountingStore
) -> None:
    store.slow = asyncio.Event()
    asking = [asyncio.create_task(kept.decide(PLACE)) for _ in range(16)]
    await store.begun.wait()
    asking[0].cancel()
    store.slow.set()
    assert {decision.level for decision in await asyncio.gather(*asking[1:])} == {STRICT}
    assert store.reads == 1


async def test_who_asks_after_a_change_does_not_wait_for_what_is_read_from_before(
    kept: Policies, store: CountingStore
) -> None:
    await kept.set_level(1, Scope.CHANNEL, 10, OFF, 7)
    store.slow = asyncio.Event()
    before = asyncio.create_task(kept.decide(PLACE))
    await store.begun.wait()
    await kept.set_level(1, Scope.CHANNEL, 10, STRICT, 7)
    store.slow, slow = None, store.slow
    assert (await asyncio.wait_for(kept.decide(PLACE), 5)).level is STRICT
    slow.set()
    await before
    assert (await kept.decide(PLACE)).level is STRICT


async def test_settings_that_cannot_be_read_let_nothing_through(kept: Policies, store: CountingStore) -> None:
    async def broken(guild_id: int) -> Any:
        raise OperationalError("select", {}, Exception("gone"))

    store.levels = broken  # type: ignore[method-assign]  # a database that is gone
    with pytest.raises(Unavailable):
        await kept.rules(PLACE)
    assert (await kept.decide(Place(PlaceKind.DM))).level is STRICT


async def test_a_site_is_blocked_with_and_without_www(policies: Policies) -> None:
    await policies.add(1, ListKind.HOST, "https://www.bad.example/x", 7)
    lists = (await policies.rules(PLACE))[1]
    assert [lists.blocks_host(host) for host in ("bad.example", "www.bad.example", "cdn.bad.example")] == [True] * 3
    assert await policies.remove(1, ListKind.HOST, "www.bad.example", 7) == ("bad.example", True)
    assert not (await policies.rules(PLACE))[1].hosts


async def test_a_site_that_was_listed_with_www_can_be_taken_off(policies: Policies) -> None:
    await policies.store.add_entry(1, ListKind.HOST, "www.bad.example", 7)
    assert await policies.remove(1, ListKind.HOST, "www.bad.example", 7) == ("www.bad.example", True)
    assert await policies.remove(1, ListKind.HOST, "www.bad.example", 7) == ("bad.example", False)
    assert not (await policies.rules(PLACE))[1].hosts


async def test_lists_hold_in_every_place_of_the_server(policies: Policies) -> None:
    await policies.add(1, ListKind.HOST, "Bad.example", 7)
    for place in (
        PLACE,
        Place(PlaceKind.UNKNOWN, 1),
        Place(PlaceKind.CHANNEL, 1, 10, None, None, True, user_install=True),
    ):
        assert (await policies.rules(place))[1].blocks_host("www.bad.example")
    assert not (await policies.rules(Place(PlaceKind.DM)))[1].hosts


@pytest.mark.parametrize(
    ("kind", "entry", "value"),
    [
        (ListKind.HOST, "https://www.Example.com/x?y", "example.com"),
        (ListKind.HOST, "www.com", "www.com"),
        (ListKind.ALLOW, "https://www.example.com/x", "www.example.com"),
        (ListKind.HOST, "*.example.com", "example.com"),
        (ListKind.ALLOW, "b\u00fccher.example.", "xn--bcher-kva.example"),
        (ListKind.WORD, "  Caf\u00c9   au lait ", "cafe au lait"),
        (ListKind.WORD, "\u30a8\u30ed", "\u30a8\u30ed"),
    ],
)
def test_one_spelling(kind: ListKind, entry: str, value: str) -> None:
    assert spelled(kind, entry) == value
    assert spelled(kind, value) == value


@pytest.mark.parametrize(
    ("kind", "entry"),
    [
        (ListKind.HOST, "com"), (ListKind.HOST, "not a host"), (ListKind.HOST, ""), (ListKind.ALLOW, "`x`.y"),
        (ListKind.HOST, "a..b"), (ListKind.WORD, "!!!"), (ListKind.WORD, " "), (ListKind.WORD, "x" * 101),
    ],
)  # fmt: skip
def test_what_is_no_host_or_word(kind: ListKind, entry: str) -> None:
    with pytest.raises(BadEntry):
        spelled(kind, entry)


async def test_entries_come_and_go_in_their_one_spelling(policies: Policies) -> None:
    assert await policies.add(1, ListKind.HOST, "HTTP://Bad.example/", 7) == ("bad.example", True)
    assert await policies.add(1, ListKind.HOST, "bad.example.", 7) == ("bad.example", False)
    assert [row.value for row in await policies.entries(1)] == ["bad.example"]
    assert await policies.remove(1, ListKind.HOST, "BAD.example", 7) == ("bad.example", True)
    assert await policies.remove(1, ListKind.HOST, "bad.example", 7) == ("bad.example", False)
    assert [row.action for row in await policies.audit(1)] == ["unblock-host", "block-host"]
