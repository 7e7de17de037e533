"""Requests to a v7 endpoint, and everything that may come back."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bing_v7 import (
    BadAnswer,
    Crop,
    HttpResponse,
    ImageAnswer,
    ImageInsights,
    InsightsRequest,
    InvalidRequest,
    Misconfigured,
    NotSupported,
    PictureRefused,
    ProviderError,
    QuotaSpent,
    RateLimited,
    SafeSearch,
    SearchRequest,
    TrendingImages,
    TrendingRequest,
    Unavailable,
    Upload,
    client,
)

KEY = "0123456789abcdef0123456789abcdef"
TRACE = "50F762499DD043B5ACDD040A7D1933CC"
MINE = "B" * 32
OURS = "C" * 32


def endpoint(base: str = client.DEFAULT_BASE) -> client.Endpoint:
    return client.Endpoint(base, KEY)


def response(status: int, body: Any = b"", **headers: str) -> HttpResponse:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return HttpResponse(status, {name.replace("_", "-"): value for name, value in headers.items()}, raw)


def failure(status: int, body: Any = b"", **headers: str) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        client.decode_answer(response(status, body, **headers), ImageAnswer, "v7")
    return caught.value


def errors(**fields: str) -> dict[str, Any]:
    return {"_type": "ErrorResponse", "errors": [{"message": "words of the service", **fields}]}


@pytest.mark.parametrize(
    ("base", "url"),
    [
        (client.DEFAULT_BASE, "https://api.bing.microsoft.com/v7.0/images/search"),
        (
            "https://api.cognitive.microsoft.com/bing/v7.0",
            "https://api.cognitive.microsoft.com/bing/v7.0/images/search",
        ),
        ("http://127.0.0.1:8707/v7.0/", "http://127.0.0.1:8707/v7.0/images/search"),
        ("https://example.org/v7.0/images", "https://example.org/v7.0/images/search"),
    ],
)
def test_any_base(base: str, url: str) -> None:
    assert client.build_search(SearchRequest(q="x"), endpoint(base)).url == url


@pytest.mark.parametrize(
    "base", ["", "example.org", "ftp://example.org", "https://", "https://a?b", "http://u:p@h", "http://[x"]
)
def test_no_base(base: str) -> None:
    with pytest.raises(Misconfigured):
        client.Endpoint(base)


def test_a_key_that_no_header_can_carry_is_refused() -> None:
    with pytest.raises(Misconfigured):
        client.Endpoint(key="kéy")


def test_keys_are_not_shown() -> None:
    built = client.build_search(SearchRequest(q="x"), endpoint())
    assert built.headers["Ocp-Apim-Subscription-Key"] == KEY
    assert KEY not in repr(built) + repr(endpoint())


def test_search_request() -> None:
    asked = SearchRequest(q="a + b", mkt="en-US", count=5, accept_language="de", client_id="me")
    built = client.build_search(asked, client.Endpoint(key=KEY, no_cache=True), OURS)
    assert (built.method, built.idempotent) == ("GET", True)
    assert dict(built.params) == {"q": "a + b", "mkt": "en-US", "count": "5", "offset": "0", "safeSearch": "Moderate"}
    assert built.headers == {
        "Accept": "application/json",
        "Accept-Language": "de",
        "Ocp-Apim-Subscription-Key": KEY,
        "Pragma": "no-cache",
        "X-MSEdge-ClientID": OURS,
    }


def test_the_requests_own_client_id_comes_first() -> None:
    built = client.build_trending(TrendingRequest(client_id=MINE), endpoint(), OURS)
    assert built.headers["X-MSEdge-ClientID"] == MINE
    issued = response(200, b"{}", **{"x-msedge-clientid": MINE})
    assert client.issued_client_id(issued) == MINE
    assert client.issued_client_id(response(200, b"{}", **{"x-msedge-clientid": "no id"})) is None


def test_a_scope_never_leaves() -> None:
    scoped = TrendingRequest(mkt="de-DE", client_id=MINE).within("secret-server")
    assert scoped.at(SafeSearch.STRICT).scope == "secret-server"
    built = client.build_trending(scoped.at(SafeSearch.STRICT), endpoint(), OURS)
    assert built == client.build_trending(
        TrendingRequest(mkt="de-DE", client_id=MINE, safe_search=SafeSearch.STRICT), endpoint()
    )
    assert "secret-server" not in str(built)
    assert scoped.outward() == TrendingRequest(mkt="de-DE", client_id=MINE)
    assert type(scoped.outward()) is TrendingRequest


def test_a_scope_is_never_taken_from_a_query_string() -> None:
    assert TrendingRequest.from_query([("scope", "x"), ("mkt", "de-DE")]) == TrendingRequest(mkt="de-DE")


def test_details_by_token_and_by_upload() -> None:
    asked = InsightsRequest(insights_token="a*b", crop=Crop(left=0.25))
    built = client.build_insights(asked, endpoint())
    assert (built.method, dict(built.params)["insightsToken"], dict(built.params)["cal"]) == ("GET", "a*b", "0.25")
    posted = client.build_insights(InsightsRequest(upload=Upload(data=b"bytes")), endpoint())
    assert (posted.method, posted.idempotent) == ("POST", False)
    assert [(part.name, part.data, bool(part.filename)) for part in posted.parts] == [("image", b"bytes", True)]


def test_a_query_that_makes_the_address_too_long_is_not_sent() -> None:
    with pytest.raises(InvalidRequest) as caught:
        client.build_search(SearchRequest(q="ä" * 400), endpoint())
    assert caught.value.parameter == "q"


def test_answers_are_decoded() -> None:
    read = client.decode_answer(response(200, {"_type": "Images", "value": [{"name": "a"}]}), ImageAnswer)
    assert read.value[0].name == "a"
    assert client.decode_answer(response(200, {"value": []}), ImageAnswer).value == ()
    assert client.decode_answer(response(200, {"_type": "ImageInsights"}), ImageInsights).image_tags is None
    assert client.decode_answer(response(200, {"_type": "TrendingImages"}), TrendingImages).categories == ()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", Unavailable),
        (b"  \n", Unavailable),
        (b"<html>Are you human?</html>", BadAnswer),
        (b'{"_type": "Images", "value": [', BadAnswer),
        (b"[]", BadAnswer),
        (b'"text"', BadAnswer),
        (b"{}", BadAnswer),
        (b'{"_type": "News", "value": []}', BadAnswer),
        (b'{"_type": "Images", "value": 3}', BadAnswer),
        (b'{"_type": "Images", "value": [{"width": "wide"}]}', BadAnswer),
        (b'{"_type": "Images", "nextOffset": NaN}', BadAnswer),
        (b"[" * 100_000, BadAnswer),
        (b'{"error": {"code": "401", "message": "no"}}', Misconfigured),
        (b'{"_type": "ErrorResponse", "errors": [{"code": "RateLimitExceeded", "message": "no"}]}', RateLimited),
        (b'{"_type": "ErrorResponse", "errors": []}', Unavailable),
    ],
)
def test_good_status_with_a_bad_body(body: bytes, kind: type[ProviderError]) -> None:
    error = failure(200, body, **{"bingapis-traceid": TRACE})
    assert type(error) is kind
    assert (error.provider, error.trace_id) == ("v7", TRACE)


def test_extensions_of_another_shape_are_left_out() -> None:
    image = {"name": "a", "attribution": "somebody", "match": 0.9, "width": 3}
    notes = {"providers": [], "notes": [{"code": "a-code-of-a-later-age"}]}
    read = client.decode_answer(response(200, {"_type": "Images", "value": [image], "provenance": notes}), ImageAnswer)
    assert (read.value[0].name, read.value[0].width, read.value[0].attribution) == ("a", 3, None)
    assert read.provenance is None
    assert type(failure(200, {"_type": "Images", "value": [{**image, "width": "wide"}]})) is BadAnswer


@pytest.mark.parametrize("written", ["magpie:picture/00", "magpie:thumbnail/00", r"m\u0061gpie\u003apicture/00"])
def test_nobody_else_points_at_pictures_that_only_we_hold(written: str) -> None:
    image = f'{{"name": "magpie: a bird", "contentUrl": "{written}", "x": ["{written}"], "match": 1}}'
    body = f'{{"_type": "Images", "value": [{image}]}}'
    read = client.decode_answer(response(200, body.encode()), ImageAnswer).value[0]
    assert read.to_wire() == {"name": "magpie: a bird", "x": []}
    assert type(failure(200, b'{"_type": "Images", "value": ["magpie:picture/00"], ')) is BadAnswer
    assert type(failure(200, b'["magpie:picture/00"]')) is BadAnswer


def test_a_bad_answer_names_the_place_and_not_the_content() -> None:
    error = failure(200, {"_type": "Images", "value": [{"width": "secret words"}]})
    assert "value.*.width" in str(error)
    assert "secret" not in str(error)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, errors(code="InvalidRequest", subCode="ParameterInvalidValue"), InvalidRequest),
        (400, {"error": {"code": "BadRequest", "message": "no"}}, InvalidRequest),
        (401, {"error": {"code": "401", "message": "Access denied"}}, Misconfigured),
        (401, {"statusCode": 401, "message": "Access denied"}, Misconfigured),
        (401, errors(code="InvalidAuthorization", subCode="AuthorizationMissing"), Misconfigured),
        (401, b"", Misconfigured),
        (403, errors(code="InsufficientAuthorization", subCode="AuthorizationExpired"), Misconfigured),
        (403, errors(code="RateLimitExceeded"), QuotaSpent),
        (403, {"statusCode": 403, "message": "Out of call volume quota."}, QuotaSpent),
        (404, b"", Misconfigured),
        (405, b"", Misconfigured),
        (408, b"", Unavailable),
        (410, {"error": {"code": "Gone", "message": "This Bing service has been retired."}}, Misconfigured),
        (410, errors(code="InvalidRequest", subCode="HttpNotAllowed"), Misconfigured),
        (413, b"", PictureRefused),
        (415, b"", PictureRefused),
        (429, {"statusCode": 429, "message": "Rate limit is exceeded. Try again in 7 seconds."}, RateLimited),
        (451, b"", InvalidRequest),
        (500, errors(code="ServerError", subCode="NotImplemented"), NotSupported),
        (500, errors(code="ServerError", subCode="UnexpectedError"), Unavailable),
        (503, b"<html>Service unavailable</html>", Unavailable),
        (999, b"", Unavailable),
        (302, b"", BadAnswer),
        (204, b"", BadAnswer),
    ],
)
def test_statuses(status: int, body: Any, kind: type[ProviderError]) -> None:
    error = failure(status, body)
    assert type(error) is kind
    assert "words of the service" not in str(error)
    assert "quota" not in str(error)


def test_a_bad_parameter_is_named() -> None:
    body = errors(code="InvalidRequest", subCode="ParameterMissing", parameter="q", value="")
    error = failure(400, body, **{"bingapis-traceid": TRACE})
    assert isinstance(error, InvalidRequest)
    assert (error.parameter, error.value, error.missing, error.trace_id) == ("q", None, True, TRACE)
    assert str(error) == f"v7: HTTP 400 InvalidRequest/ParameterMissing: trace {TRACE}"


@pytest.mark.parametrize(
    ("body", "headers", "seconds"),
    [
        ({}, {"retry-after": "12"}, 12),
        ({}, {"retry-after": "99999999999999"}, timedelta(days=40).total_seconds()),
        ({}, {"retry-after": "soon"}, None),
        ({}, {}, None),
        ({"statusCode": 429, "message": "Rate limit is exceeded. Try again in 7 seconds."}, {}, 7),
    ],
)
def test_how_long_to_wait(body: Any, headers: dict[str, str], seconds: float | None) -> None:
    error = failure(429, body, **headers)
    assert isinstance(error, RateLimited)
    assert error.retry_after == (None if seconds is None else timedelta(seconds=seconds))


def test_waiting_until_a_date() -> None:
    moment = datetime.now(UTC) + timedelta(minutes=5)
    error = failure(429, {}, **{"retry-after": format_datetime(moment, usegmt=True)})
    assert isinstance(error, RateLimited)
    assert error.retry_after is not None
    assert timedelta(minutes=4) < error.retry_after <= timedelta(minutes=5)
    past = failure(429, {}, **{"retry-after": "Fri, 31 Aug 2018 21:46:11 GMT"})
    assert isinstance(past, RateLimited)
    assert past.retry_after == timedelta()


def test_when_an_allowance_is_renewed() -> None:
    words = "Out of call volume quota. Quota will be replenished in 4.05:23:11."
    error = failure(403, {"statusCode": 403, "message": words})
    assert isinstance(error, QuotaSpent)
    assert error.until is not None
    left = error.until - datetime.now(UTC)
    assert timedelta(days=4, hours=5, minutes=22) < left <= timedelta(days=4, hours=5, minutes=23, seconds=11)
    assert isinstance(unknown := failure(403, errors(code="RateLimitExceeded")), QuotaSpent)
    assert unknown.until is None


@given(st.integers(100, 999).filter(lambda status: status != 200), st.binary(max_size=60))
def test_nothing_but_provider_errors_leaves(status: int, body: bytes) -> None:
    assert failure(status, body).provider == "v7"


NAMES = st.sampled_from(["error", "errors", "code", "subCode", "message", "statusCode", "parameter", "value", "_type"])
BODIES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner),
)


@given(BODIES)
def test_no_json_breaks_the_reading_of_errors(body: Any) -> None:
    for status in (200, 403, 429):
        assert failure(status, {"error": body}).provider == "v7"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("error-400-v6-parameter-missing-20180831.json", InvalidRequest),
        ("error-401-gateway-2021.json", Misconfigured),
        ("error-410-retired-20250814.json", Misconfigured),
        ("error-503-edge-v6-20180203.html", Unavailable),
    ],
)
def test_recorded_errors(shared: Path, name: str, kind: type[ProviderError]) -> None:
    folder = shared / "recordings/bing-v7"
    told = next(
        path
        for path in (folder / f"{name}.headers.json", folder / name.replace(".json", ".headers.json"))
        if path.exists()
    )
    recorded = json.loads(told.read_bytes())
    headers = {header.lower(): value for header, value in recorded["headers"].items()}
    error = failure(recorded["status"], (folder / name).read_bytes(), **headers)
    assert type(error) is kind
    assert error.trace_id == headers.get("bingapis-traceid")
