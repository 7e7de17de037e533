"""Text in pictures: what looks like it, what is read, and who reads it."""

from __future__ import annotations

import asyncio
import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw

from bot.bing_v7 import Crop, InsightsRequest, NotSupported, PictureRefused, SafeSearch, Upload, Verb
from bot.discord_ui.model.lookup_session import Lookup, LookupResult, LookupSource, Origin
from bot.media.pool import WorkerPool
from bot.media.runner import InThread
from bot.media.tasks import Answer
from bot.providers.routing.chain import Chain
from bot.recognition.text import (
    Piece,
    answer_text_job,
    joined_lines,
    looks_like_text,
    read_lines,
    text_reader_is_installed,
)
from bot.recognition.text_provider import LIMITS, TextProvider
from bot.safesearch.gate import gated
from bot.safesearch.guard import Guard
from bot.safesearch.lists import NO_LISTS, Lists
from bot.safesearch.policy import Decision, Rule
from tests.discord_ui.test_lookup import drawn
from tests.media.children import processes_of

needs_reader = pytest.mark.skipif(not text_reader_is_installed(), reason="the extra text is not installed")


def sign(*lines: str, size: tuple[int, int] = (480, 480)) -> Image.Image:
    """A sign with a few lines; a square one, since the reader enlarges what is low, and takes seconds for it."""
    picture = Image.new("RGB", size, "white")
    for number, line in enumerate(lines):
        ImageDraw.Draw(picture).text((20, 20 + 60 * number), line, fill="black", font_size=40)
    return picture


def page(dark: bool = False, lines: int = 30) -> Image.Image:
    """A page of text."""
    picture = Image.new("RGB", (800, 40 + 32 * lines), "#202225" if dark else "white")
    for line in range(lines):
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


def test_words_of_one_line_are_joined_and_columns_are_not() -> None:
    menu = [Piece(100 * n, 10, 100 * n + 60, 30, word) for n, word in enumerate(("File", "Edit", "View"))]
    columns = [Piece(10, 50 + 30 * n, 300, 70 + 30 * n, f"left {n}") for n in range(2)]
    columns[1:1] = [Piece(400, 50 + 30 * n, 700, 70 + 30 * n, f"right {n}") for n in range(2)]
    crooked = [Piece(10, 200, 90, 220, "a"), Piece(110, 206, 190, 226, "line"), Piece(110, 212, 190, 232, "another")]
    assert joined_lines(menu) == ["File Edit View"]
    assert joined_lines(columns) == ["left 0", "right 0", "right 1", "left 1"]
    assert joined_lines(crooked) == ["a line", "another"]
    assert joined_lines([]) == []


@needs_reader
async def test_only_what_looks_like_text_or_was_asked_for_is_read() -> None:
    reader = TextProvider(InThread(answer_text_job))
    small = upload(sign("Fresh bread"))
    assert (await reader.insights(InsightsRequest(upload=small))).picture_texts == ()
    (asked,) = (await reader.insights(InsightsRequest(upload=small, read_text=True))).picture_texts
    assert (asked.text, asked.provider) == ("Fresh bread", "text-reader")
    few = upload(page(lines=10))  # each takes a tenth of a second to read
    (unasked,) = (await reader.insights(InsightsRequest(upload=few))).picture_texts
    assert "words that somebody wrote" in unasked.text


async def test_a_thousand_characters_are_enough() -> None:
    reader = TextProvider(Reads(*["words that somebody wrote to somebody else"] * 30))
    (read,) = (await reader.insights(InsightsRequest(upload=upload(sign("x"))))).picture_texts
    assert 900 < len(read.text) <= 1000


@needs_reader
async def test_a_part_is_read_alone() -> None:
    reader = TextProvider(InThread(answer_text_job))
    lower = Crop(left=0, top=0.5, right=1, bottom=1)
    both = upload(sign("Fresh bread", *[""] * 7, "cold milk", size=(480, 960)))
    (read,) = (await reader.insights(InsightsRequest(upload=both, read_text=True, crop=lower))).picture_texts
    assert read.text == "cold milk"


@needs_reader
async def test_it_is_read_in_a_process_that_ends_when_nothing_comes() -> None:
    pool = WorkerPool(answer_text_job, replace(LIMITS, idle_seconds=0.1))
    reader = TextProvider(pool)
    (read,) = (await reader.insights(InsightsRequest(upload=upload(sign("Fresh bread")), read_text=True))).picture_texts
    assert read.text == "Fresh bread"
    assert processes_of(pool)
    async with asyncio.timeout(30):
        while processes_of(pool):  # noqa: ASYNC110 - processes that end tell nobody
            await asyncio.sleep(0.05)
    with pytest.raises(PictureRefused):
        await reader.insights(InsightsRequest(upload=Upload(data=b"no picture"), read_text=True))
    await reader.aclose()


class Reads:
    """A child process that has read something."""

    def __init__(self, *lines: str) -> None:
        self.lines = list(lines)

    async def run(self, *_: object, **_more: object) -> Answer:
        return {"lines": self.lines}, b""

    async def aclose(self) -> None:
        """Nothing runs."""


@pytest.mark.parametrize("level", SafeSearch)
async def test_what_is_read_is_judged_like_anything_a_stranger_wrote(level: SafeSearch) -> None:
    """The whole way: reader, gate, chain, guard, and the card as it is sent."""
    request = InsightsRequest(upload=upload(sign("x")), read_text=True)

    async def card(*lines: str, lists: Lists = NO_LISTS) -> str:
        chain = Chain({Verb.INSIGHTS: [gated(TextProvider(Reads(*lines)))]})
        face = Guard(chain).at(Decision(level, Rule.DEFAULT), lists)
        found = (await face.insights(request)).answer
        shown = Lookup(source=LookupSource(by=Origin.DISCORD)).with_result(LookupResult(answer=found, level=level))
        return repr(drawn(shown, level=level))

    assert "Fresh bread" in await card("Fresh bread")
    for lines in (["Fresh bread", "hardcore porn here"], ["see https://pornhub.com/view"]):
        said = await card(*lines)
        shown = "porn" in said
        assert shown is (level is SafeSearch.OFF or (level is SafeSearch.MODERATE and "here" in lines[-1])), said
        assert level is not SafeSearch.STRICT or "text-reader" not in said, "who gave nothing is not named"
    assert "bread" not in await card("Fresh bread", lists=Lists(words=frozenset({"bread"})))


async def test_only_posted_pictures_are_read() -> None:
    with pytest.raises(NotSupported):
        await TextProvider(InThread(answer_text_job)).insights(InsightsRequest(img_url="https://example.org/a.png"))


def test_asking_for_text_is_no_parameter_of_v7() -> None:
    request = InsightsRequest(img_url="https://example.org/a.png", read_text=True)
    assert "text" not in str(request.to_params()).casefold()
