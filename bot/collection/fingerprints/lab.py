"""The two colour axes of CIE L*a*b*, bit for bit as OpenCV has them for pictures of 8 bits a channel.

OpenCV makes its tables with the first conversion, those for floating point too, which takes 0.14 seconds of processor
time in each process that indexes a picture; here they are whole numbers and take less than a thousandth of that.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.collection.arrays import Bytes, Floats

Integers = NDArray[np.int32]

_LINEAR = 255 * 8
"""What full light is in whole numbers."""
_WEIGHT_BITS, _ROOT_BITS = 12, 15
_TO_XYZ = np.array([[0.412453, 0.357580, 0.180423], [0.212671, 0.715160, 0.072169], [0.019334, 0.119193, 0.950227]])
"""Of sRGB's red, green and blue."""
_WHITE = np.array([[0.950456], [1.0], [1.088754]])
"""Daylight, D65."""
_BELOW, _ABOVE = 49, 628
"""Roots so near to a half that OpenCV, in single precision, rounds them to the other side."""


class _Tables(NamedTuple):
    """Light of each level of a channel, weights of the channels, and roots of each sum of them."""

    light: Integers
    weights: Integers
    roots: Integers


@cache
def _tables() -> _Tables:
    level = np.arange(256) / 255
    light = np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4)
    share = np.arange(_LINEAR + 1) / _LINEAR
    roots = np.where(share < 216 / 24389, share * (841 / 108) + 16 / 116, np.cbrt(share))
    tables = _Tables(
        _whole(light * _LINEAR), _whole((_TO_XYZ / _WHITE).T * (1 << _WEIGHT_BITS)), _whole(roots * (1 << _ROOT_BITS))
    )
    tables.roots[[_BELOW, _ABOVE]] += np.array([-1, 1], dtype=np.int32)
    return tables


def _whole(values: NDArray[np.float64]) -> Integers:
    return np.rint(values).astype(np.int32)


def colour_axes(pixels: Bytes) -> tuple[Floats, Floats]:
    """From green to red and from blue to yellow, 0 where there is no colour.

    Args:
        pixels: RGB, ``uint8 [n, 3]``.
    """
    tables = _tables()
    x, y, z = tables.roots[_rounded(tables.light[pixels] @ tables.weights, _WEIGHT_BITS)].T
    axes = _rounded(500 * (x - y), _ROOT_BITS), _rounded(200 * (y - z), _ROOT_BITS)
    return axes[0].astype(np.float32), axes[1].astype(np.float32)


def _rounded(values: Integers, bits: int) -> Integers:
    """Divide by a power of two, halves rounded up."""
    return (values + (1 << bits - 1)) >> bits
