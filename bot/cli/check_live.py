"""``magpie check --live``: one harmless question to every provider that is on, and what came back."""

import asyncio
import time
from collections.abc import AsyncIterator

from PIL import Image as Pictures
from PIL import ImageDraw
from rich.console import Console
from rich.markup import escape

from bot.bing_v7 import (
    ImageAnswer,
    ImageInsights,
    InsightsRequest,
    Provider,
    ProviderError,
    SafeSearch,
    SearchRequest,
    TrendingImages,
    TrendingRequest,
    Unavailable,
    Upload,
    Verb,
)
from bot.bing_v7.images import images_of
from bot.media.writing import write_jpeg
from bot.providers.routing.chain import Chain

QUESTION = "cat"
_SIDE = 256
_CIRCLES = ("circle", "circular", "dot", "disc", "disk", "round", "ball", "sphere", "oval")
_BLIND = "it did not see the red circle that it was sent: choose a model with vision, or load its vision part"
_PATIENCE = 20.0
"""Seconds for a provider that declares no time limit of its own."""


async def asked_live(chain: Chain, console: Console) -> AsyncIterator[str]:
    """Ask each member what it can do, print what came back, and yield a sentence for whatever failed."""
    for member in chain.members:
        for verb in Verb:
            if not member.capabilities.supports(verb):
                continue
            started = time.monotonic()
            try:
                answer = await _ask(member, verb)
            except ProviderError as error:
                yield f"{member.name}, {verb.value}: {error}."
                continue
            if isinstance(answer, ImageInsights) and not _saw_the_circle(answer):
                yield f"{member.name}, {verb.value}: {_BLIND}."
                continue
            seconds = time.monotonic() - started
            console.print(f"{escape(member.name)}, {verb.value}: {_told(answer)} in {seconds:.1f} s.", highlight=False)


async def _ask(member: Provider, verb: Verb) -> ImageAnswer | ImageInsights | TrendingImages:
    """Ask at the strictest level that the provider honours; raises ``ProviderError`` whatever goes wrong."""
    level = max(member.capabilities.levels[verb], key=lambda one: one.strictness, default=SafeSearch.STRICT)
    try:
        async with asyncio.timeout(max(_PATIENCE, member.capabilities.limits.within or 0.0)):
            match verb:
                case Verb.SEARCH:
                    return await member.search(SearchRequest(q=QUESTION, count=5, safe_search=level))
                case Verb.INSIGHTS:
                    posted = Upload(data=test_picture(), content_type="image/jpeg", filename="image.jpg")
                    return await member.insights(InsightsRequest(upload=posted, safe_search=level))
                case Verb.TRENDING:
                    return await member.trending(TrendingRequest(safe_search=level))
    except TimeoutError:
        raise Unavailable("no answer in time", provider=member.name) from None


def test_picture() -> bytes:
    """Return a red circle on white as JPEG: nobody's picture, and something that a model can name."""
    picture = Pictures.new("RGB", (_SIDE, _SIDE), "white")
    ImageDraw.Draw(picture).ellipse((_SIDE // 5, _SIDE // 5, 4 * _SIDE // 5, 4 * _SIDE // 5), fill="red")
    return write_jpeg(picture).data


def _saw_the_circle(answer: ImageInsights) -> bool:
    """False if a language model describes the test picture and says nothing of what is in it.

    A model without vision describes a picture all the same: it makes one up.
    """
    if not any(one.model for one in answer.depictions):
        return True
    caption, query = answer.image_caption, answer.best_representative_query
    said = [one.name for one in answer.depictions]
    said += [caption.caption or "" if caption else "", query.text if query else "", answer.alt_text or ""]
    words = " ".join(said).casefold()
    return "red" in words and any(shape in words for shape in _CIRCLES)


def _told(answer: ImageAnswer | ImageInsights | TrendingImages) -> str:
    found = len(list(images_of(answer, results_only=True)))
    guess = answer.best_representative_query if isinstance(answer, ImageInsights) else None
    said = f", best guess {guess.text!r}" if guess else ""
    saw = isinstance(answer, ImageInsights) and any(one.model for one in answer.depictions)
    said += ", saw the red circle that it was sent" if saw else ""
    return f"{found} pictures{said}" if found or said else "an answer without pictures"
