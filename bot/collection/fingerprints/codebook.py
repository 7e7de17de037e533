"""Visual words: each local point's descriptor becomes one of 65,536 numbers, so that points can be looked up.

The nearest of 256 binary centres gives the first half of the number; eight bits of the descriptor, other ones for each
centre, give the second. Centres and bits were learnt from made-up pictures (overlapping leaves of all sizes, which have
the edges and corners of real ones), so they favour no collection; `tests/benchmarks/collection_codebook.py` makes the
file again.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.collection.arrays import Bytes, Codes, all_distances, code_of

BRANCHES, BITS_EACH = 256, 8
VISUAL_WORDS = BRANCHES << BITS_EACH
CODEBOOK_FILE = Path(__file__).with_name("codebook.npz")
_FAR = 65_535
_VALUES = 1 << np.arange(BITS_EACH, dtype=np.int64)


class Codebook(NamedTuple):
    """What was learnt.

    Attributes:
        centres: ``uint64 [256, 4]``.
        positions: ``intp [256, 8]``: which bits of a descriptor tell words of one centre apart.
    """

    centres: Codes
    positions: NDArray[np.intp]


@cache
def codebook() -> Codebook:
    """Load it, once."""
    with np.load(CODEBOOK_FILE) as stored:
        return Codebook(code_of(stored["centres"].tobytes()), stored["positions"].astype(np.intp))


def visual_words(descriptors: Bytes, branches: int = 1) -> NDArray[np.int64]:
    """Name the words of descriptors, each once, sorted.

    Args:
        descriptors: ``uint8 [n, 32]``.
        branches: how many centres to take for each; more find more at the price of noise.
    """
    if not len(descriptors):
        return np.zeros(0, dtype=np.int64)
    book = codebook()
    far = all_distances(code_of(np.ascontiguousarray(descriptors).tobytes()), book.centres)
    bits = np.unpackbits(descriptors, axis=1, bitorder="little")
    rows = np.arange(len(bits))
    named = np.zeros(VISUAL_WORDS, dtype=np.bool_)  # np.unique would load numpy.ma, with 0.01 seconds
    for _ in range(branches):
        near = far.argmin(axis=1)
        far[rows, near] = _FAR
        named[(near << BITS_EACH) + np.take_along_axis(bits, book.positions[near], axis=1) @ _VALUES] = True
    return np.flatnonzero(named)
