"""Visual words: how fast they are named, how evenly they are used, and whether they find the original among many.

Run with `python -m tests.benchmarks.collection_words FOLDER [PICTURES] [QUERIES]`. The photographs of the folder are
joined by made-up pictures, whose points are points of photographs with an eighth of their bits changed, so that words
are as common among them as among photographs. Asked are the odd photographs after the hardest attacks.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.collection.arrays import Bytes
from bot.collection.fingerprints.codebook import CODEBOOK_FILE, VISUAL_WORDS, visual_words
from bot.collection.fingerprints.points import find_points, points
from bot.collection.store.postings import WordTable, pack_words

from .collection_attacks import ATTACKS
from .collection_study import opened, split

HARDEST = ("crop_60", "crop_80", "pip_50", "pip_30", "collage_2x2", "meme_crop_flip", "screenshot_cropped_caption")
POINTS, WANTED = 400, 24


def changed(random: np.random.Generator, real: Bytes) -> Bytes:
    """The points of a made-up picture."""
    noise = random.integers(0, 256, (3, POINTS, 32), dtype=np.uint8)
    return real[random.integers(0, len(real), POINTS)] ^ (noise[0] & noise[1] & noise[2])


def naming(args: list[tuple[Bytes, int]]) -> float:
    """Milliseconds of processor time for one set of points and its number of branches, the best of three rounds."""
    rounds: list[float] = []
    for _ in range(3):
        began = time.process_time()
        for descriptors, branches in args:
            visual_words(descriptors, branches)
        rounds.append((time.process_time() - began) * 1e3 / len(args))
    return min(rounds)


def filled(real: list[Bytes], pictures: int) -> tuple[WordTable, NDArray[np.intp]]:
    """A table of the photographs' words (rows from 1) and of made-up ones, and how many pictures hold each word."""
    random, pool = np.random.default_rng(7), np.concatenate(real)
    held = [visual_words(found) for found in real]
    held += [visual_words(changed(random, pool)) for _ in range(pictures - len(real))]
    packed = [(row, pack_words(words)) for row, words in enumerate(held, start=1)]
    table = WordTable()
    table.load(lambda: [packed])
    return table, np.bincount(np.concatenate(held), minlength=VISUAL_WORDS)


def queries(inside: list[Path], outside: list[Path], most: int) -> Iterator[tuple[int, Bytes]]:
    """Row of an odd photograph and the points it has after an attack."""
    grounds = [opened(path) for path in outside[:6]]
    for row in [row for row in range(len(inside)) if row % 2][:most]:
        picture = opened(inside[row])
        for name in HARDEST:
            query = np.asarray(ATTACKS[name][1](picture, np.random.default_rng([row, len(name)]), grounds))
            found = find_points(np.ascontiguousarray(query))
            yield row + 1, (found.mirrored() if "flip" in name else found.points()).descriptors


def main(folder: Path, pictures: int, most: int) -> None:
    """Index, ask, print."""
    inside, outside = split(folder)
    real = [points(np.asarray(opened(path))).descriptors for path in inside]
    table, sizes = filled(real, pictures)
    order = np.sort(sizes)[::-1]
    print(f"codebook {CODEBOOK_FILE.stat().st_size:,} bytes; {pictures:,} pictures, {len(real)} of them photographs")
    print(
        f"  {(sizes > 0).mean():.3f} of the words used, the commonest hundredth holds "
        f"{order[: VISUAL_WORDS // 100].sum() / sizes.sum():.3f}, "
        f"the commonest {order[0] / sizes.mean():.0f} times the mean"
    )
    asked = list(queries(inside, outside, most))
    right = touched = 0
    looking = 0.0
    for row, descriptors in asked:
        words = visual_words(descriptors, branches=2)
        began = time.process_time()
        near = table.sharing(words, WANTED)
        looking += time.process_time() - began
        right += row in near
        touched += int(sizes[words].sum())
    count = len(asked)
    print(f"  original among the first {WANTED}: {right / count:.4f} of {count} queries after the hardest attacks")
    print(f"  entries touched {touched / count:,.0f}, looking up {looking / count * 1e3:.1f} ms of processor time")
    thousand = naming([(each, 2) for _, each in asked if len(each) == 1000])
    few = naming([(each, 1) for each in real])
    print(f"  naming 1,000 points of a query {thousand:.2f} ms, 400 of an indexed picture {few:.2f} ms")


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[2:]]
    main(Path(sys.argv[1]), *(numbers + [20_000, 36][len(numbers) :]))
