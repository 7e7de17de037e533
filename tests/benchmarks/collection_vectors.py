"""The scan of all vectors of an operator's model, and what they take: made-up vectors in a real store.

Run with `python -m tests.benchmarks.collection_vectors [PICTURES...]`.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from bot.collection.store import open_store
from bot.collection.store.vectors import VectorTable, pack_vector

from .collection_memory import resident
from .collection_scan import best
from .collection_text import filled, rows

NUMBERS = 512
LIMIT = 140


def unit(count: int, seed: int) -> np.ndarray:
    """Made-up vectors of length 1, ``float32 [count, 512]``."""
    vectors = np.random.default_rng(seed).standard_normal((count, NUMBERS), dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def scan(count: int) -> None:
    """The scan of small numbers against one product with a matrix of floats."""
    vectors, asked = unit(count, 1), unit(1, 2)[0]
    floor = best(lambda: vectors @ asked)
    table = VectorTable()
    table.last("m")
    table.add("m", range(1, count + 1), [pack_vector(vector) for vector in vectors])
    wanted = np.argsort(-(vectors @ asked))[:LIMIT] + 1
    found = table.like(asked, LIMIT)
    spent = best(lambda: table.like(asked, LIMIT))
    shared = len(set(found) & set(wanted.tolist()))
    print(f"{count:,} vectors of {NUMBERS}: matrix of floats {floor[0]:.1f} ms, {vectors.nbytes / 2**20:.0f} MiB")
    print(f"  ours {spent[0]:.1f} ms ({spent[0] / floor[0]:.2f}), {count * NUMBERS / 2**20:.0f} MiB, ", end="")
    print(f"by the clock {spent[1]:.1f}; {shared} of the nearest {LIMIT} are the same")


async def kept(count: int) -> None:
    """The store: writing, disk, the first look-up and later ones."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "index.sqlite3"
        store = await open_store(file)
        await filled(store, rows(count))
        names = await store.without_vector("m")
        await store.aclose()
        before = file.stat().st_size
        store = await open_store(file)
        memory, began = resident(), time.perf_counter()
        for start in range(0, count, 5_000):
            some = names[start : start + 5_000]
            await store.keep_vectors("m", dict(zip(some, unit(len(some), start), strict=True)))
        wrote = time.perf_counter() - began
        await store.aclose()
        grown = file.stat().st_size - before
        store = await open_store(file)
        memory = resident()
        asked, clock = unit(1, 3)[0], list[float]()
        for _ in range(12):
            began = time.perf_counter()
            await store.like("m", asked, LIMIT)
            clock.append((time.perf_counter() - began) * 1e3)
        print(f"  store: written {count / wrote:,.0f} a second, {grown / count:.0f} bytes a picture on disk, ", end="")
        print(f"{(resident() - memory) * 2**20 / count:.0f} in memory; first look-up {clock[0]:.0f} ms, ", end="")
        print(f"later ones {min(clock[1:]):.1f} ms at best")
        await store.aclose()


if __name__ == "__main__":
    for size in [int(text) for text in sys.argv[1:]] or [100_000]:
        scan(size)
        asyncio.run(kept(size))
