"""v7's filters in words: for command options, for the filter window, for remarks."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from pydantic.alias_generators import to_snake

from bot.bing_v7 import Aspect, Color, Freshness, ImageContent, ImageType, License, SearchRequest, Size
from bot.i18n import enumerated, known_keys, say

QUERY_LIMIT = 300
"""Maximum characters of a search that may be typed or is offered."""
WORDED: Mapping[str, type[StrEnum]] = {
    "size": Size,
    "color": Color,
    "imageType": ImageType,
    "license": License,
    "aspect": Aspect,
    "imageContent": ImageContent,
    "freshness": Freshness,
}
"""The filters with a fixed set of values, by v7 name, in the order users see them.

A filter that is added here becomes an option of /image and may stand in the filter window; its words are the messages
``option-image-NAME``, ``filter-name-NAME``, ``filter-label-NAME`` and ``choice-NAME-VALUE`` of the catalogues.
"""
_SAME = {"AnimatedGifHttps": "AnimatedGif"}
"""Values that mean the same to people as another: Discord shows animated pictures behind https alone."""
_UNCHOSEN = frozenset({"All", *_SAME})
_BY_USE = ("size", "aspect", "color", "imageType", "license", "freshness", "imageContent")
"""The order in which filters get a place in the filter window."""
PANEL_FILTER = "color"
"""The filter with a menu of its own in the panel: it has too many values for radio buttons in the window."""
WINDOW_PARTS = 5
"""Discord's limit for a window; one part a filter, so that nobody can choose two values of one."""


def values_of(name: str) -> tuple[str, ...]:
    """Return the values people choose from: not ``All``, which filters nothing, and no two of one meaning."""
    return tuple(value.value for value in WORDED[name] if value.value not in _UNCHOSEN)


def value_words(name: str, value: str, locale: str) -> str:
    """Return a filter's value in words."""
    key = f"choice-{name}-{_SAME.get(value, value)}"
    return say(locale, key) if key in known_keys() else value


def filter_words(name: str, locale: str) -> str:
    """Return a filter's name in words; an unknown name as it is."""
    key = f"filter-name-{name}"
    return say(locale, key) if key in known_keys() else name


def in_force(request: SearchRequest, locale: str) -> str:
    """Return the filters of a request in words, such as ``size: large, colour: red``; empty if there are none."""
    filters = request.filters
    if not filters:
        return ""
    return enumerated(
        (
            say(
                locale,
                "filter-in-force",
                name=filter_words(name, locale),
                value=value_words(name, str(value), locale) if name in WORDED else value,
            )
            for name, value in filters.items()
        ),
        locale,
    )


def with_filters(request: SearchRequest, chosen: Mapping[str, str | None]) -> SearchRequest:
    """Return the request from its beginning with the worded filters replaced; None takes a filter away."""
    changes: dict[str, object] = {
        to_snake(name): WORDED[name](value) if value else None for name, value in chosen.items()
    }
    return request.model_copy(update={**changes, "offset": 0, "id": None})


def without_filters(request: SearchRequest) -> SearchRequest:
    """Return the request from its beginning without any filter."""
    return request.model_copy(update={"offset": 0, **{to_snake(name): None for name in request.filters}})


def in_window(supported: Collection[str], in_force: Collection[str]) -> tuple[str, ...]:
    """Return the filters of the filter window: those in force, which it takes away too, then the most used."""
    offered = [name for name in _BY_USE if name in supported]
    kept = sorted(offered, key=lambda name: name not in in_force)[:WINDOW_PARTS]
    return tuple(name for name in offered if name in kept)
