import asyncio
from datetime import timedelta

import pytest

from bot.bing_v7 import (
    BadAnswer,
    InvalidRequest,
    Misconfigured,
    ProviderError,
    QuotaSpent,
    RateLimited,
    SearchRequest,
    TrendingImages,
    TrendingRequest,
    Unavailable,
    Verb,
)
from bot.providers.middleware.breaker import Breaker, BreakerRules, State

from .scripted import Scripted, pictures
from .test_cache import Clock

OTTER = SearchRequest(q="otter")
RULES = BreakerRules(failures=3, rest=30, longest=100, slow=0.05)


class Told:
    def __init__(self) -> None:
        self.changes: list[tuple[str, State, float]] = []

    def __call__(self, name: str, _: Verb, state: State, seconds: float) -> None:
        self.changes.append((name, state, seconds))


async def fail(breaker: Breaker, times: int, kind: type[ProviderError] = ProviderError) -> None:
    for _ in range(times):
        with pytest.raises(kind):
            await breaker.search(OTTER)


@pytest.mark.parametrize("error", [Unavailable(), BadAnswer(), Misconfigured()])
async def test_it_opens_tries_again_and_closes(error: ProviderError) -> None:
    clock, told, inner = Clock(), Told(), Scripted("one", error)
    breaker = Breaker(inner, RULES, listener=told, clock=clock)
    await fail(breaker, 3)
    assert breaker.state(Verb.SEARCH) is State.OPEN
    await fail(breaker, 5, Unavailable)
    assert len(inner.asked) == 3
    assert breaker.rests_for(Verb.SEARCH) == timedelta(seconds=30)
    clock.now += 30
    assert breaker.state(Verb.SEARCH) is State.HALF_OPEN
    inner.says = pictures("a")
    assert (await breaker.search(OTTER)).value
    assert breaker.state(Verb.SEARCH) is State.CLOSED
    assert told.changes == [("one", State.OPEN, 30), ("one", State.HALF_OPEN, 0), ("one", State.CLOSED, 0)]


async def test_it_rests_longer_with_every_failed_trial() -> None:
    clock, told, inner = Clock(), Told(), Scripted("one", Unavailable())
    breaker = Breaker(inner, RULES, listener=told, clock=clock)
    await fail(breaker, 3)
    for _ in range(3):
        clock.now += 100
        await fail(breaker, 1)
    assert [seconds for _, state, seconds in told.changes if state is State.OPEN] == [30, 60, 100, 100]


async def test_only_failures_in_a_row_count() -> None:
    inner = Scripted("one", Unavailable())
    breaker = Breaker(inner, RULES, clock=Clock())
    for _ in range(3):
        inner.says = Unavailable()
        await fail(breaker, 2)
        inner.says = pictures("a")
        await breaker.search(OTTER)
    assert breaker.state(Verb.SEARCH) is State.CLOSED


@pytest.mark.parametrize("error", [InvalidRequest(), QuotaSpent()])
async def test_refusals_are_no_failures(error: ProviderError) -> None:
    breaker = Breaker(Scripted("one", error), RULES, clock=Clock())
    await fail(breaker, 10)
    assert breaker.state(Verb.SEARCH) is State.CLOSED


async def test_a_rate_limit_is_obeyed_at_once() -> None:
    clock = Clock()
    inner = Scripted("one", RateLimited(retry_after=timedelta(seconds=42)))
    breaker = Breaker(inner, RULES, clock=clock)
    await fail(breaker, 1)
    clock.now += 10
    with pytest.raises(RateLimited) as caught:
        await breaker.search(OTTER)
    assert caught.value.retry_after == timedelta(seconds=32)
    assert len(inner.asked) == 1
    clock.now += 32
    inner.says = pictures("a")
    await breaker.search(OTTER)
    assert breaker.state(Verb.SEARCH) is State.CLOSED


class HalfThere(Scripted):
    """A provider whose trends do not work."""

    async def trending(self, request: TrendingRequest) -> TrendingImages:
        raise Misconfigured("no such path")


async def test_a_verb_that_fails_does_not_pause_the_others() -> None:
    clock, inner = Clock(), HalfThere("half", pictures("a"))
    breaker = Breaker(inner, RULES, clock=clock)
    for _ in range(8):
        with pytest.raises((Misconfigured, Unavailable)):
            await breaker.trending(TrendingRequest())
        assert (await breaker.search(OTTER)).value
        clock.now += 10
    assert (breaker.state(Verb.TRENDING), breaker.state(Verb.SEARCH)) == (State.OPEN, State.CLOSED)
    with pytest.raises(Unavailable, match="resting"):
        await breaker.trending(TrendingRequest())


async def test_a_rate_limit_holds_for_every_verb() -> None:
    inner = Scripted("one", RateLimited(retry_after=timedelta(seconds=42)))
    breaker = Breaker(inner, RULES, clock=Clock())
    await fail(breaker, 1, RateLimited)
    with pytest.raises(RateLimited):
        await breaker.trending(TrendingRequest())
    assert len(inner.asked) == 1


async def test_only_one_trial_at_a_time() -> None:
    clock, inner = Clock(), Scripted("one", Unavailable())
    breaker = Breaker(inner, RULES, clock=clock)
    await fail(breaker, 3)
    clock.now += 30
    inner.says, inner.delay = pictures("a"), 0.02
    answers = await asyncio.gather(*(breaker.search(OTTER) for _ in range(5)), return_exceptions=True)
    assert sum(isinstance(answer, Unavailable) for answer in answers) == 4
    assert len(inner.asked) == 4
    assert breaker.state(Verb.SEARCH) is State.CLOSED


async def test_calls_given_up_for_slowness_count() -> None:
    inner = Scripted("one", pictures("a"), delay=600)
    breaker = Breaker(inner, RULES)
    for _ in range(3):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.08):
                await breaker.search(OTTER)
    assert breaker.state(Verb.SEARCH) is State.OPEN


async def test_calls_given_up_at_once_do_not() -> None:
    inner = Scripted("one", pictures("a"), delay=600)
    breaker = Breaker(inner, RULES, clock=Clock())
    for _ in range(5):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.005):
                await breaker.search(OTTER)
    assert breaker.state(Verb.SEARCH) is State.CLOSED


async def test_late_failures_of_older_calls_do_not_lengthen_the_rest() -> None:
    clock, told, inner = Clock(), Told(), Scripted("one", Unavailable(), delay=0.02)
    breaker = Breaker(inner, RULES, listener=told, clock=clock)
    await asyncio.gather(*(breaker.search(OTTER) for _ in range(8)), return_exceptions=True)
    assert told.changes == [("one", State.OPEN, 30)]


async def test_a_trial_that_is_cancelled_frees_the_place() -> None:
    clock, inner = Clock(), Scripted("one", Unavailable())
    breaker = Breaker(inner, RULES, clock=clock)
    await fail(breaker, 3)
    clock.now += 30
    inner.says, inner.delay = pictures("a"), 5
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await breaker.search(OTTER)
    inner.delay = 0
    assert (await breaker.search(OTTER)).value
