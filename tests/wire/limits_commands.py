"""What Discord refuses in application commands and autocomplete choices, and openapi.json does not say."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import discord

from .model import Json

CHAT, USER_MENU, MESSAGE_MENU = 1, 2, 3
SUB_COMMAND, SUB_GROUP = 1, 2
MOST_COMMANDS = {CHAT: 100, USER_MENU: 15, MESSAGE_MENU: 15}
MOST_TEXT = 8000
LOCALES = frozenset(locale.value for locale in discord.Locale)
NAME = re.compile(r"[-_'\w\u0900-\u097F\u0E00-\u0E7F]{1,32}")


def commands_problems(commands: list[Json]) -> list[str]:
    """Every rule that a whole set of commands (one scope) breaks."""
    problems: list[str] = []
    kinds = Counter(int(command.get("type") or CHAT) for command in commands)
    problems += [
        f"there are {count} commands of type {kind}; {MOST_COMMANDS.get(kind, 1)} are allowed"
        for kind, count in kinds.items()
        if count > MOST_COMMANDS.get(kind, 1)
    ]
    names = Counter((int(command.get("type") or CHAT), command.get("name")) for command in commands)
    problems += [f"the command {name!r} is there {count} times" for (_, name), count in names.items() if count > 1]
    for command in commands:
        problems += command_problems(command)
    return problems


def command_problems(command: Json) -> list[str]:
    """Every rule that one command breaks."""
    where = f"command {command.get('name')!r}"
    if int(command.get("type") or CHAT) != CHAT:
        problems = _text_problems(where, "name", command, 32)
        return problems + ([f"{where}: a menu entry has no description"] if command.get("description") else [])
    problems = _named_problems(where, command) + _options_problems(where, command.get("options") or [])
    total = _longest_text(command)
    if total > MOST_TEXT:
        problems.append(f"{where}: all its text has {total} characters; {MOST_TEXT} are allowed")
    return problems


def choices_problems(choices: list[Json], kind: int = 3) -> list[str]:
    """Every rule that an autocomplete answer breaks; ``kind`` is the option's type."""
    problems = [f"there are {len(choices)} choices; 25 are allowed"] if len(choices) > 25 else []
    for choice in choices:
        name, value = choice.get("name"), choice.get("value")
        problems += _text_problems(f"choice {name!r}", "name", choice, 100)
        if kind == 3 and (not isinstance(value, str) or not 1 <= len(value) <= 100):
            problems.append(f"choice {name!r}: its value must be a text of 1 to 100 characters")
        if kind in (4, 10) and (isinstance(value, bool) or not isinstance(value, int | float)):
            problems.append(f"choice {name!r}: its value must be a number")
    return problems


def _named_problems(where: str, holder: Json) -> list[str]:
    problems = _text_problems(where, "name", holder, 32) + _text_problems(where, "description", holder, 100)
    names = [str(holder.get("name") or ""), *_localized(holder, "name").values()]
    problems += [
        f"{where}: the name {name!r} must be lower case, without blanks or signs, 1 to 32 long"
        for name in names
        if not NAME.fullmatch(name) or name != name.lower()
    ]
    return problems


def _text_problems(where: str, key: str, holder: Json, most: int) -> list[str]:
    problems: list[str] = []
    texts = {"": str(holder.get(key) or ""), **_localized(holder, key)}
    for locale, text in texts.items():
        label = f"{key} in {locale}" if locale else key
        if not len(text.strip()) >= 1 or len(text) > most:
            problems.append(f"{where}: {label} has {len(text)} characters; 1 to {most} are allowed")
        if locale and locale not in LOCALES:
            problems.append(f"{where}: Discord has no locale {locale!r}")
    return problems


def _localized(holder: Json, key: str) -> dict[str, str]:
    return {locale: str(text) for locale, text in (holder.get(f"{key}_localizations") or {}).items()}


def _options_problems(where: str, options: list[Json]) -> list[str]:
    problems = [f"{where}: {len(options)} options; 25 are allowed"] if len(options) > 25 else []
    names = Counter(option.get("name") for option in options)
    problems += [f"{where}: the option {name!r} is there twice" for name, count in names.items() if count > 1]
    is_sub = [option.get("type") in (SUB_COMMAND, SUB_GROUP) for option in options]
    if any(is_sub) and not all(is_sub):
        problems.append(f"{where}: sub-commands and options stand side by side")
    seen_optional = False
    for option in options:
        inside = f"{where}, option {option.get('name')!r}"
        problems += _named_problems(inside, option)
        if option.get("type") in (SUB_COMMAND, SUB_GROUP):
            problems += _options_problems(inside, option.get("options") or [])
            continue
        if option.get("required") and seen_optional:
            problems.append(f"{inside}: a required option after an optional one")
        seen_optional = seen_optional or not option.get("required")
        problems += _choices_of(inside, option)
    return problems


def _choices_of(inside: str, option: Json) -> list[str]:
    choices = option.get("choices") or []
    problems = [f"{inside}: {problem}" for problem in choices_problems(choices, int(option.get("type") or 3))]
    if choices and option.get("autocomplete"):
        problems.append(f"{inside}: choices and autocomplete exclude each other")
    if len({choice.get("name") for choice in choices}) < len(choices):
        problems.append(f"{inside}: two choices have one name")
    return problems


def _longest_text(holder: Any) -> int:
    """Characters of names, descriptions and values, each in its longest localization."""
    total = sum(
        max(len(text) for text in [str(holder.get(key) or ""), *_localized(holder, key).values()])
        for key in ("name", "description")
    )
    total += len(holder["value"]) if isinstance(holder.get("value"), str) else 0
    return total + sum(_longest_text(child) for key in ("options", "choices") for child in holder.get(key) or [])
