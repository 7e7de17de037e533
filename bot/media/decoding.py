"""A file to its pixels: bounded, one frame, 8 bits, sRGB, upright, small enough. Runs in child processes.

Everything that a file can do wrong ends as ``Refused``. Pillow reads only the one format that the first bytes announce,
so a file that lies about its type is refused by its own decoder.
"""

import importlib
import io
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

from PIL import Image, ImageFile, PngImagePlugin, UnidentifiedImageError

from .animation import choose_frame, is_animated
from .colour import to_srgb
from .damage import load
from .decoder_settings import without_warnings
from .limits import HEAVY, DecodeLimits
from .refusal import Refused
from .sniffing import ENOUGH, kind_of
from .transparency import flattened

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

T = TypeVar("T")

Image.MAX_IMAGE_PIXELS = None  # the limits here go by memory, and by what a JPEG is reduced to
ImageFile.LOAD_TRUNCATED_IMAGES = True  # metadata never makes a picture damaged; pixels are looked at in `damage`
PngImagePlugin.MAX_TEXT_MEMORY = 256 * 1024 * 1024

_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_BYTES = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2, "I;16L": 2}
"""Bytes a pixel in Pillow's memory; 4 for all other modes."""
_COPIES = {"HEIF": 2.0, "WEBP": 2.0, "AVIF": 2.0, "JXL": 2.5}
"""How many times the pixels are in memory with decoders that hand over whole pictures."""
_COEFFICIENTS = 3
"""Bytes a pixel that a progressive JPEG keeps until its last scan, whatever it is reduced to."""
_OWN = {"AVIF": "AvifImagePlugin", "TIFF": "TiffImagePlugin", "WEBP": "WebPImagePlugin"}
"""Pillow's decoders of kinds that it does not load at first: it would load all it has, which takes 0.05 seconds."""
_DEEP = frozenset({"I", "F"})
_BAND = 60_000
"""Pixels of a band: few enough that its memory is used again for the next one; new memory costs more than reckoning."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file is.

    Attributes:
        width: full width in pixels, upright.
        height: full height in pixels, upright.
        encoding: v7's ``encodingFormat``: jpeg, png, gif, animatedgif, webp, avif, heic, jxl, tiff, bmp;
            mp4 for a video.
        animated: True if there is more than one frame.
        transparent: True if a noticeable part can be seen through.
        damaged: True if a part at its end is missing.
    """

    width: int
    height: int
    encoding: str
    animated: bool
    transparent: bool
    damaged: bool


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture as RGB or RGBA in sRGB, upright, at the size asked for."""

    picture: Image.Image
    facts: Facts


class TooHeavy(Exception):
    """Decoding takes so much memory and time that it has to wait for its turn among heavy ones.

    Args:
        needed: bytes, as estimated.
    """

    def __init__(self, needed: int) -> None:
        super().__init__(needed)
        self.needed = needed


def guarded(work: Callable[[], T]) -> T:
    """Run a piece of decoding; whatever a hostile file makes it raise becomes ``Refused``.

    Raises:
        Refused: with the reason.
        TooHeavy: as the work does.
    """
    try:
        with without_warnings():
            return work()
    except (Refused, TooHeavy):
        raise
    except (Image.DecompressionBombError, MemoryError) as error:
        raise Refused("too-many-pixels", DecodeLimits().pixels) from error
    except Exception as error:
        raise Refused("broken") from error


def checked_kind(data: bytes, limits: DecodeLimits) -> str:
    """Return what kind of file it is.

    Raises:
        Refused: it is larger than a file may be, or no picture and no video.
    """
    if len(data) > limits.file_bytes:
        raise Refused("too-large", limits.file_bytes)
    return kind_of(data[:ENOUGH])


def decode(
    data: bytes,
    edge: int,
    limits: DecodeLimits = DecodeLimits(),  # noqa: B008 (immutable)
    *,
    allow_heavy: bool = True,
    frame: int | None = None,
) -> Decoded:
    """Decode the frame of a picture that stands for it, its longest side at most ``edge`` pixels.

    ``frame`` wants one of a video's frames to choose from instead, from 0; it says nothing of pictures.

    Raises:
        Refused: the bytes cannot be taken.
        TooHeavy: it needs much memory and ``allow_heavy`` is False.
    """
    kind = checked_kind(data, limits)
    if kind in {"JXL", "VIDEO"} and not allow_heavy:
        raise TooHeavy(limits.memory)  # what they need is not known before
    if kind == "VIDEO":
        return _still(data, edge, limits, frame)
    return guarded(lambda: _decode(data, kind, edge, limits, allow_heavy=allow_heavy))


def open_file(data: bytes, kind: str) -> Image.Image:
    """Open a picture of a kind, without decoding its pixels yet.

    Raises:
        Refused: it is not what its first bytes say, or of a variant that is not read.
    """
    _register(kind)
    try:
        return Image.open(io.BytesIO(data), formats=[kind])
    except UnidentifiedImageError as error:
        raise Refused("broken") from error


def _register(kind: str) -> None:
    """Load the decoder of a kind that Pillow has no own for, or that it does not load at first."""
    try:
        if kind in _OWN:
            importlib.import_module(f"PIL.{_OWN[kind]}")
        elif kind == "HEIF":
            import pi_heif  # noqa: PLC0415 (only where such a file comes)  # pyright: ignore[reportMissingTypeStubs]

            cast("Any", pi_heif).register_heif_opener(thumbnails=False, decode_threads=1)
        elif kind == "JXL":
            from pillow_jxl import JpegXLImagePlugin  # noqa: PLC0415 (as above)

            JpegXLImagePlugin.DECODE_THREADS = 0
    except ImportError as error:
        raise Refused("no-decoder") from error


def _decode(data: bytes, kind: str, edge: int, limits: DecodeLimits, *, allow_heavy: bool) -> Decoded:
    picture = open_file(data, kind)
    full = picture.size
    _check_size(full[0] * full[1], limits.declared_pixels if kind == "JPEG" else limits.pixels)
    animated = is_animated(picture)
    reopen = _reopener(kind, full, edge)
    if not animated:
        picture = reopen(data)
    needed = _memory(picture, full, animated=animated)
    _check_size(picture.width * picture.height, limits.pixels)
    if needed > limits.memory:
        pixels = max(1, full[0] * full[1])
        raise Refused("too-many-pixels", limits.memory // max(1, needed // pixels), pixels=pixels)
    if needed > HEAVY and not allow_heavy:
        raise TooHeavy(needed)
    if animated:
        picture.seek(choose_frame(picture))
    loaded, damaged = load(picture, data, reopen)
    turn = _orientation(loaded)
    result = _finished(loaded, edge, turn)
    width, height = (full[1], full[0]) if turn >= 5 else full
    return Decoded(result, Facts(width, height, _encoding(kind, animated=animated), animated,
                                 _is_transparent(result), damaged))  # fmt: skip


def _reopener(kind: str, full: tuple[int, int], edge: int) -> Callable[[bytes], Image.Image]:
    """Return how the file is opened for decoding: a JPEG at the smallest fraction that is large enough."""

    def reopen(data: bytes) -> Image.Image:
        picture = open_file(data, kind)
        if max(full) > edge:
            factor = edge / max(full)
            picture.draft(None, (max(1, round(full[0] * factor)), max(1, round(full[1] * factor))))
        return picture

    return reopen


def _check_size(pixels: int, most: int) -> None:
    if pixels > most:
        raise Refused("too-many-pixels", most, pixels=pixels)


def _memory(picture: Image.Image, full: tuple[int, int], *, animated: bool) -> int:
    """Estimate the bytes that decoding takes."""
    kind = picture.format or ""
    copies = 3.0 if animated else _COPIES.get(kind, 1.0)
    needed = int(picture.width * picture.height * (4 if animated else _BYTES.get(picture.mode, 4)) * copies)
    if picture.info.get("progressive") or picture.info.get("progression"):
        needed += full[0] * full[1] * _COEFFICIENTS
    return needed


def _encoding(kind: str, *, animated: bool) -> str:
    if kind == "GIF" and animated:
        return "animatedgif"
    return {"HEIF": "heic"}.get(kind, kind.lower())


def _orientation(picture: Image.Image) -> int:
    """Return EXIF's orientation where it is to be followed: decoders of TIFF, HEIC and JPEG XL turn by themselves."""
    if picture.format in {"TIFF", "HEIF"} or (picture.format == "JXL" and not getattr(picture, "jpeg", False)):
        return 1
    with suppress(Exception):  # broken EXIF is no EXIF
        turn: Any = picture.getexif().get(_ORIENTATION, 1)
        return turn if isinstance(turn, int) and 1 <= turn <= 8 else 1
    return 1


def _finished(picture: Image.Image, edge: int, turn: int) -> Image.Image:
    """Shrink, bring to sRGB and turn upright; colours are reckoned on few pixels."""
    small = _reduced(picture, edge)
    if not _is_deep(small):
        small = shrunk(_averaged(small), edge)
    small = shrunk(to_srgb(small, picture), edge)
    if turn in _TURNS:
        small = small.transpose(_TURNS[turn])
    small.info = {}
    return small


def shrunk(picture: Image.Image, edge: int) -> Image.Image:
    """Return the picture with its longest side at most ``edge``, never enlarged."""
    longest = max(picture.size)
    if longest <= edge:
        return picture
    width, height = (max(1, round(side * edge / longest)) for side in picture.size)
    return picture.resize((width, height), Image.Resampling.BICUBIC, reducing_gap=2.0)


def _reduced(picture: Image.Image, edge: int) -> Image.Image:
    """Return a very large picture divided by a whole number, band by band: no second copy of all its pixels is made.

    Its longest side is still at least ``edge``.
    """
    factor = max(picture.size) // edge
    if factor < 2:
        return picture
    rows = factor * max(1, _BAND // (picture.width * factor))
    size = -(-picture.width // factor), -(-picture.height // factor)
    result: Image.Image | None = None
    for top in range(0, picture.height, rows):
        band = _reduced_band(picture.crop((0, top, picture.width, min(picture.height, top + rows))), factor)
        result = result or Image.new(band.mode, size)
        result.paste(band, (0, top // factor))
    return result or picture


def _reduced_band(band: Image.Image, factor: int) -> Image.Image:
    if _is_deep(band):
        import numpy as np  # noqa: PLC0415 (as in `transparency`)

        return Image.fromarray(np.asarray(band, dtype=np.float32)).reduce(factor)
    return _averaged(band).reduce(factor)


def _is_deep(picture: Image.Image) -> bool:
    return picture.mode in _DEEP or picture.mode.startswith("I;16")


def _averaged(picture: Image.Image) -> Image.Image:
    """Return a picture of 8 bits in a mode whose neighbouring pixels can be averaged: no palette, no mask."""
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode in {"L", "RGB", "CMYK", "LAB"}:
        return picture
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _is_transparent(picture: Image.Image) -> bool:
    if picture.mode != "RGBA":
        return False
    seen = sum(picture.getchannel("A").histogram()[129:])
    return seen < 0.99 * picture.width * picture.height


def _still(data: bytes, edge: int, limits: DecodeLimits, number: int | None) -> Decoded:
    """Return a still of a video: that one of its frames to choose from, or one that shows something.

    Raises:
        Refused: it cannot be read; ``video`` without PyAV.
    """
    from .video import frames, still  # noqa: PLC0415 (an extra)

    if number is None:
        picture = guarded(lambda: still(data, limits.pixels // 2))
    else:
        picture = guarded(lambda: frames(data, limits.pixels // 2, number + 1)[number].picture)
    width, height = picture.size
    return Decoded(shrunk(picture, edge), Facts(width, height, "mp4", animated=True, transparent=False, damaged=False))


def pixels_of(decoded: Decoded) -> "tuple[NDArray[np.uint8], NDArray[np.bool_] | None]":
    """Return ``uint8 [h, w, 3]`` on a ground, and ``bool [h, w]`` of what can be seen, None if all can."""
    import numpy as np  # noqa: PLC0415 (as in `transparency`)

    picture = decoded.picture
    rgb = np.ascontiguousarray(flattened(picture))
    if picture.mode != "RGBA":
        return rgb, None
    alpha = np.asarray(picture.getchannel("A"))
    return rgb, None if int(alpha.min()) > 250 else alpha > 128
