"""How fast ``magpie serve`` answers, against a bare aiohttp handler that sends the same bytes.

Run with ``python -m tests.benchmarks.serve_throughput [seconds [captions]]``. Both run as programs of their own on this
machine, on its first core where there are several; the same client asks them in turns from the others. The collection
holds the made-up captions of `collection_text` (10,000). *Repeated*: one search of 35 pictures again and again.
*New, 35 pictures*: one word after the other of those that find so many, in one market of English after the other, so
that no question comes twice. *New, words of a title*: one to three words of a caption, never the same twice, which find
a picture or some. The bare handler checks no key, reads no parameter and always sends the bytes of the repeated answer.
"""

import asyncio
import itertools
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import aiohttp
import numpy as np

from bot.collection.store import open_store
from bot.settings import COLLECTION, Settings

from .collection_text import captions, filled, rows
from .served import HEADERS, ROOT, family_seconds, served

AT_ONCE, ROUNDS = 8, 5
SHOWN = 35
MARKETS = ("en-US", "en-GB", "en-AU", "en-CA", "en-IN", "en-NZ", "en-ZA")
PLAIN = {"Accept-Encoding": "identity"}

BARE = """
import asyncio, sys
from aiohttp import web
body = sys.stdin.buffer.read()
async def answer(_):
    return web.Response(body=body, content_type="application/json", charset="utf-8")
async def main():
    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""


class Rate(NamedTuple):
    """What a round of questions got: answers, the seconds they took, their median latency in milliseconds."""

    answers: int
    seconds: float
    latency: float


@asynccontextmanager
async def bare_handler(body: bytes) -> AsyncIterator[tuple[int, int]]:
    """Run the baseline; its process id and its port."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", BARE, cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        env=dict(os.environ),
    )  # fmt: skip
    try:
        assert process.stdin
        assert process.stdout
        process.stdin.write(body)
        process.stdin.close()
        yield process.pid, int(await process.stdout.readline())
    finally:  # it would hold the output open, and who waits for that would never learn what failed
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


async def rate(session: aiohttp.ClientSession, address: Callable[[], str], seconds: float) -> Rate:
    """Ask a few at a time for so many seconds, each at least once."""
    taken: list[float] = []
    end = time.perf_counter() + seconds

    async def ask() -> None:
        while True:
            started = time.perf_counter()
            async with session.get(address(), headers=HEADERS) as response:
                await response.read()
                assert response.status == 200
            taken.append(time.perf_counter() - started)
            if time.perf_counter() >= end:
                return

    began = time.perf_counter()
    await asyncio.gather(*(ask() for _ in range(AT_ONCE)))
    return Rate(len(taken), time.perf_counter() - began, statistics.median(taken) * 1000)


def questions(count: int) -> tuple[list[str], list[str]]:
    """Words that find as many pictures as an answer shows, and the first words of titles, each once."""
    random = np.random.default_rng(8)
    found: Counter[str] = Counter()
    titles: dict[str, None] = {}
    for title, body, tags in captions(count):
        found.update({*title.split(), *body.split(), *tags})
        titles["%20".join(title.split()[: int(random.integers(1, 4))])] = None
    many = [word for word, pictures in found.items() if pictures >= SHOWN] or [found.most_common(1)[0][0]]
    return [str(word) for word in random.permutation(sorted(many))], [str(q) for q in random.permutation(list(titles))]


def on_cores(pid: int, cores: set[int]) -> None:
    """Let a program's threads, and those that they start, run on these cores alone."""
    for thread in Path(f"/proc/{pid}/task").iterdir():
        os.sched_setaffinity(int(thread.name), cores)


async def fill(folder: Path, count: int) -> None:
    """Index so many captions."""
    settings = Settings.model_validate({"data_dir": folder, "providers": COLLECTION})
    store = await open_store(settings.collection_address)
    await filled(store, rows(count))
    await store.aclose()


async def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    words, titles = questions(count)
    with tempfile.TemporaryDirectory() as folder:
        await fill(Path(folder), count)
        async with AsyncExitStack() as stack:
            run = await stack.enter_async_context(served(data=Path(folder)))
            session = await stack.enter_async_context(aiohttp.ClientSession(auto_decompress=False))
            search = f"{run.address}/v7.0/images/search?count={SHOWN}&q="
            async with session.get(f"{search}{words[0]}", headers=HEADERS | PLAIN) as response:
                body = await response.read()
            bare, port = await stack.enter_async_context(bare_handler(body))
            first, *others = sorted(os.sched_getaffinity(0))
            if others:
                on_cores(run.pid, {first})
                on_cores(bare, {first})
                on_cores(os.getpid(), set(others))
            print("each on one core, the client on others" if others else "everything on one core")
            more = [f"{word}&mkt={market}" for market in MARKETS for word in words[1:] or words]
            many, rare = itertools.cycle(more), itertools.cycle(titles)
            ways: dict[str, Callable[[], str]] = {
                "bare": lambda: f"http://127.0.0.1:{port}/",
                "repeated": lambda: f"{search}{words[0]}",
                f"new, {SHOWN} pictures": lambda: f"{search}{next(many)}",
                "new, words of a title": lambda: f"{search}{next(rare)}",
            }
            print(f"{count:,} captions, {len(words)} words that find {SHOWN} pictures, {len(titles):,} of titles")
            for coding in ("identity", "gzip"):
                session.headers["Accept-Encoding"] = coding
                print(f"{len(body):,} bytes an answer, Accept-Encoding {coding}, {AT_ONCE} at a time")
                await compare(session, ways, seconds, run.pid, bare)


async def compare(
    session: aiohttp.ClientSession, ways: dict[str, Callable[[], str]], seconds: float, pid: int, bare: int
) -> None:
    """Ask in all ways in turns and print a line of each."""
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, address in ways.items():
            process = bare if name == "bare" else pid
            before = family_seconds(process)
            got = await rate(session, address, seconds)
            used = (family_seconds(process) - before) / got.answers * 1000
            found[name].append((got.answers / got.seconds, got.latency, used))
    base = [statistics.median(values) for values in zip(*found["bare"], strict=True)]
    for name, values in found.items():
        each, latency, processor = (statistics.median(column) for column in zip(*values, strict=True))
        print(f"{name:22} {each:7.0f} a second (x{base[0] / each:.2f} slower), median {latency:6.2f} ms"
              f" (x{latency / base[1]:.2f}), processor {processor:5.2f} ms (x{processor / base[2]:.2f})")  # fmt: skip


if __name__ == "__main__":
    asyncio.run(main())
