"""Learns the visual words of the collection from made-up pictures and writes them as the package's `codebook.npz`.

Run with `python -m tests.benchmarks.collection_codebook [PICTURES]`. The pictures are "dead leaves": discs and
polygons of all sizes laid over each other, with textures, gradients and blur. Learnt are 256 centres, and for each of
them the eight bits that split its descriptors most evenly and change least between a picture and a spoilt copy of it.
An index names the codebook it was made with; with another one its words are named anew.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bot.collection.arrays import Bytes, Floats
from bot.collection.fingerprints.codebook import BITS_EACH, BRANCHES, CODEBOOK_FILE
from bot.collection.fingerprints.points import matched, points

EDGE, ROUNDS, COPIES = 560, 10, 150
"""The last: at most so many pictures are spoilt, and no more than are learnt from."""
MOST_FOR_CENTRES, MOST_FOR_BITS = 200_000, 3_000
EVENNESS = 0.8
"""How much an even split counts against a steady bit."""


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


def spoilt(picture: Bytes, random: np.random.Generator) -> Bytes:
    """Turn a picture a little, cut a part out, scale it and save it badly."""
    copy = Image.fromarray(picture).rotate(random.uniform(-12, 12), Image.Resampling.BICUBIC)
    side = int(EDGE * random.uniform(0.4, 1))
    left, top = (int(value) for value in random.integers(0, EDGE - side + 1, 2))
    size = int(side * random.uniform(0.5, 1.8))
    copy = copy.crop((left, top, left + side, top + side)).resize((size, size), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    copy.save(buffer, "JPEG", quality=int(random.integers(25, 90)))
    return np.asarray(Image.open(buffer).convert("RGB"))


def unsteady(random: np.random.Generator, copies: int) -> Floats:
    """How often each bit of a descriptor differs between a picture and a copy, ``float32 [256]``."""
    changed = np.zeros(256)
    count = 0
    for _ in range(copies):
        picture = leaves(random)
        query, indexed = points(spoilt(picture, random), 1024, 1000), points(picture)
        here, there = matched(query, indexed)
        changed += np.unpackbits(query.descriptors[here] ^ indexed.descriptors[there], axis=1, bitorder="little").sum(0)
        count += len(here)
    return (changed / max(1, count)).astype(np.float32)


def centres(spread: Floats, random: np.random.Generator) -> Floats:
    """Majority centres of +1/-1 rows."""
    if len(spread) > MOST_FOR_CENTRES:
        spread = spread[random.choice(len(spread), MOST_FOR_CENTRES, replace=False)]
    chosen = spread[random.choice(len(spread), BRANCHES, replace=False)].copy()
    for _ in range(ROUNDS):
        members = by_centre(spread, chosen)
        for index, held in enumerate(members):
            chosen[index] = np.where(spread[held].sum(0) >= 0, 1, -1) if len(held) else random.permutation(spread)[0]
    return chosen


def by_centre(spread: Floats, chosen: Floats) -> list[NDArray[np.intp]]:
    """Rows that are nearest to each centre."""
    blocks = np.array_split(spread, max(1, len(spread) // 20_000))
    owner = np.concatenate([(block @ chosen.T).argmax(1) for block in blocks])
    order = np.argsort(owner, kind="stable")
    return np.split(order, np.searchsorted(owner[order], np.arange(1, len(chosen))))


def positions(bits: Bytes, changes: Floats) -> NDArray[np.uint8]:
    """The bits to look at in one branch: each next one splits what the others left most evenly, and is steady."""
    cell = np.zeros(len(bits), dtype=np.intp)
    picked: list[int] = []
    for size in (1 << place for place in range(BITS_EACH)):
        inside = np.zeros((size, len(bits)), dtype=np.float32)
        inside[cell, np.arange(len(bits))] = 1
        ones = inside @ bits.astype(np.float32)
        all_of = inside.sum(1)[:, None]
        together = (ones**2 + (all_of - ones) ** 2).sum(0) / len(bits) ** 2
        score = np.log(1 - changes) - EVENNESS * np.log(together)
        score[picked] = -np.inf
        picked.append(int(score.argmax()))
        cell = 2 * cell + bits[:, picked[-1]]
    return np.array(picked, dtype=np.uint8)


def learnt(descriptors: Bytes, seed: int, copies: int) -> tuple[Bytes, Bytes]:
    """Centres ``uint8 [256, 32]`` and the places of their bits ``uint8 [256, 8]``."""
    spread = np.unpackbits(descriptors, axis=1, bitorder="little").astype(np.float32) * 2 - 1
    chosen = centres(spread, np.random.default_rng([seed, 1]))
    changes = unsteady(np.random.default_rng([seed, 2]), copies)
    bits = [spread[held][:MOST_FOR_BITS] > 0 for held in by_centre(spread, chosen)]
    places = [positions(held.astype(np.uint8), changes) for held in bits]
    return np.packbits(chosen > 0, axis=1, bitorder="little"), np.stack(places)


def main(pictures: int, file: Path = CODEBOOK_FILE, seed: int = 20260101) -> None:
    """Draw, learn, write."""
    random = np.random.default_rng(seed)
    descriptors = np.concatenate([points(leaves(random), 512, 600).descriptors for _ in range(pictures)])
    print(f"{len(descriptors):,} descriptors from {pictures} pictures", flush=True)
    chosen, places = learnt(descriptors, seed, min(COPIES, pictures))
    np.savez(file, centres=chosen, positions=places)
    print(f"wrote {file.name}, {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1500, Path(sys.argv[2]) if len(sys.argv) > 2 else CODEBOOK_FILE)
