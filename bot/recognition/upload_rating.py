"""Rates what people hand in, before it is shown again in an answer; with the rater that also rates own pictures."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Hashable

from bot.bing_v7 import ProviderError
from bot.collection.hooks import Rater
from bot.media.service import Media

log = logging.getLogger(__name__)

_EDGE = 512
"""Longest side in pixels of what is rated."""


class UploadRating:
    """Says of a picture that was handed in whether it may be shown again below Off.

    Args:
        rater: what is asked; it can only keep pictures back.
        media: decodes pictures; not closed here.
    """

    def __init__(self, rater: Rater, media: Media) -> None:
        self._rater = rater
        self._media = media

    async def is_kept_back(self, data: bytes, owner: Hashable = None) -> bool:
        """True if the rater objects to a picture, or cannot look at it."""
        try:
            decoded = await self._media.pixels(data, _EDGE, owner=owner)
            return await asyncio.to_thread(self._rater.rate, decoded.rgb) is not None
        except ProviderError:
            return True
        except Exception as error:  # noqa: BLE001 (whatever an operator's function raises: without an answer, kept back)
            log.warning("the rater failed: %s", type(error).__name__)
            return True
