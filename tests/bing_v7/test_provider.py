"""The provider over the shared transport, against a real service on this machine."""

import asyncio
import io
import json
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest
from PIL import Image as Pictures

from bot.bing_v7 import (
    ALL_LEVELS,
    BadAnswer,
    CachePolicy,
    HttpRequest,
    HttpResponse,
    InsightsRequest,
    InvalidRequest,
    Misconfigured,
    Module,
    Provider,
    QuotaSpent,
    RateLimited,
    SearchRequest,
    TrendingRequest,
    Unavailable,
    Upload,
    Verb,
    client,
)
from bot.media.runner import InThread
from bot.media.service import Media
from bot.providers.adapters.v7 import V7Provider, capabilities_of
from bot.providers.http.transport import Transport, TransportLimits

from .conftest import HELD, Run, Script, SmallProvider, png

KEY = "0123456789abcdef0123456789abcdef"
TRACE = "50F762499DD043B5ACDD040A7D1933CC"
ISSUED = "D" * 32
GOOD = json.dumps({"_type": "Images", "value": [{"name": "a"}]}).encode()


@pytest.fixture
async def transport() -> AsyncIterator[Transport]:
    limits = TransportLimits(total=2.0, wait_initial=0.01, wait_max=0.05, max_bytes=100_000)
    async with Transport(limits=limits, keys=[KEY]) as made:
        yield made


@pytest.fixture
def v7(script: Script, transport: Transport) -> V7Provider:
    return V7Provider(client.Endpoint(script.url, KEY), transport, Media(InThread()))


async def test_search(script: Script, v7: V7Provider) -> None:
    script.body = GOOD
    answer = await v7.search(SearchRequest(q="a b&c", count=3))
    assert answer.value[0].name == "a"
    seen = script.seen[0]
    assert (seen.path, seen.query["q"], seen.query["count"]) == ("/v7.0/images/search", "a b&c", "3")
    assert seen.headers["Ocp-Apim-Subscription-Key"] == KEY


async def test_the_issued_client_id_is_sent_again(script: Script, v7: V7Provider) -> None:
    script.body, script.headers = GOOD, {"X-MSEdge-ClientID": ISSUED}
    await v7.search(SearchRequest(q="a"))
    await v7.search(SearchRequest(q="a"))
    await v7.search(SearchRequest(q="a", client_id="E" * 32))
    script.headers = {}
    await v7.search(SearchRequest(q="a"))
    sent = [request.headers.get("X-MSEdge-ClientID") for request in script.seen]
    assert sent == [None, ISSUED, "E" * 32, ISSUED]


class Documented:
    """A service that behaves as documented: mixed with anything else, recognised entities are left out."""

    def __init__(self, refused: bool = False) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.refused = refused

    async def send(self, request: HttpRequest, *, provider: str) -> HttpResponse:
        params = dict(request.params)
        self.asked.append((request.method, params))
        alone = params["modules"] == "RecognizedEntities"
        if alone and self.refused:
            return HttpResponse(500, {}, b"")
        entity = {"_type": "Person", "name": "Jane Doe"}
        region = {"matchingEntities": [{"entity": entity, "matchConfidence": 0.9}]}
        groups = {"value": [{"name": "CelebrityAnnotations", "recognizedEntityRegions": [region]}]}
        part = {"recognizedEntityGroups": groups} if alone else {"bestRepresentativeQuery": {"text": "a portrait"}}
        body = {"_type": "ImageInsights", "imageInsightsToken": "t*1", **part}
        return HttpResponse(200, {}, json.dumps(body).encode())


EVERYTHING = frozenset({Module.ALL, Module.RECOGNIZED_ENTITIES})


@pytest.mark.parametrize("source", [{"upload": Upload(data=png())}, {"img_url": "https://a.example/x.jpg"},
                                    {"insights_token": "t*0"}])  # fmt: skip
async def test_entities_are_asked_by_themselves(source: dict[str, Any]) -> None:
    service = Documented()
    found = await V7Provider(client.Endpoint("https://h.example/v7.0", KEY), service, Media(InThread())).insights(
        InsightsRequest(modules=EVERYTHING, **source)
    )
    assert found.best_representative_query is not None
    assert found.best_representative_query.text == "a portrait"
    assert found.recognized_entity_groups is not None
    (region,) = found.recognized_entity_groups.value[0].recognized_entity_regions
    assert region.matching_entities[0].entity.name == "Jane Doe"
    assert [params["modules"] for _, params in service.asked] == ["All", "RecognizedEntities"]
    assert service.asked[1] == ("GET", service.asked[1][1])
    assert service.asked[1][1]["insightsToken"] == source.get("insights_token", "t*1")


async def test_entities_that_fail_cost_only_themselves() -> None:
    service = Documented(refused=True)
    found = await V7Provider(client.Endpoint("https://h.example/v7.0", KEY), service, Media(InThread())).insights(
        InsightsRequest(modules=EVERYTHING, img_url="https://a.example/x.jpg")
    )
    assert found.best_representative_query is not None
    assert found.best_representative_query.text == "a portrait"
    assert found.recognized_entity_groups is None


async def test_an_upload_leaves_small_and_without_metadata(script: Script, v7: V7Provider) -> None:
    script.body = b'{"_type": "ImageInsights"}'
    exif = Pictures.Exif()
    exif[0x010F] = "Secret camera"
    out = io.BytesIO()
    Pictures.new("RGB", (4000, 100), "red").save(out, "JPEG", exif=exif)
    await v7.insights(InsightsRequest(upload=Upload(data=out.getvalue())))
    assert script.seen[0].method == "POST"
    body = script.bodies[0]
    assert b'name="image"' in body
    assert b"Secret camera" not in body
    start = body.index(b"\xff\xd8")
    assert max(Pictures.open(io.BytesIO(body[start:])).size) == 1_500


@pytest.mark.parametrize(
    ("status", "body", "kind", "calls"),
    [
        (400, b'{"errors":[{"code":"InvalidRequest","message":"m","parameter":"q"}]}', InvalidRequest, 1),
        (401, b'{"error":{"code":"401","message":"Access denied"}}', Misconfigured, 1),
        (410, b'{"error":{"code":"Gone","message":"This Bing service has been retired."}}', Misconfigured, 1),
        (403, b'{"statusCode":403,"message":"Out of call volume quota."}', QuotaSpent, 1),
        (429, b'{"statusCode":429,"message":"Rate limit is exceeded. Try again in 7 seconds."}', RateLimited, 1),
        (503, b"<html></html>", Unavailable, 3),
        (200, b"", Unavailable, 1),
        (200, b"x" * 200_000, BadAnswer, 1),
    ],
)
async def test_failures(
    script: Script, v7: V7Provider, status: int, body: bytes, kind: type[Exception], calls: int
) -> None:
    script.status, script.body, script.headers = status, body, {"BingAPIs-TraceId": TRACE}
    with pytest.raises(kind) as caught:
        await v7.search(SearchRequest(q="private words"))
    assert len(script.seen) == calls, "only what may pass is tried again"
    assert "v7" in str(caught.value)
    assert "private" not in str(caught.value)
    assert KEY not in str(caught.value)


async def test_the_trace_id_is_in_the_error_and_the_log(
    script: Script, v7: V7Provider, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot.providers.adapters.v7")
    script.status, script.headers = 500, {"BingAPIs-TraceId": TRACE}
    with pytest.raises(Unavailable) as caught:
        await v7.trending(TrendingRequest())
    assert caught.value.trace_id == TRACE
    assert TRACE in caplog.text
    script.status, script.body = 200, GOOD
    caplog.clear()
    await v7.search(SearchRequest(q="private words"))
    assert TRACE in caplog.text
    assert "private" not in caplog.text


async def test_nobody_there(transport: Transport) -> None:
    gone = V7Provider(client.Endpoint("http://127.0.0.1:9/v7.0"), transport, Media(InThread()))
    with pytest.raises(Unavailable):
        await gone.search(SearchRequest(q="x"))


async def test_cancelling_goes_through(script: Script, v7: V7Provider) -> None:
    script.body = GOOD
    task = asyncio.create_task(v7.search(SearchRequest(q="x")))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_capabilities() -> None:
    microsoft = capabilities_of(client.Endpoint("https://api.cognitive.microsoft.com/bing/v7.0"))
    assert microsoft.cache == CachePolicy(None)
    assert microsoft.attribution == "Powered by Bing"
    other = capabilities_of(client.Endpoint("https://notbing.microsoft.com.example.org/v7.0"))
    assert other.cache.max_age is not None
    assert other.attribution is None
    assert all(other.levels[verb] == ALL_LEVELS for verb in Verb)
    assert not other.flags_adult


async def test_our_own_endpoint_is_a_provider_again(run: Run, provider: SmallProvider, transport: Transport) -> None:
    """Served and asked again, the answers of a provider are the same but for addresses and tokens."""
    for prefix in ("/v7.0", "/bing/v7.0"):
        served = await run(keys=[KEY])
        again: Provider = V7Provider(client.Endpoint(served.url(prefix), KEY), transport, Media(InThread()))
        found = await again.search(SearchRequest(q="magpie"))
        assert [image.name for image in found.value] == ["A magpie on a fence", "Another bird"]
        held = found.value[0]
        assert held.image_id == HELD
        assert held.content_url is not None
        assert held.content_url.startswith(served.url("/picture/OIP."))
        told = await again.insights(InsightsRequest(insights_token=held.image_insights_token))
        assert told.best_representative_query is not None
        asked = provider.asked[-1]
        assert isinstance(asked, InsightsRequest)
        assert asked.insights_token == "/home/operator/pictures/magpie.png"
        posted = await again.insights(InsightsRequest(upload=Upload(data=png())))
        assert posted.image_tags is not None
        assert (await again.trending(TrendingRequest())).categories[0].title == "Birds"
        with pytest.raises(InvalidRequest) as caught:
            await again.insights(InsightsRequest(insights_token="made up"))
        assert caught.value.parameter == "insightsToken"
        wrong = V7Provider(client.Endpoint(served.url(prefix), "wrong"), transport, Media(InThread()))
        with pytest.raises(Misconfigured):
            await wrong.search(SearchRequest(q="magpie"))
