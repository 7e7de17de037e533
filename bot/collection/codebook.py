"""Visual words: each local point's descriptor becomes one of 65,536 numbers, so that points can be looked up.

Two levels of 256 binary centres. They were learnt from made-up pictures (overlapping leaves of all sizes, which have
the edges and corners of real ones), so they favour no collection; `tests/benchmarks/collection_codebook.py` makes the
file again.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .arrays import Bytes, Floats

BRANCHES = 256
WORDS = BRANCHES * BRANCHES
FILE = Path(__file__).with_name("codebook.npz")


class Codebook(NamedTuple):
    """Centres as +1 and -1.

    Attributes:
        coarse: ``float32 [256, 256]``, one centre a row.
        fine: ``int8 [256, 256, 256]``: for each coarse centre its fine ones.
    """

    coarse: Floats
    fine: NDArray[np.int8]


@cache
def codebook() -> Codebook:
    """Load the centres, once."""
    with np.load(FILE) as stored:
        coarse, fine = signs(stored["coarse"]), signs(stored["fine"].reshape(-1, 32))
    return Codebook(coarse, fine.astype(np.int8).reshape(BRANCHES, BRANCHES, -1))


def signs(descriptors: Bytes) -> Floats:
    """Spread descriptors ``uint8 [n, 32]`` into ``float32 [n, 256]`` of +1 and -1."""
    bits = np.unpackbits(descriptors, axis=1, bitorder="little")
    return bits.astype(np.float32) * 2 - 1


def visual_words(descriptors: Bytes, branches: int = 1, leaves: int = 1) -> NDArray[np.int64]:
    """Name the words of descriptors, each once, sorted.

    Args:
        descriptors: ``uint8 [n, 32]``.
        branches: how many coarse centres to go down into; more find more at the price of noise.
        leaves: how many fine centres to take in each.
    """
    if not len(descriptors):
        return np.zeros(0, dtype=np.int64)
    book, spread = codebook(), signs(descriptors)
    near = _nearest(spread @ book.coarse.T, branches)
    found: list[NDArray[np.int64]] = []
    for branch in np.unique(near):
        members = spread[(near == branch).any(axis=1)]
        leaf = _nearest(members @ book.fine[branch].astype(np.float32).T, leaves)
        found.append(np.unique(leaf).astype(np.int64) + int(branch) * BRANCHES)
    return np.unique(np.concatenate(found))


def _nearest(likeness: Floats, most: int) -> NDArray[np.intp]:
    """Columns of the `most` largest values of each row."""
    if most == 1:
        return likeness.argmax(axis=1)[:, None]
    return np.argpartition(-likeness, most, axis=1)[:, :most]
