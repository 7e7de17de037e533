"""Memory and disk of a large index with everything that the geometric check needs, on made-up rows.

Run with `python -m tests.benchmarks.collection_memory [--pictures 300000] [--words 400]`; 400 words a picture is what
real ones have at most, 0 leaves the geometric stage out. ``--index FILE`` measures an index that is there already.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from bot.collection.model import Indexed
from bot.collection.store import CodeKind, open_store

PAGE = 4096


def resident() -> float:
    """Resident memory of this process in MiB."""
    return int(Path("/proc/self/statm").read_text("utf-8").split()[1]) * PAGE / 2**20


async def fill(file: Path, count: int, words: int) -> float:
    """Write rows; returns the seconds that writing took."""
    from .collection_text import filled, rows

    random = np.random.default_rng(6)

    def made() -> Iterator[Indexed]:
        for row in rows(count):
            chosen = tuple(np.unique(random.integers(0, 65_536, words)).tolist())
            yield replace(row, looks=replace(row.looks, words=chosen, points=bytes(6) + random.bytes(36 * words)))

    store = await open_store(file)
    seconds = await filled(store, made())
    await store.aclose()
    return seconds


async def use(file: Path, count: int, words: int) -> None:
    """Open the index as a bot does and ask it."""
    before = resident()
    began = time.perf_counter()
    store = await open_store(file)
    opened = time.perf_counter() - began
    loaded = resident()
    await store.sharing([1], 1)
    ready, words_loaded = time.perf_counter() - began, resident()
    random = np.random.default_rng(7)
    times: dict[str, list[float]] = {"hash": [], "words": [], "points": []}
    for _ in range(30):
        began = time.perf_counter()
        await store.near(CodeKind.COPY, random.integers(0, 2**64, (1, 4), dtype=np.uint64), 40, 20)
        times["hash"].append(time.perf_counter() - began)
        if words:
            began = time.perf_counter()
            named = await store.sharing(np.unique(random.integers(0, 65_536, 1200)).tolist(), 24)
            times["words"].append(time.perf_counter() - began)
            began = time.perf_counter()
            await store.points(named)
            times["points"].append(time.perf_counter() - began)
    size = sum(part.stat().st_size for part in file.parent.glob(f"{file.name}*"))
    print(
        f"{count:,} pictures, {words} words each: opened in {opened:.1f} s, visual words there after "
        f"{ready:.1f} s; {size / count:,.0f} bytes a picture on disk"
    )
    print(
        f"  resident {before:.0f} MiB before, {loaded:.0f} after opening, {words_loaded:.0f} with the visual words, "
        f"{resident():.0f} after 30 look-ups"
    )
    for name, seconds in times.items():
        if seconds:
            ms = sorted(value * 1e3 for value in seconds)
            print(f"  {name:7} p50 {ms[len(ms) // 2]:.1f} ms, slowest {ms[-1]:.1f} ms")
    await store.aclose()


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pictures", type=int, default=300_000)
    options.add_argument("--words", type=int, default=400)
    options.add_argument("--index", type=Path)
    given = options.parse_args()
    if given.index:  # in a process of its own, so that filling does not count
        asyncio.run(use(given.index, given.pictures, given.words))
    else:
        with tempfile.TemporaryDirectory() as folder:
            index = Path(folder) / "index.sqlite3"
            spent = asyncio.run(fill(index, given.pictures, given.words))
            print(f"filled at {given.pictures / spent:,.0f} a second", flush=True)
            subprocess.run([sys.executable, "-m", __spec__.name, *sys.argv[1:], "--index", str(index)], check=True)
