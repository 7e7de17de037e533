"""Array types and small picture helpers that the pure cores share.

Shapes: an RGB picture is ``uint8 [height, width, 3]``, a gray one ``uint8 [height, width]``, a 256-bit code is
``uint64 [4]`` and a pile of codes ``uint64 [n, 4]``.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .opencv import cv2

BITS = 256
"""Length of every code in bits."""

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
Codes = NDArray[np.uint64]


def pack(bits: NDArray[np.bool_]) -> Codes:
    """Pack truth values into codes.

    Args:
        bits: ``bool [256]`` or ``bool [n, 256]``.

    Returns:
        ``uint64 [4]`` or ``uint64 [n, 4]``, the first bit in the lowest place of the first byte.
    """
    packed = np.packbits(bits, axis=-1, bitorder="little")
    return np.ascontiguousarray(packed).view("<u8").astype(np.uint64, copy=False)


def code_bytes(code: Codes) -> bytes:
    """Write a code as 32 bytes, the same on every machine."""
    return code.astype("<u8", copy=False).tobytes()


def code_of(data: bytes) -> Codes:
    """Read a code from its 32 bytes (or several codes from a multiple of 32) as ``uint64 [n, 4]``."""
    return np.frombuffer(data, dtype="<u8").astype(np.uint64, copy=False).reshape(-1, 4)


def distances(codes: Codes, code: Codes) -> NDArray[np.uint16]:
    """Hamming distances from one code ``[4]`` to many ``[n, 4]``, as ``uint16 [n]``."""
    return np.bitwise_count(codes ^ code).sum(axis=1, dtype=np.uint16)


def all_distances(ones: Codes, others: Codes) -> NDArray[np.uint16]:
    """Hamming distances between all of ``[n, 4]`` and all of ``[m, 4]``, or of ``[n, m, 4]``, as ``uint16 [n, m]``."""
    total = np.zeros((len(ones), others.shape[-2]), dtype=np.uint16)
    for column in range(4):
        total += np.bitwise_count(ones[:, None, column] ^ others[..., column])
    return total


def fit_within(picture: Bytes, edge: int) -> Bytes:
    """Scale a picture so that its longest side has `edge` pixels at most; never enlarges."""
    height, width = picture.shape[:2]
    longest = max(height, width)
    if longest <= edge:
        return picture
    size = (max(1, round(width * edge / longest)), max(1, round(height * edge / longest)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def gray(picture: Bytes) -> Bytes:
    """Turn an RGB picture into gray by the usual luma weights; a gray one comes back as it is."""
    if picture.ndim == 2:
        return picture
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
