"""What the services really said: facts about every recording, where the recordings are beside the clone."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.bing_v7 import (
    BadAnswer,
    Blocked,
    HttpResponse,
    Image,
    ImageAnswer,
    ImageInsights,
    InvalidRequest,
    Misconfigured,
    PictureRefused,
    ProviderError,
    QuotaSpent,
    RateLimited,
    SafeSearch,
    TrendingImages,
    Unavailable,
)
from bot.providers.adapters import openverse, openverse_app, saucenao, searxng, wikifeeds
from bot.providers.adapters.commons import search as commons
from bot.providers.adapters.commons.files import read_file

from .cases import case, lookup, search, trending

OFF, MODERATE, STRICT = SafeSearch


@pytest.fixture
def recordings(shared: Path) -> Path:
    return shared / "recordings"


def recorded(path: Path) -> HttpResponse:
    """Read a recording: with status and headers, or a bare body."""
    data: Any = json.loads(path.read_text())
    if not (isinstance(data, dict) and "body" in data and "status" in data):
        return HttpResponse(200, {}, json.dumps(data).encode())
    body = data["body"]
    words = body.get("_text") if isinstance(body, dict) and set(body) == {"_text"} else body
    raw = words.encode() if isinstance(words, str) else json.dumps(body).encode()
    return HttpResponse(data["status"], {k.lower(): v for k, v in (data.get("headers") or {}).items()}, raw)


def body(path: Path) -> Any:
    return json.loads(recorded(path).body)


def complete(image: Image) -> bool:
    """Say whether a picture has what a page of it needs."""
    credit = image.attribution
    return bool(credit and credit.source_url and credit.provider and image.content_url and image.host_page_url)


OPENVERSE = [
    ("search_cat", 20, 10_000, 20), ("search_cat_page2", 20, 10_000, 40),
    ("search_birds_source_flickr", 20, 10_000, 20),
    ("search_cat_cc0", 20, 10_000, 20), ("search_cat_by_jpg", 20, 10_000, 20), ("search_cat_tall", 20, 10_000, 20),
    ("search_by_creator", 20, 95, 20), ("search_ecommerce", None, None, 20), ("search_no_hits", 0, 0, None),
    ("modern_search_no_results", 0, 0, None), ("doc_images_search_200", 1, 10_000, 20),
]  # fmt: skip


@pytest.mark.parametrize(("name", "count", "total", "after"), OPENVERSE)
def test_openverse(recordings: Path, name: str, count: int | None, total: int | None, after: int | None) -> None:
    path = recordings / "openverse" / f"{name}.json"
    request = search(OFF, count=20, offset=20 if name.endswith("page2") else 0)
    answer = openverse.decode_search(recorded(path), request)
    assert len(answer.value) == (len(body(path)["results"]) if count is None else count)
    assert total is None or answer.total_estimated_matches == total
    assert answer.next_offset == after
    for image, item in zip(answer.value, body(path)["results"], strict=True):
        assert complete(image)
        assert (image.image_id, image.content_url) == (item["id"], item["url"])
        assert image.creative_commons
        assert image.attribution
        assert image.attribution.text == item.get("attribution")
        assert image.attribution.license


def test_openverse_below_off_drops_what_is_marked(recordings: Path) -> None:
    path = recordings / "openverse" / "modern_search_birds_sensitive.json"
    marked = [item["id"] for item in body(path)["results"] if item["mature"] or item["unstable__sensitivity"]]
    shown = {level: openverse.decode_search(recorded(path), search(level, count=20)) for level in SafeSearch}
    flagged = {image.image_id for image in shown[OFF].value if not image.is_family_friendly}
    assert flagged == set(marked)
    for level in (MODERATE, STRICT):
        assert not {image.image_id for image in shown[level].value} & flagged
        assert len(shown[level].value) == 3 - len(marked)


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("modern_search_429", RateLimited),
        ("doc_images_search_400", InvalidRequest),
        ("doc_images_search_401", Misconfigured),
        ("doc_images_detail_404", Misconfigured),
        ("detail_404_html", Misconfigured),
        ("doc_key_info_500", Unavailable),
    ],
)
def test_openverse_errors(recordings: Path, name: str, error: type[ProviderError]) -> None:
    with pytest.raises(error) as caught:
        openverse.decode_search(recorded(recordings / "openverse" / f"{name}.json"), search(OFF))
    if isinstance(caught.value, RateLimited):
        assert caught.value.retry_after is not None
        assert caught.value.retry_after.total_seconds() == 3600
    if isinstance(caught.value, InvalidRequest):
        assert caught.value.parameter == "license"
        assert "PDMNBCG" not in str(caught.value)


def test_openverse_sign_in(recordings: Path) -> None:
    token, seconds = openverse_app.decode_token(recorded(recordings / "openverse" / "doc_token_200.json"))
    assert token
    assert seconds == 36_000
    with pytest.raises(Misconfigured):
        openverse_app.decode_token(recorded(recordings / "openverse" / "doc_token_401.json"))


def test_commons_search(recordings: Path) -> None:
    path = recordings / "mediawiki_local" / "search_red_panda.json"
    answer = commons.decode_search(recorded(path), search(OFF))
    items = sorted(body(path)["query"]["pages"], key=lambda page: page["index"])
    assert [image.image_id for image in answer.value] == [item["imageinfo"][0]["sha1"] for item in items]
    assert all(complete(image) for image in answer.value)
    by_name = {image.name: image for image in answer.value}
    climbing = by_name["Red panda climbing"].attribution
    assert climbing is not None
    assert climbing.author == "Bo Example & Co."
    assert by_name["Red panda climbing"].description == "Red panda climbing a tree <in the snow>."
    assert by_name["Red panda spinning"].creative_commons == "AttributionShareAlike"
    assert by_name["Red panda bare"].creative_commons is None


@pytest.mark.parametrize("name", ["search_no_hits", "search_past_end"])
def test_commons_without_hits(recordings: Path, name: str) -> None:
    answer = commons.decode_search(recorded(recordings / "mediawiki_local" / f"{name}.json"), search(OFF))
    assert (answer.value, answer.next_offset) == ((), None)


@pytest.mark.parametrize("name", ["search_filter_meta", "search_limit_too_high", "error_maxlag", "error_bad_iiprop"])
def test_commons_answers_with_warnings_are_answers(recordings: Path, name: str) -> None:
    answer = commons.decode_search(recorded(recordings / "mediawiki_local" / f"{name}.json"), search(OFF))
    assert answer.value


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("error_bad_action", InvalidRequest),
        ("error_missing_term", InvalidRequest),
        ("sha1_invalid", InvalidRequest),
        ("search_formatversion1", BadAnswer),
    ],
)
def test_commons_errors_come_with_status_200(recordings: Path, name: str, error: type[ProviderError]) -> None:
    response = recorded(recordings / "mediawiki_local" / f"{name}.json")
    assert response.status == 200
    with pytest.raises(error):
        commons.decode_search(response, search(OFF))


@pytest.mark.parametrize("level", SafeSearch)
def test_the_exact_file(recordings: Path, level: SafeSearch) -> None:
    response = recorded(recordings / "mediawiki_local" / "sha1_exact_hit.json")
    answer: ImageInsights = case("commons-sha1").decode(response, lookup(level))
    assert answer.pages_including is not None
    (page,) = answer.pages_including.value
    assert page.match is not None
    assert page.match.confidence == "exact"
    assert (page.content_url is None) == (level > OFF)
    assert answer.best_representative_query is not None
    assert answer.best_representative_query.text == "Red panda resting"
    nothing = case("commons-sha1").decode(recorded(recordings / "mediawiki_local" / "sha1_no_hit.json"), lookup(level))
    assert nothing.pages_including is None


COMMONS_FILES = [
    ("commons_imageinfo_example", "PtrQs", "https://commons.wikimedia.org/wiki/User:PtrQs", "CC BY-SA 4.0"),
    ("commons_imageinfo_artist_internal_link", None, None, None),
    ("commons_imageinfo_artist_partial_link", None, None, None),
    ("commons_imageinfo_html_description", None, None, None),
    ("commons_imageinfo_no_license_url", None, None, None),
]


@pytest.mark.parametrize(("name", "author", "author_url", "licence"), COMMONS_FILES)
def test_authors_as_commons_writes_them(
    recordings: Path, name: str, author: str | None, author_url: str | None, licence: str | None
) -> None:
    info = body(recordings / "wikimedia" / f"{name}.json")
    image = read_file({"title": "File:X.jpg", "imageinfo": [info]}, "commons")
    assert image is not None
    assert image.attribution is not None
    for words in (image.attribution.author, image.name, image.description, image.attribution.license):
        assert words is None or not any(mark in words for mark in ("<", "&amp;", "href"))
    assert image.attribution.author
    for address in (image.attribution.author_url, image.attribution.license_url):
        assert address is None or address.startswith(("https://", "http://"))
    if author:
        found = (image.attribution.author, image.attribution.author_url, image.attribution.license)
        assert found == (author, author_url, licence)


def test_a_file_without_imageinfo_is_passed_over(recordings: Path) -> None:
    page = body(recordings / "wikimedia" / "commons_page_missing_imageinfo.json")
    assert read_file(page, "commons") is None
    assert read_file(body(recordings / "wikimedia" / "commons_page_example.json"), "commons") is not None


@pytest.mark.parametrize("level", SafeSearch)
def test_wikifeeds(recordings: Path, level: SafeSearch) -> None:
    response = recorded(recordings / "wikimedia" / "feed_aggregated_2018.json")
    answer: TrendingImages = wikifeeds.decode_trending([wikifeeds.decode_feed(response)], trending(level))
    titles = [category.title for category in answer.categories]
    assert ("Most read today" in titles) == (level < STRICT)
    assert {"Picture of the day", "In the news"} <= set(titles)
    for category in answer.categories:
        for tile in category.tiles:
            assert complete(tile.image)
            assert "/wikipedia/commons/" in (tile.image.content_url or "")
            assert "_" not in tile.query.text
            assert "<" not in tile.query.text


SEARXNG = [
    ("engines_only_commons", True), ("commons_safe2_not_honoured", True), ("images_category", True), ("no_hits", False),
    ("engine_unknown", False), ("engines_only_commons_page9", False), ("engines_only_json_safe1", True),
    ("debian_searx_1_1/engines_only_page1", True), ("debian_searx_1_1/no_hits", False),
    ("debian_searx_1_1/engines_only_page9_empty", False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "hits"), SEARXNG)
def test_searxng(recordings: Path, name: str, hits: bool) -> None:
    path = recordings / "searxng_local" / f"{name}.json"
    answer = searxng.decode_search(recorded(path), search(MODERATE, count=150))
    assert bool(answer.value) == hits
    assert bool(answer.next_offset) == hits
    assert len(answer.value) <= len(body(path)["results"])
    for image in answer.value:
        assert image.attribution
        assert image.attribution.source_url
        assert image.thumbnail_url


def test_searxng_reads_sizes(recordings: Path) -> None:
    answer = searxng.decode_search(
        recorded(recordings / "searxng_local" / "engines_only_commons.json"), search(OFF, minWidth=1000)
    )
    assert answer.value
    assert all((image.width or 0) >= 1000 for image in answer.value)


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("engine_http_500", Unavailable),
        ("debian_searx_1_1/engine_dead", Unavailable),
        ("debian_searx_1_1/engine_timeout", Unavailable),
        ("debian_searx_1_1/error_safesearch_3", Unavailable),
        ("error_format_disabled", Misconfigured),
        ("error_format_unknown", BadAnswer),
        ("error_language", InvalidRequest),
        ("error_no_query", InvalidRequest),
        ("error_pageno_0", InvalidRequest),
        ("error_time_range", InvalidRequest),
        ("debian_searx_1_1/error_no_query", InvalidRequest),
        ("external_bang_redirect", BadAnswer),
    ],
)
def test_searxng_errors(recordings: Path, name: str, error: type[ProviderError]) -> None:
    with pytest.raises(error):
        searxng.decode_search(recorded(recordings / "searxng_local" / f"{name}.json"), search(OFF))


@pytest.mark.parametrize("name", ["config", "debian_searx_1_1/config"])
def test_searxng_says_which_engines_are_safe(recordings: Path, name: str) -> None:
    response = recorded(recordings / "searxng_local" / f"{name}.json")
    engines = searxng.decode_config(response, searxng.SearxngSettings("http://x"))
    listed = json.loads(response.body)["engines"]
    assert {engine.name for engine in engines if engine.safesearch} == {
        item["name"] for item in listed if item["safesearch"] and item["enabled"]
    }
    with pytest.raises(Misconfigured, match="no such"):
        searxng.decode_config(response, searxng.SearxngSettings("http://x", ("no such",)))


@pytest.mark.parametrize(("name", "count"), [("images_hello_world_1_13", 13), ("doc_images_2026", 1)])
def test_brave(recordings: Path, name: str, count: int) -> None:
    path = recordings / "brave" / f"{name}.json"
    answer: ImageAnswer = case("brave").decode(recorded(path), search(MODERATE, count=20))
    assert len(answer.value) == len(body(path)["results"])
    assert len(answer.value) >= count
    assert all(complete(image) and image.is_family_friendly for image in answer.value)
    assert answer.next_offset is None


def test_vision(recordings: Path) -> None:
    path = recordings / "google_vision" / "web_detection_2025.json"
    found = body(path)["responses"][0]["webDetection"]
    answer: ImageInsights = case("google-vision").decode(recorded(path), lookup(OFF))
    assert answer.best_representative_query is not None
    assert answer.best_representative_query.text == found["bestGuessLabels"][0]["label"]
    assert answer.pages_including is not None
    assert [image.match and image.match.confidence for image in answer.pages_including.value] == [
        "exact", "likely", "maybe",
    ]  # fmt: skip
    assert answer.visually_similar_images is not None
    assert len(answer.visually_similar_images.value) == 7
    assert answer.image_tags is not None
    assert len(answer.image_tags.value) == 3
    assert answer.recognized_entity_groups is not None


@pytest.mark.parametrize("level", [MODERATE, STRICT])
def test_vision_unrated_is_not_shown_below_off(recordings: Path, level: SafeSearch) -> None:
    with pytest.raises(Blocked):
        case("google-vision").decode(recorded(recordings / "google_vision" / "web_detection_2025.json"), lookup(level))


def test_saucenao(recordings: Path) -> None:
    path = recordings / "saucenao" / "search_2020.json"
    answer = saucenao.decode_insights(recorded(path), lookup(OFF))
    assert answer.pages_including is not None
    assert len(answer.pages_including.value) == 5
    scores = [image.match.score or 0 for image in answer.pages_including.value if image.match]
    assert scores == sorted(scores, reverse=True)
    assert answer.visually_similar_images is not None
    assert len(answer.visually_similar_images.value) == 1
    assert answer.best_representative_query is not None
    for level in (MODERATE, STRICT):
        unmarked = saucenao.decode_insights(recorded(path), lookup(level))
        assert unmarked.pages_including is None, "what is not marked at all is not shown below Off"
        assert unmarked.visually_similar_images is None


@pytest.mark.parametrize(
    ("name", "level", "shown"),
    [
        ("search_anilist_info_200", OFF, True),
        ("search_anilist_info_200", STRICT, True),
        ("search_200", OFF, True),
        ("search_200", STRICT, False),
    ],
)
def test_tracemoe(recordings: Path, name: str, level: SafeSearch, shown: bool) -> None:
    answer: ImageInsights = case("tracemoe").decode(recorded(recordings / "tracemoe" / f"{name}.json"), lookup(level))
    assert (answer.pages_including is not None) == shown
    if answer.pages_including:
        (page,) = answer.pages_including.value
        assert page.host_page_url == "https://anilist.co/anime/99939"
        assert page.match is not None
        assert page.match.confidence == "likely"


@pytest.mark.parametrize(
    ("name", "error"),
    [("search_402_quota", QuotaSpent), ("search_402_concurrency", RateLimited), ("search_503_queue", Unavailable)],
)
def test_tracemoe_errors(recordings: Path, name: str, error: type[ProviderError]) -> None:
    with pytest.raises(error):
        case("tracemoe").decode(recorded(recordings / "tracemoe" / f"{name}.json"), lookup(OFF))


@pytest.mark.parametrize("level", SafeSearch)
def test_tineye(recordings: Path, level: SafeSearch) -> None:
    path = recordings / "tineye" / "search_200.json"
    answer: ImageInsights = case("tineye").decode(recorded(path), lookup(level))
    assert answer.pages_including is not None
    matches = body(path)["results"]["matches"]
    assert len(answer.pages_including.value) == sum(min(3, len(match["backlinks"])) for match in matches)
    for page in answer.pages_including.value:
        assert page.match is not None
        assert page.match.confidence == "exact"
        assert (page.content_url is None) == (level > OFF)


@pytest.mark.parametrize(
    ("name", "why"), [("search_400_download", "unreachable"), ("search_500_no_signature", "not-a-picture")]
)
def test_tineye_errors(recordings: Path, name: str, why: str) -> None:
    with pytest.raises(PictureRefused) as caught:
        case("tineye").decode(recorded(recordings / "tineye" / f"{name}.json"), lookup(OFF))
    assert caught.value.why == why
