"""A provider that does what a test tells it to."""

import asyncio
from collections.abc import Callable
from typing import Any

from bot.bing_v7 import (
    ALL_LEVELS,
    FILTERS,
    CachePolicy,
    Capabilities,
    Image,
    ImageAnswer,
    ImageInsights,
    InsightsRequest,
    Limits,
    Module,
    SafeSearch,
    SearchRequest,
    TrendingImages,
    TrendingRequest,
    Verb,
)


class Scripted:
    """Answers with ``says`` (an answer, an error to raise, or a function of the request), after ``delay`` seconds."""

    def __init__(
        self,
        name: str,
        says: Any = None,
        *,
        delay: float = 0,
        filters: frozenset[str] = FILTERS,
        levels: frozenset[SafeSearch] = ALL_LEVELS,
        verbs: frozenset[Verb] = frozenset(Verb),
        modules: frozenset[Module] = frozenset(),
        **more: Any,
    ) -> None:
        self.name = name
        self.title = name.title()
        self.says = says
        self.delay = delay
        self.asked: list[Any] = []
        self.closed = 0
        self.cancelled = 0
        self.capabilities = Capabilities(
            levels=dict.fromkeys(verbs, levels), filters=filters, modules=modules,
            **({"cache": CachePolicy(), "limits": Limits()} | more),
        )  # fmt: skip

    async def _say(self, request: Any, default: Any) -> Any:
        self.asked.append(request)
        try:
            await asyncio.sleep(self.delay)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        says = self.says(request) if isinstance(self.says, Callable) else self.says
        if isinstance(says, BaseException):
            raise says
        return default if says is None else says

    async def search(self, request: SearchRequest) -> ImageAnswer:
        return await self._say(request, ImageAnswer())

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        return await self._say(request, ImageInsights())

    async def trending(self, request: TrendingRequest) -> TrendingImages:
        return await self._say(request, TrendingImages())

    async def aclose(self) -> None:
        self.closed += 1


def pictures(*names: str, **more: Any) -> ImageAnswer:
    """Return an answer with pictures of these names."""
    images = tuple(
        Image(name=name, content_url=f"https://pics.example/{name}.jpg", host_page_url=f"https://pages.example/{name}")
        for name in names
    )
    return ImageAnswer(value=images, **more)
