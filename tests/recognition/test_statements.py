"""What is said for which probabilities, and when nothing is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bing_v7 import DEPICTION_KINDS, Certainty
from bot.i18n import LOCALES, known_keys
from bot.recognition.statements import needs_second_view, state
from bot.recognition.taxonomy import BY_NAME, GROUPS, members, numbers

PEOPLE = {981, 982, 983, 400, 465, 617, 652, 667, 715, 834}
"""Classes that say who somebody is or what they are: players, grooms, divers, uniforms."""


def views(*told: dict[int, float]) -> np.ndarray:
    made = np.zeros((len(told), 1000), np.float32)
    for row, one in enumerate(told):
        rest = 1 - sum(one.values())
        made[row] = rest / 1000
        for number, probability in one.items():
            made[row, number] += probability
    return made


def test_relatives_together_are_sure() -> None:
    """0.3 tench, 0.3 gar, 0.2 snoek: nobody knows which, but it is a fish."""
    said = state(views({0: 0.37, 395: 0.33, 389: 0.25}, {0: 0.45, 395: 0.25, 389: 0.25}))
    assert said is not None
    assert said.groups[0].name == "fish"
    assert [group.name for group in said.groups] == ["fish", "animal"]
    assert said.likeliest is None


def test_one_sure_class_gives_words_to_search_for() -> None:
    said = state(views({373: 0.95}, {373: 0.9}))
    assert said is not None
    assert (said.groups[0].name, said.likeliest, said.certainty) == ("monkey", 373, Certainty.HIGH)


@pytest.mark.parametrize(
    "seen",
    [
        views({677: 0.9}, {677: 0.9}),  # a nail: no group
        views({340: 0.95}, {463: 0.95}),  # the views disagree
        views({340: 0.3}, {340: 0.3}),
        np.full((2, 1000), 0.001, np.float32) * (np.arange(1000) > 397),
    ],
)
def test_silence(seen: np.ndarray) -> None:
    assert state(seen) is None


@given(st.integers(0, 2**32 - 1), st.floats(0.05, 3))
def test_whatever_is_said_holds_its_bar_in_both_views(seed: int, sharpness: float) -> None:
    random = np.random.default_rng(seed)
    logits = random.standard_normal((2, 1000)) / sharpness + random.standard_normal(1000) * 4
    made = np.exp(logits - logits.max(1, keepdims=True))
    made = (made / made.sum(1, keepdims=True)).astype(np.float32)
    said = state(made)
    if said is not None:
        classes = numbers(said.groups[0].classes)
        chance = len(classes) / 1000
        beyond = (made[:, classes].sum(1) - chance) / (1 - chance)
        assert beyond.min() >= 0.3 - 1e-3
        assert beyond.mean() >= (0.9 if said.groups[0].within else 0.5) - 1e-3
        assert 0.5 < said.probability < 1


def test_groups_are_a_tree_of_known_kinds_with_words_and_without_people() -> None:
    names = [group.name for group in GROUPS]
    assert len(set(names)) == len(names)
    assert members().shape == (len(GROUPS), 1000)
    for group in GROUPS:
        assert group.kind in DEPICTION_KINDS
        assert not set(numbers(group.classes)) & (PEOPLE - {715, 667, 983, 834}), group.name
        if group.within:
            assert names.index(group.within) < names.index(group.name)
            assert set(numbers(group.classes)) <= set(numbers(BY_NAME[group.within].classes)), group.name
    for locale in LOCALES:
        assert {f"thing-{name}" for name in names} <= known_keys(locale)
    things = {key for key in known_keys() if key.startswith("thing-")}
    assert things == {f"thing-{name}" for name in names}


@given(st.lists(st.tuples(st.integers(0, 999), st.floats(0, 1)), min_size=1, max_size=6), st.integers(0, 999))
def test_a_view_after_which_nothing_can_be_said_is_enough(told: list[tuple[int, float]], other: int) -> None:
    """Whatever the second view shows, also all of it sure of one class, the answer is the same without it."""
    total = sum(share for _, share in told) or 1.0
    first = views({number: share / max(1.0, total) for number, share in told})
    if needs_second_view(first) or state(first) is not None:
        return
    for second in (views({other: 1.0}), *(views({number: 1.0}) for number, _ in told), first):
        assert state(np.concatenate([first, second])) is None


@given(st.lists(st.tuples(st.integers(0, 999), st.floats(0, 1)), min_size=1, max_size=6))
def test_what_one_view_alone_says_holds_the_bar_of_one_view(told: list[tuple[int, float]]) -> None:
    total = sum(share for _, share in told) or 1.0
    first = views({number: share / max(1.0, total) for number, share in told})
    said = state(first)
    if needs_second_view(first) or said is None:
        return
    classes = numbers(said.groups[0].classes)
    chance = len(classes) / 1000
    assert (first[0, classes].sum() - chance) / (1 - chance) >= (0.9 if said.groups[0].within else 0.7) - 1e-3


@pytest.mark.parametrize(
    ("first", "looks_again"),
    [
        ({}, False),  # nothing known
        ({373: 0.5}, True),  # perhaps an animal
        ({373: 0.85}, True),  # an animal, and nearly sure to be a monkey
        ({373: 0.95}, False),  # a monkey
        ({373: 0.4, 0: 0.4}, False),  # an animal; that it is a monkey is out of reach
    ],
)
def test_when_a_second_view_is_looked_at(first: dict[int, float], looks_again: bool) -> None:
    assert needs_second_view(views(first)) is looks_again
