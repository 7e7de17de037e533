"""PDQ: the published 256-bit perceptual hash, in numpy and OpenCV.

Written from the description in the ThreatExchange paper "The TMK+PDQF video-hashing algorithm and the PDQ
image-hashing algorithm" (2019): luma, two passes of a box filter along rows and columns, 64 x 64 samples, the first
16 x 16 coefficients of a cosine transform without the constant ones, compared with their median.

Every picture is brought to 512 x 512 first: hashing time would grow with the pixels otherwise.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.collection.arrays import Bytes, Codes, Floats, gray, pack
from bot.collection.opencv import cv2

_PDQ_EDGE = 512
_SAMPLES = 64
_KEPT = 16
_PASSES = 2
_QUALITY_DIVISOR = 90.0


@cache
def _transform() -> Floats:
    """The 16 x 64 cosine matrix of frequencies 1 to 16."""
    frequency = np.arange(1, _KEPT + 1, dtype=np.float64)[:, None]
    place = 2 * np.arange(_SAMPLES, dtype=np.float64)[None, :] + 1
    matrix = np.sqrt(2.0 / _SAMPLES) * np.cos(np.pi / (2 * _SAMPLES) * frequency * place)
    return matrix.astype(np.float32)


class Pdq(NamedTuple):
    """A hash and how far it can be trusted.

    Attributes:
        coefficients: ``float32 [16, 16]``, rows are vertical frequencies 1 to 16.
        quality: 0 to 100; below about 20 the picture is so flat that equal hashes mean nothing.
    """

    coefficients: Floats
    quality: int

    @property
    def code(self) -> Codes:
        """The hash of the picture as it stands, ``uint64 [4]``."""
        return _hash(self.coefficients)


def pdq(picture: Bytes) -> Pdq:
    """Hash an RGB or gray picture of any size.

    Args:
        picture: ``uint8 [h, w, 3]`` or ``uint8 [h, w]``, at least 1 x 1.
    """
    shrink = max(picture.shape[:2]) > _PDQ_EDGE
    how = cv2.INTER_AREA if shrink else cv2.INTER_LINEAR
    square = cv2.resize(picture, (_PDQ_EDGE, _PDQ_EDGE), interpolation=how)
    return pdq_at_working_size(np.asarray(square, dtype=np.uint8))


class Oriented(NamedTuple):
    """Hashes of a picture in its eight orientations, and how far they can be trusted.

    Attributes:
        codes: ``uint64 [8, 4]``: as is, mirrored left-right, mirrored top-bottom, turned by 180 degrees, then the same
            four transposed. The hash of the inverted picture is the complement of each.
        quality: 0 to 100, as of `Pdq`.
    """

    codes: Codes
    quality: int


def orientations(picture: Bytes) -> Oriented:
    """Hash a picture and its mirrorings at once; a bit or so off `pdq`, which a search does not feel.

    The published short cut (changing signs of coefficients) is 20 bits off on average, because the box filter leans
    right. But filter and sampling are linear and sparse, so the mirrored ones cost next to nothing.
    """
    light = gray(picture)
    how = cv2.INTER_AREA if max(light.shape) > _PDQ_EDGE else cv2.INTER_LINEAR
    square = cv2.resize(light, (_PDQ_EDGE, _PDQ_EDGE), interpolation=how).astype(np.float32)
    matrix, leans = _transform(), _both_leans()
    down = [_sampled(square, lean) for lean in leans]
    samples = [[_sampled(part.T, lean).T for lean in leans] for part in down]
    four = [np.asarray(matrix @ values @ matrix.T, np.float32) for row in samples for values in row]
    codes = np.stack([_hash(part) for part in four] + [_hash(part.T) for part in four])
    return Oriented(codes, _quality(samples[0][0]))


class _Lean(NamedTuple):
    """Where the filter's samples along a side of 512 pixels lie and what each weighs, ``[64, 7]`` both."""

    places: NDArray[np.intp]
    weights: Floats


def _upright() -> _Lean:
    """Two passes of the box filter are one window of seven pixels at each place, cut off where the picture ends."""
    size = -(-_PDQ_EDGE // (2 * _SAMPLES))
    box = np.zeros((_PDQ_EDGE, _PDQ_EDGE))
    left = size - (size + 2) // 2
    for centre, row in enumerate(box):
        held = row[max(0, centre - left) : centre - left + size]
        held[:] = 1 / len(held)
    centres = ((np.arange(_SAMPLES) + 0.5) * _PDQ_EDGE / _SAMPLES).astype(np.intp)
    places = centres[:, None] - 2 * left + np.arange(2 * (size - 1) + 1)
    places = np.minimum(places, _PDQ_EDGE - 1)
    window = np.take_along_axis(box[centres] @ box, places, axis=1).astype(np.float32)
    window[:, 1:][places[:, 1:] == places[:, :-1]] = 0  # the last pixel counts once
    return _Lean(places, window)


def _mirrored(lean: _Lean) -> _Lean:
    return _Lean(_PDQ_EDGE - 1 - lean.places, lean.weights)


@cache
def _both_leans() -> tuple[_Lean, _Lean]:
    return _upright(), _mirrored(_upright())


def _sampled(values: Floats, lean: _Lean) -> Floats:
    """Filter and sample rows ``[512, n]`` to ``[64, n]``; not one matrix product, which would wake other threads."""
    total = np.zeros((_SAMPLES, values.shape[1]), dtype=np.float32)
    for column in range(lean.places.shape[1]):
        total += lean.weights[:, column, None] * values[lean.places[:, column]]
    return total


def pdq_at_working_size(picture: Bytes) -> Pdq:
    """Hash a picture at the size it has, exactly as published; `pdq` scales first."""
    samples = _decimate(_jarosz(_luma(picture)))
    matrix = _transform()
    coefficients = (matrix @ samples @ matrix.T).astype(np.float32, copy=False)
    return Pdq(coefficients, _quality(samples))


def _luma(picture: Bytes) -> Floats:
    if picture.ndim == 2:
        return picture.astype(np.float32)
    weights = np.array([[0.299, 0.587, 0.114]], dtype=np.float32)
    return np.asarray(cv2.transform(picture.astype(np.float32), weights), dtype=np.float32)


def _jarosz(luma: Floats) -> Floats:
    """Two passes of box filters; at the edges a box counts only what is inside the picture."""
    height, width = luma.shape
    across, down = -(-width // (2 * _SAMPLES)), -(-height // (2 * _SAMPLES))
    # The published window leans right: `left` samples before the centre, the rest after it.
    anchor = (across - (across + 2) // 2, down - (down + 2) // 2)
    size = (across, down)

    def boxes(values: Floats) -> Floats:
        box = cv2.boxFilter(values, cv2.CV_32F, size, anchor=anchor, normalize=False, borderType=cv2.BORDER_CONSTANT)
        return np.asarray(box, dtype=np.float32)

    inside = boxes(np.ones_like(luma))
    for _ in range(_PASSES):
        luma = boxes(luma) / inside
    return luma


def _decimate(values: Floats) -> Floats:
    height, width = values.shape
    centres = np.arange(_SAMPLES) + 0.5
    rows = (centres * height / _SAMPLES).astype(np.intp)
    columns = (centres * width / _SAMPLES).astype(np.intp)
    return np.ascontiguousarray(values[rows][:, columns])


def _hash(coefficients: Floats) -> Codes:
    flat = coefficients.ravel()
    median = np.partition(flat, flat.size // 2 - 1)[flat.size // 2 - 1]
    return pack(flat > median)


def _quality(samples: Floats) -> int:
    """Sum of the steps between neighbouring samples, whole hundredths of the range each, capped at 100."""
    down = np.abs(np.trunc(np.diff(samples, axis=0) * 100 / 255)).sum()
    across = np.abs(np.trunc(np.diff(samples, axis=1) * 100 / 255)).sum()
    return int(min(100.0, (down + across) / _QUALITY_DIVISOR))
