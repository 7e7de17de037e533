"""Page sessions and display choices on both databases: optimistic locking, the day they live, forgetting."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.storage import Database
from bot.storage.choices import DisplayChoices
from bot.storage.purge import forget_person, forget_server
from bot.storage.query_counts import QueryCountStore
from bot.storage.sessions import ASKED_AGAIN_FOR, PAGE_LIFETIME, SessionStore, StoredSession

NOW = datetime.now(UTC)


@pytest.fixture
def store(database: Database) -> SessionStore:
    return SessionStore(database)


def row(name: str = "session-1", **changes: Any) -> StoredSession:
    facts: dict[str, Any] = {
        "id": name, "kind": "search", "owner_id": 5, "state": "{}", "data": b"\x00data", "created_at": NOW,
        "expires_at": NOW + PAGE_LIFETIME, "guild_id": 7, "channel_id": 8, "message_id": 9,
    }  # fmt: skip
    return StoredSession(**{**facts, **changes})


async def test_what_is_stored_comes_back(store: SessionStore) -> None:
    await store.add(row())
    assert await store.get("session-1") == row()
    assert await store.of_message(9) == row()
    assert await store.get("session-2") is None
    assert await store.of_message(1) is None


async def test_only_who_saw_the_last_change_may_write(store: SessionStore) -> None:
    await store.add(row())
    first = await store.save(replace(row(), state="{1}"))
    assert first is not None
    assert first.version == 2
    assert await store.save(replace(row(), state="{2}")) is None
    again = await store.save(replace(first, state="{3}", data=b"other"), with_data=False)
    assert again is not None
    kept = await store.get("session-1")
    assert kept is not None
    assert (kept.state, kept.data, kept.version) == ("{3}", b"\x00data", 3)


async def test_writers_at_once_never_lose_a_change_silently(store: SessionStore) -> None:
    await store.add(row())
    written = await asyncio.gather(*(store.save(replace(row(), state=str(number))) for number in range(8)))
    assert sum(one is not None for one in written) == 1


async def test_sessions_live_a_day(store: SessionStore) -> None:
    await store.add(row("old-one-1", expires_at=NOW - timedelta(seconds=1)))
    await store.add(row("young-one", message_id=10))
    assert await store.get("old-one-1") is None
    assert await store.of_message(9) is None
    assert await store.purge() == 1
    assert await store.get("young-one") is not None
    assert await store.purge(NOW + PAGE_LIFETIME) == 1


async def test_a_question_outlives_its_pictures_by_six_days(store: SessionStore) -> None:
    await store.add(row(question=b"what"))
    await store.add(row("unasked-1", message_id=10))
    over = NOW + PAGE_LIFETIME
    assert await store.purge(over) == 2
    kept = await store.get_or_expired("session-1")
    assert kept is not None
    assert (kept.data, kept.question) == (b"", b"what")
    assert await store.get_or_expired("unasked-1") is None
    assert await store.purge(over) == 0
    assert await store.purge(over + ASKED_AGAIN_FOR - timedelta(seconds=1)) == 0
    assert await store.purge(over + ASKED_AGAIN_FOR) == 1
    assert await store.get_or_expired("session-1") is None


async def test_an_ended_session_is_found_by_its_message_until_it_is_let_go(store: SessionStore) -> None:
    await store.add(row(question=b"what", expires_at=NOW - timedelta(seconds=1)))
    assert await store.of_message(9) is None
    found = await store.of_message(9, or_expired=True)
    assert found is not None
    assert found.expired()
    await store.detach(found.id)
    assert await store.of_message(9, or_expired=True) is None
    assert await store.get_or_expired(found.id) is not None


async def test_a_change_of_what_is_asked_is_written_with_the_pictures(store: SessionStore) -> None:
    await store.add(row(question=b"one"))
    second = await store.save(replace(row(), question=b"two", data=b"2"))
    assert second is not None
    await store.save(replace(second, question=b"three", state="{1}"), with_data=False)
    kept = await store.get("session-1")
    assert kept is not None
    assert (kept.question, kept.state) == (b"two", "{1}")


async def test_people_and_servers_can_be_forgotten(store: SessionStore) -> None:
    await store.add(row("session-1"))
    await store.add(row("session-2", owner_id=6, guild_id=70))
    await store.add(row("session-3", guild_id=70))
    await forget_person(store.database, await QueryCountStore.open(store.database), 5)
    assert [await store.exists(f"session-{number}") for number in (1, 2, 3)] == [False, True, False]
    await forget_server(store.database, 70)
    assert not await store.exists("session-2")


async def test_choices_of_a_channel_stand_over_those_of_its_server(database: Database) -> None:
    choices = DisplayChoices(database)
    assert await choices.of(7, 8) == {}
    await choices.choose(7, 0, {"view": "grid", "reactions": "no"})
    await choices.choose(7, 8, {"view": "single"})
    assert await choices.of(7, 8) == {"view": "single", "reactions": "no"}
    assert await choices.of(7, 9) == {"view": "grid", "reactions": "no"}
    assert await choices.of(None, 9) == {}
    await choices.choose(7, 8, {"view": None})
    assert await DisplayChoices(database).of(7, 8) == {"view": "grid", "reactions": "no"}
