"""What is loaded at the start is left alone by the garbage collector, and nothing else is."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from typing import Any

import pytest

from bot.runtime import memory


class Ring:
    """An object that only the collector can take away."""

    def __init__(self) -> None:
        self.own: Any = self


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


def test_what_is_there_is_left_alone_and_what_comes_later_is_not() -> None:
    memory.freeze_loaded()
    assert gc.get_freeze_count() > 10_000
    assert gc.get_threshold()[0] == memory.YOUNG
    later = weakref.ref(Ring())
    gc.collect()
    assert later() is None


def test_settling_again_lets_go_of_what_an_earlier_start_left_behind() -> None:
    ring: Ring | None = Ring()
    gone = weakref.ref(ring)
    memory.freeze_loaded()
    ring = None
    gc.collect()
    assert gone() is not None
    memory.freeze_loaded()
    assert gone() is None
