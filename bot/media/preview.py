"""A picture with a grid and numbered boxes drawn on it, to choose a part by."""

from collections.abc import Sequence
from typing import NamedTuple

from PIL import ImageDraw, ImageFont

from .decoding import decode
from .limits import DecodeLimits
from .transparency import flattened
from .writing import Region, Written, write_jpeg

EDGE = 900
_COLOURS = ("#ffd23f", "#3ddc97", "#ff6b6b", "#4dabf7", "#e599f7")


class Box(NamedTuple):
    """A part of the picture and the number that stands on it."""

    label: str
    region: Region


def preview(data: bytes, boxes: Sequence[Box], limits: DecodeLimits, *, allow_heavy: bool = True) -> Written:
    """Draw a grid of three by three and the numbered boxes on a picture, as a JPEG of at most ``EDGE`` pixels a side.

    Raises:
        Refused: it cannot be read.
        TooHeavy: it needs much memory and ``allow_heavy`` is False.
    """
    picture = flattened(decode(data, EDGE, limits, allow_heavy=allow_heavy).picture)
    draw = ImageDraw.Draw(picture, "RGBA")
    width, height = picture.size
    for colour, thickness in (((0, 0, 0, 130), 5), ((255, 255, 255, 220), 2)):
        for third in (1, 2):
            draw.line((width * third // 3, 0, width * third // 3, height), fill=colour, width=thickness)
            draw.line((0, height * third // 3, width, height * third // 3), fill=colour, width=thickness)
    font = ImageFont.load_default(max(14, max(picture.size) // 28))
    for number, box in enumerate(boxes):
        _draw_box(draw, box, picture.size, font, _COLOURS[number % len(_COLOURS)])
    return write_jpeg(picture)


def _draw_box(
    draw: ImageDraw.ImageDraw,
    box: Box,
    size: tuple[int, int],
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    colour: str,
) -> None:
    width, height = size
    left, top = box.region[0] * width, box.region[1] * height
    right, bottom = max(left + 2, box.region[2] * width - 1), max(top + 2, box.region[3] * height - 1)
    draw.rectangle((left, top, right, bottom), outline=colour, width=3)
    draw_label(draw, (left + 6, top + 3), box.label, font, colour)


def draw_label(
    draw: ImageDraw.ImageDraw,
    place: tuple[float, float],
    label: str,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    colour: str = _COLOURS[0],
    *,
    margin: tuple[int, int] = (5, 3),
) -> None:
    """Write a label on a ground of its own, which stands out by ``margin`` pixels."""
    wide, high = margin
    left, top, right, bottom = draw.textbbox(place, label, font=font)
    draw.rectangle((left - wide, top - high, right + wide, bottom + high), fill=colour)
    draw.text(place, label, fill="black", font=font)
