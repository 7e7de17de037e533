"""/about: help, where pictures come from, what is left of the allowances, privacy, and deleting one's data."""

import logging
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.discord_ui.discord_io import responses
from bot.discord_ui.discord_io.about import about_embed, about_view
from bot.discord_ui.discord_io.context import requester_of
from bot.discord_ui.discord_io.image_options import localized
from bot.safesearch.messages import tell_decision
from bot.search.counts import REMEMBER_QUERIES

if TYPE_CHECKING:
    from bot.client import Magpie

log = logging.getLogger(__name__)


class AboutCog(commands.Cog):
    """What Magpie is and what it keeps."""

    def __init__(self, bot: "Magpie") -> None:
        self.bot = bot
        self.services = bot.services

    async def cog_load(self) -> None:
        """Start deleting old data, once an hour."""
        self.forget_old.start()

    async def cog_unload(self) -> None:
        """Stop deleting old data."""
        self.forget_old.cancel()

    @app_commands.command(name=localized("command-about"), description=localized("command-about-description"))
    async def about(self, interaction: discord.Interaction["Magpie"]) -> None:
        """Show the page privately."""
        await responses.defer(interaction, private=True, thinking=True)
        requester, locale = await requester_of(interaction, None), interaction.locale.value
        decision = await self.services.search.decide(requester)
        provider_statuses = await self.services.provider_statuses(requester.user_id, requester.place.guild_id)
        remember = await self.services.choices.of_person(requester.user_id, REMEMBER_QUERIES) == "yes"
        contact, level_sentence = self.services.contact, tell_decision(decision, locale)
        embed = about_embed(provider_statuses, level_sentence, remember=remember, contact=contact, locale=locale)
        await responses.tell(interaction, None, about_view(locale, remember=remember), embed=embed)

    @tasks.loop(hours=1)
    async def forget_old(self) -> None:
        """Delete data whose retention has ended."""
        try:
            await self.services.forget_old()
            await self.bot.forget_departed()
        except Exception:
            log.exception("old data could not be deleted; trying again in an hour")


async def setup(bot: "Magpie") -> None:
    """Add the cog."""
    await bot.add_cog(AboutCog(bot))
