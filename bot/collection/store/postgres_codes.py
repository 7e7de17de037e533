"""Codes in PostgreSQL: cut into 16 words of 16 bits that an index can look up.

Two codes that differ in at most 31 bits have a word that differs in at most one bit, so looking for all 16 words with
no bit or one bit changed misses none of them; at 40 bits it still finds about 99 of 100.
"""

from __future__ import annotations

import numpy as np

from bot.collection.arrays import Codes

WORDS = 16
_FLIPS = np.concatenate([np.zeros(1, np.int64), 1 << np.arange(16, dtype=np.int64)])


def words_of(code: bytes) -> list[int]:
    """A code's 16 words, each with its place in the upper half."""
    values = np.frombuffer(code, dtype="<u2").astype(np.int64)
    return (values + (np.arange(WORDS) << 16)).tolist()


def near_words(codes: Codes) -> list[int]:
    """All words of codes ``uint64 [n, 4]`` with no bit or one bit changed."""
    values = codes.astype("<u8").view("<u2").astype(np.int64).reshape(-1, WORDS)
    flipped = values[:, :, None] ^ _FLIPS
    placed = flipped + (np.arange(WORDS, dtype=np.int64) << 16)[None, :, None]
    return np.unique(placed).tolist()
