"""Base forms of words, and which words are words: from the dictionaries of simplemma, for five of the six languages.

Nobody says in which language a caption is written, so a word has the base forms of every language that knows it; one
that English knows has only those of English. The dictionaries are read as compact streams: about 40 MiB in all,
three seconds of processor time when they are first needed, some ten microseconds a look. Tried beside Snowball's
stemmers, they know what no rule does (wolves, geese, mice, chevaux, Häuser) and never throw animal, animation and anime
together. Japanese has no inflected nouns and needs none.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.metadata import version

from simplemma.strategies.dictionaries.stream_dictionary_factory import StreamDictionaryFactory

from .tokens import fold

LANGUAGES = ("en", "de", "es", "fr", "pt")
"""English first: captions are mostly English."""

_LEAST, _LONGEST = 3, 40
_KEPT = 200_000
_PLURALS = (("ves", ("f", "fe")), ("es", ("",)), ("s", ("",)))
"""Endings to try where a dictionary names the verb of a form (leaves, flores) and people mean the thing."""
_NO_PLURALS = ("ss", "us", "is")


def edition() -> str:
    """Changes whenever base forms may."""
    return f"1-{version('simplemma')}"


_loading = threading.Lock()
_factory = StreamDictionaryFactory(cache_max_size=len(LANGUAGES))


@cache
def _read(language: str) -> Mapping[str, str]:
    return _factory.get_dictionary(language)


def _dictionary(language: str) -> Mapping[str, str]:
    """One language's dictionary, read when it is first needed; whoever needs it meanwhile waits."""
    with _loading:
        return _read(language)


def prepare() -> None:
    """Read all dictionaries, so that nobody has to wait for them later."""
    for language in LANGUAGES:
        _dictionary(language)


@lru_cache(maxsize=_KEPT)
def bases(word: str) -> tuple[str, ...]:
    """Folded base forms of a word as it is written, without the word itself.

    Only the case may be anything; where accents are missing, fewer forms are known.
    """
    if not _LEAST <= len(word) <= _LONGEST or not word.isalpha():
        return ()
    small, own = word.lower(), fold(word)
    if _dictionary("en").get(small) == small:
        return ()
    found = list(_of("en", small)) or [form for language in LANGUAGES[1:] for form in _of(language, small)]
    if not found and small.endswith("s") and len(small) > _LEAST + 1 and not small.endswith(_NO_PLURALS):
        found = [small[:-1]]  # no dictionary knows it: a name, or a word of these days
    folded = (fold(form) for form in found)
    return tuple(dict.fromkeys(form for form in folded if form.isalnum() and form != own))


def _of(language: str, word: str) -> Iterator[str]:
    """The base forms of one language."""
    known = _dictionary(language)
    base = _lookup(language, word)
    if base is None:
        return
    yield base
    if base.lower() != word and language != "de":
        for ending, others in _PLURALS:
            stem = word.removesuffix(ending)
            if stem != word:
                yield from (stem + other for other in others if known.get(stem + other) == stem + other)


def _lookup(language: str, word: str) -> str | None:
    """The base form in one language; German writes its nouns with a capital, and nouns are what pictures show."""
    known = _dictionary(language)
    return (known.get(word.capitalize()) if language == "de" else None) or known.get(word)


@lru_cache(maxsize=_KEPT)
def is_word(word: str) -> bool:
    """Whether a dictionary of any of the languages knows a word, whatever its case."""
    spelt = (word.lower(), word.capitalize())
    return any(each in _dictionary(language) for language in LANGUAGES for each in spelt)
