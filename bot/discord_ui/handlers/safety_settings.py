"""The jobs of /safesearch, typed or pressed: levels, lists and history, to read and to change; and who may do it."""

from dataclasses import dataclass
from typing import Any

import discord
from discord import app_commands

from bot.bing_v7 import SafeSearch
from bot.discord_ui.discord_io.context import place_of, place_of_channel
from bot.i18n import say
from bot.safesearch.messages import level_word, scope_word, tell_audit, tell_entries, tell_settings
from bot.safesearch.place import Place, PlaceKind
from bot.safesearch.policies import BadEntry, ListKind, Policies, TooManyEntries
from bot.safesearch.policy import Scope, changed_by
from bot.storage.policies import ListRow

_Interaction = discord.Interaction[Any]
_ADDED = {
    ListKind.HOST: "safesearch-blocked-host", ListKind.WORD: "safesearch-blocked-word",
    ListKind.ALLOW: "safesearch-allowed",
}  # fmt: skip


LONGEST_HOST, LONGEST_WORD = 255, 100
"""Characters of an entry, typed or entered in a window."""
_ENTRIES_OF_HISTORY = 20


@dataclass(frozen=True, slots=True)
class Target:
    """What a level is set for; ``place`` is the channel, or no more than what is known of a category or server."""

    scope: Scope
    id: int
    place: Place


@dataclass(frozen=True, slots=True)
class Proposed:
    """What became of a change that was asked for; ``asks`` True if the words ask whether to make it.

    ``change`` names the levels before and after it: a question holds for that change alone.
    """

    words: str
    asks: bool = False
    change: str = ""


def policies_of(interaction: _Interaction) -> Policies:
    """Return the settings of servers."""
    return interaction.client.services.policies


async def target_here(interaction: _Interaction, scope: Scope) -> Target | None:
    """Return what a scope means where the interaction happens; None where the place does not know."""
    place = await place_of(interaction)
    known = {Scope.SERVER: place.guild_id, Scope.CATEGORY: place.category_id, Scope.CHANNEL: place.channel_id}[scope]
    return None if known is None else Target(scope, known, place)


async def target_of(interaction: _Interaction, target_id: int) -> Target | None:
    """Return the server, category or channel with an id; None if this server has no such thing (any more)."""
    guild_id = interaction.guild_id
    if guild_id is None:
        return None
    if target_id == guild_id:
        return Target(Scope.SERVER, guild_id, Place(PlaceKind.UNKNOWN, guild_id=guild_id))
    place = await place_of(interaction)
    if place.channel_id == target_id:
        return Target(Scope.CHANNEL, target_id, place)
    guild = interaction.client.get_guild(guild_id)
    channel = guild.get_channel_or_thread(target_id) if guild else None
    if isinstance(channel, discord.CategoryChannel):
        place = Place(PlaceKind.UNKNOWN, guild_id=guild_id, category_id=target_id)
        return Target(Scope.CATEGORY, target_id, place)
    place = await place_of_channel(interaction.client, guild_id, channel)
    known = place.kind is not PlaceKind.UNKNOWN and place.channel_id is not None
    return Target(Scope.CHANNEL, place.channel_id, place) if known and place.channel_id else None


def _needed(scope: Scope) -> str:
    """Return the permission, as discord.py names it, that changing a scope takes."""
    return "manage_guild" if scope is Scope.SERVER else "manage_channels"


def may_manage(interaction: _Interaction, scope: Scope) -> bool:
    """True if the person may manage what is not one channel: the server's lists and levels, or read them from here."""
    return interaction.guild_id is not None and _has(interaction.permissions, _needed(scope))


def check_scope(interaction: _Interaction, scope: Scope) -> None:
    """Let pass who may manage a scope (`may_manage`).

    Raises:
        discord.app_commands.MissingPermissions: the interaction does not carry the permission.
    """
    if not may_manage(interaction, scope):
        raise app_commands.MissingPermissions([_needed(scope)])


def may_change(interaction: _Interaction, target: Target) -> bool:
    """True if the person may set the level of a target now: Manage Channels in it, for the server Manage Server."""
    if interaction.guild_id is None:
        return False
    return _has(_permissions_in(interaction, target), _needed(target.scope))


def check_target(interaction: _Interaction, target: Target) -> None:
    """Let pass who may set the level of a target.

    Raises:
        discord.app_commands.MissingPermissions: they may not, or it is not known that they may.
    """
    if not may_change(interaction, target):
        raise app_commands.MissingPermissions([_needed(target.scope)])


def _has(permissions: discord.Permissions, needed: str) -> bool:
    return permissions.administrator or getattr(permissions, needed)


def _permissions_in(interaction: _Interaction, target: Target) -> discord.Permissions:
    """Return what the person may do in a target.

    Discord says it for the channel of the interaction (a thread's is its channel's). Elsewhere it follows from the
    member's roles as the interaction has them; where that cannot be told, only what holds for the server counts for a
    category, and nothing for a channel.
    """
    here = getattr(interaction.channel, "parent_id", None) or interaction.channel_id
    if target.scope is Scope.SERVER or (target.scope is Scope.CHANNEL and target.id == here):
        return interaction.permissions
    guild = interaction.client.get_guild(interaction.guild_id)
    channel = guild.get_channel(target.id) if guild else None
    if channel is not None and isinstance(interaction.user, discord.Member):
        return channel.permissions_for(interaction.user)
    held = interaction.permissions
    if target.scope is Scope.CATEGORY:
        return discord.Permissions(manage_channels=held.manage_guild, administrator=held.administrator)
    return discord.Permissions.none()


def no_off(policies: Policies, target: Target) -> str | None:
    """Return the key of the words that say why Off cannot be set, None if it can."""
    if not policies.operator.allow_off or policies.operator.minimum > SafeSearch.OFF:
        return "safesearch-off-not-offered"
    restricted = target.place.age_restricted is True
    return "safesearch-off-needs-age" if target.scope is Scope.CHANNEL and not restricted else None


async def propose_level(interaction: _Interaction, target: Target, level: SafeSearch | None) -> Proposed:
    """Set a level (None: inherit), or ask first if that makes the target less strict.

    Raises:
        discord.app_commands.MissingPermissions: the person may not.
        SettingsUnreadable: the settings cannot be read.
    """
    check_target(interaction, target)
    policies, locale = policies_of(interaction), interaction.locale.value
    if level is SafeSearch.OFF and (refusal := no_off(policies, target)):
        return Proposed(say(locale, refusal))
    scopes = (await policies.of_server(target.place.guild_id or 0)).scopes(target.place)
    now, then = changed_by(target.scope, level, scopes, policies.operator)
    if then >= now:
        return Proposed(await change_level(interaction, target, level))
    before, after = level_word(now, locale), level_word(then, locale)
    scope, change = scope_word(target.scope, target.id, locale), f"{now.value}-{then.value}"
    return Proposed(say(locale, "safesearch-confirm", scope=scope, before=before, after=after), True, change)


async def change_level(interaction: _Interaction, target: Target, level: SafeSearch | None) -> str:
    """Set a level and return the sentence that says so.

    Raises:
        discord.app_commands.MissingPermissions: the person may not.
    """
    check_target(interaction, target)
    policies, locale = policies_of(interaction), interaction.locale.value
    if level is SafeSearch.OFF and (refusal := no_off(policies, target)):
        return say(locale, refusal)
    by, guild_id = interaction.user.id, target.place.guild_id or 0
    before = await policies.set_level(guild_id, target.scope, target.id, level, by)
    cleared = "safesearch-cleared-server" if target.scope is Scope.SERVER else "safesearch-cleared"
    key = "safesearch-unchanged" if before == level else "safesearch-set" if level else cleared
    return say(locale, key, scope=scope_word(target.scope, target.id, locale), level=level_word(level, locale))


def check_entry(interaction: _Interaction, kind: ListKind) -> None:
    """Let pass who may add to a list: blocking takes Manage Channels; allowing loosens the server: Manage Server.

    Raises:
        discord.app_commands.MissingPermissions: the person may not.
    """
    check_scope(interaction, Scope.SERVER if kind is ListKind.ALLOW else Scope.CHANNEL)


async def add_entry(interaction: _Interaction, kind: ListKind, entry: str) -> str:
    """Put an entry on a list and return the sentence that says so.

    Raises:
        discord.app_commands.MissingPermissions: the person may not.
    """
    check_entry(interaction, kind)
    locale = interaction.locale.value
    try:
        value, new = await policies_of(interaction).add(interaction.guild_id or 0, kind, entry, interaction.user.id)
    except BadEntry:
        return say(locale, "safesearch-bad-word" if kind is ListKind.WORD else "safesearch-bad-host")
    except TooManyEntries:
        return say(locale, "safesearch-full")
    shown = f"||{value}||" if kind is ListKind.WORD else f"`{value}`"
    return say(locale, _ADDED[kind] if new else "safesearch-already", entry=shown, bare=value)


async def remove_entry(interaction: _Interaction, entry: str, kinds: tuple[ListKind, ...] = tuple(ListKind)) -> str:
    """Take an entry off the lists it is on and return the sentence that says so; that loosens the whole server.

    Raises:
        discord.app_commands.MissingPermissions: the person may not.
    """
    check_scope(interaction, Scope.SERVER)
    gone = [value for kind in kinds if (value := await _removed(interaction, kind, entry))]
    shown = f"`{gone[0] if gone else entry.replace('`', '')}`"
    key = "safesearch-unblocked" if gone else "safesearch-not-listed"
    return say(interaction.locale.value, key, entry=shown)


async def lists_of(interaction: _Interaction) -> tuple[list[ListRow], tuple[str, str]]:
    """Return the entries of a server's lists, and its levels and lists in words.

    Raises:
        discord.app_commands.MissingPermissions: the person may not read them.
    """
    check_scope(interaction, Scope.CHANNEL)
    policies, guild_id, locale = policies_of(interaction), interaction.guild_id or 0, interaction.locale.value
    entries = await policies.entries(guild_id)
    return entries, (tell_settings(await policies.of_server(guild_id), locale), tell_entries(entries, locale))


async def history_of(interaction: _Interaction) -> str:
    """Return the latest changes of a server's settings in words.

    Raises:
        discord.app_commands.MissingPermissions: the person may not read them.
    """
    check_scope(interaction, Scope.CHANNEL)
    rows = await policies_of(interaction).audit(interaction.guild_id or 0, _ENTRIES_OF_HISTORY)
    return tell_audit(rows, interaction.locale.value)


async def _removed(interaction: _Interaction, kind: ListKind, entry: str) -> str | None:
    """Take an entry off one list; return its one spelling if it was there."""
    try:
        value, was_there = await policies_of(interaction).remove(
            interaction.guild_id or 0, kind, entry, interaction.user.id
        )
    except BadEntry:
        return None
    return value if was_there else None
