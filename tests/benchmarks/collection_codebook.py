"""Learns the visual words of the collection from made-up pictures and writes `bot/collection/codebook.npz`.

Run with `python -m tests.benchmarks.collection_codebook [PICTURES]`. The pictures are "dead leaves": discs and
polygons of all sizes laid over each other, with textures, gradients and blur. The index depends on this file: a new
one means indexing again, so it is made once and kept.
"""

from __future__ import annotations

import sys

import cv2
import numpy as np
from numpy.typing import NDArray

from bot.collection.arrays import Bytes, Floats
from bot.collection.codebook import BRANCHES, FILE
from bot.collection.points import points

EDGE, ROUNDS = 560, 8


def leaves(random: np.random.Generator) -> Bytes:
    """Draw one picture of overlapping leaves."""
    canvas = np.full((EDGE, EDGE, 3), random.integers(0, 256, 3), dtype=np.uint8)
    for _ in range(int(random.integers(60, 420))):
        radius = min(260.0, 5.0 / (random.random() ** 0.75 + 1e-3))
        centre = random.integers(0, EDGE, 2)
        corners = int(random.integers(3, 14))
        angles = np.sort(random.random(corners)) * 2 * np.pi
        lengths = radius * (0.6 + 0.5 * random.random(corners))
        shape = (centre + np.stack([np.cos(angles), np.sin(angles)], 1) * lengths[:, None]).astype(np.int32)
        mask = np.zeros((EDGE, EDGE), np.uint8)
        if random.random() < 0.5:
            cv2.ellipse(
                mask,
                tuple(map(int, centre)),
                (int(radius) + 1, int(radius * random.uniform(0.3, 1)) + 1),
                float(random.uniform(0, 180)),
                0,
                360,
                255,
                -1,
                cv2.LINE_AA,
            )
        else:
            cv2.fillPoly(mask, [shape], 255, cv2.LINE_AA)
        left, top, width, height = cv2.boundingRect(mask)
        if not width or not height:
            continue
        part = (slice(top, top + height), slice(left, left + width))
        cover = mask[part][..., None] / 255.0
        canvas[part] = (canvas[part] * (1 - cover) + texture(random, height, width) * cover).astype(np.uint8)
    blur = random.choice([0, 0.6, 1.2, 2.5])
    return np.asarray(cv2.GaussianBlur(canvas, (0, 0), float(blur)), np.uint8) if blur else canvas


def texture(random: np.random.Generator, height: int, width: int) -> Floats:
    """A colour with a gradient, or grain of some coarseness, or stripes."""
    colour = random.integers(0, 256, 3).astype(np.float32)
    kind = random.random()
    if kind < 0.35:
        field = np.linspace(-1, 1, width, dtype=np.float32)[None, :].repeat(height, 0) * random.uniform(0, 60)
    elif kind < 0.8:
        coarse = int(random.integers(1, 12))
        small = random.normal(0, random.uniform(4, 45), (height // coarse + 2, width // coarse + 2)).astype(np.float32)
        field = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    else:
        rows, columns = np.mgrid[0:height, 0:width]
        angle, period = random.uniform(0, np.pi), random.uniform(4, 40)
        field = np.sin((rows * np.sin(angle) + columns * np.cos(angle)) * 2 * np.pi / period) * random.uniform(8, 60)
    return np.clip(colour + field[..., None].astype(np.float32), 0, 255)


def centres(spread: Floats, count: int, random: np.random.Generator) -> tuple[Floats, NDArray[np.intp]]:
    """Majority centres of +1/-1 rows, and the centre of each row."""
    chosen = spread[random.choice(len(spread), count, replace=len(spread) < count)].copy()
    owner = np.zeros(len(spread), np.intp)
    for _ in range(ROUNDS):
        owner = np.concatenate(
            [(block @ chosen.T).argmax(1) for block in np.array_split(spread, max(1, len(spread) // 50_000))]
        )
        order = np.argsort(owner, kind="stable")
        bounds = np.searchsorted(owner[order], np.arange(count + 1))
        for index in range(count):
            members = order[bounds[index] : bounds[index + 1]]
            if len(members):
                chosen[index] = np.where(spread[members].sum(0) >= 0, 1, -1)
            else:
                chosen[index] = spread[random.integers(len(spread))]
    return chosen, owner


def main(pictures: int) -> None:
    """Draw, learn, write."""
    random = np.random.default_rng(20260101)
    descriptors = np.concatenate([points(leaves(random), 512, 600).descriptors for _ in range(pictures)])
    print(f"{len(descriptors):,} descriptors from {pictures} pictures", flush=True)
    coarse, owner = centres(signs(descriptors), BRANCHES, random)
    fine = np.zeros((BRANCHES, BRANCHES, 32), np.uint8)
    for branch in range(BRANCHES):
        members = signs(descriptors[owner == branch])
        if not len(members):
            members = signs(descriptors[random.choice(len(descriptors), BRANCHES)])
        fine[branch] = packed(centres(members, BRANCHES, random)[0])
    np.savez(FILE, coarse=packed(coarse), fine=fine)
    print(f"wrote {FILE.name}, {FILE.stat().st_size:,} bytes")


def signs(descriptors: Bytes) -> Floats:
    """Spread descriptors ``uint8 [n, 32]`` into ``float32 [n, 256]`` of +1 and -1."""
    return np.unpackbits(descriptors, axis=1, bitorder="little").astype(np.float32) * 2 - 1


def packed(spread: Floats) -> Bytes:
    """The reverse of `signs`."""
    return np.packbits(spread > 0, axis=1, bitorder="little")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1500)
