"""/trending: what people look for, by category."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.pages import asking
from bot.pages.desk import desk_of
from bot.pages.visitor import visitor_of

if TYPE_CHECKING:
    from bot.client import Magpie


class Trending(commands.Cog):
    """Trending searches and a picture for each."""

    @app_commands.command(
        name=locale_str("trending", key="command-trending"),
        description=locale_str("See what people look for", key="command-trending-description"),
    )
    async def trending(self, interaction: discord.Interaction["Magpie"], category: str = "") -> None:
        """Show the tiles of a category, one a page."""
        deferred = await interaction.response.defer(thinking=True)
        interaction.extras["message_id"] = deferred.message_id if deferred else None
        visitor = await visitor_of(interaction)
        desk = desk_of(interaction.client)
        await desk.open(interaction, visitor, await asking.trending(desk.service, visitor, category=category))


async def setup(bot: "Magpie") -> None:
    """Add the cog."""
    await bot.add_cog(Trending())
