"""Insights end to end, from the bytes of an upload to the answer, by the step that finds the original.

Run with `python -m tests.benchmarks.collection_latency FOLDER [PICTURES]`. Beside the clock it gives the processor time
of the whole process, which other work on the machine does not lengthen.
"""

from __future__ import annotations

import asyncio
import io
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image

from bot.bing_v7 import InsightsRequest, SafeSearch, Upload
from bot.collection.ingest.indexing import index_paths
from bot.collection.provider import CollectionProvider
from bot.collection.store import open_store
from bot.media.runner import InThread
from bot.media.service import Media

from .collection_attacks import ATTACKS
from .collection_study import opened, split

CASES = ("jpeg_q30_half", "flip_h", "border_solid", "crop_40", "screenshot_phone", "meme_crop_flip")


def upload(picture: Image.Image) -> Upload:
    """A JPEG as somebody would send it."""
    buffer = io.BytesIO()
    picture.convert("RGB").save(buffer, "JPEG", quality=85)
    return Upload(data=buffer.getvalue())


def line(name: str, clock: list[float], processor: list[float], found: int) -> None:
    """Print one case."""
    wall, cpu = sorted(clock), sorted(processor)
    print(
        f"  {name:18} clock p50 {statistics.median(wall):6.0f} ms, worst {wall[-1]:6.0f}; "
        f"processor p50 {statistics.median(cpu):6.0f} ms, worst {cpu[-1]:6.0f}; found {found} of {len(wall)}",
        flush=True,
    )


async def main(folder: Path, most: int) -> None:
    """Index two thirds, ask about some of them and about strangers."""
    inside, outside = split(folder)
    grounds = [opened(path) for path in outside[:6]]
    with tempfile.TemporaryDirectory() as place:
        store = await open_store(Path(place) / "index.sqlite3")
        await index_paths(store, inside)
        provider = CollectionProvider(store, Media(InThread()))
        for name in (*CASES, "stranger"):
            clock: list[float] = []
            processor: list[float] = []
            found = 0
            for number, path in enumerate((outside if name == "stranger" else inside)[1::5][:most]):
                picture = opened(path)
                if name != "stranger":
                    picture = ATTACKS[name][1](picture, np.random.default_rng(number), grounds)
                request = InsightsRequest(upload=upload(picture), safe_search=SafeSearch.OFF)
                began, used = time.perf_counter(), time.process_time()
                answer = await provider.insights(request)
                clock.append((time.perf_counter() - began) * 1e3)
                processor.append((time.process_time() - used) * 1e3)
                found += answer.image_insights_token is not None
            line(name, clock, processor, found)
        await provider.aclose()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 15))
