"""The official clients over the collection's starter pictures: search, look one up, see what is trending."""

import asyncio
import io
import shutil
import urllib.request
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image as Pictures

from bot.bing_v7.server import ServerSettings, serve
from bot.collection.provider import CollectionProvider
from bot.collection.store import open_store
from bot.media.runner import InThread
from bot.media.service import Media
from tests.starter_data import index_in, starter_data

from .sdks import MAKERS, OLD_WARNINGS, Maker

pytestmark = OLD_WARNINGS


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the starter pictures, which notes what is asked."""
    return Path(shutil.copy(index_in(starter_data()), tmp_path_factory.mktemp("starter") / "index.db"))


@pytest.fixture
async def address(index: Path) -> AsyncIterator[str]:
    """The address of the served collection."""
    provider = CollectionProvider(await open_store(index), Media(InThread()))
    ready: asyncio.Queue[str] = asyncio.Queue()
    task = asyncio.create_task(
        serve(provider, Media(InThread()), ServerSettings(per_second=None), port=0, on_ready=ready.put_nowait)
    )
    yield await asyncio.wait_for(ready.get(), 60)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await provider.aclose()


def fetched(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=60) as response:
        return response.read()


@pytest.mark.parametrize("make", MAKERS)
async def test_the_three_endpoints(address: str, make: Maker) -> None:
    sdk = make(address, "any key")
    found = await asyncio.to_thread(sdk.images.search, "bird", count=3, safe_search="Strict")
    assert isinstance(found, sdk.models.Images)
    assert 1 <= len(found.value) <= 3
    first = found.value[0]
    assert first.content_url.startswith(f"{address}/picture/OIP.")
    assert first.host_page_url
    whole = await asyncio.to_thread(fetched, first.content_url)
    assert Pictures.open(io.BytesIO(whole)).size == (first.width, first.height)
    small = await asyncio.to_thread(fetched, f"{first.thumbnail_url}&w=100&h=100&c=7")
    assert Pictures.open(io.BytesIO(small)).size == (100, 100)

    for named in ({"insights_token": first.image_insights_token}, {"image_url": first.content_url}):
        known = await asyncio.to_thread(sdk.images.details, "bird", modules=["All"], **named)
        assert isinstance(known, sdk.models.ImageInsights)
        assert first.image_id in [image.image_id for image in known.pages_including.value]

    trending = await asyncio.to_thread(sdk.images.trending)
    assert isinstance(trending, sdk.models.TrendingImages)
    assert trending.categories[0].tiles[0].query.text


@pytest.mark.parametrize("make", MAKERS)
async def test_next_offset_leads_on(address: str, make: Maker) -> None:
    sdk = make(address, "any key")
    first = await asyncio.to_thread(sdk.images.search, "drawn", count=5)
    second = await asyncio.to_thread(sdk.images.search, "drawn", count=5, offset=first.next_offset)
    seen = [image.image_id for image in (*first.value, *second.value)]
    assert len(seen) == len(set(seen)) == 10


@pytest.mark.parametrize("make", MAKERS)
async def test_errors(address: str, make: Maker) -> None:
    sdk = make(address, "any key")
    with pytest.raises(sdk.error) as caught:
        await asyncio.to_thread(sdk.images.details, "bird", image_url="https://example.org/elsewhere.png")
    error = sdk.errors_of(caught.value).errors[0]
    assert (error.sub_code, error.parameter) == ("ParameterInvalidValue", "imgUrl")
    with pytest.raises(sdk.error) as caught:
        await asyncio.to_thread(sdk.images.search, "bird", width=5, min_width=3)
    assert sdk.errors_of(caught.value).errors[0].parameter == "width"
