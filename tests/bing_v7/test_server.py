"""The endpoint over a small provider: answers, errors, keys, rates, levels, tokens."""

import asyncio
import json
import logging
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr, ValidationError

from bot.bing_v7 import (
    Blocked,
    Capabilities,
    ErrorResponse,
    Image,
    ImageAnswer,
    InsightsRequest,
    LevelNotHonoured,
    Misconfigured,
    NotSupported,
    PictureRefused,
    QuotaSpent,
    RateLimited,
    SafeSearch,
    SearchRequest,
    Unavailable,
    Verb,
)
from bot.bing_v7.client import KEY_HEADER
from bot.bing_v7.server import ServerSettings, serve
from bot.bing_v7.server.tokens import Marked, TokenContent, TokenKind, Tokens
from bot.media.runner import InThread
from bot.media.service import Media

from .conftest import ADULT, HELD, LINKED, Endpoint, Run, SmallProvider, png

SEARCH = "/v7.0/images/search"
DETAILS = "/v7.0/images/details"
TRENDING = "/v7.0/images/trending"


def problem(body: dict[str, Any]) -> dict[str, Any]:
    assert next(iter(body)) == "_type"
    assert ErrorResponse.model_validate(body).type_ == "ErrorResponse"
    return body["errors"][0]


@pytest.mark.parametrize("prefix", ["/v7.0", "/bing/v7.0"])
async def test_both_base_paths(endpoint: Endpoint, prefix: str) -> None:
    for path, kind in (
        ("search?q=x", "Images"),
        ("trending", "TrendingImages"),
        ("details?imgUrl=http://e.org/a", "ImageInsights"),
    ):
        response, body = await endpoint.get(f"{prefix}/images/{path}")
        assert response.status == 200
        assert body["_type"] == kind
        assert next(iter(body)) == "_type"


async def test_headers(endpoint: Endpoint) -> None:
    response, _ = await endpoint.get(f"{SEARCH}?q=x&mkt=DE-lu", headers={"X-MSEdge-ClientID": "A" * 32})
    headers = response.headers
    assert headers["BingAPIs-Market"] == "de-DE"
    assert headers["X-MSEdge-ClientID"] == "A" * 32
    assert len(headers["BingAPIs-TraceId"]) == 32
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    assert (headers["Cache-Control"], headers["Expires"]) == ("no-cache, no-store, must-revalidate", "-1")
    assert headers["Server"] == "Magpie"
    response, _ = await endpoint.get(
        f"{SEARCH}?q=x&cc=ch", headers={"Accept-Language": "fr", "X-MSEdge-ClientID": "me"}
    )
    assert response.headers["BingAPIs-Market"] == "fr-CH"
    assert len(response.headers["X-MSEdge-ClientID"]) == 32
    response, _ = await endpoint.get(f"{TRENDING}?mkt=fr-CA")
    assert response.headers["BingAPIs-Market"] == "en-CA"


async def test_a_search_answer_is_what_v7_clients_need(endpoint: Endpoint) -> None:
    _, body = await endpoint.get(f"{SEARCH}?q=magpie")
    assert ImageAnswer.model_validate(body).value[0].image_id == HELD
    image = body["value"][0]
    assert image["datePublished"] == "2020-01-02T00:00:00.0000000Z"
    assert image["accentColor"] == "C81E1E"
    assert image["contentSize"] == "2048 B"
    assert body["queryContext"] == {"originalQuery": "magpie"}
    assert body["readLink"] == "images/search?q=magpie"
    assert body["pivotSuggestions"] == [{"pivot": "magpie", "suggestions": []}]
    assert body["queryExpansions"][0]["thumbnail"]["thumbnailUrl"] == "https://example.org/nest.jpg"
    assert body["similarTerms"][0]["thumbnail"]["url"] == "https://example.org/pica.jpg"


async def test_nothing_private_leaves(endpoint: Endpoint) -> None:
    for path in (f"{SEARCH}?q=x", TRENDING, f"{DETAILS}?imgUrl=http://e.org/a"):
        _, body = await endpoint.get(path)
        assert "magpie:" not in json.dumps(body)
        assert "/home/operator" not in json.dumps(body)


async def test_nothing_is_null(endpoint: Endpoint, provider: SmallProvider) -> None:
    async def search(request: SearchRequest) -> ImageAnswer:
        return ImageAnswer(value=(Image(name="a", width=None),), next_offset=None, id=None)

    provider.search = search  # type: ignore[method-assign]  # one call of one test
    _, body = await endpoint.get(f"{SEARCH}?q=x")
    assert "nextOffset" not in body
    assert "null" not in json.dumps(body)


async def test_only_addresses_are_taken_for_addresses(endpoint: Endpoint, provider: SmallProvider) -> None:
    picture = Image(name="File:Magpie.jpg", description="magpie: a bird", url="file:///home/operator/a.png")

    async def search(request: SearchRequest) -> ImageAnswer:
        return ImageAnswer(value=(picture.with_(alternate_name=" FILE:/home"),))

    provider.search = search  # type: ignore[method-assign]  # one call of one test
    _, body = await endpoint.get(f"{SEARCH}?q=x")
    assert body["value"] == [{"name": "File:Magpie.jpg", "description": "magpie: a bird"}]


async def test_parameters_reach_the_provider(endpoint: Endpoint, provider: SmallProvider) -> None:
    await endpoint.get(f"{SEARCH}?Q=x&COUNT=5&safesearch=strict&imageType=photo")
    asked = provider.asked[0]
    assert isinstance(asked, SearchRequest)
    assert (asked.q, asked.count, asked.safe_search, asked.filters) == (
        "x",
        5,
        SafeSearch.STRICT,
        {"imageType": "Photo"},
    )


async def test_the_named_picture_comes_first(endpoint: Endpoint) -> None:
    _, body = await endpoint.get(f"{SEARCH}?q=x&id={LINKED}")
    assert [image["imageId"] for image in body["value"]] == [LINKED, HELD]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (SEARCH, ("ParameterMissing", "q", "")),
        (f"{SEARCH}?q=", ("ParameterMissing", "q", "")),
        (f"{SEARCH}?q=x&count=200", ("ParameterInvalidValue", "count", "200")),
        (f"{SEARCH}?q=x&mkt=en-US&cc=US", ("ParameterInvalidValue", "cc", "US")),
        (f"{SEARCH}?q=x&safeSearch=maybe", ("ParameterInvalidValue", "safeSearch", "maybe")),
        (DETAILS, ("ParameterMissing", "insightsToken", "")),
        (f"{DETAILS}?imgUrl=file:///etc/passwd", ("ParameterInvalidValue", "imgUrl", "file:///etc/passwd")),
        (f"{DETAILS}?insightsToken=made-up", ("ParameterInvalidValue", "insightsToken", "made-up")),
        (f"{DETAILS}?imgUrl=http://e.org/a&cal=2", ("ParameterInvalidValue", "cal", "2")),
        (f"{TRENDING}?mkt=!", ("ParameterInvalidValue", "mkt", "!")),
    ],
)
async def test_bad_requests(endpoint: Endpoint, path: str, expected: tuple[str, str, str]) -> None:
    response, body = await endpoint.get(path)
    error = problem(body)
    assert response.status == 400
    assert error["code"] == "InvalidRequest"
    assert (error["subCode"], error["parameter"], error["value"]) == expected
    assert len(response.headers["BingAPIs-TraceId"]) == 32


async def test_other_paths_methods_and_long_addresses(endpoint: Endpoint) -> None:
    for path in (
        "/", "/v7.0", "/v8.0/images/search?q=x", f"{SEARCH}?q={'x' * 2048}", "/../etc/passwd", "/v7.0/images/unknown",
    ):  # fmt: skip
        response, body = await endpoint.get(path)
        assert (response.status, problem(body)["code"]) == (404, "InvalidRequest")
    response, body = await endpoint.send("DELETE", SEARCH)
    assert (response.status, response.headers["Allow"]) == (405, "GET,HEAD,OPTIONS")
    assert problem(body)["code"] == "InvalidRequest"


async def test_keys(run: Run) -> None:
    endpoint = await run(keys=["first-key", "second-key"])
    for key in ("first-key", "second-key"):
        response, _ = await endpoint.get(TRENDING, headers={KEY_HEADER: key})
        assert response.status == 200
    for headers, sub_code in (
        ({}, "AuthorizationMissing"),
        ({KEY_HEADER: "wrong"}, "AuthorizationMissing"),
        ({KEY_HEADER: "ключ"}, "AuthorizationMissing"),
        ({KEY_HEADER: "first-key", "Authorization": "Bearer x"}, "AuthorizationRedundancy"),
    ):
        response, body = await endpoint.get(TRENDING, headers=headers)
        assert (response.status, problem(body)["subCode"]) == (401, sub_code)
        assert "WWW-Authenticate" in response.headers
    response, _ = await endpoint.get("/healthz")
    assert response.status == 200


async def test_without_keys_only_this_machine_is_answered(endpoint: Endpoint) -> None:
    for headers in ({"Host": "evil.example"}, {"X-Forwarded-For": "203.0.113.9"}, {"Forwarded": "for=203.0.113.9"}):
        response, body = await endpoint.get(TRENDING, headers=headers)
        assert (response.status, problem(body)["subCode"]) == (401, "AuthorizationMissing")
    response, _ = await endpoint.get(TRENDING, headers={"Host": "localhost:1"})
    assert response.status == 200


async def test_rates_are_counted_for_each_key(run: Run) -> None:
    endpoint = await run(keys=["one", "two"], per_second=2)
    statuses = [(await endpoint.get(TRENDING, headers={KEY_HEADER: "one"}))[0].status for _ in range(4)]
    assert statuses.count(429) >= 1
    response, body = await endpoint.get(TRENDING, headers={KEY_HEADER: "one"})
    assert problem(body)["code"] == "RateLimitExceeded"
    assert response.headers["Retry-After"] == "1"
    response, _ = await endpoint.get(TRENDING, headers={KEY_HEADER: "two"})
    assert response.status == 200


async def test_the_allowance_of_a_day(run: Run) -> None:
    endpoint = await run(per_day=2)
    statuses = [(await endpoint.get(TRENDING))[0].status for _ in range(3)]
    assert statuses == [200, 200, 403]
    response, body = await endpoint.get(TRENDING)
    assert problem(body)["code"] == "RateLimitExceeded"
    assert 86_000 < int(response.headers["Retry-After"]) <= 86_401


async def test_flagged_pictures_only_at_off(endpoint: Endpoint) -> None:
    for level, shown in (("Off", True), ("Moderate", False), ("Strict", False), ("", False)):
        _, body = await endpoint.get(f"{SEARCH}?q=x&safeSearch={level}")
        assert (ADULT in [image["imageId"] for image in body["value"]]) is shown
        _, body = await endpoint.get(f"{TRENDING}?safeSearch={level}")
        assert [len(category["tiles"]) for category in body["categories"]] == ([2, 1] if shown else [1])
        _, body = await endpoint.get(f"{DETAILS}?imgUrl=http://e.org/a&safeSearch={level}")
        assert (ADULT in [image["imageId"] for image in body["pagesIncluding"]["value"]]) is shown


async def test_a_missing_flag_counts_as_adult_where_all_pictures_are_flagged(run: Run, provider: SmallProvider) -> None:
    provider.capabilities = Capabilities(levels=provider.capabilities.levels, flags_adult=True)
    _, body = await (await run()).get(f"{SEARCH}?q=x")
    assert [image["imageId"] for image in body["value"]] == [HELD]


async def test_the_operators_level_is_the_mildest(run: Run, provider: SmallProvider) -> None:
    endpoint = await run(safe_search=SafeSearch.STRICT)
    await endpoint.get(f"{SEARCH}?q=x&safeSearch=Off")
    assert provider.asked[0].safe_search is SafeSearch.STRICT


async def test_a_level_or_verb_that_the_provider_lacks_is_not_asked(run: Run, provider: SmallProvider) -> None:
    provider.capabilities = Capabilities(levels={Verb.SEARCH: frozenset({SafeSearch.OFF})})
    endpoint = await run()
    response, body = await endpoint.get(f"{SEARCH}?q=x")
    assert (response.status, problem(body)["parameter"], problem(body)["value"]) == (400, "safeSearch", "Moderate")
    response, body = await endpoint.get(TRENDING)
    assert (response.status, problem(body)["subCode"]) == (500, "NotImplemented")
    assert provider.asked == []
    response, body = await endpoint.get(f"{SEARCH}?q=x&safeSearch=Off")
    assert response.status == 200
    assert "imageInsightsToken" not in body["value"][1], "no token where nobody could look it up"


@pytest.mark.parametrize(
    ("error", "status", "code", "sub_code"),
    [
        (Unavailable("https://inner.example/?key=abc"), 503, "ServerError", "ResourceError"),
        (Misconfigured("the key abc is wrong"), 500, "ServerError", "ResourceError"),
        (NotSupported("no"), 500, "ServerError", "NotImplemented"),
        (NotSupported("no", filters=frozenset({"color"})), 400, "InvalidRequest", "ParameterInvalidValue"),
        (LevelNotHonoured(SafeSearch.STRICT), 400, "InvalidRequest", "ParameterInvalidValue"),
        (Blocked("word"), 400, "InvalidRequest", "Blocked"),
        (PictureRefused("unsafe-address"), 400, "InvalidRequest", "ParameterInvalidValue"),
        (RateLimited(retry_after=timedelta(seconds=7)), 429, "RateLimitExceeded", None),
        (QuotaSpent(), 403, "RateLimitExceeded", None),
        (RuntimeError("a bug with a path /home/abc"), 500, "ServerError", "UnexpectedError"),
    ],
)
async def test_errors_of_the_provider(
    endpoint: Endpoint,
    provider: SmallProvider,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    status: int,
    code: str,
    sub_code: str | None,
) -> None:
    caplog.set_level(logging.DEBUG)
    provider.error = error
    response, body = await endpoint.get(f"{SEARCH}?q=x")
    told = problem(body)
    assert (response.status, told["code"], told.get("subCode")) == (status, code, sub_code)
    assert "abc" not in json.dumps(body)
    assert response.headers["BingAPIs-TraceId"] in caplog.text
    if isinstance(error, RateLimited):
        assert response.headers["Retry-After"] == "7"


async def test_a_spent_quota_says_when_it_is_renewed(endpoint: Endpoint, provider: SmallProvider) -> None:
    provider.error = QuotaSpent(until=datetime.now(UTC) + timedelta(hours=1))
    response, body = await endpoint.get(f"{SEARCH}?q=x")
    assert (response.status, problem(body)["code"]) == (403, "RateLimitExceeded")
    assert 3_000 < int(response.headers["Retry-After"]) <= 3_600


async def test_what_fails_for_everybody_is_two_lines_of_the_log(
    run: Run, provider: SmallProvider, caplog: pytest.LogCaptureFixture
) -> None:
    """A provider that rests fails each request; the first is told with its trace id, the others are counted."""
    caplog.set_level(logging.INFO)
    endpoint = await run()
    traces: list[str] = []
    for number in range(5):
        provider.error = Unavailable("resting", provider="small", trace_id=f"of provider {number}")
        response, _ = await endpoint.get(f"{SEARCH}?q={number}")
        traces.append(response.headers["BingAPIs-TraceId"])
    await endpoint.server.close()
    lines = [record for record in caplog.records if record.name.startswith("bot.")]
    assert [record.levelname for record in lines] == ["WARNING", "WARNING"]
    first, rest = (record.getMessage() for record in lines)
    assert first.startswith("small: resting")
    assert traces[0] in first
    assert rest == "small: Unavailable: 4 times in a minute"


async def test_a_way_of_giving_the_picture_that_the_provider_lacks(endpoint: Endpoint, provider: SmallProvider) -> None:
    provider.error = NotSupported("only our own pictures")
    for method, query, data, parameter in (
        ("GET", "?imgUrl=http://e.org/a", None, "imgUrl"),
        ("POST", "", form(png()), "image"),
    ):
        response, body = await endpoint.send(method, f"{DETAILS}{query}", data=data)
        assert (response.status, problem(body)["parameter"]) == (400, parameter)


async def test_a_provider_that_never_answers_is_given_up(run: Run, provider: SmallProvider) -> None:
    async def never(request: SearchRequest) -> ImageAnswer:
        await asyncio.sleep(30)
        raise AssertionError

    provider.search = never  # type: ignore[method-assign]  # one call of one test
    response, body = await (await run(time_limit=0.05)).get(f"{SEARCH}?q=x")
    assert (response.status, problem(body)["subCode"]) == (503, "ResourceError")
    assert int(response.headers["Retry-After"]) > 0


async def test_a_provider_that_does_not_even_end_when_it_is_cancelled_is_given_up(
    run: Run, provider: SmallProvider
) -> None:
    """As a database driver that asks a frozen server to cancel a statement, and waits for that."""
    thawed = asyncio.Event()

    async def frozen(request: SearchRequest) -> ImageAnswer:
        try:
            await asyncio.sleep(600)
        finally:
            await thawed.wait()
        raise AssertionError

    provider.search = frozen  # type: ignore[method-assign]  # one call of one test
    response, body = await (await run(time_limit=0.05)).get(f"{SEARCH}?q=x")
    assert (response.status, problem(body)["subCode"]) == (503, "ResourceError")
    thawed.set()


async def test_readiness_tells_what_is_wrong_and_needs_no_key(run: Run) -> None:
    wrong: list[str] = []

    async def find_problem() -> str | None:
        return wrong[0] if wrong else None

    endpoint = await run(keys=("secret",), find_problem=find_problem)
    response, body = await endpoint.get("/readyz")
    assert (response.status, body) == (200, {"status": "ready"})
    wrong.append("the database does not answer")
    response, body = await endpoint.get("/readyz")
    assert (response.status, body) == (503, {"status": "the database does not answer"})
    response, body = await endpoint.get("/healthz")
    assert (response.status, body) == (200, {"status": "ok"})


async def test_tokens_are_opaque_and_come_back(endpoint: Endpoint, provider: SmallProvider) -> None:
    _, body = await endpoint.get(f"{SEARCH}?q=x")
    native, address = (image["imageInsightsToken"] for image in body["value"])
    assert "operator" not in native
    for token, field, expected in (
        (native, "insights_token", "/home/operator/pictures/magpie.png"),
        (address, "img_url", "https://example.org/bird.jpg"),
    ):
        response, _ = await endpoint.get(DETAILS, params={"insightsToken": token})
        assert response.status == 200
        assert getattr(provider.asked[-1], field) == expected
    forged = native[:-2] + ("AA" if not native.endswith("AA") else "BB")
    response, body = await endpoint.get(DETAILS, params={"insightsToken": forged})
    assert (response.status, problem(body)["parameter"]) == (400, "insightsToken")


def test_tokens_survive_a_change_of_secret_and_not_another_secret() -> None:
    content = TokenContent(TokenKind.NATIVE, "ccid_a*b\\!_é")
    old, new, other = Tokens(["old"]), Tokens(["new", "old"]), Tokens(["other"])
    assert new.open(old.seal(content)) == new.open(new.seal(content)) == content
    assert other.open(old.seal(content)) is None
    assert new.marked(old.mark("1A")) == Marked("1A", adult=False)
    assert new.marked(old.mark("1A", adult=True)) == Marked("1A", adult=True)
    assert other.marked(old.mark("1A")) is None
    for nonsense in ("", "OIP..", "OIP.a.b", "OET.a.b", "é", "OIP.1A.é"):
        assert new.marked(nonsense) is None
        assert new.open(nonsense) is None


def test_a_token_tells_nothing_and_no_letter_of_it_can_be_changed() -> None:
    tokens = Tokens(["secret"])
    sealed = {length: tokens.seal(TokenContent(TokenKind.NATIVE, "a" * length)) for length in range(40)}
    for length, token in sealed.items():
        assert token == tokens.seal(TokenContent(TokenKind.NATIVE, "a" * length))
        assert tokens.open(token) == TokenContent(TokenKind.NATIVE, "a" * length)
    assert len({len(token) for token in sealed.values()}) == 3
    assert len(set(sealed.values())) == len(sealed)
    token = sealed[20]
    for place in range(len(token)):
        for letter in "Aa0_-= \n":
            if token[place] != letter:
                assert tokens.open(token[:place] + letter + token[place + 1 :]) is None
    assert tokens.open(token + "=") is None
    assert tokens.open(sealed[20][:20] + sealed[21][20:]) is None


def form(data: bytes, name: str = "file", filename: str | None = "a.png") -> aiohttp.FormData:
    made = aiohttp.FormData(default_to_multipart=True)
    made.add_field("knowledgeRequest", "{}")
    if filename:
        made.add_field(name, data, filename=filename, content_type="application/octet-stream")
    return made


async def test_a_posted_picture(endpoint: Endpoint, provider: SmallProvider) -> None:
    for name in ("file", "image", "anything"):
        response, _ = await endpoint.send("POST", f"{DETAILS}?modules=Tags&cal=0.5", data=form(png((3000, 30)), name))
        assert response.status == 200
    asked = provider.asked[-1]
    assert isinstance(asked, InsightsRequest)
    assert asked.upload is not None
    assert asked.upload.data.startswith(b"\xff\xd8"), "drawn anew, so that nothing but pixels goes on"
    assert asked.upload.sha1 is not None
    assert asked.crop is not None


async def test_bodies_that_cannot_be_used(run: Run) -> None:
    endpoint = await run(max_upload_bytes=20_000)
    for data, parameter in (
        (form(b"no picture"), "image"),
        (form(b"", filename=None), "image"),
        (form(b"x" * 30_000), "image"),
        (form(b"x" * 300_000), "image"),
        (b"not a form", "image"),
        (b"", "image"),
    ):
        response, body = await endpoint.send("POST", DETAILS, data=data)
        assert (response.status, problem(body)["parameter"]) == (400, parameter)
    broken = {"Content-Type": "multipart/form-data; boundary=x"}
    for raw in (
        b"",
        b"--x",
        b"--x\r\n\r\n",
        b"--y\r\nz\r\n--y--",
        b"--x\r\nContent-Type: multipart/mixed\r\n\r\n\r\n--x--",
    ):
        response, body = await endpoint.send("POST", DETAILS, data=raw, headers=broken)
        assert (response.status, problem(body)["code"]) == (400, "InvalidRequest")
    response, body = await endpoint.send("POST", DETAILS, data=b"x", headers={"Content-Type": "multipart/form-data"})
    assert response.status == 400


async def test_a_post_may_name_the_picture_in_its_query(endpoint: Endpoint, provider: SmallProvider) -> None:
    response, _ = await endpoint.send("POST", f"{DETAILS}?imgUrl=http://e.org/a")
    assert response.status == 200
    assert getattr(provider.asked[-1], "img_url") == "http://e.org/a"  # noqa: B009 - any of three requests


async def test_serving_starts_answers_and_stops(provider: SmallProvider) -> None:
    ready: asyncio.Queue[str] = asyncio.Queue()
    slow = asyncio.Event()
    search = provider.search

    async def wait_then_search(request: SearchRequest) -> ImageAnswer:
        slow.set()
        await asyncio.sleep(0.2)
        return await search(request)

    provider.search = wait_then_search  # type: ignore[method-assign]  # one call of one test
    task = asyncio.create_task(serve(provider, Media(InThread()), port=0, on_ready=ready.put_nowait))
    address = await asyncio.wait_for(ready.get(), 60)
    async with aiohttp.ClientSession() as session:
        asking = asyncio.create_task(session.get(f"{address}{SEARCH}?q=x"))
        await asyncio.wait_for(slow.wait(), 60)
        task.cancel()
        response = await asking
        assert response.status == 200, "a running request is finished"
        await response.read()
        with pytest.raises(asyncio.CancelledError):
            await task
        with pytest.raises(aiohttp.ClientConnectionError):
            await session.get(f"{address}/healthz")


async def test_serving_is_refused_where_it_would_be_open_or_cannot_be(provider: SmallProvider) -> None:
    with pytest.raises(Misconfigured, match="key"):
        await serve(provider, Media(InThread()), host="0.0.0.0")
    ready: asyncio.Queue[str] = asyncio.Queue()
    task = asyncio.create_task(serve(provider, Media(InThread()), port=0, on_ready=ready.put_nowait))
    taken = int((await asyncio.wait_for(ready.get(), 60)).rpartition(":")[2])
    with pytest.raises(Misconfigured, match="cannot listen"):
        await serve(provider, Media(InThread()), port=taken)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_settings_hide_keys_and_refuse_bad_ones() -> None:
    settings = ServerSettings(keys=(SecretStr("abcdef"),), secrets_=(SecretStr("ghijkl"),), public_url="https://e.org/")
    assert "abcdef" not in repr(settings)
    assert "ghijkl" not in repr(settings)
    assert settings.public_url == "https://e.org"
    for bad in ({"keys": [""]}, {"keys": [" a"]}, {"keys": ["é"]}, {"public_url": "e.org"}, {"per_second": 0}):
        with pytest.raises(ValidationError):
            ServerSettings.model_validate(bad)


@pytest.mark.parametrize("jump", [-86_400, 86_400])
async def test_a_corrected_clock_locks_nobody_out(run: Run, monkeypatch: pytest.MonkeyPatch, jump: int) -> None:
    endpoint = await run(keys=["one"], per_second=2, wrong_keys_per_minute=2)
    right, wrong = {KEY_HEADER: "one"}, {KEY_HEADER: "two"}
    assert [(await endpoint.get(TRENDING, headers=wrong))[0].status for _ in range(2)] == [401, 401]
    assert (await endpoint.get(TRENDING, headers=wrong))[0].headers["Retry-After"] in {str(n) for n in range(30, 61)}
    endpoint = await run(keys=["one"], per_second=2)
    assert [(await endpoint.get(TRENDING, headers=right))[0].status for _ in range(2)] == [200, 200]
    now = time.time
    monkeypatch.setattr("time.time", lambda: now() + jump)
    await asyncio.sleep(1.1)
    assert (await endpoint.get(TRENDING, headers=right))[0].status == 200
