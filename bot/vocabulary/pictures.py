"""Reading the picture vocabulary and answering questions about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

VOCABULARY_FILE = Path(__file__).with_name("pictures.txt")
NAME_LANGUAGES = ("en", "de", "es", "fr", "ja", "pt")
"""The languages of the names, in the order of the file's columns."""

_NUMBERED = re.compile(r"(\d{1,3})\s+(.*)", re.DOTALL)
_KIND = re.compile(r"\[([^\]]+)\]")


class VocabularyError(ValueError):
    """The file is not written as it should be; ``str()`` names the line."""


@dataclass(frozen=True, slots=True)
class Concept:
    """Something that pictures show, or a kind of such things.

    Attributes:
        key: its first English name, by which the others know it.
        names: by language, the most usual name first; never empty.
        kinds: keys of what it is directly a kind of.
        number: its place among ImageNet's classes, None if it is not among them.
    """

    key: str
    names: Mapping[str, tuple[str, ...]]
    kinds: tuple[str, ...]
    number: int | None = None

    def name(self, locale: str = "en") -> str:
        """Its usual name in the language of a locale such as ``pt-BR``; English where the language is not known."""
        return self.names.get(locale[:2].lower(), self.names["en"])[0]


@dataclass(frozen=True)
class Vocabulary:
    """All things by key, in the order of the file."""

    things: Mapping[str, Concept]
    _below: dict[str, list[str]] = field(init=False, repr=False)
    _numbered: dict[int, Concept] = field(init=False, repr=False)
    _named: dict[str, dict[str, None]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        below: dict[str, list[str]] = {}
        named: dict[str, dict[str, None]] = {}
        for thing in self.things.values():
            for kind in thing.kinds:
                below.setdefault(kind, []).append(thing.key)
            for name in (name for names in thing.names.values() for name in names):
                named.setdefault(name.casefold(), {})[thing.key] = None
        object.__setattr__(self, "_below", below)
        object.__setattr__(self, "_named", named)
        numbered = {thing.number: thing for thing in self.things.values() if thing.number is not None}
        object.__setattr__(self, "_numbered", numbered)

    def of_class(self, number: int) -> Concept | None:
        """The thing with this place among ImageNet's classes (0 to 999)."""
        return self._numbered.get(number)

    def named(self, name: str) -> tuple[Concept, ...]:
        """Things with this name in any of the languages, whatever its case."""
        return tuple(self.things[key] for key in self._named.get(name.casefold(), ()))

    def names(self) -> Iterable[str]:
        """Every name in every language, in lower case, each once."""
        return self._named.keys()

    def kinds_of(self, key: str) -> tuple[str, ...]:
        """Everything that a thing is a kind of, nearest first, without the thing itself."""
        return tuple(self._walk(key, lambda at: self.things[at].kinds if at in self.things else ()))

    def kinds_below(self, key: str) -> tuple[str, ...]:
        """Everything that is a kind of this, nearest first, without the thing itself."""
        return tuple(self._walk(key, lambda at: self._below.get(at, ())))

    def _walk(self, key: str, step: Callable[[str], Iterable[str]]) -> Iterator[str]:
        seen, row = {key}, [key]
        while row:
            row = list(dict.fromkeys(to for at in row for to in step(at) if to not in seen))
            seen.update(row)
            yield from row


def parse_vocabulary(text: str) -> Vocabulary:
    """Read a vocabulary.

    Raises:
        VocabularyError: a line is broken, a thing stands there twice, or a kind is not among the things.
    """
    things: dict[str, Concept] = {}
    kind = ""
    for number, written in enumerate(text.splitlines(), start=1):
        line = written.split("#", 1)[0].strip()
        opened = _KIND.fullmatch(line)
        if opened:
            kind = opened[1].strip()
        elif line:
            thing = _thing(line, kind, number)
            if thing.key in things:
                raise VocabularyError(f"line {number}: {thing.key} stands there twice")
            things[thing.key] = thing
    missing = sorted({kind for thing in things.values() for kind in thing.kinds} - set(things))
    if missing:
        raise VocabularyError(f"kinds that are no things themselves: {', '.join(missing)}")
    return Vocabulary(things)


def _thing(line: str, kind: str, number: int) -> Concept:
    written, *further = (part.strip() for part in line.split("+"))
    numbered = _NUMBERED.fullmatch(written)
    columns = [column.strip() for column in (numbered[2] if numbered else written).split("|")]
    if len(columns) > len(NAME_LANGUAGES):
        raise VocabularyError(f"line {number}: more columns than languages")
    listed = [tuple(name for part in column.split(",") if (name := part.strip())) for column in columns]
    english = listed[0]
    if not english:
        raise VocabularyError(f"line {number}: no English name")
    names = {
        language: names if names and names != ("=",) else english
        for language, names in zip(NAME_LANGUAGES, listed + [()] * (len(NAME_LANGUAGES) - len(listed)), strict=True)
    }
    kinds = tuple(dict.fromkeys(each for each in (kind, *further) if each))
    return Concept(english[0], names, kinds, int(numbered[1]) if numbered else None)


@cache
def pictures() -> Vocabulary:
    """The vocabulary that Magpie brings."""
    return parse_vocabulary(VOCABULARY_FILE.read_text("utf-8"))
