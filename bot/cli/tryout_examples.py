"""The examples of the try-out page: what the starter set, or whatever is there in its place, has something for."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

from bot.app import StarterProgress
from bot.bing_v7 import Image, Picture, ProviderError, TrendingImages, TrendingRequest, Verb
from bot.collection.starter.samples import known_sample, source_page, unknown_sample
from bot.safesearch.place import Place, PlaceKind, Requester
from bot.search.service import SearchService
from bot.tryout.examples import Example, Examples, SourcePage

log = logging.getLogger(__name__)

SOURCES = "https://starter.magpie.example/"
_MOST_SEARCHES, _LONGEST = 4, 40
_EDGE = 640
_ANYBODY = Requester(Place(PlaceKind.DM), 0, "en-US", own=None)
"""Strict: what is found here is found in every channel."""

_OPENING = Example("Cats", "image", {"query": "cat"})
_SUNSETS = Example("Sunsets", "image", {"query": "sunset"})
_TRENDING = Example("Trending", "trending")
_ALWAYS = (Example("SafeSearch of this channel", "safesearch show"), Example("Help", "about"))
_BUTTONS = (
    _OPENING,
    Example("猫 (a cat, in Japanese)", "image", {"query": "猫"}),
    Example("Red panda, wide", "image", {"query": "red panda", "shape": "Wide", "license": "Public"}),
    _SUNSETS,
    Example("Identify a sample picture", "identify", picture="known.jpg"),
    Example("Identify an unknown picture", "identify", picture="unknown.jpg"),
    _TRENDING,
    *_ALWAYS,
)


def starter_examples(folder: Path, complete: asyncio.Event) -> Examples:
    """Examples over the starter set that is drawn into a folder; ``complete`` is that of `Examples`."""

    def picture(name: str) -> bytes | None:
        return unknown_sample() if name == "unknown.jpg" else known_sample(folder) if name == "known.jpg" else None

    def page(name: str) -> SourcePage | None:
        found = source_page(folder, f"{SOURCES}{name}")
        return SourcePage(found.title, found.lines, found.picture) if found else None

    return Examples(_OPENING, _BUTTONS, picture, SOURCES, page, complete=complete)


async def prepare_examples(examples: Examples, starter: StarterProgress, search: SearchService) -> None:
    """Say that the starter set's examples find something once they do; offer others where it is not shown."""
    await starter.first.wait()
    if not starter.shown:
        await _offer_own(examples, search)
    examples.ready.set()


async def _offer_own(examples: Examples, search: SearchService) -> None:
    """Offer what trends among the pictures that are there, and one of them to hand in."""
    try:
        found = (await search.trending(_ANYBODY, TrendingRequest())).answer
    except ProviderError as error:
        log.info("no examples to offer: %s", error)
        found = TrendingImages()
    tiles = [tile for category in found.categories for tile in category.tiles]
    texts = (text for tile in tiles if (text := tile.query.text) and len(text) <= _LONGEST)
    searches = [
        Example(text[:1].upper() + text[1:], "image", {"query": text})
        for text in sorted(dict.fromkeys(texts), key=len)[:_MOST_SEARCHES]
    ]
    if not searches and search.outside(Verb.SEARCH):  # the web has both
        searches = [_OPENING, _SUNSETS]
    held = await _first_held([tile.image for tile in tiles], search)
    examples.picture = lambda _name: held.data if held else None
    identify = (Example("Identify one of your pictures", "identify", picture=held.filename),) if held else ()
    examples.opening = next(iter(searches), None)
    examples.buttons = (*searches, *identify, *((_TRENDING,) if tiles else ()), *_ALWAYS)


async def _first_held(images: list[Image], search: SearchService) -> Picture | None:
    """Return the first of the pictures that the collection holds, no larger than somebody would hand in."""
    for image in images:
        try:
            if (held := await search.picture(_ANYBODY, image, _EDGE)) is not None:
                return held
        except ProviderError as error:
            log.info("no picture to hand in: %s", error)
    return None
