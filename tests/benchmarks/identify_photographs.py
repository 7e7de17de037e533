"""Are photographs named first, and how fast? Run: ``python -m tests.benchmarks.identify_photographs [pictures]``.

Every photograph of ../shared/collection is handed in as it is and as a half-size JPEG of quality 30: read and cleaned
in the child process, looked up through the guarded service, named as the answer's first page names it. The baseline of
the times is decoding the same bytes in a thread of this process.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from bot.app import open_services
from bot.bing_v7 import InsightsRequest
from bot.collection.ingest.indexing import index_paths
from bot.collection.store import open_store
from bot.discord_ui.model.lookup_session import best_of
from bot.media.limits import DecodeLimits, FitLimits
from bot.media.writing import fit
from bot.safesearch.place import Place, PlaceKind, Requester
from bot.services import Services
from bot.settings import COLLECTION, Settings

PICTURES = Path(__file__).parents[3] / "shared" / "collection"
KINDS = {".jpg", ".jpeg", ".png", ".webp", ".gif"}
VISITOR = Requester(Place(PlaceKind.CHANNEL, guild_id=1, channel_id=2, age_restricted=False), 3, own=None)


def attacked(data: bytes) -> bytes:
    """Return a half-size JPEG of quality 30."""
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    out = io.BytesIO()
    picture.resize((max(1, picture.width // 2), max(1, picture.height // 2))).save(out, "JPEG", quality=30)
    return out.getvalue()


async def first(services: Services, data: bytes) -> tuple[str | None, float, float]:
    """Return the id of the picture named first, and the seconds for cleaning and for looking up."""
    started = time.perf_counter()
    upload = await services.intake.from_bytes(data)
    cleaned = time.perf_counter()
    found = await services.search.insights(VISITOR, InsightsRequest(upload=upload))
    best = best_of(found.answer)
    return (best.image_id if best else None), cleaned - started, time.perf_counter() - cleaned


async def measure(services: Services, files: list[Path], change: Callable[[bytes], bytes], name: str) -> None:
    """Print how many are named first and the median times."""
    right, cleaning, looking, baseline = 0, list[float](), list[float](), list[float]()
    for file in files:
        data = file.read_bytes()
        handed = await asyncio.to_thread(change, data)
        named, clean, look = await first(services, handed)
        right += named == hashlib.sha1(data, usedforsecurity=False).hexdigest().upper()
        cleaning.append(clean)
        looking.append(look)
        started = time.perf_counter()
        fit(handed, FitLimits(), DecodeLimits())
        baseline.append(time.perf_counter() - started)
    middle, plain = statistics.median(cleaning), statistics.median(baseline)
    print(
        f"{name}: {right} of {len(files)} named first; cleaned in {middle * 1000:.1f} ms "
        f"(x{middle / plain:.2f} of a thread), looked up in {statistics.median(looking) * 1000:.1f} ms (medians)"
    )


async def main() -> None:
    """Index the photographs in a fresh folder and measure."""
    files = sorted(path for path in (PICTURES / "images").rglob("*") if path.suffix.lower() in KINDS)
    if len(sys.argv) > 1:
        files = files[: int(sys.argv[1])]
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.model_validate({"data_dir": folder, "providers": COLLECTION})
        store = await open_store(settings.collection_address)
        await index_paths(store, files, manifest=PICTURES / "manifest.jsonl")
        await store.aclose()
        async with open_services(settings) as services:
            await measure(services, files, lambda data: data, "exact copies")
            await measure(services, files, attacked, "half size, JPEG 30")


if __name__ == "__main__":
    asyncio.run(main())
