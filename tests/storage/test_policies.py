"""Levels, lists and who changed them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.storage import Database, policies
from bot.storage.policies import ListKind, PolicyStore, TooManyEntries


@pytest.fixture
def store(database: Database) -> PolicyStore:
    return PolicyStore(database)


@pytest.fixture
async def elsewhere(state_url: str, database: Database) -> AsyncIterator[PolicyStore]:
    """The store of another process; the tables are there already."""
    opened = await Database.open(state_url)
    yield PolicyStore(opened)
    await opened.close()


async def test_the_history_is_one_of_changes_that_followed_each_other(
    store: PolicyStore, elsewhere: PolicyStore
) -> None:
    """Moderators of one server change the same things at the same moment, each through another process."""
    both = (store, elsewhere)
    for level in ("Strict", "Moderate", None, "Strict", None, "Off", "Strict"):
        chosen = (level, "Moderate")
        await asyncio.gather(
            *(one.set_level(1, "server", 1, new, 7) for one, new in zip(both, chosen, strict=True)),
            *(one.set_level(2, "server", 2, "Off", 7) for one in both),
        )
    rows = list(reversed(await store.audit(1, 100)))
    assert [row.before for row in rows] == [None, *(row.after for row in rows[:-1])]
    assert [row.level for row in await store.levels(1)] == [row.after for row in rows[-1:]]
    assert [(row.before, row.after) for row in await store.audit(2, 100)] == [(None, "Off")]


async def test_one_of_two_who_list_the_same_at_once_did_it(store: PolicyStore, elsewhere: PolicyStore) -> None:
    for number in range(8):
        done = await asyncio.gather(
            *(one.add_entry(1, ListKind.WORD, f"word {number}", 7) for one in (store, elsewhere))
        )
        assert sorted(done) == [False, True]
    assert len(await store.audit(1, 100)) == 8


async def test_levels_are_set_changed_and_cleared(store: PolicyStore) -> None:
    assert await store.set_level(1, "channel", 2**62, "Strict", 7) is None
    assert await store.set_level(1, "channel", 2**62, "Moderate", 8) == "Strict"
    assert await store.set_level(2, "server", 2, "Strict", 9) is None
    (row,) = await store.levels(1)
    assert (row.scope, row.scope_id, row.level, row.set_by) == ("channel", 2**62, "Moderate", 8)
    assert row.set_at.tzinfo is not None
    assert await store.set_level(1, "channel", 2**62, None, 8) == "Moderate"
    assert await store.levels(1) == []


async def test_every_change_is_in_the_audit_and_nothing_else(store: PolicyStore) -> None:
    await store.set_level(1, "server", 1, "Strict", 7)
    await store.set_level(1, "server", 1, "Strict", 7)
    await store.set_level(1, "server", 1, None, 8)
    await store.set_level(1, "server", 1, None, 8)
    await store.add_entry(1, ListKind.HOST, "bad.example", 7)
    await store.add_entry(1, ListKind.HOST, "bad.example", 7)
    await store.remove_entry(1, ListKind.HOST, "bad.example", 9)
    await store.remove_entry(1, ListKind.HOST, "bad.example", 9)
    await store.add_entry(2, ListKind.ALLOW, "fine.example", 7)
    assert [(row.action, row.before, row.after, row.done_by) for row in await store.audit(1)] == [
        ("unblock-host", "bad.example", None, 9),
        ("block-host", None, "bad.example", 7),
        ("clear", "Strict", None, 8),
        ("set", None, "Strict", 7),
    ]
    assert [row.action for row in await store.audit(2)] == ["allow"]
    assert len(await store.audit(1, limit=2)) == 2


async def test_lists_of_a_server(store: PolicyStore) -> None:
    assert await store.add_entry(1, ListKind.WORD, "wumpus", 7)
    assert await store.add_entry(1, ListKind.HOST, "wumpus", 7)
    assert not await store.add_entry(1, ListKind.WORD, "wumpus", 8)
    assert [(row.kind, row.value, row.set_by) for row in await store.entries(1)] == [
        (ListKind.HOST, "wumpus", 7),
        (ListKind.WORD, "wumpus", 7),
    ]
    assert await store.entries(2) == []
    assert await store.remove_entry(1, ListKind.WORD, "wumpus", 7)
    assert not await store.remove_entry(2, ListKind.HOST, "wumpus", 7)


async def test_lists_have_an_end(store: PolicyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policies, "MOST_ENTRIES", 2)
    await store.add_entry(1, ListKind.WORD, "a", 7)
    await store.add_entry(1, ListKind.WORD, "b", 7)
    with pytest.raises(TooManyEntries):
        await store.add_entry(1, ListKind.WORD, "c", 7)
    assert not await store.add_entry(1, ListKind.WORD, "a", 7)
    assert await store.add_entry(2, ListKind.WORD, "c", 7)
