"""What is taken for the name of a person, and what is not."""

from __future__ import annotations

import pytest

from bot.safesearch.names import GIVEN_NAMES, may_name_a_person


@pytest.mark.parametrize(
    "query",
    ["Angela Merkel", "angela merkel", "jean-luc picard", "J\u00fcrgen M\u00fcller", "maria garcia lopez",
     "someone@mail.example", "@wumpus", "https://social.example/u", "+49 170 1234567", "123456789", "Grace Hopper",
     "john o'neill"],
)  # fmt: skip
def test_taken_for_a_name(query: str) -> None:
    assert may_name_a_person(query)


@pytest.mark.parametrize(
    "query",
    ["cats", "red flowers", "rose garden", "jasmine tea", "Rose garden at night", "4k wallpaper", "emma", "a b c d e"],
)
def test_not_taken_for_a_name(query: str) -> None:
    assert not may_name_a_person(query)


def test_given_names_are_folded() -> None:
    assert len(GIVEN_NAMES) > 300
    assert all(name.isascii() and name.islower() for name in GIVEN_NAMES)
