"""Drawing the starter set into a folder and bringing it into an index."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from PIL import Image

from bot.collection.ingest.indexing import index_paths
from bot.collection.store import open_store
from bot.collection.text.lemmas import prepare_dictionaries, without_waiting
from bot.runtime.atomic_files import write_atomically

from . import (
    abstract,
    animals,
    cutouts,
    favourites,
    garden,
    insects,
    landscapes,
    moving,
    patterns,
    pets,
    plants,
    sky,
    things,
)
from .catalogue import ENTRIES, StarterEntry
from .ensure import MANIFEST, MARK, VERSION, is_drawn

AUTHOR = "Magpie"
LICENCE, LICENCE_URL = "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"
PAGES = "https://starter.magpie.example/"
"""Where the pages of the starter pictures would be: a name that is reserved for examples and leads nowhere.

They have pages all the same, because what hangs on a page is to be seen before there are pictures of one's own: titles
that lead to the source, the site below them, ``site:``, a moderator's blocked sites, v7's ``hostPageUrl``.
"""

_FIRST_DAY = date(2026, 1, 1)
_SERIES = (
    landscapes,
    sky,
    animals,
    insects,
    pets,
    plants,
    garden,
    things,
    cutouts,
    patterns,
    abstract,
    moving,
    favourites,
)


FIRST_TAGS = frozenset({"cat", "fox", "kitten", "panda", "sunset"})
"""Tags of what the try-out's examples ask for: these pictures are drawn and indexed before the others."""


async def make_starter(address: str, folder: Path, on_first: Callable[[], None]) -> None:
    """Draw what is not drawn yet and bring it into an index, first what people are shown first.

    The first pictures do not wait for the dictionaries, which take longer than they do; their texts are written again.
    """
    whole = is_drawn(folder)
    if not whole:
        draw_first(folder)
    store = await open_store(address, patient=True)
    try:
        if not whole:
            with without_waiting():
                await index_paths(store, [folder], workers=0)
            on_first()
            await asyncio.gather(asyncio.to_thread(draw_rest, folder), prepare_dictionaries(hurry=True))
            _mark_changed(folder)
        await index_paths(store, [folder], workers=0)
    finally:
        await store.aclose()


def _mark_changed(folder: Path) -> None:
    """Have the first pictures indexed again: files that have not changed are left alone."""
    days = _days()
    for entry in ENTRIES:
        if _is_first(entry):
            line = _described(entry, days[entry.title])
            _date(folder / str(line["file"]), line, 1)


def draw_first(folder: Path) -> None:
    """Draw the first pictures and their manifest into a folder; what was there before is replaced."""
    fresh = folder.with_name(f"{folder.name}.{os.getpid()}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    days = _days()
    _write_manifest(fresh, [_drawn(entry, days[entry.title], fresh) for entry in ENTRIES if _is_first(entry)])
    shutil.rmtree(folder, ignore_errors=True)
    fresh.replace(folder)


def draw_rest(folder: Path) -> None:
    """Draw the other pictures into the folder of the first; its manifest names them once all are there."""
    days = _days()
    lines = [
        _described(entry, days[entry.title]) if _is_first(entry) else _drawn(entry, days[entry.title], folder)
        for entry in ENTRIES
    ]
    _write_manifest(folder, lines)
    (folder / MARK).write_text(VERSION, "utf-8")


def _is_first(entry: StarterEntry) -> bool:
    return not FIRST_TAGS.isdisjoint(entry.tags)


def _write_manifest(folder: Path, lines: Sequence[Mapping[str, object]]) -> None:
    write_atomically(folder / MANIFEST, "".join(json.dumps(line) + "\n" for line in lines).encode())


def _drawn(entry: StarterEntry, day: int, folder: Path) -> dict[str, object]:
    """Draw one picture and return its line of the manifest."""
    line = _described(entry, day)
    _save(entry.frames(), folder / str(line["file"]), entry.milliseconds)
    _date(folder / str(line["file"]), line)
    return line


def _days() -> dict[str, int]:
    """Return the day of each picture by title: those of every gallery are spread over all, so that neighbours differ."""
    galleries: dict[str, list[str]] = {}
    for entry in ENTRIES:
        galleries.setdefault(entry.gallery, []).append(entry.title)
    places = [
        ((number + 0.5) / len(titles), title) for titles in galleries.values() for number, title in enumerate(titles)
    ]
    return {title: day for day, (_, title) in enumerate(sorted(places))}


def _date(file: Path, line: Mapping[str, object], seconds: int = 0) -> None:
    """Give a file the age that its line states: pictures that come in together are ordered by it."""
    day = datetime.fromisoformat(str(line["published"])).replace(tzinfo=UTC)
    moment = day.timestamp() + seconds
    os.utime(file, (moment, moment))


def _described(entry: StarterEntry, day: int) -> dict[str, object]:
    """Return a picture's line of the manifest."""
    slug = re.sub(r"[^a-z0-9]+", "-", entry.title.lower()).strip("-")
    return {
        "file": f"{slug}.{'gif' if entry.moving else 'png'}",
        "title": entry.title,
        "description": entry.about or f"{entry.title}, drawn with simple shapes.",
        "tags": list(entry.tags),
        "author": AUTHOR,
        "license": LICENCE,
        "license_url": LICENCE_URL,
        "page": f"{PAGES}{slug}",
        "gallery": entry.gallery,
        "rating": entry.rating,
        "type": entry.kind,
        "published": (_FIRST_DAY + timedelta(days=day)).isoformat(),
    }


def _save(frames: list[Image.Image], file: Path, milliseconds: int) -> None:
    if len(frames) == 1:
        frames[0].save(file, "PNG", compress_level=6)
        return
    flat = [frame.quantize(128, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE) for frame in frames]
    flat[0].save(file, "GIF", save_all=True, append_images=flat[1:], duration=milliseconds, loop=0, optimize=False)
