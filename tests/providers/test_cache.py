import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.bing_v7 import (
    CachePolicy,
    Category,
    Crop,
    Image,
    ImageAnswer,
    ImageInsights,
    InsightsRequest,
    Note,
    NoteCode,
    Provenance,
    Query,
    SafeSearch,
    SearchRequest,
    Size,
    Tile,
    TrendingImages,
    TrendingRequest,
    Unavailable,
    Upload,
    Verb,
)
from bot.bing_v7.reuse import ReuseTerms, noting_reuse
from bot.providers.middleware.cache import STALE_AGE, Cached, key_of
from bot.providers.routing.chain import Chain

from .scripted import Scripted, pictures

OTTER = SearchRequest(q="otter")


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def test_equal_questions_are_answered_from_what_is_kept() -> None:
    clock, inner = Clock(), Scripted("one", pictures("a"))
    cached = Cached(inner, clock=clock)
    first = await cached.search(OTTER)
    assert await cached.search(OTTER.model_copy(update={"client_id": "other", "client_ip": "192.0.2.1"})) is first
    assert len(inner.asked) == 1
    clock.now += timedelta(minutes=15).total_seconds() + 1
    await cached.search(OTTER)
    assert len(inner.asked) == 2


async def test_terms_that_forbid_keeping_are_obeyed() -> None:
    inner = Scripted("one", pictures("a"), cache=CachePolicy(None))
    cached = Cached(inner)
    await cached.search(OTTER)
    await cached.search(OTTER)
    assert (len(inner.asked), len(cached)) == (2, 0)


@pytest.mark.parametrize(
    "other",
    [
        OTTER.at(SafeSearch.STRICT),
        OTTER.at(SafeSearch.OFF),
        SearchRequest(q="Otter"),
        SearchRequest(q="otter", offset=35),
        SearchRequest(q="otter", size=Size.LARGE),
        SearchRequest(q="otter", mkt="de-DE"),
    ],
)
async def test_another_question_is_another_answer(other: SearchRequest) -> None:
    inner = Scripted("one", lambda request: pictures(request.q))
    cached = Cached(inner)
    await cached.search(OTTER)
    await cached.search(other)
    assert len(inner.asked) == 2


async def test_trends_of_one_server_are_not_another_ones() -> None:
    inner = Scripted("one", lambda _request: TrendingImages())
    cached = Cached(inner)
    requests = [TrendingRequest(), TrendingRequest().within("one"), TrendingRequest().within("other")]
    for request in [*requests, *requests]:
        await cached.trending(request)
    assert inner.asked == requests


def test_pictures_are_known_by_their_hash_alone() -> None:
    def key(data: bytes, **more: Any) -> tuple[object, ...]:
        return key_of("p", Verb.INSIGHTS, InsightsRequest(upload=Upload(data=data, filename="me.jpg"), **more))

    assert key(b"one") == key(b"one")
    assert key(b"one") != key(b"two")
    assert key(b"one") != key(b"one", crop=Crop(right=0.5))
    assert key(b"one") != key(b"one", modules=frozenset({"Tags"}))
    assert key(b"one", modules=frozenset({"Tags", "BRQ"})) == key(b"one", modules=frozenset({"BRQ", "Tags"}))
    assert "me.jpg" not in repr(key(b"secret bytes")) + repr(key(b"one"))
    assert "secret" not in repr(key(b"secret bytes"))
    assert key_of("p", Verb.INSIGHTS, InsightsRequest(img_url="https://a.example")) != key(b"one")


async def test_empty_answers_are_kept_for_a_minute_only() -> None:
    clock, inner = Clock(), Scripted("one", ImageAnswer())
    cached = Cached(inner, clock=clock)
    await cached.search(OTTER)
    clock.now += 61
    await cached.search(OTTER)
    assert len(inner.asked) == 2


async def test_errors_are_not_kept_and_halves_for_a_minute_only() -> None:
    half = ImageInsights(provenance=Provenance(notes=(Note(code=NoteCode.PROVIDER_FAILED, provider="x"),)))
    clock, inner = Clock(), Scripted("one", Unavailable())
    cached = Cached(inner, clock=clock)
    with pytest.raises(Unavailable):
        await cached.search(OTTER)
    assert len(cached) == 0
    inner.says = half
    for wait in (0, 59, 2):
        clock.now += wait
        await cached.insights(InsightsRequest(insights_token="t"))
    assert len(inner.asked) == 3


async def test_it_stays_within_bounds() -> None:
    inner = Scripted("one", pictures("a"))
    cached = Cached(inner, size=5)
    for number in range(20):
        await cached.search(SearchRequest(q=str(number)))
    assert len(cached) == 5


async def test_at_the_same_time_it_is_asked_once() -> None:
    inner = Scripted("one", pictures("a"), delay=0.05)
    cached = Cached(inner)
    answers = await asyncio.gather(*(cached.search(OTTER) for _ in range(10)))
    assert len(inner.asked) == 1
    assert all(answer is answers[0] for answer in answers)


async def test_everybody_who_waits_hears_of_the_error() -> None:
    inner = Scripted("one", Unavailable(), delay=0.05)
    cached = Cached(inner)
    answers = await asyncio.gather(*(cached.search(OTTER) for _ in range(3)), return_exceptions=True)
    assert [type(answer) for answer in answers] == [Unavailable] * 3
    assert len(inner.asked) == 1


async def test_one_who_leaves_does_not_spoil_it_for_the_others() -> None:
    inner = Scripted("one", pictures("a"), delay=0.1)
    cached = Cached(inner)
    leaver, stayer = (asyncio.create_task(cached.search(OTTER)) for _ in range(2))
    await asyncio.sleep(0.02)
    leaver.cancel()
    assert len((await stayer).value) == 1
    assert leaver.cancelled()
    assert inner.cancelled == 0


async def test_when_the_last_one_leaves_the_question_ends() -> None:
    inner = Scripted("one", pictures("a"), delay=5)
    cached = Cached(inner)
    tasks = [asyncio.create_task(cached.search(OTTER)) for _ in range(2)]
    await asyncio.sleep(0.02)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.sleep(0)
    assert inner.cancelled == 1
    inner.delay = 0
    assert len((await cached.search(OTTER)).value) == 1


async def test_old_trends_are_shown_with_their_date_when_the_provider_is_down() -> None:
    clock = Clock()
    tile = Tile(query=Query(text="a"), image=Image())
    inner = Scripted("one", TrendingImages(categories=(Category(title="Today", tiles=(tile,)),)))
    cached = Cached(inner, clock=clock, now=lambda: datetime(2026, 11, 20, tzinfo=UTC))
    await cached.trending(TrendingRequest())
    inner.says = Unavailable()
    clock.now += 3600
    stale = await cached.trending(TrendingRequest())
    assert stale.categories
    assert stale.provenance is not None
    assert [(note.code, note.detail) for note in stale.provenance.notes] == [(NoteCode.STALE, "2026-11-20")]
    clock.now += STALE_AGE.total_seconds()
    with pytest.raises(Unavailable):
        await cached.trending(TrendingRequest())


async def reuse_of(provider: Any, request: SearchRequest = OTTER) -> ReuseTerms | None:
    with noting_reuse() as notes:
        await provider.search(request)
    return notes.terms()


async def test_answers_are_given_again_for_as_long_as_they_are_kept_here() -> None:
    clock, inner = Clock(), Scripted("one", pictures("a"))
    cached = Cached(inner, clock=clock)
    for gone in (0, 600):
        clock.now += gone
        terms = await reuse_of(cached)
        assert terms is not None
        left = terms.until - time.monotonic()
        assert 900 - gone - 30 < left <= 900 - gone
    assert len(inner.asked) == 1


async def test_what_terms_forbid_to_keep_is_not_given_again() -> None:
    assert await reuse_of(Cached(Scripted("one", pictures("a"), cache=CachePolicy(None)))) is None


async def test_what_a_chain_says_is_given_again_if_all_who_were_asked_agree() -> None:
    def chain(*members: Any) -> Chain:
        return Chain({Verb.SEARCH: members}, within=60)

    good, empty = (lambda: Cached(Scripted("good", pictures("a")))), Cached(Scripted("empty", ImageAnswer(value=())))
    assert await reuse_of(chain(good())) is not None
    terms = await reuse_of(chain(empty, good()))
    assert terms is not None
    assert terms.until <= time.monotonic() + 60, "as long as the one that found nothing"
    assert await reuse_of(chain(Cached(Scripted("down", Unavailable())), good())) is None
    assert await reuse_of(chain(Scripted("silent", ImageAnswer(value=())), good())) is None
