"""Formats and what is done to them: the decoding itself. `test_doors` has the ways in."""

import numpy as np
import pytest
from PIL import Image

from bot.media.decoding import decode, pixels_of

from .made import COLOUR, GREY, ink, scene

ENCODINGS = {
    "jpeg": "jpeg", "png": "png", "apng": "png", "webp": "webp", "avif": "avif", "heic": "heic", "tiff": "tiff",
    "bigtiff": "tiff", "bmp": "bmp", "video": "mp4", "webm": "mp4",
}  # fmt: skip
MOVING = {"apng", "gif that begins empty", "gif that begins at once", "webp that begins empty", "video", "webm"}


def difference(rgb: np.ndarray, wanted: Image.Image) -> float:
    """Mean distance of two pictures in levels, made small first so that edges of compression do not count."""
    sizes = (60, 40)
    one, other = (np.asarray(p.resize(sizes, Image.Resampling.BOX), np.float64) for p in (Image.fromarray(rgb), wanted))
    return float(np.abs(one - other).mean())


@pytest.mark.parametrize("name", COLOUR)
def test_every_file_shows_the_scene(name: str) -> None:
    decoded = decode(COLOUR[name](), 1024)
    rgb, opaque = pixels_of(decoded)
    assert decoded.picture.size == (240, 160)
    assert (decoded.facts.width, decoded.facts.height) == (240, 160)
    assert difference(rgb, scene()) < (14 if "cmyk" in name else 6), name
    assert opaque is None
    assert decoded.facts.animated == (name in MOVING)
    encoding = "jxl" if name.startswith("jpeg xl") else ENCODINGS.get(name.split(maxsplit=1)[0])
    if name.startswith("gif"):
        encoding = "animatedgif" if name in MOVING else "gif"
    assert decoded.facts.encoding == encoding
    assert not decoded.facts.damaged


@pytest.mark.parametrize("name", GREY)
def test_every_grey_file_keeps_its_contrast(name: str) -> None:
    decoded = decode(GREY[name](), 1024)
    assert difference(pixels_of(decoded)[0], scene().convert("L").convert("RGB")) < 4


@pytest.mark.parametrize("name", COLOUR)
def test_small_is_like_whole(name: str) -> None:
    rgb, _ = pixels_of(decode(COLOUR[name](), 60))
    assert rgb.shape == (40, 60, 3)
    assert difference(rgb, scene()) < (14 if "cmyk" in name else 7), name


@pytest.mark.parametrize("colour", [(255, 255, 255), (0, 0, 0), (250, 240, 200), (128, 128, 128), (200, 30, 30)])
def test_ink_on_a_clear_ground_stays_visible(colour: tuple[int, int, int]) -> None:
    rgb, opaque = pixels_of(decode(ink(colour), 1024))
    assert opaque is not None
    light = np.asarray(Image.fromarray(rgb).convert("L"), np.float64)
    assert abs(light[opaque].mean() - light[~opaque].mean()) > 48
