"""Heavy pictures: how many are answered, what memory they take, and what those wait who ask something ordinary.

``python -m tests.benchmarks.heavy_pictures`` posts 16 heavy pictures at once to ``magpie serve``, then hands 30 at once
to ``magpie run`` (30 people, ``/identify``), both as they are composed. Meanwhile somebody else looks up a photograph
every half second. Baselines: the same lookups of the same process before, one after the other, and one every half
second without anything heavy: the difference to the second is what heavy pictures cost the others. Memory is that of
the process and all its children, read every 250 ms, above what it was after the quiet lookups.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import aiohttp
import numpy as np
from PIL import Image, ImageCms

from tests.wire import Channel, StandIn, Upload, User
from tests.wire.people import InteractionFailed
from tests.wire.process import bot_process

from .served import family, proportional_mib, resident_mib, served

SMALL = "small" in sys.argv
POSTS, UPLOADS, QUIET, PACED, PHOTOGRAPHS = (2, 2, 2, 2, 5) if SMALL else (16, 30, 10, 20, 200)
EDGE = 1_800 if SMALL else 6_000
PHOTOGRAPH = (600, 450) if SMALL else (2_000, 1_500)
PAUSE = 0.5
HEAVY_KEY, HONEST_KEY = "0" * 32, "1" * 32
HEADER = "Ocp-Apim-Subscription-Key"


def heavy_pictures() -> dict[str, bytes]:
    """Files of less than 1 MB that cost much to decode, each in another way."""
    stripes = np.zeros((EDGE, EDGE, 3), np.uint8)
    stripes[::7] = 255, 90, 20
    wide = Image.fromarray(np.tile(stripes, (1, 2, 1))[:, : 2 * EDGE])
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return {
        "PNG of 36 megapixels with a profile": _coded(Image.fromarray(stripes), "PNG", icc_profile=profile),
        "PNG of 72 megapixels": _coded(wide, "PNG"),
        "grey PNG of 36 megapixels with 16 bits": _coded(Image.fromarray(stripes[:, :, 0].astype(np.uint16)), "PNG"),
        "progressive JPEG of 36 megapixels": _coded(Image.new("RGB", (EDGE, EDGE), "teal"), "JPEG", progressive=True),
    }


def _coded(picture: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    assert out.tell() < 1_000_000
    return out.getvalue()


def photograph(number: int) -> bytes:
    """Something ordinary: three megapixels with much in it, another one each time."""
    rough = np.random.default_rng(number).integers(0, 256, (40, 60, 3), dtype=np.uint8)
    return _coded(Image.fromarray(rough).resize(PHOTOGRAPH, Image.Resampling.BICUBIC), "JPEG", quality=80)


class Memory:
    """The largest resident memory of a process and its children, in MiB."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._idle = self._peak = self._read()

    def _read(self) -> tuple[float, float]:
        return resident_mib(self._pid), proportional_mib(self._pid)

    async def watch(self) -> None:
        while True:
            with contextlib.suppress(OSError):  # a child that has just ended
                now = self._read()
                self._peak = max(self._peak[0], now[0]), max(self._peak[1], now[1])
            await asyncio.sleep(0.25)  # reading it holds the memory of whoever is looked at

    def told(self) -> str:
        """Say both figures: each process by itself, and what they share counted once."""
        ways = ("resident", "shared pages once")
        return ", ".join(
            f"{way} {idle:.0f} to {peak:.0f} MiB ({peak - idle:+.0f})"
            for way, idle, peak in zip(ways, self._idle, self._peak, strict=True)
        )


@contextlib.asynccontextmanager
async def watched(pid: int) -> AsyncIterator[Memory]:
    memory = Memory(pid)
    task = asyncio.create_task(memory.watch())
    try:
        yield memory
    finally:
        task.cancel()


async def timed(lookup: Callable[[bytes], Awaitable[str]], pictures: Iterator[bytes]) -> tuple[str, float]:
    """One ordinary lookup: what it came to, and its seconds."""
    began = time.perf_counter()
    return await lookup(next(pictures)), time.perf_counter() - began


async def compare(
    name: str, pid: int, heavy: list[Callable[[], Awaitable[str]]], lookup: Callable[[bytes], Awaitable[str]]
) -> None:
    """Look up quietly, then while all heavy ones are at work, and print both."""
    pictures = cycle([photograph(number) for number in range(PHOTOGRAPHS)])
    await lookup(next(pictures))  # whatever is loaded with the first one
    quiet = [await timed(lookup, pictures) for _ in range(QUIET)]
    alone = await paced(lookup, pictures)
    async with watched(pid) as memory:
        began = time.perf_counter()
        running = [asyncio.create_task(finished(one, began)) for one in heavy]
        honest = [asyncio.create_task(timed(lookup, pictures))]
        while not all(task.done() for task in running):
            await asyncio.sleep(PAUSE)
            honest.append(asyncio.create_task(timed(lookup, pictures)))
        loud = await asyncio.gather(*honest)
    outcomes = [task.result() for task in running]
    print(f"## {name}: {len(heavy)} heavy pictures at once")
    for said, number in Counter(said for said, _ in outcomes).most_common():
        print(f"{number:3} {said}, after at most {max(took for text, took in outcomes if text == said):.1f} s")
    print(f"ordinary lookups before, one after the other: {told(quiet)}")
    print(f"ordinary lookups before, one every {PAUSE} s: {told(alone)}")
    print(f"ordinary lookups meanwhile: {told(loud)}")
    print(f"memory: {memory.told()}")


async def paced(lookup: Callable[[bytes], Awaitable[str]], pictures: Iterator[bytes]) -> list[tuple[str, float]]:
    """Ordinary lookups at the pace at which they come beside heavy ones."""
    running: list[asyncio.Task[tuple[str, float]]] = []
    for _ in range(PACED):
        running.append(asyncio.create_task(timed(lookup, pictures)))
        await asyncio.sleep(PAUSE)
    return await asyncio.gather(*running)


async def finished(work: Callable[[], Awaitable[str]], began: float) -> tuple[str, float]:
    return await work(), time.perf_counter() - began


def told(lookups: list[tuple[str, float]]) -> str:
    seconds = sorted(took for _, took in lookups)
    late = seconds[min(len(seconds) - 1, int(len(seconds) * 0.95))]
    said = dict(Counter(said for said, _ in lookups))
    middle = statistics.median(seconds)
    return f"{len(seconds)}, median {middle:.2f} s, p95 {late:.2f} s, longest {seconds[-1]:.2f} s, {said}"


async def at_the_endpoint(files: list[bytes]) -> None:
    """Sixteen posts of one client, and another client's lookups."""
    async with (
        served(MAGPIE_SERVE_KEYS=f"{HEAVY_KEY},{HONEST_KEY}") as run,
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(60)) as session,
    ):

        async def post(data: bytes, key: str) -> str:
            form = aiohttp.FormData()
            form.add_field("image", data, filename="a")
            try:
                async with session.post(
                    f"{run.address}/v7.0/images/details", data=form, headers={HEADER: key}
                ) as response:
                    answer = await response.json()
                    again = response.headers.get("Retry-After")
            except (aiohttp.ClientError, TimeoutError) as error:
                return type(error).__name__
            code = "" if response.status == 200 else f" {answer['errors'][0]['code']}, Retry-After {again}"
            return f"{response.status}{code}"

        await compare(
            "magpie serve",
            run.pid,
            [partial(post, file, HEAVY_KEY) for file in islice(cycle(files), POSTS)],
            lambda data: post(data, HONEST_KEY),
        )
        print(f"log: {run.tracebacks()} tracebacks")


async def at_the_bot(files: list[bytes]) -> None:
    """Thirty people who identify heavy pictures at once, and others who identify photographs."""
    with tempfile.TemporaryDirectory() as folder:
        async with StandIn(check=False, record=False, strict=False) as discord:
            guild = discord.guild()
            channel = discord.channel(guild, "pictures")
            people = (discord.member(guild, f"person {number}") for number in range(1_000))

            async def identify(person: User, place: Channel, data: bytes) -> str:
                try:
                    reply = await discord.command(
                        person, place, "identify", image=Upload("a.png", data), until="answered"
                    )
                except InteractionFailed as error:
                    return str(error)[:70]
                await discord.until(lambda: reply.settled, "the deferred answer", within=120)
                return "answered"

            async with bot_process(discord, Path(folder), env={"MAGPIE_PROVIDERS": "collection"}) as bot:
                await settled(bot.pid)
                await compare(
                    "magpie run",
                    bot.pid,
                    [partial(identify, next(people), channel, file) for file in islice(cycle(files), UPLOADS)],
                    lambda data: identify(next(people), channel, data),
                )
                busy, failed = bot.output.count(": Overloaded:"), bot.output.count(": Unavailable:")
                print(f"of all these, {busy} were told to come again, {failed} that the lookup took too long")
                print(f"log: {bot.output.count('Traceback')} tracebacks")


async def settled(pid: int) -> None:
    """Wait until the starter pictures are drawn, which is done in child processes."""
    for _ in range(24):
        await asyncio.sleep(5)
        if len(family(pid)) == 1:
            return


async def main() -> None:
    files = heavy_pictures()
    for name, data in files.items():
        print(f"{name}: {len(data):,} bytes")
    await at_the_endpoint(list(files.values()))
    if "serve" not in sys.argv:
        await at_the_bot(list(files.values()))


if __name__ == "__main__":
    asyncio.run(main())
