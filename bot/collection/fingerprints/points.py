"""Local points of a picture (ORB) and the geometric check that two pictures show the same thing.

A picture in the index keeps at most 400 points found at 512 pixels; a query may have more, at a larger size.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from bot.collection.arrays import Bytes, Codes, all_distances, code_of, fit_within, gray
from bot.collection.opencv import cv2

INDEX_EDGE, INDEX_POINTS = 512, 400
QUERY_EDGE, QUERY_POINTS = 1024, 1000
INLIER_BAR = 12
"""Fewest spread-out inliers that prove a copy; measured so that strangers pass once in some thousand queries."""

_HEAD = struct.Struct("<HHH")
_REPROJECTION = 0.012  # of the longest side of the indexed picture
_FARTHEST = 72  # bits between two descriptors that may still be the same point
_CELLS = 8
_FEW_BITS, _CLOSE, _LEAST_CLOSE = 8, 40, 6
_ROWS = 8
_SPARE, _GRID, _SHARE, _CONTRAST = 4, 5, 1.5, 10


class Points(NamedTuple):
    """Local points, strongest first.

    Attributes:
        places: ``float32 [n, 2]`` in pixels of the working size.
        descriptors: ``uint8 [n, 32]``.
        width: working width in pixels.
        height: working height in pixels.
    """

    places: NDArray[np.float32]
    descriptors: Bytes
    width: int
    height: int

    def __len__(self) -> int:
        return len(self.places)

    def pack(self) -> bytes:
        """Write the points as bytes: 6 and then 36 for each point."""
        head = _HEAD.pack(len(self.places), self.width, self.height)
        places = np.clip(np.rint(self.places * 16), 0, 65535).astype("<u2")
        return head + places.tobytes() + self.descriptors.tobytes()

    @classmethod
    def unpack(cls, data: bytes) -> Points:
        """Read what `pack` wrote."""
        count, width, height = _HEAD.unpack_from(data)
        places = np.frombuffer(data, dtype="<u2", count=2 * count, offset=_HEAD.size).reshape(-1, 2)
        descriptors = np.frombuffer(data, dtype=np.uint8, offset=_HEAD.size + 4 * count).reshape(-1, 32)
        return cls((places / 16).astype(np.float32), descriptors, width, height)


class Fit(NamedTuple):
    """How well the points of two pictures agree.

    Attributes:
        inliers: points that agree with one shift, turn and scale and stand apart from each other.
        spread: cells of an 8 x 8 grid over the indexed picture that hold one of them.
    """

    inliers: int
    spread: int

    @property
    def holds(self) -> bool:
        """True if this proves a copy."""
        return self.inliers >= INLIER_BAR and self.spread >= _LEAST_SPREAD


_LEAST_SPREAD = 5
NOTHING = Fit(0, 0)
"""Two sets of points that have nothing to do with each other."""


class DetectedPoints(NamedTuple):
    """Places of a picture that can be described, as it is and mirrored.

    Attributes:
        picture: ``uint8 [h, w]`` at working size.
        keypoints: strongest first.
    """

    picture: Bytes
    keypoints: Sequence[cv2.KeyPoint]

    def points(self) -> Points:
        """Describe the places."""
        return _described(self.picture, self.keypoints)

    def mirrored(self) -> Points:
        """Describe the same places as they look in the mirrored picture; looking for them again would cost more."""
        right = self.picture.shape[1] - 1
        turned = [
            cv2.KeyPoint(right - k.pt[0], k.pt[1], k.size, (180 - k.angle) % 360, k.response, k.octave)
            for k in self.keypoints
        ]
        return _described(np.ascontiguousarray(self.picture[:, ::-1]), turned)


def points(picture: Bytes, edge: int = INDEX_EDGE, most: int = INDEX_POINTS) -> Points:
    """Find at most `most` points at a size of at most `edge` pixels."""
    return find_points(picture, edge, most).points()


def find_points(picture: Bytes, edge: int = QUERY_EDGE, most: int = QUERY_POINTS) -> DetectedPoints:
    """Find places of at most `most` points: many at first, then the strongest of every part of the picture."""
    small = gray(fit_within(picture, edge))
    height, width = small.shape[:2]
    if min(height, width) < 32:
        return DetectedPoints(small, ())
    found: Sequence[cv2.KeyPoint] = _orb(_SPARE * most).detect(small, None)
    return DetectedPoints(small, [found[int(index)] for index in _spread(found, width, height, most)] if found else ())


def _orb(most: int) -> Any:
    # OpenCV's type information leaves the detector out.
    return cast("Any", cv2.ORB).create(nfeatures=most, fastThreshold=_CONTRAST, edgeThreshold=16, patchSize=31)


def _described(picture: Bytes, keypoints: Sequence[cv2.KeyPoint]) -> Points:
    height, width = picture.shape[:2]
    described, descriptors = _orb(len(keypoints)).compute(picture, keypoints) if keypoints else ((), None)
    if not described:
        return Points(np.zeros((0, 2), np.float32), np.zeros((0, 32), np.uint8), width, height)
    places = np.array([point.pt for point in described], dtype=np.float32)
    return Points(places, np.ascontiguousarray(descriptors), width, height)


def _spread(found: Sequence[cv2.KeyPoint], width: int, height: int, most: int) -> NDArray[np.intp]:
    """Places of the points to keep: by strength, but no cell of a grid gets much more than its share."""
    order = np.argsort([-point.response for point in found], kind="stable")
    at = np.array([point.pt for point in found], dtype=np.float32)[order]
    cell = (at[:, 0] * _GRID / width).astype(np.intp) + _GRID * (at[:, 1] * _GRID / height).astype(np.intp)
    by_cell = np.argsort(cell, kind="stable")
    sorted_cells = cell[by_cell]
    rank = np.empty(len(cell), dtype=np.intp)
    rank[by_cell] = np.arange(len(cell)) - np.searchsorted(sorted_cells, sorted_cells)
    share = max(1, round(_SHARE * most / _GRID**2))
    first, rest = order[rank < share][:most], order[rank >= share]
    return np.concatenate([first, rest[: most - len(first)]])


def agree(query: Points, indexed: Points) -> Fit:
    """Match two sets of points and count those that one similarity transform explains."""
    here, there = matched(query, indexed)
    return _apart(query.places[here], indexed.places[there], indexed) if len(here) else NOTHING


def matched(query: Points, indexed: Points) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs of points, as their places in each set, that one shift, turn and scale explains; empty if none does."""
    none = np.zeros(0, np.intp)
    if len(query) < INLIER_BAR or len(indexed) < INLIER_BAR:
        return none, none
    pairs = _pairs(query.descriptors, indexed.descriptors)
    if len(pairs) < INLIER_BAR:
        return none, none
    bar = _REPROJECTION * max(indexed.width, indexed.height)
    matrix, inside = _transform(query.places[pairs[:, 0]], indexed.places[pairs[:, 1]], bar)
    if matrix is None or not 0.08 < float(np.hypot(matrix[0, 0], matrix[1, 0])) < 12:
        return none, none
    held = pairs[np.asarray(inside, dtype=bool).ravel()]
    return held[:, 0], held[:, 1]


def share_of(query: Points, indexed: Points) -> float:
    """How much of the query's area the indexed picture takes up, 0 to 1, by the spread of the points they share."""
    here, there = matched(query, indexed)
    if not len(here):
        return 1.0
    ours, theirs = _area_of(query.places[here]), _area_of(indexed.places[there])
    area = indexed.width * indexed.height * ours / max(1.0, theirs)
    return min(1.0, area / max(1, query.width * query.height))


def _area_of(places: NDArray[np.float32]) -> float:
    """Area in pixels of the smallest upright rectangle round all places."""
    width, height = (places.max(axis=0) - places.min(axis=0)).tolist()
    return float(width * height)


def likely(query: Points, indexed: Sequence[Points]) -> list[int]:
    """Which of some sets of points are worth matching: places in `indexed`, most promising first.

    A copy shares points that are nearly equal, and those agree in the first 64 bits of their descriptors already, which
    are compared for a tenth of what matching costs. Of strangers among photographs one in thirty passes.
    """
    if not len(query) or not indexed:
        return []
    ours = code_of(query.descriptors.tobytes())
    theirs = code_of(np.concatenate([each.descriptors for each in indexed]).tobytes())
    here, there = _nearly_equal(ours, theirs)
    owner = np.repeat(np.arange(len(indexed)), [len(each) for each in indexed])
    own = np.unique(owner[there] * len(ours) + here) // max(1, len(ours))
    others = owner[np.unique(there)]
    close = np.minimum(*(np.bincount(which, minlength=len(indexed)) for which in (own, others)))
    return [place for place in np.argsort(-close, kind="stable").tolist() if close[place] >= _LEAST_CLOSE]


def _nearly_equal(ones: Codes, others: Codes) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs of codes that differ in few bits; block by block, so that what is worked on stays in the cache."""
    column = np.ascontiguousarray(others[:, 0])
    differing, counts = np.empty((_ROWS, len(others)), np.uint64), np.empty((_ROWS, len(others)), np.uint8)
    hits: list[NDArray[np.intp]] = []
    for start in range(0, len(ones), _ROWS):
        size = min(_ROWS, len(ones) - start)
        np.bitwise_xor(ones[start : start + size, 0, None], column, out=differing[:size])
        np.bitwise_count(differing[:size], out=counts[:size])
        hits.append(np.flatnonzero(counts[:size] <= _FEW_BITS) + start * len(others))
    here, there = np.divmod(np.concatenate(hits), len(others))
    close = np.bitwise_count(ones[here] ^ others[there]).sum(axis=1) <= _CLOSE
    return here[close], there[close]


def _pairs(ones: Bytes, others: Bytes) -> NDArray[np.intp]:
    """Places of descriptors that are each other's nearest, ``[n, 2]``; numpy is twice as fast here as OpenCV."""
    far = all_distances(code_of(ones.tobytes()), code_of(others.tobytes()))
    nearest = far.argmin(axis=1)
    mine = np.arange(len(far))
    held = (far.argmin(axis=0)[nearest] == mine) & (far[mine, nearest] <= _FARTHEST)
    return np.stack([mine[held], nearest[held]], axis=1)


def _transform(
    source: NDArray[np.float32], target: NDArray[np.float32], bar: float
) -> tuple[NDArray[np.float64] | None, NDArray[np.uint8]]:
    """Shift, turn and scale that most pairs agree with, and which pairs do; None if there is none."""
    estimate = cast("Any", cv2.estimateAffinePartial2D)
    return estimate(source, target, method=cv2.RANSAC, ransacReprojThreshold=bar, maxIters=600, confidence=0.99)


def _apart(source: NDArray[np.float32], target: NDArray[np.float32], indexed: Points) -> Fit:
    """Count inliers at different places in both pictures, and the grid cells they cover."""
    step = max(indexed.width, indexed.height) / 96
    cells_there = np.unique(np.floor(target / step).astype(np.int32), axis=0)
    cells_here = np.unique(np.floor(source / 6).astype(np.int32), axis=0)
    size = np.array([indexed.width, indexed.height], dtype=np.float32) / _CELLS
    grid = np.unique(np.floor(target / size).astype(np.int32), axis=0)
    return Fit(min(len(cells_there), len(cells_here)), len(grid))
