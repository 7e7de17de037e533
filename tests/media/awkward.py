"""Hundreds of awkward files through the room as it is: none crashes it, each is read rightly or refused by name.

``python -m tests.media.awkward [FOLDER ...]`` makes every file of `made` whole, cut at six places, scrambled at three
densities, with a wrong start, and with rubbish behind, adds every file of the folders that is named as a picture or a
video (libraries' own test images, unpacked), and has each fitted and read for the index in child processes.
"""

import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bot.collection.ingest.reading import ReadFile
from bot.collection.ingest.scan import ENDINGS
from bot.media.limits import PoolLimits
from bot.media.pool import WorkerPool
from bot.media.refusal import SENTENCES, Refused
from bot.media.tasks import answer

from .made import ink
from .test_doors import FILES, distance, limit

CUTS = (0.1, 0.25, 0.5, 0.75, 0.9, 0.97)
DENSITIES = (1, 16, 128)
AT_ONCE = 4


def made() -> Iterator[tuple[str, bytes, bool]]:
    """Name, bytes, and whether the scene must be seen."""
    for name, make in FILES.items():
        data = make()
        yield name, data, True
        for share in CUTS:
            yield f"{name} cut at {share:.0%}", data[: int(len(data) * share)], False
        random = np.random.default_rng(len(data))
        for count in DENSITIES:
            changed = bytearray(data)
            for place in random.integers(8, len(data), count):
                changed[int(place)] = int(random.integers(0, 256))
            yield f"{name} with {count} wrong bytes", bytes(changed), False
        yield f"{name} without its start", data[4:], False
        yield f"{name} with rubbish behind", data + bytes(range(256)) * 20, False
    for colour in ((255, 255, 255), (0, 0, 0)):
        yield f"ink {colour}", ink(colour), False


def found(folders: list[str]) -> Iterator[tuple[str, bytes, bool]]:
    for folder in folders:
        for path in sorted(Path(folder).rglob("*")):
            if path.suffix.lower() in ENDINGS and path.is_file() and path.stat().st_size:
                yield str(path), path.read_bytes(), False


async def outcome(pool: WorkerPool, index: WorkerPool, folder: Path, name: str, data: bytes, *, seen: bool) -> str:
    """Say what became of a file; what is wrong is printed."""
    file = folder / f"{abs(hash(name)):x}"
    file.write_bytes(data)
    said: list[str] = []
    for run in (
        pool.run({"task": "fit"}, data),
        index.run({"path": str(file), "sidecar": None, "unrated": True}),
    ):
        try:
            facts, clean = await run
            said.append("read")
            if seen and clean and (far := distance(name, clean)) > limit(name):
                said[-1] = f"wrong by {far:.0f} levels"
            elif clean:
                said[-1] = "read" if not facts["facts"]["damaged"] else "read in part, and said"
        except Refused as refused:
            said.append("crashed" if refused.why == "crashed" or refused.why not in SENTENCES else refused.why)
    file.unlink()
    if "crashed" in said or said[0].startswith("wrong") or (said[0].startswith("read") != (said[1] == "read")):
        print(f"{name}: {said}")
    return said[0]


async def main() -> None:
    files = [*made(), *found(sys.argv[1:])]
    counts: Counter[str] = Counter()
    left = iter(files)
    limits = PoolLimits(at_once=2, seconds=60)
    with tempfile.TemporaryDirectory() as folder:
        async with WorkerPool(answer, limits) as pool, WorkerPool(ReadFile(), limits) as index:

            async def work() -> None:
                for name, data, seen in left:
                    counts[await outcome(pool, index, Path(folder), name, data, seen=seen)] += 1

            await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    print(f"{len(files)} files")
    for said, number in counts.most_common():
        print(f"{number:5} {said}")


if __name__ == "__main__":
    asyncio.run(main())
