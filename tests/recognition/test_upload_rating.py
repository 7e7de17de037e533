"""What is handed in is rated before it is shown again; without an answer it is kept back."""

import io

import pytest
from PIL import Image

from bot.collection.arrays import Bytes
from bot.collection.model import Rating
from bot.intake import Intake
from bot.media.runner import InThread
from bot.media.service import Media
from bot.recognition.upload_rating import UploadRating


class Says:
    """A rater with one answer."""

    name = "says"

    def __init__(self, rating: Rating | Exception | None) -> None:
        self.rating = rating

    def rate(self, picture: Bytes) -> Rating | None:
        assert picture.shape == (48, 64, 3)
        if isinstance(self.rating, Exception):
            raise self.rating
        return self.rating


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("said", "kept_back"),
    [(None, False), (Rating.RACY, True), (Rating.ADULT, True), (Rating.VIOLENT, True), (ValueError("broken"), True)],
)
async def test_what_a_rater_objects_to_is_marked(said: Rating | Exception | None, kept_back: bool) -> None:
    media = Media(InThread())
    intake = Intake(media, is_kept_back=UploadRating(Says(said), media).is_kept_back)
    assert (await intake.from_bytes(png())).kept_back is kept_back
    assert not (await Intake(media).from_bytes(png())).kept_back
