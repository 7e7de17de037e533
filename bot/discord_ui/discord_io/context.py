"""Who made a Discord interaction and where: facts only; what Discord does not say stays unknown."""

from dataclasses import replace
from typing import Any

import discord
from cachetools import TTLCache

from bot.bing_v7 import SafeSearch
from bot.discord_ui.model.component_ids import level_in
from bot.safesearch.place import Place, PlaceKind, Requester

ASK_AGAIN_AFTER = 60.0
"""Seconds before a channel that Discord refused to show is fetched again: refusals count against the bot."""
_not_told: TTLCache[int, bool] = TTLCache(1024, ASK_AGAIN_AFTER)

_THREADS = frozenset({
    discord.ChannelType.public_thread, discord.ChannelType.private_thread, discord.ChannelType.news_thread,
})  # fmt: skip
_FLAGGED = frozenset({
    discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.voice, discord.ChannelType.stage_voice,
    discord.ChannelType.forum, discord.ChannelType.media,
})  # fmt: skip


LEVEL_OPTION = "safesearch"
"""Name of the option with which a person asks for a stricter level than the place's, in every command that has it."""


def chosen_level(interaction: discord.Interaction[Any]) -> SafeSearch | None:
    """Return the level chosen in the command's option, or by the command that opened the modal submitted now.

    An unknown level counts as Strict.
    """
    if interaction.type is discord.InteractionType.modal_submit:
        return level_in(str((interaction.data or {}).get("custom_id", "")))
    found = next((value for name, value in interaction.namespace if name == LEVEL_OPTION), None)
    if found is None:
        return None
    return SafeSearch(found) if found in set(SafeSearch) else SafeSearch.STRICT


async def requester_of(
    interaction: discord.Interaction[Any], own: SafeSearch | None, *, asks: bool = True
) -> Requester:
    """Return who made an interaction, where, and at which level of their own.

    ``own`` is that of the session for a press (whoever presses), ``chosen_level`` for a command.
    With ``asks`` False, ``Place.everyone`` is left out: it matters for new questions alone and takes time to compute.
    """
    moderator = interaction.guild_id is not None and interaction.permissions.manage_channels
    return Requester(
        await place_of(interaction, asks=asks), interaction.user.id, interaction.locale.value, moderator, own=own
    )


async def place_of(interaction: discord.Interaction[Any], *, asks: bool = True) -> Place:
    """Return where an interaction happens.

    In a server that did not install the app, the channel's facts come with the event alone and ``user_install`` is
    True. A thread's parent is looked up in the cache, then asked of Discord; if neither knows it, it stays unknown.
    """
    if interaction.guild_id is None:
        return Place(_outside(interaction))
    place = await _in_guild(interaction.client, interaction.guild_id, interaction.channel, asks=asks)
    return _as_user_install(place) if by_user_install(interaction) else place


async def place_of_channel(client: discord.Client, guild_id: int, channel: Any) -> Place:
    """Return a channel of a server as a place, also when nobody acts in it."""
    return await _in_guild(client, guild_id, channel, asks=False)


def ruling_channel(interaction: discord.Interaction[Any]) -> int | None:
    """Return the id of the channel whose settings apply: a thread's parent, else the channel itself."""
    return getattr(interaction.channel, "parent_id", None) or interaction.channel_id


def by_user_install(interaction: discord.Interaction[Any]) -> bool:
    """True if only the person, not the server, installed the app."""
    return interaction.guild_id is not None and not interaction.is_guild_integration()


def acts_itself(interaction: discord.Interaction[Any]) -> bool:
    """True if the bot can change its message here without the interaction: it is in the server, or in its own DM."""
    if interaction.guild_id is None:
        return not interaction.context.private_channel
    return interaction.app_permissions.view_channel and not by_user_install(interaction)


async def requester_at(
    client: discord.Client, channel_id: int, guild_id: int | None, user_id: int, locale: str, own: SafeSearch | None
) -> Requester:
    """Return who acted in a channel when there is no interaction (a reaction); ``own`` is the session's."""
    if guild_id is None:
        return Requester(Place(PlaceKind.DM), user_id, locale, own=own)
    channel = await _channel(client, guild_id, channel_id)
    return Requester(await _in_guild(client, guild_id, channel), user_id, locale, own=own)


def _outside(interaction: discord.Interaction[Any]) -> PlaceKind:
    """Tell a DM with the bot from other private channels; if in doubt it is the latter."""
    channel = interaction.channel
    if interaction.context.private_channel or isinstance(channel, discord.GroupChannel):
        return PlaceKind.PRIVATE
    is_dm = channel is not None and channel.type is discord.ChannelType.private
    return PlaceKind.DM if is_dm else PlaceKind.PRIVATE


async def _in_guild(client: discord.Client, guild_id: int, channel: Any, *, asks: bool = True) -> Place:
    kind = getattr(channel, "type", None)
    if kind in _THREADS:
        return await _in_thread(client, guild_id, channel)
    if kind not in _FLAGGED:
        return Place(PlaceKind.UNKNOWN, guild_id=guild_id, channel_id=getattr(channel, "id", None))
    return Place(
        PlaceKind.CHANNEL,
        guild_id=guild_id,
        channel_id=channel.id,
        category_id=getattr(channel, "category_id", None),
        age_restricted=_age_flag(channel),
        everyone=_for_everyone(channel) if asks else None,
    )


async def _in_thread(client: discord.Client, guild_id: int, thread: Any) -> Place:
    parent_id: int | None = getattr(thread, "parent_id", None) or None
    parent = await _channel(client, guild_id, parent_id) if parent_id else None
    known = parent is not None and getattr(parent, "type", None) in _FLAGGED
    return Place(
        PlaceKind.THREAD,
        guild_id=guild_id,
        channel_id=parent_id,
        category_id=getattr(parent, "category_id", None) if known else None,
        thread_id=thread.id,
        age_restricted=_age_flag(parent) if known else None,
        everyone=thread.type is not discord.ChannelType.private_thread and _for_everyone(parent) if known else None,
    )


def _age_flag(channel: Any) -> bool | None:
    """Return the channel's own age flag, None where the object does not carry it."""
    flag = getattr(channel, "nsfw", None)
    return flag if isinstance(flag, bool) else None


def _for_everyone(channel: Any) -> bool | None:
    """Tell whether everybody in the server can read a channel, None where the server's roles are not known."""
    role = getattr(getattr(channel, "guild", None), "default_role", None)
    return None if role is None else bool(channel.permissions_for(role).view_channel)


async def _channel(client: discord.Client, guild_id: int, channel_id: int) -> Any:
    """Return a channel of a server that the bot is in from the cache, else from Discord, else None."""
    guild = client.get_guild(guild_id)
    if guild is None:
        return None
    cached = guild.get_channel_or_thread(channel_id)
    if cached is not None:
        return cached
    if channel_id in _not_told:
        return None
    try:
        found = await client.fetch_channel(channel_id)
    except (discord.HTTPException, discord.InvalidData):
        _not_told[channel_id] = True
        return None
    return found if getattr(getattr(found, "guild", None), "id", None) == guild_id else None


def _as_user_install(place: Place) -> Place:
    return replace(place, user_install=True)
