"""A queue that takes one job of each owner in turn, so that one user's pictures do not hold up others'."""

from collections import OrderedDict, deque
from collections.abc import Hashable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class FairQueue(Generic[T]):
    """Jobs by owner."""

    def __init__(self) -> None:
        self._owners: OrderedDict[Hashable, deque[T]] = OrderedDict()

    def __len__(self) -> int:
        return sum(len(jobs) for jobs in self._owners.values())

    def __iter__(self) -> Iterator[T]:
        """Yield the jobs in the order in which they will be taken, if no other comes."""
        for turn in range(max(map(len, self._owners.values()), default=0)):
            yield from (jobs[turn] for jobs in self._owners.values() if turn < len(jobs))

    def waiting(self, owner: Hashable) -> int:
        """Return how many jobs of an owner wait."""
        return len(self._owners.get(owner, ()))

    def put(self, owner: Hashable, job: T) -> None:
        """Add a job behind the others of its owner."""
        self._owners.setdefault(owner, deque()).append(job)

    def peek(self) -> T | None:
        """Return the next job, of the owner that has waited longest, and leave it."""
        return next((jobs[0] for jobs in self._owners.values()), None)

    def take(self) -> T | None:
        """Remove and return the next job; its owner's next turn is after all others'."""
        for owner, jobs in self._owners.items():
            found = jobs.popleft()
            self._owners.move_to_end(owner)
            self._forget(owner)
            return found
        return None

    def drop(self, owner: Hashable, job: T) -> bool:
        """Remove a job; False if it was not waiting any more."""
        jobs = self._owners.get(owner, deque())
        if not any(one is job for one in jobs):
            return False
        jobs.remove(job)
        self._forget(owner)
        return True

    def _forget(self, owner: Hashable) -> None:
        if not self._owners[owner]:
            del self._owners[owner]
