"""Reading the catalogues and saying a message in a locale."""

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax.ast import Junk, Message

DEFAULT_LOCALE = "en-US"
LOCALES = ("en-US", "de", "fr", "es-ES", "pt-BR", "ja")
"""Locales with a catalogue, as Discord names them."""

_FOLDER = Path(__file__).parent
_NEAR = {"en": "en-US", "es": "es-ES", "pt": "pt-BR"}


def nearest_locale(locale: str | None) -> str:
    """Return the catalogue for a Discord locale: the same one, one of the same language, else English."""
    if locale in LOCALES:
        return str(locale)
    language = (locale or "").partition("-")[0].lower()
    return _NEAR.get(language, language if language in LOCALES else DEFAULT_LOCALE)


def known_keys(locale: str = DEFAULT_LOCALE) -> frozenset[str]:
    """Return the keys that a locale's own catalogue holds."""
    return frozenset(_load(locale)[1])


def say(locale: str | None, key: str, /, **arguments: object) -> str:
    """Return the sentence for a key in the locale, or in English where that catalogue lacks it.

    Numbers are passed on as numbers (for plurals); anything else becomes text. Third-party text among the arguments
    must have been cleaned by the caller.

    Raises:
        KeyError: no catalogue has the key.
    """
    if not arguments:
        return _fixed(locale, key)
    return _find(locale, key, arguments)


@lru_cache(maxsize=4096)
def _fixed(locale: str | None, key: str) -> str:
    return _find(locale, key, {})


def _find(locale: str | None, key: str, arguments: Mapping[str, object]) -> str:
    values = {name: value if isinstance(value, int | float) else str(value) for name, value in arguments.items()}
    for name in (nearest_locale(locale), DEFAULT_LOCALE):
        bundle, keys = _load(name)
        if key in keys:
            return _format(bundle, key, values)
    raise KeyError(key)


def _format(bundle: FluentBundle, key: str, values: Mapping[str, str | int | float]) -> str:
    pattern = bundle.get_message(key).value
    if pattern is None:
        raise KeyError(key)
    text, errors = bundle.format_pattern(pattern, dict(values))
    if errors:
        raise LookupError(f"{key}: {errors[0]}")
    return str(text)


@cache
def _load(locale: str) -> tuple[FluentBundle, frozenset[str]]:
    bundle = FluentBundle([locale], use_isolating=False)
    keys: set[str] = set()
    for path in sorted((_FOLDER / locale).glob("*.ftl")):
        resource = FluentResource(path.read_text(encoding="utf-8"))
        bundle.add_resource(resource)
        for entry in resource.body:
            match entry:
                case Junk():
                    raise ValueError(f"{locale}/{path.name} has a part that is not Fluent: {entry.content!r}")
                case Message():
                    keys.add(entry.id.name)
                case _:
                    continue
    return bundle, frozenset(keys)
