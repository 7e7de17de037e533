"""``magpie serve`` on a bad day: slow connections, heavy posts and many requests at once.

Run with ``python -m tests.benchmarks.serve_attack [small]``. 1,100 connections send a request's head byte by byte
and come back whenever they are closed, 16 posts of a picture that is heavy to decode come at once, 600 wrong keys are
tried, 2,000 connections send what is no HTTP, and 5,000 searches are made. Baseline: the same searches and looks at
``/healthz`` of the same process before.
"""

import asyncio
import contextlib
import io
import resource
import statistics
import sys
import time
from collections import Counter
from typing import NamedTuple
from urllib.parse import urlsplit

import aiohttp
import numpy as np
from PIL import Image

from .served import HEADERS, Served, served

SMALL = "small" in sys.argv
SLOW, HEAVY, REQUESTS, AT_ONCE, WRONG, MALFORMED, LASTS = (
    (100, 2, 50, 8, 20, 40, 3.0) if SMALL else (1_100, 16, 5_000, 32, 600, 2_000, 20.0)
)
EDGE = 2_000 if SMALL else 6_000
PATIENCE = 30.0
GIVEN_UP = 180.0
"""Seconds after which a program stops posting its picture again."""


def heavy_picture() -> bytes:
    """Return a PNG of 36 megapixels in few bytes."""
    stripes = np.zeros((EDGE, EDGE), np.uint8)
    stripes[::7] = 255
    out = io.BytesIO()
    Image.fromarray(stripes).save(out, "PNG", optimize=True)
    return out.getvalue()


class Watch:
    """Looks at ``/healthz`` twice a second, and notes how long it takes and how large the process is."""

    def __init__(self, run: Served) -> None:
        self.run = run
        self.seconds: list[float] = []
        self.failed = 0
        self.peak = 0.0

    async def look(self) -> None:
        while True:
            started = time.perf_counter()
            try:
                async with (
                    aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(10)) as session,
                    session.get(f"{self.run.address}/healthz") as response,
                ):
                    self.failed += response.status != 200
            except (aiohttp.ClientError, TimeoutError):
                self.failed += 1
            self.seconds.append(time.perf_counter() - started)
            self.peak = max(self.peak, self.run.resident_mib())
            await asyncio.sleep(0.5)


async def slow(address: str) -> None:
    """Hold a connection as long as it is held, and open the next."""
    parts = urlsplit(address)
    while True:
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection(parts.hostname, parts.port)
            try:
                writer.write(b"GET /v7.0/images/search?q=x HTTP/1.1\r\nHost: a\r\n")
                while True:
                    writer.write(b"X")
                    await writer.drain()
                    await asyncio.sleep(1)
            finally:
                writer.close()
        await asyncio.sleep(0.2)


async def malformed(address: str) -> None:
    parts = urlsplit(address)
    for _ in range(MALFORMED):
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
            writer.write(b"\x16\x03\x01 no http\r\n\r\n")
            await reader.read()
            writer.close()


class Posts(NamedTuple):
    """What a picture's first post was answered by and after how many seconds, and the seconds until it was looked up,
    None if it never was."""

    first: object
    first_seconds: float
    seconds: float | None


async def post(session: aiohttp.ClientSession, address: str, picture: bytes) -> Posts:
    """Post the picture until it is looked up, as a program does that obeys ``Retry-After``."""
    first: object = None
    first_seconds = 0.0
    started = time.perf_counter()
    while time.perf_counter() - started < GIVEN_UP:
        status, wait = await post_once(session, address, picture)
        if first is None:
            first, first_seconds = status, time.perf_counter() - started
        if status == 200:
            return Posts(first, first_seconds, time.perf_counter() - started)
        await asyncio.sleep(wait)
    return Posts(first, first_seconds, None)


async def post_once(session: aiohttp.ClientSession, address: str, picture: bytes) -> tuple[object, float]:
    """Return the status, or what went wrong, and the seconds to wait."""
    form = aiohttp.FormData()
    form.add_field("image", picture, filename="a.png")
    try:
        async with session.post(f"{address}/v7.0/images/details", data=form, headers=HEADERS) as response:
            return response.status, float(response.headers.get("Retry-After", 5))
    except (aiohttp.ClientError, TimeoutError) as error:
        return type(error).__name__, 5.0


async def guess(session: aiohttp.ClientSession, address: str) -> Counter[object]:
    statuses: Counter[object] = Counter()
    for number in range(WRONG):
        key = {"Ocp-Apim-Subscription-Key": f"wrong {number}"}
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):
            async with session.get(f"{address}/v7.0/images/trending", headers=key) as response:
                statuses[response.status] += 1
    return statuses


async def searches(session: aiohttp.ClientSession, address: str, number: int) -> tuple[Counter[object], list[float]]:
    """Make so many searches, a few at a time; a closed connection is tried once more, as clients do."""
    statuses: Counter[object] = Counter()
    taken: list[float] = []
    left = iter(range(number))

    async def ask() -> None:
        for turn in left:
            started = time.perf_counter()
            for last in (False, True):
                try:
                    query = {"q": "magpie", "count": "10", "offset": str(turn % 100)}
                    async with session.get(f"{address}/v7.0/images/search", params=query, headers=HEADERS) as response:
                        await response.read()
                        statuses[response.status] += 1
                    break
                except (aiohttp.ClientError, TimeoutError) as error:
                    if last:
                        statuses[type(error).__name__] += 1
            taken.append(time.perf_counter() - started)

    await asyncio.gather(*(ask() for _ in range(AT_ONCE)))
    return statuses, taken


def told(seconds: list[float]) -> str:
    """Say median, 99th percentile and maximum in milliseconds."""
    ordered = sorted(each * 1000 for each in seconds)
    late = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return f"median {statistics.median(ordered):.1f} ms, p99 {late:.0f} ms, longest {ordered[-1]:.0f} ms"


async def main() -> None:
    files = min(8_192, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    picture = heavy_picture()
    timeout = aiohttp.ClientTimeout(PATIENCE)
    async with served() as run, aiohttp.ClientSession(timeout=timeout) as session:
        before, calm = await searches(session, run.address, REQUESTS // 10)
        quiet = Watch(run)
        looking = asyncio.create_task(quiet.look())
        await asyncio.sleep(3)
        looking.cancel()
        idle, logged = run.resident_mib(), run.log_bytes()
        watch = Watch(run)
        background = [asyncio.create_task(slow(run.address)) for _ in range(SLOW)]
        heavy = [asyncio.create_task(post(session, run.address, picture)) for _ in range(HEAVY)]
        background.append(asyncio.create_task(watch.look()))
        await asyncio.sleep(2)
        started = time.perf_counter()
        (statuses, taken), guesses, _ = await asyncio.gather(
            searches(session, run.address, REQUESTS), guess(session, run.address), malformed(run.address)
        )
        lasted = time.perf_counter() - started
        await asyncio.sleep(max(0.0, LASTS - lasted))
        still_attacked = not all(one.done() for one in heavy)
        posts = await asyncio.gather(*heavy)
        for task in background:
            task.cancel()
        await asyncio.gather(*background, return_exceptions=True)
        await asyncio.sleep(5)
        print(f"heavy picture: {len(picture):,} bytes, 36 megapixels")
        print(f"searches before: {dict(before)}, {told(calm)}")
        print(f"searches under attack: {dict(statuses)} in {lasted:.1f} s, {told(taken)}")
        late = sorted(one.seconds for one in posts if one.seconds is not None)
        firsts = sorted(round(one.first_seconds, 1) for one in posts)
        print(f"posts, answered at first: {dict(Counter(one.first for one in posts))}, after {firsts} s")
        seconds = [round(one) for one in late]
        print(f"posts, looked up at last, Retry-After obeyed: {len(late)} of {len(posts)}, after {seconds} s")
        print(f"the searches had ended before the last: {still_attacked}")
        print(f"wrong keys: {dict(guesses)}")
        print(f"/healthz before: {told(quiet.seconds)}")
        print(f"/healthz under attack: {len(watch.seconds)} looks, {watch.failed} failed, {told(watch.seconds)}")
        print(
            f"memory with children: idle {idle:.0f} MiB, peak {watch.peak:.0f} MiB, after {run.resident_mib():.0f} MiB"
        )
        print(f"log: {(run.log_bytes() - logged) / 1024:.1f} KiB, {run.tracebacks()} tracebacks")


if __name__ == "__main__":
    asyncio.run(main())
