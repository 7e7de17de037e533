"""Where an operator's own models plug in: ratings and meaning. Nothing is shipped and nothing is fetched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from .arrays import Bytes, Floats
from .model import Rating


class Rater(Protocol):
    """Rates pictures while they are indexed.

    A rater can only make a rating severer: its word and what the operator said are joined to the severest, and its
    "safe" counts as no word at all. Errors leave the picture as it was.
    """

    def rate(self, picture: Bytes) -> Rating | None:
        """Rate an RGB picture ``uint8 [h, w, 3]``; None for no opinion.

        Called in worker processes, so the rater must be picklable.
        """
        ...


class Embedder(Protocol):
    """Turns pictures into vectors by meaning, from a model file that the operator supplies."""

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        ...

    def embed(self, pictures: Sequence[Bytes]) -> Floats:
        """Embed RGB pictures as ``float32 [n, dimension]``."""
        ...
