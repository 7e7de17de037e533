"""What the endpoint needs done with pictures; it decodes none itself."""

from collections.abc import Hashable
from typing import Protocol

from bot.bing_v7.requests import Upload


class MediaReader(Protocol):
    """Reads and draws pictures outside of this process (``bot.media.service.Media`` implements it).

    Both methods raise ``PictureRefused`` for what cannot be used and ``Overloaded`` where there was no turn in time;
    ``owner`` is for whom it is done: owners take turns.
    """

    async def fit(self, data: bytes, *, owner: Hashable = None, patience: float | None = None) -> Upload:
        """Return a posted picture within v7's limits and without metadata, after at most ``patience`` seconds."""
        ...

    async def thumbnail(
        self, data: bytes, width: int | None, height: int | None, crop: int, *, pad: bool, owner: Hashable = None
    ) -> bytes:
        """Draw a thumbnail as JPEG: the box asked for in pixels, how it is cut (0, 4, 7), whether white fills it."""
        ...
