"""What was read of a store in one state of it, kept until something is written."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping
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

    async def get(
        self, state: Hashable, keys: Iterable[_K], read: Callable[[list[_K]], Awaitable[Mapping[_K, _V]]]
    ) -> dict[_K, _V]:
        """Return the values of the keys that have any; what is not known is read, in this state.

        Args:
            state: what the store is in now.
            keys: what is asked for.
            read: reads the values of some keys, in that state or a later one, over the connection that told it.
        """
        wanted = dict.fromkeys(keys)
        found = self.known(state, wanted)
        if len(found) == len(wanted):
            return found
        fresh = await read([key for key in wanted if key not in found])
        self.keep(state, fresh)
        return found | dict(fresh)

    def known(self, state: Hashable, keys: Iterable[_K]) -> dict[_K, _V]:
        """Return what is kept of this state; what is kept of another is forgotten."""
        with self._lock:
            if state != self._state:
                self._values, self._state = {}, state
            return {key: self._values[key] for key in keys if key in self._values}

    def keep(self, state: Hashable, values: Mapping[_K, _V]) -> None:
        """Keep what was read in a state, unless another one was asked for since."""
        with self._lock:
            if state == self._state:
                self._values.update(values)
                for key in list(islice(self._values, max(0, len(self._values) - self._most))):
                    del self._values[key]
