"""PDQ: the published 256-bit perceptual hash, in numpy and OpenCV.

Written from the description in the ThreatExchange paper "The TMK+PDQF video-hashing algorithm and the PDQ
image-hashing algorithm" (2019): luma, two passes of a box filter along rows and columns, 64 x 64 samples, the first
16 x 16 coefficients of a cosine transform without the constant ones, compared with their median.

Every picture is brought to 512 x 512 first: hashing time would grow with the pixels otherwise.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from .arrays import Bytes, Codes, Floats, fit, gray, pack

WORKING_EDGE = 512
_SAMPLES = 64
_KEPT = 16
_PASSES = 2
_QUALITY_DIVISOR = 90.0


def _transform() -> Floats:
    """The 16 x 64 cosine matrix of frequencies 1 to 16."""
    frequency = np.arange(1, _KEPT + 1, dtype=np.float64)[:, None]
    place = 2 * np.arange(_SAMPLES, dtype=np.float64)[None, :] + 1
    matrix = np.sqrt(2.0 / _SAMPLES) * np.cos(np.pi / (2 * _SAMPLES) * frequency * place)
    return matrix.astype(np.float32)


_MATRIX = _transform()


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
    shrink = max(picture.shape[:2]) > WORKING_EDGE
    how = cv2.INTER_AREA if shrink else cv2.INTER_LINEAR
    square = cv2.resize(picture, (WORKING_EDGE, WORKING_EDGE), interpolation=how)
    return pdq_at_working_size(np.asarray(square, dtype=np.uint8))


def orientations(picture: Bytes) -> Codes:
    """Hashes of a picture in its eight orientations, upright first, ``uint64 [8, 4]``.

    Order: as is, mirrored left-right, mirrored top-bottom, turned by 180 degrees, then the same four transposed.
    The published short cut (changing signs of coefficients) is 20 bits off on average, because the box filter leans
    right; so the four mirrorings are hashed themselves and only the transposition is taken from the coefficients.
    The hash of the inverted picture is the complement of each.
    """
    small = gray(fit(picture, WORKING_EDGE))
    four = [pdq(np.ascontiguousarray(small[::down, ::across])) for down in (1, -1) for across in (1, -1)]
    return np.stack([p.code for p in four] + [_hash(p.coefficients.T) for p in four])


def pdq_at_working_size(picture: Bytes) -> Pdq:
    """Hash a picture at the size it has, exactly as published; `pdq` scales first."""
    samples = _decimate(_jarosz(_luma(picture)))
    coefficients = (_MATRIX @ samples @ _MATRIX.T).astype(np.float32, copy=False)
    return Pdq(coefficients, _quality(samples))


def _luma(picture: Bytes) -> Floats:
    if picture.ndim == 2:
        return picture.astype(np.float32)
    weights = np.array([[0.299, 0.587, 0.114]], dtype=np.float32)
    return np.asarray(cv2.transform(picture.astype(np.float32), weights), dtype=np.float32)


def _jarosz(luma: Floats) -> Floats:
    """Two passes of box filters; at the edges a box counts only what lies inside the picture."""
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
