"""The small pure pieces: link-outs, local filters, licences, HTML, addresses, reading values."""

import math
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bing_v7 import (
    Certainty,
    Confidence,
    Depiction,
    HttpResponse,
    Image,
    ImageCaption,
    ImageInsights,
    ImagesModule,
    Match,
    SafeSearch,
    SearchRequest,
)
from bot.providers.adapters import addresses, licences
from bot.providers.adapters.feed_pictures import commons_file, commons_page
from bot.providers.adapters.local_filters import DIMENSIONS, fits
from bot.providers.http import decoding, html_text
from bot.providers.http.metrics import CallCounts, CallOutcome, outcome_of
from bot.providers.http.web_addresses import web
from bot.providers.linkouts import LINK_OUTS, MAX_BUTTON_URL, link_outs
from bot.providers.routing.merge import merge_insights, page_key

OFF, MODERATE, STRICT = SafeSearch
PICTURE = "https://cdn.example/a b.png?ex=1&hm=2#x"


def test_which_links_stand_at_which_level() -> None:
    shown = {level: [link.name for link, _ in link_outs(PICTURE, level)] for level in SafeSearch}
    assert shown == {
        STRICT: ["lens", "tineye"],
        MODERATE: ["lens", "tineye", "bing"],
        OFF: ["lens", "tineye", "bing", "yandex", "saucenao", "tracemoe", "ascii2d"],
    }


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_a_link_carries_the_whole_address_and_nothing_else(tail: str) -> None:
    picture = f"https://cdn.example/{tail}"
    for link in LINK_OUTS:
        split = urlsplit(link.address(picture))
        assert split.scheme == "https"
        query = parse_qs(split.query, keep_blank_values=True)
        in_query = query.get("url") or [value.removeprefix("imgurl:") for value in query.get("q", ())]
        assert (in_query or [unquote(split.path.rpartition("/")[2])]) == [picture]
        assert split.fragment == ""


@pytest.mark.parametrize(
    "address", [None, "", "magpie:picture/1", "javascript:alert(1)", "file:///x", "not an address"]
)
def test_no_link_without_a_public_address(address: str | None) -> None:
    assert link_outs(address, OFF) == []


def test_a_link_too_long_for_a_button_is_left_out() -> None:
    assert link_outs(f"https://cdn.example/{'x' * MAX_BUTTON_URL}", OFF) == []


FITS: list[tuple[dict[str, Any], tuple[int, int], bool]] = [
    ({"minWidth": 800}, (800, 600), True),
    ({"minWidth": 801}, (800, 600), False),
    ({"maxWidth": 800}, (800, 600), True),
    ({"maxHeight": 599}, (800, 600), False),
    ({"width": 800, "height": 600}, (800, 600), True),
    ({"height": 601}, (800, 600), False),
    ({"aspect": "Wide"}, (800, 600), True),
    ({"aspect": "Tall"}, (800, 600), False),
    ({"aspect": "Square"}, (660, 600), True),
    ({"aspect": "Square"}, (661, 600), False),
    ({"aspect": "All"}, (1, 900), True),
    ({"size": "Small"}, (199, 10), True),
    ({"size": "Small"}, (200, 10), False),
    ({"size": "Medium"}, (499, 200), True),
    ({"size": "Large"}, (10, 500), True),
    ({"size": "Wallpaper"}, (1280, 720), True),
    ({"size": "Wallpaper"}, (1920, 600), False),
    ({"size": "All"}, (1, 1), True),
]


@pytest.mark.parametrize(("asked", "size", "fit"), FITS)
def test_filters_that_are_applied_here(asked: dict[str, Any], size: tuple[int, int], fit: bool) -> None:
    request = SearchRequest.model_validate({"q": "x"} | asked)
    assert fits(Image(width=size[0], height=size[1]), request) is fit


def test_what_is_not_known_does_not_fit() -> None:
    for name in sorted(DIMENSIONS):
        assert not fits(Image(width=0), SearchRequest.model_validate({"q": "x", name: 1}))
    sized = SearchRequest(q="x", min_file_size=100, max_file_size=200)
    assert [fits(Image(content_size=size), sized) for size in ("150 B", "99 B", "201 B", None)] == [True] + [False] * 3
    assert fits(Image(), SearchRequest(q="x"))


LICENCES = [
    ("by-sa", "AttributionShareAlike", "CC BY-SA"),
    ("cc-by-sa-4.0", "AttributionShareAlike", "CC BY-SA 4.0"),
    ("CC BY 2.0", "Attribution", "CC BY 2.0"),
    ("by-nc-nd", "AttributionNonCommercialNoDerivs", "CC BY-NC-ND"),
    ("by-nc-sa", "AttributionNonCommercialShareAlike", "CC BY-NC-SA"),
    ("by-nd", "AttributionNoDerivs", "CC BY-ND"),
    ("by-nc", "AttributionNonCommercial", "CC BY-NC"),
    ("cc0", "PublicNoRightsReserved", "CC0"),
    ("CC0 1.0", "PublicNoRightsReserved", "CC0 1.0"),
    ("pdm", "PublicNoRightsReserved", "Public domain"),
    ("pd", "PublicNoRightsReserved", "Public domain"),
    ("Public domain", "PublicNoRightsReserved", "Public domain"),
    ("cc-by-sa-3.0-de", "AttributionShareAlike", "CC BY-SA 3.0"),
    ("cc-by-sa-2.5,2.0,1.0", "AttributionShareAlike", "CC BY-SA 2.5"),
    ("GFDL 1.2", None, "GFDL 1.2"),
    ("FAL", None, "FAL"),
    ("sampling+", None, "sampling+"),
    ("by-sampling", None, "by-sampling"),
    ("", None, None),
    (None, None, None),
]


@pytest.mark.parametrize(("code", "word", "name"), LICENCES)
def test_licences(code: str | None, word: str | None, name: str | None) -> None:
    assert (licences.word(code), licences.name(code)) == (word, name)


MARKUP = [
    ("plain & simple", "plain & simple", None),
    ("a < b > c", "a < b > c", None),
    ("Tom &amp; <b>Bo</b>", "Tom & Bo", None),
    ('<a href="//x.example/u">Ada</a>', "Ada", "https://x.example/u"),
    ('<a href="/wiki/User:Ada">Ada</a>', "Ada", None),
    ('<a href="javascript:alert(1)">Ada</a>', "Ada", None),
    ("<p>one</p><p>two</p><br>three", "one two three", None),
    ("<script>alert(1)</script>x<style>y</style>", "x", None),
    ("  ", None, None),
    (None, None, None),
]


@pytest.mark.parametrize(("markup", "words", "link"), MARKUP)
def test_html_as_text(markup: str | None, words: str | None, link: str | None) -> None:
    assert html_text.read_html(markup) == (words, link)


@given(st.text(max_size=200))
def test_no_html_makes_it_crash(markup: str) -> None:
    words, link = html_text.read_html(markup)
    assert words is None or words == words.strip()
    assert link is None or link.startswith("http")


def test_addresses() -> None:
    assert addresses.display_url("https://www.x.example/a/b/?q=1") == "www.x.example/a/b"
    assert addresses.address_host("http://[::1") is None
    files = {"a.JPG": "jpeg", "a.tif": "tiff", "a": None, "a.php5x7": None, "a.png?x=.gif": "png"}
    assert {name: addresses.format_of(f"https://x/{name}") for name in files} == files
    assert [addresses.format_name(name) for name in ("image/svg+xml", "JPEG", "image/jpeg; q=1", None, "..")] == [
        "svg", "jpeg", "jpeg", None, None,
    ]  # fmt: skip
    assert addresses.safe_join("http://x/v1", "/search") == addresses.safe_join("http://x/v1/", "search")
    assert len(addresses.id_of("https://x")) == 40


def test_the_same_page_under_two_addresses() -> None:
    same = {
        page_key(address) for address in ("http://www.x.example/a/", "https://x.example/a#b", "https://X.example/a")
    }
    assert len(same) == 1
    assert page_key("https://x.example/a?b=1") not in same
    assert page_key(None) is None


def test_only_pictures_of_commons_count() -> None:
    upload = "https://upload.wikimedia.org/wikipedia"
    assert commons_file(f"{upload}/commons/thumb/a/ab/A%20b.jpg/320px-A_b.jpg") == "A b.jpg"
    assert commons_file("https://thumb.wikimedia.org/wikipedia/commons/a/ab/X.png") == "X.png"
    for address in (
        f"{upload}/en/a/ab/X.png", "https://evil-wikimedia.org/wikipedia/commons/a/ab/X.png",
        "https://upload.wikimedia.org.evil.example/wikipedia/commons/a/ab/X.png", None,
    ):  # fmt: skip
        assert commons_file(address) is None
    assert commons_page("A b?.jpg") == "https://commons.wikimedia.org/wiki/File:A_b%3F.jpg"


def test_reading_values() -> None:
    data: dict[str, Any] = {
        "a": "12",
        "b": True,
        "c": "NaN",
        "d": 0,
        "e": [1, "x", " "],
        "f": " ",
        "g": {"h": 1},
        "i": 1e999,
        "k": 10**400,
    }
    assert [decoding.number(data, name) for name in "abcdefghijk"] == [12.0, None, None, 0.0] + [None] * 7
    assert [decoding.whole(data, name) for name in "abcdi"] == [12, None, None, None, None]
    assert decoding.texts(data, "e") == ["x"]
    assert decoding.texts(data, "a") == ["12"]
    assert decoding.text(data, "f") is None
    assert decoding.child(data, "g") == {"h": 1}
    assert decoding.child(data, "e") == {}
    assert decoding.objects(data, "g") == []
    assert [web(address) for address in ("HTTPS://x", "//x", "http:///x", "ftp://x", "http://")] == [
        "HTTPS://x", "https://x", None, None, None,
    ]  # fmt: skip


WAITS = [
    ("120", b"", 120),
    ("", b'{"detail": "Expected available in 3600 seconds."}', 3600),
    ("0", b"", 0),
    ("99999999999999", b"", 172_800),
    ("soon", b"", None),
    ("", b"", None),
    ("Wed, 21 Oct 2015 07:28:00 GMT", b"", 0),
]


@pytest.mark.parametrize(("header", "body", "seconds"), WAITS)
def test_how_long_to_wait(header: str, body: bytes, seconds: int | None) -> None:
    found = decoding.retry_after(HttpResponse(429, {"retry-after": header} if header else {}, body))
    assert (found.total_seconds() if found is not None else None) == seconds


def test_a_date_to_wait_for() -> None:
    moment = datetime.now(UTC) + timedelta(minutes=5)
    found = decoding.retry_after(HttpResponse(429, {"retry-after": format_datetime(moment, usegmt=True)}, b""))
    assert found is not None
    assert math.isclose(found.total_seconds(), 300, abs_tol=5)


def test_counting_calls() -> None:
    metrics = CallCounts()
    metrics.record("p", CallOutcome.OK, 0.5)
    metrics.record("p", CallOutcome.OK, 0.25)
    tally = metrics.snapshot()["p", CallOutcome.OK]
    assert (tally.calls, tally.seconds) == (2, 0.75)
    assert [outcome_of(status) for status in (200, 404, 429, 503)] == [
        CallOutcome.OK, CallOutcome.REFUSED, CallOutcome.RATE_LIMITED, CallOutcome.FAILED,
    ]  # fmt: skip


def test_a_models_sentence_goes_before_the_name_of_what_a_program_recognized() -> None:
    def answer(caption: str, *depictions: Depiction, **more: Any) -> ImageInsights:
        return ImageInsights(image_caption=ImageCaption(caption=caption), depictions=depictions, **more)

    seen = Depiction(name="mammal", certainty=Certainty.HIGH, provider="recognizer")
    described = Depiction(name="badger", certainty=Certainty.MEDIUM, provider="vision", model="gemma4")
    recognizer, model = answer("Probably shows: mammal", seen), answer("A badger walks over grass.", described)
    exact = Match(confidence=Confidence.EXACT, provider="tineye")
    pages = ImagesModule(value=(Image(name="Badger", host_page_url="https://a.example/badger", match=exact),))
    source = answer("Honey badger in a reserve", pages_including=pages)
    for answers, caption in (
        ([recognizer, model], "A badger walks over grass."),
        ([model, recognizer], "A badger walks over grass."),
        ([recognizer, model, source], "Honey badger in a reserve"),
        ([recognizer], "Probably shows: mammal"),
    ):
        merged = merge_insights(answers).image_caption
        assert merged is not None
        assert merged.caption == caption
    assert merge_insights([ImageInsights()]).image_caption is None
