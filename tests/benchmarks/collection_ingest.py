"""Indexing against the bare cost of decoding and hashing the same files in one thread.

Run with `python -m tests.benchmarks.collection_ingest FOLDER [--every 1]`. Besides the clock it gives processor time,
worker processes included, which other work on the machine changes little.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import resource
import tempfile
import time
from pathlib import Path

import cv2

from bot.collection.fingerprints.fingerprint import WORKING_EDGE
from bot.collection.fingerprints.pdq import pdq
from bot.collection.ingest.indexing import index_paths
from bot.collection.ingest.reading import read_picture
from bot.collection.ingest.scan import ENDINGS
from bot.collection.store import open_store
from bot.media.decoding import decode, pixels_of


class Stopwatch:
    """Seconds by the clock and of processor time, of this process and of the children that ended."""

    def __init__(self) -> None:
        self._began = self._now()

    def _now(self) -> tuple[float, float]:
        child = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.perf_counter(), time.process_time() + child.ru_utime + child.ru_stime

    def read(self) -> tuple[float, float]:
        """Seconds since it was made."""
        clock = time.perf_counter()
        while multiprocessing.active_children():  # their time counts once they have ended
            time.sleep(0.05)
        return clock - self._began[0], self._now()[1] - self._began[1]


def rate(name: str, count: int, watch: Stopwatch, against: tuple[float, float] | None = None) -> tuple[float, float]:
    """Print pictures a second and milliseconds of processor time a picture; returns both times a picture."""
    clock, processor = (seconds / count for seconds in watch.read())
    ratio = ""
    if against:
        ratio = f"; {against[0] / clock:.2f} of the bare rate, by processor time {against[1] / processor:.2f}"
    print(f"  {name:46} {1 / clock:7.1f} pictures/s, {1e3 * processor:6.1f} ms of processor time{ratio}", flush=True)
    return clock, processor


async def main(files: list[Path]) -> None:
    """Measure."""
    cv2.setNumThreads(1)
    print(f"{len(files)} files, {os.cpu_count()} cores")
    read_picture(str(files[0]))
    watch = Stopwatch()
    for file in files:
        pdq(pixels_of(decode(file.read_bytes(), WORKING_EDGE))[0])
    bare = rate("decode and PDQ only, one thread", len(files), watch)
    watch = Stopwatch()
    for file in files:
        read_picture(str(file))
    rate("everything that is kept, one thread", len(files), watch, bare)
    with tempfile.TemporaryDirectory() as place:
        for workers in (1, 2):
            store = await open_store(Path(place) / f"{workers}.sqlite3")
            watch = Stopwatch()
            report = await index_paths(store, files, workers=workers)
            rate(f"index, {workers} worker(s), start and grouping", report.added, watch, bare)
            watch = Stopwatch()
            await index_paths(store, files, workers=workers)
            rate("  again, nothing changed", len(files), watch)
            await store.aclose()


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--every", type=int, default=1, help="take every nth file only")
    given = options.parse_args()
    found = [file for file in sorted(given.folder.rglob("*")) if file.suffix.lower() in ENDINGS]
    asyncio.run(main(found[:: given.every]))
