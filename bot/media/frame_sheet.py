"""The frames of a video side by side with their numbers, to choose one by."""

from PIL import Image, ImageDraw, ImageFont

from .decoding import guarded, shrunk
from .limits import DecodeLimits
from .refusal import Refused
from .sniffing import ENOUGH, kind_of
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
    if len(data) > limits.file_bytes:
        raise Refused("too-large", limits.file_bytes)
    if kind_of(data[:ENOUGH]) != "VIDEO":
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
        _draw_number(draw, (left, top), str(number + 1), font)
        right, bottom = left + picture.width, top + picture.height
        regions.append((left / sheet.width, top / sheet.height, right / sheet.width, bottom / sheet.height))
    return write_jpeg(sheet), [frame.seconds for frame in found], regions


def _draw_number(
    draw: ImageDraw.ImageDraw,
    corner: tuple[int, int],
    number: str,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
) -> None:
    place = corner[0] + 10, corner[1] + 6
    box = draw.textbbox(place, number, font=font)
    draw.rectangle((box[0] - 8, box[1] - 5, box[2] + 8, box[3] + 5), fill="#ffd23f")
    draw.text(place, number, fill="black", font=font)
