"""The recognizer through its provider, with the real model."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from bot.bing_v7 import (
    Certainty,
    InsightsRequest,
    LookupState,
    Module,
    NotSupported,
    PictureRefused,
    SafeSearch,
    SearchRequest,
    TrendingRequest,
    Upload,
)
from bot.bing_v7.markets import language_for
from bot.media.runner import InThread
from bot.media.service import Media
from bot.recognition import classifier
from bot.recognition.classifier import BuiltInEmbedder
from bot.recognition.provider import RecognitionProvider


def asked(picture: Image.Image | bytes, **more) -> InsightsRequest:
    if isinstance(picture, Image.Image):
        out = io.BytesIO()
        picture.convert("RGB").save(out, "PNG")
        picture = out.getvalue()
    return InsightsRequest.model_validate({"upload": Upload(data=picture), **more})


def clock() -> Image.Image:
    """A wall clock, drawn: what the model knows even from a drawing."""
    made = Image.new("RGB", (600, 600), "#c9b48a")
    draw = ImageDraw.Draw(made)
    draw.ellipse((60, 60, 540, 540), fill="#303030")
    draw.ellipse((80, 80, 520, 520), fill="white")
    for hour in range(12):
        angle = hour * np.pi / 6
        x, y = 300 + 185 * np.sin(angle), 300 - 185 * np.cos(angle)
        draw.text((x - 14, y - 18), str(hour or 12), fill="black", font_size=34)
    draw.line((300, 300, 300, 150), fill="black", width=12)
    draw.line((300, 300, 400, 340), fill="black", width=12)
    draw.ellipse((285, 285, 315, 315), fill="black")
    return made


def noise() -> Image.Image:
    return Image.fromarray(np.random.default_rng(3).integers(0, 256, (300, 400, 3), dtype=np.uint8))


async def test_a_clock_is_a_clock_in_the_readers_language(models: Path) -> None:
    provider = RecognitionProvider(models, Media(InThread()))
    for locale, name in (("en-US", "clock or watch"), ("de", "Uhr"), ("ja", "時計")):
        found = await provider.insights(asked(clock(), set_lang=language_for(locale)))  # of Japanese v7's own "jp"
        assert found.depictions[0].name == name
        assert found.depictions[0].certainty in {Certainty.HIGH, Certainty.MEDIUM}
        assert found.image_tags is not None
        assert found.image_caption is not None
        assert found.best_representative_query is not None
        assert found.image_tags.value[0].name == name
        assert name in (found.image_caption.caption or "")
        assert found.best_representative_query.text == "clock"
        assert found.best_representative_query.display_text == name
        assert found.state is LookupState.DEPICTED
        assert found.pages_including is None


async def test_only_the_modules_that_are_asked_for(models: Path) -> None:
    found = await RecognitionProvider(models, Media(InThread())).insights(asked(clock(), modules={Module.TAGS}))
    assert found.image_tags is not None
    assert (found.image_caption, found.best_representative_query) == (None, None)


@pytest.mark.parametrize(
    "picture",
    [noise(), Image.new("RGB", (300, 200), "white"), Image.new("RGB", (300, 200))],
    ids=["noise", "white", "black"],
)
async def test_what_shows_nothing_gets_silence(models: Path, picture: Image.Image) -> None:
    found = await RecognitionProvider(models, Media(InThread())).insights(asked(picture))
    assert found.model_fields_set <= {"provenance", "type_"}
    assert found.state is LookupState.UNKNOWN


async def test_a_part_is_looked_at_alone(models: Path) -> None:
    page = Image.new("RGB", (1800, 700), "#c9b48a")
    page.paste(clock(), (1150, 50))
    crop = {"left": 1150 / 1800, "top": 50 / 700, "right": 1750 / 1800, "bottom": 650 / 700}
    found = await RecognitionProvider(models, Media(InThread())).insights(asked(page, crop=crop))
    assert found.depictions[0].name == "clock or watch"


async def test_what_it_cannot_do_it_says(models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    provider = RecognitionProvider(models, Media(InThread()))
    with pytest.raises(NotSupported):
        await provider.insights(InsightsRequest(img_url="https://a.example/x.jpg"))
    with pytest.raises(NotSupported):
        await provider.search(SearchRequest(q="x"))
    with pytest.raises(NotSupported):
        await provider.trending(TrendingRequest())
    with pytest.raises(PictureRefused):
        await provider.insights(asked(b"no picture"))
    monkeypatch.setattr(classifier, "_PACKAGE", "no_such_package")
    with pytest.raises(NotSupported, match="magpie-bot"):
        await RecognitionProvider(tmp_path / "empty", Media(InThread())).insights(asked(clock()))


async def test_levels_change_nothing_because_nothing_that_is_said_needs_one(models: Path) -> None:
    answers = [
        await RecognitionProvider(models, Media(InThread())).insights(asked(clock(), safe_search=level))
        for level in SafeSearch
    ]
    assert answers[0] == answers[1] == answers[2]


def test_vectors_are_near_for_the_same_thing_only(models: Path) -> None:
    embedder = BuiltInEmbedder.open(models)
    one, other = (np.asarray(clock().rotate(angle, fillcolor="#c9b48a")) for angle in (0, 8))
    first, second, third = (embedder.embed(picture) for picture in (one, other, np.asarray(noise())))
    assert first.shape == (1280,)
    assert abs(float(first @ first) - 1) < 1e-5
    assert float(first @ second) > classifier.FLOOR > float(first @ third)
