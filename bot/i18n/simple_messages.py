"""Messages of text and placeholders alone, filled in without Fluent's resolver, which is slower.

Nearly all messages are such. The resolver does the rest: plurals and other selectors, terms, formatted numbers.
"""

from collections.abc import Mapping

from fluent.syntax.ast import Pattern, Placeable, TextElement, VariableReference

Pieces = tuple[tuple[str, str | None], ...]
"""Texts, each with the name of the placeholder behind it (None behind the last)."""

_SAME_EVERYWHERE = 1000
"""Whole numbers below this are written alike in every language that has a catalogue."""


def plain_text(source: str) -> str | None:
    """Return the text of a message whose source is one line of text and nothing else, as most are; else None.

    A source may end with the blank lines and comments that stand before the next message.
    """
    line, _, rest = source.partition("\n")
    if "{" in line or "}" in line or any(more and not more.startswith("#") for more in rest.split("\n")):
        return None
    return line.partition("=")[2].strip(" ") or None


def pieces_of(pattern: Pattern | None) -> Pieces | None:
    """Return the pieces of a message, None if it has anything but text and placeholders."""
    if pattern is None:
        return None
    pieces: list[tuple[str, str | None]] = []
    words = ""
    for element in pattern.elements:
        match element:
            case TextElement(value=str(text)):
                words += text
            case Placeable(expression=VariableReference(id=name)):
                pieces.append((words, name.name))
                words = ""
            case _:
                return None
    return (*pieces, (words, None))


def filled(pieces: Pieces, values: Mapping[str, object]) -> str | None:
    """Return the message with its placeholders filled; None if that takes the resolver."""
    text = ""
    for words, name in pieces:
        text += words
        if name is None:
            continue
        value = values.get(name)
        if not isinstance(value, str) and not (type(value) is int and 0 <= value < _SAME_EVERYWHERE):
            return None
        text += str(value)
    return text
