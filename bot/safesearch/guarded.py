"""What the guard returns: an answer, the level it was judged at, and what was removed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from .content_policy import Reason
from .policy import Decision

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hidden:
    """How many findings were removed, and why."""

    total: int = 0
    reasons: Mapping[Reason, int] = field(default_factory=dict[Reason, int])

    @classmethod
    def of(cls, counts: Mapping[Reason, int]) -> "Hidden":
        """Make it from counts by reason."""
        return cls(sum(counts.values()), dict(counts))


@dataclass(frozen=True, slots=True)
class Guarded(Generic[T]):
    """What may be shown, the level it was judged at, and what was removed.

    ``waiting`` names the providers of a lookup that have not answered yet.
    """

    answer: T
    decision: Decision
    hidden: Hidden = Hidden()
    waiting: tuple[str, ...] = ()
