"""What garbage collection leaves alone, tried in a process that has loaded little.

Run: ``python -m tests.runtime.freezing NAME``. A process of the tests holds millions of objects, and to look through
all of them takes a second each time.
"""

from __future__ import annotations

import gc
import sys
import weakref
from typing import Any

from bot.runtime import memory


class Ring:
    """An object that only the collector can take away."""

    def __init__(self) -> None:
        self.own: Any = self


def what_comes_later_is_not_left_alone() -> None:
    memory.freeze_loaded()
    assert gc.get_freeze_count() > 10_000
    assert gc.get_threshold()[0] == memory.YOUNG
    later = weakref.ref(Ring())
    gc.collect()
    assert later() is None


def settling_again_lets_go_of_what_an_earlier_start_left_behind() -> None:
    ring: Ring | None = Ring()
    gone = weakref.ref(ring)
    memory.freeze_loaded()
    ring = None
    gc.collect()
    assert gone() is not None
    memory.freeze_loaded()
    assert gone() is None


def the_first_time_leaves_alone_what_was_imported() -> None:
    imported: Ring | None = Ring()
    kept = weakref.ref(imported)
    memory.collect_again()
    imported = None
    memory.freeze_loaded()
    assert kept() is not None
    memory.freeze_loaded()
    assert kept() is None


TRIED = {
    one.__name__: one
    for one in (
        what_comes_later_is_not_left_alone,
        settling_again_lets_go_of_what_an_earlier_start_left_behind,
        the_first_time_leaves_alone_what_was_imported,
    )
}

if __name__ == "__main__":
    TRIED[sys.argv[1]]()
    print("done")
