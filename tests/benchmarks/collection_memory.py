"""Memory and disk of a large index with everything that the geometric check needs, on made-up rows.

Run with `python -m tests.benchmarks.collection_memory [PICTURES] [WORDS]`; 400 words a picture is what real ones have
at most, 0 leaves the geometric stage out.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from bot.collection.store import CodeKind, open_store

PAGE = 4096


def resident() -> float:
    """Resident memory of this process in MiB."""
    return int(Path("/proc/self/statm").read_text("utf-8").split()[1]) * PAGE / 2**20


async def fill(file: Path, count: int, words: int) -> None:
    """Write rows."""
    from tests.benchmarks.collection_text import rows

    random = np.random.default_rng(6)
    store = await open_store(file)
    batch = []
    for row in rows(count):
        chosen = tuple(np.unique(random.integers(0, 65_536, words)).tolist())
        points = random.bytes(6 + 36 * words) if words else b"\0" * 6
        batch.append(replace(row, looks=replace(row.looks, words=chosen, points=points)))
        if len(batch) == 1000:
            await store.upsert(batch)
            batch = []
    await store.upsert(batch)
    await store.aclose()


async def use(file: Path, count: int, words: int) -> None:
    """Open the index as a bot does and ask it."""
    before = resident()
    began = time.perf_counter()
    store = await open_store(file)
    opened = time.perf_counter() - began
    loaded = resident()
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
        f"{count:,} pictures, {words} words each: opened in {opened:.1f} s; {size / count:,.0f} bytes a picture on disk"
    )
    print(f"  resident {before:.0f} MiB before, {loaded:.0f} after opening, {resident():.0f} after 30 look-ups")
    for name, seconds in times.items():
        if seconds:
            ms = sorted(value * 1e3 for value in seconds)
            print(f"  {name:7} p50 {ms[len(ms) // 2]:.1f} ms, slowest {ms[-1]:.1f} ms")
    await store.aclose()


if __name__ == "__main__":
    pictures = int(sys.argv[1]) if len(sys.argv) > 1 else 300_000
    each = int(sys.argv[2]) if len(sys.argv) > 2 else 400
    if len(sys.argv) > 3:  # in a process of its own, so that filling does not count
        asyncio.run(use(Path(sys.argv[3]), pictures, each))
    else:
        import subprocess

        with tempfile.TemporaryDirectory() as folder:
            index = Path(folder) / "index.sqlite3"
            began = time.perf_counter()
            asyncio.run(fill(index, pictures, each))
            print(f"filled at {pictures / (time.perf_counter() - began):,.0f} a second", flush=True)
            own = [sys.executable, "-m", "tests.benchmarks.collection_memory", str(pictures), str(each), str(index)]
            subprocess.run(own, check=True)
