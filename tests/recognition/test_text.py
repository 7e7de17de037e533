"""Text in pictures: what looks like it, what is read, and who reads it."""

from __future__ import annotations

import asyncio
import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw

from bot.bing_v7 import Crop, InsightsRequest, NotSupported, PictureRefused, Upload
from bot.media.pool import InThread, WorkerPool
from bot.recognition.text import answer_text_job, looks_like_text, read_lines, text_reader_is_installed
from bot.recognition.text_provider import LIMITS, TextProvider
from tests.media.children import processes_of

needs_reader = pytest.mark.skipif(not text_reader_is_installed(), reason="the extra text is not installed")


def sign(*lines: str, size: tuple[int, int] = (640, 200)) -> Image.Image:
    """A sign with a few lines."""
    picture = Image.new("RGB", size, "white")
    for number, line in enumerate(lines):
        ImageDraw.Draw(picture).text((20, 20 + 60 * number), line, fill="black", font_size=40)
    return picture


def page(dark: bool = False) -> Image.Image:
    """A page of text."""
    picture = Image.new("RGB", (800, 1000), "#202225" if dark else "white")
    for line in range(30):
        words = f"{line}. words that somebody wrote to somebody else"
        ImageDraw.Draw(picture).text((30, 20 + 32 * line), words, fill="#ddd" if dark else "black", font_size=22)
    return picture


def upload(picture: Image.Image) -> Upload:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return Upload(data=out.getvalue(), content_type="image/png")


def test_pages_look_like_text_and_noise_skies_and_signs_do_not() -> None:
    random = np.random.default_rng(4)
    assert looks_like_text(np.asarray(page()))
    assert looks_like_text(np.asarray(page(dark=True)))
    assert not looks_like_text(random.integers(0, 256, (480, 640, 3), dtype=np.uint8))
    assert not looks_like_text(np.full((480, 640, 3), 90, np.uint8))
    assert not looks_like_text(np.tile(np.linspace(0, 255, 640, dtype=np.uint8)[None, :, None], (480, 1, 3)))
    assert not looks_like_text(np.asarray(sign("OPEN")))
    assert not looks_like_text(np.zeros((1, 1, 3), np.uint8))


@needs_reader
def test_lines_are_read_from_top_to_bottom() -> None:
    assert read_lines(np.asarray(sign("Fresh bread", "every morning"))) == ["Fresh bread", "every morning"]
    assert read_lines(np.full((200, 300, 3), 200, np.uint8)) == []


@needs_reader
async def test_only_what_looks_like_text_or_was_asked_for_is_read() -> None:
    reader = TextProvider(InThread(answer_text_job))
    small = upload(sign("Fresh bread"))
    assert (await reader.insights(InsightsRequest(upload=small))).picture_texts == ()
    (asked,) = (await reader.insights(InsightsRequest(upload=small, read_text=True))).picture_texts
    assert (asked.text, asked.provider) == ("Fresh bread", "text-reader")
    (unasked,) = (await reader.insights(InsightsRequest(upload=upload(page())))).picture_texts
    assert "words that somebody wrote" in unasked.text
    assert len(unasked.text) <= 1000


@needs_reader
async def test_a_part_is_read_alone() -> None:
    reader = TextProvider(InThread(answer_text_job))
    lower = Crop(left=0, top=0.5, right=1, bottom=1)
    both = upload(sign("Fresh bread", "", "cold milk", size=(640, 240)))
    (read,) = (await reader.insights(InsightsRequest(upload=both, read_text=True, crop=lower))).picture_texts
    assert read.text == "cold milk"


@needs_reader
async def test_it_is_read_in_a_process_that_ends_when_nothing_comes() -> None:
    pool = WorkerPool(answer_text_job, replace(LIMITS, idle_seconds=0.1))
    reader = TextProvider(pool)
    (read,) = (await reader.insights(InsightsRequest(upload=upload(sign("Fresh bread")), read_text=True))).picture_texts
    assert read.text == "Fresh bread"
    assert processes_of(pool)
    await asyncio.sleep(1.0)
    assert not processes_of(pool)
    with pytest.raises(PictureRefused):
        await reader.insights(InsightsRequest(upload=Upload(data=b"no picture"), read_text=True))
    await reader.aclose()


async def test_only_posted_pictures_are_read() -> None:
    with pytest.raises(NotSupported):
        await TextProvider(InThread(answer_text_job)).insights(InsightsRequest(img_url="https://example.org/a.png"))


def test_asking_for_text_is_no_parameter_of_v7() -> None:
    request = InsightsRequest(img_url="https://example.org/a.png", read_text=True)
    assert "text" not in str(request.to_params()).casefold()
