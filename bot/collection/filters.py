"""v7's filters in the store's terms, and what each of them means here; sizes and shapes: `bot.bing_v7.sizes`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.bing_v7 import SafeSearch, SearchRequest
from bot.bing_v7.errors import NotSupported
from bot.bing_v7.sizes import aspect_of, is_wallpaper, size_of
from bot.collection.fingerprints.colours import COLOUR_NAMES
from bot.collection.licences import allowed_bits, licence_bits
from bot.collection.model import Indexed, Rating

HONOURED = frozenset({
    "aspect", "color", "freshness", "height", "width", "minHeight", "maxHeight", "minWidth", "maxWidth",
    "minFileSize", "maxFileSize", "imageType", "license", "size",
})  # fmt: skip
"""v7 names of the filters that the collection applies."""

SIZES = ("Small", "Medium", "Large")
ASPECTS = ("Square", "Wide", "Tall")
TYPES = ("Photo", "Clipart", "Line", "AnimatedGif", "Transparent", "AnimatedGifHttps")
_COLOUR_ONLY, _MONOCHROME = 1 << len(COLOUR_NAMES), 1 << (len(COLOUR_NAMES) + 1)
_FRESH = {"Day": timedelta(days=1), "Week": timedelta(days=7), "Month": timedelta(days=30)}


@dataclass(frozen=True, slots=True)
class PictureFilters:
    """What a picture must be; None, 0 and empty narrow nothing.

    ``colours``, ``types`` and ``licences`` are bits of which one must be set. ``ratings`` are the numbers allowed.
    """

    ratings: tuple[int, ...]
    aspect: int | None = None
    size: int | None = None
    wallpaper: bool = False
    colours: int = 0
    types: int = 0
    licences: int = 0
    width: tuple[int | None, int | None] = (None, None)
    height: tuple[int | None, int | None] = (None, None)
    size_bytes: tuple[int | None, int | None] = (None, None)
    since: datetime | None = None


ANY = PictureFilters(tuple(rating.number for rating in Rating))
"""Every picture."""


def allowed_ratings(level: SafeSearch, *, show_unrated: bool) -> tuple[int, ...]:
    """Numbers of the ratings that a level shows.

    Args:
        level: the level in force.
        show_unrated: whether the operator lets Moderate show pictures that nobody rated.
    """
    if level is SafeSearch.OFF:
        return tuple(rating.number for rating in Rating)
    unrated = (Rating.UNKNOWN.number,) if level is SafeSearch.MODERATE and show_unrated else ()
    return (Rating.SAFE.number, *unrated)


def filters_of(request: SearchRequest, now: datetime, *, show_unrated: bool) -> PictureFilters:
    """Translate a request.

    Raises:
        NotSupported: it has a filter that the collection's data cannot honour; ``filters`` names it.
    """
    unknown = set(request.filters) - HONOURED
    if request.image_type is not None and request.image_type.value not in TYPES:
        unknown.add("imageType")
    if unknown:
        raise NotSupported("the collection cannot apply this filter", filters=frozenset(unknown))
    named = request.filters
    size = str(named.get("size", ""))
    return PictureFilters(
        ratings=allowed_ratings(request.safe_search, show_unrated=show_unrated),
        aspect=_place(ASPECTS, named.get("aspect")),
        size=_place(SIZES, size),
        wallpaper=size == "Wallpaper",
        colours=_colour_bit(named.get("color")),
        types=0 if request.image_type is None else 1 << TYPES.index(request.image_type.value),
        licences=allowed_bits(request.license),
        width=_range(request.width, request.min_width, request.max_width),
        height=_range(request.height, request.min_height, request.max_height),
        size_bytes=(request.min_file_size, request.max_file_size),
        since=now - _FRESH[str(named["freshness"])] if "freshness" in named else None,
    )


def _place(names: tuple[str, ...], value: object) -> int | None:
    return names.index(str(value)) if str(value) in names else None


def _colour_bit(value: object) -> int:
    special = {"None": 0, "ColorOnly": _COLOUR_ONLY, "Monochrome": _MONOCHROME}
    return special[str(value)] if str(value) in special else 1 << COLOUR_NAMES.index(str(value))


def _range(exact: int | None, least: int | None, most: int | None) -> tuple[int | None, int | None]:
    return (exact, exact) if exact is not None else (least, most)


def aspect_number(width: int, height: int) -> int:
    """Number of the shape in `ASPECTS`."""
    return ASPECTS.index(aspect_of(width, height).value)


def size_number(width: int, height: int) -> int:
    """Number of the size in `SIZES`."""
    return SIZES.index(size_of(width, height).value)


def passes(picture: Indexed, filters: PictureFilters) -> bool:
    """Whether a picture is what the filters want, as the stores judge it by their columns."""
    looks, credit = picture.looks, picture.credit
    bits = (
        (filters.colours, colour_bits(picture)),
        (filters.types, type_bits(picture)),
        (filters.licences, licence_bits(credit.licence, credit.licence_url)),
    )
    ranges = ((filters.width, looks.width), (filters.height, looks.height), (filters.size_bytes, looks.size))
    return (
        picture.rating.number in filters.ratings
        and filters.aspect in {None, aspect_number(looks.width, looks.height)}
        and filters.size in {None, size_number(looks.width, looks.height)}
        and (not filters.wallpaper or is_wallpaper(looks.width, looks.height))
        and all(not wanted or wanted & has for wanted, has in bits)
        and all((low is None or value >= low) and (high is None or value <= high) for (low, high), value in ranges)
        and (filters.since is None or picture.discovered >= filters.since)
    )


def colour_bits(picture: Indexed) -> int:
    """Bits of a picture's colours: one for each name, then colour-only and monochrome."""
    bits = sum(1 << COLOUR_NAMES.index(name) for name in picture.looks.colours)
    return bits | (_MONOCHROME if picture.looks.monochrome else _COLOUR_ONLY)


def type_bits(picture: Indexed) -> int:
    """Bits of a picture's types, in the order of `TYPES`; an animated picture is no photograph."""
    looks = picture.looks
    names = [picture.kind] if not looks.animated else []
    names += ["Transparent"] if looks.transparent else []
    if looks.animated:
        names += ["AnimatedGif"]
        names += ["AnimatedGifHttps"] if picture.credit.original.startswith("https:") else []
    return sum(1 << TYPES.index(name) for name in names)
