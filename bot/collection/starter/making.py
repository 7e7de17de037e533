"""Drawing the starter set into a folder and bringing it into an index."""

from __future__ import annotations

import json
import os
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

from PIL import Image

from bot.collection.ingest.indexing import index_paths
from bot.collection.store import open_store

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


async def make_starter(address: str, folder: Path) -> None:
    """Draw what is not drawn yet and bring it into an index."""
    if not is_drawn(folder):
        draw_all(folder)
    store = await open_store(address, patient=True)
    try:
        await index_paths(store, [folder], workers=0)
    finally:
        await store.aclose()


def draw_all(folder: Path) -> None:
    """Draw every picture and a manifest into a folder; what was there before is replaced."""
    fresh = folder.with_name(f"{folder.name}.{os.getpid()}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    lines = [_drawn(entry, number, fresh) for number, entry in enumerate(ENTRIES)]
    (fresh / MANIFEST).write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    (fresh / MARK).write_text(VERSION, "utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    fresh.replace(folder)


def _drawn(entry: StarterEntry, number: int, folder: Path) -> dict[str, object]:
    """Draw one picture and say what the manifest says of it."""
    slug = re.sub(r"[^a-z0-9]+", "-", entry.title.lower()).strip("-")
    frames = entry.frames()
    name = f"{slug}.{'gif' if len(frames) > 1 else 'png'}"
    _save(frames, folder / name, entry.milliseconds)
    return {
        "file": name,
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
        "published": (_FIRST_DAY + timedelta(days=number)).isoformat(),
    }


def _save(frames: list[Image.Image], file: Path, milliseconds: int) -> None:
    if len(frames) == 1:
        frames[0].save(file, "PNG", compress_level=6)
        return
    flat = [frame.quantize(128, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE) for frame in frames]
    flat[0].save(file, "GIF", save_all=True, append_images=flat[1:], duration=milliseconds, loop=0, optimize=False)
