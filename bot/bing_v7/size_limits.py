"""Bounds on how much of an answer is read: a list of thousands would hold everything else up.

v7 gives at most 150 pictures an answer, and no service asked here gives more than 200. The largest recorded answers
have 1,900 members in all, one of 150 pictures has about 7,000.
"""

from typing import Any, cast

MOST_ITEMS = 300
"""Items of one list, and fields of one object, that are read."""
MOST_MEMBERS = 12_000
"""Items and fields of a whole v7 answer that are read, at whatever depth."""
LONGEST_TEXT, LONGEST_ADDRESS = 4_000, 10_000
"""Characters of one text, and of one address, that are read."""
MOST_CHARACTERS = 250_000
"""Characters of all texts of a v7 answer that are read; recorded pages have up to 500 a picture.

An address counts for an eighth of its length: recorded pictures have up to 7,500 characters of them.
"""
_ADDRESSES = ("http://", "https://")


class TooLarge(ValueError):
    """One object alone is larger than what is read of a whole answer."""


def limit_size(value: Any, most: int = MOST_ITEMS, members: int = MOST_MEMBERS, characters: int | None = None) -> Any:
    """Return JSON with every list and object cut to its first ``most`` members, and no more than ``members`` in all.

    An object inside a list is read whole or not at all, so that no picture loses a mark; the lists of an object share
    what its other fields leave. With ``characters`` texts are cut to `LONGEST_TEXT`, and to so many in all.

    Raises:
        TooLarge: an object that is in no list is larger than that.
    """
    return _Reader(most, members, characters).read(value)


class _Reader:
    def __init__(self, most: int, members: int, characters: int | None) -> None:
        self.most = most
        self.members = members
        self.characters = characters

    def read(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, dict):
            return self._object(cast("dict[str, Any]", value))
        if isinstance(value, list):
            return self._list(cast("list[Any]", value))
        return value

    def _object(self, fields: dict[str, Any]) -> dict[str, Any]:
        kept = fields if len(fields) <= self.most else dict(list(fields.items())[: self.most])
        self._take(len(kept))
        read = {name: self.read(field) for name, field in kept.items() if not isinstance(field, list)}
        return {name: read[name] if name in read else self._list(field) for name, field in kept.items()}

    def _list(self, items: list[Any]) -> list[Any]:
        read: list[Any] = []
        for item in items[: self.most]:
            before = self.members, self.characters
            try:
                self._take(1)
                read.append(self.read(item))
            except TooLarge:
                self.members, self.characters = before
                break
        return read

    def _text(self, text: str) -> str:
        if self.characters is None or text.startswith("data:"):  # a picture inside an address
            return text
        if is_address := text.startswith(_ADDRESSES) and len(text.split(maxsplit=1)) == 1:
            text = text[:LONGEST_ADDRESS]
        else:
            text = text[:LONGEST_TEXT]
        self.characters -= len(text) // 8 if is_address else len(text)
        if self.characters < 0:
            raise TooLarge("more text than is read of an answer")
        return text

    def _take(self, count: int) -> None:
        self.members -= count
        if self.members < 0:
            raise TooLarge("larger than what is read of an answer")
