"""All codes of one kind in memory, scanned whole: exact, nothing to build, 2.6 ms for a million.

Codes lie in four columns of 64 bits, so that a scan reads memory in one direction. Where faiss is installed it does
the same scan faster.
"""

from __future__ import annotations

import importlib
import threading
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.collection.arrays import BITS, Codes

_BLOCK = 1 << 16
_FIRST = 1024
_HALF = 48


class Row(NamedTuple):
    """A picture's row number, the distance, the place of the query code, and whether its complement matched."""

    row: int
    distance: int
    query: int
    inverted: bool


class CodeTable:
    """Codes by row number; rows are added in rising order and may be removed.

    Safe for one writer and many readers at once.
    """

    def __init__(self, *, fast: bool = True) -> None:
        self._lock = threading.Lock()
        self._rows = np.zeros(_FIRST, dtype=np.int64)
        self._columns = np.zeros((4, _FIRST), dtype=np.uint64)
        self._count = 0
        self._gone = 0
        self._index = _binary_index() if fast else None

    def __len__(self) -> int:
        return self._count - self._gone

    @property
    def fast(self) -> bool:
        """True if faiss does the scan."""
        return self._index is not None

    def add(self, rows: NDArray[np.int64], codes: Codes) -> None:
        """Add codes ``uint64 [n, 4]``; `rows` must rise and be greater than all before."""
        with self._lock:
            needed = self._count + len(rows)
            if needed > len(self._rows):
                self._grow(max(needed, 2 * len(self._rows)))
            self._rows[self._count : needed] = rows
            self._columns[:, self._count : needed] = codes.T
            if self._index is not None and len(rows):
                self._index.add(_as_bytes(codes))
            self._count = needed

    def _grow(self, capacity: int) -> None:
        rows, columns = np.zeros(capacity, dtype=np.int64), np.zeros((4, capacity), dtype=np.uint64)
        rows[: self._count] = self._rows[: self._count]
        columns[:, : self._count] = self._columns[:, : self._count]
        self._rows, self._columns = rows, columns

    def remove(self, rows: NDArray[np.int64]) -> None:
        """Forget rows; their room is used again after the next start."""
        with self._lock:
            held = self._rows[: self._count]
            places = np.searchsorted(np.abs(held), rows)
            for place, row in zip(places.tolist(), rows.tolist(), strict=True):
                if place < self._count and held[place] == row:
                    held[place] = -row
                    self._gone += 1

    def near(self, codes: Codes, most: int, limit: int, *, inverted: bool) -> list[Row]:
        """Rows within `most` bits of any of ``uint64 [n, 4]``, nearest first, each once.

        Args:
            codes: what to look for.
            most: largest distance.
            limit: how many rows at most.
            inverted: also compare complements.
        """
        best: dict[int, Row] = {}
        for query, code in enumerate(codes):
            wanted = [(code, False), (~code, True)] if inverted and self._index is not None else [(code, False)]
            for asked, turned in wanted:
                for found in self._one(asked, most, limit, both=inverted and self._index is None):
                    row = Row(found.row, found.distance, query, turned or found.inverted)
                    known = best.get(row.row)
                    if known is None or row.distance < known.distance:
                        best[row.row] = row
        return sorted(best.values(), key=lambda row: (row.distance, row.row))[:limit]

    def _one(self, code: Codes, most: int, limit: int, *, both: bool) -> list[Row]:
        count = self._count
        if not count:
            return []
        if self._index is not None:
            return self._by_index(self._index, code, most, limit)
        places, distance = _scan(self._columns, count, code, most, both=both)
        alive = self._rows[places] > 0
        places, distance = places[alive], distance[alive]
        turned = distance > BITS // 2
        distance = np.where(turned & both, BITS - distance, distance)
        if len(places) > limit:
            chosen = np.argpartition(distance, limit)[:limit]
            places, distance, turned = places[chosen], distance[chosen], turned[chosen]
        rows = self._rows[places].tolist()
        return [
            Row(row, int(d), 0, bool(t) and both)
            for row, d, t in zip(rows, distance.tolist(), turned.tolist(), strict=True)
        ]

    def _by_index(self, index: Any, code: Codes, most: int, limit: int) -> list[Row]:
        with self._lock:
            distance, places = index.search(_as_bytes(code[None]), min(self._count, limit + self._gone))
        pairs = ((int(self._rows[p]), int(d)) for p, d in zip(places[0], distance[0], strict=True) if p >= 0)
        return [Row(row, d, 0, inverted=False) for row, d in pairs if d <= most and row > 0][:limit]


def _scan(
    columns: Codes, count: int, code: Codes, most: int, *, both: bool
) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """Places and raw distances of codes within `most` bits, or also within `most` of the complement.

    For small distances the first half of the bits already rules out nearly all, so only that half is read.
    """
    used = 2 if most <= _HALF else 4
    work, ones, sums = np.empty(_BLOCK, np.uint64), np.empty(_BLOCK, np.uint8), np.empty(_BLOCK, np.uint8)
    places: list[NDArray[np.intp]] = []
    for start in range(0, count, _BLOCK):
        size = min(_BLOCK, count - start)
        total = sums[:size]
        for column in range(used):
            part = np.bitwise_xor(columns[column, start : start + size], code[column], out=work[:size])
            if column == 0:
                np.bitwise_count(part, out=total)
            else:
                np.add(total, np.bitwise_count(part, out=ones[:size]), out=total)
        # 256 differing bits wrap to 0 in eight bits and so pass too; true distances are taken below.
        hits = np.flatnonzero((total <= most) | (total >= 64 * used - most) if both else total <= most)
        if len(hits):
            places.append(hits + start)
    if not places:
        return np.zeros(0, np.intp), np.zeros(0, np.int64)
    found = np.concatenate(places)
    true = np.bitwise_count(columns[:, found] ^ code[:, None]).sum(axis=0, dtype=np.int64)
    keep = (true <= most) | (both & (true >= BITS - most))
    return found[keep], true[keep]


def _as_bytes(codes: Codes) -> NDArray[np.uint8]:
    return np.ascontiguousarray(codes.astype("<u8", copy=False)).view(np.uint8).reshape(len(codes), -1)


def _binary_index() -> Any:
    """A faiss index, or None where faiss is not installed."""
    try:
        return importlib.import_module("faiss").IndexBinaryFlat(BITS)
    except ImportError:
        return None
