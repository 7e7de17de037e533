"""Pictures to hand in while trying the bot, and what a starter picture's own page says."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from .ensure import MANIFEST

_KNOWN = "red-fox-in-the-snow.png"
_QUALITY = 60


@dataclass(frozen=True, slots=True)
class StarterPage:
    """A page about one starter picture."""

    title: str
    lines: tuple[str, ...]
    picture: bytes


def source_page(folder: Path, address: str) -> StarterPage | None:
    """Return the page that a starter picture names as its source; None if none does, or nothing is drawn yet."""
    try:
        rows = [json.loads(line) for line in (folder / MANIFEST).read_text("utf-8").splitlines()]
        row = next((one for one in rows if one["page"] == address), None)
        if row is None:
            return None
        lines = (f"by {row['author']}", f"License: {row['license']}", row["description"])
        return StarterPage(row["title"], lines, (folder / row["file"]).read_bytes())
    except FileNotFoundError:
        return None


def known_sample(folder: Path) -> bytes | None:
    """Return a smaller JPEG of a starter picture, as if somebody had saved it; None if nothing is drawn yet."""
    try:
        with Image.open(folder / _KNOWN) as picture:
            return _jpeg(picture.convert("RGB").resize((picture.width * 2 // 3, picture.height * 2 // 3)))
    except FileNotFoundError:
        return None


def unknown_sample() -> bytes:
    """Return a picture that no index has: a desk lamp beside a window, drawn now."""
    from .kit import Canvas  # noqa: PLC0415 (drawn only when asked for)

    c = Canvas(600, 420)
    c.fade("#39445c", "#5b6784")
    c.rect(12, 10, 62, 62, "#22304f")
    c.rect(15, 13, 59, 59, "#6f8fc4")
    c.oval(48, 26, 6, 6, "#f6efcf")
    c.line([(37, 13), (37, 59)], 1.6, "#22304f")
    c.line([(15, 36), (59, 36)], 1.6, "#22304f")
    c.rect(0, 80, c.wide, 100, "#7a5236")
    c.oval(100, 80, 16, 3.5, "#2f3238")
    c.line([(100, 79), (112, 55), (94, 34)], 2.4, "#2f3238")
    c.poly([(94, 26), (104, 38), (86, 50), (76, 44)], "#d8583c")
    c.poly([(86, 50), (76, 44), (54, 80), (88, 80)], "#ffe9a855")
    c.rect(24, 74, 58, 80, "#c9b48a", round_=1)
    return _jpeg(c.finish())


def _jpeg(picture: Image.Image) -> bytes:
    data = io.BytesIO()
    picture.convert("RGB").save(data, "JPEG", quality=_QUALITY)
    return data.getvalue()
