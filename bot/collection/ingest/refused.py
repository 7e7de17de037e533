"""Files that were not taken: listed for the operator, and not read again until they change.

One file of JSON lines in the data folder is both: a line a file, with the reason, and the size and the time by which a
change is noticed. ``reads`` names what could be read when it was refused, so that another decoder tries again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.collection.ingest.scan import Candidate
from bot.media.refusal import SENTENCES
from bot.media.video import is_installed
from bot.runtime.atomic_files import write_atomically

_PASSING = frozenset({"unreadable", "failed", "changed"})
"""Reasons that may be gone at the next run without any change of the file."""


def what_is_read() -> str:
    """Return a mark that changes with what can be read."""
    return "2+video" if is_installed() else "2"


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that was not taken, and why: ``why`` is the reason's name, ``reason`` a sentence."""

    path: str
    why: str
    reason: str
    size: int
    modified: int
    reads: str

    def fits(self, candidate: Candidate) -> bool:
        """Return whether the file is still the one that was refused, and would be again."""
        same = (self.size, self.modified, self.reads) == (candidate.size, candidate.modified, what_is_read())
        return same and self.why not in _PASSING


def refused_file(candidate: Candidate, why: str, reason: str) -> RefusedFile:
    """Return what is remembered of a file that was not taken."""
    return RefusedFile(candidate.key, why, reason, candidate.size, candidate.modified, what_is_read())


def left_alone(path: str, why: str, reason: str) -> RefusedFile:
    """Return what is listed of a file that was not even looked at; it is not remembered."""
    return RefusedFile(path, why, reason, 0, 0, what_is_read())


def load_refused(file: Path | None) -> dict[str, RefusedFile]:
    """Read the list, by path; one that is not there or broken is empty, and lines that cannot be read are left out."""
    if file is None or not file.is_file():
        return {}
    found: dict[str, RefusedFile] = {}
    for line in file.read_text("utf-8", "replace").splitlines():
        try:
            values: Any = json.loads(line)
            one = RefusedFile(**values)
        except (ValueError, TypeError):
            continue
        if one.why in SENTENCES or one.why in _PASSING:
            found[one.path] = one
    return found


def save_refused(file: Path | None, refused: Iterable[RefusedFile]) -> None:
    """Write the list anew, whole or not at all."""
    if file is None:
        return
    lines = [json.dumps(asdict(one), ensure_ascii=False) for one in sorted(refused, key=lambda one: one.path)]
    write_atomically(file, "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace"))
