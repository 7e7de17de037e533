"""The walks bite: every planted fault is caught."""

from __future__ import annotations

import pytest

from .faults import FAULTS
from .world import Leak, walk

WALKS, STEPS = 24, 120


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
