"""Words of like meaning, from the picture vocabulary: other names, other languages, and what is a kind of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

from bot.collection.text.lemmas import bases_if_ready, is_english
from bot.collection.text.tokens import is_unspaced, tokens
from bot.vocabulary import NAME_LANGUAGES, Concept, pictures

NameWords = tuple[str, ...]
MOST_NAMES = 200
"""Names that one word is searched by at most."""
_LONGEST = 4
_QUALITY = "quality"
_ABSTRACT = frozenset({"object", "quality", "style", "activity"})
"""Kinds of which nobody searches pictures."""
_TELLING = {
    "de": ("und", "mit", "eine", "einem", "auf", "zwischen"),
    "es": ("una", "con", "sobre", "entre", "junto", "bajo"),
    "fr": ("une", "dans", "avec", "sur", "aux", "sous"),
    "pt": ("uma", "com", "numa", "pelo", "pela", "entre"),
}
"""Function words that captions of a language are full of and names in others seldom hold."""
_LEAST_TELLING = 3
_ANIMAL, _FOOD = "animal", "food"


class Sense(NamedTuple):
    """What a run of words means.

    Attributes:
        length: how many words it takes up.
        things: what it may be.
        names: folded names to search for instead, the nearest first, without the words themselves.
    """

    length: int
    things: tuple[Concept, ...]
    names: tuple[NameWords, ...]

    @property
    def is_quality(self) -> bool:
        """Whether it only says how something is: a colour, a size, a mood."""
        return all(_QUALITY in thing.kinds for thing in self.things)


@cache
def _names() -> dict[str, dict[NameWords, tuple[Concept, ...]]]:
    """Things by language and folded name."""
    found: dict[str, dict[NameWords, dict[str, Concept]]] = {language: {} for language in NAME_LANGUAGES}
    for thing in pictures().things.values():
        for language, names in thing.names.items():
            for name in names:
                found[language].setdefault(tuple(tokens(name)), {})[thing.key] = thing
    return {
        language: {name: tuple(things.values()) for name, things in names.items()} for language, names in found.items()
    }


def things_named(words: NameWords, written: str = "", language: str = "") -> tuple[Concept, ...]:
    """Things that words name: in the reader's language if it has them, else in English, else in any other.

    Args:
        words: folded.
        written: one word as it was typed, for its base forms.
        language: the reader's, such as ``pt-BR``.
    """
    forms = [words, *((base,) for base in (bases_if_ready(written or words[0]) if len(words) == 1 else ()))]
    own = language[:2].lower()
    order = list(NAME_LANGUAGES)
    if own in order:
        order = [own, *(language for language in order if language != own)]
    for form in forms:
        for spoken in order:
            if things := _names()[spoken].get(form):
                return things
    return ()


def sense_of(
    words: Sequence[str], written: Sequence[str], language: str, occurs: Callable[[str], bool]
) -> Sense | None:
    """The meaning of the longest run of words at the beginning, None if the vocabulary knows none.

    Args:
        words: folded words of a query.
        written: the same as they were typed.
        language: the reader's.
        occurs: whether a folded word occurs in the collection at all.
    """
    for length in range(min(_LONGEST, len(words)), 0, -1):
        run = tuple(words[:length])
        things = things_named(run, written[0] if length == 1 else "", language)
        if things:
            return Sense(length, things, _names_of(things, run, occurs, language))
    return None


def sense_of_whole(words: NameWords, language: str, occurs: Callable[[str], bool]) -> Sense | None:
    """The meaning of one term of several tokens, such as a word of a writing without blanks."""
    things = things_named(words, "", language)
    return Sense(1, things, _names_of(things, words, occurs, language)) if things else None


def _names_of(
    things: Iterable[Concept], own: NameWords, occurs: Callable[[str], bool], language: str
) -> tuple[NameWords, ...]:
    """Names of things and of what is a kind of them; what occurs nowhere need not be asked for."""
    found: dict[NameWords, None] = {}
    spoken = _spoken(occurs, language)
    for name in (name for thing in things for name in _all_names(thing, spoken)):
        if name != own and all(is_unspaced(word) or occurs(word) for word in name):
            found[name] = None
    for thing in things:
        alive = _ANIMAL in {thing.key, *pictures().kinds_of(thing.key)}
        for key in pictures().kinds_below(thing.key):
            if not (alive and _FOOD in pictures().kinds_of(key)):  # who looks for birds means no plate of chicken
                names = _all_names(pictures().things[key], spoken)
                found.update(dict.fromkeys(name for name in names if name != own and all(map(occurs, name))))
    return tuple(islice((name for name in found if name), MOST_NAMES))


def _spoken(occurs: Callable[[str], bool], language: str) -> frozenset[str]:
    """The languages of the reader and of the captions, as far as function words tell."""
    known = {spoken for spoken, words in _TELLING.items() if sum(map(occurs, words)) >= _LEAST_TELLING}
    return frozenset({language[:2].lower(), *known})


def _all_names(thing: Concept, spoken: frozenset[str]) -> Iterator[NameWords]:
    """Names in all languages, but none that is another word in English, unless its own language is spoken here.

    A cat is "chat" in French: among English captions that finds people who talk.
    """
    english = {tuple(tokens(name)) for name in thing.names["en"]}
    for language, names in thing.names.items():
        for name in (tuple(tokens(each)) for each in names):
            if language in spoken or len(name) > 1 or name in english or not (name and is_english(name[0])):
                yield name


def broader(words: NameWords, language: str = "") -> frozenset[str]:
    """Folded English names of everything that words name a kind of."""
    things = things_named(words, "", language)
    kinds = {kind for thing in things for kind in pictures().kinds_of(thing.key)} - _ABSTRACT
    return frozenset(" ".join(tokens(name)) for kind in kinds for name in pictures().things[kind].names["en"])


def segments(text: str) -> list[str]:
    """Cut Japanese into the names that the vocabulary knows, the longest first; what lies between stays together."""
    known, rest, at = _names()["ja"], "", 0
    found: list[str] = []
    while at < len(text):
        for length in range(min(10, len(text) - at), 0, -1):
            piece = text[at : at + length]
            if tuple(tokens(piece)) in known:
                found += [rest, piece]
                rest, at = "", at + length
                break
        else:
            rest, at = rest + text[at], at + 1
    return [piece for piece in [*found, rest] if piece]
