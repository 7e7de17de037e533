"""Small pictures with ``w``, ``h``, ``c`` and ``p`` as the retired thumbnail host drew them.

Source: section 10 of the v7 reference. A thumbnail is at most 474 pixels wide and never made larger: what is asked
beyond that is white border, or left away with ``p=0``.
"""

import math
from typing import TYPE_CHECKING

from PIL import Image

from .decoding import decode
from .limits import DecodeLimits
from .sizes import STORED_HEIGHT, thumbnail_size
from .transparency import flattened
from .writing import Written, write_jpeg

if TYPE_CHECKING:
    import numpy as np

SMART = 7
_WHITE = (255, 255, 255)


def thumbnail(
    data: bytes,
    width: int | None,
    height: int | None,
    crop: int,
    *,
    pad: bool,
    limits: DecodeLimits,
    allow_heavy: bool = True,
) -> Written:
    """Draw a thumbnail as JPEG.

    Args:
        data: the file.
        width: of the box asked for; None follows the picture's shape.
        height: as width.
        crop: 0 none, 4 keeps the middle, 7 what is interesting.
        pad: True fills the box with white.
        limits: what may be decoded.
        allow_heavy: as in ``decode``.

    Raises:
        Refused: it cannot be read.
        TooHeavy: it needs much memory and ``allow_heavy`` is False.
    """
    decoded = decode(data, STORED_HEIGHT, limits, allow_heavy=allow_heavy)
    picture = flattened(decoded.picture)
    size = thumbnail_size(decoded.facts.width, decoded.facts.height)
    if picture.size != size:
        picture = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    return write_jpeg(_fitted(picture, width, height, crop, pad=pad))


def _fitted(picture: Image.Image, width: int | None, height: int | None, crop: int, *, pad: bool) -> Image.Image:
    if width is None and height is None:
        return picture
    box = _box(picture.size, width, height)
    if crop and width and height:
        picture = _cropped(picture, box, smart=crop == SMART)
    scale = min(box[0] / picture.width, box[1] / picture.height, 1.0)
    size = (_scaled(picture.width, scale, box[0]), _scaled(picture.height, scale, box[1]))
    drawn = picture if size == picture.size else picture.resize(size, Image.Resampling.LANCZOS)
    if not pad or drawn.size == box:
        return drawn
    padded = Image.new("RGB", box, _WHITE)
    padded.paste(drawn, ((box[0] - drawn.width) // 2, (box[1] - drawn.height) // 2))
    return padded


def _scaled(length: int, scale: float, limit: int) -> int:
    """Scale a side, rounding up as the retired host did, within the box."""
    return max(1, min(limit, math.ceil(length * scale - 1e-6)))


def _box(size: tuple[int, int], width: int | None, height: int | None) -> tuple[int, int]:
    """Return the box asked for; a side that was not named follows the picture's shape."""
    if width and height:
        return width, height
    if width:
        return width, min(STORED_HEIGHT, max(1, round(width * size[1] / size[0])))
    high = height or size[1]
    return min(STORED_HEIGHT, max(1, round(high * size[0] / size[1]))), high


def _cropped(picture: Image.Image, box: tuple[int, int], *, smart: bool) -> Image.Image:
    """Cut the picture to the shape of the box; blind: keep the top, or the middle of a wide picture."""
    width = min(picture.width, max(1, round(picture.height * box[0] / box[1])))
    height = min(picture.height, max(1, round(picture.width * box[1] / box[0])))
    left, top = (picture.width - width) // 2, 0
    if smart:
        left, top = _interesting(picture, (width, height)) or (left, top)
    return picture.crop((left, top, left + width, top + height))


def _interesting(picture: Image.Image, window: tuple[int, int]) -> tuple[int, int] | None:
    """Return where the window holds most detail, measured by brightness steps; None for an even picture."""
    import numpy as np  # noqa: PLC0415 (as in `transparency`)

    gray = np.asarray(picture.convert("L"), dtype=np.float32)
    detail = np.abs(np.diff(gray, axis=1, prepend=gray[:, :1])) + np.abs(np.diff(gray, axis=0, prepend=gray[:1]))
    if float(detail.max(initial=0.0)) < 1.0:
        return None
    return _densest(detail.sum(axis=0), window[0]), _densest(detail.sum(axis=1), window[1])


def _densest(profile: "np.ndarray[tuple[int], np.dtype[np.float32]]", length: int) -> int:
    import numpy as np  # noqa: PLC0415 (as in `transparency`)

    sums = np.convolve(profile, np.ones(length, dtype=np.float32), mode="valid")
    return int(np.argmax(sums))
