"""What people look for: searches of the last day against the fortnight before.

Searches are counted elsewhere (`bot.search.counts`); this module defines which counts it needs and how it weighs them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from bot.bing_v7 import Growth
from bot.collection.text.tokens import normal
from bot.storage.query_counts import LEAST_PEOPLE

HALF_LIFE_HOURS = 8.0
DAYS_BEFORE = 14


class QueryCount(NamedTuple):
    """How often a search was made.

    Attributes:
        text: the query as people typed it most often.
        people: different people in the last 24 hours.
        hours: searches in each of the last 24 hours, the newest first.
        before: searches in the fortnight before those 24 hours.
    """

    text: str
    people: int
    hours: tuple[int, ...]
    before: int


class QueryCounts(Protocol):
    """Where searches are counted; the bot's storage implements it."""

    async def counts(self, now: datetime, limit: int, scope: str | None = None) -> Sequence[QueryCount]:
        """The most frequent searches of the last day, at most `limit`, in any order; with a scope those of one server.

        Only searches whose counting the place allows; never who made them.
        """
        ...


def trend(count: QueryCount) -> float:
    """How much a search trends: recent hours weigh more, and what is always asked weighs less."""
    recent = sum(n * 0.5 ** (age / HALF_LIFE_HOURS) for age, n in enumerate(count.hours))
    usual = count.before / DAYS_BEFORE
    return recent * math.log2(2 + recent / (1 + usual))


def growth(count: QueryCount) -> Growth:
    """How often a search was made in the last day, as a multiple of an average day of the fortnight before."""
    usual = count.before / DAYS_BEFORE
    return Growth(times=round(sum(count.hours) / usual, 1) if usual else None)


def trending_searches(counts: Sequence[QueryCount], limit: int) -> list[tuple[str, Growth]]:
    """The searches that trend most and how much each is up, each once however it was typed, best first."""
    held: dict[str, tuple[float, str, Growth]] = {}
    for count in counts:
        key = normal(count.text)
        if key and count.people >= LEAST_PEOPLE:
            held[key] = max(
                held.get(key, (0.0, "", Growth())), (trend(count), count.text, growth(count)), key=lambda one: one[:2]
            )
    ranked = sorted(held.values(), key=lambda one: (-one[0], one[1]))
    return [(text, up) for _, text, up in ranked[:limit]]
