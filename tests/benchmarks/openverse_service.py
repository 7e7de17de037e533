"""A stand-in for Openverse, which the default providers ask first: any query finds 240 made-up pictures."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

PAGE_SIZE = 20
"""Pictures of one answer, the most that the service gives without a key."""
PAGES = 12


class OpenverseService:
    """A running stand-in; ``asked`` counts its requests, and ``env`` leads a bot's default providers to it."""

    def __init__(self) -> None:
        self.asked = 0
        self.env: dict[str, str] = {}

    async def answer(self, request: web.Request) -> web.Response:
        """One page, with the fields that the service's own answers have; any other path is not found."""
        self.asked += 1
        if request.path != "/v1/images/":
            raise web.HTTPNotFound
        page = int(request.query["page"])
        numbers = range((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
        return web.json_response({
            "result_count": PAGES * PAGE_SIZE, "page_count": PAGES, "page_size": PAGE_SIZE, "page": page,
            "results": [_result(number) for number in numbers],
        })  # fmt: skip


def _result(number: int) -> dict[str, Any]:
    words = ("flower", "red", "garden", "summer", ("poppy", "rose", "tulip", "peony")[number % 4])
    return {
        "id": f"{number:08}-1111-4111-8111-111111111111",
        "title": f"Red flowers of garden number {number}",
        "indexed_on": "2024-05-06T07:08:09Z",
        "foreign_landing_url": f"https://photos.example/flowers/{number}",
        "url": f"https://cdn.photos.example/flowers-{number}.jpg",
        "creator": f"Ada Example {number % 7}",
        "creator_url": "https://photos.example/ada",
        "license": "by-sa", "license_version": "4.0",
        "license_url": "https://creativecommons.org/licenses/by-sa/4.0/",
        "provider": "flickr", "source": "flickr", "category": "photograph",
        "filesize": 100_000 + number, "filetype": "jpg", "width": 1200, "height": 800,
        "tags": [{"accuracy": None, "name": word} for word in words],
        "mature": False, "unstable__sensitivity": [],
        "thumbnail": f"https://thumbs.example/v1/images/{number}/thumb/",
    }  # fmt: skip


@asynccontextmanager
async def openverse_service() -> AsyncIterator[OpenverseService]:
    """Run it on a free port of this machine; the other services of the default providers are not there."""
    service = OpenverseService()
    app = web.Application()
    app.router.add_get("/{path:.*}", service.answer)
    async with TestServer(app) as server:
        base = str(server.make_url("/"))
        names = ("COMMONS", "WIKIFEEDS", "TRACEMOE")
        service.env = {f"MAGPIE_{name}_URL": base for name in names} | {"MAGPIE_OPENVERSE_URL": f"{base}v1/"}
        yield service
