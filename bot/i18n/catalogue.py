"""Reading the catalogues and saying a message in a locale."""

import hashlib
import re
from collections.abc import KeysView, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeGuard

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax.ast import EntryType, Message, Resource

from .simple_messages import Pieces, filled, pieces_of, plain_text

DEFAULT_LOCALE = "en-US"
LOCALES = ("en-US", "de", "fr", "es-ES", "pt-BR", "ja")
"""Locales with a catalogue, as Discord names them."""

_MOST = 10**15
"""Larger numbers are not real counts; Babel fails at some of them."""
_PLAIN = frozenset({str, int, float})
_BEGINNING = re.compile(r"^(?=[A-Za-z])", re.MULTILINE)
"""Where a message begins: what belongs to the one before is indented, or begins with a sign."""
_REFERENCE = re.compile(r"\{\s*([A-Za-z][\w-]*)")
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
    """Return a hash of all catalogues, which changes with any text."""
    digest = hashlib.sha256()
    for path in sorted(_FOLDER.glob("*/*.ftl")):
        digest.update(f"{path.parent.name}/{path.name}\n".encode() + path.read_bytes())
    return digest.digest()


def forget_unused() -> None:
    """Drop all catalogues from memory; each is read again when needed."""
    for kept in (_fixed, _resolved, _pieces, _bundle, _message, _sources):
        kept.cache_clear()


def known_keys(locale: str = DEFAULT_LOCALE) -> KeysView[str]:
    """Return the keys that a locale's own catalogue holds."""
    return _sources(locale).keys()


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
    source = next((found for name in _chain(locale) if (found := _sources(name).get(key)) is not None), "")
    return plain_text(source) or _find(locale, key, {})


@lru_cache(maxsize=4096)
def _resolved(locale: str | None, key: str, arguments: tuple[tuple[str, type, object], ...]) -> str:
    """Remember plurals and choices: a count stands on every page of an answer. Types keep 1 and 1.0 apart."""
    return _find(locale, key, {name: value for name, _, value in arguments})


@lru_cache(maxsize=4096)
def _pieces(locale: str | None, key: str) -> Pieces | None:
    for name in _chain(locale):
        if key in known_keys(name):
            return pieces_of(_message(name, key).value)
    return None


@cache
def _chain(locale: str | None) -> tuple[str, ...]:
    """Return the catalogues to look in: the few words of the reader's own spelling, their language's, English."""
    return tuple(dict.fromkeys((reader_locale(locale), nearest_locale(locale), DEFAULT_LOCALE)))


def _find(locale: str | None, key: str, arguments: Mapping[str, object]) -> str:
    values = {name: value if _is_countable(value) else _as_text(value) for name, value in arguments.items()}
    for name in _chain(locale):
        if key in known_keys(name):
            reader = reader_locale(locale) if nearest_locale(locale) == nearest_locale(name) else DEFAULT_LOCALE
            return _format(_bundle(name, reader), name, key, values)
    raise KeyError(key)


def _is_countable(value: object) -> TypeGuard[int | float]:
    """True for numbers that a language has a way to write."""
    return isinstance(value, int | float) and -_MOST < value < _MOST


def _as_text(value: object) -> str:
    """Return a value as text, a number too large to format in scientific notation."""
    return f"{Decimal(value):.3g}" if isinstance(value, int | float) else str(value)


def _format(bundle: FluentBundle, catalogue: str, key: str, values: Mapping[str, str | int | float]) -> str:
    if not bundle.has_message(key):
        bundle.add_resource(Resource(_with_references(catalogue, key)))
    pattern = bundle.get_message(key).value
    if pattern is None:
        raise KeyError(key)
    text, errors = bundle.format_pattern(pattern, dict(values))
    if errors:
        raise LookupError(f"{key}: {errors[0]}")
    return str(text)


@cache
def _bundle(catalogue: str, reader: str) -> FluentBundle:  # noqa: ARG001  (each catalogue has bundles of its own)
    """Return what holds a catalogue's messages, as far as they were said, with the reader's way to write numbers."""
    return FluentBundle([reader], use_isolating=False)


def _with_references(locale: str, key: str) -> list[EntryType]:
    """Return a message and those that stand in it."""
    found: dict[str, EntryType] = {}
    wanted = [key]
    for name in wanted:
        if name not in found:
            found[name] = _message(locale, name)
            wanted += known_keys(locale) & set(_REFERENCE.findall(_sources(locale)[name]))
    return list(found.values())


@cache
def _message(locale: str, key: str) -> Message:
    """Parse one message of a catalogue: whole catalogues take a second, and few of their messages are ever said.

    Raises:
        ValueError: it is not Fluent.
    """
    entry = FluentResource(_sources(locale)[key]).body[0]
    if not isinstance(entry, Message):
        raise ValueError(f"{key} of {locale} is not Fluent")  # noqa: TRY004  (a fault of the file)
    return entry


@cache
def _sources(locale: str) -> Mapping[str, str]:
    """Return the source of each message of a catalogue; of two of the same name the first, as in a bundle."""
    found: dict[str, str] = {}
    for path in sorted((_FOLDER / locale).glob("*.ftl")):
        for source in _BEGINNING.split(path.read_text(encoding="utf-8"))[1:]:
            found.setdefault(source.partition("=")[0].strip(), source)
    return found
