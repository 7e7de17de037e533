"""PostgreSQL against SQLite: filling, text, hashes, visual words and whole answers over the same made-up pictures.

Run with `python -m tests.benchmarks.collection_stores [--pictures 100000] [--words 0]`. PostgreSQL is
started from the machine's own programs on loopback with a folder of its own, which is removed at the end. ``--words``
gives each picture so many visual words; 400 is what real ones have at most.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from bot.bing_v7 import InsightsRequest, SafeSearch, SearchRequest, Upload
from bot.collection.arrays import code_of
from bot.collection.model import Indexed
from bot.collection.query.insights import Insights
from bot.collection.query.search import Searching
from bot.collection.store import CodeKind, Store, open_store
from bot.collection.text.text_query import parse_query
from bot.media.service import Media
from tests.collection.made import scene
from tests.postgres import running_postgres

from .collection_text import QUERIES, STRICT, captions, filled, rows, spelt

T = TypeVar("T")


async def fill(store: Store, count: int, words: int) -> float:
    """Write rows; returns seconds spent writing."""
    random = np.random.default_rng(6)

    def made() -> Iterator[Indexed]:
        for row in rows(count):
            chosen = tuple(np.unique(random.integers(0, 65_536, words)).tolist())
            yield replace(row, looks=replace(row.looks, words=chosen, points=bytes(6)))

    return await filled(store, made())


def flipped(code: bytes, bits: int, random: np.random.Generator) -> bytes:
    """A code with some bits changed."""
    value = np.frombuffer(code, np.uint8).copy()
    for bit in random.choice(256, bits, replace=False).tolist():
        value[bit // 8] ^= 1 << bit % 8
    return value.tobytes()


class Timed:
    """Times of one store by the name of what was asked."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = {}
        self.notes: dict[str, str] = {}

    async def run(self, name: str, asked: Sequence[Callable[[], Awaitable[T]]]) -> list[T]:
        """Ask one after the other."""
        answers: list[T] = []
        for ask in asked:
            began = time.perf_counter()
            answers.append(await ask())
            self.times.setdefault(name, []).append((time.perf_counter() - began) * 1e3)
        return answers


async def measure(store: Store, count: int, words: int) -> Timed:
    """Ask everything, once the visual words are in memory where they are kept there."""
    await store.sharing([1], 1)
    timed, random = Timed(), np.random.default_rng(5)
    picked = set(random.integers(0, count, min(QUERIES, count // 10)).tolist())
    titles = [t.split()[: 1 + n % 3] for n, (t, _, _) in enumerate(captions(count)) if n in picked]
    common = [spelt(number) for number in range(12)]
    for name, texts in (("text, words of a title", [" ".join(t) for t in titles]), ("text, commonest words", common)):
        await store.text(parse_query(texts[0]), STRICT)
        await timed.run(name, [lambda text=text: store.text(parse_query(text), STRICT) for text in texts])
    await hashes(timed, store, count, random)
    if words:
        asked = [np.unique(random.integers(0, 65_536, 3 * words)).tolist() for _ in range(12)]
        await timed.run("visual words", [lambda some=some: store.sharing(some, 24) for some in asked])
    await answers(timed, store, titles)
    return timed


async def hashes(timed: Timed, store: Store, count: int, random: np.random.Generator) -> None:
    """Hashes at growing distances from stored ones, with the share that is found."""
    held = await store.pictures([f"{number:040X}" for number in random.integers(0, count, 40).tolist()])
    for bits, most in ((0, 40), (16, 40), (31, 40), (40, 40), (64, 84), (84, 84)):
        codes = [code_of(flipped(p.looks.copy_code, bits, random)) for p in held]
        name = f"hash, {bits} bits away, up to {most}"
        found = await timed.run(name, [lambda c=c, m=most: store.near(CodeKind.COPY, c, m, 20) for c in codes])
        good = sum(p.image_id in {near.image_id for near in got} for p, got in zip(held, found, strict=True))
        timed.notes[name] = f"found {good} of {len(held)}"
    turned = [random.integers(0, 2**64, (24, 4), dtype=np.uint64) for _ in range(8)]
    name = "hash, 24 strangers at once, up to 84"
    await timed.run(name, [lambda c=c: store.near(CodeKind.COPY, c, 84, 20) for c in turned])
    name = "looks, up to 116"
    codes = [code_of(flipped(p.looks.looks_code, 60, random)) for p in held[:8]]
    await timed.run(name, [lambda c=c: store.near(CodeKind.LOOKS, c, 116, 140) for c in codes])


async def answers(timed: Timed, store: Store, titles: list[list[str]]) -> None:
    """Whole answers, as the bot asks for them."""
    searching = Searching(store, None, show_unrated=False)
    media = Media()
    insights = Insights(store, media, show_unrated=False)
    requests = [SearchRequest(q=" ".join(title), safe_search=SafeSearch.STRICT) for title in titles[:60]]
    await timed.run("search, whole answer", [lambda r=r: searching.answer(r) for r in requests])
    uploads = []
    for seed in range(8):
        data = io.BytesIO()
        scene(seed, (640, 480)).save(data, "JPEG")
        upload = Upload(data=data.getvalue(), content_type="image/jpeg")
        uploads.append(InsightsRequest(upload=upload, safe_search=SafeSearch.STRICT))
    await timed.run("insights of a stranger, whole answer", [lambda r=r: insights.answer(r) for r in uploads])
    await media.aclose()


def p(times: list[float], part: float) -> float:
    """The value that `part` of the times stay under."""
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


def report(own: Timed, against: Timed) -> None:
    """Print both side by side."""
    for name, times in own.times.items():
        base = against.times[name]
        ratio = statistics.median(times) / statistics.median(base)
        print(
            f"  {name:38} SQLite p50 {statistics.median(base):8.2f} p99 {p(base, 0.99):8.2f} ms   "
            f"PostgreSQL p50 {statistics.median(times):8.2f} p99 {p(times, 0.99):8.2f} ms   {ratio:5.1f} times"
            f"   {own.notes.get(name, '')}",
            flush=True,
        )


async def main(pictures: int, words: int) -> None:
    """Fill and ask both."""
    with tempfile.TemporaryDirectory() as folder, running_postgres() as address:
        results: list[Timed] = []
        for name, place in (("SQLite", str(Path(folder) / "index.sqlite3")), ("PostgreSQL", address)):
            store = await open_store(place)
            seconds = await fill(store, pictures, words)
            print(f"{name}: {pictures:,} pictures with {words} words filled at {pictures / seconds:,.0f} a second")
            await store.aclose()
            if name == "PostgreSQL":
                await settle(address)
            store = await open_store(place)
            results.append(await measure(store, pictures, words))
            await store.aclose()
        report(results[1], results[0])


async def settle(address: str) -> None:
    """What autovacuum does in its own time."""
    import asyncpg

    connection = await asyncpg.connect(address)
    await connection.execute("VACUUM ANALYZE")
    size = await connection.fetchval("SELECT pg_database_size(current_database())")
    await connection.close()
    print(f"  PostgreSQL holds {size / 2**20:,.0f} MiB", flush=True)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pictures", type=int, default=100_000)
    options.add_argument("--words", type=int, default=0)
    given = options.parse_args()
    asyncio.run(main(given.pictures, given.words))
