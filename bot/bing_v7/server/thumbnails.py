"""Small pictures with ``w``, ``h``, ``c`` and ``p`` as the retired thumbnail host drew them.

Source: section 10 of the v7 reference. A thumbnail is at most 474 pixels wide and never made larger: what is asked
beyond that is white border, or left away with ``p=0``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from PIL import Image as Pictures

from bot.bing_v7.errors import InvalidRequest
from bot.bing_v7.reading import first_values, refused
from bot.bing_v7.upload import open_picture, write_jpeg

STORED_WIDTH = 474
STORED_HEIGHT = 4 * STORED_WIDTH
MAX_EDGE = 1_500
SMART, BLIND = 7, 4
_WHITE = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for: box in pixels, crop (0, 4 or 7), and whether to fill the box with white."""

    width: int | None = None
    height: int | None = None
    crop: int = 0
    pad: bool = True

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Wanted":
        """Read the parameters; raises ``InvalidRequest`` for what is no number or no possible size."""
        given = first_values(query.items())
        width, height = _size(given, "w"), _size(given, "h")
        crop = _number(given, "c", 0)
        return cls(width, height, crop if crop in {SMART, BLIND} else 0, _number(given, "p", 1) != 0)


def _number(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name, "").strip() or str(default)
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MAX_EDGE))):
        raise refused(name, text, f"{name} must be a whole number")
    return int(text)


def _size(given: Mapping[str, str], name: str) -> int | None:
    if name not in given:
        return None
    size = _number(given, name, 0)
    if not 1 <= size <= MAX_EDGE:
        raise InvalidRequest(f"{name} must be between 1 and {MAX_EDGE}", parameter=name, value=str(size))
    return size


def draw(data: bytes, wanted: Wanted, max_pixels: int) -> bytes:
    """Draw a thumbnail as JPEG, best in a worker thread; raises ``PictureRefused`` for what is no picture."""
    picture = open_picture(data, max_pixels, 2 * STORED_WIDTH)
    picture.thumbnail((STORED_WIDTH, STORED_HEIGHT), Pictures.Resampling.LANCZOS)
    return write_jpeg(_fitted(picture, wanted))


def _fitted(picture: Pictures.Image, wanted: Wanted) -> Pictures.Image:
    if wanted.width is None and wanted.height is None:
        return picture
    box = _box(picture.size, wanted)
    if wanted.crop and wanted.width and wanted.height:
        picture = _cropped(picture, box, smart=wanted.crop == SMART)
    scale = min(box[0] / picture.width, box[1] / picture.height, 1.0)
    size = (_scaled(picture.width, scale, box[0]), _scaled(picture.height, scale, box[1]))
    drawn = picture if size == picture.size else picture.resize(size, Pictures.Resampling.LANCZOS)
    if not wanted.pad or drawn.size == box:
        return drawn
    padded = Pictures.new("RGB", box, _WHITE)
    padded.paste(drawn, ((box[0] - drawn.width) // 2, (box[1] - drawn.height) // 2))
    return padded


def _scaled(length: int, scale: float, limit: int) -> int:
    """Scale a side, rounding up as the retired host did, within the box."""
    return max(1, min(limit, int(np.ceil(length * scale - 1e-6))))


def _box(size: tuple[int, int], wanted: Wanted) -> tuple[int, int]:
    """Return the box asked for; a side that was not named follows the picture's shape."""
    if wanted.width and wanted.height:
        return wanted.width, wanted.height
    if wanted.width:
        return wanted.width, min(STORED_HEIGHT, max(1, round(wanted.width * size[1] / size[0])))
    height = wanted.height or size[1]
    return min(STORED_HEIGHT, max(1, round(height * size[0] / size[1]))), height


def _cropped(picture: Pictures.Image, box: tuple[int, int], *, smart: bool) -> Pictures.Image:
    """Cut the picture to the shape of the box; blind: keep the top, or the middle of a wide picture."""
    width = min(picture.width, max(1, round(picture.height * box[0] / box[1])))
    height = min(picture.height, max(1, round(picture.width * box[1] / box[0])))
    left, top = (picture.width - width) // 2, 0
    if smart:
        left, top = _interesting(picture, (width, height)) or (left, top)
    return picture.crop((left, top, left + width, top + height))


def _interesting(picture: Pictures.Image, window: tuple[int, int]) -> tuple[int, int] | None:
    """Return where the window holds most detail, measured by brightness steps; None for an even picture."""
    gray = np.asarray(picture.convert("L"), dtype=np.float32)
    detail = np.abs(np.diff(gray, axis=1, prepend=gray[:, :1])) + np.abs(np.diff(gray, axis=0, prepend=gray[:1]))
    if float(detail.max(initial=0.0)) < 1.0:
        return None
    return _densest(detail.sum(axis=0), window[0]), _densest(detail.sum(axis=1), window[1])


def _densest(profile: "np.ndarray[tuple[int], np.dtype[np.float32]]", length: int) -> int:
    sums = np.convolve(profile, np.ones(length, dtype=np.float32), mode="valid")
    return int(np.argmax(sums))
