"""Sessions in use: written soon, read back by another process, bounded in memory."""

from __future__ import annotations

import gc
import weakref
import zlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.bing_v7 import SearchRequest
from bot.discord_ui.model.batches import Fetched
from bot.discord_ui.model.pager import Hider, Next, PagerState, View, reduce
from bot.discord_ui.model.session import SearchSession, pack_session, pack_state, unpack_session, unpack_state
from bot.discord_ui.sessions.cache import SESSIONS_IN_MEMORY, SessionCache
from bot.discord_ui.sessions.service import session_service_of
from bot.storage import Database
from bot.storage.sessions import SessionStore, StorageError, StoredSession
from tests.databases import open_database

from .fakes import judged, picture

NOW = datetime.now(UTC)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    found = await open_database(tmp_path / "magpie.db")
    yield found
    await found.close()


@pytest.fixture
def store(database: Database) -> SessionStore:
    return SessionStore(database)


def content(count: int = 30) -> SearchSession:
    items = tuple(picture(number) for number in range(count))
    return SearchSession(
        title="red", request=SearchRequest(q="red"), owner_id=5, fetched=Fetched(items=items, next_offset=30)
    )


class Client:
    """As much of a client as its session service asks for when it is made."""

    def __init__(self, store: SessionStore) -> None:
        self.services = SimpleNamespace(sessions=store)


async def test_a_client_has_one_service_which_is_forgotten_with_it(store: SessionStore) -> None:
    gc.disable()  # so that both stay among the youngest
    try:
        client = Client(store)
        assert session_service_of(client) is session_service_of(client)
        gone = weakref.ref(client)
        del client
        gc.collect(0)
        assert gone() is None
    finally:
        gc.enable()


def test_content_and_state_come_back_from_storage_the_same() -> None:
    state = PagerState(30, False, 12, View.GRID, Hider.MEMBER, (1, 2, 2**63))
    assert unpack_state(pack_state(state)) == state
    assert unpack_session(pack_session(content())) == content()
    assert len(pack_session(content(150))) < 30_000


@pytest.mark.parametrize("data", [b"", b"no zlib", zlib.compress(b"{}"), zlib.compress(b"[1]")])
def test_what_another_version_stored_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        unpack_session(data)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"view": "cinema"}', '{"index": "x"}'])
def test_a_state_of_another_version_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="validation error"):
        unpack_state(text)


async def test_turns_are_written_soon_and_read_back_by_another_process(store: SessionStore) -> None:
    first = SessionCache(store)
    active = await first.add(judged(content(), PagerState(30, False)), message_id=9)
    for _ in range(5):
        active.state = reduce(active.state, Next())
        first.turned(active)
    await first.flush()
    other = await SessionCache(store).of_message(9)
    assert other is not None
    assert (other.state.index, other.fresh, other.content) == (5, True, active.content)


async def test_turns_that_cannot_be_stored_are_stored_later_and_told_once(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fails(_: object) -> list[StoredSession]:
        raise StorageError("away")

    first = SessionCache(store)
    active = await first.add(judged(content(), PagerState(30, False)), message_id=9)
    with monkeypatch.context() as broken:
        broken.setattr(store, "save_many", fails)
        for _ in range(3):
            active.state = reduce(active.state, Next())
            first.turned(active)
            await first.flush()
    await first.flush()
    other = await SessionCache(store).of_message(9)
    assert other is not None
    assert other.state.index == 3
    assert [(one.levelname, one.exc_info) for one in caplog.records] == [("WARNING", None)]


async def test_a_turn_and_new_pictures_at_once_are_both_kept(store: SessionStore) -> None:
    sessions = SessionCache(store)
    active = await sessions.add(judged(content(), PagerState(30, False)), message_id=9)
    for count in range(31, 41):
        active.state = reduce(active.state, Next())
        sessions.turned(active)
        active.content = content(count)
        await sessions.save(active)
        sessions.turned(active)
    await sessions.flush()
    other = await SessionCache(store).get(active.id)
    assert other is not None
    assert (other.state.index, len(other.content.items)) == (10, 40)


async def test_a_change_by_another_process_is_noticed(store: SessionStore) -> None:
    one, two = SessionCache(store), SessionCache(store)
    mine = await one.add(judged(content(), PagerState(30, False)), message_id=9)
    theirs = await two.get(mine.id)
    assert theirs is not None
    theirs.state = reduce(theirs.state, Next())
    two.turned(theirs)
    await two.flush()
    mine.state = reduce(reduce(mine.state, Next()), Next())
    one.turned(mine)
    await one.flush()
    again = await one.get(mine.id)
    assert again is not None
    assert again is not mine
    assert again.state.index == 1


async def test_what_turns_during_a_write_is_gathered_anew(store: SessionStore, monkeypatch: pytest.MonkeyPatch) -> None:
    sessions, written, save_many = SessionCache(store), list[int](), store.save_many
    one, two = [await sessions.add(judged(content(), PagerState(30, False)), message_id=number) for number in (1, 2)]

    async def slow(changed: Sequence[StoredSession]) -> list[StoredSession]:
        written.append(len(changed))
        if len(written) == 1:
            for active in (one, two):
                active.state = reduce(active.state, Next())
                sessions.turned(active)
        return await save_many(changed)

    monkeypatch.setattr(store, "save_many", slow)
    sessions.turned(one)
    sessions._begin_writing()
    assert sessions._writer is not None
    await sessions._writer
    assert written == [1]
    await sessions.flush()
    assert written == [1, 2]
    again = await SessionCache(store).get(two.id)
    assert again is not None
    assert again.state.index == 1


async def test_strange_messages_are_looked_up_once(store: SessionStore, monkeypatch: pytest.MonkeyPatch) -> None:
    sessions, asked = SessionCache(store), list[int]()

    async def of_message(message_id: int, *, or_expired: bool) -> None:
        assert or_expired
        asked.append(message_id)

    monkeypatch.setattr(store, "of_message", of_message)
    assert await sessions.of_message(77) is None
    assert await sessions.of_message(77) is None
    assert asked == [77]
    active = await sessions.add(judged(content(), PagerState(30, False)))
    await sessions.attach(active, 8, 77)
    assert await sessions.of_message(77) is active


async def test_memory_is_bounded_and_nothing_is_lost(store: SessionStore) -> None:
    sessions = SessionCache(store)
    first = await sessions.add(judged(content(1), PagerState(1)), message_id=1)
    for number in range(2, SESSIONS_IN_MEMORY + 3):
        stored = replace(first.stored, id=f"session-{number}", message_id=number)
        sessions._keep(type(first)(stored, first.content, first.state))
    again = await sessions.of_message(1)
    assert again is not None
    assert again is not first
    assert again.content == first.content


async def test_a_session_in_memory_ends_with_its_day_too(store: SessionStore) -> None:
    sessions = SessionCache(store)
    active = await sessions.add(judged(content(1), PagerState(1)), message_id=1)
    active.stored = replace(active.stored, expires_at=NOW - timedelta(seconds=1))
    assert await sessions.get(active.id) is None
    assert await sessions.of_message(1) is not active
