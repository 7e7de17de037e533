import asyncio
import contextlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.bing_v7 import (
    DayWindow,
    Limits,
    NotSupported,
    ProviderError,
    QuotaSpent,
    RateLimited,
    SafeSearch,
    SaidAllowance,
    SaysAllowance,
    SearchRequest,
    Unavailable,
)
from bot.bing_v7.wrapper import layers
from bot.media.runner import InThread
from bot.media.service import Media
from bot.providers.adapters import saucenao, tracemoe
from bot.providers.assembly import build_chain, limits_of
from bot.providers.http.transport import Transport
from bot.providers.middleware.breaker import Breaker
from bot.providers.middleware.budget import Allowances, Budget, BudgetedProvider, PricedProvider, asked_by
from bot.providers.middleware.budget_store import AccountScope, MemoryBudgetStore
from bot.providers.middleware.cache import Cached
from bot.providers.middleware.stack import stacked
from bot.providers.middleware.upload_preparation import PreparedUploads
from bot.providers.settings import ProviderSettings
from bot.providers.status import provider_statuses

from .cases import CASES, body_of, lookup
from .conftest import Stage
from .scripted import Scripted, pictures
from .test_cache import Clock

OTTER = SearchRequest(q="otter")


class Calendar:
    def __init__(self) -> None:
        self.moment = datetime(2026, 1, 31, 23, 59, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment


async def test_the_day_of_a_provider() -> None:
    calendar = Calendar()
    budget = Budget("one", Limits(per_day=2), now=calendar)
    paid = PricedProvider(Scripted("one", pictures("a")), budget)
    await paid.search(OTTER)
    await paid.search(OTTER)
    with pytest.raises(QuotaSpent) as caught:
        await paid.search(OTTER)
    assert caught.value.until == datetime(2026, 2, 1, tzinfo=UTC)
    assert [(left.scope, left.limit, left.left) for left in await budget.remaining()] == [(AccountScope.PROVIDER, 2, 0)]
    calendar.moment += timedelta(minutes=2)
    await paid.search(OTTER)


async def test_the_month_and_the_cost() -> None:
    calendar = Calendar()
    budget = Budget("one", Limits(per_month=10, cost=4), now=calendar)
    await budget.charge()
    await budget.charge()
    with pytest.raises(QuotaSpent) as caught:
        await budget.charge()
    assert caught.value.until == datetime(2026, 2, 1, tzinfo=UTC)
    assert (await budget.remaining())[0].left == 2


async def test_the_operators_limit_is_the_tighter_one() -> None:
    budget = Budget("one", Limits(per_day=100), Allowances(per_day=1))
    await budget.charge()
    with pytest.raises(QuotaSpent):
        await budget.charge()


async def test_shares_of_people_and_servers() -> None:
    store = MemoryBudgetStore()
    budget = Budget("one", Limits(per_day=100), Allowances(person_per_day=1, server_per_day=2), store)
    with asked_by(1, 10):
        await budget.charge()
        with pytest.raises(QuotaSpent, match="person"):
            await budget.charge()
    with asked_by(2, 10):
        await budget.charge()
    with asked_by(3, 10), pytest.raises(QuotaSpent, match="server"):
        await budget.charge()
    with asked_by(3, None):
        await budget.charge()
        assert [(left.scope, left.left) for left in await budget.remaining()] == [
            (AccountScope.PROVIDER, 97),
            (AccountScope.PERSON, 0),
        ]


async def test_counts_outlive_the_process_in_the_store() -> None:
    store = MemoryBudgetStore()
    await Budget("one", Limits(per_day=1), store=store).charge()
    with pytest.raises(QuotaSpent):
        await Budget("one", Limits(per_day=1), store=store).charge()
    await Budget("two", Limits(per_day=1), store=store).charge()


async def test_a_minute_of_a_provider_costs_nothing_when_refused() -> None:
    clock = Clock()
    budget = Budget("one", Limits(per_minute=2, per_day=10), clock=clock)
    await budget.charge()
    await budget.charge()
    with pytest.raises(RateLimited) as caught:
        await budget.charge()
    assert caught.value.retry_after == timedelta(seconds=60)
    assert (await budget.remaining())[0].used == 2
    clock.now += 60
    await budget.charge()


async def test_what_was_never_sent_costs_nothing_and_what_failed_does() -> None:
    inner = Scripted("one", NotSupported())
    budget = Budget("one", Limits(per_day=10))
    paid = PricedProvider(inner, budget)
    with pytest.raises(NotSupported):
        await paid.search(OTTER)
    assert (await budget.remaining())[0].used == 0
    inner.says = Unavailable()
    with pytest.raises(Unavailable):
        await paid.search(OTTER)
    assert (await budget.remaining())[0].used == 1


async def test_a_provider_that_says_it_is_spent_is_believed() -> None:
    calendar = Calendar()
    inner = Scripted("one", QuotaSpent(until=calendar.moment + timedelta(hours=2)))
    paid = PricedProvider(inner, Budget("one", Limits(), now=calendar))
    for _ in range(3):
        with pytest.raises(QuotaSpent) as caught:
            await paid.search(OTTER)
        assert caught.value.until == calendar.moment + timedelta(hours=2)
    assert len(inner.asked) == 1
    calendar.moment += timedelta(hours=2)
    inner.says = QuotaSpent()
    for _ in range(2):
        with pytest.raises(QuotaSpent):
            await paid.search(OTTER)
    assert len(inner.asked) == 2
    calendar.moment += timedelta(minutes=15)
    inner.says = pictures("a")
    assert (await paid.search(OTTER)).value


async def test_nobody_hammers() -> None:
    clock = Clock()
    budget = Budget("one", Limits(), Allowances(asks_per_minute=2, server_asks_per_minute=3), clock=clock)
    outer = BudgetedProvider(Scripted("one", pictures("a")), budget)
    with asked_by(1, 10):
        await outer.search(OTTER)
        await outer.search(OTTER)
        with pytest.raises(RateLimited, match="person"):
            await outer.search(OTTER)
    with asked_by(2, 10):
        await outer.search(OTTER)
        with pytest.raises(RateLimited, match="server"):
            await outer.search(OTTER)
    await outer.search(OTTER)
    clock.now += 60
    with asked_by(1, 10):
        await outer.search(OTTER)


async def test_the_layers_in_their_order() -> None:
    inner = Scripted("one", pictures("a"), limits=Limits(per_day=2), delay=0.01)
    whole = stacked(inner, Media(InThread()))
    await asyncio.gather(*(whole.search(OTTER) for _ in range(20)))
    await whole.search(OTTER)
    assert (await whole.budget.remaining())[0].used == 1
    await whole.search(SearchRequest(q="other"))
    with pytest.raises(QuotaSpent):
        await whole.search(SearchRequest(q="third"))
    assert (await whole.search(OTTER)).value, "a kept answer is there although the day is spent"
    assert [type(layer) for layer in layers(whole)] == [
        BudgetedProvider,
        Cached,
        Breaker,
        PricedProvider,
        PreparedUploads,
        Scripted,
    ]
    inner.says = Unavailable()


async def test_a_resting_provider_costs_nothing() -> None:
    whole = stacked(Scripted("one", Unavailable(), limits=Limits(per_day=100)), Media(InThread()))
    for number in range(10):
        with pytest.raises(Unavailable):
            await whole.search(SearchRequest(q=str(number)))
    assert (await whole.budget.remaining())[0].used == 3


async def test_the_person_charged_is_the_one_who_asked_first() -> None:
    whole = stacked(
        Scripted("one", pictures("a"), delay=0.01), Media(InThread()), allowances=Allowances(person_per_day=5)
    )

    async def ask(person: int) -> None:
        with asked_by(person, None):
            await whole.search(OTTER)

    await asyncio.gather(ask(1), ask(2))
    with asked_by(1, None):
        assert [left.used for left in await whole.budget.remaining()] == [1]
    with asked_by(2, None):
        assert [left.used for left in await whole.budget.remaining()] == [0]


async def test_a_day_that_rolls() -> None:
    """Calls count for the 24 hours after them, not until midnight."""
    calendar = Calendar()
    calendar.moment = datetime(2026, 1, 31, 22, 10, tzinfo=UTC)
    budget = Budget("one", Limits(per_day=2, day_window=DayWindow.ROLLING), now=calendar)
    await budget.charge()
    calendar.moment += timedelta(hours=3)
    await budget.charge()
    with pytest.raises(QuotaSpent) as caught:
        await budget.charge()
    assert caught.value.until == datetime(2026, 2, 1, 23, tzinfo=UTC)
    (left,) = await budget.remaining()
    assert (left.kind, left.used, left.left) == ("rolling", 2, 0)
    calendar.moment = datetime(2026, 2, 1, 22, 20, tzinfo=UTC)
    with pytest.raises(QuotaSpent):
        await budget.charge()
    calendar.moment = datetime(2026, 2, 1, 23, tzinfo=UTC)
    await budget.charge()
    assert (await budget.remaining())[0].used == 2


async def test_at_four_fifths_the_operator_is_warned_once(caplog: pytest.LogCaptureFixture) -> None:
    calendar = Calendar()
    budget = Budget("one", Limits(per_month=10), now=calendar)
    for _ in range(10):
        await budget.charge()
    assert [record.getMessage() for record in caplog.records] == ["one: 8 of 10 calls (month) are used up"]
    assert (await budget.remaining())[0].nearly_spent
    calendar.moment += timedelta(minutes=2)
    for _ in range(8):
        await budget.charge()
    assert len(caplog.records) == 2


@pytest.mark.parametrize(
    ("given", "per_day", "per_month", "price"),
    [
        ({}, 100, 1000, 0.005),
        ({"provider_calls_per_day": "paid=5000"}, 5000, 1000, 0.005),
        ({"provider_calls_per_day": "paid=none, other=3", "provider_calls_per_month": "paid=7"}, None, 7, 0.005),
        ({"provider_money_per_month": "paid=20"}, 100, 4000, 0.005),
        ({"provider_money_per_month": "paid=20", "provider_price_per_call": "paid=0.01"}, 100, 2000, 0.01),
        ({"provider_money_per_month": "paid=20", "provider_calls_per_month": "paid=50"}, 100, 50, 0.005),
        ({"provider_money_per_month": "paid=0"}, 100, 0, 0.005),
        ({"provider_money_per_month": "paid=5", "provider_price_per_call": "paid=none"}, 100, 0, None),
        ({"provider_money_per_month": "paid=5", "provider_price_per_call": "paid=0"}, 100, 1000, 0),
    ],
)
def test_what_the_operator_sets_takes_the_place_of_what_everybody_gets(
    given: dict[str, str], per_day: int | None, per_month: int | None, price: float
) -> None:
    provider = Scripted("paid", limits=Limits(per_day=100, per_month=1000, price=0.005, per_minute=6))
    limits = limits_of(provider, ProviderSettings.model_validate(given))
    assert (limits.per_day, limits.per_month, limits.price, limits.per_minute) == (per_day, per_month, price, 6)


@pytest.mark.parametrize("written", ["paid", "paid=", "=5", "paid=many", "paid=-1", "paid=1;other=2"])
def test_pairs_that_are_none_are_refused(written: str) -> None:
    with pytest.raises(ValueError, match="provider_calls_per_day"):
        ProviderSettings.model_validate({"provider_calls_per_day": written})


def test_a_key_raises_the_limits() -> None:
    key = SecretStr("k")
    for without, keyed in (
        (tracemoe.capabilities(tracemoe.TraceMoeSettings()), tracemoe.capabilities(tracemoe.TraceMoeSettings(key=key))),
        (saucenao.capabilities(saucenao.SauceNaoSettings()), saucenao.capabilities(saucenao.SauceNaoSettings(key=key))),
    ):
        assert (without.limits.per_day or 0) < (keyed.limits.per_day or 0)
        assert keyed.limits.day_window is DayWindow.ROLLING


async def test_what_the_service_says_sets_the_account_right() -> None:
    """Somebody else uses the key too, failed calls do not count, and an account may allow more than the default."""
    calendar = Calendar()
    budget = Budget("one", Limits(per_day=10, day_window=DayWindow.ROLLING), now=calendar)
    await budget.charge()
    await budget.believe(SaidAllowance(150, 200))
    assert [(left.limit, left.used, left.kind) for left in await budget.remaining()] == [(200, 50, "rolling")]
    await budget.charge()
    await budget.charge()
    await budget.believe(SaidAllowance(149, 200))
    assert (await budget.remaining())[0].used == 51
    await budget.believe(SaidAllowance(0, 200))
    with pytest.raises(QuotaSpent):
        await budget.charge()


async def test_after_a_start_a_service_that_allows_more_is_asked_once_more() -> None:
    """What it said is not kept: an account of 5,000 looks spent by the default of 200 until it says so again."""
    store, calendar = MemoryBudgetStore(), Calendar()
    before = Budget("one", Limits(per_day=2), store=store, corrected=True, now=calendar)
    await before.charge()
    await before.believe(SaidAllowance(90, 100))
    budget = Budget("one", Limits(per_day=2), store=store, corrected=True, now=calendar)
    await budget.charge()
    with pytest.raises(QuotaSpent):
        await budget.charge()
    await budget.believe(SaidAllowance(89, 100))
    await budget.charge()
    assert [(left.limit, left.used) for left in await budget.remaining()] == [(100, 12)]
    for other in (
        Budget("one", Limits(per_day=2), store=store, now=calendar),
        Budget("one", Limits(per_day=2), store=store, corrected=True, fixed={"per_day"}, now=calendar),
    ):
        with pytest.raises(QuotaSpent):
            await other.charge()


def test_only_services_that_say_what_is_left_are_taken_at_their_word() -> None:
    says = {one.stem for one in CASES if getattr(one.make(Transport(), "http://x"), "says_allowance", False)}
    assert says == {"openverse", "pexels", "pexels-curated", "plantnet", "saucenao"}


async def test_a_minute_is_as_long_as_the_service_says() -> None:
    budget = Budget("one", Limits(per_minute=2), clock=Clock())
    await budget.believe(SaidAllowance(100, 200, per_minute=4))
    for _ in range(4):
        await budget.charge()
    with pytest.raises(RateLimited):
        await budget.charge()


async def test_what_the_operator_set_is_not_raised_by_what_the_service_says() -> None:
    budget = Budget("one", Limits(per_day=20, per_month=100), fixed={"per_day"})
    await budget.believe(SaidAllowance(190, 200))
    await budget.believe(SaidAllowance(19_000, 20_000, monthly=True))
    assert [(left.limit, left.used) for left in await budget.remaining()] == [(20, 10), (20_000, 1_000)]


@pytest.mark.parametrize(
    ("name", "status", "headers", "body", "said"),
    [
        ("saucenao", 200, {}, {"header": {"long_limit": "200", "long_remaining": 12}}, SaidAllowance(12, 200)),
        ("saucenao", 200, {}, {"header": {"long_limit": 5000, "long_remaining": 12, "short_limit": "15"}},
         SaidAllowance(12, 5000, per_minute=30)),
        ("saucenao", 429, {}, {"header": {"long_limit": "100", "long_remaining": 0}}, SaidAllowance(0, 100)),
        ("saucenao", 200, {}, {"header": {"long_remaining": -1}}, None),
        ("plantnet", 200, {}, {"remainingIdentificationRequests": 421}, SaidAllowance(421)),
        ("pexels", 200, {"X-Ratelimit-Limit": "20000", "X-Ratelimit-Remaining": "19684"}, {},
         SaidAllowance(19684, 20000, monthly=True)),
        ("openverse", 200, {
            "x-ratelimit-limit-anon_burst": "20/min", "x-ratelimit-available-anon_burst": "19",
            "x-ratelimit-limit-anon_sustained": "200/day", "x-ratelimit-available-anon_sustained": "98",
        }, {}, SaidAllowance(98, 200)),
        ("openverse", 200, {}, {}, None),
    ],
)  # fmt: skip
async def test_where_services_say_what_is_left(
    stage: Stage, transport: Transport, name: str, status: int, headers: dict[str, str], body: Any,
    said: SaidAllowance | None,
) -> None:  # fmt: skip
    async def handler(_: web.Request) -> web.StreamResponse:
        return web.json_response(body, status=status, headers=headers)

    stage.handler = handler
    one = next(case for case in CASES if case.stem == name)
    provider = one.make(transport, stage.base)
    with contextlib.suppress(ProviderError):
        await getattr(provider, one.verb.value)(one.ask(SafeSearch.OFF))
    assert isinstance(provider, SaysAllowance)
    assert provider.said_allowance == said


async def test_an_answer_says_it_through_all_layers(stage: Stage, transport: Transport) -> None:
    stage.plays(body=body_of("saucenao"))
    settings = ProviderSettings(saucenao_url=stage.base)
    chain = build_chain(("saucenao",), settings, transport, Media(InThread()))
    (before,) = await provider_statuses(chain.members)
    await chain.insights(lookup(SafeSearch.STRICT))
    (after,) = await provider_statuses(chain.members)
    assert [(left.limit, left.left) for left in (*before.remaining, *after.remaining)] == [(10, 10), (200, 199)]
