"""What indexing tells while it runs and when it is done."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from .manifest import Fault
from .scan import Unmatched


class Stage(StrEnum):
    """What is being done."""

    PICTURES = "pictures"
    VECTORS = "vectors"
    DESCRIPTIONS = "descriptions"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage of indexing is; ``left`` is the estimated number of seconds, None at first."""

    done: int
    total: int
    skipped: int
    rate: float
    left: float | None
    path: str
    stage: Stage = Stage.PICTURES

    @classmethod
    def since(cls, began: float, done: int, total: int, skipped: int, path: str, stage: Stage = Stage.PICTURES) -> Self:
        """Work out rate and time left of a stage that began at a moment of the monotonic clock."""
        rate = done / max(1e-6, time.monotonic() - began)
        left = (total - done) / rate if done > 4 else None
        return cls(done, total, skipped, rate, left, path, stage)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not taken, and why: in a plain sentence, and by the reason's name."""

    path: str
    reason: str
    why: str = ""


@dataclass
class IndexReport:
    """What indexing did.

    Attributes:
        added: files that are new.
        changed: files whose content or description changed.
        unchanged: files that were known.
        removed: files that are gone.
        kept: files that seem gone with their whole folder, and so were kept (a disc may not be mounted).
        copies: files that have the same bytes as another one.
        skipped: files that were not taken.
        remembered: how many of those were refused before, have not changed, and were not read again.
        damaged: files of which a part is missing; what is there is in the index.
        faults: lines of manifests that could not be read.
        unmatched: manifest entries that belong to no file of what was indexed.
        severer: files that keep a severer rating of before, because nothing milder was said of the file itself.
        copies_severer: files that were named with a rating or rated by a manifest, each with a copy elsewhere that is
            rated severer, which holds for both.
        vectors: pictures that got a vector of the operator's model.
        descriptions: pictures that a machine described.
        pictures: pictures in the index now.
        unrated: pictures in the index that nobody rated.
        seconds: how long it took.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    kept: int = 0
    copies: int = 0
    skipped: list[Skipped] = field(default_factory=list[Skipped])
    remembered: int = 0
    damaged: list[str] = field(default_factory=list[str])
    faults: list[Fault] = field(default_factory=list[Fault])
    unmatched: list[Unmatched] = field(default_factory=list[Unmatched])
    severer: list[str] = field(default_factory=list[str])
    copies_severer: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    vectors: int = 0
    descriptions: int = 0
    pictures: int = 0
    unrated: int = 0
    seconds: float = 0.0

    @property
    def met(self) -> int:
        """How many files were met in the folders, or are known from there."""
        here = self.added + self.changed + self.unchanged + self.copies + len(self.skipped)
        return here + self.removed + self.kept

    def reasons(self) -> dict[str, int]:
        """Return how many files were skipped for each reason, the most common first."""
        return dict(Counter(skipped.why for skipped in self.skipped).most_common())


OnProgress = Callable[[Progress], None]
