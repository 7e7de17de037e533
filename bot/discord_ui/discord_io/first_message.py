"""The one message to a server that has just added the bot: what to try, which level holds, where to change it."""

import logging
from datetime import timedelta
from typing import Any

import discord

from bot.bing_v7 import ProviderError
from bot.i18n import say
from bot.safesearch.messages import level_word
from bot.safesearch.policies import Policies
from bot.storage.choices import Choices
from bot.storage.sessions import StorageError

from .context import place_of_channel

log = logging.getLogger(__name__)

WITHIN = timedelta(minutes=10)
"""How long after joining the message is still of use; a server that was joined earlier hears nothing."""
_SENT = "first-message"
"""The choice of a server that stands for the message having been sent; it goes with the server's other data."""
_NAMED = (("image",), ("trending",), ("identify",), ("safesearch", "show"))
"""The commands that the message names, each with its subcommand."""


async def send_first_message(
    client: discord.Client, guild: discord.Guild, choices: Choices, policies: Policies
) -> bool:
    """Send the message to the server's system channel, silently; return whether it was sent.

    Nothing is sent where there is no such channel, where the bot may not write in it, later than ``WITHIN`` after
    joining, or a second time: it is noted first, so that a failure is not tried again either.
    """
    if not _just_joined(guild) or (channel := _system_channel(guild)) is None:
        return False
    locale = guild.preferred_locale.value
    try:
        decision = await policies.decide(await place_of_channel(client, guild.id, channel))
        if not await choices.claim_server(guild.id, _SENT, "yes"):
            return False
        names = await _command_names(client, locale)
        level = level_word(decision.level, locale)
        holds = say(locale, "first-message-level", level=level, safesearch=names["safesearch"])
        text = f"{say(locale, 'first-message-try', **names)}\n{holds}"
        await channel.send(text, silent=True, allowed_mentions=discord.AllowedMentions.none())
    except (discord.HTTPException, StorageError, ProviderError) as error:
        log.info("a server that added the bot was sent no first message: %s", type(error).__name__)
        return False
    return True


def _system_channel(guild: discord.Guild) -> discord.TextChannel | None:
    """Return the channel where Discord itself welcomes members, if the bot may write there."""
    channel = guild.system_channel
    if channel is None:
        return None
    allowed = channel.permissions_for(guild.me)
    return channel if allowed.view_channel and allowed.send_messages else None


def _just_joined(guild: discord.Guild) -> bool:
    joined = guild.me.joined_at
    return joined is not None and discord.utils.utcnow() - joined < WITHIN


async def _command_names(client: Any, locale: str) -> dict[str, str]:
    """Return the commands that the message names, by argument: as mentions to press, else as they are typed."""
    try:
        known = {one.name: one.id for one in await client.tree.fetch_commands()}
    except discord.HTTPException:
        known = {}
    return {words[0]: _command_name(words, known, locale) for words in _NAMED}


def _command_name(words: tuple[str, ...], known: dict[str, int], locale: str) -> str:
    command_id = known.get(words[0])
    if command_id is not None:
        return f"</{' '.join(words)}:{command_id}>"
    keys = [f"command-{'-'.join(words[: count + 1])}" for count in range(len(words))]
    return f"`/{' '.join(say(locale, key) for key in keys)}`"
