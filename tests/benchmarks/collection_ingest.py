"""Indexing against the bare cost of decoding and hashing the same files in one thread.

Run with `python -m tests.benchmarks.collection_ingest FOLDER`.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

from bot.collection.decode import decode
from bot.collection.indexing import index_paths
from bot.collection.pdq import pdq
from bot.collection.reading import read_picture
from bot.collection.scan import ENDINGS
from bot.collection.store import open_store


def rate(name: str, count: int, seconds: float, against: float | None = None) -> float:
    """Print and return pictures a second."""
    speed = count / seconds
    ratio = f", {speed / against:.2f} of the bare cost" if against else ""
    print(f"  {name:38} {speed:7.1f} pictures/s{ratio}", flush=True)
    return speed


async def main(files: list[Path]) -> None:
    """Measure."""
    print(f"{len(files)} files, {os.cpu_count()} cores")
    began = time.perf_counter()
    for file in files:
        pdq(decode(file.read_bytes()).rgb)
    bare = rate("decode and PDQ only, one thread", len(files), time.perf_counter() - began)
    began = time.perf_counter()
    for file in files:
        read_picture(str(file))
    rate("everything that is kept, one thread", len(files), time.perf_counter() - began, bare)
    with tempfile.TemporaryDirectory() as place:
        for workers in (1, 2):
            store = await open_store(Path(place) / f"{workers}.sqlite3")
            began = time.perf_counter()
            report = await index_paths(store, files, workers=workers)
            rate(f"index, {workers} worker(s), start and grouping", report.added, time.perf_counter() - began, bare)
            began = time.perf_counter()
            await index_paths(store, files, workers=workers)
            rate("  again, nothing changed", len(files), time.perf_counter() - began)
            await store.aclose()


if __name__ == "__main__":
    asyncio.run(main([file for file in sorted(Path(sys.argv[1]).rglob("*")) if file.suffix.lower() in ENDINGS]))
