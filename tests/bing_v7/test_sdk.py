"""Both official Python clients of the retired service, unchanged, against our own endpoint."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.bing_v7.server import ServerSettings, serve
from bot.media.runner import InThread
from bot.media.service import Media

from .conftest import HELD, SmallProvider
from .sdks import MAKERS, OLD_WARNINGS, Maker

KEY = "0123456789abcdef0123456789abcdef"

pytestmark = OLD_WARNINGS


@pytest.fixture
async def address(provider: SmallProvider) -> AsyncIterator[str]:
    """The address of a served provider."""
    ready: asyncio.Queue[str] = asyncio.Queue()
    settings = ServerSettings(keys=(KEY,), per_second=None)  # type: ignore[arg-type]  # pydantic makes it a secret
    task = asyncio.create_task(serve(provider, Media(InThread()), settings, port=0, on_ready=ready.put_nowait))
    yield await asyncio.wait_for(ready.get(), 60)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


@pytest.mark.parametrize("make", MAKERS)
async def test_search(address: str, provider: SmallProvider, make: Maker) -> None:
    sdk = make(address, KEY)
    answer = await asyncio.to_thread(
        sdk.images.search, "magpie", count=10, safe_search="Strict", image_type="Photo", market="en-GB", size="Large"
    )
    assert isinstance(answer, sdk.models.Images)
    assert (answer.total_estimated_matches, answer.next_offset) == (3, 3)
    assert [image.name for image in answer.value] == ["A magpie on a fence", "Another bird"]
    image = answer.value[0]
    assert isinstance(image, sdk.models.ImageObject)
    assert (image.image_id, image.width, image.content_size) == (HELD, 948, "2048 B")
    assert image.content_url.startswith(f"{address}/picture/OIP.")
    assert answer.pivot_suggestions[0].pivot == "magpie"
    assert answer.query_expansions[0].text == "magpie nest"
    asked = dict(provider.asked[0].to_params())
    assert asked["count"] == "10"
    assert asked["imageType"] == "Photo"
    assert (asked["safeSearch"], asked["mkt"], asked["size"]) == ("Strict", "en-GB", "Large")


@pytest.mark.parametrize("make", MAKERS)
async def test_details(address: str, provider: SmallProvider, make: Maker) -> None:
    sdk = make(address, KEY)
    found = await asyncio.to_thread(sdk.images.search, "magpie")
    token = found.value[0].image_insights_token
    answer = await asyncio.to_thread(
        sdk.images.details, "magpie", insights_token=token, modules=["Tags", "Caption"], crop_type="Rectangular"
    )
    assert isinstance(answer, sdk.models.ImageInsights)
    assert answer.best_representative_query.text == "magpie"
    assert answer.image_caption.data_source_url == "https://example.org/magpie"
    assert [tag.name for tag in answer.image_tags.value] == ["bird"]
    assert isinstance(answer.pages_including.value[0], sdk.models.ImageObject)
    asked = dict(provider.asked[-1].to_params())
    assert (asked["insightsToken"], asked["modules"]) == ("/home/operator/pictures/magpie.png", "Caption,Tags")


@pytest.mark.parametrize("make", MAKERS)
async def test_trending(address: str, make: Maker) -> None:
    sdk = make(address, KEY)
    answer = await asyncio.to_thread(sdk.images.trending, market="en-US")
    assert isinstance(answer, sdk.models.TrendingImages)
    assert [(category.title, len(category.tiles)) for category in answer.categories] == [("Birds", 1)]
    tile = answer.categories[0].tiles[0]
    assert (tile.query.text, tile.image.image_id) == ("magpie", HELD)


@pytest.mark.parametrize("make", MAKERS)
async def test_errors_are_the_clients_own(address: str, make: Maker) -> None:
    sdk = make(address, KEY)
    for call, sub_code, parameter in (
        (lambda: sdk.images.search("x", count=999), "ParameterInvalidValue", "count"),
        (lambda: sdk.images.search(""), "ParameterMissing", "q"),
        (lambda: sdk.images.details("x", insights_token="made up"), "ParameterInvalidValue", "insightsToken"),
    ):
        with pytest.raises(sdk.error) as caught:
            await asyncio.to_thread(call)
        told = sdk.errors_of(caught.value)
        assert isinstance(told, sdk.models.ErrorResponse)
        error = told.errors[0]
        assert (error.code, error.sub_code, error.parameter) == ("InvalidRequest", sub_code, parameter)


@pytest.mark.parametrize("make", MAKERS)
async def test_an_unknown_key(address: str, make: Maker) -> None:
    stranger = make(address, "wrong")
    with pytest.raises(stranger.unauthorized) as caught:
        await asyncio.to_thread(stranger.images.trending)
    assert caught.value.response.status_code == 401  # type: ignore[attr-defined]  # both errors carry the response
