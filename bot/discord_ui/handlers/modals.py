"""The two modals: go to a page, and filter. They are read from the event, so they outlive a restart too."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import discord

from bot.bing_v7 import SearchRequest
from bot.discord_ui.discord_io import responses
from bot.discord_ui.discord_io.errors import BadPageNumber, Outdated
from bot.discord_ui.model.component_ids import custom_id
from bot.discord_ui.model.filters import (
    PANEL_FILTER,
    WORDED,
    in_window,
    value_words,
    values_of,
    with_filters,
    without_filters,
)
from bot.discord_ui.model.pager import Jump
from bot.discord_ui.model.session import SearchSession
from bot.discord_ui.sessions import new_session
from bot.i18n import say

from .component_interaction import ComponentInteraction
from .pager import change_to, turn

TIMEOUT = 900.0
"""Seconds after which discord.py forgets a window that was never sent; a later submission is read all the same."""
_MOST_DIGITS = 6
MOST_RADIOS = 10
"""Discord's limit of a radio group, the option for any value among them; a filter with more is a menu.

A radio button is one press where a menu is two.
"""


class Window(discord.ui.Modal):
    """A window whose answer is taken from the event, not from here."""

    def __init__(self, title: str, name: str, parts: Sequence[discord.ui.Label[Any]]) -> None:
        super().__init__(title=title, custom_id=name, timeout=TIMEOUT)
        for part in parts:
            self.add_item(part)

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        """Do nothing: the router reads the same event."""


def values_in(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return what was entered in a window by custom_id: one text, or the choices of a menu."""
    return {
        part["custom_id"]: tuple(part.get("values", ())) if "values" in part else (str(part.get("value") or ""),)
        for part in _parts(data.get("components", ()))
        if "custom_id" in part
    }


def _parts(components: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for component in components:
        if isinstance(inner := component.get("component"), Mapping):
            yield inner
        elif component.get("components"):
            yield from _parts(component["components"])
        else:
            yield component


def jump_window(session: str, pages: int, locale: str) -> Window:
    """Return the window that asks for a page number."""
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id="page", placeholder=say(locale, "jump-range", pages=pages), max_length=_MOST_DIGITS
    )
    label = discord.ui.Label(text=say(locale, "jump-label"), component=field)
    return Window(say(locale, "jump-title"), custom_id(session, "jump"), [label])


def filter_window(session: str, request: SearchRequest | None, offered: Collection[str], locale: str) -> Window | None:
    """Return the window with those filters of ``offered`` that have a place; what is in force is already chosen."""
    chosen = request.filters if request else {}
    parts = [_part(name, str(chosen.get(name, "")), locale) for name in in_window(offered, chosen)]
    return Window(say(locale, "filter-title"), custom_id(session, "filter"), parts) if parts else None


def chosen_filters(entered: Mapping[str, Sequence[str]]) -> dict[str, str | None]:
    """Return the filters chosen in the window; None takes one away, and one that is not in the window is left out."""
    return {
        name: next((value for value in entered[name] if value in values_of(name)), None)
        for name in WORDED
        if name in entered
    }


def _part(name: str, current: str, locale: str) -> discord.ui.Label[Any]:
    """Return the part of the window for a filter: a radio group, or a menu of one choice."""
    values = values_of(name)
    label = say(locale, f"filter-label-{name}")
    anything = say(locale, "filter-any")
    if len(values) < MOST_RADIOS:
        radios = [
            discord.RadioGroupOption(label=value_words(name, value, locale), value=value, default=value == current)
            for value in values
        ]
        first = discord.RadioGroupOption(label=anything, value="All", default=current not in values)
        group: discord.ui.RadioGroup[Any] = discord.ui.RadioGroup(
            custom_id=name, options=[first, *radios], required=False
        )
        return discord.ui.Label(text=label, component=group)
    options = [
        discord.SelectOption(label=value_words(name, value, locale), value=value, default=value == current)
        for value in values
    ]
    menu: discord.ui.Select[Any] = discord.ui.Select(
        custom_id=name, options=options, required=False, min_values=0, placeholder=anything
    )
    return discord.ui.Label(text=label, component=menu)


async def on_jump(event: ComponentInteraction) -> None:
    """Ask for a page, or go to the one that was entered."""
    if event.entered is None:
        pages = event.active.state.pages
        await responses.open_window(event.interaction, jump_window(event.control.owner, pages, event.requester.locale))
        return
    text = (event.entered.get("page") or ("",))[0].strip()
    if not text.isdecimal() or not int(text) or len(text) > _MOST_DIGITS:
        raise BadPageNumber(event.active.state.pages)
    await turn(event, Jump(int(text)))


async def on_filter(event: ComponentInteraction) -> None:
    """Ask for filters, or search with those that were entered."""
    request, sessions = event.content_as(SearchSession).request, event.sessions
    if event.entered is None:
        offered = sessions.filters - ({PANEL_FILTER} if event.control.panel else set())
        window = filter_window(event.control.owner, request, offered, event.requester.locale)
        if window is not None:
            await responses.open_window(event.interaction, window)
        return
    await _search_with(event, request, event.entered)


async def on_panel_filter(event: ComponentInteraction) -> None:
    """Search with the value that was chosen in the panel's own menu of a filter."""
    await _search_with(event, event.content_as(SearchSession).request, {PANEL_FILTER: event.values})


async def _search_with(
    event: ComponentInteraction, request: SearchRequest | None, entered: Mapping[str, Sequence[str]]
) -> None:
    if request is None:
        raise Outdated
    filtered = with_filters(request, chosen_filters(entered))
    await change_to(event, lambda: new_session.search_session(event.sessions.service, event.requester, filtered))


async def on_unfiltered(event: ComponentInteraction) -> None:
    """Search again without filters."""
    request = event.content_as(SearchSession).request
    if request is None:
        raise Outdated
    whole = without_filters(request)
    await change_to(event, lambda: new_session.search_session(event.sessions.service, event.requester, whole))
