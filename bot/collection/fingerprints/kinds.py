"""Telling photographs, clip art and line drawings apart by their pixels.

These are rules of thumb: flat areas, few colours and hard edges mean a drawing. There is no looking for faces.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from bot.collection.arrays import Bytes, fit_within, gray
from bot.collection.opencv import cv2

_EDGE = 256


class Kind(StrEnum):
    """How a still picture was made, in v7's words."""

    PHOTO = "Photo"
    CLIPART = "Clipart"
    LINE = "Line"


def kind(picture: Bytes) -> Kind:
    """Say how an RGB picture was probably made."""
    small = fit_within(picture, _EDGE)
    light = gray(small)
    if min(small.shape[:2]) < 2:
        return Kind.CLIPART
    across = _widest(np.asarray(cv2.absdiff(small[:, 1:], small[:, :-1]), dtype=np.uint8))
    down = _widest(np.asarray(cv2.absdiff(small[1:], small[:-1]), dtype=np.uint8))
    steps = np.concatenate([across.ravel(), down.ravel()])
    coloured = _share(_widest(small) - np.minimum(np.minimum(small[..., 0], small[..., 1]), small[..., 2]) > 40)
    paper, ink = _share(light > 225), _share(light < 110)
    if paper > 0.6 and coloured < 0.04 and 0.002 < ink < 0.3 and paper + ink > 0.78:
        return Kind.LINE
    # Drawings are even to the last bit, and where they are not, steps are hard; photographs are soft all over.
    even = _share(steps == 0)
    soft = _share((steps > 1) & (steps <= 12))
    hard_edged = soft < 0.5 * _share(steps > 1)
    return Kind.CLIPART if even > 0.85 or (even > 0.55 and hard_edged) else Kind.PHOTO


def _widest(picture: Bytes) -> Bytes:
    return np.maximum(np.maximum(picture[..., 0], picture[..., 1]), picture[..., 2])


def _share(mask: NDArray[np.bool_]) -> float:
    return float(np.count_nonzero(mask) / mask.size)
