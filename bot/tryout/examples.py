"""What a try-out offers besides the bot itself: things to press, pictures to hand in, pages that sources lead to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

__all__ = ["Example", "Examples", "SourcePage"]


@dataclass(frozen=True)
class Example:
    """A slash command to run with one press.

    Attributes:
        label: what the button says.
        command: name of the command, as it is typed.
        options: values by option, as they are typed.
        picture: name of the picture that goes into the option `image`, None if there is none.
    """

    label: str
    command: str
    options: Mapping[str, str] = field(default_factory=dict[str, str])
    picture: str | None = None


@dataclass(frozen=True)
class SourcePage:
    """What the page shows to which a source leads: a title, lines below it, and the picture itself."""

    title: str
    lines: tuple[str, ...]
    picture: bytes


@dataclass
class Examples:
    """Everything offered; by default nothing is. It may be replaced until ``ready`` is set.

    Attributes:
        opening: is run when the try-out starts, so that an answer is there already.
        buttons: the examples to press, in their order.
        picture: gives the bytes of a picture by its name, None if there is none of that name; may be slow.
        source_prefix: how the addresses begin that the try-out answers itself.
        source_page: gives the page by what comes behind that, None if there is none; may be slow.
        ready: is set once the examples find something.
        complete: is set once everything can be found that is going to be.
    """

    opening: Example | None = None
    buttons: tuple[Example, ...] = ()
    picture: Callable[[str], bytes | None] = lambda _name: None
    source_prefix: str = ""
    source_page: Callable[[str], SourcePage | None] = lambda _name: None
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    complete: asyncio.Event = field(default_factory=asyncio.Event)
