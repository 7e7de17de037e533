"""The enumerated values of the contract's query parameters.

Values are matched without regard to case, as the retired service did. Source: the v7 query parameter reference.
"""

from enum import StrEnum
from functools import total_ordering
from typing import Self


class _AnyCase(StrEnum):
    """An enumeration whose values are read in any case."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        folded = str(value).casefold()
        return next((member for member in cls if member.value.casefold() == folded), None)


@total_ordering
class SafeSearch(_AnyCase):
    """How much is kept out, in order of strictness: ``OFF < MODERATE < STRICT``; ``max()`` is the stricter one."""

    OFF = "Off"
    MODERATE = "Moderate"
    STRICT = "Strict"

    @property
    def strictness(self) -> int:
        """0 for Off, 1 for Moderate, 2 for Strict."""
        return _STRICTNESS[self]

    def __lt__(self, other: str) -> bool:
        return _STRICTNESS[self] < _strictness(other)

    def __le__(self, other: str) -> bool:
        return _STRICTNESS[self] <= _strictness(other)

    def __gt__(self, other: str) -> bool:
        return _STRICTNESS[self] > _strictness(other)

    def __ge__(self, other: str) -> bool:
        return _STRICTNESS[self] >= _strictness(other)


_STRICTNESS: dict[str, int] = {level: strictness for strictness, level in enumerate(SafeSearch)}


def _strictness(level: str) -> int:
    known = _STRICTNESS.get(level)
    return _STRICTNESS[SafeSearch(level)] if known is None else known


class Aspect(_AnyCase):
    """Shape of the picture."""

    ALL = "All"
    SQUARE = "Square"
    WIDE = "Wide"
    TALL = "Tall"


class Color(_AnyCase):
    """Dominant colour; there is no value for "any"."""

    COLOR_ONLY = "ColorOnly"
    MONOCHROME = "Monochrome"
    BLACK = "Black"
    BLUE = "Blue"
    BROWN = "Brown"
    GRAY = "Gray"
    GREEN = "Green"
    ORANGE = "Orange"
    PINK = "Pink"
    PURPLE = "Purple"
    RED = "Red"
    TEAL = "Teal"
    WHITE = "White"
    YELLOW = "Yellow"


class Freshness(_AnyCase):
    """Discovered within 24 hours, 7 days or 30 days."""

    DAY = "Day"
    WEEK = "Week"
    MONTH = "Month"


class ImageContent(_AnyCase):
    """Pictures of a face only, or of head and shoulders."""

    FACE = "Face"
    PORTRAIT = "Portrait"


class ImageType(_AnyCase):
    """Kind of picture."""

    ANIMATED_GIF = "AnimatedGif"
    ANIMATED_GIF_HTTPS = "AnimatedGifHttps"
    CLIPART = "Clipart"
    LINE = "Line"
    PHOTO = "Photo"
    SHOPPING = "Shopping"
    TRANSPARENT = "Transparent"


class License(_AnyCase):
    """What the picture's licence must allow; ``Any`` asks for some known licence, ``All`` for nothing."""

    ALL = "All"
    ANY = "Any"
    PUBLIC = "Public"
    SHARE = "Share"
    SHARE_COMMERCIALLY = "ShareCommercially"
    MODIFY = "Modify"
    MODIFY_COMMERCIALLY = "ModifyCommercially"


class Size(_AnyCase):
    """Small: under 200x200; Medium: up to 500x500; Large: 500x500 and more; Wallpaper: large and screen-shaped."""

    ALL = "All"
    SMALL = "Small"
    MEDIUM = "Medium"
    LARGE = "Large"
    WALLPAPER = "Wallpaper"


class Module(_AnyCase):
    """A part of the details answer that a request may ask for."""

    ALL = "All"
    BRQ = "BRQ"
    CAPTION = "Caption"
    COLLECTIONS = "Collections"
    RECIPES = "Recipes"
    PAGES_INCLUDING = "PagesIncluding"
    RECOGNIZED_ENTITIES = "RecognizedEntities"
    RELATED_SEARCHES = "RelatedSearches"
    SHOPPING_SOURCES = "ShoppingSources"
    SIMILAR_IMAGES = "SimilarImages"
    SIMILAR_PRODUCTS = "SimilarProducts"
    TAGS = "Tags"
