"""A third of the examples is tried, unless a thorough run is asked for."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from .examples import THOROUGH, USUAL, examples, some


@pytest.fixture(params=[USUAL, THOROUGH])
def profile(request: pytest.FixtureRequest) -> Iterator[str]:
    before = settings.get_current_profile_name()
    settings.load_profile(request.param)
    yield request.param
    settings.load_profile(before)


def test_a_third_or_all(profile: str) -> None:
    many = 100 if profile == THOROUGH else 34
    assert (settings().max_examples, settings().deadline) == (many, None)
    assert (examples(100), examples(1)) == (many, 1)
    assert list(some(range(7))) == (list(range(7)) if profile == THOROUGH else [0, 3, 6])
