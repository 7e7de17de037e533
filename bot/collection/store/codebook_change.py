"""Visual words of another codebook: they are computed again from the points, which are kept."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from bot.collection.fingerprints.codebook import CODEBOOK_FILE, visual_words
from bot.collection.fingerprints.points import Points

from .base import StoreError

MAX_RENAMED_AT_START = 5_000
"""Maximum pictures whose visual words are computed again at a bot's start; more take minutes: `magpie index`."""


@cache
def codebook_in_use(file: Path = CODEBOOK_FILE) -> str:
    """The name of the codebook that this Magpie has: 16 hex digits of its SHA-256."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:16]


def words_of_points(points: bytes) -> list[int]:
    """The visual words of packed points, none of nothing."""
    return visual_words(Points.unpack(points).descriptors).tolist() if points else []


def check_size(pictures: int, *, patient: bool) -> None:
    """Refuse what would take too long.

    Raises:
        StoreError: there are more pictures than a bot should wait for.
    """
    if pictures > MAX_RENAMED_AT_START and not patient:
        raise StoreError(
            "the collection's index was made by another version of Magpie, with other visual words: "
            "run `magpie index` once, which brings it up to date"
        )
