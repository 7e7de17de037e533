"""Everything the index keeps of a picture's looks, computed in one go from decoded pixels."""

from __future__ import annotations

from dataclasses import dataclass

from bot.collection.arrays import code_bytes
from bot.collection.decode import Decoded

from .colours import Colours, colours
from .kinds import Kind, kind
from .pdq import pdq
from .points import Points, points
from .similar import similarity_code


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


def fingerprint(picture: Decoded) -> Fingerprint:
    """Compute all of it; about 10 ms for a picture at working size."""
    rgb = picture.rgb
    hashed = pdq(rgb)
    return Fingerprint(
        copy_code=code_bytes(hashed.code),
        quality=hashed.quality,
        looks_code=code_bytes(similarity_code(rgb)),
        points=points(rgb),
        colours=colours(rgb, picture.opaque),
        kind=kind(rgb),
    )
