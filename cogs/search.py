"""/image: pictures for words."""

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


class Search(commands.Cog):
    """Searching for pictures, and the events that turn their pages."""

    def __init__(self, bot: "Magpie") -> None:
        self.bot = bot

    @app_commands.command(
        name=locale_str("image", key="command-image"),
        description=locale_str("Search for pictures", key="command-image-description"),
    )
    async def image(self, interaction: discord.Interaction["Magpie"], query: str) -> None:
        """Search and show the first page."""
        deferred = await interaction.response.defer(thinking=True)
        interaction.extras["message_id"] = deferred.message_id if deferred else None
        visitor = await visitor_of(interaction)
        desk = desk_of(interaction.client)
        content = await asking.search(desk.service, visitor, asking.search_request(query, visitor.locale))
        await desk.open(interaction, visitor, content)

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        """Turn a page."""
        await desk_of(self.bot).reactions.happened(event)

    @commands.Cog.listener()
    async def on_raw_reaction_remove(self, event: discord.RawReactionActionEvent) -> None:
        """Turn a page."""
        await desk_of(self.bot).reactions.happened(event)


async def setup(bot: "Magpie") -> None:
    """Add the cog, and have the controls of earlier days listened to."""
    desk_of(bot)
    await bot.add_cog(Search(bot))
