"""Allowances per provider, server and person: who may ask how often, and what a provider still grants.

Two layers share a `Budget`: `BudgetedProvider` stands outermost and keeps one person or server from hammering (kept in
memory, it refills within a minute); `PricedProvider` stands next to the provider, so that an answer from the cache, or
a question that the breaker holds back, costs nothing. Ours and not a library's: limiters keep their counts in memory or
Redis, ours belong into the bot's own database and are shown to people.
"""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.bing_v7 import LevelNotHonoured, Limits, NotSupported, Provider, QuotaSpent, RateLimited, Verb
from bot.bing_v7.wrapper import Ans, Req, Wrapper

from .bucket import Bucket
from .budget_store import BudgetStore, Line, MemoryBudgetStore, Scope


@dataclass(frozen=True, slots=True)
class Asker:
    """For whom a question is asked: Discord ids, known to the budget alone and never sent anywhere."""

    person_id: int | None = None
    server_id: int | None = None


_NOBODY = Asker()
_asker: ContextVar[Asker] = ContextVar("asker", default=_NOBODY)


@contextmanager
def asked_by(person_id: int | None, server_id: int | None) -> Generator[None, None, None]:
    """Charge what is asked inside this block to a person and a server."""
    token = _asker.set(Asker(person_id, server_id))
    try:
        yield
    finally:
        _asker.reset(token)


@dataclass(frozen=True, slots=True)
class Allowances:
    """What the operator grants beside the provider's own limits; None: no limit of this kind.

    ``asks_per_minute`` are questions of one person, ``server_asks_per_minute`` of one server, answered from the cache
    or not; the daily ones count calls that really go out.
    """

    per_day: int | None = None
    per_month: int | None = None
    server_per_day: int | None = None
    person_per_day: int | None = None
    asks_per_minute: int | None = 60
    server_asks_per_minute: int | None = 300


@dataclass(frozen=True, slots=True)
class Remaining:
    """What is left of an allowance, for people to see."""

    scope: Scope
    period: str
    limit: int
    used: int

    @property
    def left(self) -> int:
        """Calls that may still be made."""
        return max(0, self.limit - self.used)


class Budget:
    """The accounts of one provider.

    Args:
        provider: its name.
        limits: what the provider allows.
        allowances: what the operator grants.
        store: where daily and monthly spending is kept.
        clock: seconds, never going back.
        now: the wall clock.
    """

    _MOST_BUCKETS = 10_000

    def __init__(
        self,
        provider: str,
        limits: Limits,
        allowances: Allowances | None = None,
        store: BudgetStore | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.provider = provider
        self.limits = limits
        self.allowances = allowances or Allowances()
        self._store = store or MemoryBudgetStore()
        self._clock = clock
        self._now = now
        self._spent_until: datetime | None = None
        self._asks: OrderedDict[tuple[Scope, int], Bucket] = OrderedDict()
        self._calls = [
            Bucket(rate / seconds, max(1.0, rate))
            for rate, seconds in ((limits.per_second, 1.0), (limits.per_minute, 60.0))
            if rate
        ]

    def admit(self) -> None:
        """Count a question of whoever asks now.

        Raises:
            RateLimited: too many in a minute.
        """
        asker = _asker.get()
        for scope, who, rate in (
            (Scope.PERSON, asker.person_id, self.allowances.asks_per_minute),
            (Scope.SERVER, asker.server_id, self.allowances.server_asks_per_minute),
        ):
            if who is not None and rate:
                bucket = self._asks.setdefault((scope, who), Bucket(rate / 60, rate))
                self._asks.move_to_end((scope, who))
                self._wait(bucket, 1, f"too many questions of one {scope}")
        while len(self._asks) > self._MOST_BUCKETS:
            self._asks.popitem(last=False)

    async def charge(self) -> None:
        """Spend the cost of one call.

        Raises:
            RateLimited: the provider allows no more in this second or minute.
            QuotaSpent: the allowance of a day or month is used up.
        """
        if self._spent_until and self._now() < self._spent_until:
            raise QuotaSpent(
                "the provider says its allowance is spent", until=self._spent_until, provider=self.provider
            )
        spent = await self._store.spend(self._lines(), self.limits.cost)
        if spent is not None:
            raise QuotaSpent(f"the {spent.scope}'s allowance is spent", until=spent.renewed, provider=self.provider)
        for bucket in self._calls:
            try:
                self._wait(bucket, 1, "the provider allows no more just now")
            except RateLimited:
                await self.give_back()
                raise

    def spent(self, until: datetime | None) -> None:
        """Believe a provider that says its allowance is spent: it is not asked again before ``until``.

        Without a time it is asked again after a quarter of an hour; a longer time than a day is taken for a day.
        """
        now = self._now()
        self._spent_until = min(until or now + timedelta(minutes=15), now + timedelta(days=1))

    async def give_back(self) -> None:
        """Undo a charge for a call that never went out."""
        await self._store.give_back(self._lines(), self.limits.cost)

    async def remaining(self) -> list[Remaining]:
        """Return what is left for the provider, and for the person and server that ask now."""
        lines = self._lines()
        used = await self._store.used(lines)
        return [Remaining(line.scope, line.period, line.limit, spent) for line, spent in zip(lines, used, strict=True)]

    def _wait(self, bucket: Bucket, cost: int, reason: str) -> None:
        seconds = bucket.take(self._clock(), cost)
        if seconds:
            raise RateLimited(reason, retry_after=timedelta(seconds=seconds), provider=self.provider)

    def _lines(self) -> list[Line]:
        asker, moment = _asker.get(), self._now().astimezone(UTC)
        day, month = f"{moment:%Y-%m-%d}", f"{moment:%Y-%m}"
        accounts = (
            (Scope.PROVIDER, 0, day, _least(self.limits.per_day, self.allowances.per_day)),
            (Scope.PROVIDER, 0, month, _least(self.limits.per_month, self.allowances.per_month)),
            (Scope.SERVER, asker.server_id, day, self.allowances.server_per_day),
            (Scope.PERSON, asker.person_id, day, self.allowances.person_per_day),
        )
        return [
            Line(self.provider, scope, who, period, limit)
            for scope, who, period, limit in accounts
            if who is not None and limit is not None
        ]


def _least(*limits: int | None) -> int | None:
    return min((limit for limit in limits if limit is not None), default=None)


class BudgetedProvider(Wrapper):
    """The outermost layer: nobody asks too often."""

    def __init__(self, inner: Provider, budget: Budget) -> None:
        super().__init__(inner)
        self.budget = budget

    async def around(self, verb: Verb, request: Req, ask: Callable[[Req], Awaitable[Ans]]) -> Ans:  # noqa: ARG002
        """Count the question, then ask."""
        self.budget.admit()
        return await ask(request)


class PricedProvider(Wrapper):
    """The innermost layer: what really goes out is paid for."""

    def __init__(self, inner: Provider, budget: Budget) -> None:
        super().__init__(inner)
        self.budget = budget

    async def around(self, verb: Verb, request: Req, ask: Callable[[Req], Awaitable[Ans]]) -> Ans:  # noqa: ARG002
        """Pay, then ask; what the provider refuses before sending costs nothing."""
        await self.budget.charge()
        try:
            return await ask(request)
        except (NotSupported, LevelNotHonoured):
            await self.budget.give_back()
            raise
        except QuotaSpent as error:
            self.budget.spent(error.until)
            raise
