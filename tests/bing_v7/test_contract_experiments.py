"""What the page of the contract claims is tried out: every field, parameter, header and status that it names is sent.

The page is read for its rows, so a row without an experiment fails, and so does an experiment without a row.
"""

import re
import types
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, Union, get_args, get_origin

import pytest
from aiohttp.test_utils import TestServer
from pydantic import BaseModel

import bot.bing_v7
from bot.bing_v7 import (
    FILTERS,
    ImageAnswer,
    ImageInsights,
    InsightsRequest,
    NotSupported,
    Provider,
    QuotaSpent,
    RateLimited,
    SearchRequest,
    TrendingImages,
    Unavailable,
    Verb,
)
from bot.bing_v7.client import KEY_HEADER
from bot.bing_v7.reading import CROP
from bot.bing_v7.server import ServerSettings, make_app
from bot.media.runner import InThread
from bot.media.service import Media
from bot.providers.pagination import PaginatedSearch
from bot.providers.routing.chain import Chain

from .conftest import Endpoint, Run, SmallProvider, png

PAGE = (Path(bot.bing_v7.__file__).parent / "CONTRACT.md").read_text("utf-8")
SEARCH, DETAILS, TRENDING = "/v7.0/images/search", "/v7.0/images/details", "/v7.0/images/trending"


def rows(section: str) -> list[list[str]]:
    """Return the cells of a section's table, without its head."""
    text = PAGE.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    lines = [line.strip().strip("|").split(" | ") for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line] for line in lines[2:]]


def code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


# Every field


class Fill:
    """Makes objects of the contract with every field set, each to a value of its own, and one field nobody knows."""

    def __init__(self) -> None:
        self._number = 0

    def value(self, annotation: Any, above: tuple[type, ...]) -> Any:
        origin, inner = get_origin(annotation), get_args(annotation)
        if origin in {Union, types.UnionType}:
            return self.value(next(each for each in inner if each is not type(None)), above)
        if origin is tuple:
            one = self.value(inner[0], above)
            return [] if one is None else [one]
        self._number += 1
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            return None if above.count(annotation) else self.object(annotation, above)
        if isinstance(annotation, type) and issubclass(annotation, StrEnum):
            return next(iter(annotation)).value
        plain: dict[Any, Any] = {bool: True, int: self._number, float: 0.5, str: f"text {self._number}"}
        return plain.get(annotation, f"any {self._number}")

    def object(self, model: type[BaseModel], above: tuple[type, ...] = ()) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for name, field in model.model_fields.items():
            value = self.value(field.annotation, (*above, model))
            if value is not None:
                made[field.alias or name] = value
        return {**made, "unknownToUs": {"nested": self._number}}


CHANGED = {
    "provenance",
    "imageInsightsToken",
    "nextOffset",
    "currentOffset",
    "totalEstimatedMatches",
    "match",
    "attribution",
}
"""Fields of which the page says something else than that they are passed on as given."""


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, item in value.items():
            if name not in CHANGED:
                yield from leaves(item, f"{path}.{name}")
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from leaves(item, f"{path}[{place}]")
    else:
        yield path, value


class Full:
    """A provider that gives back one answer of each kind."""

    name, title = "full", "Full"

    def __init__(self, answers: dict[Verb, BaseModel]) -> None:
        self._answers = answers
        self.capabilities = SmallProvider().capabilities

    async def search(self, request: SearchRequest) -> Any:
        return self._answers[Verb.SEARCH]

    async def insights(self, request: InsightsRequest) -> Any:
        return self._answers[Verb.INSIGHTS]

    async def trending(self, request: Any) -> Any:
        return self._answers[Verb.TRENDING]

    async def aclose(self) -> None:
        """Hold nothing."""


KINDS: dict[Verb, tuple[type[BaseModel], str]] = {
    Verb.SEARCH: (ImageAnswer, f"{SEARCH}?q=x&safeSearch=Off"),
    Verb.INSIGHTS: (ImageInsights, f"{DETAILS}?imgUrl=http://e.org/a&safeSearch=Off"),
    Verb.TRENDING: (TrendingImages, f"{TRENDING}?safeSearch=Off"),
}


@pytest.fixture
async def through_a_chain() -> AsyncIterator[Callable[[dict[Verb, BaseModel]], Awaitable[TestServer]]]:
    started: list[TestServer] = []

    async def start(answers: dict[Verb, BaseModel]) -> TestServer:
        chain: Provider = PaginatedSearch(Chain({verb: [Full(answers)] for verb in Verb}))
        server = TestServer(make_app(chain, Media(InThread()), ServerSettings(per_second=None)), host="127.0.0.1")
        await server.start_server()
        started.append(server)
        return server

    yield start
    for server in started:
        await server.close()


@pytest.mark.parametrize("verb", Verb)
async def test_every_field_is_served_as_given(
    verb: Verb, through_a_chain: Callable[[dict[Verb, BaseModel]], Awaitable[TestServer]], endpoint: Endpoint
) -> None:
    model, path = KINDS[verb]
    given = Fill().object(model)
    given["_type"] = model.model_fields["type_"].default
    server = await through_a_chain({verb: model.model_validate(given)})
    response, body = await endpoint.get(str(server.make_url(path)))
    assert response.status == 200, body
    served = dict(leaves(body))
    expected = dict(leaves(given))
    assert len(expected) > 30
    lost = {path: value for path, value in expected.items() if served.get(path) != value}
    assert lost == {}


# Every parameter

ASKED: dict[str, list[tuple[str, str, Any]]] = {
    "count": [("search", "7", "7"), ("search", "0", 400), ("search", "151", 400), ("search", "x", 400)],
    "offset": [("search", "5", "5"), ("search", "-1", 400), ("search", "65536", 400)],
    "id": [("search", "ABC", "ABC")],
    "mkt": [("search", "de-at", "de-at"), ("search", "nonsense!", 400), ("search", "", None)],
    "cc": [("search", "de", "de"), ("search", "deu", 400), ("search", "", None)],
    "setLang": [("search", "jp", "jp")],
    "safeSearch": [("search", "strict", "Strict"), ("search", "off", "Off"), ("search", "mild", 400)],
    "aspect": [("search", "wide", "Wide"), ("search", "All", None), ("search", "round", 400)],
    "color": [("search", "MONOCHROME", "Monochrome"), ("search", "mauve", 400)],
    "freshness": [("search", "week", "Week"), ("search", "Year", 400)],
    "imageContent": [("search", "face", "Face"), ("search", "Hand", 400)],
    "imageType": [("search", "animatedgif", "AnimatedGif"), ("search", "Film", 400)],
    "license": [("search", "public", "Public"), ("search", "All", None), ("search", "Mine", 400)],
    "size": [("search", "wallpaper", "Wallpaper"), ("search", "Huge", 400)],
    "height": [("search", "300", "300"), ("search", "0", 400)],
    "width": [("search", "300", "300"), ("search", "65536", 400)],
    **{
        name: [("search", "300", "300"), ("search", "0", 400), ("search", "65536", 400)]
        for name in ("minHeight", "maxHeight", "minWidth", "maxWidth")
    },
    **{
        name: [("search", "1000", "1000"), ("search", "2000000", "520192"), ("search", "-1", 400)]
        for name in ("minFileSize", "maxFileSize")
    },
    "insightsToken": [("details", "made up", 400)],
    "imgUrl": [("details", "https://e.org/a.jpg", "https://e.org/a.jpg"), ("details", "ftp://e.org/a", 400)],
    "modules": [("details", "tags,BRQ", "BRQ,Tags"), ("details", "Nonsense", 400), ("details", "", "All")],
    **{name: [("details", "2", 400), ("details", "x", 400)] for name in CROP.values()},
    "ct": [("details", "0", None), ("details", "rectangular", None), ("details", "1", 400)],
    "q": [("search", "a b", "a b"), ("search", "", 400), ("details", "", None), ("details", "a", "a")],
}  # fmt: skip


def test_every_parameter_of_the_page_is_tried() -> None:
    assert {name for row in rows("Parameters") for name in code(row[0])} == ASKED.keys()
    assert ASKED.keys() > FILTERS


@pytest.mark.parametrize("name", ASKED)
async def test_parameters(endpoint: Endpoint, provider: SmallProvider, name: str) -> None:
    for verb, value, expected in ASKED[name]:
        needed = {"q": "x"} if verb == "search" else {"imgUrl": "https://e.org/needed.jpg"}
        if name == "insightsToken":
            needed = {}
        for spelling in (name, name.upper()):
            given = {each: text for each, text in needed.items() if each != name} | {spelling: value}
            response, body = await endpoint.get(f"/v7.0/images/{verb}", params=given)
            if expected == 400:
                assert (response.status, body["errors"][0]["parameter"]) == (400, name), (verb, value)
                continue
            assert response.status == 200, (verb, value, body)
            asked = dict(provider.asked[-1].to_params())
            default = {"safeSearch": "Moderate"}.get(name)
            assert asked.get(name) == (expected if expected is not None else default), (verb, value)


async def test_of_a_repeated_parameter_the_first_counts_and_unknown_ones_are_ignored(
    endpoint: Endpoint, provider: SmallProvider
) -> None:
    response, _ = await endpoint.get(f"{SEARCH}?q=first&Q=second&count=&COUNT=5&textDecorations=true")
    assert response.status == 200
    assert isinstance(asked := provider.asked[-1], SearchRequest)
    assert (asked.q, asked.count) == ("first", 5)


# Every status


async def _status(run: Run, provider: SmallProvider, status: int) -> tuple[int, dict[str, Any]]:
    endpoint = await run(body_seconds=0.1) if status == 408 else await run()
    match status:
        case 400:
            response, body = await endpoint.get(SEARCH)
        case 401:
            keyed = await run(keys=("abc",))
            response, body = await keyed.get(f"{SEARCH}?q=x")
        case 403:
            provider.error = QuotaSpent()
            response, body = await endpoint.get(f"{SEARCH}?q=x")
        case 404:
            response, body = await endpoint.get(f"{SEARCH}?q={'x' * 2_100}")
        case 405:
            response, body = await endpoint.send("DELETE", SEARCH)
        case 408:

            async def stalled() -> AsyncIterator[bytes]:
                import asyncio

                yield png()[:20]
                await asyncio.sleep(1)

            response, body = await endpoint.send("POST", DETAILS, data=stalled())
        case 429:
            provider.error = RateLimited()
            response, body = await endpoint.get(f"{SEARCH}?q=x")
        case 503:
            provider.error = Unavailable()
            response, body = await endpoint.get(f"{SEARCH}?q=x")
            assert int(response.headers["Retry-After"]) > 0
        case _:
            provider.error = NotSupported()
            response, body = await endpoint.get(f"{TRENDING}")
    return response.status, body


STATUSES = [int(row[0]) for row in rows("Errors")]


@pytest.mark.parametrize("status", [status for status in STATUSES if status != 410])
async def test_every_status_of_the_page_is_served(run: Run, provider: SmallProvider, status: int) -> None:
    given, body = await _status(run, provider, status)
    assert given == status
    assert body["_type"] == "ErrorResponse"
    assert body["errors"][0]["code"]


def test_the_page_names_every_status() -> None:
    assert STATUSES == [400, 401, 403, 404, 405, 408, 410, 429, 500, 503]


# Every header


async def test_headers_of_the_page(run: Run, provider: SmallProvider) -> None:
    """One request with every header that a client may send, and one look at every header that is answered."""
    sent = {
        KEY_HEADER: "abc", "Accept": "application/ld+json", "Accept-Language": "de", "Pragma": "no-cache",
        "User-Agent": "a browser", "X-MSEdge-ClientID": "A" * 32, "X-MSEdge-ClientIP": "192.0.2.7",
        "X-Search-Location": "lat:47.60357;long:-122.3295;re:100",
    }  # fmt: skip
    answered = {"Content-Type", "Cache-Control", "Expires", "Pragma", "BingAPIs-TraceId", "BingAPIs-Market",
                "X-MSEdge-ClientID"}  # fmt: skip
    named = {name for row in rows("Headers") for name in code(row[0])}
    assert named == {*sent, *answered, "Retry-After"}, "every header of the page is tried"
    endpoint = await run(keys=("abc",))
    response, _ = await endpoint.get(f"{SEARCH}?q=x&cc=AT", headers=sent)
    assert response.status == 200
    assert answered <= response.headers.keys()
    assert response.headers["X-MSEdge-ClientID"] == "A" * 32
    assert response.headers["BingAPIs-Market"] == "de-AT"
    assert response.content_type == "application/json", "JSON-LD is not made"
    asked = provider.asked[-1]
    assert (asked.client_ip, asked.location) == ("192.0.2.7", "lat:47.60357;long:-122.3295;re:100")
    bad = {KEY_HEADER: "abc", "X-MSEdge-ClientIP": "nowhere", "X-Search-Location": "here"}
    await endpoint.get(f"{SEARCH}?q=x", headers=bad)
    asked = provider.asked[-1]
    assert (asked.client_ip, asked.location) == (None, None)


# Every endpoint


async def test_every_endpoint_of_the_page_is_there(endpoint: Endpoint) -> None:
    _, found = await endpoint.get(f"{SEARCH}?q=x")
    image = found["value"][0]
    tried = {
        "GET /images/search": f"{SEARCH}?q=x",
        "GET /images/details": f"{DETAILS}?imgUrl=http://e.org/a",
        "GET /images/trending": TRENDING,
        "GET /th": image["thumbnailUrl"],
        "/picture/<id>/<name>": image["contentUrl"],
        "/page/<id>": image["webSearchUrl"],
        "/healthz": "/healthz",
        "/readyz": "/readyz",
        "/openapi.json": "/openapi.json",
    }
    posted = {"POST /images/details": DETAILS, "POST /images/visualsearch": "/v7.0/images/visualsearch"}
    named = {name for row in rows("Endpoints") for name in code(row[0])}
    assert named == {*tried, *posted, "OPTIONS"}
    for path in tried.values():
        assert (await endpoint.bytes(path))[0].status == 200, path
    for path in posted.values():
        body = b'--b\r\nContent-Disposition: form-data; name="image"\r\n\r\n' + png() + b"\r\n--b--\r\n"
        form = {"Content-Type": "multipart/form-data; boundary=b"}
        assert (await endpoint.send("POST", path, data=body, headers=form))[0].status == 200, path
        async with endpoint.session.options(endpoint.url(path)) as response:
            assert response.status == 204
