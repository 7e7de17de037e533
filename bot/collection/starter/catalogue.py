"""The list of starter pictures: each drawing says its title, tags and size where it is defined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PIL import Image

from .kit import Canvas

Size = tuple[int, int]
WIDE, TALL, SQUARE, SMALL = (640, 420), (400, 600), (480, 480), (180, 180)
WALLPAPER: Size = (1280, 720)


@dataclass(frozen=True, slots=True)
class StarterEntry:
    """A starter picture.

    Attributes:
        title: its name, also the file's.
        tags: words for it.
        gallery: the series that it belongs to.
        kind: photo, clipart or line, in v7's words.
        rating: safe, or adult for the few that demonstrate SafeSearch.
        about: a sentence, if the title does not say all.
        frames: draws it; several frames make it move.
        milliseconds: how long each frame stays.
        moving: it has several frames.
    """

    title: str
    tags: tuple[str, ...]
    gallery: str
    kind: str
    rating: str
    about: str
    frames: Callable[[], list[Image.Image]]
    milliseconds: int
    moving: bool = False


ENTRIES: list[StarterEntry] = []
Draw = TypeVar("Draw", bound=Callable[..., None])


def drawn(
    title: str,
    tags: str,
    gallery: str,
    size: Size = SQUARE,
    *,
    clear: bool = False,
    kind: str = "Clipart",
    rating: str = "safe",
    about: str = "",
    frames: int = 1,
    milliseconds: int = 120,
) -> Callable[[Draw], Draw]:
    """Enter a drawing into the list.

    The function gets a canvas, and for a moving picture also how far it is, from 0 to below 1.
    """

    def enter(draw: Draw) -> Draw:
        def pictures() -> list[Image.Image]:
            done: list[Image.Image] = []
            for index in range(frames):
                canvas = Canvas(*size, clear=clear)
                draw(canvas, index / frames) if frames > 1 else draw(canvas)
                done.append(canvas.finish())
            return done

        ENTRIES.append(
            StarterEntry(
                title, tuple(tags.split()), gallery, kind, rating, about, pictures, milliseconds, moving=frames > 1
            )
        )
        return draw

    return enter
