"""Which SafeSearch level holds at a place: one pure function, and the facts it needs.

Moderators set levels for the server, a category or a channel; the nearest one that is set counts. Then the operator's
bounds, Discord's age flag and the user's own level can only make it stricter. Whatever is not known is Strict.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.bing_v7 import SafeSearch

from .place import Place, PlaceKind


class Scope(StrEnum):
    """What a moderator's setting covers, widest first."""

    SERVER = "server"
    CATEGORY = "category"
    CHANNEL = "channel"


class Rule(StrEnum):
    """What decided the level, for telling users why."""

    OPERATOR = "operator"
    NOT_AGE_RESTRICTED = "not-age-restricted"
    CHANNEL = "channel"
    CATEGORY = "category"
    SERVER = "server"
    DEFAULT = "default"
    DM = "dm"
    PRIVATE = "private"
    USER_INSTALL = "user-install"
    UNKNOWN = "unknown"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class ScopeLevel:
    """A level that somebody set; its absence means inherit."""

    level: SafeSearch
    set_by: int | None = None
    set_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Scopes:
    """The settings that bear on one place; None inherits from the next wider one."""

    server: ScopeLevel | None = None
    category: ScopeLevel | None = None
    channel: ScopeLevel | None = None


NOTHING_SET = Scopes()
"""Where nobody set a level, as in most servers."""


@dataclass(frozen=True, slots=True)
class OperatorPolicy:
    """What the operator of this bot decides for all servers.

    ``default`` holds where no moderator set anything; ``minimum`` is the loosest level there may be anywhere;
    ``allow_off`` must be True for Off to exist at all (in age-restricted channels).
    """

    default: SafeSearch = SafeSearch.STRICT
    minimum: SafeSearch = SafeSearch.OFF
    allow_off: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """A level, the rule that settled it, and who set that rule when (for moderators' settings)."""

    level: SafeSearch
    rule: Rule
    set_by: int | None = None
    set_at: datetime | None = None


def level_of(scope: Scope, scopes: Scopes, operator: OperatorPolicy) -> SafeSearch:
    """Return the level that a scope has: its own, else that of the next wider scope, else the operator's default."""
    wider = {
        Scope.CHANNEL: (scopes.channel, scopes.category, scopes.server),
        Scope.CATEGORY: (scopes.category, scopes.server),
        Scope.SERVER: (scopes.server,),
    }[scope]
    return next((one.level for one in wider if one is not None), operator.default)


def changed_by(
    scope: Scope, level: SafeSearch | None, scopes: Scopes, operator: OperatorPolicy
) -> tuple[SafeSearch, SafeSearch]:
    """Return the level that a scope has, and the one it would have if it were set to a level (None: to inherit)."""
    after = replace(scopes, **{scope.value: None if level is None else ScopeLevel(level)})
    return level_of(scope, scopes, operator), level_of(scope, after, operator)


def decide(place: Place, scopes: Scopes, operator: OperatorPolicy, own: SafeSearch | None = None) -> Decision:
    """Return the level of a place; ``own`` is the user's own level, which can only make it stricter."""
    decision = _of_place(place, scopes, operator)
    if own is not None and own > decision.level:
        return Decision(own, Rule.OWN)
    return decision


def _of_place(place: Place, scopes: Scopes, operator: OperatorPolicy) -> Decision:
    if (rule := _always_strict(place)) is not None:
        return Decision(SafeSearch.STRICT, rule)
    decision = _nearest(scopes, operator)
    if decision.level < operator.minimum:
        decision = Decision(operator.minimum, Rule.OPERATOR)
    if decision.level is SafeSearch.OFF and place.age_restricted is not True:
        return Decision(SafeSearch.MODERATE, Rule.NOT_AGE_RESTRICTED)
    if decision.level is SafeSearch.OFF and not operator.allow_off:
        return Decision(SafeSearch.MODERATE, Rule.OPERATOR)
    return decision


def _always_strict(place: Place) -> Rule | None:
    """Return the rule that makes a place Strict whatever anybody set, None where settings count."""
    if place.kind is PlaceKind.DM:
        return Rule.DM
    if place.kind is PlaceKind.PRIVATE:
        return Rule.PRIVATE
    if place.user_install:
        return Rule.USER_INSTALL
    known = place.kind in (PlaceKind.CHANNEL, PlaceKind.THREAD)
    if not known or place.guild_id is None or place.channel_id is None or place.age_restricted is None:
        return Rule.UNKNOWN
    return None


def _nearest(scopes: Scopes, operator: OperatorPolicy) -> Decision:
    for rule, scope in (
        (Rule.CHANNEL, scopes.channel),
        (Rule.CATEGORY, scopes.category),
        (Rule.SERVER, scopes.server),
    ):
        if scope is not None:
            return Decision(scope.level, rule, scope.set_by, scope.set_at)
    return Decision(operator.default, Rule.DEFAULT)
