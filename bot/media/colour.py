"""Converts any mode and colour profile to 8 bits a channel, sRGB, RGB or RGBA."""

import io
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from PIL import Image, ImageCms

if TYPE_CHECKING:
    import numpy as np

_MOST_PROFILE = 4 * 1024 * 1024
_SPACES = {"RGB": "RGB", "RGBA": "RGB", "L": "GRAY", "CMYK": "CMYK", "LAB": "Lab"}
_WHITE_IS_ZERO = 0
_PHOTOMETRIC = 262
_SRGB_GAMMA = 1 / 2.2
_STEPS = (255.0, 1023.0, 4095.0, 16383.0, 65535.0)
"""The largest values of 8, 10, 12, 14 and 16 bits: a camera's 12 bits in a file of 16 would be nearly black else."""


def to_srgb(picture: Image.Image, source: Image.Image) -> Image.Image:
    """Return a picture as RGB or RGBA in sRGB.

    Args:
        picture: the pixels, perhaps reduced already.
        source: the opened file, whose profile and tags say what the numbers mean.
    """
    plain = eight_bit(picture, source)
    profile = source.info.get("icc_profile")
    converted = None
    if isinstance(profile, bytes) and 0 < len(profile) <= _MOST_PROFILE:
        converted = _by_profile(plain, profile)
    elif source.format == "PNG" and "srgb" not in source.info:
        converted = _by_gamma(plain, source.info.get("gamma"))
    result = converted or plain
    if result.mode not in {"RGB", "RGBA"}:
        result = result.convert("RGBA" if result.has_transparency_data else "RGB")
    return result


def eight_bit(picture: Image.Image, source: Image.Image) -> Image.Image:
    """Return L, RGB, RGBA, CMYK or LAB with 8 bits a channel; palettes and masks are resolved."""
    mode = picture.mode
    if mode.startswith("I;16") or mode in {"I", "F"}:
        return _narrowed(picture, inverted=_is_inverted(source))
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if mode in {"RGB", "L", "CMYK", "LAB"}:
        return picture
    return picture.convert("L" if mode == "1" else "RGB")


def _is_inverted(source: Image.Image) -> bool:
    """True for TIFFs whose zero is white: Pillow turns those of 8 bits, but not the deeper ones."""
    tags = getattr(source, "tag_v2", None)
    return tags is not None and tags.get(_PHOTOMETRIC) == _WHITE_IS_ZERO


def _narrowed(picture: Image.Image, *, inverted: bool) -> Image.Image:
    """Bring 16-bit, 32-bit and floating grey to 8 bits so that what is in it can be seen."""
    import numpy as np  # noqa: PLC0415 (as in `transparency`)

    values = np.asarray(picture, dtype=np.float32)
    values = np.nan_to_num(values, nan=0.0, posinf=float(np.finfo(np.float32).max), neginf=0.0)
    low, high = _range(values, floating=picture.mode == "F")
    scaled = np.clip((values - low) * (255.0 / max(1e-9, high - low)), 0, 255).astype(np.uint8)
    return Image.fromarray(255 - scaled if inverted else scaled)


def _range(values: "np.ndarray[tuple[int, ...], np.dtype[np.float32]]", *, floating: bool) -> tuple[float, float]:
    """Return what counts as black and as white: the type's range where it is known, else the picture's own."""
    least, most = float(values.min(initial=0.0)), float(values.max(initial=0.0))
    if least < 0:
        return least, most
    if floating and most <= 1.0:
        return 0.0, 1.0
    return 0.0, next((step for step in _STEPS if most <= step), most)


def _by_profile(picture: Image.Image, profile: bytes) -> Image.Image | None:
    """Return the picture converted by its profile; None where the profile is broken or of another colour space."""
    with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if cast("Any", source).profile.xcolor_space.strip() != _SPACES.get(picture.mode):
            return None
        if picture.mode == "RGBA":
            return _with_alpha(_converted(picture.convert("RGB"), source), picture)
        return _converted(picture, source)
    return None


def _converted(picture: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image | None:
    return ImageCms.profileToProfile(picture, profile, _srgb(), ImageCms.Intent.PERCEPTUAL, outputMode="RGB")


def _with_alpha(picture: Image.Image | None, source: Image.Image) -> Image.Image | None:
    if picture is not None:
        picture.putalpha(source.getchannel("A"))
    return picture


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(cast("Any", ImageCms).createProfile("sRGB"))


def _by_gamma(picture: Image.Image, gamma: object) -> Image.Image | None:
    """Apply the gamma that a PNG without a profile declares, as browsers do; None where it is as good as sRGB's."""
    if not isinstance(gamma, float) or not 0.01 <= gamma <= 10 or abs(gamma - _SRGB_GAMMA) < 0.05:
        return None
    curve = [round(255 * (value / 255) ** (_SRGB_GAMMA / gamma)) for value in range(256)]
    bands = picture.split()
    colours = [band.point(curve) for band in bands[:3]]
    return Image.merge(picture.mode, [*colours, *bands[3:]]) if picture.mode in {"L", "RGB", "RGBA"} else None
