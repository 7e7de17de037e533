"""The examples of the try-out page: what the starter set has something for."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.collection.starter.samples import known_sample, source_page, unknown_sample
from bot.tryout.examples import Example, Examples, SourcePage

SOURCES = "https://starter.magpie.example/"

_OPENING = Example("Cats", "image", {"query": "cat"})
_BUTTONS = (
    _OPENING,
    Example("猫 (a cat, in Japanese)", "image", {"query": "猫"}),
    Example("Red panda, wide", "image", {"query": "red panda", "shape": "Wide", "license": "Public"}),
    Example("Sunsets", "image", {"query": "sunset"}),
    Example("Identify a sample picture", "identify", picture="known.jpg"),
    Example("Identify an unknown picture", "identify", picture="unknown.jpg"),
    Example("Trending", "trending"),
    Example("SafeSearch of this channel", "safesearch show"),
    Example("Help", "about"),
)


def starter_examples(folder: Path, ready: asyncio.Event, complete: asyncio.Event) -> Examples:
    """Examples over the starter set that is drawn into a folder; the events are those of `Examples`."""

    def picture(name: str) -> bytes | None:
        return unknown_sample() if name == "unknown.jpg" else known_sample(folder) if name == "known.jpg" else None

    def page(name: str) -> SourcePage | None:
        found = source_page(folder, f"{SOURCES}{name}")
        return SourcePage(found.title, found.lines, found.picture) if found else None

    return Examples(_OPENING, _BUTTONS, picture, SOURCES, page, ready, complete)
