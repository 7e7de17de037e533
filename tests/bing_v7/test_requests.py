"""Query strings to requests and back."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bing_v7 import (
    FILTERS,
    Aspect,
    Color,
    Crop,
    Freshness,
    ImageContent,
    ImageType,
    InsightsRequest,
    InvalidRequest,
    License,
    Module,
    SafeSearch,
    SearchRequest,
    Size,
    TrendingRequest,
    Upload,
)

PICTURE = "https://example.org/a.jpg"


def search(**query: str) -> SearchRequest:
    return SearchRequest.from_query(query.items())


def details(**query: str) -> InsightsRequest:
    return InsightsRequest.from_query({"imgUrl": PICTURE, **query}.items())


def refused(kind: Any, **query: str) -> InvalidRequest:
    with pytest.raises(InvalidRequest) as caught:
        kind.from_query(query.items())
    return caught.value


def test_defaults() -> None:
    request = search(q="cats")
    assert (request.count, request.offset, request.safe_search, request.filters) == (35, 0, SafeSearch.MODERATE, {})


def test_names_and_values_in_any_case() -> None:
    request = search(
        Q="cats",
        SAFESEARCH="sTRICT",
        ASPECT="wide",
        imagetype="animatedgifHTTPS",
        License="SHAREcommercially",
        SETLANG="JP",
    )
    assert request.safe_search is SafeSearch.STRICT
    assert request.filters == {"aspect": "Wide", "imageType": "AnimatedGifHttps", "license": "ShareCommercially"}
    assert request.set_lang == "JP"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("aspect", Aspect),
        ("color", Color),
        ("freshness", Freshness),
        ("imageContent", ImageContent),
        ("imageType", ImageType),
        ("license", License),
        ("size", Size),
        ("safeSearch", SafeSearch),
    ],
)
def test_every_value_is_read_in_any_case(name: str, kind: Any) -> None:
    for value in kind:
        written = dict(search(q="x", **{name: value.upper()}).to_params())
        assert written.get(name, "All") == value
    error = refused(SearchRequest, q="x", **{name: "mauve-ish"})
    assert (error.parameter, error.value, error.missing) == (name, "mauve-ish", False)


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    ("given", "level"), [(["Off", "strict"], "Strict"), (["moderate", "OFF"], "Moderate"), (["Off", " "], "Off")]
)
def test_of_several_levels_the_strictest_counts(given: list[str], level: str, order: int) -> None:
    levels = zip(["safeSearch", "SAFESEARCH"], given[::order], strict=True)
    assert SearchRequest.from_query([("q", "a"), *levels]).safe_search == SafeSearch(level)


@pytest.mark.parametrize("order", [1, -1])
def test_a_level_that_is_none_is_refused_beside_another(order: int) -> None:
    levels = [("safeSearch", value) for value in ["Off", "none"][::order]]
    with pytest.raises(InvalidRequest) as caught:
        SearchRequest.from_query([("q", "a"), *levels])
    assert (caught.value.parameter, caught.value.value) == ("safeSearch", "none")


def test_unknown_and_empty_parameters_are_ignored_and_the_first_of_several_counts() -> None:
    request = SearchRequest.from_query([("q", "a"), ("Q", "b"), ("traffictype", "test"), ("mkt", ""), ("count", " ")])
    assert (request.q, request.mkt, request.count) == ("a", None, 35)


@pytest.mark.parametrize(
    ("query", "parameter", "value", "missing"),
    [
        ({}, "q", None, True),
        ({"q": "  "}, "q", None, True),
        ({"count": "900"}, "q", None, True),
        ({"q": "x", "count": "151"}, "count", "151", False),
        ({"q": "x", "count": "0"}, "count", "0", False),
        ({"q": "x", "count": "ten"}, "count", "ten", False),
        ({"q": "x", "offset": "-1"}, "offset", "-1", False),
        ({"q": "x", "offset": "65536"}, "offset", "65536", False),
        ({"q": "x", "mkt": "en-US", "cc": "US"}, "cc", "US", False),
        ({"q": "x", "cc": "USA"}, "cc", "USA", False),
        ({"q": "x", "mkt": "english!"}, "mkt", "english!", False),
        ({"q": "x", "width": "5", "minWidth": "3"}, "width", "5", False),
        ({"q": "x", "height": "5", "maxHeight": "9"}, "height", "5", False),
        ({"q": "x", "minFileSize": "-3"}, "minFileSize", "-3", False),
        ({"q": "x", "minFileSize": "9" * 5000}, "minFileSize", "9" * 200, False),
    ],
)
def test_the_first_problem_is_named(query: dict[str, str], parameter: str, value: str | None, missing: bool) -> None:
    error = refused(SearchRequest, **query)
    assert (error.parameter, error.value, error.missing) == (parameter, value, missing)
    assert error.reason
    assert "https://" not in error.reason


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({}, "q is missing"),
        ({"q": "x", "count": "151"}, "count must be at most 150"),
        ({"q": "x", "offset": "-1"}, "offset must be at least 0"),
        ({"q": "x", "width": "wide"}, "width must be a whole number"),
        ({"q": "x", "safeSearch": "maybe"}, "safeSearch must be Off, Moderate or Strict"),
        ({"q": "x", "minWidth": "9", "maxWidth": "5"}, "minWidth must be at most maxWidth (5)"),
        ({"q": "x", "minHeight": "9", "maxHeight": "5"}, "minHeight must be at most maxHeight (5)"),
        ({"q": "x", "minFileSize": "9", "maxFileSize": "0"}, "minFileSize must be at most maxFileSize (0)"),
        ({"q": "x", "width": "5", "maxWidth": "9"}, "width and minWidth or maxWidth exclude each other"),
        ({"q": "x", "mkt": "!"}, "mkt must look like en-US"),
    ],
)
def test_the_problem_is_told_in_words(query: dict[str, str], words: str) -> None:
    assert refused(SearchRequest, **query).reason == words


def test_file_sizes_are_clamped() -> None:
    assert search(q="x", maxFileSize="2000000").max_file_size == 520_192


def test_exact_size_may_stand_with_size_and_the_other_range() -> None:
    assert search(q="x", width="640", minHeight="3", size="large").filters == {
        "width": 640,
        "minHeight": 3,
        "size": "Large",
    }


def test_headers_are_read_and_malformed_ones_ignored() -> None:
    good = {
        "x-msedge-clientid": "0123456789abcdef0123456789ABCDEF",
        "X-MSEDGE-CLIENTIP": "2001:db8::1",
        "x-search-location": "lat:47.60;long:-122.33;re:100;disp:Seattle",
        "accept-language": "de",
    }
    request = SearchRequest.from_query([("q", "x")], good)
    assert request.to_headers() == {
        "Accept-Language": "de",
        "X-MSEdge-ClientID": "0123456789abcdef0123456789ABCDEF",
        "X-MSEdge-ClientIP": "2001:db8::1",
        "X-Search-Location": "lat:47.60;long:-122.33;re:100;disp:Seattle",
    }
    bad = {"X-MSEdge-ClientID": "me", "X-MSEdge-ClientIP": "here", "X-Search-Location": "home"}
    assert SearchRequest.from_query([("q", "x"), ("clientId", "0" * 32)], bad).to_headers() == {}
    both = SearchRequest.from_query([("q", "x"), ("setLang", "de")], {"Accept-Language": "fr"})
    assert both.to_headers() == {}


@given(
    st.fixed_dictionaries(
        {"q": st.text(min_size=1).filter(str.strip)},
        optional={
            "count": st.integers(1, 150),
            "offset": st.integers(0, 65_535),
            "min_width": st.integers(1, 65_535),
            "max_file_size": st.integers(0, 520_192),
            "color": st.sampled_from(Color),
            "safe_search": st.sampled_from(SafeSearch),
            "mkt": st.sampled_from(["en-US", "ja-JP"]),
        },
    )
)
def test_searches_survive(fields: dict[str, Any]) -> None:
    request = SearchRequest(**fields)
    assert SearchRequest.from_query(request.to_params()) == request


def test_every_filter_is_a_field() -> None:
    assert {field.alias for field in SearchRequest.model_fields.values()} >= FILTERS


def test_modules() -> None:
    assert details().modules == {Module.ALL}
    assert details(modules="tags,PAGESIncluding , collection").modules == {
        Module.TAGS,
        Module.PAGES_INCLUDING,
        Module.COLLECTIONS,
    }
    assert details(modules="RecognizedEntities").modules == {Module.RECOGNIZED_ENTITIES}
    assert details(modules="RecognizedEntities,All").modules == {Module.ALL}
    assert refused(InsightsRequest, imgUrl=PICTURE, modules="tags,bogus").value == "bogus"


def test_crop() -> None:
    assert details(cal="0.25", cab="0.5", ct="Rectangular").crop == Crop(left=0.25, bottom=0.5)
    assert details().crop is None
    for query, parameter in [
        ({"cal": "1.5"}, "cal"),
        ({"car": "nan"}, "car"),
        ({"cab": "x"}, "cab"),
        ({"cal": "0.6", "car": "0.5"}, "cal"),
        ({"cat": "1"}, "cat"),
        ({"ct": "1"}, "ct"),
    ]:
        assert refused(InsightsRequest, imgUrl=PICTURE, **query).parameter == parameter


def test_one_picture() -> None:
    missing = refused(InsightsRequest)
    assert (missing.parameter, missing.missing) == ("insightsToken", True)
    assert refused(InsightsRequest, imgUrl=PICTURE, insightsToken="t").parameter == "imgUrl"
    for address in ("ftp://example.org/a", "file:///etc/passwd", "magpie:picture/1", "http://", "//x", "http://[x"):
        assert refused(InsightsRequest, imgUrl=address).parameter == "imgUrl"
    posted = InsightsRequest.from_query([("upload", "x"), ("crop", "x")], None, Upload(data=b"picture"))
    assert posted.upload is not None


@given(st.sets(st.sampled_from(Module), min_size=1), st.integers(0, 8), st.integers(9, 16))
def test_details_survive(modules: set[Module], low: int, high: int) -> None:
    if len(modules) > 1:
        modules.discard(Module.RECOGNIZED_ENTITIES)
    crop = Crop(left=low / 16, top=low / 16, right=high / 16, bottom=high / 16)
    request = InsightsRequest(insights_token="a*b+c/d\\!_", modules=frozenset(modules), crop=crop, q="degas")
    assert InsightsRequest.from_query(request.to_params()) == request


def test_trending_takes_only_the_general_parameters() -> None:
    request = TrendingRequest.from_query([("mkt", "en-GB"), ("q", "x"), ("count", "900")])
    assert request.to_params() == (("mkt", "en-GB"), ("safeSearch", "Moderate"))
    assert refused(TrendingRequest, safeSearch="maybe").parameter == "safeSearch"


def test_reading_text_cannot_be_asked_for_from_outside() -> None:
    asked = InsightsRequest.from_query([("imgUrl", "https://example.org/a.jpg"), ("readText", "true")])
    assert not asked.read_text
    assert "readText" not in dict(asked.model_copy(update={"read_text": True}).to_params())
