"""Whether an answer may be given again: everybody who helps to make it has to say so, or it is made anew.

Whoever asks opens `noting_reuse`. A provider that keeps answers itself says with `may_be_reused` for how long. Whatever
an answer rests on and may change is named with `rests_on`, and is looked at each time before the answer is given again.
Where several are asked, each stands in `part_of_answer`: one that says nothing, or fails, speaks against all of it.
Outside of `noting_reuse` nothing is noted.
"""

import math
import time
from collections.abc import Awaitable, Callable, Generator, Hashable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

Version = Callable[[], Awaitable[Hashable]]
"""Returns another value after every change of something that answers are made of."""


@dataclass(frozen=True, slots=True)
class ReuseTerms:
    """Until when an answer may be given again (seconds of ``time.monotonic``), and what must not have changed."""

    until: float
    versions: tuple[tuple[Version, Hashable], ...]

    async def hold(self) -> bool:
        """Look whether it may be given now; raises what the looking raises."""
        if time.monotonic() >= self.until:
            return False
        for version, seen in self.versions:
            if await version() != seen:
                return False
        return True


@dataclass(slots=True)
class ReuseNotes:
    """What was said so far of giving an answer again."""

    agreed: bool = False
    refused: bool = False
    until: float = math.inf
    versions: dict[Version, Hashable] = field(default_factory=dict[Version, Hashable])

    def terms(self) -> ReuseTerms | None:
        """Return the terms; None if the answer must not be given again."""
        if self.refused or not self.agreed:
            return None
        return ReuseTerms(self.until, tuple(self.versions.items()))

    def agree(self, seconds: float) -> None:
        """Note an agreement for so long."""
        self.agreed = True
        self.until = min(self.until, time.monotonic() + seconds)

    def rest_on(self, version: Version, seen: Hashable) -> None:
        """Note what must not have changed; an answer that saw two states of it is not given again."""
        if self.versions.setdefault(version, seen) != seen:
            self.refused = True

    def add(self, part: "ReuseNotes") -> None:
        """Take over what was said of a part."""
        self.agreed = True
        self.refused = self.refused or part.refused or not part.agreed
        self.until = min(self.until, part.until)
        for version, seen in part.versions.items():
            self.rest_on(version, seen)


_notes: ContextVar[ReuseNotes | None] = ContextVar("reuse", default=None)


@contextmanager
def noting_reuse() -> Generator[ReuseNotes]:
    """Note what is said inside this block, also in tasks that it starts."""
    notes = ReuseNotes()
    token = _notes.set(notes)
    try:
        yield notes
    finally:
        _notes.reset(token)


@contextmanager
def part_of_answer() -> Generator[None]:
    """Ask one of several inside this block: if it does not agree, or fails, the whole answer is not given again."""
    whole = _notes.get()
    if whole is None:
        yield
        return
    with noting_reuse() as part:
        try:
            yield
        except BaseException:
            part.refused = True
            raise
        finally:
            whole.add(part)


def may_be_reused(seconds: float) -> None:
    """Say that the answer being made may be given again for so long."""
    if notes := _notes.get():
        notes.agree(seconds)


def must_not_be_reused() -> None:
    """Say that the answer being made is good for this once."""
    if notes := _notes.get():
        notes.refused = True


def rests_on(version: Version, seen: Hashable) -> None:
    """Say that the answer being made is only good as long as ``version`` returns what was seen before it was made."""
    if notes := _notes.get():
        notes.rest_on(version, seen)
