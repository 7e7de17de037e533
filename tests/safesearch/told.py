"""A provider whose answers the test chooses, and what stands round it."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.bing_v7 import (
    ALL_LEVELS,
    Capabilities,
    ImageAnswer,
    ImageInsights,
    InsightsRequest,
    Picture,
    SearchRequest,
    TrendingImages,
    TrendingRequest,
    Verb,
)
from bot.safesearch.place import Place, PlaceKind, Requester
from bot.safesearch.policies import Policies
from bot.safesearch.policy import OperatorPolicy
from bot.storage.policies import PolicyStore
from tests.databases import open_database


@dataclass
class Told:
    """A provider that says what it is told, and remembers what it was asked."""

    answer: Any = field(default_factory=ImageAnswer)
    """The answer, or an async function of the request."""
    levels: Any = ALL_LEVELS
    options: dict[str, Any] = field(default_factory=dict)
    name: str = "told"
    title: str = "Told"
    asked: list[Any] = field(default_factory=list)
    pictures: dict[str, Picture] = field(default_factory=dict)

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(levels=dict.fromkeys(Verb, frozenset(self.levels)), **self.options)

    async def _say(self, request: Any) -> Any:
        self.asked.append(request)
        return await self.answer(request) if inspect.iscoroutinefunction(self.answer) else self.answer

    async def search(self, request: SearchRequest) -> ImageAnswer:
        return await self._say(request)

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        return await self._say(request)

    async def trending(self, request: TrendingRequest) -> TrendingImages:
        return await self._say(request)

    async def picture(self, image_id: str, max_edge: int | None = None) -> Picture | None:
        return self.pictures.get(image_id)

    async def ratings(self, image_ids: Sequence[str]) -> dict[str, bool | None]:
        return {one: self.pictures[one].is_family_friendly for one in image_ids if one in self.pictures}

    async def aclose(self) -> None:
        self.asked.append("closed")


IN_ADULT_CHANNEL = Requester(Place(PlaceKind.CHANNEL, 1, 10, 100, None, True), 7, own=None)


@asynccontextmanager
async def opened_policies(folder: Path) -> AsyncIterator[Policies]:
    """Settings in a database of their own, with an operator who allows Off."""
    database = await open_database(folder / "state.sqlite3")
    try:
        yield Policies(PolicyStore(database), OperatorPolicy(allow_off=True))
    finally:
        await database.close()
