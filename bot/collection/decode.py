"""Reading pictures safely: what the bytes say they are, bounded pixels, one frame, turned upright.

Everything that a file can do wrong ends as `Refused` with a plain reason. Pillow reads only the one format that the
first bytes announce, so a file that lies about its type is refused by its own decoder.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from .arrays import Bytes

T = TypeVar("T")

MAX_BYTES = 64 * 1024 * 1024
MAX_PIXELS = 80_000_000
MAX_SIDE = 30_000
WORKING_EDGE = 1024
"""Longest side of a decoded picture; fingerprints need no more."""


class Why(StrEnum):
    """Why a file was refused."""

    EMPTY = "the file is empty"
    TOO_LARGE = "the file is too large"
    NOT_A_PICTURE = "not a picture of a kind that is read here (JPEG, PNG, GIF, WebP, AVIF, TIFF, BMP)"
    VECTOR = "vector graphics (SVG) are not read"
    TOO_MANY_PIXELS = "the picture has too many pixels"
    BROKEN = "the picture is broken or cut short"


class Refused(Exception):
    """A file that is not taken.

    Args:
        why: the reason.
        limit: the limit that was passed, in bytes or pixels, where there is one.
    """

    def __init__(self, why: Why, limit: int | None = None) -> None:
        super().__init__(why.value)
        self.why = why
        self.limit = limit


@dataclass(frozen=True, slots=True)
class Decoded:
    """The first frame of a picture, upright, at working size.

    Attributes:
        rgb: ``uint8 [h, w, 3]``, see-through parts on white.
        opaque: ``bool [h, w]`` of the pixels that can be seen, None if all can.
        width: full width in pixels after turning upright.
        height: full height in pixels after turning upright.
        encoding: v7's ``encodingFormat``: jpeg, png, gif, animatedgif, webp, avif, tiff, bmp.
        animated: True if there is more than one frame.
        transparent: True if a noticeable part can be seen through.
    """

    rgb: Bytes
    opaque: NDArray[np.bool_] | None
    width: int
    height: int
    encoding: str
    animated: bool
    transparent: bool


def sniff(data: bytes) -> str | None:
    """Name the format that the first bytes announce, in Pillow's words; None for anything else."""
    head = data[:16]
    plain = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG", b"GIF87a": "GIF", b"GIF89a": "GIF", b"BM": "BMP",
             b"II*\0": "TIFF", b"MM\0*": "TIFF"}  # fmt: skip
    for magic, name in plain.items():
        if head.startswith(magic):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp" and head[8:12] in {b"avif", b"avis", b"mif1", b"msf1"}:
        return "AVIF"
    return None


def open_picture(data: bytes, max_pixels: int = MAX_PIXELS) -> Image.Image:
    """Open a picture without decoding its pixels yet.

    Raises:
        Refused: the bytes are no picture of a known kind, or it is too large.
    """
    if not data:
        raise Refused(Why.EMPTY)
    if len(data) > MAX_BYTES:
        raise Refused(Why.TOO_LARGE, MAX_BYTES)
    kind = sniff(data)
    if kind is None:
        start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        raise Refused(Why.VECTOR if start.startswith(b"<") and b"<svg" in data[:4096].lower() else Why.NOT_A_PICTURE)

    picture = guarded(lambda: Image.open(io.BytesIO(data), formats=[kind]))
    width, height = picture.size
    if width * height > max_pixels or max(width, height) > MAX_SIDE:
        raise Refused(Why.TOO_MANY_PIXELS, max_pixels)
    return picture


def guarded(work: Callable[[], T]) -> T:
    """Run a piece of decoding; whatever a hostile file makes it raise becomes `Refused`.

    Raises:
        Refused: with the reason.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return work()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise Refused(Why.TOO_MANY_PIXELS, MAX_PIXELS) from error
    except UnidentifiedImageError as error:
        raise Refused(Why.BROKEN) from error
    except Refused:
        raise
    except Exception as error:
        raise Refused(Why.BROKEN) from error


def decode(data: bytes, edge: int = WORKING_EDGE, max_pixels: int = MAX_PIXELS) -> Decoded:
    """Decode the first frame of a picture, its longest side at most `edge`.

    Raises:
        Refused: the bytes cannot be taken.
    """
    picture = open_picture(data, max_pixels)
    return guarded(lambda: _decode(picture, edge))


def _decode(picture: Image.Image, edge: int) -> Decoded:
    encoding = (picture.format or "").lower()
    animated = bool(getattr(picture, "is_animated", False))
    if animated:
        picture.seek(0)
    full = picture.size
    if full[0] * full[1] > edge * edge:
        picture.draft("RGB", (edge, edge))
    picture.load()
    turned = picture.getexif().get(0x0112, 1) in {5, 6, 7, 8}
    small = upright(shrunk(eight_bit(picture), edge))
    rgb, opaque = _on_white(small)
    return Decoded(
        rgb=rgb,
        opaque=opaque,
        width=full[1] if turned else full[0],
        height=full[0] if turned else full[1],
        encoding="animatedgif" if animated and encoding == "gif" else encoding,
        animated=animated,
        transparent=opaque is not None and float(opaque.mean()) < 0.99,
    )


def eight_bit(picture: Image.Image) -> Image.Image:
    """Return the picture as RGB or RGBA with 8 bits a channel, its orientation mark kept."""
    mode = picture.mode
    if mode in {"RGB", "RGBA"}:
        return picture
    if mode.startswith("I;16") or mode in {"I", "F"}:
        return _narrowed(picture)
    see_through = mode in {"LA", "PA", "RGBa", "La"} or "transparency" in picture.info
    return picture.convert("RGBA" if see_through else "RGB")


def _narrowed(picture: Image.Image) -> Image.Image:
    """Bring 16-bit, 32-bit and floating gray to 8 bits by its type's range, or its own where that is unknown."""
    values = np.nan_to_num(np.asarray(picture, dtype=np.float64))
    low, high = (0.0, 65535.0) if values.min() >= 0 and values.max() > 255 else (min(0.0, values.min()), 255.0)
    if values.max() > high:
        high = float(values.max())
    scaled = np.clip((values - low) * (255.0 / max(1e-9, high - low)), 0, 255).astype(np.uint8)
    result = Image.fromarray(scaled).convert("RGB")
    result.info.update({k: v for k, v in picture.info.items() if k == "exif"})
    return result


def shrunk(picture: Image.Image, edge: int) -> Image.Image:
    """Return the picture with its longest side at most `edge`, never enlarged."""
    longest = max(picture.size)
    if longest <= edge:
        return picture
    width, height = (max(1, round(side * edge / longest)) for side in picture.size)
    small = picture.resize((width, height), Image.Resampling.BICUBIC, reducing_gap=2.0)
    exif = picture.getexif()
    if 0x0112 in exif:
        small.getexif()[0x0112] = exif[0x0112]
    return small


def upright(picture: Image.Image) -> Image.Image:
    """Turn the picture as its EXIF orientation says."""
    return ImageOps.exif_transpose(picture)


def _on_white(picture: Image.Image) -> tuple[Bytes, NDArray[np.bool_] | None]:
    if picture.mode != "RGBA":
        return np.ascontiguousarray(picture.convert("RGB")), None
    alpha = np.asarray(picture.getchannel("A"))
    if int(alpha.min()) > 250:
        return np.ascontiguousarray(picture.convert("RGB")), None
    ground = Image.new("RGBA", picture.size, (255, 255, 255, 255))
    return np.ascontiguousarray(Image.alpha_composite(ground, picture).convert("RGB")), alpha > 128
