"""Rates thumbnails of services that do not filter, so that some of them may be shown below Off.

A picture that cannot be read, is too late or makes the rater fail counts as one that it objects to.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from cachetools import TTLCache

from bot.bing_v7 import ProviderError, Upload

from .upload_rating import UploadRating

_REMEMBERED, _SECONDS_REMEMBERED = 4_096, 600.0
_AT_ONCE = 4
FetchPicture = Callable[[str], Awaitable[Upload]]


class ThumbnailRating:
    """Looks at pictures at public addresses.

    Args:
        rating: says whether a picture is kept back.
        fetch: reads a picture from a public address, and from no other.
    """

    def __init__(self, rating: UploadRating, fetch: FetchPicture) -> None:
        self._rating = rating
        self._fetch = fetch
        self._turn = asyncio.Semaphore(_AT_ONCE)
        self._known: TTLCache[str, bool] = TTLCache(_REMEMBERED, _SECONDS_REMEMBERED)
        """Whether the picture at an address may be shown."""

    async def __call__(self, addresses: Sequence[str], seconds: float) -> frozenset[str]:
        """Return the addresses whose picture was seen within the seconds and not objected to."""
        tasks = {asyncio.create_task(self._may_be_shown(address)): address for address in addresses}
        if not tasks:
            return frozenset()
        try:
            done, _ = await asyncio.wait(tasks, timeout=seconds)
            return frozenset(tasks[task] for task in done if task.exception() is None and task.result())
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _may_be_shown(self, address: str) -> bool:
        known = self._known.get(address)
        if known is not None:
            return known
        async with self._turn:
            try:
                upload = await self._fetch(address)
            except ProviderError:
                return False
            shown = not await self._rating.is_kept_back(upload.data)
        self._known[address] = shown
        return shown
