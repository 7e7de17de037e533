"""Which pictures hold which visual words, in memory: one long array of row numbers, cut by word.

4 bytes for a word of a picture. What is added later waits in a short tail and is folded in when that has grown.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.collection.fingerprints.codebook import VISUAL_WORDS

VisualWords = NDArray[np.uint16]
_COMMON = 0.02
_TAIL = 2_000


class WordTable:
    """An inverted index from visual words to rows. Safe for one writer and many readers at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._starts = np.zeros(VISUAL_WORDS + 1, dtype=np.int64)
        self._rows = np.zeros(0, dtype=np.uint32)
        self._tail: list[tuple[int, VisualWords]] = []
        self._gone: set[int] = set()
        self._pictures = 0

    def load(self, batches: Callable[[], Iterable[Sequence[tuple[int, bytes]]]]) -> None:
        """Take over batches of row numbers and packed words.

        Args:
            batches: gives the same batches twice: once to count, once to fill, so that no copy is ever held.
        """
        counts = np.zeros(VISUAL_WORDS, dtype=np.int64)
        pictures = 0
        for batch in batches():
            counts += np.bincount(_flat(batch), minlength=VISUAL_WORDS)
            pictures += len(batch)
        starts = _starts(counts)
        rows = np.zeros(int(starts[-1]), dtype=np.uint32)
        cursor = starts[:-1].copy()
        for batch in batches():
            _fill(rows, cursor, batch)
        with self._lock:
            self._starts, self._rows, self._pictures = starts, rows, pictures
            self._tail, self._gone = [], set()

    def add(self, row: int, words: VisualWords) -> None:
        """Add a picture."""
        with self._lock:
            self._tail = [*self._tail, (row, words)] if len(self._tail) < 64 else self._append(row, words)
            self._gone.discard(row)
            grown = len(self._tail) > max(_TAIL, self._pictures // 8)
        if grown:
            self._fold()

    def _append(self, row: int, words: VisualWords) -> list[tuple[int, VisualWords]]:
        self._tail.append((row, words))
        return self._tail

    def remove(self, row: int) -> None:
        """Forget a picture."""
        with self._lock:
            self._gone.add(row)

    def _fold(self) -> None:
        with self._lock:
            counts = np.diff(self._starts)
            words = np.repeat(np.arange(VISUAL_WORDS, dtype=np.uint16), counts)
            extra_rows = np.concatenate([np.full(len(w), row, np.uint32) for row, w in self._tail])
            extra_words = np.concatenate([w for _, w in self._tail])
            all_words = np.concatenate([words, extra_words])
            order = np.argsort(all_words, kind="stable")
            self._rows = np.concatenate([self._rows, extra_rows])[order]
            self._starts = _starts(np.bincount(all_words, minlength=VISUAL_WORDS))
            self._pictures += len(self._tail)
            self._tail = []

    def sharing(self, words: NDArray[np.int64], limit: int) -> list[int]:
        """Rows that share words, by the sum of the words' rarity, best first."""
        with self._lock:
            starts, rows, tail, gone = self._starts, self._rows, list(self._tail), set(self._gone)
        total = max(1, self._pictures)
        begin, end = starts[words], starts[words + 1]
        sizes = end - begin
        used = (sizes > 0) & (sizes <= max(50, _COMMON * total))
        parts = [rows[b:e] for b, e in zip(begin[used].tolist(), end[used].tolist(), strict=True)]
        weights = np.log(1 + total / sizes[used]).astype(np.float32)
        scores = _summed(parts, weights)
        wanted = set(words.tolist())
        for row, held in tail:
            shared = len(wanted.intersection(held.tolist()))
            if shared:
                scores.append((row, shared * float(np.log(1 + total))))
        alive = [(row, score) for row, score in scores if row not in gone]
        return [row for row, _ in sorted(alive, key=lambda pair: (-pair[1], pair[0]))[:limit]]


def _flat(batch: Sequence[tuple[int, bytes]]) -> VisualWords:
    return unpack_words(b"".join(words for _, words in batch))


def _fill(rows: NDArray[np.uint32], cursor: NDArray[np.int64], batch: Sequence[tuple[int, bytes]]) -> None:
    """Put a batch's row numbers at its words' places and move the places on."""
    flat = _flat(batch)
    numbers = np.array([row for row, _ in batch], dtype=np.uint32)
    owner = np.repeat(numbers, [len(words) // 2 for _, words in batch])
    order = np.argsort(flat, kind="stable")
    sorted_words = flat[order].astype(np.int64)
    first = np.searchsorted(sorted_words, sorted_words)
    rows[cursor[sorted_words] + np.arange(len(flat)) - first] = owner[order]
    cursor += np.bincount(flat, minlength=VISUAL_WORDS)


def _summed(parts: list[NDArray[np.uint32]], weights: NDArray[np.float32], most: int = 400) -> list[tuple[int, float]]:
    if not parts:
        return []
    flat = np.concatenate(parts)
    spread = np.repeat(weights, [len(part) for part in parts])
    sums = np.bincount(flat, weights=spread)
    best = np.argpartition(-sums, most)[:most] if len(sums) > most else np.arange(len(sums))
    return [(int(row), float(sums[row])) for row in best if sums[row] > 0]


def _starts(counts: NDArray[np.int64] | NDArray[np.intp]) -> NDArray[np.int64]:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)])


def pack_words(words: Sequence[int] | NDArray[np.int64]) -> bytes:
    """Write words as bytes, two for each."""
    return np.asarray(words, dtype="<u2").tobytes()


def unpack_words(data: bytes) -> VisualWords:
    """Read what `pack_words` wrote."""
    return np.frombuffer(data, dtype="<u2").astype(np.uint16, copy=False)
