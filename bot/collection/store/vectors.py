"""Vectors of all pictures in memory, scanned whole: a number of 8 bits each, 512 bytes for a usual picture.

A block of rows is turned into floats where the processor keeps it at hand and multiplied there, which is faster than
reading a matrix of floats: 11 ms for 100,000 pictures with 512 numbers each (16 ms as floats of 32 bits).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.collection.arrays import Floats

_BLOCK = 256
_FIRST = 1024
_STEPS = 127
_SAMPLE = 256
_OUTSTANDING = 3.0
_DEVIATIONS, _LEAST, _MOST = 4.5, 0.5, 0.97
"""Measured with the model of ``bot.recognition``: 4.5 deviations are its floor of 0.55."""


def pack_vector(vector: Floats) -> bytes:
    """Write a vector as one signed byte a number; its length is lost, its direction kept to about 0.1 %."""
    largest = float(np.abs(vector).max(initial=0.0))
    return np.round(vector * (_STEPS / max(1e-12, largest))).astype(np.int8).tobytes()


class VectorTable:
    """Vectors of one model by row number; rows are added in rising order. Safe for many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._model = ""
        self._clear()

    def _clear(self) -> None:
        self._rows = np.zeros(0, dtype=np.int64)
        self._vectors = np.zeros((0, 0), dtype=np.int8)
        self._lengths = np.zeros(0, dtype=np.float32)
        self._count = 0
        self._last = 0

    def last(self, model: str, *, anew: bool = False) -> int:
        """The last row that is held of a model, 0 for none; another model's rows, and old ones if `anew`, go."""
        with self._lock:
            if anew or model != self._model:
                self._model = model
                self._clear()
            return self._last

    def add(self, model: str, rows: Sequence[int], packed: Sequence[bytes]) -> None:
        """Take over rows beyond the last one; vectors of another length than the first are passed over."""
        with self._lock:
            fresh = [(row, data) for row, data in zip(rows, packed, strict=True) if row > self._last]
            if model != self._model or not fresh:
                return
            self._last = fresh[-1][0]
            length = self._vectors.shape[1] or len(fresh[0][1])
            fit = [(row, data) for row, data in fresh if len(data) == length]
            vectors = np.frombuffer(b"".join(data for _, data in fit), dtype=np.int8).reshape(len(fit), length)
            end = self._count + len(fit)
            self._grow(end, length)
            self._rows[self._count : end] = [row for row, _ in fit]
            self._vectors[self._count : end] = vectors
            self._lengths[self._count : end] = np.linalg.norm(vectors.astype(np.float32), axis=1)
            self._count = end

    def _grow(self, needed: int, length: int) -> None:
        """Make room; a scan that is under way keeps the arrays it began with."""
        if needed <= len(self._rows):
            return
        room = max(_FIRST, needed, len(self._rows) * 3 // 2)
        rows, vectors = np.zeros(room, np.int64), np.zeros((room, length), np.int8)
        lengths = np.zeros(room, np.float32)
        if self._count:
            rows[: self._count], vectors[: self._count] = self._rows[: self._count], self._vectors[: self._count]
            lengths[: self._count] = self._lengths[: self._count]
        self._rows, self._vectors, self._lengths = rows, vectors, lengths

    def like(self, vector: Floats, limit: int, least: float | None = None) -> list[int]:
        """Rows whose vectors point the same way, best first.

        Args:
            vector: the direction, ``float32 [d]`` of length 1.
            limit: at most so many.
            least: cosine from which vectors count as alike; `usual` says it where nobody knows the model.
        """
        with self._lock:
            count, rows, vectors, lengths = self._count, self._rows, self._vectors, self._lengths
        if not count or vectors.shape[1] != len(vector):
            return []
        scores = _products(vectors, count, vector) / np.maximum(lengths[:count], 1e-6)
        out = np.flatnonzero(scores >= (self.usual() if least is None else least) - 1e-6)
        if len(out) > limit:
            out = out[np.argpartition(-scores[out], limit - 1)[:limit]]
        ranked = out[np.lexsort((rows[out], -scores[out]))]
        return rows[ranked].tolist()

    def standing_out(self, vector: Floats, limit: int) -> list[int]:
        """Rows that are far nearer to a vector of words than most rows are, best first.

        How near a picture lies to its words is another figure in every model, so only the distance from the other
        pictures counts: `_OUTSTANDING` deviations above the mean.
        """
        with self._lock:
            count, vectors, lengths = self._count, self._vectors, self._lengths
        if not count or vectors.shape[1] != len(vector):
            return []
        scores = _products(vectors, count, vector) / np.maximum(lengths[:count], 1e-6)
        return self.like(vector, limit, float(scores.mean() + _OUTSTANDING * scores.std() + 1e-5))

    def usual(self) -> float:
        """The cosine that two vectors of this table have by chance at most: `_DEVIATIONS` above that of any two.

        It is what pictures of a model that nobody measured have to pass to be called alike; between rows of a small or
        uniform table nothing can be told apart, so it never goes below `_LEAST`.
        """
        with self._lock:
            count, vectors, lengths = self._count, self._vectors, self._lengths
        places = np.unique(np.linspace(0, max(0, count - 1), _SAMPLE).astype(np.int64))[:count]
        units = vectors[places].astype(np.float32) / np.maximum(lengths[places, None], 1e-6)
        cosines = (units @ units.T)[np.triu_indices(len(places), 1)]
        if not len(cosines):
            return _LEAST
        return float(min(_MOST, max(_LEAST, cosines.mean() + _DEVIATIONS * cosines.std())))


def _products(vectors: NDArray[np.int8], count: int, vector: Floats) -> Floats:
    found = np.empty(count, dtype=np.float32)
    block = np.empty((_BLOCK, vectors.shape[1]), dtype=np.float32)
    for start in range(0, count, _BLOCK):
        size = min(_BLOCK, count - start)
        block[:size] = vectors[start : start + size]
        np.dot(block[:size], vector, out=found[start : start + size])
    return found
