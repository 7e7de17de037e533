from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.bing_v7 import SafeSearch, SearchRequest
from bot.bing_v7.errors import NotSupported
from bot.bing_v7.parameters import License
from bot.bing_v7.sizes import is_wallpaper
from bot.bing_v7.values import CreativeCommons
from bot.collection.filters import (
    TYPES,
    allowed_ratings,
    aspect_number,
    colour_bits,
    filters_of,
    size_number,
    type_bits,
)
from bot.collection.licences import allowed_bits, creative_commons, licence_bits
from bot.collection.model import Rating

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def asked(**wishes: Any) -> SearchRequest:
    return SearchRequest.model_validate(wishes)


@pytest.mark.parametrize(
    ("level", "show_unrated", "shown"),
    [
        ("Strict", False, {Rating.SAFE}),
        ("Strict", True, {Rating.SAFE}),
        ("Moderate", False, {Rating.SAFE}),
        ("Moderate", True, {Rating.SAFE, Rating.UNKNOWN}),
        ("Off", False, set(Rating)),
    ],
)
def test_what_each_level_shows(level, show_unrated, shown):
    ratings = allowed_ratings(SafeSearch(level), show_unrated=show_unrated)
    assert {Rating.of(number) for number in ratings} == shown


def test_the_severest_rating_wins_and_unknown_says_nothing():
    assert Rating.severest([Rating.SAFE, Rating.ADULT, Rating.RACY]) is Rating.ADULT
    assert Rating.severest([Rating.UNKNOWN, Rating.SAFE]) is Rating.SAFE
    assert Rating.severest([]) is Rating.UNKNOWN
    assert Rating.of(77) is Rating.UNKNOWN
    assert all(Rating.of(rating.number) is rating for rating in Rating)


def test_filters_that_cannot_be_honoured_are_refused_by_name():
    for wish, name in (({"image_content": "Face"}, "imageContent"), ({"image_type": "Shopping"}, "imageType")):
        with pytest.raises(NotSupported) as refused:
            filters_of(asked(q="x", **wish), NOW, show_unrated=False)
        assert refused.value.filters == {name}


def test_all_of_v7s_filters_are_translated():
    request = asked(
        q="x", safe_search="Strict", aspect="Wide", size="Large", color="Teal", image_type="Photo", license="Share",
        freshness="Week", min_width=100, height=300, max_file_size=9000,
    )  # fmt: skip
    filters = filters_of(request, NOW, show_unrated=False)
    assert (filters.aspect, filters.size, filters.width, filters.height) == (1, 2, (100, None), (300, 300))
    assert filters.size_bytes == (None, 9000)
    assert filters.since == NOW - timedelta(days=7)
    assert filters.colours.bit_count() == filters.types.bit_count() == filters.licences.bit_count() == 1


def test_all_narrows_nothing():
    filters = filters_of(asked(q="x", aspect="All", size="All", license="All"), NOW, show_unrated=False)
    assert (filters.aspect, filters.size, filters.licences) == (None, None, 0)


@pytest.mark.parametrize(
    ("size", "aspect", "name", "wallpaper"),
    [
        ((100, 100), 0, 0, False),
        ((300, 199), 1, 1, False),
        ((499, 300), 1, 1, False),
        ((500, 500), 0, 2, False),
        ((600, 900), 2, 2, False),
        ((1280, 720), 1, 2, True),
        ((1080, 1920), 2, 2, True),
    ],
)
def test_sizes_and_shapes(size, aspect, name, wallpaper):
    assert (aspect_number(*size), size_number(*size), is_wallpaper(*size)) == (aspect, name, wallpaper)


def test_types_and_colours_of_a_row(make_row):
    animated = make_row("a", looks={"animated": True}, original="https://example.org/a.gif")
    assert type_bits(animated) == (1 << TYPES.index("AnimatedGif")) | (1 << TYPES.index("AnimatedGifHttps"))
    cut_out = make_row("b", looks={"transparent": True, "kind": "Clipart"})
    assert type_bits(cut_out) == (1 << TYPES.index("Transparent")) | (1 << TYPES.index("Clipart"))
    assert colour_bits(make_row("c", looks={"colours": ("Red", "Blue")})) != colour_bits(make_row("c"))


@pytest.mark.parametrize(
    ("licence", "word"),
    [
        ("CC0 1.0", CreativeCommons.PUBLIC),
        ("Public Domain", CreativeCommons.PUBLIC),
        ("Unlicense (public domain dedication)", CreativeCommons.PUBLIC),
        ("CC BY 2.0", CreativeCommons.BY),
        ("CC BY-SA 4.0", CreativeCommons.BY_SA),
        ("cc-by-nc-nd 3.0", CreativeCommons.BY_NC_ND),
        ("CC BY-NC-SA 4.0", CreativeCommons.BY_NC_SA),
        ("CC BY-ND 4.0", CreativeCommons.BY_ND),
        ("Creative Commons Attribution-NonCommercial", CreativeCommons.BY_NC),
        ("MIT", None),
        ("All rights reserved", None),
        ("", None),
    ],
)
def test_licences_are_understood(licence, word):
    assert creative_commons(licence) is word


def test_nobody_is_told_that_they_may_share_what_is_not_understood():
    assert licence_bits("") == 0
    assert licence_bits("© Somebody") == allowed_bits(License.ANY)
    share, sell, change = (allowed_bits(License(name)) for name in ("Share", "ShareCommercially", "Modify"))
    assert licence_bits("CC BY-NC-ND 4.0") & share
    assert not licence_bits("CC BY-NC-ND 4.0") & (sell | change)
    assert licence_bits("MIT") & allowed_bits(License.MODIFY_COMMERCIALLY)
    assert not licence_bits("MIT") & allowed_bits(License.PUBLIC)
