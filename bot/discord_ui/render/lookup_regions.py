"""Parts of a picture that can be looked at alone: recognised boxes, and the cells of a grid of three by three."""

from dataclasses import dataclass

from bot.bing_v7 import Crop, ImageInsights
from bot.discord_ui.model.lookup_session import boxes_of
from bot.discord_ui.model.message import Option
from bot.discord_ui.model.sanitize import clean
from bot.i18n import say

WHOLE = "whole"
CELL_ROWS = (("top-left", "top", "top-right"), ("left", "middle", "right"), ("bottom-left", "bottom", "bottom-right"))
"""The cells as people read them."""
CELLS = tuple(name for row in CELL_ROWS for name in row)
MAX_BOXES = 15
_LEAST = 0.02
"""Boxes with a shorter side, as a fraction, show nothing that could be looked up."""


@dataclass(frozen=True, slots=True)
class PicturePart:
    """A part of a picture: its name (``top-left``, ``box:2``), where it is, and who or what is recognised there."""

    name: str
    crop: Crop
    shows: str | None = None


def cell(name: str) -> Crop | None:
    """Return where a cell of the grid is; None for any other name."""
    if name not in CELLS:
        return None
    row, column = divmod(CELLS.index(name), 3)
    return Crop(left=column / 3, top=row / 3, right=(column + 1) / 3, bottom=(row + 1) / 3)


def boxes(answer: ImageInsights | None) -> tuple[PicturePart, ...]:
    """Return the recognised regions that can be looked up, numbered from 1 as ``box:1``."""
    parts: list[PicturePart] = []
    for number, box in enumerate(boxes_of(answer) if answer else (), start=1):
        if box.region is None:
            continue
        left, top, right, bottom = (
            min(1.0, max(0.0, side)) for side in (box.region.left, box.region.top, box.region.right, box.region.bottom)
        )
        if right - left < _LEAST or bottom - top < _LEAST:
            continue
        who = box.matching_entities[0].entity.name if box.matching_entities else None
        parts.append(PicturePart(f"box:{number}", Crop(left=left, top=top, right=right, bottom=bottom), who))
    return tuple(parts[:MAX_BOXES])


def find_part(name: str, answer: ImageInsights | None) -> PicturePart | None:
    """Return the part of that name; None if there is none (the whole picture is no part)."""
    crop = cell(name)
    if crop is not None:
        return PicturePart(name, crop)
    return next((part for part in boxes(answer) if part.name == name), None)


def part_words(name: str, locale: str, shows: str | None = None) -> str:
    """Return a part's name in words, without markdown."""
    if name.startswith("box:"):
        number = name.removeprefix("box:")
        who = clean(shows, 60)
        return (
            say(locale, "region-box", number=number, name=who)
            if who
            else say(locale, "region-box-plain", number=number)
        )
    return say(locale, f"region-{name}") if name in {WHOLE, *CELLS} else name


def options(answer: ImageInsights | None, locale: str) -> tuple[Option, ...]:
    """Return the lines of the menu: what was recognised, by the numbers drawn on the picture."""
    return tuple(Option(clean(part_words(part.name, locale, part.shows), 100), part.name) for part in boxes(answer))
