"""A part of a posted picture is cut out for services that know no regions."""

import io

import pytest
from PIL import Image

from bot.bing_v7 import Capabilities, Crop, ImageInsights, InsightsRequest, Upload, Verb
from bot.bing_v7.parameters import SafeSearch
from bot.bing_v7.wrapper import Wrapper
from bot.media.runner import InThread
from bot.media.service import Media
from bot.providers.middleware.upload_preparation import PreparedUploads


class Recorder(Wrapper):
    """A provider that keeps what it was asked."""

    def __init__(self, *, takes_regions: bool) -> None:
        self.asked: list[InsightsRequest] = []
        levels = {Verb.INSIGHTS: frozenset(SafeSearch)}
        self._known = Capabilities(levels=levels, takes_regions=takes_regions)

    @property
    def capabilities(self) -> Capabilities:
        return self._known

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        self.asked.append(request)
        return ImageInsights()


def halves() -> Upload:
    """A picture whose left half is red and whose right half is blue."""
    picture = Image.new("RGB", (200, 100), "red")
    picture.paste("blue", (100, 0, 200, 100))
    data = io.BytesIO()
    picture.save(data, "PNG")
    return Upload(data=data.getvalue(), sha1="0" * 40)


RIGHT = Crop(left=0.5, top=0, right=1, bottom=1)


async def test_only_the_part_is_sent() -> None:
    provider = Recorder(takes_regions=False)
    await PreparedUploads(provider, Media(InThread())).insights(InsightsRequest(upload=halves(), crop=RIGHT))
    (asked,) = provider.asked
    assert asked.crop is None
    assert asked.upload is not None
    assert asked.upload.sha1 is None
    part = Image.open(io.BytesIO(asked.upload.data)).convert("RGB")
    assert part.size == (100, 100)
    colour = part.getpixel((50, 50))
    assert isinstance(colour, tuple)
    red, _, blue = colour
    assert blue > 200
    assert red < 60


@pytest.mark.parametrize(
    "request_",
    [
        InsightsRequest(upload=halves()),
        InsightsRequest(img_url="https://example.org/a.jpg", crop=RIGHT),
    ],
)
async def test_what_is_whole_stays_as_it_is(request_: InsightsRequest) -> None:
    provider = Recorder(takes_regions=False)
    await PreparedUploads(provider, Media(InThread())).insights(request_)
    assert provider.asked == [request_]


async def test_a_service_that_takes_regions_gets_the_region() -> None:
    provider = Recorder(takes_regions=True)
    request = InsightsRequest(upload=halves(), crop=RIGHT)
    await PreparedUploads(provider, Media(InThread())).insights(request)
    assert provider.asked == [request]


async def test_the_thinnest_part_is_still_a_picture() -> None:
    provider = Recorder(takes_regions=False)
    thin = Crop(left=0.999, top=0.999, right=1, bottom=1)
    await PreparedUploads(provider, Media(InThread())).insights(InsightsRequest(upload=halves(), crop=thin))
    assert provider.asked[0].upload is not None
    assert Image.open(io.BytesIO(provider.asked[0].upload.data)).size == (1, 1)
