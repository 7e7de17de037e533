"""What was made of objects that never change, remembered by the very object."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, Protocol, TypeVar

K = TypeVar("K")
V = TypeVar("V")
PICTURES = 12_288
"""Pictures of which is remembered what was made of them: the same number everywhere, for each rests on the one before.

Read, as a v7 object, as the chain hands it out, judged and written for the wire, one takes some 7 kB.
"""


class AskedAgain(Protocol):
    """Something remembered, with a mark if it was asked for again since it came or was last passed over."""

    again: bool


MarkedT = TypeVar("MarkedT", bound=AskedAgain)


def make_room(kept: OrderedDict[K, MarkedT], most: int) -> None:
    """Take out what came first and has no mark, until one more fits; marks are taken off what stays."""
    while len(kept) >= most:
        first, one = kept.popitem(last=False)
        if one.again:
            one.again = False
            kept[first] = one


class ByIdentity(Generic[K, V]):
    """Makes something of an object once, as long as the object itself comes again; an equal one counts as another.

    An answer asks some hundred times, so that asking changes no order, which would be read from all over memory: what
    is asked for again is only marked, and the first that came goes first unless it has a mark (the CLOCK algorithm).

    Args:
        most: how many are remembered.
    """

    def __init__(self, most: int = PICTURES) -> None:
        self._most = most
        self._made: OrderedDict[Hashable, _Made[K, V]] = OrderedDict()

    def get(self, thing: K, make: Callable[[K], V], *beside: Hashable) -> V:
        """Return what ``make`` made of the object; ``beside`` is whatever else its result depends on."""
        key = (id(thing), *beside) if beside else id(thing)
        known = self._made.get(key)
        if known is None or known.of is not thing:
            return self._remember(key, thing, make(thing))
        known.again = True
        return known.made

    def get_all(self, things: Iterable[K], make: Callable[[K], V], *beside: Hashable) -> list[V]:
        """Return what ``make`` made of each of some objects, in less time than one after the other."""
        known_of, found = self._made.get, list[V]()
        for thing in things:
            key = (id(thing), *beside) if beside else id(thing)
            known = known_of(key)
            if known is None or known.of is not thing:
                found.append(self._remember(key, thing, make(thing)))
            else:
                known.again = True
                found.append(known.made)
        return found

    def _remember(self, key: Hashable, thing: K, value: V) -> V:
        self._made.pop(key, None)
        make_room(self._made, self._most)
        self._made[key] = _Made(thing, value)
        return value

    def __contains__(self, thing: K) -> bool:
        """Say whether something was made of the object, with nothing beside it."""
        known = self._made.get(id(thing))
        if known is None or known.of is not thing:
            return False
        known.again = True
        return True


class _Made(Generic[K, V]):
    """What was made of an object, and whether it was asked for again since it came or was last passed over."""

    __slots__ = ("again", "made", "of")

    def __init__(self, of: K, made: V) -> None:
        self.of = of
        self.made = made
        self.again = False
