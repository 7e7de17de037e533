"""What was spent of the providers' allowances; implements ``BudgetStore`` of ``bot.providers.middleware``."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Protocol, TypeVar

from sqlalchemy import and_, case, delete, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from .database import LONG, Database
from .tables import spending
from .upsert import insert_into

KEPT_DAYS = 62
"""Days for which the accounts of past days and months are kept."""


class Account(Protocol):
    """One account and its limit; ``period`` is a day (``2026-01-31``), month (``2026-01``) or hour (``2026013123``)."""

    @property
    def provider(self) -> str:
        """The provider's name."""
        ...

    @property
    def scope(self) -> str:
        """Whose allowance it is."""
        ...

    @property
    def scope_id(self) -> int:
        """Which server or person; 0 for the provider itself."""
        ...

    @property
    def period(self) -> str:
        """Which day, month or hour."""
        ...

    @property
    def earlier(self) -> Sequence[str]:
        """Periods before it that count with it."""
        ...

    @property
    def limit(self) -> int:
        """The allowance."""
        ...


L = TypeVar("L", bound=Account)


class _Full(Exception):
    """An account has not enough left."""

    def __init__(self, place: int) -> None:
        super().__init__(place)
        self.place = place


class SpendingStore:
    """Accounts in the database, safe for several processes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def spend(self, lines: Sequence[L], cost: int) -> L | None:
        """Add ``cost`` to every account in one transaction; past a limit, add nothing and return that account."""
        places = sorted(range(len(lines)), key=lambda place: _key(lines[place]))
        try:
            async with self._database.transaction() as connection:
                for place in places:
                    await self._add(connection, lines[place], cost, place)
        except _Full as full:
            return lines[full.place]
        return None

    async def give_back(self, lines: Sequence[Account], cost: int) -> None:
        """Take ``cost`` off every account again, never below 0."""
        async with self._database.transaction() as connection:
            for line in sorted(lines, key=_key):
                left = case((spending.c.used > cost, spending.c.used - cost), else_=0)
                await connection.execute(update(spending).where(_is(line)).values(used=left))

    async def used(self, lines: Sequence[Account]) -> list[int]:
        """Return what was spent on each account."""
        async with self._database.transaction() as connection:
            return [
                (await connection.scalar(select(spending.c.used).where(_is(line))) or 0)
                + (await connection.scalar(select(_before(line))) or 0)
                for line in lines
            ]

    async def prune(self, today: date) -> None:
        """Forget accounts of long ago."""
        oldest = (today - timedelta(days=KEPT_DAYS)).isoformat()
        async with self._database.transaction(within=LONG) as connection:
            period = spending.c.period
            past_day = period < func.substr(oldest, 1, func.length(period))
            past_hour = and_(period.not_like("%-%"), period < oldest.replace("-", "") + "00")
            await connection.execute(delete(spending).where(or_(past_day, past_hour)))

    async def _add(self, connection: AsyncConnection, line: Account, cost: int, place: int) -> None:
        row: dict[str, Any] = dict(zip(("provider", "scope", "scope_id", "period"), _key(line), strict=True))
        await connection.execute(insert_into(connection, spending).values(**row, used=0).on_conflict_do_nothing())
        fits = update(spending).where(_is(line), spending.c.used + _before(line) + cost <= line.limit)
        if not (await connection.execute(fits.values(used=spending.c.used + cost))).rowcount:
            raise _Full(place)


def _key(line: Account) -> tuple[str, str, int, str]:
    return line.provider, str(line.scope), line.scope_id, line.period


def _before(line: Account) -> Any:
    """Return the sum of what was spent in the earlier periods of an account; those no longer change."""
    if not line.earlier:
        return literal(0)
    others = spending.alias()
    same = (others.c.provider == line.provider, others.c.scope == str(line.scope), others.c.scope_id == line.scope_id)
    total = func.coalesce(func.sum(others.c.used), 0)
    return select(total).where(*same, others.c.period.in_(line.earlier)).scalar_subquery()


def _is(line: Account) -> Any:
    table = spending.c
    provider, scope, scope_id, period = _key(line)
    return and_(table.provider == provider, table.scope == scope, table.scope_id == scope_id, table.period == period)
