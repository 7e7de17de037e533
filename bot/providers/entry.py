"""How a provider is made: what the registry holds, and what a package of somebody else's offers to it."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.bing_v7 import Provider, Verb
from bot.providers.http.transport import Transport

from .settings import ProviderSettings


@dataclass(frozen=True, slots=True)
class Entry:
    """How a provider is made.

    ``needs`` are fields of `ProviderSettings` that must be set; ``together`` are fields that are optional but belong
    together; ``contact`` says that the service wants to be able to reach the operator.
    """

    title: str
    verbs: tuple[Verb, ...]
    make: Callable[[Transport, ProviderSettings], Provider]
    needs: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    contact: bool = False
