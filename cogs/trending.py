"""/trending: popular searches by category."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_ui.discord_io.context import chosen_level, requester_of
from bot.discord_ui.discord_io.image_options import level_choices, localized, suggested
from bot.discord_ui.model.pager import View
from bot.discord_ui.model.sanitize import clean
from bot.discord_ui.sessions import new_session
from bot.discord_ui.sessions.service import session_service_of

if TYPE_CHECKING:
    from bot.client import Magpie


_OPTIONS = ("category", "private", "safesearch")


class TrendingCog(commands.Cog):
    """Trending searches and a picture for each."""

    @app_commands.command(name=localized("command-trending"), description=localized("command-trending-description"))
    @app_commands.rename(**{name: localized(f"option-trending-{name}") for name in _OPTIONS})
    @app_commands.describe(**{name: localized(f"option-trending-{name}-description") for name in _OPTIONS})
    @app_commands.choices(safesearch=level_choices())
    async def trending(
        self,
        interaction: discord.Interaction["Magpie"],
        category: app_commands.Range[str, 1, 100] | None = None,
        private: bool | None = None,
        safesearch: str | None = None,  # noqa: ARG002 (the requester has it)
    ) -> None:
        """Show the tiles of a category, several a page; a server may choose another view."""
        sessions = session_service_of(interaction.client)
        requester, view = await sessions.begin_command(interaction, private, unchosen=View.GRID)
        content = await new_session.trending_session(sessions.service, requester, category=category or "")
        shown = View.SINGLE if view is View.SINGLE else View.GRID  # a gallery has no room for a button a tile
        await sessions.open(interaction, requester, content, shown)

    @trending.autocomplete("category")
    async def categories(
        self, interaction: discord.Interaction["Magpie"], current: str
    ) -> list[app_commands.Choice[str]]:
        """Suggest the categories of now."""
        sessions = session_service_of(interaction.client)

        async def titled() -> list[str]:
            requester = await requester_of(interaction, chosen_level(interaction))
            content = await new_session.trending_session(sessions.service, requester)
            return [clean(category.title, 100) for category in content.categories]

        titles = await suggested(titled())
        fitting = [title for title in titles if title and current.casefold() in title.casefold()]
        return [app_commands.Choice(name=title, value=title) for title in dict.fromkeys(fitting)][:25]


async def setup(bot: "Magpie") -> None:
    """Add the cog."""
    await bot.add_cog(TrendingCog())
