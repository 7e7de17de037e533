"""The walks bite: every planted fault is caught."""

from __future__ import annotations

import pytest

from .faults import FAULTS, SURFACE_FAULTS
from .surface import surface_walk
from .world import Leak, walk

WALKS, STEPS = 24, 120
SURFACE_WALKS, SURFACE_STEPS = 120, 120


def caught(name: str) -> int | None:
    """Return after how many walks the fault was noticed, None if never."""
    with FAULTS[name]():
        for seed in range(WALKS):
            try:
                walk(1007 + seed, STEPS)
            except Leak:
                return seed + 1
    return None


def test_there_are_enough_faults() -> None:
    assert len(FAULTS) >= 10


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_caught(name: str) -> None:
    assert caught(name) is not None


def caught_on_the_surface(name: str) -> int | None:
    """Return after how many walks over the surface the fault was noticed, None if never."""
    planted, favoured = SURFACE_FAULTS[name]
    with planted():
        for seed in range(SURFACE_WALKS):
            try:
                surface_walk(seed, SURFACE_STEPS, favoured)
            except Leak:
                return seed + 1
    return None


@pytest.mark.parametrize("name", SURFACE_FAULTS)
def test_a_planted_fault_of_the_surface_is_caught(name: str) -> None:
    assert caught_on_the_surface(name) is not None
