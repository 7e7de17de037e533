"""All codes of one kind in memory, scanned whole: nothing to build, about 2 ms for a million.

Codes are kept in four columns of 64 bits, so that a scan reads memory in one direction; several codes are looked for
block by block, so that memory is read once for all of them. Where faiss is installed it does the same scan faster.
"""

from __future__ import annotations

import importlib
import threading
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.collection.arrays import BITS, Codes

_BLOCK = 1 << 16
_FIRST = 1024
_HALF, _WIDEST = 48, 88
FAST_FROM = 20_000
"""From so many codes on faiss is worth its 15 MB; below, the scan here takes less than a tenth of a millisecond."""
_ORDER = (0, 3, 1, 2)
"""How the columns lie: spoiled copies differ as much in the first and last quarter as in the other two."""


class CodesFound(NamedTuple):
    """Places in a table and their distances; beyond half of the bits the complement is what is near."""

    places: NDArray[np.intp]
    distances: NDArray[np.int64]


class CodeMatch(NamedTuple):
    """A picture's row number, the distance, the place of the query code, and whether its complement matched."""

    row: int
    distance: int
    query: int
    inverted: bool


class CodeTable:
    """Codes by row number; rows are added in rising order and may be removed.

    Safe for one writer and many readers at once.
    """

    def __init__(self, *, fast: bool = True, fast_from: int = FAST_FROM) -> None:
        self._lock = threading.Lock()
        self._rows = np.zeros(_FIRST, dtype=np.int64)
        self._columns = np.zeros((4, _FIRST), dtype=np.uint64)
        self._count = 0
        self._gone = 0
        self._fast_from = fast_from if fast else None
        self._index: Any = None

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
            self._columns[:, self._count : needed] = codes.T[_ORDER, :]
            self._count = needed
            if self._index is not None and len(rows):
                self._index.add(_as_bytes(codes))
            elif self._fast_from is not None and needed >= self._fast_from:
                self._begin_index()

    def _begin_index(self) -> None:
        """Have faiss do the scan from now on, if it is installed."""
        self._fast_from = None
        self._index = _binary_index()
        if self._index is not None:
            codes = self._columns[:, : self._count].T[:, np.argsort(_ORDER)]
            self._index.add(_as_bytes(np.ascontiguousarray(codes)))

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

    def near(self, codes: Codes, most: int, limit: int, *, inverted: bool) -> list[CodeMatch]:
        """Rows within `most` bits of any of ``uint64 [n, 4]``, nearest first, each once.

        Args:
            codes: what to look for.
            most: largest distance.
            limit: how many rows at most.
            inverted: also compare complements.
        """
        if not self._count or not len(codes):
            return []
        if self._index is not None:
            found = self._by_index(self._index, codes, most, limit, both=inverted)
        else:
            found = self._by_scan(codes, most, limit, both=inverted)
        best: dict[int, CodeMatch] = {}
        for row in found:
            known = best.get(row.row)
            if known is None or row.distance < known.distance:
                best[row.row] = row
        return sorted(best.values(), key=lambda row: (row.distance, row.row))[:limit]

    def _by_scan(self, codes: Codes, most: int, limit: int, *, both: bool) -> Iterator[CodeMatch]:
        with self._lock:
            columns, rows = self._columns[:, : self._count], self._rows
        for query, (places, distance) in enumerate(scan_codes(columns, codes[:, _ORDER], most, both=both)):
            alive = rows[places] > 0
            held, raw = places[alive], distance[alive]
            turned = (raw > BITS // 2) & both
            near = np.where(turned, BITS - raw, raw)
            if len(held) > limit:
                chosen = np.argpartition(near, limit)[:limit]
                held, near, turned = held[chosen], near[chosen], turned[chosen]
            for row, d, t in zip(rows[held].tolist(), near.tolist(), turned.tolist(), strict=True):
                yield CodeMatch(row, d, query, t)

    def _by_index(self, index: Any, codes: Codes, most: int, limit: int, *, both: bool) -> Iterator[CodeMatch]:
        """All codes and complements in one call."""
        asked = np.concatenate([codes, ~codes]) if both else codes
        with self._lock:
            distance, places = index.search(_as_bytes(asked), min(self._count, limit + self._gone))
        near = (places >= 0) & (distance <= most)
        near &= self._rows[np.where(near, places, 0)] > 0
        for query, column in zip(*(each.tolist() for each in np.nonzero(near)), strict=True):
            row, d = int(self._rows[places[query, column]]), int(distance[query, column])
            yield CodeMatch(row, d, query % len(codes), query >= len(codes))


def scan_codes(columns: Codes, codes: Codes, most: int, *, both: bool) -> list[CodesFound]:
    """Look for codes within `most` bits of each of some, or also of their complements.

    The first half of the bits already rules out nearly all, so only for the rest is the second half read. That is exact
    up to 48 bits. Up to 88 a code is missed if more than 48 bits of one half differ (of 148 spoiled copies at 41 to 84
    bits, none); a wider search reads everything.

    Args:
        columns: what to look through, ``uint64 [4, n]``.
        codes: what to look for, ``uint64 [m, 4]``, in the same order of columns.
        most: largest distance.
        both: also look for complements.

    Returns:
        For each code the places of what is near, and its distance from the code itself.
    """
    used, bar = (2, min(most, _HALF)) if most <= _WIDEST else (4, most)
    hits: list[list[CodesFound]] = [[] for _ in codes]
    room = np.empty((used, _BLOCK), np.uint64), np.empty((used, _BLOCK), np.uint8)
    for start in range(0, columns.shape[1], _BLOCK):
        block = columns[:, start : start + _BLOCK]
        for found, code in zip(hits, codes, strict=True):
            places = _passing(block[:used], code[:used, None], bar, room, both=both)
            if len(places):
                found.append(CodesFound(places + start, _distances(block, code, places)))
    return [_within(found, most, both=both) for found in hits]


def _passing(
    block: Codes, code: Codes, bar: int, room: tuple[Codes, NDArray[np.uint8]], *, both: bool
) -> NDArray[np.intp]:
    """Places in a block that differ in at most `bar` bits, or in nearly all; a few more may come along."""
    work, ones = room[0][:, : block.shape[1]], room[1][:, : block.shape[1]]
    np.bitwise_count(np.bitwise_xor(block, code, out=work), out=ones)
    total = np.add.reduce(ones, axis=0, dtype=np.uint8) if len(ones) > 2 else np.add(ones[0], ones[1], out=ones[0])
    if not both:
        # 256 differing bits wrap to 0 in eight bits and so pass too; true distances are taken later.
        return np.flatnonzero(total <= bar)
    unused = BITS - 64 * len(block)
    # Added so that what is far wraps round to lie before what is near: one comparison instead of two.
    np.add(total, np.uint8((unused + bar) % 256), out=total)
    return np.flatnonzero(total <= unused + 2 * bar)


def _distances(block: Codes, code: Codes, places: NDArray[np.intp]) -> NDArray[np.int64]:
    total = np.zeros(len(places), dtype=np.int64)
    for column, value in zip(block, code, strict=True):
        total += np.bitwise_count(column.take(places) ^ value)
    return total


def _within(found: Sequence[CodesFound], most: int, *, both: bool) -> CodesFound:
    if not found:
        return CodesFound(np.zeros(0, np.intp), np.zeros(0, np.int64))
    places, distances = (np.concatenate(parts) for parts in zip(*found, strict=True))
    keep = (distances <= most) | (both & (distances >= BITS - most))
    return CodesFound(places[keep], distances[keep])


def _as_bytes(codes: Codes) -> NDArray[np.uint8]:
    return np.ascontiguousarray(codes.astype("<u8", copy=False)).view(np.uint8).reshape(len(codes), -1)


def _binary_index() -> Any:
    """A faiss index, or None where faiss is not installed."""
    try:
        faiss = importlib.import_module("faiss")
    except ImportError:
        return None
    faiss.omp_set_num_threads(1)  # its threads wait for each other by spinning, which a busy machine pays for
    return faiss.IndexBinaryFlat(BITS)
