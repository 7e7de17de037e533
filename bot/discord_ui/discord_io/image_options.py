"""The options of /image: made from those of v7's filters that a configured provider can apply."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any, TypeVar

import discord
from discord import app_commands
from discord.app_commands import locale_str
from pydantic.alias_generators import to_camel, to_snake

from bot.bing_v7 import FILTERS, ProviderError, SafeSearch
from bot.discord_ui.model.filters import QUERY_LIMIT, WORDED, values_of
from bot.discord_ui.model.pager import View
from bot.i18n import DEFAULT_LOCALE, say
from bot.storage.sessions import StorageError

SUGGEST_WITHIN = 2.0
"""Seconds for autocomplete suggestions; Discord waits for three."""
_PIXELS = app_commands.Range[int, 1, 65_535]
_BYTES = app_commands.Range[int, 0, 520_192]
_NUMBERS: Mapping[str, Any] = {
    "min_width": _PIXELS, "min_height": _PIXELS, "max_width": _PIXELS, "max_height": _PIXELS, "width": _PIXELS,
    "height": _PIXELS, "min_file_size": _BYTES, "max_file_size": _BYTES,
}  # fmt: skip
_FIELDS = {to_snake(name): name for name in WORDED}
"""Options with a fixed set of values, by the name of their parameter."""

T = TypeVar("T")
Run = Callable[[discord.Interaction[Any], dict[str, Any]], Awaitable[None]]
Suggest = Callable[..., Coroutine[Any, Any, list[app_commands.Choice[str]]]]
"""Takes the interaction and the text typed so far."""


def localized(key: str) -> locale_str:
    """Return a name or description of a command that is sent to Discord in every language."""
    return locale_str(say(DEFAULT_LOCALE, key), key=key)


def image_command(
    run: Run, suggest: Suggest, supported: frozenset[str] = FILTERS
) -> app_commands.Command[Any, Any, Any]:
    """Make /image; ``run`` gets the interaction and the options that were given, by field name."""
    annotations = _annotations(supported)

    async def image(interaction: discord.Interaction[Any], **options: Any) -> None:
        await run(interaction, {name: value for name, value in options.items() if value is not None})

    signature = inspect.signature(image)
    first = next(iter(signature.parameters.values()))
    options = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if name == "query" else None,
            annotation=annotation if name == "query" else annotation | None,
        )
        for name, annotation in annotations.items()
    ]
    image.__signature__ = inspect.Signature([first, *options])  # type: ignore[attr-defined]  # functions take any attribute
    for decorate in (
        app_commands.rename(**{name: localized(f"option-image-{_dashed(name)}") for name in annotations}),
        app_commands.describe(**{name: localized(f"option-image-{_dashed(name)}-description") for name in annotations}),
        app_commands.choices(**_choices(annotations)),
        app_commands.autocomplete(query=suggest),
    ):
        image = decorate(image)
    return app_commands.Command(
        name=localized("command-image"), description=localized("command-image-description"), callback=image
    )


async def suggested(work: Coroutine[Any, Any, Sequence[T]]) -> Sequence[T]:
    """Return autocomplete suggestions; none if they take too long or fail."""
    try:
        async with asyncio.timeout(SUGGEST_WITHIN):
            return await work
    except (TimeoutError, ProviderError, StorageError):
        return ()


def view_choices() -> list[app_commands.Choice[str]]:
    """Return the views to choose from."""
    return [app_commands.Choice(name=localized(f"choice-view-{view.value}"), value=view.value) for view in View]


def level_choices() -> list[app_commands.Choice[str]]:
    """Return the levels that a user may ask for; they can only be stricter, so Off is not among them."""
    return [
        app_commands.Choice(name=localized(f"choice-safesearch-{level.value}"), value=level.value)
        for level in (SafeSearch.MODERATE, SafeSearch.STRICT)
    ]


def _annotations(supported: frozenset[str]) -> dict[str, Any]:
    wanted: dict[str, Any] = {"query": app_commands.Range[str, 1, QUERY_LIMIT]}
    wanted.update({field: str for field, name in _FIELDS.items() if name in supported})
    wanted.update({"view": str, "private": bool, "safesearch": str})
    wanted.update({field: kind for field, kind in _NUMBERS.items() if to_camel(field) in supported})
    return wanted


def _choices(annotations: Mapping[str, Any]) -> dict[str, list[app_commands.Choice[str]]]:
    words = {
        field: [app_commands.Choice(name=localized(f"choice-{name}-{value}"), value=value) for value in values_of(name)]
        for field, name in _FIELDS.items()
        if field in annotations
    }
    return {**words, "view": view_choices(), "safesearch": level_choices()}


def _dashed(name: str) -> str:
    return name.replace("_", "-")
