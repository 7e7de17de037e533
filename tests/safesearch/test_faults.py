"""The walks bite: every planted fault is caught."""

from __future__ import annotations

import pytest

from .faults import FAULTS, SURFACE_FAULTS
from .surface import surface_walk
from .world import Leak, walk

WALKS, STEPS = 24, 120
SURFACE_WALKS, SURFACE_STEPS = 120, 120
NOTICED = {
    "inverted age flag": 3,
    "server wins over channel": 3,
    "cache key without level": 6,
    "stored lookups keep their level": 2,
    "held pictures not rated anew": 1,
    "share publishes without judging": 1,
    "details forget the own level": 3,
    "tiles forget the own level": 2,
    "parts of a picture forget the own level": 24,
    "a looked up finding is not judged again": 13,
    "what was shared is drawn again without judging": 1,
    "what a page is like is not judged": 1,
    "place facts of the event kept": 14,
    "stored pictures keep their level": 5,
}
"""A walk that noticed a fault soon when this was written, where the first did not: it is tried before all others."""


def caught(name: str) -> int | None:
    """Return by which walk the fault was noticed, None if by none."""
    with FAULTS[name]():
        for seed in (NOTICED.get(name, 0), *range(WALKS)):
            try:
                walk(1007 + seed, STEPS)
            except Leak:
                return seed
    return None


def test_there_are_enough_faults() -> None:
    assert len(FAULTS) >= 10


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_caught(name: str) -> None:
    assert caught(name) is not None


def caught_on_the_surface(name: str) -> int | None:
    """Return by which walk over the surface the fault was noticed, None if by none."""
    planted, favoured = SURFACE_FAULTS[name]
    with planted():
        for seed in (NOTICED.get(name, 0), *range(SURFACE_WALKS)):
            try:
                surface_walk(seed, SURFACE_STEPS, favoured)
            except Leak:
                return seed
    return None


@pytest.mark.parametrize("name", SURFACE_FAULTS)
def test_a_planted_fault_of_the_surface_is_caught(name: str) -> None:
    assert caught_on_the_surface(name) is not None
