"""Shapes and sizes of pictures: what v7's ``aspect`` and ``size`` filters mean here.

A picture is square if its longer side is at most a tenth longer. Small has no side of 200 pixels, Medium a longest side
from 200 to 499, Large from 500 up; Wallpaper is at least 1280 x 720 either way round, and Large too. v7 itself names
other bounds for Small to Large; these are used for every provider that Magpie filters itself.
"""

from .parameters import Aspect, Size

_SQUARE = 1.1
_MEDIUM, _LARGE = 200, 500
_WALLPAPER = (1280, 720)


def aspect_of(width: int, height: int) -> Aspect:
    """Return the shape of a picture of so many pixels."""
    if max(width, height) <= _SQUARE * min(width, height):
        return Aspect.SQUARE
    return Aspect.WIDE if width > height else Aspect.TALL


def size_of(width: int, height: int) -> Size:
    """Return Small, Medium or Large."""
    longest = max(width, height)
    return Size.SMALL if longest < _MEDIUM else Size.MEDIUM if longest < _LARGE else Size.LARGE


def is_wallpaper(width: int, height: int) -> bool:
    """True if the picture can fill a screen."""
    return max(width, height) >= _WALLPAPER[0] and min(width, height) >= _WALLPAPER[1]


def has_size(width: int, height: int, size: Size) -> bool:
    """True if the picture is of the size; every picture is of `Size.ALL`."""
    if size is Size.WALLPAPER:
        return is_wallpaper(width, height)
    return size is Size.ALL or size_of(width, height) is size
