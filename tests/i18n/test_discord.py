"""Discord is told the names of commands, options and choices in every language that has a catalogue."""

import unicodedata
from collections.abc import Iterator
from typing import Any

import discord
import pytest
import pytest_asyncio
from discord.app_commands import TranslationContext, TranslationContextLocation, locale_str

from bot.client import CommandTranslator
from bot.i18n import say
from bot.settings import Settings
from tests.commands_sent import commands_sent

TOLD = {"de": "de", "fr": "fr", "es-ES": "es-ES", "es-419": "es-ES", "pt-BR": "pt-BR", "ja": "ja"}
"""Discord's locales that get words, and the catalogue each is read from."""

SPELLED = {"en-GB"}
"""Discord's locales that get only the words that are spelled otherwise there."""

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def payload(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """All commands as Discord is told about them."""
    settings = Settings.model_validate(
        {"data_dir": tmp_path_factory.mktemp("data"), "v7_endpoint": "http://127.0.0.1:9/v7.0", "v7_key": "none"}
    )
    return await commands_sent(settings)


def named(part: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Give a command and every option and choice inside it, with its path."""
    here = f"{path}/{part['name']}"
    yield here, part
    for inner in (*(part.get("options") or []), *(part.get("choices") or [])):
        yield from named(inner, here)


async def test_whatever_has_a_name_has_one_in_every_language(payload: list[dict[str, Any]]) -> None:
    parts = [found for command in payload for found in named(command)]
    assert len(parts) > 80
    for path, part in parts:
        assert (part.get("name_localizations") or {}).keys() - SPELLED == TOLD.keys(), f"{path}: see TOLD"
        if part.get("description"):
            assert (part.get("description_localizations") or {}).keys() - SPELLED == TOLD.keys(), f"{path}: see TOLD"


async def test_what_is_spelled_otherwise_is_told_too(payload: list[dict[str, Any]]) -> None:
    told = [part for command in payload for _, part in named(command) if "en-GB" in (part["name_localizations"] or {})]
    assert {part["name_localizations"]["en-GB"] for part in told} >= {"colour", "licence", "Grey"}


async def test_a_description_is_never_the_english_one(payload: list[dict[str, Any]]) -> None:
    for path, part in (found for command in payload for found in named(command)):
        for locale, words in (part.get("description_localizations") or {}).items():
            assert words != part["description"], (path, locale)


async def test_commands_beside_each_other_have_different_names(payload: list[dict[str, Any]]) -> None:
    groups = [payload, *(part["options"] for command in payload for _, part in named(command) if part.get("options"))]
    for group in groups:
        for locale in TOLD:
            names = [(part.get("type", 1), part["name_localizations"][locale]) for part in group]
            assert len(names) == len(set(names)), (locale, names)


async def test_choices_beside_each_other_have_different_names(payload: list[dict[str, Any]]) -> None:
    for path, part in (found for command in payload for found in named(command)):
        for locale in TOLD:
            names = [choice["name_localizations"][locale] for choice in part.get("choices") or []]
            assert len(names) == len(set(names)), (path, locale, names)


COMBINED = 8000
"""Characters that names, descriptions and values of one command may have in all; the longest language counts."""


def is_name(text: str) -> bool:
    """Follow Discord's rule for names of commands and options: letters, digits, ``-``, ``_``, ``'``; 1 to 32."""
    signs = (sign in "-_'" or unicodedata.category(sign)[0] in "LN" for sign in text)
    return 1 <= len(text) <= 32 and all(signs) and text == text.lower()


def spelled(part: dict[str, Any], field: str) -> list[str]:
    """Return a field in English and in every language it has."""
    return [part[field], *(part.get(f"{field}_localizations") or {}).values()]


async def test_names_and_descriptions_keep_to_discords_rules_in_every_language(payload: list[dict[str, Any]]) -> None:
    for command in payload:
        slash = command.get("type", 1) == 1
        for path, part in named(command):
            choice = "value" in part
            for name in spelled(part, "name"):
                assert (1 <= len(name) <= 100) if choice or not slash else is_name(name), (path, name)
            for words in spelled(part, "description") if part.get("description") else ():
                assert 1 <= len(words) <= 100, (path, words)


async def test_no_command_is_longer_than_discord_takes(payload: list[dict[str, Any]]) -> None:
    for command in payload:
        longest = sum(
            max(map(len, spelled(part, "name")))
            + (max(map(len, spelled(part, "description"))) if part.get("description") else 0)
            + len(str(part.get("value", "")))
            for _, part in named(command)
        )
        assert longest <= COMBINED, (command["name"], longest)


@pytest.mark.parametrize(
    ("name", "good"),
    [("größe", True), ("ブロック解除", True), ("où", True), ("Größe", False), ("zwei worte", False), ("", False),
     ("x" * 33, False), ("画像!", False)],
)  # fmt: skip
async def test_the_rule_for_names(name: str, good: bool) -> None:
    assert is_name(name) is good


CONTEXT: Any = TranslationContext(TranslationContextLocation.other, None)
"""Where a word is shown; the translator does not look at it."""


@pytest.mark.parametrize("locale", list(discord.Locale))
async def test_each_of_discords_languages_gets_its_own_words_or_none(locale: discord.Locale) -> None:
    words = await CommandTranslator().translate(locale_str("x", key="command-image-description"), locale, CONTEXT)
    catalogue = TOLD.get(locale.value)
    assert words == (say(catalogue, "command-image-description") if catalogue else None)


async def test_words_without_a_key_or_with_an_unknown_one_are_left_as_they_are() -> None:
    for string in (locale_str("x"), locale_str("x", key="no-such-key"), locale_str("x", key=5)):
        assert await CommandTranslator().translate(string, discord.Locale.german, CONTEXT) is None
