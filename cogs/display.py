"""/display: how a server or a channel wants answers shown."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_ui.discord_io import responses
from bot.discord_ui.discord_io.context import ruling_channel
from bot.discord_ui.discord_io.image_options import localized, view_choices
from bot.discord_ui.sessions.service import session_service_of
from bot.i18n import say

if TYPE_CHECKING:
    from bot.client import Magpie

_OPTIONS = ("view", "private", "reactions", "everywhere")


class DisplayCog(commands.Cog):
    """How answers are shown in a server, as its moderators choose."""

    @app_commands.command(name=localized("command-display"), description=localized("command-display-description"))
    @app_commands.rename(**{name: localized(f"option-display-{name}") for name in _OPTIONS})
    @app_commands.describe(**{name: localized(f"option-display-{name}-description") for name in _OPTIONS})
    @app_commands.choices(view=view_choices())
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_channels=True)
    @app_commands.checks.has_permissions(manage_channels=True)
    async def display(
        self,
        interaction: discord.Interaction["Magpie"],
        view: str | None = None,
        private: bool | None = None,
        reactions: bool | None = None,
        everywhere: bool = False,
    ) -> None:
        """Change the given options, then say what applies in this channel."""
        choices = session_service_of(interaction.client).choices
        guild_id, channel_id = interaction.guild_id or 0, 0 if everywhere else ruling_channel(interaction) or 0
        given = {"view": view, "private": _yes_or_no(private), "reactions": _yes_or_no(reactions)}
        await choices.choose(guild_id, channel_id, {name: value for name, value in given.items() if value is not None})
        in_force = await choices.of(guild_id, ruling_channel(interaction))
        await responses.tell(interaction, _words(in_force, interaction.locale.value))


def _yes_or_no(value: bool | None) -> str | None:
    return None if value is None else ("yes" if value else "no")


def _words(choices: Mapping[str, str], locale: str) -> str:
    return "\n".join((
        say(locale, "display-view", view=say(locale, f"choice-view-{choices.get('view', 'single')}")),
        say(locale, f"display-private-{choices.get('private', 'no')}"),
        say(locale, f"display-reactions-{choices.get('reactions', 'yes')}"),
    ))  # fmt: skip


async def setup(bot: "Magpie") -> None:
    """Add the cog."""
    await bot.add_cog(DisplayCog())
