"""Who is next: one job of each owner in turn, so that one person's pictures do not hold up others'."""

from collections import OrderedDict, deque
from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class FairQueue(Generic[T]):
    """Jobs by owner; light ones pass heavy ones while those have to wait."""

    def __init__(self) -> None:
        self._owners: OrderedDict[Hashable, deque[tuple[T, bool]]] = OrderedDict()

    def __len__(self) -> int:
        return sum(len(jobs) for jobs in self._owners.values())

    def waiting(self, owner: Hashable) -> int:
        """Return how many jobs of an owner wait."""
        return len(self._owners.get(owner, ()))

    def put(self, owner: Hashable, job: T, *, heavy: bool = False) -> None:
        """Add a job behind the others of its owner."""
        self._owners.setdefault(owner, deque()).append((job, heavy))

    def take(self, *, heavy: bool) -> T | None:
        """Return the next job: of the owner that has waited longest; a heavy one only if ``heavy``."""
        for owner, jobs in self._owners.items():
            found = next((pair for pair in jobs if heavy or not pair[1]), None)
            if found is not None:
                jobs.remove(found)
                self._owners.move_to_end(owner)
                self._forget(owner)
                return found[0]
        return None

    def drop(self, owner: Hashable, job: T) -> bool:
        """Take a job out again; False if it does not wait any more."""
        jobs = self._owners.get(owner, deque())
        found = next((pair for pair in jobs if pair[0] is job), None)
        if found is None:
            return False
        jobs.remove(found)
        self._forget(owner)
        return True

    def _forget(self, owner: Hashable) -> None:
        if not self._owners[owner]:
            del self._owners[owner]
