"""Providers of other packages: whatever they offer under the entry point ``magpie.providers``.

The name of the entry point is the provider's name, its value an `Entry`. A package that cannot be loaded is off with
its reason and keeps nothing else from working. See docs/own-provider.md.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points

from .entry import Entry

log = logging.getLogger(__name__)

GROUP = "magpie.providers"


@dataclass(frozen=True, slots=True)
class Plugins:
    """What other packages offer, by name, and why something of theirs is off."""

    entries: Mapping[str, Entry]
    broken: Mapping[str, str]


@lru_cache(maxsize=1)
def load_plugins() -> Plugins:
    """Load the providers of installed packages, once."""
    entries: dict[str, Entry] = {}
    broken: dict[str, str] = {}
    for point in entry_points(group=GROUP):
        try:
            entries[point.name] = _load(point)
        except Exception as error:  # noqa: BLE001 (whatever somebody else's module does while it is imported)
            broken[point.name] = f"its package cannot be loaded ({type(error).__name__})"
            log.warning("the provider %s cannot be loaded: %s", point.name, type(error).__name__)
    return Plugins(entries, broken)


def _load(point: EntryPoint) -> Entry:
    found: object = point.load()
    if not isinstance(found, Entry):
        raise TypeError("the entry point is no Entry")
    return found
