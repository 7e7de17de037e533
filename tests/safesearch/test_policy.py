"""The level of a place over all combinations of settings, kinds of place, age flags and operator's choices."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

import pytest

from bot.bing_v7 import SafeSearch
from bot.safesearch.place import Place, PlaceKind
from bot.safesearch.policy import OperatorPolicy, Rule, Scope, ScopeLevel, Scopes, changed_by, decide, level_of

OFF, MODERATE, STRICT = SafeSearch.OFF, SafeSearch.MODERATE, SafeSearch.STRICT
SET = (None, OFF, MODERATE, STRICT)
WHEN = datetime(2026, 1, 2, tzinfo=UTC)
PLACES = [
    Place(kind, guild_id, channel_id, 3, None, flag, user_install)
    for kind, guild_id, channel_id, flag, user_install in itertools.product(
        PlaceKind, (1, None), (2, None), (True, False, None), (False, True)
    )
]
OPERATORS = [
    OperatorPolicy(default, minimum, allow_off)
    for default, minimum, allow_off in itertools.product(SafeSearch, SafeSearch, (True, False))
]


def scopes(server: SafeSearch | None, category: SafeSearch | None, channel: SafeSearch | None) -> Scopes:
    levels = [
        None if level is None else ScopeLevel(level, number, WHEN)
        for number, level in enumerate((server, category, channel))
    ]
    return Scopes(*levels)


ALL_SCOPES = [scopes(*levels) for levels in itertools.product(SET, SET, SET)]


def expected(place: Place, held: Scopes, operator: OperatorPolicy) -> SafeSearch:
    """The table in words: a known server channel, the nearest setting, and the bounds."""
    known = place.kind in {PlaceKind.CHANNEL, PlaceKind.THREAD} and not place.user_install
    if not known or None in {place.guild_id, place.channel_id, place.age_restricted}:
        return STRICT
    wanted = [one.level for one in (held.channel, held.category, held.server) if one] or [operator.default]
    level = max(wanted[0], operator.minimum)
    return level if level is not OFF or (place.age_restricted and operator.allow_off) else MODERATE


@pytest.mark.parametrize(
    "place",
    PLACES,
    ids=lambda place: f"{place.kind}-{place.guild_id}-{place.channel_id}-{place.age_restricted}-{place.user_install}",
)
def test_every_combination_of_settings(place: Place) -> None:
    for held, operator, own in itertools.product(ALL_SCOPES, OPERATORS, SET):
        level = expected(place, held, operator)
        decision = decide(place, held, operator, own)
        assert decision.level is max(level, own or OFF), (held, operator, own)


def test_off_exists_only_in_age_restricted_channels_of_operators_who_allow_it() -> None:
    for place, held, operator in itertools.product(PLACES, ALL_SCOPES, OPERATORS):
        if decide(place, held, operator).level is OFF:
            assert place.age_restricted is True
            assert operator.allow_off
            assert place.guild_id is not None


CHANNEL = Place(PlaceKind.CHANNEL, 1, 2, 3, None, True)


@pytest.mark.parametrize(
    ("place", "held", "operator", "own", "rule"),
    [
        (CHANNEL, Scopes(), OperatorPolicy(), None, Rule.DEFAULT),
        (CHANNEL, scopes(STRICT, None, None), OperatorPolicy(), None, Rule.SERVER),
        (CHANNEL, scopes(STRICT, MODERATE, None), OperatorPolicy(), None, Rule.CATEGORY),
        (CHANNEL, scopes(STRICT, MODERATE, MODERATE), OperatorPolicy(), None, Rule.CHANNEL),
        (CHANNEL, scopes(None, None, OFF), OperatorPolicy(), None, Rule.OPERATOR),
        (CHANNEL, scopes(None, None, OFF), OperatorPolicy(allow_off=True, minimum=STRICT), None, Rule.OPERATOR),
        (CHANNEL, scopes(None, None, OFF), OperatorPolicy(allow_off=True), MODERATE, Rule.OWN),
        (CHANNEL, scopes(None, None, STRICT), OperatorPolicy(), STRICT, Rule.CHANNEL),
        (
            Place(PlaceKind.CHANNEL, 1, 2, None, None, False),
            scopes(OFF, None, None),
            OperatorPolicy(allow_off=True),
            None,
            Rule.NOT_AGE_RESTRICTED,
        ),
        (Place(PlaceKind.DM), Scopes(), OperatorPolicy(), None, Rule.DM),
        (Place(PlaceKind.PRIVATE), Scopes(), OperatorPolicy(), None, Rule.PRIVATE),
        (
            Place(PlaceKind.CHANNEL, 1, 2, None, None, True, user_install=True),
            Scopes(),
            OperatorPolicy(),
            None,
            Rule.USER_INSTALL,
        ),
        (Place(PlaceKind.THREAD, 1, None, None, 9, None), Scopes(), OperatorPolicy(), None, Rule.UNKNOWN),
    ],
)
def test_the_rule_that_settled_it(
    place: Place, held: Scopes, operator: OperatorPolicy, own: SafeSearch | None, rule: Rule
) -> None:
    assert decide(place, held, operator, own).rule is rule


def test_who_set_the_rule_and_when() -> None:
    decision = decide(CHANNEL, scopes(MODERATE, None, STRICT), OperatorPolicy())
    assert (decision.set_by, decision.set_at) == (2, WHEN)


def test_a_thread_follows_its_parent() -> None:
    thread = Place(PlaceKind.THREAD, 1, 2, 3, 99, True)
    for held in ALL_SCOPES:
        operator = OperatorPolicy(allow_off=True)
        assert decide(thread, held, operator) == decide(CHANNEL, held, operator)


def test_what_a_change_would_change() -> None:
    operator = OperatorPolicy(default=STRICT)
    assert changed_by(Scope.CHANNEL, MODERATE, Scopes(), operator) == (STRICT, MODERATE)
    assert changed_by(Scope.CHANNEL, STRICT, Scopes(), operator) == (STRICT, STRICT)
    inherited = OperatorPolicy(default=MODERATE)
    assert changed_by(Scope.SERVER, None, scopes(STRICT, None, None), inherited) == (STRICT, MODERATE)
    assert changed_by(Scope.CHANNEL, None, scopes(OFF, None, STRICT), operator) == (STRICT, OFF)
    assert changed_by(Scope.CHANNEL, None, scopes(STRICT, None, OFF), operator) == (OFF, STRICT)
    for held, scope, level in itertools.product(ALL_SCOPES, Scope, SET):
        own = getattr(held, scope.value)
        if own is not None and level is not None:
            assert changed_by(scope, level, held, operator) == (own.level, level)
        assert level_of(scope, held, operator) in SafeSearch
