"""Accounts of what was spent, and what keeps them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Protocol

HOUR = "%Y%m%d%H"
"""How an hour is written as a period."""


class AccountScope(StrEnum):
    """Whose allowance it is."""

    PROVIDER = "provider"
    SERVER = "server"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Line:
    """One account: ``period`` is a day (``2026-01-31``), a month (``2026-01``) or an hour (``2026013123``), UTC.

    ``scope_id`` is 0 for providers. ``earlier`` are the periods before this one that count with it: the other hours of
    a day that rolls.
    """

    provider: str
    scope: AccountScope
    scope_id: int
    period: str
    limit: int
    earlier: tuple[str, ...] = ()

    @property
    def is_month(self) -> bool:
        """True for a month; a day is one of the calendar, or one that rolls."""
        return len(self.period) == len("2026-01")

    @property
    def renewed(self) -> datetime:
        """When the allowance begins anew; of an hour, when it no longer counts."""
        if "-" not in self.period:
            return datetime.strptime(self.period, HOUR).replace(tzinfo=UTC) + timedelta(hours=25)
        if len(self.period) > len("2026-01"):
            return datetime.fromisoformat(self.period).replace(tzinfo=UTC) + timedelta(days=1)
        first = datetime.fromisoformat(f"{self.period}-01").replace(tzinfo=UTC)
        return (first + timedelta(days=32)).replace(day=1)


class BudgetStore(Protocol):
    """Where spending is kept; the bot's database, or memory in tests."""

    async def spend(self, lines: Sequence[Line], cost: int) -> Line | None:
        """Add ``cost`` to every line in one transaction; past a limit, add nothing and return that line."""
        ...

    async def give_back(self, lines: Sequence[Line], cost: int) -> None:
        """Take ``cost`` off every line again, never below 0."""
        ...

    async def used(self, lines: Sequence[Line]) -> Sequence[int]:
        """Return what was spent on each line, with what was spent in its earlier periods."""
        ...


class MemoryBudgetStore:
    """A store in memory."""

    def __init__(self) -> None:
        self._used: dict[Line, int] = {}

    async def spend(self, lines: Sequence[Line], cost: int) -> Line | None:
        """See `BudgetStore.spend`."""
        for line in lines:
            if self._sum(line) + cost > line.limit:
                return line
        for line in lines:
            self._used[_account(line)] = self._used.get(_account(line), 0) + cost
        return None

    async def give_back(self, lines: Sequence[Line], cost: int) -> None:
        """See `BudgetStore.give_back`."""
        for line in lines:
            self._used[_account(line)] = max(0, self._used.get(_account(line), 0) - cost)

    async def used(self, lines: Sequence[Line]) -> Sequence[int]:
        """See `BudgetStore.used`."""
        return [self._sum(line) for line in lines]

    def _sum(self, line: Line) -> int:
        return sum(self._used.get(_account(replace(line, period=one)), 0) for one in (line.period, *line.earlier))


def _account(line: Line) -> Line:
    return replace(line, limit=0, earlier=())
