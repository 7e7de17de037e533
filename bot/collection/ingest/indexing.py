"""Bringing folders into the index: what is new is read by worker processes, what is known is left alone.

Interrupt it at any moment and start it again: every batch is written whole or not at all, and files that are in the
index and have not changed are not read twice.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.collection.hooks import Describer, Embedder, Rater
from bot.collection.ingest.refused import RefusedFile, left_alone, load_refused, refused_file, save_refused
from bot.collection.model import KEEPS, RATED_BY, FileLocation, Indexed, PictureCredit, Rating
from bot.collection.store import KnownFile, Store
from bot.media.refusal import Refused

from .describing import describe_new
from .embedding import embed_new
from .grouping import group_new
from .reading import ReadFile, ReadResult, of_values
from .reports import IndexReport, OnProgress, Progress, Skipped
from .scan import MISNAMED, OUTSIDE, Candidate, Scan, scan
from .workers import Workers, run_all

WRITE_BATCH = 64
"""Pictures read before they are written in one transaction."""
_WAIT = 2.0
_READ_AT_ONCE = 500


async def index_paths(
    store: Store,
    paths: Sequence[Path],
    *,
    manifest: Path | None = None,
    rating: Rating | None = None,
    rules: Mapping[str, Rating] | None = None,
    follow_links: bool = False,
    workers: int | None = None,
    rater: Rater | None = None,
    embedder: Embedder | None = None,
    describer: Describer | None = None,
    refused: Path | None = None,
    on_progress: OnProgress | None = None,
    on_read: Callable[[], Awaitable[object]] | None = None,
) -> IndexReport:
    """Index folders and files.

    Args:
        store: where to.
        paths: folders (read with everything below) and files.
        manifest: a JSONL or CSV file; a ``manifest.jsonl`` or ``manifest.csv`` in a folder is found by itself.
        rating: what all of these pictures are at least rated; the severest of this, the rules and the manifest holds.
            A file that it rated severer before keeps that, unless a manifest or ``paths`` name the file itself.
        rules: ratings by pattern of the path below the folder, for example ``{"nsfw/**": Rating.ADULT}``.
        follow_links: take files that links out of the folders lead to, now and when they are shown.
        workers: processes that read pictures; 0 reads in a thread of this process, None takes one for each core.
        rater: rates what nobody rated.
        embedder: makes the vectors that are missing.
        describer: describes the pictures that it has not described.
        refused: file where what was not taken is listed and remembered; None remembers nothing.
        on_progress: called on the event loop after every file.
        on_read: called once all files are read, before models are asked about pictures.

    Raises:
        ManifestError: a manifest cannot be used.
        FileNotFoundError: a path is not there.
        StoreError: the store cannot be used.
    """
    began = time.monotonic()
    found = await asyncio.to_thread(scan, paths, manifest, rating, rules or {}, follow_links=follow_links)
    report = IndexReport(faults=list(found.faults), unmatched=list(found.unmatched))
    known = {key: value for root in found.roots for key, value in (await store.known(root)).items()}
    await _read_new(store, found, known, report, workers, rater, refused, on_progress)
    await _remove(store, found, known, report)  # last, so that a moved file stays the same picture
    if rating is not None:
        await _rate_links(store, await asyncio.to_thread(_links, paths), rating)
    report.copies_severer += await _copies_severer(store, found)
    if on_read is not None:
        await on_read()
    await group_new(store)
    if embedder is not None:
        await embed_new(store, embedder, report, workers=workers, on_progress=on_progress)
    if describer is not None:
        await describe_new(store, describer, report, workers=workers, on_progress=on_progress)
    return await _finished(store, report, began)


def _left_alone(found: Scan) -> list[Skipped]:
    """Return the files that are not looked at."""
    outside = [Skipped(path, OUTSIDE, "outside") for path in found.outside]
    return [*outside, *(Skipped(path, MISNAMED, "misnamed") for path in found.misnamed)]


async def _finished(store: Store, report: IndexReport, began: float) -> IndexReport:
    counts = await store.counts()
    report.pictures, report.unrated = counts.pictures, counts.unrated
    report.copies = counts.places - counts.pictures
    report.seconds = time.monotonic() - began
    return report


async def _read_new(
    store: Store,
    found: Scan,
    known: Mapping[str, KnownFile],
    report: IndexReport,
    workers: int | None,
    rater: Rater | None,
    refused: Path | None,
    on_progress: OnProgress | None,
) -> None:
    """Read the files that are new or changed, or that this rater has not seen.

    The oldest file is read first, so that of what comes in together the newest file is the newest in the collection.
    """
    asked = [_stamped(candidate, rater) for candidate in await _keeping(store, found.files, known, report)]
    todo = [candidate for candidate in asked if _is_new(candidate, known.get(candidate.key))]
    todo.sort(key=lambda one: (one.modified, one.key))
    remembered = await asyncio.to_thread(load_refused, refused)
    again = [one for one in todo if one.key not in remembered or not remembered[one.key].fits(one)]
    before = {one.key: remembered[one.key] for one in todo if one not in again}
    report.unchanged = len(found.files) - len(todo)
    report.remembered = len(before)
    unread = _left_alone(found)
    report.skipped += [*unread, *(Skipped(one.path, one.reason, one.why) for one in before.values())]
    listed = {path: one for path, one in remembered.items() if not _is_below(path, found.roots)} | before
    listed |= {one.path: left_alone(one.path, one.why, one.reason) for one in unread}
    try:
        async with Workers(workers, len(again), ReadFile(rater), models=rater is not None) as pool:
            await _read_all(store, pool, again, set(known), _themselves(found), report, listed, on_progress)
    finally:
        await asyncio.to_thread(save_refused, refused, listed.values())


def _is_below(path: str, roots: Sequence[str]) -> bool:
    return any(path == root or Path(path).is_relative_to(root) for root in roots)


async def _keeping(
    store: Store, candidates: Sequence[Candidate], known: Mapping[str, KnownFile], report: IndexReport
) -> list[Candidate]:
    """Keep a severer rating that a file was given by a command, where nothing milder is said of that very file.

    A folder that is indexed again with ``--rating safe`` says nothing of the one picture in it that was rated adult,
    and nothing else remembers that. What a manifest said is kept so where it was not read this time, as when a folder
    below it or above it is indexed; else it may change with the manifest, and what a rater said with the rater.
    """
    severer = await _rated_before(store, [one for one in candidates if not one.rated_itself], known)
    kept: list[Candidate] = []
    for one in candidates:
        rating = Rating.severest([severer.get(one.key, Rating.UNKNOWN), one.credit.rating])
        if rating in {one.credit.rating, Rating.SAFE}:
            kept.append(one)
        else:
            report.severer.append(one.key)
            credit, stamp = replace(one.credit, rating=rating), f"{one.stamp}{KEEPS}{rating}"
            kept.append(replace(one, credit=credit, stamp=stamp))
    return kept


async def _rated_before(
    store: Store, candidates: Sequence[Candidate], known: Mapping[str, KnownFile]
) -> dict[str, Rating]:
    """Return the ratings to keep of files of which something else is said now, by the files' addresses."""
    changed = {
        one.key: one
        for one in candidates
        if one.key in known and RATED_BY not in known[one.key].stamp and known[one.key].stamp != one.stamp
    }
    image_ids = list(dict.fromkeys(known[key].image_id for key in changed))
    found: dict[str, Rating] = {}
    for start in range(0, len(image_ids), _READ_AT_ONCE):
        for picture in await store.pictures(image_ids[start : start + _READ_AT_ONCE]):
            found |= {
                place.key: _kept_of(place, changed[place.key]) for place in picture.places if place.key in changed
            }
    return found


def _kept_of(place: FileLocation, now: Candidate) -> Rating:
    """What was said of a file and holds: by a command, or by a manifest that was not read this time."""
    heard = now.manifest_read and now.root == place.root
    listed = place.credit.rating if place.credit.listed and not heard else Rating.UNKNOWN
    return Rating.severest([place.rated_by_command, listed])


def _stamped(candidate: Candidate, rater: Rater | None) -> Candidate:
    """Note in the stamp which rater is asked, so that another one looks at what nobody rated."""
    if rater is None or candidate.credit.rating is not Rating.UNKNOWN:
        return candidate
    return replace(candidate, stamp=f"{candidate.stamp}{RATED_BY}{rater.name}")


def _is_new(candidate: Candidate, known: KnownFile | None) -> bool:
    """Without a rater, what an earlier one was asked about keeps its rating."""
    if known is None:
        return True
    stamp = known.stamp if RATED_BY in candidate.stamp else known.stamp.partition(RATED_BY)[0]
    return (known.size, known.modified, stamp) != candidate.mark


def _themselves(found: Scan) -> frozenset[str]:
    """Return the addresses of the files that were rated themselves."""
    return frozenset(one.key for one in found.files if one.rated_itself)


async def _remove(store: Store, found: Scan, known: Iterable[str], report: IndexReport) -> None:
    """Forget files that are gone; a folder that shows no picture at all is taken to be unmounted."""
    seen = {candidate.key for candidate in found.files}
    gone = sorted(set(known) - seen)
    if gone and not seen:
        report.kept = len(gone)
        return
    severer: list[str] = []
    themselves = _themselves(found)
    for start in range(0, len(gone), 500):
        severer += await store.remove_places(gone[start : start + 500], themselves)
    report.severer += sorted(set(severer).difference(gone))
    report.removed = len(gone)


def _links(paths: Sequence[Path]) -> dict[str, str]:
    """Return the links to files among paths, and what they lead to."""
    return {
        str(path.parent.resolve() / path.name): str(path.resolve())
        for path in paths
        if path.is_symlink() and path.is_file()
    }


async def _rate_links(store: Store, links: Mapping[str, str], rating: Rating) -> None:
    """Rate links that were named as the files that they lead to, which are what is indexed of a link that is named.

    A link that was found in its folder is a place of its own, and could not be rated by a command otherwise.
    """
    for link, file in links.items():
        places = {**await store.known(link), **await store.known(file)}
        if link not in places or file not in places or places[link].image_id != places[file].image_id:
            continue
        for picture in await store.pictures([places[link].image_id]):
            found = [place.rated(rating) for place in picture.places if place.key == link]
            await store.upsert([picture.placed(found)], {link})


async def _copies_severer(store: Store, found: Scan) -> list[tuple[str, str]]:
    """Return the files that were rated themselves and stay severer than that, with the copy that is why."""
    themselves = _themselves(found)
    copied = await store.copied(sorted(themselves)) if themselves else []
    severer: list[tuple[str, str]] = []
    for start in range(0, len(copied), _READ_AT_ONCE):
        for picture in await store.pictures(copied[start : start + _READ_AT_ONCE]):
            other = next(place.key for place in picture.places if place.credit.rating is picture.rating)
            rated = (place for place in picture.places if place.key in themselves)
            severer += [(place.key, other) for place in rated if place.credit.rating is not picture.rating]
    return sorted(severer)


async def _read_all(
    store: Store,
    pool: Workers,
    todo: Sequence[Candidate],
    known: set[str],
    themselves: AbstractSet[str],
    report: IndexReport,
    listed: dict[str, RefusedFile],
    on_progress: OnProgress | None,
) -> None:
    began = time.monotonic()
    batch: list[Indexed] = []
    written = began
    done = 0
    async for candidate, outcome in _outcomes(pool, todo):
        done += 1
        if isinstance(outcome, Refused):
            report.skipped.append(Skipped(candidate.key, str(outcome), outcome.why))
            listed[candidate.key] = refused_file(candidate, outcome.why, str(outcome))
            report.severer += await _forget_broken(store, candidate, known, themselves)
        else:
            batch.append(_indexed(candidate, outcome))
            report.changed += candidate.key in known
            report.added += candidate.key not in known
            report.damaged += [candidate.key] if outcome.damaged else []
        if len(batch) >= WRITE_BATCH or (batch and time.monotonic() - written > _WAIT):
            report.severer += await store.upsert(batch, themselves)
            batch, written = [], time.monotonic()
        if on_progress is not None:
            on_progress(Progress.since(began, done, len(todo), len(report.skipped), candidate.key))
    if batch:
        report.severer += await store.upsert(batch, themselves)


async def _outcomes(pool: Workers, todo: Sequence[Candidate]) -> AsyncIterator[tuple[Candidate, ReadResult | Refused]]:
    """Yield what became of each file in the order of the files; what is read before its turn waits for those ahead."""
    turn_of = {candidate.key: turn for turn, candidate in enumerate(todo)}
    early: dict[int, ReadResult | Refused] = {}
    turn = 0
    jobs = [
        {
            "path": candidate.key,
            "unrated": candidate.credit.rating is Rating.UNKNOWN,
            "sidecar": candidate.sidecar,
        }
        for candidate in todo
    ]
    async for job, outcome in run_all(pool, jobs):
        early[turn_of[job["path"]]] = outcome if isinstance(outcome, Refused) else of_values(outcome[0])
        while turn in early:
            yield todo[turn], early.pop(turn)
            turn += 1


async def _forget_broken(
    store: Store, candidate: Candidate, known: set[str], themselves: AbstractSet[str]
) -> list[str]:
    """A file that was a picture and is broken now no longer counts."""
    return await store.remove_places([candidate.key], themselves) if candidate.key in known else []


def _indexed(candidate: Candidate, found: ReadResult) -> Indexed:
    credit = _credit(candidate, found.credit)
    place = FileLocation(candidate.key, candidate.size, candidate.modified, candidate.stamp, credit, candidate.root)
    return Indexed(found.image_id, found.looks, (place,), datetime.now(UTC))


def _credit(candidate: Candidate, embedded: PictureCredit) -> PictureCredit:
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
        page=said.page or ("" if said.original else embedded.page),
        published=said.published or embedded.published,
        rating=Rating.severest([said.rating, embedded.rating]),
    )
