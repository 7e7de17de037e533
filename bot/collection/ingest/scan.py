"""Finding picture files in folders and joining them with what manifests and rules say of them."""

from __future__ import annotations

import fnmatch
import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from bot.collection.files import ANYWHERE
from bot.collection.model import LISTED_SEVERER, PictureCredit, Rating

from .manifest import NAMES, Fault, Manifest, ManifestEntry, read_manifest, spelling

ENDINGS = frozenset({
    ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".gif", ".webp", ".avif", ".tif", ".tiff", ".bmp", ".dib",
    ".heic", ".heif", ".hif", ".jxl", ".svg", ".svgz",
    ".mp4", ".m4v", ".mov", ".webm", ".mkv", ".avi", ".3gp", ".mpg", ".mpeg", ".wmv",
})  # fmt: skip
"""Endings of files that are looked at; those of drawings, and of videos without PyAV, only to be counted."""
_SIDECAR = ".xmp"

OUTSIDE = "it is a link that leads out of the indexed folder: --follow-links takes such links"
MISNAMED = "its name or that of a folder above it is not valid UTF-8: rename it to have it indexed"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be a picture, and what is said of it; ``root`` as in `FileLocation`."""

    key: str
    size: int
    modified: int
    stamp: str
    credit: PictureCredit
    root: str = ""
    sidecar: str | None = None
    """An XMP file that speaks of it too."""
    rated_itself: bool = False
    """True if its rating was said of this very file: by a manifest, or because it was named and not its folder."""
    manifest_read: bool = False
    """True if a manifest of its root was read, or one that the command names: what it leaves out it says nothing of."""

    @property
    def mark(self) -> tuple[int, int, str]:
        """What must be the same for the file to count as known."""
        return self.size, self.modified, self.stamp


class Unmatched(NamedTuple):
    """A manifest's entry that belongs to no file of what was indexed, and why in a plain sentence."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Scan:
    """What folders and manifests hold.

    Attributes:
        roots: resolved addresses of what was asked for.
        files: candidates, each once, in the order of their addresses.
        faults: manifest lines that could not be read.
        unmatched: manifest entries that no candidate belongs to.
        outside: links that lead out of what was asked for, and so were left alone.
        misnamed: files whose names are no text, which no database takes; as they can be printed.
    """

    roots: tuple[str, ...]
    files: tuple[Candidate, ...]
    faults: tuple[Fault, ...]
    unmatched: tuple[Unmatched, ...]
    outside: tuple[str, ...]
    misnamed: tuple[str, ...] = ()


class _Sighting(NamedTuple):
    """A file below a root: where it was met, and where it really is."""

    path: Path
    real: Path
    root: Path
    sidecar: Path | None

    @property
    def linked(self) -> bool:
        return self.path != self.real

    @property
    def below(self) -> list[str]:
        """Its path below the root as rules are written for it, as met and, where that is inside, as it really is."""
        if not self.root.is_dir():
            return [self.path.name]
        inside = [path for path in (self.path, self.real) if path.is_relative_to(self.root)]
        return [path.relative_to(self.root).as_posix() for path in inside]


class _Said:
    """What the manifests say, found by the name that a line writes and by what that name leads to."""

    def __init__(self, manifests: Sequence[Manifest]) -> None:
        self.entries = [entry for manifest in manifests for entry in manifest.entries]
        self._written: dict[str, list[int]] = {}
        self._resolved: dict[str, list[int]] = {}
        self._used: set[int] = set()
        for number, entry in enumerate(self.entries):
            self._written.setdefault(entry.written, []).append(number)
            self._resolved.setdefault(entry.resolved, []).append(number)

    def names(self, path: Path) -> bool:
        """Whether an entry names this very path."""
        return spelling(path) in self._written or spelling(path) in self._resolved

    def of(self, found: _Sighting) -> PictureCredit:
        """What is said of a file: the words of the last line that names it as it was met, the severest rating of all.

        A line about what a link leads to is about the link as well, and the other way round.
        """
        met, real = spelling(found.path), spelling(found.real)
        direct = self._written.get(met, [])
        led = [*self._resolved.get(real, []), *self._written.get(real, [])]
        numbers = sorted({*direct, *led})
        self._used.update(numbers)
        if not numbers:
            return PictureCredit()
        credit = self.entries[direct[-1] if direct else numbers[-1]].credit
        return replace(credit, rating=Rating.severest(self.entries[number].credit.rating for number in numbers))

    def left(self) -> list[ManifestEntry]:
        """Entries that belonged to no file."""
        return [entry for number, entry in enumerate(self.entries) if number not in self._used]


def scan(
    paths: Sequence[Path],
    manifest: Path | None,
    rating: Rating | None,
    rules: Mapping[str, Rating],
    *,
    follow_links: bool = False,
) -> Scan:
    """Look through folders; see `index_paths` for the arguments.

    Raises:
        ManifestError: a manifest cannot be used.
        FileNotFoundError: a path is not there.
    """
    roots = [path.resolve(strict=True) for path in paths]
    manifests = _manifests(roots, manifest)
    said = _Said([found for found, _ in manifests])
    with_manifest = {root for _, its_roots in manifests for root in its_roots}
    files: dict[str, Candidate] = {}
    outside: list[str] = []
    misnamed: list[str] = []
    for root in roots:
        for found in _files(root, said, follow_links=follow_links):
            if not _is_text(found.path):
                misnamed.append(os.fsencode(found.path).decode("utf-8", "backslashreplace"))
                continue
            if not follow_links and found.linked and not any(found.real.is_relative_to(other) for other in roots):
                outside.append(str(found.path))
                continue
            told = said.of(found)
            by_command = _by_command(found, rating, rules)
            candidate = _candidate(found, _credit(found, told, by_command), follow_links=follow_links)
            if candidate is not None:
                named = rating is not None and found.path in roots  # also where a folder above it was given before it
                rated_itself = named or told.rating is not Rating.UNKNOWN
                stamp = candidate.stamp + _stamp_of_severer(told.rating, by_command)
                read = root in with_manifest
                candidate = replace(candidate, rated_itself=rated_itself, manifest_read=read, stamp=stamp)
                files.setdefault(candidate.key, candidate)
    return Scan(
        roots=tuple(str(root) for root in roots if _is_text(root)),
        files=tuple(files[key] for key in sorted(files)),
        faults=tuple(fault for found, _ in manifests for fault in found.faults),
        unmatched=tuple(Unmatched(entry.name, _why_unmatched(entry, roots, outside)) for entry in said.left()),
        outside=tuple(outside),
        misnamed=tuple(misnamed),
    )


def _is_text(path: Path) -> bool:
    """Return whether a path is text: names made under other encodings hold bytes that are no UTF-8."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _manifests(roots: Sequence[Path], manifest: Path | None) -> list[tuple[Manifest, Sequence[Path]]]:
    """Return manifests with the roots that each speaks for: the one that is named, else those at the top of roots."""
    if manifest is not None:
        return [(read_manifest(manifest), roots)]
    lying = ((root / name, root) for root in roots if root.is_dir() for name in NAMES)
    return [(read_manifest(file), [root]) for file, root in lying if file.is_file()]


def _is_there(path: Path) -> bool:
    """Return whether a path is there; one that cannot be (too long a name) is not."""
    try:
        return path.exists()
    except OSError:
        return False


def _files(root: Path, said: _Said, *, follow_links: bool) -> Iterator[_Sighting]:
    """Picture files at or below a root; hidden ones are left out, and each folder is entered once."""
    if not root.is_dir():
        yield _Sighting(root, root, root, _sidecar(root, {name.name for name in root.parent.glob(f"*{_SIDECAR}")}))
        return
    entered: set[Path] = set()
    for folder, folders, names in os.walk(root, followlinks=follow_links):
        here = Path(folder)
        real = here.resolve() if follow_links else here
        if real in entered:
            folders.clear()
            continue
        entered.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        beside = {name for name in names if name.lower().endswith(_SIDECAR)}
        for name in sorted(names):
            path = here / name
            if not name.startswith(".") and (path.suffix.lower() in ENDINGS or said.names(path)):
                resolved = path.resolve() if path.is_symlink() else real / name
                yield _Sighting(path, resolved, root, _sidecar(path, beside))


def _sidecar(path: Path, beside: AbstractSet[str]) -> Path | None:
    """The XMP file of a picture: named as the picture with its ending (darktable), or without it (Adobe)."""
    for name in (f"{path.name}{_SIDECAR}", f"{path.stem}{_SIDECAR}", f"{path.stem}{_SIDECAR.upper()}"):
        if name in beside:
            return path.with_name(name)
    return None


def _by_command(found: _Sighting, rating: Rating | None, rules: Mapping[str, Rating]) -> Rating:
    """The severest rating that the command gives a file."""
    ruled = [rule for pattern, rule in rules.items() if any(fnmatch.fnmatch(name, pattern) for name in found.below)]
    return Rating.severest([*ruled, rating or Rating.UNKNOWN])


def _stamp_of_severer(listed: Rating, by_command: Rating) -> str:
    """What notes in a stamp that the file has a manifest's rating, which goes once the manifest says another."""
    if listed in {by_command, Rating.SAFE} or Rating.severest([listed, by_command]) is not listed:
        return ""
    return f"{LISTED_SEVERER}{by_command}"


def _credit(found: _Sighting, credit: PictureCredit, by_command: Rating) -> PictureCredit:
    """What is said of a file, with the severest of all ratings; without a gallery it belongs to its folder."""
    severest = Rating.severest([credit.rating, by_command])
    inside = found.root.is_dir() and found.path.parent != found.root
    gallery = credit.gallery or (found.path.parent.name if inside else "")
    return replace(credit, rating=severest, gallery=gallery)


def _candidate(found: _Sighting, credit: PictureCredit, *, follow_links: bool) -> Candidate | None:
    """The file with its marks; None if it vanished or is neither a file nor a link to one."""
    try:
        stat = found.path.stat()
        beside = (found.sidecar.stat().st_size, found.sidecar.stat().st_mtime_ns) if found.sidecar else None
        if not found.path.is_file():
            return None
    except OSError:
        return None
    root = found.root if found.root.is_dir() else found.root.parent
    allowed = ANYWHERE if follow_links and not found.real.is_relative_to(root) else str(root)
    said = repr(credit) + (f" {allowed}" if found.linked else "") + (f" {beside}" if beside else "")
    stamp = hashlib.blake2b(said.encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()
    sidecar = str(found.sidecar) if found.sidecar else None
    return Candidate(str(found.path), stat.st_size, stat.st_mtime_ns, stamp, credit, allowed, sidecar)


def _why_unmatched(entry: ManifestEntry, roots: Sequence[Path], outside: Sequence[str]) -> str:
    """Why an entry belongs to nothing."""
    path = Path(entry.written)
    if not _is_there(path):
        return "there is no such file"
    if entry.written in {spelling(name) for name in outside}:
        return OUTSIDE
    if not path.is_file():
        return "it is not a file"
    if not any(path.is_relative_to(root) for root in roots):
        return "it lies outside of what was indexed"
    return "it is hidden or cannot be reached"
