"""Limits of files that come in, and of pictures that are sent on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DecodeLimits:
    """What may come in.

    Attributes:
        file_bytes: the file.
        pixels: of the picture as it is decoded; a JPEG is decoded at a fraction of its size where less is needed.
        declared_pixels: of the picture as it says it is.
        memory: bytes that decoding may take, as estimated from the header.
    """

    file_bytes: int = 64 * 1024 * 1024
    pixels: int = 80_000_000
    declared_pixels: int = 400_000_000
    memory: int = 448 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FitLimits:
    """What goes out: at most 1 MB (``/images/details``) and 1,500 pixels a side (Visual Search)."""

    max_bytes: int = 1_000_000
    max_edge: int = 1_500


HEAVY = 32 * 1024 * 1024
"""Bytes of estimated memory above which a picture is heavy: heavy ones wait for each other, others not for them."""
