"""How many examples tests try: a third in a usual run, all with the profile ``thorough`` of Hypothesis.

A test that asks here and is none of Hypothesis has the mark ``thorough``: that run has it again.
"""

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import settings

USUAL, THOROUGH = "usual", "thorough"
_T = TypeVar("_T")


def register_profiles() -> None:
    """Make both profiles known, and take the usual one; a busy machine is not a fault in either."""
    settings.register_profile(THOROUGH, deadline=None, max_examples=100)
    settings.register_profile(USUAL, deadline=None, max_examples=34)
    settings.load_profile(USUAL)


def is_thorough() -> bool:
    """Whether this run was asked for with ``--hypothesis-profile thorough``."""
    return settings.get_current_profile_name() == THOROUGH


def examples(all_of_them: int) -> int:
    """Return how many examples are tried, where a thorough run tries this many."""
    return all_of_them if is_thorough() else -(-all_of_them // 3)


def some(things: Sequence[_T]) -> Sequence[_T]:
    """Return those of these things that are tried: each third, or all."""
    return things if is_thorough() else things[::3]
