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

from .arrays import Bytes, Codes, all_distances, code_of

BRANCHES = 256
WORDS = BRANCHES * BRANCHES
FILE = Path(__file__).with_name("codebook.npz")


class Codebook(NamedTuple):
    """Centres as codes.

    Attributes:
        coarse: ``uint64 [256, 4]``.
        fine: ``uint64 [4, 256, 256]``: for each quarter of the bits and each coarse centre its fine ones.
    """

    coarse: Codes
    fine: Codes


@cache
def codebook() -> Codebook:
    """Load the centres, once."""
    with np.load(FILE) as stored:
        coarse, fine = code_of(stored["coarse"].tobytes()), code_of(stored["fine"].tobytes())
    return Codebook(coarse, np.ascontiguousarray(fine.reshape(BRANCHES, BRANCHES, 4).transpose(2, 0, 1)))


def visual_words(descriptors: Bytes, branches: int = 1, leaves: int = 1) -> NDArray[np.int64]:
    """Name the words of descriptors, each once, sorted.

    Args:
        descriptors: ``uint8 [n, 32]``.
        branches: how many coarse centres to go down into; more find more at the price of noise.
        leaves: how many fine centres to take in each.
    """
    if not len(descriptors):
        return np.zeros(0, dtype=np.int64)
    book, codes = codebook(), code_of(np.ascontiguousarray(descriptors).tobytes())
    near = _nearest(all_distances(codes, book.coarse), branches)
    words: list[NDArray[np.int64]] = []
    for column in range(near.shape[1]):
        branch = near[:, column]
        far = np.zeros((len(codes), BRANCHES), dtype=np.uint16)
        for part in range(4):
            far += np.bitwise_count(codes[:, None, part] ^ book.fine[part][branch])
        words.append((_nearest(far, leaves) + branch[:, None] * BRANCHES).ravel().astype(np.int64))
    return np.unique(np.concatenate(words))


def _nearest(far: NDArray[np.uint16], most: int) -> NDArray[np.intp]:
    """Columns of the `most` smallest values of each row."""
    if most == 1:
        return far.argmin(axis=1)[:, None]
    return np.argpartition(far, most, axis=1)[:, :most]
