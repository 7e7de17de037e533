"""What was made of objects that never change, remembered by the very object."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")
PICTURES = 12_288
"""Pictures of which is remembered what was made of them: the same number everywhere, for each rests on the one before.

Read, as a v7 object, as the chain hands it out, judged and written for the wire, one takes some 7 kB.
"""


class ByIdentity(Generic[K, V]):
    """Makes something of an object once, as long as the object itself comes again; an equal one counts as another.

    An answer asks some hundred times: cachetools, which is written in Python, takes ten times as long as a dictionary.

    Args:
        most: how many are remembered; the longest unused goes first.
    """

    def __init__(self, most: int = PICTURES) -> None:
        self._most = most
        self._made: OrderedDict[Hashable, tuple[K, V]] = OrderedDict()

    def get(self, thing: K, make: Callable[[K], V], *beside: Hashable) -> V:
        """Return what ``make`` made of the object; ``beside`` is whatever else its result depends on."""
        key = (id(thing), *beside)
        known = self._made.get(key)
        if known is None or known[0] is not thing:
            known = self._made[key] = (thing, make(thing))
            if len(self._made) > self._most:
                self._made.popitem(last=False)
        self._made.move_to_end(key)
        return known[1]

    def __contains__(self, thing: K) -> bool:
        """Say whether something was made of the object, with nothing beside it."""
        key = (id(thing),)
        known = self._made.get(key)
        if known is None or known[0] is not thing:
            return False
        self._made.move_to_end(key)
        return True
