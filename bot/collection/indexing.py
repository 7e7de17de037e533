"""Bringing folders into the index: what is new is read by worker processes, what is known is left alone.

Interrupt it at any moment and start it again: every batch is written whole or not at all, and files that are in the
index and have not changed are not read twice.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from .grouping import group_new
from .hooks import Rater
from .manifest import Fault
from .model import Credit, Indexed, Place, Rating
from .reading import Found
from .scan import Candidate, Scan, scan
from .store import Known, Store
from .workers import Workers

BATCH = 64
_WAIT = 2.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far indexing is; ``left`` is the estimated number of seconds, None at first."""

    done: int
    total: int
    skipped: int
    rate: float
    left: float | None
    path: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not taken, and why in a plain sentence."""

    path: str
    reason: str


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
        faults: lines of manifests that could not be read.
        unlisted: manifest entries whose file is not there.
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
    faults: list[Fault] = field(default_factory=list[Fault])
    unlisted: list[str] = field(default_factory=list[str])
    pictures: int = 0
    unrated: int = 0
    seconds: float = 0.0


OnProgress = Callable[[Progress], None]


async def index_paths(
    store: Store,
    paths: Sequence[Path],
    *,
    manifest: Path | None = None,
    rating: Rating | None = None,
    rules: Mapping[str, Rating] | None = None,
    workers: int | None = None,
    rater: Rater | None = None,
    on_progress: OnProgress | None = None,
) -> IndexReport:
    """Index folders and files.

    Args:
        store: where to.
        paths: folders (read with everything below) and files.
        manifest: a JSONL or CSV file; a ``manifest.jsonl`` or ``manifest.csv`` in a folder is found by itself.
        rating: what all of these pictures are at least rated; the severest of this, the rules and the manifest holds.
        rules: ratings by pattern of the path below the folder, for example ``{"nsfw/**": Rating.ADULT}``.
        workers: processes that read pictures; 0 reads in a thread of this process, None takes one for each core.
        rater: may make ratings severer, see `bot.collection.hooks`.
        on_progress: called on the event loop after every file.

    Raises:
        ManifestError: a manifest cannot be used.
        FileNotFoundError: a path is not there.
        StoreError: the store cannot be used.
    """
    began = time.monotonic()
    found = await asyncio.to_thread(scan, paths, manifest, rating, rules or {})
    known = {key: value for root in found.roots for key, value in (await store.known(root)).items()}
    report = IndexReport(faults=list(found.faults), unlisted=list(found.missing))
    todo = [candidate for candidate in found.files if _is_new(candidate, known.get(candidate.key))]
    report.unchanged = len(found.files) - len(todo)
    async with Workers(workers, len(todo), rater) as pool:
        await _read_all(store, pool, todo, set(known), report, on_progress)
    await _remove(store, found, known, report)  # last, so that a moved file stays the same picture
    await group_new(store)
    counts = await store.counts()
    report.pictures, report.unrated = counts.pictures, counts.unrated
    report.copies = counts.places - counts.pictures
    report.seconds = time.monotonic() - began
    return report


def _is_new(candidate: Candidate, known: Known | None) -> bool:
    return known is None or (known.size, known.modified, known.stamp) != candidate.mark


async def _remove(store: Store, found: Scan, known: Iterable[str], report: IndexReport) -> None:
    """Forget files that are gone; a folder that shows no picture at all is taken to be unmounted."""
    seen = {candidate.key for candidate in found.files}
    gone = sorted(set(known) - seen)
    if gone and not seen:
        report.kept = len(gone)
        return
    for start in range(0, len(gone), 500):
        await store.remove_places(gone[start : start + 500])
    report.removed = len(gone)


async def _read_all(
    store: Store,
    pool: Workers,
    todo: Sequence[Candidate],
    known: set[str],
    report: IndexReport,
    on_progress: OnProgress | None,
) -> None:
    began = time.monotonic()
    batch: list[Indexed] = []
    written = began
    done = 0
    async for candidate, outcome in _outcomes(pool, todo):
        done += 1
        if isinstance(outcome, str):
            report.skipped.append(Skipped(candidate.key, outcome))
            await _forget_broken(store, candidate, known)
        else:
            batch.append(_indexed(candidate, outcome))
            report.changed += candidate.key in known
            report.added += candidate.key not in known
        if len(batch) >= BATCH or (batch and time.monotonic() - written > _WAIT):
            await store.upsert(batch)
            batch, written = [], time.monotonic()
        if on_progress is not None:
            rate = done / max(1e-6, time.monotonic() - began)
            left = (len(todo) - done) / rate if done > 4 else None
            on_progress(Progress(done, len(todo), len(report.skipped), rate, left, candidate.key))
    if batch:
        await store.upsert(batch)


async def _outcomes(pool: Workers, todo: Sequence[Candidate]) -> AsyncIterator[tuple[Candidate, Found | str]]:
    by_key = {candidate.key: candidate for candidate in todo}
    async for key, outcome in pool.read([candidate.key for candidate in todo]):
        yield by_key[key], outcome


async def _forget_broken(store: Store, candidate: Candidate, known: set[str]) -> None:
    """A file that was a picture and is broken now no longer counts."""
    if candidate.key in known:
        await store.remove_places([candidate.key])


def _indexed(candidate: Candidate, found: Found) -> Indexed:
    place = Place(candidate.key, candidate.size, candidate.modified, candidate.stamp, _credit(candidate, found.credit))
    return Indexed(found.image_id, found.looks, (place,), datetime.now(UTC))


def _credit(candidate: Candidate, embedded: Credit) -> Credit:
    """What the manifest says; where it is silent, what the file says of itself."""
    said = candidate.credit
    return replace(
        said,
        title=said.title or embedded.title,
        description=said.description or embedded.description,
        tags=said.tags or embedded.tags,
        author=said.author or embedded.author,
        licence=said.licence or embedded.licence,
        licence_url=said.licence_url or ("" if said.licence else embedded.licence_url),
        published=said.published or embedded.published,
        rating=Rating.severest([said.rating, embedded.rating]),
    )
