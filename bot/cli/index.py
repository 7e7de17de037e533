"""``magpie index``: indexes the collection with a progress bar, and reports what to do about skipped files."""

import asyncio
import sqlite3
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.app.databases import ensure_data_folder
from bot.app.models import open_describer, open_embedder, open_rater
from bot.collection.hooks import Describer, Embedder, Rater
from bot.collection.ingest.indexing import index_paths
from bot.collection.ingest.manifest import ManifestError
from bot.collection.ingest.onnx_model import unload
from bot.collection.ingest.reports import IndexReport
from bot.collection.ingest.reports import Progress as Step
from bot.collection.model import Rating
from bot.collection.starter import STARTER_FOLDER, give_way
from bot.collection.store import Store, open_store
from bot.collection.store.base import StoreError
from bot.collection.store.opening import errors_of
from bot.runtime.deadlines import finish_within
from bot.runtime.exit_codes import Exit, Stop
from bot.runtime.system_errors import cause_of
from bot.settings import Settings

from .answering import counted

_REFUSED = "index-skipped.jsonl"
_COUNTED = {
    "video": "videos; a still of each can be indexed with PyAV: uv run --extra video magpie index",
    "no-decoder": "photographs whose decoder is not installed: pip install pi-heif (HEIC) pillow-jxl-plugin (JPEG XL)",
    "vector": "vector drawings (SVG); export them as PNG to have them indexed",
}
"""What is counted by kind, and what would read it."""
_SILENT_SECONDS, _CLOSING_SECONDS = 30.0, 10.0
"""How long a collection may leave a question unanswered before it counts as lost, and how long its end may take."""
_MOST_NAMED, _LONGEST_NAME = 20, 200
"""Skipped files that are named one by one (the rest is counted), and letters shown of a name from a manifest."""


@dataclass(frozen=True, slots=True)
class IndexArguments:
    """What the command line asks for; the names are those of its arguments and options."""

    paths: list[Path]
    manifest: Path | None = None
    rating: str | None = None
    follow_links: bool = False
    describe: bool = False


async def run_index(settings: Settings, asked: IndexArguments, console: Console) -> Exit:
    """Index the paths; print what was done, what was skipped and why, and the flag that rates unrated pictures.

    Raises:
        Stop: a path, a manifest, the rating or a model is not usable, or the collection cannot be opened.
    """
    declared = _rating(asked.rating)
    _ensure_there(asked.paths)
    ensure_data_folder(settings)
    models = (open_rater(settings), await open_embedder(settings), _describer(settings, asked))
    unload()  # a process of its own will load it
    try:
        store = await open_store(settings.collection_address, patient=True)
        try:
            bar = _with_bar(store, asked, declared, models, settings.data_dir, console)
            report = await _while_it_answers(store, bar)
        except asyncio.CancelledError:
            console.print("Stopped. What was read so far is in the collection: the same command goes on from there.")
            raise
        finally:
            with suppress(TimeoutError):
                await finish_within(store.aclose(), _CLOSING_SECONDS)
    except StoreError as error:
        raise Stop(Exit.UNAVAILABLE, f"The collection cannot be opened: {error}.") from None
    except (FileNotFoundError, ManifestError) as error:
        raise Stop(Exit.NO_INPUT, f"{error}.") from None
    except (OSError, *errors_of(settings.collection_address)) as error:
        lost = f"The collection was lost while indexing ({_cause(error)})"
        raise Stop(Exit.UNAVAILABLE, f"{lost}: start again, what was indexed is kept.") from None
    if not report.met:
        looked = ", ".join(str(path) for path in asked.paths)
        console.print(f"No pictures were found in {escape(looked)}.", style="yellow", highlight=False)
    _print_report(report, settings, console)
    return Exit.OK


def _cause(error: Exception) -> str:
    """Return what an error says of its cause; a server's own words stay out, for they may hold what was written."""
    if isinstance(error, sqlite3.Error):
        return str(error)
    return cause_of(error)


async def _while_it_answers(store: Store, work: Coroutine[Any, Any, IndexReport]) -> IndexReport:
    """Do the work while the store answers: a server that is frozen raises nothing, however long it is waited for.

    Raises:
        TimeoutError: the store has not answered for ``_SILENT_SECONDS``.
    """
    task = asyncio.create_task(work)
    try:
        while not (await asyncio.wait({task}, timeout=_SILENT_SECONDS))[0]:
            await finish_within(store.counts(), _SILENT_SECONDS)
        return task.result()
    finally:
        task.cancel()
        await asyncio.wait({task}, timeout=_CLOSING_SECONDS)


def _describer(settings: Settings, asked: IndexArguments) -> Describer | None:
    if not asked.describe:
        return None
    describer = open_describer(settings)
    if describer is None:
        why = "install magpie-bot[recognition], or set MAGPIE_DESCRIBER to module:function"
        raise Stop(Exit.USAGE, f"--describe needs something that describes: {why}.")
    return describer


def _rating(text: str | None) -> Rating | None:
    if text is None:
        return None
    try:
        return Rating(text.casefold())
    except ValueError:
        names = ", ".join(rating.value for rating in Rating)
        raise Stop(Exit.USAGE, f"--rating {text} is not a rating: choose one of {names}.") from None


def _ensure_there(paths: list[Path]) -> None:
    for path in paths:
        if not path.exists():
            raise Stop(Exit.NO_INPUT, f"{path} is not there: name a folder or a picture.")


async def _with_bar(
    store: Store,
    asked: IndexArguments,
    rating: Rating | None,
    models: tuple[Rater | None, Embedder | None, Describer | None],
    data_dir: Path,
    console: Console,
) -> IndexReport:
    rater, embedder, describer = models
    columns = (
        TextColumn("[bold]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("indexing", total=None, rate="")

        def show(step: Step) -> None:
            said = f"{step.rate:.0f}/s, {step.skipped} skipped"
            bar.update(task, description=step.stage, completed=step.done, total=step.total, rate=said)

        return await index_paths(
            store,
            asked.paths,
            manifest=asked.manifest,
            rating=rating,
            follow_links=asked.follow_links,
            rater=rater,
            embedder=embedder,
            describer=describer,
            refused=data_dir / _REFUSED,
            on_progress=show,
            on_read=lambda: give_way(store, data_dir / STARTER_FOLDER),  # before models are asked about what goes
        )


def _print_report(report: IndexReport, settings: Settings, console: Console) -> None:
    described_by = settings.describer or "the built-in model"
    vectors_by = "the built-in model" if settings.embedder in {None, "builtin"} else "your model"
    copies = counted(report.copies, "exact copy", "exact copies")
    console.print(
        f"{counted(report.pictures, 'picture')} in the collection: {report.added} added, {report.changed} changed, "
        f"{report.unchanged} unchanged, {report.removed} removed, {copies}. "
        f"{report.seconds:.1f} s."
        + (f" {report.vectors} got a vector of {vectors_by}." if report.vectors else "")
        + (f" {counted(report.descriptions, 'picture')} described by {described_by}." if report.descriptions else ""),
        highlight=False,
    )
    _print_skipped(report, settings, console)
    for path in report.damaged[:_MOST_NAMED]:
        console.print(f"  {escape(path)} is damaged: a part of the picture is missing", highlight=False)
    for fault in report.faults[:_MOST_NAMED]:
        console.print(f"  manifest: {escape(str(fault))}", highlight=False)
    for entry in report.unmatched[:_MOST_NAMED]:
        console.print(f"  the manifest names {escape(_short(entry.name))}: {escape(entry.reason)}", highlight=False)
    if len(report.unmatched) > _MOST_NAMED:
        console.print(
            f"  {counted(len(report.unmatched) - _MOST_NAMED, 'more entry', 'more entries')} matched nothing."
        )
    if report.kept:
        known = counted(report.kept, "known picture")
        console.print(f"  Kept {known} of folders that show no picture now; is a disk not mounted?")
    if report.severer:
        console.print(_severer_words(report.severer), style="yellow", highlight=False)
    if report.copies_severer:
        console.print(_copies_words(report.copies_severer), style="yellow", highlight=False)
    if report.unrated:
        console.print(_unrated_words(report.unrated, settings), style="yellow", highlight=False)


def _short(name: str) -> str:
    """Return a name as it is, a very long one cut."""
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}..."


def _print_skipped(report: IndexReport, settings: Settings, console: Console) -> None:
    """Count by kind what could be read with something more, name the first of the others, and say where all stand."""
    for why, count in report.reasons().items():
        if why in _COUNTED:
            console.print(f"  {count} skipped: {_COUNTED[why]}", highlight=False)
    named = [skipped for skipped in report.skipped if skipped.why not in _COUNTED]
    for skipped in named[:_MOST_NAMED]:
        console.print(f"  skipped {escape(skipped.path)}: {escape(skipped.reason)}", highlight=False)
    if len(named) > _MOST_NAMED:
        console.print(f"  skipped {len(named) - _MOST_NAMED} more.")
    if report.remembered:
        console.print(f"  Not read again, because nothing changed: {counted(report.remembered, 'skipped file')}.")
    if report.skipped:
        console.print(f"  All skipped files are listed in {settings.data_dir / _REFUSED}", highlight=False)


def _severer_words(files: list[str]) -> str:
    keep = "keep severer ratings" if len(files) > 1 else "keeps a severer rating"
    return (
        f"{counted(len(files), 'picture')} {keep} of before ({escape(_short(files[0]))}"
        f"{', ...' if len(files) > 1 else ''}). To loosen one, name the file itself: magpie index FILE --rating safe"
    )


def _copies_words(files: list[tuple[str, str]]) -> str:
    (file, other), more = files[0], ", ..." if len(files) > 1 else ""
    stays = (
        "stay rated severer, for copies of them are" if len(files) > 1 else "stays rated severer, for a copy of it is"
    )
    return (
        f"{counted(len(files), 'picture')} {stays} ({escape(_short(file))}: see {escape(_short(other))}{more}). "
        "To loosen one, name the copy as well; if that is gone, index a folder above it first"
    )


def _unrated_words(count: int, settings: Settings) -> str:
    where = "Strict" if settings.unrated == "moderate" else "Strict or Moderate"
    return (
        f"{counted(count, 'picture')} without a rating: not shown where SafeSearch is {where}, which is everywhere "
        "unless a moderator chose otherwise. If fit for all, say so: magpie index FOLDER --rating safe"
    )
