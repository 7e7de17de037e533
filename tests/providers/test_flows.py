"""Adapters that ask more than once: signing in, reading a configuration, two days and their credits."""

import asyncio
import json
from datetime import UTC, datetime

import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.bing_v7 import (
    Blocked,
    ImageInsights,
    LevelNotHonoured,
    Misconfigured,
    NoteCode,
    PictureRefused,
    ProviderError,
    QuotaSpent,
    RateLimited,
    SafeSearch,
    TrendingRequest,
    Unavailable,
)
from bot.providers.adapters import google_vision, saucenao, yandex_xml
from bot.providers.adapters.commons.search import Commons, CommonsSettings
from bot.providers.adapters.commons.sha1 import CommonsSha1
from bot.providers.adapters.openverse import Openverse
from bot.providers.adapters.openverse_app import OpenverseSettings
from bot.providers.adapters.searxng import Searxng, SearxngSettings
from bot.providers.adapters.tracemoe import TraceMoe, TraceMoeSettings
from bot.providers.adapters.wikifeeds import Wikifeeds, WikifeedsSettings
from bot.providers.http.transport import Transport

from .cases import KEY, VISION, body_of, case, lookup, response, search
from .conftest import Stage

OFF, MODERATE, STRICT = SafeSearch


async def test_openverse_signs_in_once_and_asks_for_longer_pages(stage: Stage, transport: Transport) -> None:
    refused = False

    async def handler(request: web.Request) -> web.StreamResponse:
        if request.path.endswith("token/"):
            return web.json_response({"access_token": "tok", "expires_in": 36000, "token_type": "Bearer"})
        return web.Response(status=401) if refused else web.Response(body=body_of("openverse"))

    stage.handler = handler
    provider = Openverse(transport, OpenverseSettings(f"{stage.base}/v1/", "the id", SecretStr("a&b=c")))
    for _ in range(2):
        assert (await provider.search(search(OFF, count=50))).value
    assert [seen.path for seen in stage.seen] == ["/v1/auth_tokens/token/", "/v1/images/", "/v1/images/"]
    assert stage.bodies[0] == b"grant_type=client_credentials&client_id=the+id&client_secret=a%26b%3Dc"
    assert stage.seen[1].headers["Authorization"] == "Bearer tok"
    assert stage.seen[1].query["page_size"] == "50"
    refused = True
    with pytest.raises(Misconfigured):
        await provider.search(search(OFF))
    refused = False
    await provider.search(search(OFF))
    assert [seen.path for seen in stage.seen].count("/v1/auth_tokens/token/") == 2


async def test_searxng_reads_the_configuration_once(stage: Stage, transport: Transport) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        return web.Response(body=body_of("searxng-config" if request.path == "/config" else "searxng"))

    stage.handler = handler
    provider = Searxng(transport, SearxngSettings(f"{stage.base}/", ("openverse", "mojeek images")))
    for level in (OFF, STRICT, OFF):
        await provider.search(search(level))
    assert [(seen.path, seen.query.get("engines")) for seen in stage.seen] == [
        ("/config", None),
        ("/search", "openverse,mojeek images"),
        ("/search", "mojeek images"),
    ]
    only_unsafe = Searxng(transport, SearxngSettings(stage.base, ("openverse",)))
    with pytest.raises(LevelNotHonoured):
        await only_unsafe.search(search(MODERATE))
    assert stage.seen[-1].path == "/config"


async def test_searxng_pages(stage: Stage, transport: Transport) -> None:
    results = [{"url": f"https://p/{n}", "title": str(n), "img_src": f"https://i/{n}.jpg"} for n in range(50)]

    async def handler(request: web.Request) -> web.StreamResponse:
        if request.path == "/config":
            return web.Response(body=body_of("searxng-config"))
        return web.json_response({"results": results if request.query["pageno"] == "1" else []})

    stage.handler = handler
    provider = Searxng(transport, SearxngSettings(stage.base))
    names: list[str | None] = []
    offset: int | None = 0
    while offset is not None:
        page = await provider.search(search(OFF, count=20, offset=offset))
        names += [image.name for image in page.value]
        offset = page.next_offset
    assert names == [str(n) for n in range(50)]
    assert [seen.query["pageno"] for seen in stage.seen if seen.path == "/search"] == ["1", "2"]


def feeds(stage: Stage, today: int = 200, yesterday: int = 200, credits_status: int = 200) -> None:
    credited = json.loads(body_of("commons"))
    credited["query"]["pages"] = [credited["query"]["pages"][0] | {"title": "File:Read most.jpg"}]

    async def handler(request: web.Request) -> web.StreamResponse:
        if request.path.endswith("api.php"):
            return web.json_response(credited, status=credits_status)
        is_today = request.path.endswith("2026/11/20")
        feed = json.loads(body_of("wikifeeds"))
        feed.pop("mostread" if is_today else "news")
        return web.json_response(feed, status=today if is_today else yesterday)

    stage.handler = handler


def wikifeeds(stage: Stage, transport: Transport) -> Wikifeeds:
    settings = WikifeedsSettings(f"{stage.base}/{{language}}/", f"{stage.base}/api.php")
    return Wikifeeds(transport, settings, lambda: datetime(2026, 11, 20, 1, tzinfo=UTC))


async def test_wikifeeds_takes_each_part_from_the_newest_day_that_has_it(stage: Stage, transport: Transport) -> None:
    feeds(stage)
    found = await wikifeeds(stage, transport).trending(TrendingRequest(safe_search=MODERATE, mkt="de-DE"))
    assert [category.title for category in found.categories] == [
        "Bild des Tages", "Heute am meisten gelesen", "Artikel des Tages", "In den Nachrichten", "An diesem Tag",
    ]  # fmt: skip
    assert {seen.path for seen in stage.seen} == {
        "/de/feed/featured/2026/11/20", "/de/feed/featured/2026/11/19", "/api.php",
    }  # fmt: skip
    most_read = found.categories[1].tiles[0].image.attribution
    assert most_read is not None
    assert (most_read.author, most_read.license) == ("Bo Example", "Public domain")
    assert found.categories[4].tiles[0].query.display_text == "Long ago (1999)"


async def test_wikifeeds_without_today_says_so(stage: Stage, transport: Transport) -> None:
    feeds(stage, today=404)
    found = await wikifeeds(stage, transport).trending(TrendingRequest(safe_search=STRICT, set_lang="xx"))
    assert found.provenance is not None
    assert [(note.code, note.detail) for note in found.provenance.notes] == [(NoteCode.STALE, "2026-11-19")]
    assert "Most read today" not in [category.title for category in found.categories]
    assert any(seen.path.startswith("/en/") for seen in stage.seen)


async def test_wikifeeds_without_credits_still_links_the_file(stage: Stage, transport: Transport) -> None:
    feeds(stage, credits_status=500)
    found = await wikifeeds(stage, transport).trending(TrendingRequest())
    for category in found.categories:
        for tile in category.tiles:
            assert tile.image.attribution is not None
            assert (tile.image.attribution.source_url or "").startswith("https://commons.wikimedia.org/wiki/File:")


async def test_wikifeeds_down(stage: Stage, transport: Transport) -> None:
    feeds(stage, today=503, yesterday=503)
    with pytest.raises(Unavailable):
        await wikifeeds(stage, transport).trending(TrendingRequest())


async def test_tracemoe_is_asked_one_at_a_time(stage: Stage, transport: Transport) -> None:
    now = most = 0

    async def handler(_: web.Request) -> web.StreamResponse:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.02)
        now -= 1
        return web.Response(body=body_of("tracemoe"))

    stage.handler = handler
    provider = TraceMoe(transport, TraceMoeSettings(stage.base, KEY))
    await asyncio.gather(*(provider.insights(lookup(OFF)) for _ in range(5)))
    assert most == 1
    assert stage.seen[0].headers["x-trace-key"] == "s3cr3t-value"


async def test_all_of_wikimedia_together_is_asked_three_at_a_time(stage: Stage, transport: Transport) -> None:
    now = most = 0

    async def handler(request: web.Request) -> web.StreamResponse:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.02)
        now -= 1
        return web.Response(body=body_of("commons" if request.path == "/api.php" else "wikifeeds"))

    stage.handler = handler
    settings = CommonsSettings(f"{stage.base}/api.php")
    await asyncio.gather(
        *(Commons(transport, settings).search(search(OFF)) for _ in range(4)),
        *(CommonsSha1(transport, settings).insights(lookup(OFF)) for _ in range(4)),
        *(wikifeeds(stage, transport).trending(TrendingRequest()) for _ in range(2)),
    )
    assert most == 3


RATINGS = [
    ({"adult": "VERY_UNLIKELY", "racy": "VERY_LIKELY"}, MODERATE, False),
    ({"adult": "VERY_UNLIKELY", "racy": "LIKELY"}, STRICT, True),
    ({"adult": "POSSIBLE", "racy": "POSSIBLE"}, STRICT, False),
    ({"adult": "LIKELY", "racy": "UNLIKELY"}, MODERATE, True),
    ({"adult": "VERY_LIKELY", "racy": "UNLIKELY"}, OFF, False),
    ({"adult": "SOMETHING_NEW", "racy": "UNLIKELY"}, MODERATE, True),
    ({}, MODERATE, True),
]


@pytest.mark.parametrize(("rating", "level", "blocked"), RATINGS)
def test_vision_refuses_pictures_that_are_not_for_the_level(
    rating: dict[str, str], level: SafeSearch, blocked: bool
) -> None:
    answer = json.loads(body_of("google-vision"))
    answer["responses"][0]["safeSearchAnnotation"] = rating
    if blocked:
        with pytest.raises(Blocked):
            google_vision.decode_insights(response(answer), lookup(level), VISION)
    else:
        assert google_vision.decode_insights(response(answer), lookup(level), VISION).pages_including


def test_vision_names_can_be_switched_off() -> None:
    without = google_vision.GoogleVisionSettings(KEY, entities=False)
    answer = google_vision.decode_insights(response(body_of("google-vision")), lookup(OFF), without)
    assert answer.image_tags is None
    assert answer.recognized_entity_groups is None


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        ({"code": 400, "message": "API key not valid.", "status": "INVALID_ARGUMENT"}, 400, Misconfigured),
        ({"code": 403, "message": "no", "status": "PERMISSION_DENIED"}, 403, Misconfigured),
        ({"code": 400, "message": "Bad image data.", "status": "INVALID_ARGUMENT"}, 400, PictureRefused),
        ({"code": 429, "message": "no", "status": "RESOURCE_EXHAUSTED"}, 429, RateLimited),
        ({"code": 503, "message": "no", "status": "UNAVAILABLE"}, 503, Unavailable),
    ],
)
def test_vision_errors(error: dict[str, object], status: int, kind: type[ProviderError]) -> None:
    with pytest.raises(kind):
        google_vision.decode_insights(response({"error": error}, status), lookup(OFF), VISION)


@pytest.mark.parametrize(
    ("code", "kind"), [(3, PictureRefused), (7, Misconfigured), (8, QuotaSpent), (14, Unavailable), (None, Unavailable)]
)
def test_vision_errors_inside_a_good_answer(code: int | None, kind: type[ProviderError]) -> None:
    body = {"responses": [{"error": {"code": code, "message": "private"}}]}
    with pytest.raises(kind) as caught:
        google_vision.decode_insights(response(body), lookup(OFF), VISION)
    assert "private" not in str(caught.value)


@pytest.mark.parametrize(
    ("header", "keyed", "kind"),
    [
        ({"status": -1, "message": "Specified file could not be read"}, False, PictureRefused),
        ({"status": -1, "message": "The anonymous account type does not permit API usage."}, False, Misconfigured),
        ({"status": -2, "message": "server error, try again"}, False, Unavailable),
        ({"status": 0, "user_id": 0}, True, Misconfigured),
        ({"status": 0, "user_id": "0"}, True, Misconfigured),
    ],
)
def test_saucenao_refuses_with_status_200(header: dict[str, object], keyed: bool, kind: type[ProviderError]) -> None:
    with pytest.raises(kind):
        saucenao.decode_insights(response({"header": header}), lookup(OFF), keyed=keyed)


@pytest.mark.parametrize(
    ("message", "kind"), [("Daily Search Limit Exceeded.", QuotaSpent), ("Search Rate Too High.", RateLimited)]
)
def test_saucenao_says_in_words_what_is_used_up(message: str, kind: type[ProviderError]) -> None:
    with pytest.raises(kind):
        saucenao.decode_insights(response({"header": {"status": -2, "message": message}}, 429), lookup(OFF))


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("Your account has no searches left", QuotaSpent),
        ("Invalid API key", Misconfigured),
        ("Something else", Unavailable),
    ],
)
def test_tineye_says_in_words_what_is_wrong(message: str, kind: type[ProviderError]) -> None:
    with pytest.raises(kind):
        case("tineye").decode(response({"code": 500, "messages": ["ERROR", message], "results": []}), lookup(OFF))


def xml(inner: str) -> str:
    import base64

    return base64.b64encode(f"<yandexsearch><response>{inner}</response></yandexsearch>".encode()).decode()


@pytest.mark.parametrize(
    ("code", "kind"),
    [("55", RateLimited), ("32", QuotaSpent), ("42", Misconfigured), ("20", Unavailable), ("", Unavailable)],
)
def test_yandex_errors_by_number(code: str, kind: type[ProviderError]) -> None:
    with pytest.raises(kind):
        yandex_xml.read_xml(xml(f'<error code="{code}">words</error>'), "yandex")


def test_yandex_without_results_is_empty() -> None:
    assert yandex_xml.read_xml(xml('<error code="15">none</error>'), "yandex") == ([], 0)


@pytest.mark.parametrize("raw", ["!!!", "bm90IHhtbA==", "", "PCFET0NUWVBFIHg+PHgvPg=="])
def test_yandex_documents_that_are_none(raw: str) -> None:
    with pytest.raises(Unavailable):
        yandex_xml.read_xml(raw, "yandex")


def test_a_part_of_a_picture_is_looked_up_whole_and_it_is_said() -> None:
    from bot.bing_v7 import Crop

    for stem in ("google-vision", "saucenao", "tracemoe", "tineye", "yandex-by-image"):
        answer: ImageInsights = case(stem).decode(response(body_of(stem)), lookup(OFF, crop=Crop(right=0.5)))
        assert answer.provenance is not None
        assert ("filter-not-applied", "crop") in [(note.code, note.detail) for note in answer.provenance.notes]
