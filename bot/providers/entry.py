"""How a provider is made: what the registry holds, and what a package of somebody else's offers to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from bot.bing_v7 import Provider, Verb
from bot.providers.http.transport import Transport

from .settings import ProviderSettings


class Cost(NamedTuple):
    """What is free, whether a card is needed for it, and what more than that costs; ``magpie check`` shows it."""

    free: str
    card: str
    beyond: str


UNKNOWN_COST = Cost("see its package", "see its package", "see its package")
"""For a provider of somebody else's package that does not say what it costs."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a provider before it is made, and how it is made.

    ``title`` is what users know it by, where ``bot/i18n`` has no ``provider-NAME`` for it. ``needs`` are fields of
    `ProviderSettings` that must be set; ``together`` are fields that are optional but belong together; ``contact`` says
    that the service wants to be able to reach the operator. ``cost`` says in each field how the cell of
    docs/providers.md begins, which has the sources and dates.
    """

    title: str
    verbs: tuple[Verb, ...]
    make: Callable[[Transport, ProviderSettings], Provider]
    needs: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    contact: bool = False
    cost: Cost = UNKNOWN_COST
