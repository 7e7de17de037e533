"""How long the try-out's page waits while people hand in hostile files.

``python -m tests.benchmarks.tryout_uploads`` starts ``magpie try`` as a program of its own and hands in 24 files that
are heavy to decode or broken, six at a time, each both as a message and to ``/identify``. Meanwhile the page is asked
for every 50 ms: whatever blocks the event loop makes that answer late. Baseline: the same question before.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import aiohttp
from yarl import URL

from tests.tryout.program import running_tryout

from .heavy_pictures import SMALL, heavy_pictures

FILES, AT_ONCE = (int(sys.argv[1]) if len(sys.argv) > 1 else 24), 6
QUIET, AFTER = (1.0, 2.0) if SMALL else (5.0, 15.0)
"""The last: seconds in which the bot still reads what was handed in, at most 10 a picture."""
PASSED_BY = 3 if SMALL else 0
"""How many files are left out at the beginning: in a small run the striped ones, in which text is looked for."""
EVERY = 0.05
BOMB = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x86\xa0\x00\x01\x86\xa0\x08\x06\x00\x00\x00" + bytes(400_000)


def hostile() -> dict[str, bytes]:
    """Files that cost much, end early, or lie about what they are."""
    heavy = {f"{name}.png": data for name, data in heavy_pictures().items()}
    cut = {f"cut {name}": data[: len(data) * 2 // 3] for name, data in heavy.items()}
    return {
        **heavy,
        **cut,
        "bomb.png": BOMB,
        "markup.svg": b"<svg>" + b"<g>" * 300_000,
        "nothing.gif": bytes(9_000_000),
    }


async def look(session: aiohttp.ClientSession, address: URL, seconds: list[float]) -> None:
    """Ask for the page again and again; note how long each answer takes."""
    while True:
        began = time.perf_counter()
        async with session.get(address) as response:
            await response.read()
        seconds.append(time.perf_counter() - began)
        await asyncio.sleep(EVERY)


async def seat(session: aiohttp.ClientSession, address: URL) -> tuple[str, str]:
    """Return the first person and their first channel."""
    async with session.get(address / "api/events") as events:
        async for line in events.content:
            if line.startswith(b"data: "):
                seen: dict[str, Any] = json.loads(line[6:])
                return seen["me"], seen["here"]
    raise RuntimeError("the page shows nothing")


async def hand_in(session: aiohttp.ClientSession, address: URL, who: tuple[str, str], name: str, data: bytes) -> str:
    """Send a file as a message, then identify it; what the second came to."""
    said = ""
    for field, action in (
        ("files", {"kind": "send", "content": name}),
        ("option:image", {"kind": "slash", "name": "identify"}),
    ):
        form = aiohttp.FormData()
        form.add_field("action", json.dumps({"as": who[0], "in": who[1], "action": action}))
        form.add_field(field, data, filename=name)
        async with session.post(address / "api/act", data=form, headers={"Origin": str(address.origin())}) as response:
            said = f"{action['kind']}: {response.status}"
    return said


def told(seconds: list[float]) -> str:
    """Say median, 99th percentile and maximum in milliseconds."""
    ordered = sorted(each * 1000 for each in seconds)
    late = ordered[int((len(ordered) - 1) * 0.99)]
    middle = statistics.median(ordered)
    return f"{len(ordered)} looks, median {middle:.0f} ms, p99 {late:.0f} ms, longest {ordered[-1]:.0f} ms"


async def main() -> None:
    files = list(islice(cycle(list(hostile().items())[PASSED_BY:]), FILES))
    with tempfile.TemporaryDirectory() as home:
        async with running_tryout(Path(home)) as page, aiohttp.ClientSession() as session:
            address = URL(page)
            who = await seat(session, address)
            before: list[float] = []
            meanwhile: list[float] = []
            looking = asyncio.create_task(look(session, address, before))
            await asyncio.sleep(QUIET)
            looking.cancel()
            room = asyncio.Semaphore(AT_ONCE)

            async def one(name: str, data: bytes) -> str:
                async with room:
                    return await hand_in(session, address, who, name, data)

            began = time.perf_counter()
            looking = asyncio.create_task(look(session, address, meanwhile))
            said = await asyncio.gather(*(one(*pair) for pair in files))
            took = time.perf_counter() - began
            await asyncio.sleep(AFTER)
            looking.cancel()
            print(f"{FILES} files in {took:.1f} s: {dict(Counter(said))}")
            print(f"the page before: {told(before)}")
            print(f"the page meanwhile: {told(meanwhile)}")


if __name__ == "__main__":
    asyncio.run(main())
