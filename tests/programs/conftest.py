"""A served chain whose first provider is empty: what programs written for the retired services ask."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.bing_v7 import (
    ALL_LEVELS,
    FILTERS,
    Capabilities,
    ImageAnswer,
    ImageInsights,
    InsightsRequest,
    NotSupported,
    SearchRequest,
    TrendingImages,
    TrendingRequest,
    Verb,
)
from bot.bing_v7.server import ServerSettings, serve
from bot.collection.provider import CollectionProvider
from bot.collection.store import open_store
from bot.media.runner import InThread
from bot.media.service import Media
from bot.providers.pagination import PaginatedSearch
from bot.providers.routing.chain import Chain
from tests.starter_data import give_starter, index_in

KEY = "0123456789abcdef0123456789abcdef"


class Silent:
    """A provider that is asked first and finds nothing."""

    name, title = "silent", "Silent"
    capabilities = Capabilities(levels={Verb.SEARCH: ALL_LEVELS}, filters=FILTERS)

    async def search(self, request: SearchRequest) -> ImageAnswer:
        return ImageAnswer(value=())

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        raise NotSupported

    async def trending(self, request: TrendingRequest) -> TrendingImages:
        raise NotSupported

    async def aclose(self) -> None:
        """Hold nothing."""


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index of the starter pictures and the pictures themselves."""
    folder = tmp_path_factory.mktemp("starter")
    give_starter(folder)
    return folder


@pytest.fixture
async def address(starter: Path) -> AsyncIterator[str]:
    """The address of the served chain."""
    collection = CollectionProvider(await open_store(index_in(starter)), Media(InThread()))
    members = {verb: [collection] for verb in Verb} | {Verb.SEARCH: [Silent(), collection]}
    ready: asyncio.Queue[str] = asyncio.Queue()
    settings = ServerSettings(keys=(SecretStr(KEY),), per_second=None)
    task = asyncio.create_task(
        serve(PaginatedSearch(Chain(members)), Media(InThread()), settings, port=0, on_ready=ready.put_nowait)
    )
    yield await asyncio.wait_for(ready.get(), 60)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await collection.aclose()
