"""A frame that shows something: many animations begin with an empty one."""

from contextlib import suppress

from PIL import Image, ImageStat

from .transparency import flattened

MOVING = frozenset({"GIF", "PNG", "WEBP", "AVIF"})
"""Formats whose several pictures are frames; those of TIFF are pages, those of phones' JPEGs are companions."""
_BLANK = 6.0
_MOST_FRAMES = 60
_MOST_PIXELS = 120_000_000


def is_animated(picture: Image.Image) -> bool:
    """Return whether an opened file has several frames."""
    with suppress(Exception):  # a file whose later frames are damaged is a still
        return picture.format in MOVING and bool(getattr(picture, "is_animated", False))
    return False


def detail_of(frame: Image.Image) -> float:
    """Return how much a frame shows: the spread of its brightness and colours, about 0 for an even one."""
    small = flattened(frame.convert("RGBA").resize((64, 64), Image.Resampling.BOX))
    return max(ImageStat.Stat(small).stddev)


def choose_frame(picture: Image.Image) -> int:
    """Return the number of the frame that stands for an animation: the first, or the fullest where that is blank."""
    best, most = 0, 0.0
    frames = max(1, min(_MOST_FRAMES, _MOST_PIXELS // max(1, picture.width * picture.height)))
    for number in range(frames):
        try:
            picture.seek(number)
            detail = detail_of(picture)
        except Exception:  # noqa: BLE001 (the frames so far are what there is)
            break
        if number == 0 and detail >= _BLANK:
            return 0
        if detail > 1.5 * most or (most == 0.0 and detail > 0):
            best, most = number, detail
    return best
