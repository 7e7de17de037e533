"""Pictures that were read lately, so that many searches which find the same ones read and decode them once."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence

from cachetools import LRUCache

from bot.collection.model import Indexed

_MOST = 2048
"""Pictures; one takes 3 to 5 kB."""


class RecentPictures:
    """Pictures by id, all of one state of the file; with another state they are forgotten. Safe for many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state = (-1, -1)
        self._pictures: LRUCache[str, Indexed] = LRUCache(_MOST)

    def known(self, state: tuple[int, int], image_ids: Sequence[str]) -> dict[str, Indexed]:
        """Return those of the pictures that were read in this state."""
        with self._lock:
            if state != self._state:
                self._pictures.clear()
                self._state = state
            return {image_id: self._pictures[image_id] for image_id in image_ids if image_id in self._pictures}

    def keep(self, state: tuple[int, int], pictures: Mapping[str, Indexed]) -> None:
        """Keep pictures that were read in this state, unless another state was met meanwhile."""
        with self._lock:
            if state == self._state:
                self._pictures.update(pictures)
