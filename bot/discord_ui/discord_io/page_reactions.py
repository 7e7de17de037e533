"""The two reactions under a page: where they are allowed, adding and removing them."""

import logging
from typing import Any

import discord

from bot.observability.redaction import describe_error

from .context import by_user_install

log = logging.getLogger(__name__)

PREVIOUS, NEXT = "◀️", "▶️"


def may_react(interaction: discord.Interaction[Any]) -> bool:
    """True if the bot can put reactions under its answer: it is in the server and allowed to, or in its own DM."""
    if interaction.guild_id is None:
        channel = interaction.channel
        return channel is not None and channel.type is discord.ChannelType.private and not _elsewhere(interaction)
    allowed = interaction.app_permissions
    return allowed.add_reactions and allowed.read_message_history and not by_user_install(interaction)


def _elsewhere(interaction: discord.Interaction[Any]) -> bool:
    return bool(interaction.context.private_channel)


async def add_reactions(message: discord.PartialMessage | discord.Message) -> None:
    """Add the two reactions to a message; where that is forbidden, the buttons have to do."""
    try:
        await message.add_reaction(PREVIOUS)
        await message.add_reaction(NEXT)
    except discord.HTTPException as error:
        log.info("no reactions could be put under a message: %s", describe_error(error))


async def remove_reactions(message: discord.PartialMessage | discord.Message, client: discord.Client) -> None:
    """Remove the two reactions from a message that has no pages to turn any more."""
    me = discord.Object(client.user.id if client.user else 0)
    try:
        await message.remove_reaction(PREVIOUS, me)
        await message.remove_reaction(NEXT, me)
    except discord.HTTPException as error:
        log.info("the reactions under a message could not be taken away: %s", describe_error(error))
