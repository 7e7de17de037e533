"""Whatever one service does, people get the next one's answer, or one plain error, within the time that is set."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.bing_v7 import BadAnswer, ProviderError, RateLimited, SafeSearch, SearchRequest, Unavailable, Verb
from bot.bing_v7.wrapper import layers
from bot.media.runner import InThread
from bot.media.service import Media
from bot.providers.adapters.openverse import Openverse
from bot.providers.adapters.openverse_app import OpenverseSettings
from bot.providers.assembly import build_chain
from bot.providers.http.transport import Transport, TransportLimits
from bot.providers.middleware.breaker import Breaker, BreakerRules, State
from bot.providers.middleware.stack import stacked
from bot.providers.routing.chain import Chain
from bot.providers.settings import ProviderSettings

from .cases import body_of
from .conftest import Handler, Stage, squeezed

OTTER = SearchRequest(q="otter", safe_search=SafeSearch.MODERATE)
PATIENCE = 20.0
"""Seconds an answer may take here: more than a busy machine needs, and far less than the faults below last."""


def answers(status: int = 200, body: bytes = b"", **headers: str) -> Handler:
    async def handler(_: web.Request) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=status, body=body, headers=named)

    return handler


async def silent(_: web.Request) -> web.StreamResponse:
    await asyncio.sleep(600)
    return web.Response()


async def dripping(request: web.Request) -> web.StreamResponse:
    answer = web.StreamResponse()
    await answer.prepare(request)
    for _ in range(6000):
        await answer.write(b" ")
        await asyncio.sleep(0.1)
    return answer


FAULTS: dict[str, Handler] = {
    "down": answers(503),
    "slow": silent,
    "dripping": dripping,
    "429 storm": answers(429, b"{}"),
    "429 with a wait": answers(429, b"{}", Retry_After="600"),
    "wrong JSON": answers(200, b'{"result_count": "many", "results": {"a": 1}, "page_count": []'),
    "another JSON": answers(200, b'["not", "an", "object"]'),
    "challenge": answers(
        200, b"<html><title>Just a moment...</title><script>1</script></html>", Content_Type="text/html"
    ),
    "huge": answers(200, b'{"results": [' + b" " * 12_000_000 + b"]}"),
    "bomb": answers(200, squeezed(200_000_000), Content_Encoding="gzip"),
    "redirect": answers(302, Location="http://elsewhere.invalid/"),
    "empty": answers(200, b'{"result_count": 0, "results": []}'),
    "refused key": answers(401, b'{"detail": "no"}'),
}
ENDLESS = {"slow", "dripping"}
"""Faults that only the time that is set ends."""


@pytest.fixture
async def real() -> AsyncIterator[Transport]:
    """A transport with its times made from the seconds an answer may take, as the bot makes them."""
    async with Transport(contact="ops@example.org", limits=TransportLimits.within(PATIENCE)) as made:
        yield made


def both(stage: Stage, transport: Transport, first: Handler) -> Chain:
    """Openverse at fault, then SearXNG, as an operator would set them up."""

    async def handler(request: web.Request) -> web.StreamResponse:
        if request.path.startswith("/v1/"):
            return await first(request)
        return web.Response(body=body_of("searxng-config" if request.path == "/config" else "searxng"))

    stage.handler = handler
    settings = ProviderSettings(openverse_url=f"{stage.base}/v1/", searxng_url=stage.base, provider_seconds=PATIENCE)
    return build_chain(("openverse", "searxng"), settings, transport, Media(InThread()), contact="ops@example.org")


@pytest.mark.parametrize(
    "fault", [pytest.param(one, marks=pytest.mark.slow) if one in ENDLESS else one for one in FAULTS]
)
async def test_the_next_provider_answers_in_time(stage: Stage, real: Transport, fault: str) -> None:
    chain = both(stage, real, FAULTS[fault])
    started = time.monotonic()
    answer = await chain.search(OTTER)
    assert time.monotonic() - started < PATIENCE
    assert answer.value
    assert answer.provenance is not None
    assert answer.provenance.providers == ("searxng",)
    assert "openverse" in {note.provider for note in answer.provenance.notes}


@pytest.mark.parametrize("fault", [name for name in FAULTS if name != "empty"])
async def test_alone_it_ends_with_one_plain_error_in_time(stage: Stage, real: Transport, fault: str) -> None:
    stage.handler = FAULTS[fault]
    settings = ProviderSettings(openverse_url=f"{stage.base}/v1/", provider_seconds=1 if fault in ENDLESS else PATIENCE)
    chain = build_chain(("openverse",), settings, real, Media(InThread()))
    started = time.monotonic()
    with pytest.raises(ProviderError) as caught:
        await chain.search(OTTER)
    assert time.monotonic() - started < PATIENCE
    assert caught.value.provider == "openverse"
    assert "otter" not in str(caught.value)
    assert "<" not in str(caught.value)


async def test_nobody_listens_at_all(real: Transport) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{probe.getsockname()[1]}"
    chain = build_chain(
        ("openverse", "searxng"), ProviderSettings(openverse_url=base, searxng_url=base), real, Media(InThread())
    )
    started = time.monotonic()
    with pytest.raises(Unavailable):
        await chain.search(OTTER)
    assert time.monotonic() - started < PATIENCE


@pytest.mark.parametrize(
    ("fault", "error"),
    [("down", Unavailable), ("429 storm", RateLimited), ("challenge", BadAnswer), ("wrong JSON", BadAnswer)],
)
async def test_the_breaker_opens_and_closes(
    stage: Stage, transport: Transport, fault: str, error: type[ProviderError]
) -> None:
    changes: list[tuple[str, State]] = []
    provider = stacked(
        Openverse(transport, OpenverseSettings(stage.base)),
        Media(InThread()),
        rules=BreakerRules(failures=2, rest=1.0),
        listener=lambda name, _verb, state, _: changes.append((name, state)),
    )
    (breaker,) = (layer for layer in layers(provider) if isinstance(layer, Breaker))
    stage.handler = FAULTS[fault]
    while breaker.state(Verb.SEARCH) is State.CLOSED:
        with pytest.raises(error):
            await provider.search(OTTER)
    seen = len(stage.seen)
    with pytest.raises(Unavailable):
        await provider.search(OTTER)
    assert len(stage.seen) == seen, "an open breaker asks nobody"
    stage.handler = answers(200, body_of("openverse"))
    while breaker.state(Verb.SEARCH) is State.OPEN:  # noqa: ASYNC110 - it closes by the clock, which nothing tells
        await asyncio.sleep(0.1)
    assert (await provider.search(OTTER)).value
    assert [state for _, state in changes] == [State.OPEN, State.HALF_OPEN, State.CLOSED]


async def test_many_people_at_once_ask_once(stage: Stage, transport: Transport) -> None:
    async def slowly(_: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.1)
        return web.Response(body=body_of("openverse"))

    chain = both(stage, transport, slowly)
    found = await asyncio.gather(*(chain.search(OTTER) for _ in range(25)))
    assert all(answer.value for answer in found)
    assert len(stage.seen) == 1


async def test_with_no_network_what_is_inside_answers_and_says_so(transport: Transport) -> None:
    from .scripted import Scripted, pictures

    collection = Scripted("collection", pictures("ours"), outside=False)
    settings = ProviderSettings(openverse_url="http://127.0.0.1:9/", tracemoe_url="http://127.0.0.1:9/")
    chain = build_chain(
        ("openverse", "tracemoe", "collection"),
        settings,
        transport,
        Media(InThread()),
        others={"collection": collection},
    )
    answer = await chain.search(OTTER)
    assert [image.name for image in answer.value] == ["ours"]
    assert answer.provenance is not None
    assert [(note.provider, note.detail) for note in answer.provenance.notes] == [("openverse", "down")]
    assert chain.capabilities.supports(Verb.INSIGHTS)
