"""A message as a value, before any Discord object is made of it.

Views make these, ``embeds.py`` turns them into what discord.py sends. All text in here is ready to be shown:
third-party text has been through ``clean_markdown()`` or ``clean()``.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.bing_v7 import Picture


class Style(StrEnum):
    """Colour of a button."""

    GREY = "secondary"
    BLUE = "primary"
    RED = "danger"
    GREEN = "success"


@dataclass(frozen=True, slots=True)
class Button:
    """A button that does something (``action``, see ``component_ids.py``) or opens a page (``url``)."""

    action: str = ""
    label: str | None = None
    emoji: str | None = None
    style: Style = Style.GREY
    disabled: bool = False
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a select menu."""

    label: str
    value: str
    description: str | None = None
    emoji: str | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class SelectMenu:
    """A select menu; one choice. ``of_channels``: Discord fills it with the server's channels and categories."""

    action: str
    placeholder: str
    options: tuple[Option, ...] = ()
    of_channels: bool = False


ControlRow = tuple[Button, ...] | SelectMenu


@dataclass(frozen=True, slots=True)
class Field:
    """A named part of an embed."""

    name: str
    value: str
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """An embed; ``image`` and ``thumbnail`` are web addresses or ``attachment://`` names."""

    title: str | None = None
    url: str | None = None
    description: str | None = None
    color: int | None = None
    author: str | None = None
    footer: str | None = None
    image: str | None = None
    thumbnail: str | None = None
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class GalleryItem:
    """A picture of a gallery with its alt text."""

    url: str
    alt: str
    spoiler: bool = False


@dataclass(frozen=True, slots=True)
class Gallery:
    """A Components V2 message: words, pictures with alt text, words, then the rows of controls."""

    heading: str
    items: tuple[GalleryItem, ...]
    sources: str
    footer: str


@dataclass(frozen=True, slots=True)
class Attached:
    """A picture that is uploaded with the message under a safe file name."""

    filename: str
    picture: Picture = field(repr=False)
    alt: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """What one message shows; ``gallery`` excludes ``cards`` and ``text``."""

    text: str | None = None
    cards: tuple[Card, ...] = ()
    gallery: Gallery | None = None
    rows: tuple[ControlRow, ...] = ()
    files: tuple[Attached, ...] = ()
