"""Reading the catalogues and saying a message in a locale."""

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeGuard

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax.ast import Junk, Message, Pattern, Resource

from .simple_messages import Pieces, filled, pieces_of

DEFAULT_LOCALE = "en-US"
LOCALES = ("en-US", "de", "fr", "es-ES", "pt-BR", "ja")
"""Locales with a catalogue, as Discord names them."""

_MOST = 10**15
"""Larger numbers are nobody's count; Babel fails at some of them."""
_PLAIN = frozenset({str, int, float})
_FOLDER = Path(__file__).parent
_NEAR = {"en": "en-US", "es": "es-ES", "pt": "pt-BR"}
_VARIANTS = frozenset({"en-GB", "es-419"})
"""Discord's locales that read another one's catalogue but write numbers, prices and days in a way of their own.

A folder of such a name holds the messages that are spelled otherwise there, and no more.
"""


def nearest_locale(locale: str | None) -> str:
    """Return the catalogue for a Discord locale: the same one, one of the same language, else English."""
    if locale in LOCALES:
        return str(locale)
    language = (locale or "").partition("-")[0].lower()
    return _NEAR.get(language, language if language in LOCALES else DEFAULT_LOCALE)


def reader_locale(locale: str | None) -> str:
    """Return the locale to write numbers and days in: the reader's own if their language has a catalogue."""
    return str(locale) if locale in _VARIANTS else nearest_locale(locale)


def catalogue_digest() -> bytes:
    """Return what changes whenever a word of any catalogue does."""
    digest = hashlib.sha256()
    for path in sorted(_FOLDER.glob("*/*.ftl")):
        digest.update(f"{path.parent.name}/{path.name}\n".encode() + path.read_bytes())
    return digest.digest()


def forget_unused() -> None:
    """Let go of all catalogues that were read; each is read again when somebody needs it."""
    for kept in (_fixed, _resolved, _pieces, _patterns, _bundle, _read):
        kept.cache_clear()


def known_keys(locale: str = DEFAULT_LOCALE) -> frozenset[str]:
    """Return the keys that a locale's own catalogue holds."""
    return _read(locale)[1]


def say(locale: str | None, key: str, /, **arguments: object) -> str:
    """Return the sentence for a key in the locale, or in English where that catalogue lacks it.

    Numbers are passed on as numbers, for plurals, and are written as the reader's language writes them; anything else
    becomes text. Third-party text among the arguments must have been cleaned by the caller.

    Raises:
        KeyError: no catalogue has the key.
    """
    if not arguments:
        return _fixed(locale, key)
    pieces = _pieces(locale, key)
    text = filled(pieces, arguments) if pieces is not None else None
    if text is not None:
        return text
    if all(type(value) in _PLAIN for value in arguments.values()):
        return _resolved(locale, key, tuple((name, type(value), value) for name, value in arguments.items()))
    return _find(locale, key, arguments)


@lru_cache(maxsize=4096)
def _fixed(locale: str | None, key: str) -> str:
    return _find(locale, key, {})


@lru_cache(maxsize=4096)
def _resolved(locale: str | None, key: str, arguments: tuple[tuple[str, type, object], ...]) -> str:
    """Remember plurals and choices: a count stands on every page of an answer. Types keep 1 and 1.0 apart."""
    return _find(locale, key, {name: value for name, _, value in arguments})


@lru_cache(maxsize=4096)
def _pieces(locale: str | None, key: str) -> Pieces | None:
    for name in _chain(locale):
        if key in known_keys(name):
            return pieces_of(_patterns(name)[key])
    return None


@cache
def _chain(locale: str | None) -> tuple[str, ...]:
    """Return the catalogues to look in: the few words of the reader's own spelling, their language's, English."""
    return tuple(dict.fromkeys((reader_locale(locale), nearest_locale(locale), DEFAULT_LOCALE)))


@cache
def _patterns(locale: str) -> dict[str, Pattern | None]:
    """Return what each key of a catalogue says; of two of the same name the first, as in a bundle."""
    found: dict[str, Pattern | None] = {}
    for resource in _read(locale)[0]:
        for entry in resource.body:
            if isinstance(entry, Message):
                found.setdefault(entry.id.name, entry.value)
    return found


def _find(locale: str | None, key: str, arguments: Mapping[str, object]) -> str:
    values = {name: value if _is_countable(value) else _as_text(value) for name, value in arguments.items()}
    for name in _chain(locale):
        if key in known_keys(name):
            reader = reader_locale(locale) if nearest_locale(locale) == nearest_locale(name) else DEFAULT_LOCALE
            return _format(_bundle(name, reader), key, values)
    raise KeyError(key)


def _is_countable(value: object) -> TypeGuard[int | float]:
    """True for numbers that a language has a way to write."""
    return isinstance(value, int | float) and -_MOST < value < _MOST


def _as_text(value: object) -> str:
    """Return what is no number as text, and a number beyond all counting in the short way of sciences."""
    return f"{Decimal(value):.3g}" if isinstance(value, int | float) else str(value)


def _format(bundle: FluentBundle, key: str, values: Mapping[str, str | int | float]) -> str:
    pattern = bundle.get_message(key).value
    if pattern is None:
        raise KeyError(key)
    text, errors = bundle.format_pattern(pattern, dict(values))
    if errors:
        raise LookupError(f"{key}: {errors[0]}")
    return str(text)


@cache
def _bundle(catalogue: str, reader: str) -> FluentBundle:
    """Return a catalogue's messages with the reader's way to write numbers."""
    bundle = FluentBundle([reader], use_isolating=False)
    for resource in _read(catalogue)[0]:
        bundle.add_resource(resource)
    return bundle


@cache
def _read(locale: str) -> tuple[tuple[Resource, ...], frozenset[str]]:
    """Read a catalogue: its files, and the keys of its messages.

    Raises:
        ValueError: a part of a file is not Fluent.
    """
    resources: list[Resource] = []
    keys: set[str] = set()
    for path in sorted((_FOLDER / locale).glob("*.ftl")):
        resource = FluentResource(path.read_text(encoding="utf-8"))
        resources.append(resource)
        for entry in resource.body:
            match entry:
                case Junk():
                    raise ValueError(f"{locale}/{path.name} has a part that is not Fluent: {entry.content!r}")
                case Message():
                    keys.add(entry.id.name)
                case _:
                    continue
    return tuple(resources), frozenset(keys)
