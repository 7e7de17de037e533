"""Pages of one search asked from several bot processes over one store."""

import pytest

from bot.bing_v7 import SafeSearch, SearchRequest
from bot.collection.query.search import Searching
from bot.collection.store import open_store

from .made import row


@pytest.fixture
async def processes(address):
    """Two stores and searches over the same pictures, as two processes have them."""
    stores = [await open_store(address) for _ in range(2)]
    await stores[0].upsert([row(f"fox {n}", seed=n + 1, description="den" * (n % 3)) for n in range(40)])
    yield stores, [Searching(store, None, show_unrated=False) for store in stores]
    for store in stores:
        await store.aclose()


def asked(offset: int = 0, q: str = "fox") -> SearchRequest:
    return SearchRequest(q=q, offset=offset, count=10, safe_search=SafeSearch.STRICT)


def ids(answer) -> list[str]:
    return [image.image_id for image in answer.value]


async def test_another_process_continues_the_same_list(processes):
    _, (one, other) = processes
    first = await one.answer(asked())
    assert first.next_offset == 10
    pages = [ids(await searching.answer(asked(offset))) for searching in (one, other) for offset in (10, 20, 30)]
    assert pages[:3] == pages[3:]
    assert len({*ids(first), *pages[0], *pages[1], *pages[2]}) == 40
    assert (await other.answer(asked(30))).next_offset is None


async def test_a_spelling_is_corrected_the_same_by_another_process(processes):
    _, (one, other) = processes
    first = await one.answer(asked(q="foxx"))
    second = await other.answer(asked(10, q="foxx"))
    assert first.query_context.altered_query == second.query_context.altered_query == "fox"
    assert not set(ids(first)) & set(ids(second))
    assert second.next_offset == 20


async def test_after_a_change_the_own_process_holds_still_and_another_begins_afresh(processes):
    """The one that listed goes on in its list; the other answers from what there is now, and never fails."""
    (store, _), (one, other) = processes
    first = await one.answer(asked())
    gone = ids(first)[:3]
    held = await store.pictures(gone)
    await store.remove_places([picture.places[0].key for picture in held])
    await store.upsert([row("fox fox", seed=99)])
    kept = await one.answer(asked(10))
    assert not set(ids(kept)) & set(ids(first))
    assert kept.total_estimated_matches == 40
    fresh = await other.answer(asked(10))
    assert len(fresh.value) == 10
    assert fresh.total_estimated_matches == 38
    assert fresh.next_offset == 20
    assert not set(ids(fresh)) & set(gone)
    beyond = await other.answer(asked(38))
    assert beyond.value == ()
    assert beyond.next_offset is None
