"""Where an operator's own model plugs in. Nothing is shipped and nothing is fetched."""

from __future__ import annotations

from typing import Protocol

from .arrays import Bytes
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
