"""Everything the index keeps of a picture's looks, computed in one go from decoded pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.collection.arrays import Bytes, code_bytes

from .colours import Colours, colours
from .kinds import Kind, kind
from .pdq import pdq
from .points import Points, points
from .similar import similarity_code

WORKING_EDGE = 1024
"""Longest side of a decoded picture; fingerprints need no more."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of a picture's looks.

    Attributes:
        copy_code: PDQ hash, 32 bytes.
        quality: PDQ quality 0 to 100; a low one means the hash says little.
        looks_code: similarity code, 32 bytes.
        points: local points for the geometric check.
        colours: named colours and accent.
        kind: photograph, clip art or line drawing.
    """

    copy_code: bytes
    quality: int
    looks_code: bytes
    points: Points
    colours: Colours
    kind: Kind


def fingerprint(rgb: Bytes, opaque: NDArray[np.bool_] | None) -> Fingerprint:
    """Compute all of it; about 10 ms for a picture at working size.

    Args:
        rgb: ``uint8 [h, w, 3]``.
        opaque: ``bool [h, w]`` of the pixels that can be seen, None if all can.
    """
    hashed = pdq(rgb)
    return Fingerprint(
        copy_code=code_bytes(hashed.code),
        quality=hashed.quality,
        looks_code=code_bytes(similarity_code(rgb)),
        points=points(rgb),
        colours=colours(rgb, opaque),
        kind=kind(rgb),
    )
