"""Manifests: what the operator says of the pictures, in JSON Lines or CSV.

One picture a line. ``file`` is relative to the manifest; everything else may be missing. Names are taken in a few
spellings (``license``/``licence``, ``source_page_url``/``page``, ``original_url``/``original``). Tags are a list, or
text with ``;`` or ``,`` between them. Broken lines are reported and skipped.
"""

from __future__ import annotations

import csv
import json
import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from bot.collection.fingerprints.kinds import Kind
from bot.collection.model import PictureCredit, Rating

NAMES = ("manifest.jsonl", "manifest.csv")
"""Files that are read by themselves when they lie at the top of an indexed folder."""

_ALIASES = {
    "title": ("title", "name"),
    "description": ("description", "caption", "alt"),
    "author": ("author", "creator", "artist", "photographer"),
    "licence": ("licence", "license"),
    "licence_url": ("licence_url", "license_url"),
    "page": ("source_page_url", "page", "page_url", "host_page_url", "source"),
    "original": ("original_url", "original", "content_url"),
    "gallery": ("gallery", "category", "collection"),
}
_LONGEST = {"title": 300, "description": 4000}


class ManifestError(Exception):
    """The manifest as a whole cannot be used; ``str()`` says why."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that was skipped, and why."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """What one line says of a picture.

    Attributes:
        name: the file as the line names it.
        written: its absolute path with links left as they are.
        resolved: the same with all links followed.
        credit: what is said.
    """

    name: str
    written: str
    resolved: str
    credit: PictureCredit


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest says, in the order of its lines, and the lines that could not be read."""

    entries: tuple[ManifestEntry, ...]
    faults: tuple[Fault, ...]


def spelling(path: Path | str) -> str:
    """A path in the form in which it is compared: some systems take letters and accents apart in names."""
    return unicodedata.normalize("NFC", str(path))


def read_manifest(file: Path) -> Manifest:
    """Read a manifest.

    Raises:
        ManifestError: it cannot be opened, or its name ends neither in ``.csv`` nor in ``.jsonl``/``.ndjson``.
    """
    readers = {".csv": _csv_rows, ".jsonl": _json_rows, ".ndjson": _json_rows}
    reader = readers.get(file.suffix.lower())
    if reader is None:
        raise ManifestError(f"{file.name}: a manifest is a .jsonl or a .csv file")
    entries: list[ManifestEntry] = []
    faults: list[Fault] = []
    root = file.parent.resolve()
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            for number, row in reader(lines):
                problem = _take(row, root, entries)
                if problem:
                    faults.append(Fault(number, problem))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ManifestError(f"{file.name} cannot be read: {error}") from error
    return Manifest(tuple(entries), tuple(faults))


def _json_rows(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any] | str]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            yield number, "not a JSON object"
            continue
        yield number, cast("dict[str, Any]", row) if isinstance(row, dict) else "not a JSON object"


def _csv_rows(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any] | str]]:
    reader = csv.DictReader(lines)
    for row in reader:
        yield reader.line_num, {str(key).strip(): value for key, value in row.items() if key is not None}


def _take(row: dict[str, Any] | str, root: Path, entries: list[ManifestEntry]) -> str | None:
    """Add one line's picture; returns what is wrong with the line, if anything."""
    if isinstance(row, str):
        return row
    name = _text(row.get("file") or row.get("path"))
    if not name:
        return "no file is named"
    try:
        written, resolved = os.path.normpath(root / name), (root / name).resolve()
    except (OSError, ValueError):
        return "the file's name cannot be used"
    rating = _text(row.get("rating")).lower()
    if rating and rating not in set(Rating):
        return f"unknown rating {rating[:20]!r}: use safe, racy, violent or adult"
    entries.append(ManifestEntry(name, spelling(written), spelling(resolved), credit_of(row)))
    return None


def credit_of(row: dict[str, Any]) -> PictureCredit:
    """Read what one line says."""
    said = {
        field: next((text for name in names if (text := _text(row.get(name)))), "")[: _LONGEST.get(field, 1000)]
        for field, names in _ALIASES.items()
    }
    kind = _text(row.get("type")).capitalize()
    return PictureCredit(
        **said,
        tags=read_tags(row.get("tags") or row.get("keywords")),
        published=read_moment(_text(row.get("published") or row.get("date"))),
        rating=Rating(_text(row.get("rating")).lower() or Rating.UNKNOWN),
        kind=kind if kind in set(Kind) else "",
        listed=True,
    )


def _text(value: object) -> str:
    if isinstance(value, str):
        return " ".join(value.split())
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def read_tags(value: object) -> tuple[str, ...]:
    """Read tags from a list or a text; folded to lower case, each once, at most 60."""
    if isinstance(value, str):
        parts: list[object] = [*value.replace(",", ";").split(";")]
    elif isinstance(value, list | tuple):
        parts = list(cast("list[object]", value))
    else:
        return ()
    cleaned = (_text(part).casefold()[:80] for part in parts)
    return tuple(dict.fromkeys(tag for tag in cleaned if tag))[:60]


def read_moment(text: str) -> datetime | None:
    """Read an ISO date, or an EXIF one (``2020:01:31 12:00:00``), as an aware datetime."""
    if text[4:5] == ":" and text[7:8] == ":":
        text = f"{text[:4]}-{text[5:7]}-{text[8:]}"
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
