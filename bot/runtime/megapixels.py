"""Pixels in millions, as people are told of them."""

import math

_TENTH = 100_000


def megapixels(pixels: int, limit: int) -> tuple[float, float]:
    """Return how many a picture has and how many it may have, to a tenth: what is too much reads as more."""
    return math.ceil(pixels / _TENTH) / 10, math.floor(limit / _TENTH) / 10
