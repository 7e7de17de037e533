"""Finding the picture inside a picture: even borders, caption bars, letter boxes, screenshots.

Used on the query side only, so the index pays nothing for it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.collection.arrays import Bytes, fit_within
from bot.collection.opencv import cv2

_EDGE = 512
_EVEN = 9.0  # spread of gray values within a row that still counts as one colour
_FLAT = 6  # how far a pixel may be from the background colour
_LEAST_SHARE = 0.03  # of the whole picture, below this an inner rectangle is a button or an avatar
_LEAST_FILL = 0.6
_MOST_TILES = 9
_WIDEST_GUTTER = 0.06
_LEAST_SIDE = 48


class PixelBox(NamedTuple):
    """A part of a picture in pixels, right and bottom not included."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def area(self) -> int:
        """Number of pixels."""
        return max(0, self.right - self.left) * max(0, self.bottom - self.top)

    def cut(self, picture: Bytes) -> Bytes:
        """Return this part of the picture, as a copy."""
        return np.ascontiguousarray(picture[self.top : self.bottom, self.left : self.right])

    def scaled(self, factor: float, picture: Bytes) -> PixelBox:
        """Return the box for a picture `factor` times as large."""
        height, width = picture.shape[:2]
        left, top, right, bottom = (round(v * factor) for v in self)
        return PixelBox(max(0, left), max(0, top), min(width, right), min(height, bottom))


def trimmed(picture: Bytes) -> PixelBox | None:
    """Find the picture within even borders.

    Returns:
        The part inside, or None if there is no border or nearly nothing inside.
    """
    small = fit_within(picture, _EDGE)
    box = _trimmed(small)
    return None if box is None else box.scaled(max(picture.shape[:2]) / max(small.shape[:2]), picture)


def _trimmed(small: Bytes) -> PixelBox | None:
    rows, columns = _uneven(small, 1), _uneven(small, 0)
    if not rows.any() or not columns.any():
        return None
    height, width = small.shape[:2]
    box = PixelBox(
        int(columns.argmax()),
        int(rows.argmax()),
        width - int(columns[::-1].argmax()),
        height - int(rows[::-1].argmax()),
    )
    if box.area > 0.97 * width * height or not _large_enough(box, small):
        return None
    return box


def _uneven(picture: Bytes, axis: int) -> NDArray[np.bool_]:
    """Which rows (axis 1) or columns (axis 0) are not of one colour."""
    count, channels = picture.shape[axis], picture.shape[2] if picture.ndim == 3 else 1
    sums, squares = (
        np.asarray(cv2.reduce(picture, axis, how, dtype=cv2.CV_64F)).reshape(-1, channels) / count
        for how in (cv2.REDUCE_SUM, cv2.REDUCE_SUM2)
    )
    return (squares - sums * sums).max(axis=1) > _EVEN * _EVEN


def _inner(small: Bytes) -> list[PixelBox]:
    """Return the rectangles that stand on an even background, largest first.

    Several background colours are tried: those of the four corners and the most common ones on the edge.
    """
    found = [box for colour in _backgrounds(small) for box in _on_background(small, colour)]
    kept: list[PixelBox] = []
    for box in sorted(set(found), key=lambda b: -b.area):
        if all(_overlap(box, other) < 0.85 for other in kept):
            kept.append(box)
    return kept


def inside(picture: Bytes, most: int = 3) -> list[PixelBox]:
    """What may be the picture inside this one: `trimmed`, where there is a border, rectangles, `tiles`."""
    small = fit_within(picture, _EDGE)
    factor = max(picture.shape[:2]) / max(small.shape[:2])
    border = _trimmed(small)
    boxes = [box for box in _inner(small)[:most] if box != border]
    found = [box.scaled(factor, picture) for box in ([border] if border is not None else []) + boxes]
    return found + [tile for tile in tiles(picture) if all(_overlap(tile, box) < 0.85 for box in found)]


def tiles(picture: Bytes) -> list[PixelBox]:
    """Cut a collage at its gutters: even lines of one colour that run across all of it, however thin.

    Returns:
        The tiles row by row; empty if there is no gutter, or if the parts are too many or too small to be pictures.
    """
    rows, columns = _spans(_uneven(picture, 1)), _spans(_uneven(picture, 0))
    found = [PixelBox(left, top, right, bottom) for top, bottom in rows for left, right in columns]
    whole = 2 <= len(found) <= _MOST_TILES and all(_large_enough(tile, picture) for tile in found)
    return found if whole else []


def _spans(uneven: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where there is something between even lines, from and to; wide even parts are background, not gutters."""
    edges = np.flatnonzero(np.diff(uneven.astype(np.int8), prepend=0, append=0))
    spans = [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        gap = start - joined[-1][1] if joined else 0
        if joined and gap > _WIDEST_GUTTER * len(uneven):
            return []
        joined.append((start, end))
    return joined


def _backgrounds(picture: Bytes, most: int = 3) -> list[NDArray[np.int16]]:
    """Colours that cover much of the picture or of its edge, as ``int16 [3]`` each."""
    edge = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    colours: list[NDArray[np.int16]] = []
    for pixels, least in ((edge, 0.2), (picture.reshape(-1, 3)[::7], 0.12)):
        coarse = (pixels.astype(np.int32) >> 3) @ np.array([1, 32, 1024], dtype=np.int32)
        values, counts = np.unique(coarse, return_counts=True)
        for index in np.argsort(-counts)[:most]:
            if counts[index] < least * coarse.size:
                break
            colour = np.median(pixels[coarse == values[index]], axis=0).astype(np.int16)
            if all(np.abs(colour - other).max() > 2 * _FLAT for other in colours):
                colours.append(colour)
    return colours[: most + 1]


def _on_background(picture: Bytes, colour: NDArray[np.int16]) -> list[PixelBox]:
    height, width = picture.shape[:2]
    low, high = (np.clip(colour + step, 0, 255).astype(np.uint8) for step in (-_FLAT, _FLAT))
    near = np.asarray(cv2.inRange(picture, low, high), dtype=np.uint8)
    far = near == 0
    mask = cv2.morphologyEx(far.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    boxes: list[PixelBox] = []
    for left, top, w, h, filled in np.asarray(stats, dtype=np.int64)[1:count].tolist():
        box = PixelBox(left, top, left + w, top + h)
        whole = box.area > 0.97 * width * height
        if not whole and filled >= _LEAST_FILL * box.area and _large_enough(box, picture):
            boxes.append(_snapped(box, far))
    return boxes


def _snapped(box: PixelBox, far: NDArray[np.bool_]) -> PixelBox:
    """Move the sides to where most of the row or column differs from the background."""
    inside = far[box.top : box.bottom, box.left : box.right]
    rows, columns = inside.mean(axis=1) > 0.5, inside.mean(axis=0) > 0.5
    if not rows.any() or not columns.any():
        return box
    return PixelBox(
        box.left + int(columns.argmax()),
        box.top + int(rows.argmax()),
        box.right - int(columns[::-1].argmax()),
        box.bottom - int(rows[::-1].argmax()),
    )


def _large_enough(box: PixelBox, picture: Bytes) -> bool:
    height, width = picture.shape[:2]
    sides = min(box.right - box.left, box.bottom - box.top)
    return box.area >= _LEAST_SHARE * width * height and sides >= min(_LEAST_SIDE, min(height, width) // 4)


def _overlap(one: PixelBox, other: PixelBox) -> float:
    """Shared area over joint area."""
    shared = PixelBox(
        max(one.left, other.left), max(one.top, other.top), min(one.right, other.right), min(one.bottom, other.bottom)
    ).area
    return shared / max(1, one.area + other.area - shared)
