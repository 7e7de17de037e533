"""The safety panel: what each of its controls does. It has no session: controls name what they are about themselves.

Whoever presses is judged anew at every press, from what Discord says of them then, so a panel may lie about for as long
as it likes.
"""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import discord

from bot.bing_v7 import SafeSearch
from bot.discord_ui.discord_io import responses
from bot.discord_ui.model.component_ids import Control, custom_id, safety_owner
from bot.discord_ui.model.message import Message
from bot.discord_ui.render.safety_panel import (
    INHERIT,
    Overview,
    draw_history,
    draw_lists,
    draw_overview,
    draw_question,
    entry_key,
)
from bot.i18n import say
from bot.safesearch.messages import tell_decision, tell_scope
from bot.safesearch.policies import ListKind
from bot.safesearch.policy import Scope, level_of

from .modals import Window
from .safety_settings import (
    LONGEST_HOST,
    LONGEST_WORD,
    Proposed,
    Target,
    add_entry,
    change_level,
    check_entry,
    check_scope,
    history_of,
    lists_of,
    may_change,
    may_manage,
    no_off,
    policies_of,
    propose_level,
    remove_entry,
    target_of,
)

_EXAMPLES = {ListKind.HOST: "example.com", ListKind.ALLOW: "example.com"}
_LONGEST = {ListKind.HOST: LONGEST_HOST, ListKind.WORD: LONGEST_WORD, ListKind.ALLOW: LONGEST_HOST}


@dataclass(frozen=True, slots=True)
class SafetyInteraction:
    """A press on a safety panel about ``target_id``; ``values`` and ``entered`` as for `ComponentInteraction`."""

    interaction: discord.Interaction[Any]
    target_id: int
    control: Control
    values: tuple[str, ...]
    entered: Mapping[str, Sequence[str]] | None = None

    @property
    def locale(self) -> str:
        """The person's language."""
        return self.interaction.locale.value

    @property
    def level(self) -> SafeSearch | None:
        """The level that the control names, None for inheriting; an unknown level counts as Strict."""
        name = (self.control.argument or "").partition("-")[0]
        if name == INHERIT:
            return None
        return SafeSearch(name) if name in set(SafeSearch) else SafeSearch.STRICT

    @property
    def change(self) -> str:
        """The change that a question was about, as the control names it (`Proposed`)."""
        return (self.control.argument or "").partition("-")[2]


SafetyHandler = Callable[[SafetyInteraction], Coroutine[Any, Any, None]]
"""Answers its interaction; what it raises is shown to the user who pressed."""


async def open_panel(interaction: discord.Interaction[Any], target: Target) -> None:
    """Answer a command with the panel, for the person alone."""
    message = await _overview(interaction, target)
    await responses.privately(interaction, safety_owner(target.id), message)


async def answer_proposal(interaction: discord.Interaction[Any], target: Target, level: SafeSearch | None) -> None:
    """Answer a typed change: make it, or ask with the panel's own question."""
    proposed = await propose_level(interaction, target, level)
    if proposed.asks:
        message = draw_question(proposed.words, level, proposed.change, interaction.locale.value)
        await responses.privately(interaction, safety_owner(target.id), message)
    else:
        await responses.tell(interaction, proposed.words)


async def on_overview(event: SafetyInteraction) -> None:
    """Show the first view again."""
    await _show_overview(event, event.target_id)


async def on_target(event: SafetyInteraction) -> None:
    """Show the channel or category that was picked."""
    chosen = event.values[0] if event.values else ""
    await _show_overview(event, int(chosen) if chosen.isdecimal() else event.target_id)


async def on_server(event: SafetyInteraction) -> None:
    """Show the whole server."""
    await _show_overview(event, event.interaction.guild_id or 0)


async def on_level(event: SafetyInteraction) -> None:
    """Set a level, or ask first where that is less strict."""
    if (target := await _target(event, event.target_id)) is None:
        return
    proposed = await propose_level(event.interaction, target, event.level)
    if proposed.asks:
        await _update(event, target.id, _question(event, proposed))
    else:
        await _update(event, target.id, await _overview(event.interaction, target, proposed.words))


async def on_loosen(event: SafetyInteraction) -> None:
    """Set a level after the question; if the change would be another one by now, that is asked about instead."""
    if (target := await _target(event, event.target_id)) is None:
        return
    proposed = await propose_level(event.interaction, target, event.level)
    if proposed.asks and proposed.change != event.change:
        await _update(event, target.id, _question(event, proposed))
        return
    words = await change_level(event.interaction, target, event.level) if proposed.asks else proposed.words
    await _update(event, target.id, await _overview(event.interaction, target, words))


async def on_lists(event: SafetyInteraction) -> None:
    """Show the lists."""
    await _show_lists(event, page=event.control.number or 0)


async def on_remove(event: SafetyInteraction) -> None:
    """Take the entry off its list that was chosen in the menu, or that the button names."""
    check_scope(event.interaction, Scope.SERVER)
    entries = await policies_of(event.interaction).entries(event.interaction.guild_id or 0)
    chosen = event.values or (event.control.argument or "",)
    row = next((one for one in entries if entry_key(one.kind, one.value) in chosen), None)
    words = await remove_entry(event.interaction, row.value, (row.kind,)) if row else None
    await _show_lists(event, words)


async def on_add(event: SafetyInteraction) -> None:
    """Ask for an entry, or put the one that was entered on its list."""
    argument = event.control.argument
    kind = ListKind(argument) if argument in set(ListKind) else ListKind.HOST
    check_entry(event.interaction, kind)
    if event.entered is None:
        await responses.open_window(event.interaction, _entry_window(safety_owner(event.target_id), kind, event.locale))
        return
    entry = (event.entered.get("entry") or ("",))[0][: _LONGEST[kind]]
    await _show_lists(event, await add_entry(event.interaction, kind, entry))


async def on_history(event: SafetyInteraction) -> None:
    """Show the latest changes."""
    await _update(event, event.target_id, draw_history(await history_of(event.interaction), event.locale))


def _entry_window(owner: str, kind: ListKind, locale: str) -> Window:
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id="entry", placeholder=_EXAMPLES.get(kind), max_length=_LONGEST[kind]
    )
    title = say(locale, f"safesearch-panel-add-{kind}")
    label = discord.ui.Label(text=say(locale, f"safesearch-panel-kind-{kind}"), component=field)
    return Window(title, custom_id(owner, f"add:{kind}"), [label])


def _question(event: SafetyInteraction, proposed: Proposed) -> Message:
    return draw_question(proposed.words, event.level, proposed.change, event.locale)


async def _target(event: SafetyInteraction, target_id: int) -> Target | None:
    """Return what a press is about; None, and told, if it is gone."""
    target = await target_of(event.interaction, target_id)
    if target is None:
        await responses.tell(event.interaction, say(event.locale, "safesearch-gone"))
    return target


async def _show_overview(event: SafetyInteraction, target_id: int) -> None:
    check_scope(event.interaction, Scope.CHANNEL)
    if (target := await _target(event, target_id)) is not None:
        await _update(event, target.id, await _overview(event.interaction, target))


async def _show_lists(event: SafetyInteraction, notice: str | None = None, page: int = 0) -> None:
    entries, words = await lists_of(event.interaction)
    may_remove = may_manage(event.interaction, Scope.SERVER)
    message = draw_lists(entries, "\n\n".join(words), event.locale, page=page, may_remove=may_remove, notice=notice)
    await _update(event, event.target_id, message)


async def _overview(interaction: discord.Interaction[Any], target: Target, notice: str | None = None) -> Message:
    policies, locale = policies_of(interaction), interaction.locale.value
    scopes = (await policies.of_server(target.place.guild_id or 0)).scopes(target.place)
    held = {Scope.SERVER: scopes.server, Scope.CATEGORY: scopes.category, Scope.CHANNEL: scopes.channel}[target.scope]
    if target.scope is Scope.CHANNEL:
        words = tell_decision(await policies.decide(target.place), locale, channel=target.id)
    else:
        level = level_of(target.scope, scopes, policies.operator)
        words = tell_scope(target.scope, target.id, held, level, locale)
    levels = {level for level in SafeSearch if level >= policies.operator.minimum}
    if no_off(policies, target):
        levels.discard(SafeSearch.OFF)
    shown = Overview(
        target.scope, words, held.level if held else None, frozenset(levels), may_change(interaction, target)
    )
    return draw_overview(shown, locale, notice)


async def _update(event: SafetyInteraction, target_id: int, message: Message) -> None:
    await responses.update(event.interaction, safety_owner(target_id), message)
