"""Text search through the store against plain FTS5 with the same captions and the same machine.

Run with `python -m tests.benchmarks.collection_text [--captions 100000] [--processor]`. Made-up captions: 60,000
words whose frequencies fall like those of a language (flattened Zipf), titles of 4 to 8 words, bodies of 8 to 23, 3 to
5 tags. Each query is asked once before, so that neither side pays for reading the disk. The baseline is asked on the
event loop's thread, which a program must not do; *in a thread* is the same by way of a thread, as the store is asked.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import numpy as np

from bot.bing_v7 import SafeSearch, SearchRequest
from bot.collection.filters import PictureFilters
from bot.collection.model import FileLocation, Indexed, Looks, PictureCredit, Rating
from bot.collection.query.search import Searching
from bot.collection.store import Store, open_store
from bot.collection.store.sqlite.connections import ReadingThreads
from bot.collection.text.text_query import parse_query

from .collection_memory import resident

WORDS, QUERIES = 60_000, 200
STRICT = PictureFilters(ratings=(Rating.SAFE.number,))
START = datetime(2026, 1, 1, tzinfo=UTC)
_VOWELS, _CONSONANTS = "aeiou", "bcdfghklmnprstvz"


def spelt(number: int) -> str:
    """A made-up word for a number."""
    letters: list[str] = []
    number += 80
    while number:
        number, consonant = divmod(number, len(_CONSONANTS))
        number, vowel = divmod(number, len(_VOWELS))
        letters.append(_CONSONANTS[consonant] + _VOWELS[vowel])
    return "".join(letters)


def captions(count: int) -> Iterator[tuple[str, str, list[str]]]:
    """Title, body and tags."""
    random = np.random.default_rng(3)
    vocabulary = [spelt(number) for number in range(WORDS)]
    weights = 1 / (np.arange(WORDS) + 30) ** 0.95
    weights /= weights.sum()
    for start in range(0, count, 10_000):
        drawn = iter(random.choice(WORDS, 10_000 * 40, p=weights).tolist())
        sizes = random.integers([4, 8, 3], [9, 24, 6], (min(10_000, count - start), 3)).tolist()
        for title, body, tags in sizes:
            yield (
                " ".join(vocabulary[next(drawn)] for _ in range(title)),
                " ".join(vocabulary[next(drawn)] for _ in range(body)),
                sorted({vocabulary[next(drawn)] for _ in range(tags)}),
            )


def rows(count: int) -> Iterator[Indexed]:
    """Captions as pictures without points."""
    random = np.random.default_rng(4)
    base = Looks(800, 600, 90_000, "jpeg", False, False, "Photo", ("Blue",), False, "3366CC", b"", 90, b"")
    for number, (title, body, tags) in enumerate(captions(count)):
        looks = replace(base, copy_code=random.bytes(32), looks_code=random.bytes(32), width=200 + number % 1800)
        credit = PictureCredit(title=title, description=body, tags=tuple(tags), rating=Rating.SAFE, listed=True)
        image_id = f"{number:040X}"
        place = FileLocation(f"/p/{number}", 1, 1, "", credit)
        yield Indexed(image_id, looks, (place,), START + timedelta(seconds=number), image_id)


def measured(name: str, times: list[float], against: list[float] | None = None) -> None:
    """Print p50 and p99."""
    ms = sorted(value * 1e3 for value in times)
    ratio = ""
    if against:
        other = sorted(value * 1e3 for value in against)
        ratio = f"; {statistics.median(ms) / statistics.median(other):.2f} times plain FTS5 at p50, "
        ratio += f"{ms[int(len(ms) * 0.99)] / other[int(len(other) * 0.99)]:.2f} at p99"
    print(f"  {name:40} p50 {statistics.median(ms):7.2f} ms  p99 {ms[int(len(ms) * 0.99)]:8.2f} ms{ratio}", flush=True)


async def filled(store: Store, made: Iterator[Indexed]) -> float:
    """Write pictures by the thousand; returns the seconds that writing took, without those of making them up."""
    spent = 0.0
    while batch := list(islice(made, 1000)):
        began = time.perf_counter()
        await store.upsert(batch)
        spent += time.perf_counter() - began
    return spent


def plain(file: Path, count: int) -> tuple[sqlite3.Connection, float]:
    """The baseline: the same words in nothing but an FTS5 table; and the seconds that writing took."""
    connection = sqlite3.connect(file, check_same_thread=False)
    connection.execute("CREATE VIRTUAL TABLE t USING fts5 (title, tags, body, tokenize = 'porter unicode61')")
    made, spent = captions(count), 0.0
    while batch := [(title, " ".join(tags), body) for title, body, tags in islice(made, 1000)]:
        began = time.perf_counter()
        connection.executemany("INSERT INTO t VALUES (?, ?, ?)", batch)
        spent += time.perf_counter() - began
    connection.commit()
    return connection, spent


def queries(count: int) -> dict[str, list[str]]:
    """What is asked: the first words of captions picked by chance, and the commonest words."""
    random = np.random.default_rng(5)
    picked = set(random.integers(0, count, min(QUERIES, count // 10)).tolist())
    texts = [
        " ".join(title.split()[: int(random.integers(1, 4))])
        for number, (title, _, _) in enumerate(captions(count))
        if number in picked
    ]
    return {"1 to 3 words of a title": texts, "the 12 commonest words": [spelt(number) for number in range(12)]}


async def ask_both(baseline: sqlite3.Connection, store: Store, texts: list[str], clock: Callable[[], float]) -> None:
    """Ask the baseline and the store the same; everything is asked once before it is measured."""
    sql = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY bm25(t, 10.0, 6.0, 1.0) LIMIT 1000"
    narrowed = replace(STRICT, aspect=1, size=2, colours=2, types=1, width=(300, None))
    threads = ReadingThreads(1)
    base: list[float] = []
    aside: list[float] = []
    ours: list[float] = []
    narrow: list[float] = []
    for text in texts:
        words = " AND ".join(f'"{word}"' for word in text.split())
        baseline.execute(sql, (words,)).fetchall()
        await store.text(parse_query(text), STRICT)
        began = clock()
        baseline.execute(sql, (words,)).fetchall()
        base.append(clock() - began)
        began = clock()
        await threads.run(lambda asked=words: baseline.execute(sql, (asked,)).fetchall())
        aside.append(clock() - began)
        for filters, spent in ((STRICT, ours), (narrowed, narrow)):
            query = parse_query(text)
            began = clock()
            await store.text(query, filters)
            spent.append(clock() - began)
    threads.close()
    measured("plain FTS5, 1000 results", base)
    measured("plain FTS5 in a thread", aside, base)
    measured("store, rating filter, 1000 results", ours, base)
    measured("store, and five more filters", narrow, base)


async def ask_whole(store: Store, name: str, texts: list[str], clock: Callable[[], float]) -> None:
    """Ask for whole answers, each once before it is measured."""
    searching = Searching(store, None, show_unrated=False)
    whole: list[float] = []
    for text in texts:
        await searching.answer(SearchRequest(q=text, safe_search=SafeSearch.STRICT))
        began = clock()
        await searching.answer(SearchRequest(q=text, safe_search=SafeSearch.STRICT))
        whole.append(clock() - began)
    measured(f"whole answer, {name}", whole)


def on_disk(folder: Path) -> int:
    """Bytes of the index, with what SQLite has not moved into its main file yet."""
    return sum(file.stat().st_size for file in folder.glob("index.sqlite3*"))


async def main(count: int, clock: Callable[[], float]) -> None:
    """Fill both, ask both."""
    with tempfile.TemporaryDirectory() as place:
        baseline, spent = plain(Path(place) / "plain.sqlite3", count)
        print(f"{count:,} captions; plain FTS5 filled at {count / spent:,.0f} a second", flush=True)
        store = await open_store(Path(place) / "index.sqlite3")
        spent = await filled(store, rows(count))
        print(f"  store filled at {count / spent:,.0f} a second, ", end="")
        await store.aclose()  # as `magpie index` does: what was written in pieces is merged
        size = on_disk(Path(place))
        print(f"{size / count:,.0f} bytes a caption, resident {resident():,.0f} MiB")
        store = await open_store(Path(place) / "index.sqlite3")
        baseline.execute("INSERT INTO t (t) VALUES ('optimize')")  # so is the baseline
        asked = queries(count)
        for name, texts in asked.items():
            print(name)
            await ask_both(baseline, store, texts, clock)
        for name, texts in asked.items():
            await ask_whole(store, name, texts, clock)
        await store.aclose()


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--captions", type=int, default=100_000)
    options.add_argument("--processor", action="store_true", help="give processor time, not time by the clock")
    given = options.parse_args()
    asyncio.run(main(given.captions, time.process_time if given.processor else time.perf_counter))
