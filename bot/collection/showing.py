"""The bytes of a picture as they are shown: upright, bounded, and without anything the file carried beside pixels."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, NamedTuple

from PIL import Image, ImageSequence

from .decode import eight_bit, guarded, open_picture, shrunk, upright
from .files import read_indexed
from .model import Indexed

LARGEST_EDGE = 4096
MAX_FRAMES = 300
_ANIMATION_PIXELS = 60_000_000
_TYPES = {"JPEG": ("image/jpeg", "jpg"), "PNG": ("image/png", "png"), "GIF": ("image/gif", "gif"),
          "WEBP": ("image/webp", "webp")}  # fmt: skip


class Shown(NamedTuple):
    """A picture ready to be shown."""

    data: bytes
    content_type: str
    ending: str
    width: int
    height: int


def show(picture: Indexed, max_edge: int | None) -> Shown:
    """Read an indexed picture's file and write it anew.

    Animations stay animations (GIF or WebP, at most `MAX_FRAMES` frames); see-through pictures become PNG, all others
    JPEG, except that a small PNG or GIF drawing stays PNG.

    Raises:
        NotThere: no file is the picture that was indexed and rated.
        Refused: it cannot be read as a picture any more.
    """
    return show_bytes(read_indexed(picture), max_edge)


def show_bytes(data: bytes, max_edge: int | None) -> Shown:
    """As `show`, from bytes.

    Raises:
        Refused: the bytes are no picture or too large.
    """
    picture = open_picture(data)
    edge = min(max_edge or LARGEST_EDGE, LARGEST_EDGE)
    if getattr(picture, "is_animated", False) and picture.format in {"GIF", "WEBP", "PNG", "AVIF"}:
        return guarded(lambda: _animated(picture, edge))
    return guarded(lambda: _still(picture, edge))


def _still(picture: Image.Image, edge: int) -> Shown:
    drawn = picture.format in {"PNG", "GIF", "BMP"}
    if max(picture.size) > edge:
        picture.draft("RGB", (edge, edge))
    small = upright(shrunk(eight_bit(picture), edge))
    if small.mode == "RGBA":
        if small.getchannel("A").getextrema() != (255, 255):
            return _written([small], "PNG", {})
        small = small.convert("RGB")
    if drawn:
        shown = _written([small], "PNG", {"optimize": False})
        if len(shown.data) < 1_000_000:
            return shown
    return _written([small], "JPEG", {"quality": 90})


def _animated(picture: Image.Image, edge: int) -> Shown:
    small = min(edge / max(picture.size), 1.0)
    size = (max(1, round(picture.width * small)), max(1, round(picture.height * small)))
    most = max(1, min(MAX_FRAMES, _ANIMATION_PIXELS // (picture.width * picture.height)))
    frames: list[Image.Image] = []
    durations: list[int] = []
    for frame, _ in zip(ImageSequence.Iterator(picture), range(most), strict=False):
        frames.append(frame.convert("RGBA").resize(size, Image.Resampling.LANCZOS))
        durations.append(max(20, int(frame.info.get("duration", 100) or 100)))
    kind = "GIF" if picture.format == "GIF" else "WEBP"
    options = {"append_images": frames[1:], "save_all": True, "duration": durations, "loop": 0}
    return _written(frames, kind, options | ({"disposal": 2} if kind == "GIF" else {"quality": 80}))


def _written(frames: list[Image.Image], kind: str, options: Mapping[str, Any]) -> Shown:
    """Write pixels only: nothing that the file said about itself is passed on."""
    first = frames[0]
    first.info.clear()
    buffer = io.BytesIO()
    first.save(buffer, kind, **options)
    return Shown(buffer.getvalue(), *_TYPES[kind], first.width, first.height)
