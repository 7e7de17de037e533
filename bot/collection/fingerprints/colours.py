"""Naming the colours of a picture in v7's words, and its accent colour."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.collection.arrays import Bytes, Floats
from bot.collection.opencv import cv2

from .lab import colour_axes

COLOUR_NAMES = (
    "Black", "Blue", "Brown", "Gray", "Green", "Orange", "Pink", "Purple", "Red", "Teal", "White", "Yellow",
)  # fmt: skip
"""v7's colour names, in the order of their bits."""

_EDGE = 96
_LEAST = {"Black": 0.35, "White": 0.4, "Gray": 0.35}
_LEAST_COLOUR = 0.22
_VIVID = 0.5
_LEAST_VIVID = 0.06
"""A subject on a plain ground is named by its colour: the most common vivid one, if it covers this share."""
_GRAY_CHROMA = 14.0
# Upper hue bounds in degrees of the pure colours; a hue above the last is red again.
_HUES = (
    (14, "Red"),
    (42, "Orange"),
    (68, "Yellow"),
    (160, "Green"),
    (196, "Teal"),
    (255, "Blue"),
    (292, "Purple"),
    (338, "Pink"),
    (361, "Red"),
)


_Hsv = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]
"""Hue in degrees, saturation and value (0 to 1) of each pixel."""


class Colours(NamedTuple):
    """What colours a picture has.

    Attributes:
        dominant: v7 names of the colours that a person would name, most covering first; at least one.
        monochrome: True for black and white, gray and single-tint pictures.
        accent: six upper-case hex digits.
    """

    dominant: tuple[str, ...]
    monochrome: bool
    accent: str


def colours(picture: Bytes, opaque: NDArray[np.bool_] | None = None) -> Colours:
    """Name the colours of an RGB picture.

    Args:
        picture: ``uint8 [h, w, 3]``.
        opaque: ``bool [h, w]``, the pixels that can be seen; all if None.
    """
    height, width = picture.shape[:2]
    factor = min(1.0, _EDGE / max(height, width))
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    small = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    pixels = small.reshape(-1, 3)
    if opaque is not None:
        seen = cv2.resize(opaque.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST).ravel() > 0
        pixels = pixels[seen] if seen.any() else pixels
    hsv = _hsv(pixels)
    named = _named(hsv)
    shares = np.bincount(named, minlength=len(COLOUR_NAMES)) / named.size
    order = np.argsort(-shares, kind="stable")
    ranked = [(COLOUR_NAMES[int(i)], float(shares[int(i)])) for i in order]
    subject = _subject(hsv, named)
    covering = {name for name, share in ranked if share >= _LEAST.get(name, _LEAST_COLOUR)} or {ranked[0][0]}
    picked = tuple(name for name, _ in ranked if name in covering or name == subject)
    return Colours(picked, _monochrome(pixels), _accent(pixels, hsv))


def _hsv(pixels: Bytes) -> _Hsv:
    values = cv2.cvtColor(pixels.reshape(1, -1, 3).astype(np.float32) / 255, cv2.COLOR_RGB2HSV)[0]
    return values[:, 0], values[:, 1], values[:, 2]


def _named(hsv: _Hsv) -> NDArray[np.intp]:
    """Index into `NAMES` for each pixel."""
    hue, saturation, value = hsv
    chroma = saturation * value
    bounds = np.array([bound for bound, _ in _HUES], dtype=np.float32)
    pure = np.array([COLOUR_NAMES.index(name) for _, name in _HUES], dtype=np.intp)
    result = pure[np.minimum(np.searchsorted(bounds, hue, side="right"), len(pure) - 1)]
    warm = (hue < 50) | (hue >= 345)
    brown = warm & (chroma >= 0.1) & (value < 0.68) & ((hue >= 14) & (hue < 50) | (saturation < 0.55))
    result = np.where(brown, COLOUR_NAMES.index("Brown"), result)
    pink = ((hue >= 320) | (hue < 14)) & (saturation < 0.55) & (value > 0.7)
    result = np.where(pink, COLOUR_NAMES.index("Pink"), result)
    dull = (chroma < 0.1) | (saturation < 0.12)
    neutral = np.select(
        [value < 0.2, value > 0.86],
        [COLOUR_NAMES.index("Black"), COLOUR_NAMES.index("White")],
        COLOUR_NAMES.index("Gray"),
    )
    result = np.where(dull, neutral, result)
    return np.where(value < 0.13, COLOUR_NAMES.index("Black"), result)


def _subject(hsv: _Hsv, named: NDArray[np.intp]) -> str | None:
    """Return the colour of most vivid pixels, None if there are few or no colour has more than half of them."""
    _, saturation, value = hsv
    counts = np.bincount(named[saturation * value >= _VIVID], minlength=len(COLOUR_NAMES))
    best = int(counts.argmax())
    enough = counts[best] >= _LEAST_VIVID * named.size and 2 * counts[best] > counts.sum()
    return COLOUR_NAMES[best] if enough else None


def _monochrome(pixels: Bytes) -> bool:
    """True if colour is (nearly) absent or the picture has one tint only, as sepia has."""
    a, b = colour_axes(pixels)
    chroma = np.hypot(a, b)
    if _reached(chroma, 0.98) < _GRAY_CHROMA:
        return True
    tinted = chroma > 6
    if chroma.max() > 45 or tinted.mean() < 0.3:
        return False
    angle = np.arctan2(b[tinted], a[tinted])
    return bool(np.hypot(np.cos(angle).mean(), np.sin(angle).mean()) > 0.985)


def _reached(values: Floats, share: float) -> float:
    """Return what this share of the values reaches at most: np.quantile, which would load numpy.ma for 0.01 seconds."""
    below, part = divmod(share * (values.size - 1), 1)
    places = int(below), min(int(below) + 1, values.size - 1)
    least, most = np.partition(values, places)[list(places)].tolist()
    return least + part * (most - least)


def _accent(pixels: Bytes, hsv: _Hsv) -> str:
    """The colour that stands out: the most common of 4,096, vivid ones counting more."""
    coarse = (pixels.astype(np.int32) >> 4) @ np.array([256, 16, 1], dtype=np.int32)
    _, saturation, value = hsv
    weights = 0.15 + saturation * value
    sums = np.bincount(coarse, weights=weights, minlength=4096)
    best = pixels[coarse == int(sums.argmax())].mean(axis=0).round().astype(int)
    return "".join(f"{int(channel):02X}" for channel in best)
