"""Allowances per provider, server and person: who may ask how often, and what a provider still grants.

Two layers share a `Budget`: `BudgetedProvider` stands outermost and keeps one person or server from hammering (kept in
memory, it refills within a minute); `PricedProvider` stands next to the provider, so that an answer from the cache, or
a question that the breaker holds back, costs nothing. Ours and not a library's: limiters keep their counts in memory or
Redis, ours belong into the bot's own database and are shown to people.
"""

import logging
import time
from collections.abc import Awaitable, Callable, Collection, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.bing_v7 import (
    DayWindow,
    LevelNotHonoured,
    Limits,
    NotSupported,
    Provider,
    QuotaSpent,
    RateLimited,
    SaidAllowance,
    SaysAllowance,
    Verb,
)
from bot.bing_v7.wrapper import Ans, Req, Wrapper, layers
from bot.runtime.rate_limit import RateLimit

from .budget_store import HOUR, AccountScope, BudgetStore, Line, MemoryBudgetStore

log = logging.getLogger(__name__)

NEARLY = 0.8
"""Share of an allowance that may be used before the operator is warned."""


@dataclass(frozen=True, slots=True)
class Caller:
    """For whom a question is asked: Discord ids, known to the budget alone and never sent anywhere."""

    person_id: int | None = None
    server_id: int | None = None


_NOBODY = Caller()
_caller: ContextVar[Caller] = ContextVar("caller", default=_NOBODY)


@contextmanager
def asked_by(person_id: int | None, server_id: int | None) -> Generator[None, None, None]:
    """Charge what is asked inside this block to a person and a server."""
    token = _caller.set(Caller(person_id, server_id))
    try:
        yield
    finally:
        _caller.reset(token)


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
    """What is left of an allowance, for people to see; ``kind`` is day, month or rolling (the last 24 hours)."""

    scope: AccountScope
    period: str
    limit: int
    used: int

    @property
    def kind(self) -> str:
        """What the limit is for."""
        return "rolling" if "-" not in self.period else "day" if len(self.period) > len("2026-01") else "month"

    @property
    def nearly_spent(self) -> bool:
        """True from four fifths on."""
        return self.used >= NEARLY * self.limit

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
        fixed: names of ``limits`` that the operator set, which the service does not change by what it says.
        corrected: True if the service says with its answers what is left.
        clock: seconds, never going back.
        now: the wall clock.
    """

    def __init__(
        self,
        provider: str,
        limits: Limits,
        allowances: Allowances | None = None,
        store: BudgetStore | None = None,
        *,
        fixed: Collection[str] = (),
        corrected: bool = False,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.provider = provider
        self.limits = limits
        self.allowances = allowances or Allowances()
        self._store = store or MemoryBudgetStore()
        self._fixed = frozenset(fixed)
        self._not_heard = corrected
        self._tried: datetime | None = None
        self._now = now
        self._spent_until: datetime | None = None
        self._warned: set[tuple[str, str]] = set()
        self._asks = {
            scope: RateLimit(rate, 60.0, clock=clock)
            for scope, rate in (
                (AccountScope.PERSON, self.allowances.asks_per_minute),
                (AccountScope.SERVER, self.allowances.server_asks_per_minute),
            )
            if rate
        }
        self._clock = clock
        self._calls = self._windows()

    def admit(self) -> None:
        """Count a question of whoever asks now.

        Raises:
            RateLimited: too many in a minute.
        """
        caller = _caller.get()
        for scope, who in ((AccountScope.PERSON, caller.person_id), (AccountScope.SERVER, caller.server_id)):
            if who is not None and scope in self._asks:
                self._take(self._asks[scope], who, f"too many questions of one {scope}")

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
        lines = self._lines()
        spent = await self._store.spend(lines, self.limits.cost)
        if spent is not None and self._may_try(spent):
            free = [replace(line, limit=_NO_LIMIT) if line.scope is AccountScope.PROVIDER else line for line in lines]
            spent = await self._store.spend(free, self.limits.cost)
        if spent is not None:
            until = await self._renewed(spent)
            raise QuotaSpent(f"the {spent.scope}'s allowance is spent", until=until, provider=self.provider)
        await self._warn(lines)
        for window in self._calls:
            try:
                self._take(window, None, "the provider allows no more just now")
            except RateLimited:
                await self.give_back()
                raise

    def spent(self, until: datetime | None) -> None:
        """Record that a provider says its allowance is spent: it is not asked again before ``until``.

        Without a time it is asked again after a quarter of an hour; a longer time than a day is taken for a day.
        """
        now = self._now()
        self._spent_until = min(until or now + timedelta(minutes=15), now + timedelta(days=1))

    async def believe(self, said: SaidAllowance) -> None:
        """Correct the account by what the service says: others may use the same key, and not every call counts."""
        if said.per_minute is not None and said.per_minute != self.limits.per_minute:
            self.limits = replace(self.limits, per_minute=said.per_minute)
            self._calls = self._windows()
        self._not_heard = False
        name = "per_month" if said.monthly else "per_day"
        if said.limit is not None and name not in self._fixed:
            self.limits = replace(self.limits, **{name: said.limit})
        limit = said.limit if said.limit is not None else getattr(self.limits, name)
        ours = [line for line in self._lines() if line.scope is AccountScope.PROVIDER and line.is_month is said.monthly]
        if limit is None or not ours:
            return
        line = replace(ours[0], limit=_NO_LIMIT)
        (counted,) = await self._store.used([line])
        used = max(0, limit - said.left)
        if used > counted:
            await self._store.spend([line], used - counted)
        elif used < counted:
            await self._store.give_back([line], counted - used)
        await self._warn(self._lines())

    async def give_back(self) -> None:
        """Undo a charge for a call that never went out."""
        await self._store.give_back(self._lines(), self.limits.cost)

    async def remaining(self) -> list[Remaining]:
        """Return what is left for the provider, and for the person and server that ask now."""
        lines = self._lines()
        used = await self._store.used(lines)
        return [Remaining(line.scope, line.period, line.limit, spent) for line, spent in zip(lines, used, strict=True)]

    async def _renewed(self, line: Line) -> datetime:
        """Return when something of an allowance is left again: for a day that rolls, when its oldest calls are past."""
        hours = [replace(line, period=period, earlier=()) for period in line.earlier]
        used = await self._store.used(hours) if hours else ()
        return next((hour.renewed for hour, calls in zip(hours, used, strict=True) if calls), line.renewed)

    def _may_try(self, line: Line) -> bool:
        """True now and then while the service has said nothing since the start: it may allow more than the default."""
        name, now = "per_month" if line.is_month else "per_day", self._now()
        if not self._not_heard or line.scope is not AccountScope.PROVIDER or name in self._fixed:
            return False
        if self._tried is not None and now - self._tried < _TRY_AGAIN:
            return False
        self._tried = now
        return True

    async def _warn(self, lines: list[Line]) -> None:
        """Tell the operator once a period that four fifths of a provider's allowance are used up."""
        ours = [line for line in lines if line.scope is AccountScope.PROVIDER]
        for line, used in zip(ours, await self._store.used(ours) if ours else (), strict=True):
            left = Remaining(line.scope, line.period, line.limit, used)
            mark = (left.kind, line.period[: len("20260131")] if left.kind == "rolling" else line.period)
            if left.nearly_spent and mark not in self._warned:
                self._warned = {mark, *(one for one in self._warned if one[0] != left.kind)}
                log.warning("%s: %d of %d calls (%s) are used up", self.provider, used, line.limit, left.kind)

    def _windows(self) -> list[RateLimit]:
        limits = self.limits
        rates = ((limits.per_second, 1.0), (limits.per_minute, 60.0), (limits.per_hour, 3600.0))
        return [_window(rate, seconds, self._clock) for rate, seconds in rates if rate]

    def _take(self, window: RateLimit, who: int | None, reason: str) -> None:
        if seconds := window.take(who):
            raise RateLimited(reason, retry_after=timedelta(seconds=seconds), provider=self.provider)

    def _lines(self) -> list[Line]:
        caller, moment = _caller.get(), self._now().astimezone(UTC)
        day, month = (f"{moment:%Y-%m-%d}", ()), (f"{moment:%Y-%m}", ())
        own_day = _last_24_hours(moment) if self.limits.day_window is DayWindow.ROLLING else day
        accounts = (
            (AccountScope.PROVIDER, 0, own_day, _least(self.limits.per_day, self.allowances.per_day)),
            (AccountScope.PROVIDER, 0, month, _least(self.limits.per_month, self.allowances.per_month)),
            (AccountScope.SERVER, caller.server_id, day, self.allowances.server_per_day),
            (AccountScope.PERSON, caller.person_id, day, self.allowances.person_per_day),
        )
        return [
            Line(self.provider, scope, who, period, limit, earlier)
            for scope, who, (period, earlier), limit in accounts
            if who is not None and limit is not None
        ]


_NO_LIMIT = 2**31 - 1
_TRY_AGAIN = timedelta(minutes=15)


def _window(rate: float, seconds: float, clock: Callable[[], float]) -> RateLimit:
    """Return the window of a rate: below one call in ``seconds``, one call in as much longer a time."""
    times = max(1, int(rate))
    return RateLimit(times, seconds * times / rate, clock=clock)


def _last_24_hours(moment: datetime) -> tuple[str, tuple[str, ...]]:
    """Return this hour and, oldest first, the 24 before it: a day that begins within an hour counts whole."""
    return moment.strftime(HOUR), tuple((moment - timedelta(hours=back)).strftime(HOUR) for back in range(24, 0, -1))


def _least(*limits: int | None) -> int | None:
    return min((limit for limit in limits if limit is not None), default=None)


class BudgetedProvider(Wrapper):
    """The outermost layer: limits how often a user or server asks."""

    def __init__(self, inner: Provider, budget: Budget) -> None:
        super().__init__(inner)
        self.budget = budget

    async def around(self, verb: Verb, request: Req, ask: Callable[[Req], Awaitable[Ans]]) -> Ans:  # noqa: ARG002
        """Count the question, then ask."""
        self.budget.admit()
        return await ask(request)


class PricedProvider(Wrapper):
    """The innermost layer: charges calls that are really made."""

    def __init__(self, inner: Provider, budget: Budget) -> None:
        super().__init__(inner)
        self.budget = budget

    async def around(self, verb: Verb, request: Req, ask: Callable[[Req], Awaitable[Ans]]) -> Ans:  # noqa: ARG002
        """Charge, then ask; what the provider refuses before sending costs nothing."""
        await self.budget.charge()
        try:
            return await self._listening(ask, request)
        except (NotSupported, LevelNotHonoured):
            await self.budget.give_back()
            raise
        except QuotaSpent as error:
            self.budget.spent(error.until)
            raise

    async def _listening(self, ask: Callable[[Req], Awaitable[Ans]], request: Req) -> Ans:
        """Ask, and record what the service says of its allowance, with the answer or with an error."""
        source = next((layer for layer in layers(self.inner) if isinstance(layer, SaysAllowance)), None)
        before = source.said_allowance if source else None
        try:
            return await ask(request)
        finally:
            said = source.said_allowance if source else None
            if said is not None and said is not before:
                await self.budget.believe(said)
