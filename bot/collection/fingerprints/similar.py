"""A 256-bit code for looks: colour and layout, not meaning.

Colour histograms of four quarters and gradient directions at 128 pixels, thrown onto 256 fixed directions, so that
finding similar pictures is the same search over codes as finding copies.
"""

from __future__ import annotations

import hashlib
from functools import cache

import numpy as np
from numpy.typing import NDArray

from bot.collection.arrays import BITS, Bytes, Codes, Floats, gray, pack
from bot.collection.opencv import cv2

_EDGE = 128
_HUES, _SATURATIONS, _VALUES = 12, 3, 4
_CELL, _ANGLES = 16, 8
_COARSE, _LEAST_CONTRAST = 32, 12.0
_TONES, _FEW = 3, 0.5
"""At least this share of the pixels in so many tones, each with its neighbours: 0.6 to 0.96 of screenshots, pages and
drawings, 0.47 at most of photographs of the half that this was chosen on but those of one thing on a plain ground."""
_COLOUR_WEIGHT = 0.7
_COLOUR_LENGTH = 4 * _HUES * _SATURATIONS * _VALUES
_SHAPE_LENGTH = (_EDGE // _CELL) ** 2 * _ANGLES
_LENGTH = _COLOUR_LENGTH + _SHAPE_LENGTH


def features(picture: Bytes) -> Floats:
    """Describe a picture by `LENGTH` numbers: colours by quarter, then gradient directions by cell."""
    small = np.asarray(cv2.resize(picture, (_EDGE, _EDGE), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return np.concatenate([_colours(small), _shapes(gray(small))])


def has_structure(picture: Bytes) -> bool:
    """False for pictures that show nothing in the large: blank ones, and noise, which averages out to a flat tone."""
    small = gray(np.asarray(cv2.resize(picture, (_COARSE, _COARSE), interpolation=cv2.INTER_AREA), dtype=np.uint8))
    return float(small.astype(np.float32).std()) >= _LEAST_CONTRAST


def has_few_tones(picture: Bytes) -> bool:
    """True for screenshots, pages of text, charts and drawings, whose pixels are for the most part of three tones."""
    counts = np.bincount(gray(picture).ravel(), minlength=256).astype(np.float64)
    share = 0.0
    for _ in range(_TONES):
        together = np.convolve(counts, np.ones(3), "same")
        place = int(together.argmax())
        share += float(together[place])
        counts[max(0, place - 1) : place + 2] = 0
    return share >= _FEW * picture.shape[0] * picture.shape[1]


def _colours(picture: Bytes) -> Floats:
    """Histograms of hue, saturation and value of the four quarters, square roots of shares."""
    hsv = cv2.cvtColor(picture, cv2.COLOR_RGB2HSV).astype(np.int32)
    hue = hsv[..., 0] * _HUES // 180
    saturation = hsv[..., 1] * _SATURATIONS // 256
    value = hsv[..., 2] * _VALUES // 256
    cell = (hue * _SATURATIONS + saturation) * _VALUES + value
    size, half = _HUES * _SATURATIONS * _VALUES, _EDGE // 2
    quarters = [cell[y : y + half, x : x + half] for y in (0, half) for x in (0, half)]
    counts = [np.bincount(q.ravel(), minlength=size) for q in quarters]
    shares = np.concatenate(counts) / (4 * half * half)
    return (_COLOUR_WEIGHT * np.sqrt(shares)).astype(np.float32)


def _shapes(picture: Bytes) -> Floats:
    """Gradient directions of 8 x 8 cells, each cell and its three neighbours brought to one length."""
    values = picture.astype(np.float32)
    dx, dy = cv2.Sobel(values, cv2.CV_32F, 1, 0), cv2.Sobel(values, cv2.CV_32F, 0, 1)
    strength = np.sqrt(dx * dx + dy * dy)
    angle = (np.arctan2(dy, dx) % np.pi) * (_ANGLES / np.pi)
    bins = np.minimum(angle.astype(np.int32), _ANGLES - 1)
    across = _EDGE // _CELL
    rows, columns = np.mgrid[0:_EDGE, 0:_EDGE] // _CELL
    flat = ((rows * across + columns) * _ANGLES + bins).ravel()
    sums = np.bincount(flat, weights=strength.ravel(), minlength=_SHAPE_LENGTH).reshape(-1, _ANGLES)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    blended = lengths + 0.5 * lengths.mean() + 1e-3
    cells = np.sqrt(sums / blended).ravel()
    return (cells / max(1e-6, float(np.linalg.norm(cells)))).astype(np.float32)


@cache
def _directions() -> NDArray[np.int8]:
    """256 fixed directions of +1 and -1 as ``int8 [LENGTH, 256]``; every row of signs sums to about nothing."""
    data = hashlib.shake_256(b"magpie looks 1").digest(_LENGTH * BITS // 8)
    bits = np.unpackbits(np.frombuffer(data, dtype=np.uint8)).reshape(BITS, _LENGTH).astype(np.int8)
    return np.ascontiguousarray((2 * bits - 1).T)


def similarity_code(picture: Bytes) -> Codes:
    """The code of an RGB picture for looks, ``uint64 [4]``."""
    vector = features(picture)
    # Shares are never negative; taking each block's mean away keeps the bits even.
    colours, shapes = vector[:_COLOUR_LENGTH], vector[_COLOUR_LENGTH:]
    centred = np.concatenate([colours - colours.mean(), shapes - shapes.mean()])
    return pack(centred @ _directions().astype(np.float32) > 0)
