"""The attack study: how often a spoilt copy names its original, and how often a stranger names anything.

Run with `python -m tests.benchmarks.collection_study FOLDER [POSITIVES] [NEGATIVES] [HALF] [EVERY]`; the folder has a
manifest. Every third picture is never indexed: those are the strangers, attacked in the same ways, with EVERY in each
so-many-th of them alone. Thresholds stand in `bot/collection/query/lookup.py` and `fingerprints/points.py`; they were
chosen on the even half of the pictures, the odd half is reported.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from bot.collection.fingerprints.fingerprint import WORKING_EDGE
from bot.collection.ingest.indexing import index_paths
from bot.collection.query.lookup import find_copies
from bot.collection.store import Store, open_store
from bot.media.decoding import shrunk

from .collection_attacks import ATTACKS

HALF = {"even": 0, "odd": 1}


def opened(path: Path) -> Image.Image:
    """A picture as RGB, at most 1024 pixels."""
    with Image.open(path) as picture:
        return shrunk(picture.convert("RGB"), WORKING_EDGE)


def split(folder: Path) -> tuple[list[Path], list[Path]]:
    """Indexed pictures and strangers; pictures that share a page stay on one side."""
    folder = folder.resolve()
    rows = [json.loads(line) for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines()]
    still = [row for row in rows if row["category"] != "animated"]
    pages = sorted({row["source_page_url"] for row in still})
    strange = set(pages[::3])
    inside = [folder / row["file"] for row in still if row["source_page_url"] not in strange]
    outside = [folder / row["file"] for row in still if row["source_page_url"] in strange]
    return inside, outside


async def ask(
    store: Store,
    path: Path,
    others: list[Image.Image],
    out: dict[str, list[tuple[str, str, float]]],
    ways: Sequence[str] = tuple(ATTACKS),
) -> None:
    """Attack one picture in these ways; notes the first answer, its step and the seconds of processor time."""
    picture = opened(path)
    for name in ways:
        _, work = ATTACKS[name]
        random = np.random.default_rng([len(path.name), sum(path.name.encode()), sum(name.encode())])
        query = shrunk(work(picture, random, others).convert("RGB"), WORKING_EDGE)
        values = np.ascontiguousarray(query)
        began = time.process_time()
        found = await find_copies(store, values)
        seconds = time.process_time() - began
        group = [match.image_id for match in found if match.confidence != "maybe"][:1] or [m.image_id for m in found][
            :1
        ]
        out[name].append((group[0] if group else "", found[0].step if found else "", seconds))


async def study(folder: Path, half: str, most: int, negatives: int, every: int) -> None:
    """Index, attack, print."""
    strange_ways = tuple(ATTACKS)[::every]
    inside, outside = split(folder)
    chosen = [path for place, path in enumerate(inside) if place % 2 == HALF[half]][:most]
    strangers = [path for place, path in enumerate(outside) if place % 2 == HALF[half]][:negatives]
    grounds = [opened(path) for place, path in enumerate(outside) if place % 2 != HALF[half]]
    with tempfile.TemporaryDirectory() as place:
        store = await open_store(Path(place) / "study.sqlite3")
        await index_paths(store, inside)
        ids = {key: known.image_id for root in map(str, inside) for key, known in (await store.known(root)).items()}
        pictures = {p.image_id: p for p in await store.pictures(sorted(ids.values()))}
        right: dict[str, Counter[str]] = defaultdict(Counter)
        times: dict[str, list[float]] = defaultdict(list)
        for number, path in enumerate(chosen):
            out: dict[str, list[tuple[str, str, float]]] = defaultdict(list)
            await ask(store, path, [grounds[(number * 3 + k) % len(grounds)] for k in range(3)], out)
            own = pictures[ids[str(path.resolve())]]
            for name, answers in out.items():
                for image_id, step, seconds in answers:
                    ok = bool(image_id) and (image_id == own.image_id or pictures[image_id].group == own.group)
                    right[name]["right" if ok else "wrong" if image_id else "none"] += 1
                    times[step or "nothing"].append(seconds)
            done = sum(right.values(), Counter())
            print(f"picture {number + 1} of {len(chosen)}: {dict(done)}", file=sys.stderr, flush=True)
        false: Counter[str] = Counter()
        for number, path in enumerate(strangers):
            out = defaultdict(list)
            await ask(store, path, [grounds[(number * 3 + k) % len(grounds)] for k in range(3)], out, strange_ways)
            for name, answers in out.items():
                for image_id, step, seconds in answers:
                    if image_id:
                        false[f"{name}/{step}"] += 1
                    times["stranger"].append(seconds)
            print(f"stranger {number + 1} of {len(strangers)}: {dict(false)}", file=sys.stderr, flush=True)
        await store.aclose()
    report(right, times, false, len(chosen), len(strangers), len(strange_ways), len(inside))


def report(
    right: dict[str, Counter[str]],
    times: dict[str, list[float]],
    false: Counter[str],
    positives: int,
    negatives: int,
    strange_ways: int,
    indexed: int,
) -> None:
    """Print the tables."""
    total: Counter[str] = sum(right.values(), Counter())
    queries = sum(total.values())
    print(f"{indexed} indexed; {positives} pictures x {len(right)} attacks; {negatives} strangers")
    shares = {name: round(total[name] / queries, 4) for name in ("right", "wrong", "none")}
    print(f"of {queries} queries: {shares}")
    asked = max(1, negatives * strange_ways)
    print(f"false sources {sum(false.values())} of {asked} = {sum(false.values()) / asked:.5f} {dict(false)}")
    families: dict[str, Counter[str]] = defaultdict(Counter)
    for name, counts in right.items():
        families[ATTACKS[name][0]] += counts
    print("by family:", {name: round(c["right"] / sum(c.values()), 3) for name, c in families.items()})
    print(
        "below 1.00:",
        {n: round(c["right"] / sum(c.values()), 3) for n, c in right.items() if c["right"] < sum(c.values())},
    )
    for step, seconds in sorted(times.items()):
        ms = sorted(s * 1e3 for s in seconds)
        print(
            f"{step:9} {len(ms):6} queries, processor p50 {statistics.median(ms):6.1f} ms, "
            f"p99 {ms[int(len(ms) * 0.99)]:6.1f} ms"
        )


if __name__ == "__main__":
    arguments = sys.argv[1:]
    asyncio.run(
        study(
            Path(arguments[0]),
            arguments[3] if len(arguments) > 3 else "odd",
            int(arguments[1]) if len(arguments) > 1 else 999,
            int(arguments[2]) if len(arguments) > 2 else 999,
            int(arguments[4]) if len(arguments) > 4 else 1,
        )
    )
