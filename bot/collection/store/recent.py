"""Pictures that were read lately, so that many searches which find the same ones read and decode them once.

Whatever is made of a picture further on (its v7 object, the verdict on it, its JSON) is remembered by the very object.
So a picture that is read again after something was written, and is as it was, is the same object as before.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence

from bot.collection.model import Indexed
from bot.runtime.by_identity import PICTURES, make_room


class RecentPictures:
    """Pictures by id, each with the state of the store that it was read in. Safe for many threads.

    Args:
        most: how many are kept, chosen as `ByIdentity` chooses. One takes about 1.5 kB.
    """

    def __init__(self, most: int = PICTURES) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    def known(self, state: Hashable, image_ids: Sequence[str]) -> dict[str, Indexed]:
        """Return those of the pictures that were read in this state."""
        found: dict[str, Indexed] = {}
        with self._lock:
            kept_of = self._kept.get
            for image_id in image_ids:
                kept = kept_of(image_id)
                if kept is not None and kept.state == state:
                    kept.again = True
                    found[image_id] = kept.picture
        return found

    def keep(self, state: Hashable, pictures: Mapping[str, Indexed]) -> dict[str, Indexed]:
        """Keep pictures as they were read in this state; return them, one that did not change as the object it was."""
        found: dict[str, Indexed] = {}
        with self._lock:
            for image_id, picture in pictures.items():
                before = self._kept.pop(image_id, None)
                found[image_id] = before.picture if before is not None and before.picture == picture else picture
                make_room(self._kept, self._most)
                self._kept[image_id] = _Kept(state, found[image_id])
        return found


class _Kept:
    """A picture, the state that it was read in, and whether it was asked for again since."""

    __slots__ = ("again", "picture", "state")

    def __init__(self, state: Hashable, picture: Indexed) -> None:
        self.state = state
        self.picture = picture
        self.again = False
