"""Pictures written anew: within limits for sending on, cut, or as they are shown; never with anything but pixels."""

import io
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageSequence

from .animation import is_animated
from .colour import to_srgb
from .decoding import Facts, decode, guarded, open_file, shrunk
from .limits import DecodeLimits, FitLimits
from .refusal import Refused
from .sizes import LARGEST_EDGE
from .sniffing import ENOUGH, kind_of
from .transparency import flattened

MAX_FRAMES = 300
_ANIMATION_PIXELS = 60_000_000
_QUALITIES = (90, 80, 70, 55, 40)
_SMALLEST_EDGE = 64
_CUT_EDGE = 8192
_MOST_PNG = 1_000_000
_DRAWN = frozenset({"png", "gif", "animatedgif"})
_TYPES = {"JPEG": ("image/jpeg", "jpg"), "PNG": ("image/png", "png"), "GIF": ("image/gif", "gif"),
          "WEBP": ("image/webp", "webp")}  # fmt: skip

Region = tuple[float, float, float, float]
"""Left, top, right and bottom as fractions of the upright picture."""


@dataclass(frozen=True, slots=True)
class Written:
    """A picture ready to be sent or shown."""

    data: bytes
    content_type: str
    ending: str
    width: int
    height: int


def fit(
    data: bytes,
    limits: FitLimits,
    decode_limits: DecodeLimits,
    *,
    allow_heavy: bool = True,
    frame: int | None = None,
) -> tuple[Written, Facts]:
    """Write a picture as a JPEG within limits: one frame (of a video that ``frame``), upright, sRGB, on a ground.

    Raises:
        Refused: it cannot be read, or not be made small enough.
        TooHeavy: it needs much memory and ``allow_heavy`` is False.
    """
    decoded = decode(data, limits.max_edge, decode_limits, allow_heavy=allow_heavy, frame=frame)
    return guarded(lambda: _within(flattened(decoded.picture), limits.max_bytes)), decoded.facts


def cut(
    data: bytes, region: Region, limits: FitLimits, decode_limits: DecodeLimits, *, allow_heavy: bool = True
) -> Written:
    """Write a part of a picture as a JPEG within limits, at least one pixel large; raises as ``fit``."""
    decoded = decode(data, _CUT_EDGE, decode_limits, allow_heavy=allow_heavy)
    part = shrunk(flattened(decoded.picture.crop(box_of(region, decoded.picture.size))), limits.max_edge)
    return guarded(lambda: _within(part, limits.max_bytes))


def box_of(region: Region, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return a region in pixels, at least one wide and high."""
    width, height = size
    left, top = min(int(region[0] * width), width - 1), min(int(region[1] * height), height - 1)
    return left, top, max(left + 1, round(region[2] * width)), max(top + 1, round(region[3] * height))


def _within(picture: Image.Image, max_bytes: int) -> Written:
    """Write a JPEG of at most ``max_bytes``: reduce first quality, then size."""
    while True:
        for quality in _QUALITIES:
            written = write_jpeg(picture, quality)
            if len(written.data) <= max_bytes:
                return written
        if max(picture.size) <= _SMALLEST_EDGE:
            raise Refused("too-large", max_bytes)
        picture = picture.resize((max(1, picture.width * 2 // 3), max(1, picture.height * 2 // 3)))


def write_jpeg(picture: Image.Image, quality: int = 85) -> Written:
    """Write an RGB picture as JPEG without metadata."""
    return _written([picture], "JPEG", {"quality": quality, "optimize": True})


def show(data: bytes, max_edge: int | None, limits: DecodeLimits, *, allow_heavy: bool = True) -> Written:
    """Write a picture as Discord and browsers can show it, no side longer than ``max_edge``.

    Animations stay animations (GIF or WebP, at most ``MAX_FRAMES`` frames, those before a damage); see-through pictures
    become PNG, all others JPEG, except that a small drawing stays PNG.

    Raises:
        Refused: it cannot be read.
        TooHeavy: it needs much memory and ``allow_heavy`` is False.
    """
    edge = min(max_edge or LARGEST_EDGE, LARGEST_EDGE)
    decoded = decode(data, edge, limits, allow_heavy=allow_heavy)
    if decoded.facts.animated and decoded.facts.encoding in {"animatedgif", "png", "webp", "avif"}:
        moving = guarded(lambda: _animated(data, edge))
        if moving is not None:
            return moving
    return guarded(lambda: _still(decoded.picture, decoded.facts))


def _still(picture: Image.Image, facts: Facts) -> Written:
    if facts.transparent or facts.encoding in _DRAWN:
        written = _written([picture], "PNG", {"optimize": False})
        if facts.transparent or len(written.data) < _MOST_PNG:
            return written
    return _written([flattened(picture)], "JPEG", {"quality": 90})


def _animated(data: bytes, edge: int) -> Written | None:
    """Write the frames until a damaged one; None where there are fewer than two."""
    picture = open_file(data, kind_of(data[:ENOUGH]))
    if not is_animated(picture):
        return None
    factor = min(edge / max(picture.size), 1.0)
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    most = max(1, min(MAX_FRAMES, _ANIMATION_PIXELS // (picture.width * picture.height)))
    frames: list[Image.Image] = []
    durations: list[int] = []
    with suppress(OSError, SyntaxError, ValueError, EOFError):  # what comes after a damaged frame is left out
        for frame, _ in zip(ImageSequence.Iterator(picture), range(most), strict=False):
            shown = to_srgb(frame, picture).convert("RGBA")
            frames.append(shown.resize(size, Image.Resampling.LANCZOS))
            durations.append(max(20, int(frame.info.get("duration", 100) or 100)))
    if len(frames) < 2:
        return None
    kind = "GIF" if picture.format == "GIF" else "WEBP"
    options = {"append_images": frames[1:], "save_all": True, "duration": durations, "loop": 0}
    return _written(frames, kind, options | ({"disposal": 2} if kind == "GIF" else {"quality": 80}))


def _written(frames: list[Image.Image], kind: str, options: Mapping[str, Any]) -> Written:
    """Write pixels only: nothing that the file said about itself is passed on."""
    first = frames[0]
    first.info = {}
    buffer = io.BytesIO()
    first.save(buffer, kind, **options)
    return Written(buffer.getvalue(), *_TYPES[kind], first.width, first.height)
