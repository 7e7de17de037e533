"""Each level as the exact parameter on the wire."""

import hashlib
import json
from typing import Any

import pytest

from bot.bing_v7 import (
    Aspect,
    Color,
    Freshness,
    HttpRequest,
    LevelNotHonoured,
    NotSupported,
    SafeSearch,
    SearchRequest,
    Size,
    Verb,
)
from bot.providers.adapters import searxng
from bot.providers.adapters.commons import search
from bot.providers.http.transport import Transport

from .cases import CASES, ENGINES, case

OFF, MODERATE, STRICT = SafeSearch
BASE = "http://service.example"


def built(stem: str, level: SafeSearch, **more: Any) -> HttpRequest:
    one = case(stem)
    return one.build(one.ask(level, **more), BASE)


def param(request: HttpRequest, name: str) -> str | None:
    return dict(request.params).get(name)


@pytest.mark.parametrize(
    ("stem", "name", "values"),
    [
        ("openverse", "mature", ("true", None, None)),
        ("searxng", "safesearch", ("0", "1", "2")),
        ("searxng", "engines", ("bing images,openverse", "bing images", "bing images")),
        ("brave", "safesearch", ("off", "strict", "strict")),
        ("saucenao", "hide", ("0", "2", "3")),
        ("tracemoe", "anilistInfo", ("", "", "")),
        ("tineye", "safesearch", (None, None, None)),
        ("klipy", "content_filter", ("off", "medium", "high")),
        ("klipy-trending", "content_filter", ("off", "medium", "high")),
        ("serpapi", "safe", ("off", "active", "active")),
        ("serpapi-lens", "safe", ("off", "active", "active")),
        ("pexels", "safe", (None, None, None)),
        ("commons-sha1", "generator", ("allimages", "allimages", "allimages")),
    ],
)
def test_as_a_parameter(stem: str, name: str, values: tuple[str | None, ...]) -> None:
    assert tuple(param(built(stem, level), name) for level in SafeSearch) == values


@pytest.mark.parametrize("stem", ["yandex", "yandex-by-image"])
def test_yandex_has_three_modes(stem: str) -> None:
    modes: list[str] = []
    for level in SafeSearch:
        body = json.loads(built(stem, level).body or b"")
        modes.append(body.get("query", body)["familyMode"])
    assert modes == ["FAMILY_MODE_NONE", "FAMILY_MODE_MODERATE", "FAMILY_MODE_STRICT"]


def test_vision_rates_the_picture_below_off() -> None:
    features = [
        json.loads(built("google-vision", level).body or b"")["requests"][0]["features"] for level in SafeSearch
    ]
    kinds = [[feature["type"] for feature in asked] for asked in features]
    assert kinds == [["WEB_DETECTION"], *[["WEB_DETECTION", "SAFE_SEARCH_DETECTION"]] * 2]


def test_commons_leaves_out_categories_at_moderate() -> None:
    assert "deepcat" not in (param(built("commons", OFF), "gsrsearch") or "")
    assert '-deepcat:"Nudity"' in (param(built("commons", MODERATE), "gsrsearch") or "")


def test_commons_is_for_off_alone_unless_the_operator_says_otherwise() -> None:
    plain = search.search_capabilities(search.CommonsSettings())
    opted = search.search_capabilities(search.CommonsSettings(moderate=True))
    assert [plain.honours(Verb.SEARCH, level) for level in SafeSearch] == [True, False, False]
    assert [opted.honours(Verb.SEARCH, level) for level in SafeSearch] == [True, True, False]


def test_no_engine_without_safe_search_is_asked_below_off() -> None:
    unsafe = [engine for engine in ENGINES if not engine.safesearch]
    request = SearchRequest(q="otter", safe_search=STRICT)
    with pytest.raises(LevelNotHonoured):
        searxng.build_search(request, searxng.SearxngSettings(BASE), unsafe)
    assert searxng.build_search(request.at(OFF), searxng.SearxngSettings(BASE), unsafe)


def test_no_engine_without_time_ranges_is_asked_for_new_pictures() -> None:
    request = SearchRequest(q="otter", safe_search=OFF, freshness=Freshness.WEEK)
    asked = searxng.build_search(request, searxng.SearxngSettings(BASE), ENGINES)
    assert (param(asked, "engines"), param(asked, "time_range")) == ("bing images", "week")
    timeless = [engine for engine in ENGINES if not engine.time_range]
    with pytest.raises(NotSupported):
        searxng.build_search(request, searxng.SearxngSettings(BASE), timeless)


def test_which_levels_each_service_honours() -> None:
    honoured = {
        str(one): [one.make(Transport(), BASE).capabilities.honours(one.verb, level) for level in SafeSearch]
        for one in CASES
    }
    not_all = {stem: levels for stem, levels in honoured.items() if not all(levels)}
    assert not_all == {"commons": [True, True, False], "serper": [True, False, False]}, (
        "list who is asked at few levels"
    )


OPENVERSE_PARAMS = [
    ({"aspect": "Square"}, {"aspect_ratio": "square"}),
    ({"aspect": "All"}, {"aspect_ratio": None}),
    ({"imageType": "Photo"}, {"category": "photograph"}),
    ({"imageType": "Clipart"}, {"category": "illustration"}),
    ({"imageType": "AnimatedGif"}, {"extension": "gif"}),
    ({"imageType": "Transparent"}, {"extension": "png"}),
    ({"license": "Public"}, {"license": "cc0,pdm"}),
    ({"license": "Share"}, {"license": None, "license_type": None}),
    ({"license": "ShareCommercially"}, {"license_type": "commercial"}),
    ({"license": "Modify"}, {"license_type": "modification"}),
    ({"license": "ModifyCommercially"}, {"license_type": "commercial,modification"}),
    ({"count": 35}, {"page_size": "20", "page": "1"}),
    ({"count": 10, "offset": 30}, {"page_size": "10", "page": "4"}),
    ({"offset": 40}, {"page": "3"}),
    ({"q": "x" * 300}, {"q": "x" * 200}),
]


@pytest.mark.parametrize(("asked", "sent"), OPENVERSE_PARAMS)
def test_openverse_on_the_wire(asked: dict[str, Any], sent: dict[str, str | None]) -> None:
    request = SearchRequest.model_validate({"q": "otter"} | asked)
    params = dict(case("openverse").build(request, BASE).params)
    assert {name: params.get(name) for name in sent} == sent
    assert not {"unstable__include_sensitive_results", "source", "creator"} & params.keys()


COMMONS_TERMS = [
    ({}, "filetype:bitmap|drawing otter"),
    ({"imageType": "Clipart"}, "filetype:drawing otter"),
    ({"imageType": "AnimatedGif"}, "filemime:gif otter"),
    ({"minWidth": 801, "maxHeight": 600}, "filetype:bitmap|drawing filew:>800 fileh:<601 otter"),
    ({"width": 800}, "filetype:bitmap|drawing filew:800 otter"),
    ({"license": "Public"}, "filetype:bitmap|drawing haslicense:unrestricted otter"),
    ({"q": 'incategory:Nudity -red !x "sea otter"'}, 'filetype:bitmap|drawing incategory Nudity red x "sea otter"'),
]


@pytest.mark.parametrize(("asked", "terms"), COMMONS_TERMS)
def test_commons_terms(asked: dict[str, Any], terms: str) -> None:
    request = SearchRequest.model_validate({"q": "otter", "safeSearch": "Off"} | asked)
    params = dict(case("commons").build(request, BASE).params)
    assert params["gsrsearch"] == terms
    assert params["iiurlwidth"] == "960"


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("red panda", "red panda"),
        ("!images otter", "otter"),
        ("!!w red panda", "red panda"),
        (":fr otter", "otter"),
        ("<1 otter", "otter"),
        ("otter !ddi :all <3", "otter"),
        ("!!w", "w"),
        ("wow! 3<4 a:b", "wow! 3<4 a:b"),
    ],
)
def test_no_word_commands_searxng(words: str, kept: str) -> None:
    assert searxng.without_commands(words) == kept


def test_searxng_is_asked_for_named_engines_and_no_category() -> None:
    request = built("searxng", STRICT, mkt="de-DE")
    assert param(request, "categories") is None
    assert (param(request, "language"), param(request, "image_proxy")) == ("de-DE", "0")


def test_brave_asks_for_more_instead_of_an_offset() -> None:
    request = built("brave", STRICT, offset=35, count=35, mkt="de-AT")
    assert [param(request, name) for name in ("count", "offset", "country", "search_lang")] == ["70", None, "AT", "de"]
    assert param(built("brave", STRICT, offset=190, count=35), "count") == "200"
    assert [param(built("brave", OFF, q=q), "spellcheck") for q in ("oter", "+oter")] == ["1", "0"]
    assert request.headers["X-Subscription-Token"] == "s3cr3t-value"


def test_what_yandex_is_asked() -> None:
    request = SearchRequest(
        q="otter", count=20, offset=40, aspect=Aspect.WIDE, color=Color.PURPLE, size=Size.WALLPAPER, mkt="ru-RU"
    )
    body = json.loads(case("yandex").build(request, BASE).body or b"")
    assert body["query"] | {"familyMode": ""} == {
        "searchType": "SEARCH_TYPE_RU", "queryText": "otter", "familyMode": "", "page": "2",
    }  # fmt: skip
    assert body["imageSpec"] == {
        "orientation": "IMAGE_ORIENTATION_HORIZONTAL",
        "size": "IMAGE_SIZE_WALLPAPER",
        "color": "IMAGE_COLOR_VIOLET",
    }
    with pytest.raises(NotSupported) as caught:
        case("yandex").build(SearchRequest(q="otter", color=Color.PINK), BASE)
    assert caught.value.filters == {"color"}


def test_pictures_go_as_bytes_under_a_name_that_tells_nothing() -> None:
    for stem, field in (("saucenao", "file"), ("tracemoe", "image"), ("tineye", "image_upload")):
        (part,) = built(stem, OFF).parts
        assert (part.name, part.data, part.filename, part.content_type) == (field, b"the picture", "image", "image/png")
    assert param(built("commons-sha1", OFF), "gaisha1") == hashlib.sha1(b"the picture").hexdigest()
    assert built("commons-sha1", OFF).body is None


def test_addresses_go_as_they_are_where_the_service_fetches_them() -> None:
    address = "https://pics.example/x.jpg?a=1&b=2"
    for stem, name in (("saucenao", "url"), ("tracemoe", "url"), ("tineye", "image_url")):
        request = built(stem, OFF, upload=None, img_url=address)
        assert (request.method, param(request, name)) == ("GET", address)
    assert json.loads(built("yandex-by-image", OFF, upload=None, img_url=address).body or b"")["url"] == address


def test_paid_questions_are_never_sent_twice() -> None:
    once = {str(one) for one in CASES if not built(str(one), OFF).idempotent}
    assert once == {
        "google-vision", "saucenao", "tineye", "yandex", "yandex-by-image", "serpapi", "serpapi-lens", "serper",
        "fluffle", "animetrace", "plantnet",
    }, "list here what costs money at each attempt"  # fmt: skip
