"""What services have come to do since their adapters were written, and what they write that nobody should see."""

import json
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.bing_v7 import (
    BadAnswer,
    HttpResponse,
    ImageAnswer,
    InsightsRequest,
    Misconfigured,
    PictureRefused,
    ProviderError,
    QuotaSpent,
    RateLimited,
    SafeSearch,
    SearchRequest,
    TrendingRequest,
    Upload,
    client,
)
from bot.bing_v7.size_limits import LONGEST_TEXT, MOST_CHARACTERS, MOST_ITEMS, MOST_MEMBERS, TooLarge, limit_size
from bot.providers.adapters import brave, google_vision, openverse, saucenao, searxng, wikifeeds
from bot.providers.adapters.commons import files
from bot.providers.adapters.openverse_app import OpenverseSettings
from bot.providers.http.decoding import error_of_status
from bot.providers.http.html_text import html_to_text, read_html
from bot.providers.http.tidy import tidied
from bot.providers.http.transport import Transport
from bot.providers.http.web_addresses import web as web_address
from bot.safesearch.gate import gated
from bot.safesearch.guard import Guard
from bot.safesearch.policy import Decision, Rule

from .cases import body_of, response
from .conftest import Stage
from .scripted import Scripted

OFF, MODERATE, STRICT = SafeSearch.OFF, SafeSearch.MODERATE, SafeSearch.STRICT
OTTER = SearchRequest(q="otter", safe_search=OFF)


def said(data: object, status: int = 200, **headers: str) -> HttpResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HttpResponse(status, named, json.dumps(data).encode())


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ('Night in Nice <div style="display: none;">label QS:Len,"Night in Nice"</div>', "Night in Nice"),
        ('<span>Unknown author</span><span style="DISPLAY:none">Unknown author</span>', "Unknown author"),
        ('<div hidden><p>a<p>b</div>seen<img style="display:none">too', "seentoo"),
        ('<span style="visibility: hidden"><b>x</b> <br> y</span> z', "z"),
        ("AT&amp;amp;T", "AT&amp;T"),
        ("Rock &amp; Roll &#8217;n&quot;", 'Rock & Roll \u2019n"'),
        ("&lt;b&gt;x&lt;/b&gt; <b>bold</b> caf&eacute;", "<b>x</b> bold caf\u00e9"),
        ("1 < 2 & 3", "1 < 2 & 3"),
    ],
)
def test_markup_is_read_once_and_what_a_page_hides_stays_hidden(markup: str, words: str) -> None:
    assert html_to_text(markup) == words


def test_a_link_that_is_hidden_is_no_authors_address() -> None:
    assert read_html('<a style="display:none" href="//x.example/a">x</a><a href="//y.example/b">y</a>') == (
        "y", "https://y.example/b",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("//pics.example/a.jpg", "https://pics.example/a.jpg"),
        ("pics.example/a b.jpg", "https://pics.example/a%20b.jpg"),
        ("  https://x.example/a\tb\n.jpg ", "https://x.example/ab.jpg"),
        ("https://x.example/?a=1&amp;b=2&copy=3&#38;d=4", "https://x.example/?a=1&b=2&copy=3&d=4"),
        ("HTTP://x.example", "HTTP://x.example"),
        ("www.x.example", "https://www.x.example"),
        ("x.example:8080/y", "https://x.example:8080/y"),
        ("photo.jpg", None), ("javascript:alert(1)", None), ("magpie:picture/x", None), ("a b.example/x", None),
        ("https://a b/", None), ("just words", None), ("", None), (None, None), ("mailto:x@y.example", None),
    ],
)  # fmt: skip
def test_addresses_are_read_as_services_write_them(written: str | None, read: str | None) -> None:
    assert web_address(written) == read


def test_a_v7_answer_is_read_by_the_same_rules() -> None:
    answer = ImageAnswer.model_validate({
        "value": [{
            "name": "Tom &amp; Jerry", "contentUrl": "//pics.example/a b.jpg", "imageId": "a&amp;b",
            "hostPageUrl": "www.example.org/a?x=1&amp;y=2",
            "insightsMetadata": {"bestRepresentativeQuery": {"text": "caf&eacute;"}},
        }],
        "relatedSearches": [{"text": "fish &amp; chips", "searchLink": "images/search?q=fish&amp;chips"}],
    })  # fmt: skip
    (image,), (search,) = (read := tidied(answer)).value, read.related_searches
    assert (image.name, image.image_id) == ("Tom & Jerry", "a&amp;b")
    assert image.content_url == "https://pics.example/a%20b.jpg"
    assert image.host_page_url == "https://www.example.org/a?x=1&y=2"
    assert image.insights_metadata
    assert image.insights_metadata.best_representative_query
    assert image.insights_metadata.best_representative_query.text == "caf\u00e9"
    assert (search.text, search.search_link) == ("fish & chips", "images/search?q=fish&amp;chips")
    assert tidied(read) is read


def test_openverse_and_searxng_titles_are_plain() -> None:
    item = {"title": "Rock &amp; Roll", "creator": "A &lt;B&gt;", "url": "https://x.example/1.jpg", "img_src": "//x/1"}
    picture = openverse.read_image(item)
    assert picture.name == "Rock & Roll"
    assert picture.attribution
    assert picture.attribution.author == "A <B>"
    found = searxng.read_image(item, OFF)
    assert found
    assert (found.name, found.content_url) == ("Rock & Roll", "https://x/1")


@pytest.mark.parametrize(
    ("written", "size"),
    [(2048, "2048 B"), ("1.5 MB", "1572864 B"), ("12 KiB", "12288 B"), ("700", "700 B"), ("big", None), (None, None)],
)
def test_searxng_file_sizes(written: Any, size: str | None) -> None:
    found = searxng.read_image({"img_src": "https://x.example/1.jpg", "filesize": written}, OFF)
    assert found
    assert found.content_size == size


def test_a_searxng_with_its_limiter_on_is_asked_as_it_wants_and_says_what_to_do() -> None:
    settings = searxng.SearxngSettings("http://s.example")
    for request in (
        searxng.build_config(settings),
        searxng.build_search(OTTER.model_copy(update={"set_lang": "de"}), settings, [searxng.Engine("x", True, True)]),
    ):
        assert "text/html" in request.headers["Accept"]
        assert request.headers["Accept-Language"]
    for decode in (
        lambda: searxng.decode_config(HttpResponse(429, {}, b""), settings),
        lambda: searxng.decode_search(HttpResponse(429, {}, b""), OTTER),
    ):
        with pytest.raises(RateLimited, match="pass_ip"):
            decode()


async def test_a_searxng_limiter_lets_our_requests_through(stage: Stage, transport: Transport) -> None:
    """What its bot detection looks at, on the requests that are really sent."""

    async def limiter(request: web.Request) -> web.StreamResponse:
        headers = request.headers
        welcome = (
            "text/html" in headers.get("Accept", "")
            and headers.get("Accept-Language", "").strip()
            and {"gzip", "deflate"} & {one.strip() for one in headers.get("Accept-Encoding", "").split(",")}
            and headers.get("Connection", "").strip().lower() != "close"
            and headers.get("User-Agent", "").startswith("Magpie/")
        )
        if not welcome:
            return web.Response(status=429)
        return web.Response(body=body_of("searxng-config" if request.path == "/config" else "searxng"))

    stage.handler = limiter
    answer = await searxng.Searxng(transport, searxng.SearxngSettings(stage.base)).search(OTTER)
    assert answer.value
    assert [request.path for request in stage.seen] == ["/config", "/search"]


NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
BRAVE_ERRORS: list[tuple[int, str, dict[str, str], type[ProviderError]]] = [
    (422, "SUBSCRIPTION_TOKEN_INVALID", {}, Misconfigured),
    (400, "OPTION_NOT_IN_PLAN", {}, Misconfigured),
    (429, "RATE_LIMITED", {"x-ratelimit-remaining": "0, 1999", "x-ratelimit-reset": "1, 1419704"}, RateLimited),
    (429, "RATE_LIMITED", {"x-ratelimit-remaining": "1, 0", "x-ratelimit-reset": "1, 1419704"}, QuotaSpent),
    (429, "QUOTA_LIMITED", {}, QuotaSpent),
]


@pytest.mark.parametrize(("status", "code", "headers", "kind"), BRAVE_ERRORS)
def test_braves_errors(status: int, code: str, headers: dict[str, str], kind: type[ProviderError]) -> None:
    body = json.dumps({"type": "ErrorResponse", "error": {"code": code, "detail": "private"}}).encode()
    error = brave._decode_error(HttpResponse(status, headers, body), NOW)
    assert type(error) is kind
    if isinstance(error, QuotaSpent) and headers:
        assert error.until == NOW + timedelta(seconds=1419704)


VISION_ERRORS: list[tuple[int, dict[str, Any], type[ProviderError], str]] = [
    (403, {"status": "PERMISSION_DENIED", "message": "This API method requires billing to be enabled."},
     Misconfigured, "billing"),
    (403, {"status": "PERMISSION_DENIED", "message": "Cloud Vision API has not been used in project 1 before"},
     Misconfigured, "switched on"),
    (400, {"status": "INVALID_ARGUMENT", "message": "API key not valid."}, Misconfigured, "key is refused"),
    (400, {"status": "INVALID_ARGUMENT", "message": "Request payload size exceeds the limit: 10485760 bytes."},
     PictureRefused, "too-large"),
    (400, {"status": "INVALID_ARGUMENT", "message": "Bad image data."}, PictureRefused, "not-a-picture"),
]  # fmt: skip


@pytest.mark.parametrize(("status", "error", "kind", "reason"), VISION_ERRORS)
def test_visions_errors(status: int, error: dict[str, Any], kind: type[ProviderError], reason: str) -> None:
    request = InsightsRequest(upload=Upload(data=b"x", content_type="image/png"), safe_search=OFF)
    settings = google_vision.GoogleVisionSettings(SecretStr("k"))
    with pytest.raises(kind, match=reason):
        google_vision.decode_insights(said({"error": error}, status), request, settings)


@pytest.mark.parametrize("body", [b"<html><title>Just a moment...</title>", b"<!doctype html>please solve the captcha"])
def test_a_challenge_page_is_no_refused_key(body: bytes) -> None:
    assert type(error_of_status(HttpResponse(403, {}, body), "openverse")) is BadAnswer
    assert type(error_of_status(HttpResponse(403, {"cf-mitigated": "challenge"}, b""), "openverse")) is BadAnswer
    assert type(error_of_status(HttpResponse(403, {}, b'{"detail": "no"}'), "openverse")) is Misconfigured


def test_openverse_ends_where_it_ends_and_counts_what_it_lacks() -> None:
    nobody, app = OpenverseSettings(), OpenverseSettings(client_id="a", client_secret=SecretStr("b"))
    assert openverse.capabilities(nobody).max_results == 240
    assert openverse.capabilities(app).max_results == 1000
    last = OTTER.model_copy(update={"offset": 220, "count": 20})
    page = said({"result_count": 10_000, "page_count": 500, "results": [{"url": "https://x.example/1", "title": "a"}]})
    assert openverse.decode_search(page, last).next_offset is None
    assert openverse.decode_search(page, last, registered=True).next_offset == 240
    strict = openverse.decode_search(page, last.model_copy(update={"safe_search": STRICT}))
    assert strict.provenance
    assert [(note.code, note.count) for note in strict.provenance.notes] == [("withheld", 1)]


def test_a_sauce_without_a_page_is_not_found_on_one_page() -> None:
    item = {"header": {"similarity": "95", "hidden": 0, "index_id": 5}, "data": {"title": "x"}}
    request = InsightsRequest(img_url="https://x.example/1.png", safe_search=OFF)
    answer = saucenao.decode_insights(said({"header": {"status": 0, "user_id": 1}, "results": [item]}), request)
    assert answer.pages_including is None
    assert answer.visually_similar_images
    assert [image.name for image in answer.visually_similar_images.value] == ["x"]


def test_wikifeeds_moves_whole() -> None:
    day, asked = date(2026, 11, 27), TrendingRequest(set_lang="de")
    for base, address in (
        (wikifeeds.BASE_URL, "https://de.wikipedia.org/api/rest_v1/feed/featured/2026/11/27"),
        (
            "https://api.example/wiki/{language}/today/{date}?x=1",
            "https://api.example/wiki/de/today/2026/11/27?x=1",
        ),
    ):
        assert wikifeeds.build_feed(asked, wikifeeds.WikifeedsSettings(base), day).url == address


def test_commons_pictures_fill_a_card() -> None:
    assert files.THUMBNAIL_WIDTH in {500, 960, 1280}, "Wikimedia serves no other width between these"


async def test_thousands_of_pictures_hold_nobody_up() -> None:
    """14,000 pictures and 200,000 related searches are cut while they are read, for v7 and for every adapter."""
    pictures = [
        {"name": f"n{n}", "contentUrl": f"https://x.example/{n}.jpg", "tags": ["x"] * 10} for n in range(14_000)
    ]
    searches = [{"text": f"s{n}"} for n in range(200_000)]
    body = json.dumps({"_type": "Images", "value": pictures, "relatedSearches": searches}).encode()
    started = time.process_time()
    read = client.decode_answer(HttpResponse(200, {}, body), ImageAnswer)
    face = Guard(gated(Scripted("v7", tidied(read)))).at(Decision(STRICT, Rule.SERVER))
    found = await face.search(SearchRequest(q="x"))
    assert len(found.answer.value) == len(found.answer.related_searches) == MOST_ITEMS
    assert time.process_time() - started < 20
    many = response(json.dumps({"results": [{"url": f"https://x.example/{n}"} for n in range(14_000)]}))
    assert len(openverse.decode_search(many, OTTER).value) == MOST_ITEMS


def members_of(data: Any) -> int:
    inside = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return len(inside) + sum(members_of(one) for one in inside)


def test_lists_inside_lists_are_cut_as_a_whole_and_objects_stay_whole() -> None:
    """300 lists of 300 are within every single bound, and were judged for 17 seconds."""
    pivots = [{"pivot": "p", "suggestions": [{"text": f"{n}-{m}"} for m in range(300)]} for n in range(300)]
    read = limit_size({"pivotSuggestions": pivots, "isFamilyFriendly": False, "queryContext": {"adultIntent": True}})
    assert members_of(read) <= MOST_MEMBERS
    assert (read["isFamilyFriendly"], read["queryContext"]) == (False, {"adultIntent": True})
    pictures = [{"tags": [{"name": "x"}] * 100, "flags": {"isFamilyFriendly": False}, "name": "n"} for _ in range(300)]
    kept = limit_size({"value": pictures})["value"]
    assert 0 < len(kept) < 300
    assert all(one.keys() == {"tags", "flags", "name"} and one["flags"] for one in kept)
    with pytest.raises(TooLarge):
        limit_size({f"a{n}": {f"b{m}": {"c": 1} for m in range(300)} for n in range(300)})


def test_texts_are_cut_as_a_whole_too_and_addresses_are_not_lost() -> None:
    address = "https://x.example/" + "a" * 900
    items = [{"name": "word " * 1000, "contentUrl": address, "own": [], "data": "data:" + "a" * 9000}] * 300
    kept = limit_size({"value": items}, characters=MOST_CHARACTERS)["value"]
    assert all(one["contentUrl"] == address and len(one["data"]) > 9000 for one in kept)
    assert len(kept) == MOST_CHARACTERS // (LONGEST_TEXT + len(address) // 8)


def test_an_answer_that_is_too_large_is_a_bad_answer() -> None:
    huge = json.dumps({f"a{n}": {f"b{m}": {"c": 1} for m in range(300)} for n in range(300)}).encode()
    for read in (
        lambda: client.decode_answer(HttpResponse(200, {}, huge), ImageAnswer),
        lambda: openverse.decode_search(HttpResponse(200, {}, huge), OTTER),
    ):
        with pytest.raises(BadAnswer, match="large"):
            read()
