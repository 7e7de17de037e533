"""A picture made fit for posting: within the contract's limits, upright, and without anything but its pixels.

Every picture is drawn anew, so that no place, camera or comment travels with it. Source of the limits: at most 1 MB
(``/images/details``) and 1,500 pixels a side (Visual Search).
"""

import asyncio
import io
from dataclasses import dataclass

from PIL import Image as Pictures
from PIL import ImageOps

from .errors import PictureRefused
from .requests import Crop, Upload

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "AVIF")
_QUALITIES = (90, 80, 70, 55, 40)
_SMALLEST_EDGE = 64
_WHITE = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """What may come in and what may go out; bytes and pixels."""

    max_bytes: int = 1_000_000
    max_edge: int = 1_500
    accept_bytes: int = 32 * 1024 * 1024
    accept_pixels: int = 64_000_000


DEFAULT_LIMITS = UploadLimits()


async def fit(upload: Upload, limits: UploadLimits = DEFAULT_LIMITS) -> Upload:
    """Return the picture within the limits and without metadata, drawn in a worker thread.

    Raises:
        PictureRefused: it is too large to be looked at, has too many pixels, or is no picture.
    """
    return await asyncio.to_thread(fit_now, upload, limits)


def fit_now(upload: Upload, limits: UploadLimits = DEFAULT_LIMITS) -> Upload:
    """Do what ``fit`` does in the calling thread."""
    if len(upload.data) > limits.accept_bytes:
        raise PictureRefused("too-large", limit=limits.accept_bytes)
    picture = open_picture(upload.data, limits.accept_pixels, limits.max_edge)
    picture.thumbnail((limits.max_edge, limits.max_edge), Pictures.Resampling.LANCZOS)
    data = _within(picture, limits.max_bytes)
    return Upload(data=data, content_type="image/jpeg", filename="image.jpg", sha1=upload.sha1)


async def cut_out(upload: Upload, region: Crop, limits: UploadLimits = DEFAULT_LIMITS) -> Upload:
    """Return a part of the picture as a picture of its own, drawn in a worker thread; raises as ``fit``."""
    return await asyncio.to_thread(cut_out_now, upload, region, limits)


def cut_out_now(upload: Upload, region: Crop, limits: UploadLimits = DEFAULT_LIMITS) -> Upload:
    """Do what ``cut_out`` does in the calling thread; the part is at least one pixel."""
    picture = open_picture(upload.data, limits.accept_pixels)
    left, top = int(region.left * picture.width), int(region.top * picture.height)
    right = max(left + 1, round(region.right * picture.width))
    bottom = max(top + 1, round(region.bottom * picture.height))
    part = picture.crop((left, top, right, bottom))
    part.thumbnail((limits.max_edge, limits.max_edge), Pictures.Resampling.LANCZOS)
    return Upload(data=_within(part, limits.max_bytes), content_type="image/jpeg", filename="image.jpg")


def open_picture(data: bytes, max_pixels: int, edge: int | None = None) -> Pictures.Image:
    """Decode the first frame of a picture, upright, as RGB on white.

    ``edge`` lets a JPEG be decoded at a fraction of its size where no more is needed.

    Raises:
        PictureRefused: it is no picture of a common kind, or has more than ``max_pixels`` pixels.
    """
    try:
        with Pictures.open(io.BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > max_pixels:
                raise PictureRefused("too-many-pixels", limit=max_pixels)
            if edge:
                picture.draft("RGB", (edge, edge))
                _shrink(picture, 2 * edge)
            return _flat(ImageOps.exif_transpose(picture))
    except (Pictures.DecompressionBombError, Pictures.DecompressionBombWarning):
        raise PictureRefused("too-many-pixels", limit=max_pixels) from None
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError, IndexError, TypeError, KeyError):
        raise PictureRefused("not-a-picture") from None


def _shrink(picture: Pictures.Image, edge: int) -> None:
    """Make a very large picture smaller in place, before anything takes another copy of all its pixels."""
    if max(picture.size) > edge and picture.mode in {"L", "LA", "RGB", "RGBA"}:
        picture.thumbnail((edge, edge), Pictures.Resampling.BOX)


def _flat(picture: Pictures.Image) -> Pictures.Image:
    """Return the pixels alone as RGB; what is transparent becomes white."""
    if picture.mode in {"I", "F"} or picture.mode.startswith("I;"):
        picture = picture.convert("L")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    see_through = picture.convert("RGBA")
    flat = Pictures.new("RGB", see_through.size, _WHITE)
    flat.paste(see_through, mask=see_through.getchannel("A"))
    return flat


def _within(picture: Pictures.Image, max_bytes: int) -> bytes:
    """Write a JPEG of at most so many bytes: first by quality, then by size."""
    while True:
        for quality in _QUALITIES:
            data = write_jpeg(picture, quality)
            if len(data) <= max_bytes:
                return data
        if max(picture.size) <= _SMALLEST_EDGE:
            raise PictureRefused("too-large", limit=max_bytes)
        picture = picture.resize((max(1, picture.width * 2 // 3), max(1, picture.height * 2 // 3)))


def write_jpeg(picture: Pictures.Image, quality: int = 85) -> bytes:
    """Write an RGB picture as JPEG without metadata."""
    out = io.BytesIO()
    clean = Pictures.new("RGB", picture.size)
    clean.paste(picture)
    clean.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
