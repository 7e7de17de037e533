"""/image: pictures for words; and the events that turn pages of every kind."""

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_ui.discord_io.context import LEVEL_OPTION, chosen_level, requester_of
from bot.discord_ui.discord_io.image_options import image_command, suggested
from bot.discord_ui.handlers.router import InteractionRouter
from bot.discord_ui.model.sanitize import clean
from bot.discord_ui.sessions import new_session
from bot.discord_ui.sessions.service import session_service_of

if TYPE_CHECKING:
    from bot.client import Magpie


class SearchCog(commands.Cog):
    """Searching for pictures, and the events that turn their pages."""

    def __init__(self, bot: "Magpie") -> None:
        self.bot = bot
        self.sessions = session_service_of(bot)
        self.router = InteractionRouter(self.sessions)

    async def cog_unload(self) -> None:
        """Write sessions that changed."""
        await self.sessions.close()

    async def image(self, interaction: discord.Interaction["Magpie"], options: dict[str, Any]) -> None:
        """Search and show the first page."""
        query, view = options.pop("query"), options.pop("view", None)
        options.pop(LEVEL_OPTION, None)  # the requester has it
        requester, chosen = await self.sessions.begin_command(interaction, options.pop("private", None), view)
        request = new_session.search_request(query, requester.locale, **options)
        content = await new_session.search_session(self.sessions.service, requester, request)
        await self.sessions.open(interaction, requester, content, chosen)

    async def suggest(self, interaction: discord.Interaction["Magpie"], current: str) -> list[app_commands.Choice[str]]:
        """Suggest searches that begin with what is typed; none if that takes too long."""

        async def texts() -> list[str]:
            requester = await requester_of(interaction, chosen_level(interaction))
            return await self.sessions.service.suggest(requester, current[:100])

        found = await suggested(texts())
        fitting = dict.fromkeys(text for one in found if (text := clean(one, 101)) and len(text) <= 100)  # noqa: PLR2004 (Discord's limit)
        return [app_commands.Choice(name=text, value=text) for text in list(fitting)[:25]]

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        """Turn a page."""
        await self.router.reactions.handle(event)

    @commands.Cog.listener()
    async def on_raw_reaction_remove(self, event: discord.RawReactionActionEvent) -> None:
        """Turn a page."""
        await self.router.reactions.handle(event)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction["Magpie"]) -> None:
        """Handle a press on a control or a submitted modal."""
        await self.router.handle(interaction)


async def setup(bot: "Magpie") -> None:
    """Add the cog and the command."""
    cog = SearchCog(bot)
    await bot.add_cog(cog)
    bot.tree.add_command(image_command(cog.image, cog.suggest, cog.sessions.filters))


async def teardown(bot: "Magpie") -> None:
    """Take the command away with the cog."""
    bot.tree.remove_command("image")
