"""A provider that knows three pictures, a live endpoint over it, and a scripted v7 service."""

import io
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from PIL import Image as Pictures

from bot.bing_v7 import (
    ALL_LEVELS,
    FILTERS,
    Capabilities,
    Category,
    Image,
    ImageAnswer,
    ImageCaption,
    ImageInsights,
    ImagesModule,
    ImageTagsModule,
    InsightsRequest,
    Module,
    Picture,
    Pivot,
    Query,
    SearchRequest,
    Tag,
    Thumbnail,
    Tile,
    TrendingImages,
    TrendingRequest,
    Verb,
    local_address,
)
from bot.bing_v7.server import ServerSettings, make_app
from bot.media.runner import InThread
from bot.media.service import Media

FIXTURES = Path(__file__).parent / "fixtures"
HELD = "0123456789ABCDEF0123456789ABCDEF01234567"
LINKED = "1" * 40
ADULT = "A" * 40


def png(size: tuple[int, int] = (948, 632), colour: tuple[int, int, int] = (200, 30, 30)) -> bytes:
    out = io.BytesIO()
    Pictures.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def pictures() -> tuple[Image, ...]:
    held = Image(
        name="A magpie on a fence",
        content_url=local_address("picture", HELD),
        thumbnail_url=local_address("thumbnail", HELD),
        host_page_url="https://example.org/magpie",
        image_id=HELD,
        image_insights_token="/home/operator/pictures/magpie.png",
        width=948,
        height=632,
        content_size="2048 B",
        date_published="2020-01-02",
        accent_color="#c81e1e",
        is_family_friendly=True,
    )
    linked = Image(
        name="Another bird",
        content_url="https://example.org/bird.jpg",
        thumbnail_url="https://example.org/bird-small.jpg",
        host_page_url="https://example.org/bird",
        image_id=LINKED,
    )
    adult = Image(
        name="Not for everybody", content_url="https://example.org/x.jpg", image_id=ADULT, is_family_friendly=False
    )
    return held, linked, adult


@dataclass
class SmallProvider:
    """Answers the same whatever is asked, and remembers what that was."""

    name: str = "small"
    title: str = "Small"
    capabilities: Capabilities = field(
        default_factory=lambda: Capabilities(
            levels=dict.fromkeys(Verb, ALL_LEVELS), filters=FILTERS, modules=frozenset(Module)
        )
    )
    error: Exception | None = None
    rated: bool | None = True
    asked: list[SearchRequest | InsightsRequest | TrendingRequest] = field(default_factory=list)

    async def search(self, request: SearchRequest) -> ImageAnswer:
        self._ask(request)
        return ImageAnswer(
            total_estimated_matches=3,
            next_offset=3,
            value=pictures(),
            pivot_suggestions=(Pivot(pivot="magpie"),),
            query_expansions=(
                Query(text="magpie nest", display_text="Nest", thumbnail=Thumbnail(url="https://example.org/nest.jpg")),
            ),
            similar_terms=(Query(text="pica pica", thumbnail=Thumbnail(thumbnail_url="https://example.org/pica.jpg")),),
        )

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        self._ask(request)
        return ImageInsights(
            best_representative_query=Query(text="magpie"),
            image_caption=ImageCaption(caption="A magpie", data_source_url="https://example.org/magpie"),
            pages_including=ImagesModule(value=pictures()),
            image_tags=ImageTagsModule(value=(Tag(name="bird"),)),
        )

    async def trending(self, request: TrendingRequest) -> TrendingImages:
        self._ask(request)
        held, _, adult = pictures()
        tiles = (Tile(query=Query(text="magpie"), image=held), Tile(query=Query(text="adult"), image=adult))
        return TrendingImages(
            categories=(Category(title="Birds", tiles=tiles), Category(title="Others", tiles=tiles[1:]))
        )

    async def picture(self, image_id: str, max_edge: int | None = None) -> Picture | None:
        return Picture(png(), "image/png", "magpie.png", 948, 632, self.rated) if image_id == HELD else None

    async def ratings(self, image_ids: Sequence[str]) -> dict[str, bool | None]:
        return {image_id: self.rated for image_id in image_ids if image_id == HELD}

    async def aclose(self) -> None:
        """Hold nothing."""

    def _ask(self, request: SearchRequest | InsightsRequest | TrendingRequest) -> None:
        self.asked.append(request)
        if self.error:
            raise self.error


@pytest.fixture
def provider() -> SmallProvider:
    return SmallProvider()


@dataclass
class Endpoint:
    """A running endpoint and a session that talks to it."""

    server: TestServer
    session: aiohttp.ClientSession

    def url(self, path: str) -> str:
        return path if path.startswith("http") else str(self.server.make_url(path))

    async def get(self, path: str, **options: Any) -> tuple[aiohttp.ClientResponse, dict[str, Any]]:
        return await self.send("GET", path, **options)

    async def send(self, method: str, path: str, **options: Any) -> tuple[aiohttp.ClientResponse, dict[str, Any]]:
        async with self.session.request(method, self.url(path), **options) as response:
            return response, await response.json()

    async def bytes(self, path: str) -> tuple[aiohttp.ClientResponse, bytes]:
        async with self.session.get(self.url(path)) as response:
            return response, await response.read()


Run = Callable[..., Awaitable[Endpoint]]


@pytest.fixture
async def run(provider: SmallProvider) -> AsyncIterator[Run]:
    """Start endpoints over the small provider; they stop with the test."""
    started: list[Endpoint] = []

    async def start(**settings: Any) -> Endpoint:
        fetch = settings.pop("fetch", None)
        problem = settings.pop("find_problem", None)
        chosen = ServerSettings(**{"per_second": None, **settings})
        app = make_app(provider, Media(InThread()), chosen, fetch=fetch, find_problem=problem)
        server = TestServer(app, host="127.0.0.1")
        await server.start_server()
        started.append(Endpoint(server, aiohttp.ClientSession()))
        return started[-1]

    yield start
    for endpoint in started:
        await endpoint.session.close()
        await endpoint.server.close()


@pytest.fixture
async def endpoint(run: Run) -> Endpoint:
    return await run()


@dataclass
class Script:
    """A service that gives the same response to every request and remembers the requests."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    seen: list[web.Request] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    url: str = ""


@pytest.fixture
async def script() -> AsyncIterator[Script]:
    told = Script()

    async def answer(request: web.Request) -> web.Response:
        told.seen.append(request)
        told.bodies.append(await request.read())
        return web.Response(status=told.status, body=told.body, headers=told.headers)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    told.url = str(server.make_url("/v7.0"))
    yield told
    await server.close()
