"""What the layers round a provider cost, and what they save: cache, single flight, breaker, budget, chain.

Run with ``python -m tests.benchmarks.providers_layers``. Baseline: the same adapter asked without any layer over a
local server in the same run. Nothing leaves the machine.
"""

import asyncio
import gc
import json
import statistics
import sys
import time
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.bing_v7 import HttpResponse, SearchRequest, Verb
from bot.media.runner import InThread
from bot.media.service import Media
from bot.providers.adapters.openverse import Openverse, decode_search
from bot.providers.adapters.openverse_app import OpenverseSettings
from bot.providers.http.transport import Transport
from bot.providers.middleware.stack import stacked
from bot.providers.routing.chain import Chain

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 300
PICTURE = {
    "id": "11111111-1111-4111-8111-111111111111", "title": "Otter", "indexed_on": "2024-05-06T07:08:09Z",
    "foreign_landing_url": "https://photos.example/1", "url": "https://cdn.photos.example/1.jpg",
    "creator": "Ada", "license": "by", "license_version": "4.0", "source": "flickr", "filetype": "jpg",
    "tags": [{"accuracy": None, "name": f"tag {number}"} for number in range(15)],
    "attribution": "Otter by Ada", "mature": False, "width": 1200, "height": 800,
    "thumbnail": "https://thumbs.example/1", "unstable__sensitivity": [],
}  # fmt: skip
BODY = json.dumps({"result_count": 100, "page_count": 5, "page": 1, "results": [PICTURE] * 20}).encode()


async def median_ms(ask: Callable[[int], Awaitable[object]], rounds: int = ROUNDS) -> float:
    """Return the median of so many calls; the garbage collector runs as it does in the bot."""
    taken: list[float] = []
    gc.collect()
    for number in range(rounds):
        started = time.perf_counter()
        await ask(number)
        taken.append(time.perf_counter() - started)
    return statistics.median(taken) * 1000


async def main() -> None:
    asked = 0

    async def handler(_: web.Request) -> web.Response:
        nonlocal asked
        asked += 1
        return web.Response(body=BODY, content_type="application/json")

    app = web.Application()
    app.router.add_get("/{path:.*}", handler)
    server = TestServer(app)
    await server.start_server()
    async with Transport(contact="bench@example.org") as transport:
        settings = OpenverseSettings(str(server.make_url("/")))
        bare = Openverse(transport, settings)
        object.__setattr__(bare.capabilities.limits, "per_minute", None)
        object.__setattr__(bare.capabilities.limits, "per_day", None)
        chain = Chain({Verb.SEARCH: [stacked(bare, Media(InThread()))]})
        fixed = SearchRequest(q="otter")
        rows = {
            "adapter alone, over the wire (baseline)": await median_ms(lambda n: bare.search(SearchRequest(q=f"a{n}"))),
            "chain and all layers, over the wire": await median_ms(lambda n: chain.search(SearchRequest(q=f"b{n}"))),
            "chain and all layers, kept answer": await median_ms(lambda n: chain.search(fixed)),
            "decoding 20 pictures alone": await median_ms(lambda n: _decode()),
            "json.loads of the same body": await median_ms(lambda n: _loads()),
        }
        before = asked
        await asyncio.gather(*(chain.search(SearchRequest(q="crowd")) for _ in range(100)))
        crowd = asked - before
    await server.close()
    baseline = next(iter(rows.values()))
    for name, value in rows.items():
        print(f"{name:45} {value:8.3f} ms   {value / baseline:6.3f} of the baseline")
    print(f"100 people asking the same at once: {crowd} request(s) sent")


async def _decode() -> object:
    return decode_search(HttpResponse(200, {}, BODY), SearchRequest(q="otter", count=20))


async def _loads() -> object:
    return json.loads(BODY)


if __name__ == "__main__":
    asyncio.run(main())
