"""Finding picture files in folders and joining them with what manifests and rules say of them."""

from __future__ import annotations

import fnmatch
import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .manifest import NAMES, Fault, Manifest, read_manifest
from .model import Credit, Rating

ENDINGS = frozenset({
    ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".gif", ".webp", ".avif", ".tif", ".tiff", ".bmp", ".dib",
    ".svg", ".svgz", ".heic", ".heif", ".jxl",
})  # fmt: skip
"""Endings of files that are looked at; the last few only to be reported as not readable."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be a picture, and what is said of it."""

    key: str
    size: int
    modified: int
    stamp: str
    credit: Credit

    @property
    def mark(self) -> tuple[int, int, str]:
        """What must be the same for the file to count as known."""
        return self.size, self.modified, self.stamp


@dataclass(frozen=True, slots=True)
class Scan:
    """What folders and manifests hold.

    Attributes:
        roots: resolved addresses of what was asked for.
        files: candidates, each once, in the order of their addresses.
        faults: manifest lines that could not be read.
        missing: files that a manifest lists and that are not there.
    """

    roots: tuple[str, ...]
    files: tuple[Candidate, ...]
    faults: tuple[Fault, ...]
    missing: tuple[str, ...]


def scan(paths: Sequence[Path], manifest: Path | None, rating: Rating | None, rules: Mapping[str, Rating]) -> Scan:
    """Look through folders; see `index_paths` for the arguments.

    Raises:
        ManifestError: a manifest cannot be used.
        FileNotFoundError: a path is not there.
    """
    roots = [path.resolve(strict=True) for path in paths]
    manifests = _manifests(roots, manifest)
    said = {path: credit for found in manifests for path, credit in found.entries.items()}
    files: dict[str, Candidate] = {}
    for root in roots:
        for path in _files(root, said):
            default = replace(said.get(path, Credit()), rating=_rating(path, root, said, rating, rules))
            candidate = _candidate(path, _galleried(default, path, root))
            if candidate is not None:
                files.setdefault(candidate.key, candidate)
    missing = sorted(str(path) for path in said if not path.exists())
    return Scan(
        roots=tuple(str(root) for root in roots),
        files=tuple(files[key] for key in sorted(files)),
        faults=tuple(fault for found in manifests for fault in found.faults),
        missing=tuple(missing),
    )


def _manifests(roots: Sequence[Path], manifest: Path | None) -> list[Manifest]:
    if manifest is not None:
        return [read_manifest(manifest)]
    lying = (root / name for root in roots if root.is_dir() for name in NAMES)
    return [read_manifest(file) for file in lying if file.is_file()]


def _files(root: Path, said: Mapping[Path, Credit]) -> Iterator[Path]:
    """Picture files at or below a root; hidden ones are left out, links to folders are not followed."""
    if not root.is_dir():
        yield root
        return
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            if not name.startswith(".") and (path.suffix.lower() in ENDINGS or path in said):
                yield path


def _rating(
    path: Path, root: Path, said: Mapping[Path, Credit], rating: Rating | None, rules: Mapping[str, Rating]
) -> Rating:
    below = path.relative_to(root).as_posix() if root.is_dir() else path.name
    ruled = [rule for pattern, rule in rules.items() if fnmatch.fnmatch(below, pattern)]
    listed = said[path].rating if path in said else Rating.UNKNOWN
    return Rating.severest([listed, *ruled, rating or Rating.UNKNOWN])


def _galleried(credit: Credit, path: Path, root: Path) -> Credit:
    """A picture without a gallery belongs to its folder."""
    inside = root.is_dir() and path.parent != root
    return credit if credit.gallery or not inside else replace(credit, gallery=path.parent.name)


def _candidate(path: Path, credit: Credit) -> Candidate | None:
    """The file with its marks; None if it vanished or is neither a file nor a link to one."""
    try:
        stat = path.stat()
    except OSError:
        return None
    if not path.is_file():
        return None
    stamp = hashlib.blake2b(repr(credit).encode(), digest_size=12).hexdigest()
    return Candidate(str(path), stat.st_size, stat.st_mtime_ns, stamp, credit)
