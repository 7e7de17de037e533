"""What was read of a store in one state of it, kept until something is written."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable, Mapping
from itertools import islice
from typing import Generic, TypeVar

_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")


class StateMemory(Generic[_K, _V]):
    """Values by key, all of one state; with another state they are forgotten. Safe for many threads.

    Args:
        most: how many are kept; the first that came goes first.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._state: Hashable = None
        self._values: dict[_K, _V] = {}

    def get(self, state: Hashable, keys: Iterable[_K], read: Callable[[list[_K]], Mapping[_K, _V]]) -> dict[_K, _V]:
        """Return the values of the keys that have any; what is not known is read, in this state.

        Args:
            state: what the store is in now.
            keys: what is asked for.
            read: reads the values of some keys, in the same transaction as the state.
        """
        wanted = dict.fromkeys(keys)
        with self._lock:
            if state != self._state:
                self._values, self._state = {}, state
            values = self._values
            found = {key: values[key] for key in wanted if key in values}
        if len(found) == len(wanted):
            return found
        fresh = read([key for key in wanted if key not in found])
        with self._lock:
            if state == self._state:
                self._values.update(fresh)
                for key in list(islice(self._values, max(0, len(self._values) - self._most))):
                    del self._values[key]
        return found | dict(fresh)
