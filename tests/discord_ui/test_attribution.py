"""Whose picture it is: what is known is said, nothing is made up, no title gets into a link's label."""

from __future__ import annotations

from typing import Any

import pytest

from bot.bing_v7 import Attribution, Image, Picture
from bot.collection.provider import CollectionProvider
from bot.discord_ui.model.images import address_of, filename_of
from bot.discord_ui.render.attribution import (
    byline,
    credit_markdown,
    credit_text,
    image_credit,
    known_title,
    provider_title,
)
from bot.i18n import LOCALES
from bot.providers.registry import REGISTRY

from .fakes import held, picture


def test_v7_fields_and_the_attribution_beside_them_come_together() -> None:
    image = Image(
        name="Sunset", host_page_url="https://www.flickr.example.com/1", content_url="https://live.example.com/1.jpg",
        host_page_domain_friendly_name="Flickr", creative_commons="AttributionNonCommercialShareAlike",
    )  # fmt: skip
    credit = image_credit(image, ("v7",))
    assert (credit.title, credit.host, credit.license, credit.source, credit.provider) == (
        "Sunset", "flickr.example.com", "CC BY-NC-SA", "Flickr", "v7",
    )  # fmt: skip
    assert credit.author is None
    given = image.with_(attribution=Attribution(title="Abend", license="CC0 1.0", author="Ana", provider="openverse"))
    credit = image_credit(given, ("v7",))
    assert (credit.title, credit.license, credit.author, credit.provider) == ("Abend", "CC0 1.0", "Ana", "openverse")


def test_without_a_single_provider_none_is_claimed() -> None:
    assert image_credit(Image(name="x"), ("openverse", "wikimedia")).provider is None
    assert provider_title("some_new-service", "en-US") == "Some New Service"
    assert provider_title(None, "en-US") is None
    assert provider_title("chain", "en-US") is None


def test_every_provider_is_called_as_it_calls_itself() -> None:
    own = {name: entry.title for name, entry in REGISTRY.items()} | {CollectionProvider.name: CollectionProvider.title}
    assert {name: known_title(name, "en-US") for name in own} == own


def test_an_engine_behind_a_provider_is_named_with_it() -> None:
    assert provider_title("searxng/google images", "en-US") == "SearXNG (google images)"


def test_our_own_collection_is_called_so_in_every_language() -> None:
    assert len({provider_title("collection", locale) for locale in LOCALES}) == len(LOCALES)


@pytest.mark.parametrize(
    ("locale", "line"),
    [
        ("en-US", "“A”, Ana, Flickr https://example.org/a, Public domain (https://example.org/pd), Openverse"),
        ("de", "„A“, Ana, Flickr https://example.org/a, Gemeinfrei (https://example.org/pd), Openverse"),
        ("ja", "「A」、Ana、Flickr https://example.org/a、パブリックドメイン (https://example.org/pd)、Openverse"),
    ],
)
def test_a_credit_line_is_written_as_the_reader_writes(locale: str, line: str) -> None:
    given = Attribution(
        title="A", author="Ana", license="Public domain", license_url="https://example.org/pd", source_name="Flickr",
        source_url="https://example.org/a", provider="openverse",
    )  # fmt: skip
    assert credit_text(image_credit(Image(attribution=given)), locale) == line


def test_the_byline_links_with_our_own_words_only() -> None:
    image = picture(1, attribution=Attribution(
        author="Ana](https://evil.example) [x", author_url="https://ana.example.org/(me)", license="CC BY 4.0",
        license_url="javascript:alert(1)",
    ))  # fmt: skip
    assert byline(image_credit(image), "en-US") == (
        r"by Ana\]\(https\://evil.example\) \[x ([profile](https://ana.example.org/%28me%29))" " · CC BY 4.0"
    )
    assert byline(image_credit(Image()), "en-US") == ""


def test_credit_lines_leave_out_what_is_not_known() -> None:
    bare = image_credit(Image(host_page_url="https://example.org/a"))
    assert credit_text(bare, "en-US") == "https://example.org/a"
    assert credit_markdown(bare, "en-US") == "[example.org](<https://example.org/a>)"
    ready = image_credit(Image(name="x", attribution=Attribution(text="“X” by Y, CC0")))
    assert credit_text(ready, "en-US") == "“X” by Y, CC0"
    assert credit_markdown(image_credit(Image(name="a]b`c")), "en-US") == "a)b'c"


@pytest.mark.parametrize(
    ("changes", "address"),
    [
        ({}, "https://thumbs.example.net/1.jpg"),
        ({"thumbnail_url": None}, "https://pictures.example.org/1.jpg"),
        ({"thumbnail_url": "http://127.0.0.1/th?id=1"}, "https://pictures.example.org/1.jpg"),
        ({"thumbnail": {"width": 80, "height": 60}}, "https://pictures.example.org/1.jpg"),
        ({"thumbnail": {"width": 80, "height": 60}, "content_url": None}, "https://thumbs.example.net/1.jpg"),
        ({"encoding_format": "animatedgif"}, "https://pictures.example.org/1.jpg"),
        ({"thumbnail_url": None, "content_url": "javascript:x"}, None),
    ],
)
def test_thumbnails_come_first_because_they_last(changes: dict[str, Any], address: str | None) -> None:
    assert address_of(Image.model_validate(picture(1, **changes).model_dump()), {}) == address


def test_a_held_picture_is_named_by_its_id_never_by_its_owner() -> None:
    png = Picture(b"", "image/png", "../../x.exe", 1, 1, True)
    assert address_of(held(1), {"h1": png}) == "attachment://magpie-h1.png"
    assert address_of(held(1), {}) is None
    assert filename_of("../../a b\u202e", png) == "magpie-a-b.png"
    assert filename_of("日本", Picture(b"", "image/jpeg", "", 1, 1, True)) == "magpie-picture.jpg"
