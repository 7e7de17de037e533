"""The frames of a video side by side with their numbers, to choose one by."""

from PIL import Image, ImageDraw, ImageFont

from .decoding import checked_kind, guarded, shrunk
from .limits import DecodeLimits
from .preview import draw_label
from .refusal import Refused
from .video import frames
from .writing import Region, Written, write_jpeg

_COLUMNS = 2
_EDGE = 480
_GAP = 6


def frame_sheet(data: bytes, limits: DecodeLimits) -> tuple[Written, list[float], list[Region]]:
    """Draw a video's frames on one JPEG, two in a row; return it, their seconds, and where on it each of them is.

    Raises:
        Refused: it is no video that can be read.
    """
    if checked_kind(data, limits) != "VIDEO":
        raise Refused("not-a-picture")
    found = guarded(lambda: frames(data, limits.pixels // 2))
    pictures = [shrunk(frame.picture, _EDGE) for frame in found]
    wide, high = max(one.width for one in pictures), max(one.height for one in pictures)
    columns = min(_COLUMNS, len(pictures))
    rows = -(-len(pictures) // columns)
    sheet = Image.new("RGB", (columns * (wide + _GAP) - _GAP, rows * (high + _GAP) - _GAP))
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(max(18, high // 8))
    regions: list[Region] = []
    for number, picture in enumerate(pictures):
        left, top = number % columns * (wide + _GAP), number // columns * (high + _GAP)
        sheet.paste(picture, (left, top))
        draw_label(draw, (left + 10, top + 6), str(number + 1), font, margin=(8, 5))
        right, bottom = left + picture.width, top + picture.height
        regions.append((left / sheet.width, top / sheet.height, right / sheet.width, bottom / sheet.height))
    return write_jpeg(sheet), [frame.seconds for frame in found], regions
