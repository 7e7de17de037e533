"""What a link into Discord leads to: a message with pictures, or an uploaded file whose link is not valid any more.

The bot reads messages for somebody only where both may read them. Of others' messages Discord shows the files to few
bots; the bot's own, those that mention it and direct messages it always sees.
"""

import asyncio
import re
from typing import Any, NamedTuple

import discord

from bot.bing_v7 import PictureRefused
from bot.discord_ui.discord_io.context import acts_itself, by_user_install, place_of, place_of_channel
from bot.discord_ui.model.lookup_session import LookupSource, Origin
from bot.discord_ui.sessions.lookups import services_of

from .lookup_candidates import candidates

_SECONDS = 5.0
_AROUND = 11
"""Messages that are searched for a file: its number is given out just before that of its message."""
_MESSAGE = re.compile(
    r"https://(?:(?:www|ptb|canary)\.)?discord(?:app)?\.com/channels/(?:\d{1,20}|@me)/(\d{1,20})/(\d{1,20})/?",
    re.IGNORECASE,
)
_UPLOAD = re.compile(r"https?://[^/]+/attachments/(\d{1,20})/(\d{1,20})/", re.IGNORECASE)


class _Place(NamedTuple):
    """A channel, and a message or a file in it."""

    channel_id: int
    item_id: int


async def behind_link(interaction: discord.Interaction[Any], source: LookupSource) -> tuple[LookupSource, ...]:
    """Return what a link leads to: a message's pictures, a file by a fresh link, else the source as it is.

    Raises:
        PictureRefused: ``no-message`` if a message cannot be read here, or has no picture.
    """
    address = (source.address or "").strip("<> ")
    if source.by is not Origin.WEB:
        return (source,)
    if (place := _read(_MESSAGE.fullmatch(address))) is not None:
        return tuple(_covered(one, source) for one in await _of_message(interaction, place))
    if services_of(interaction.client).intake.is_old_link(address) and (place := _read(_UPLOAD.match(address))):
        fresh = await _fresh(interaction, place)
        return (_covered(fresh, source),) if fresh is not None else (source,)
    return (source,)


def _read(found: re.Match[str] | None) -> _Place | None:
    return _Place(int(found[1]), int(found[2])) if found else None


def _covered(found: LookupSource, link: LookupSource) -> LookupSource:
    return found.model_copy(update={"spoiler": found.spoiler or link.spoiler})


async def _of_message(interaction: discord.Interaction[Any], place: _Place) -> tuple[LookupSource, ...]:
    channel = await _readable(interaction, place.channel_id)
    found: tuple[LookupSource, ...] = ()
    if channel is not None:
        try:
            async with asyncio.timeout(_SECONDS):
                found = candidates(await channel.fetch_message(place.item_id))
        except (discord.HTTPException, TimeoutError):
            found = ()
    links = tuple(one for one in found if not _MESSAGE.fullmatch(one.address or ""))  # a link to a link leads nowhere
    if not links:
        raise PictureRefused("no-message")
    return links


async def _fresh(interaction: discord.Interaction[Any], place: _Place) -> LookupSource | None:
    """Return a file by the link that its message has now; None if the message cannot be found or read."""
    channel = await _readable(interaction, place.channel_id)
    if channel is None:
        return None
    part = f"/attachments/{place.channel_id}/{place.item_id}/"
    try:
        async with asyncio.timeout(_SECONDS):
            async for message in channel.history(limit=_AROUND, around=discord.Object(place.item_id)):
                for one in candidates(message):
                    if one.by is Origin.DISCORD and part in (one.address or ""):
                        return one
    except (discord.HTTPException, TimeoutError):
        return None
    return None


async def _readable(interaction: discord.Interaction[Any], channel_id: int) -> discord.abc.Messageable | None:
    """Return a channel whose messages both the user and the bot may read, and whose pictures may come here."""
    guild, here = interaction.guild, interaction.channel
    if guild is None:
        own = channel_id == interaction.channel_id and acts_itself(interaction)
        return here if own and isinstance(here, discord.DMChannel) else None
    if by_user_install(interaction) or not isinstance(interaction.user, discord.Member):
        return None
    channel = guild.get_channel_or_thread(channel_id)
    if not isinstance(channel, discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread):
        return None
    both = (interaction.user, guild.me)
    readable = _members_known(channel, channel_id == interaction.channel_id) and all(
        _reads(one, channel) for one in both
    )
    return channel if readable and await _may_come_here(interaction, guild.id, channel) else None


def _members_known(channel: Any, is_here: bool) -> bool:
    """True if permissions say who may read a channel; of another private thread they do not, nor without a parent."""
    return not isinstance(channel, discord.Thread) or (
        channel.parent is not None and (is_here or not channel.is_private())
    )


def _reads(member: discord.Member, channel: Any) -> bool:
    allowed = channel.permissions_for(member)
    return bool(allowed.view_channel and allowed.read_message_history)


async def _may_come_here(interaction: discord.Interaction[Any], guild_id: int, channel: Any) -> bool:
    """True unless the pictures would leave an age-restricted channel, or one that may be, for one that is not."""
    there = await place_of_channel(interaction.client, guild_id, channel)
    return there.age_restricted is False or bool((await place_of(interaction, asks=False)).age_restricted)
