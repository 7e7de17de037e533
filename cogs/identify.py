"""/identify and the message menu "Identify image": what a picture shows and where it comes from."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_ui.discord_io import responses
from bot.discord_ui.discord_io.context import chosen_level, requester_of
from bot.discord_ui.discord_io.image_options import level_choices, localized
from bot.discord_ui.handlers.lookup_candidates import candidates, from_address, from_attachment, replied_to
from bot.discord_ui.handlers.lookup_start import EVERYTHING, start_lookup
from bot.discord_ui.handlers.lookup_window import LOOK_FOR, LookupOptions, identify_window, look_up_as_asked
from bot.discord_ui.model.lookup_session import Lookup, Section
from bot.discord_ui.render.lookup_regions import CELLS
from bot.discord_ui.sessions.lookups import Where, decide_where, services_of
from bot.discord_ui.sessions.service import session_service_of
from bot.i18n import say

if TYPE_CHECKING:
    from bot.client import Magpie


class IdentifyCog(commands.Cog):
    """Looking pictures up."""

    def __init__(self, bot: "Magpie") -> None:
        self.bot = bot
        self.sessions = session_service_of(bot)
        self.menu = app_commands.ContextMenu(name=localized("command-identify-image"), callback=self.of_message)

    async def cog_load(self) -> None:
        """Add the message menu."""
        self.bot.tree.add_command(self.menu)

    async def cog_unload(self) -> None:
        """Take the message menu away."""
        self.bot.tree.remove_command(self.menu.name, type=self.menu.type)

    @app_commands.command(name=localized("command-identify"), description=localized("command-identify-description"))
    @app_commands.rename(
        image=localized("option-identify-image"), url=localized("option-identify-url"),
        look_for=localized("option-identify-look-for"), part=localized("option-identify-part"),
        private=localized("option-identify-private"), safesearch=localized("option-identify-safesearch"),
    )  # fmt: skip
    @app_commands.describe(
        image=localized("option-identify-image-description"), url=localized("option-identify-url-description"),
        look_for=localized("option-identify-look-for-description"), part=localized("option-identify-part-description"),
        private=localized("option-identify-private-description"),
        safesearch=localized("option-identify-safesearch-description"),
    )  # fmt: skip
    @app_commands.choices(
        look_for=[app_commands.Choice(name=localized(f"insights-section-{name}"), value=name) for name in LOOK_FOR],
        part=[app_commands.Choice(name=localized(f"region-{name}"), value=name) for name in CELLS],
        safesearch=level_choices(),
    )
    async def identify(
        self,
        interaction: discord.Interaction["Magpie"],
        image: discord.Attachment | None = None,
        url: app_commands.Range[str, 1, 2000] | None = None,
        look_for: str | None = None,
        part: str | None = None,
        private: bool | None = None,
        safesearch: str | None = None,  # noqa: ARG002 (the requester has it)
    ) -> None:
        """Look up a picture; without one, ask for it in a window."""
        locale, asked = interaction.locale.value, LookupOptions(look_for, part, private)
        if image is None and url is None:
            await responses.open_window(interaction, identify_window(locale, chosen_level(interaction), asked))
        elif image is not None and url is not None:
            await responses.tell(interaction, say(locale, "identify-both"))
        else:
            source = from_attachment(image) if image is not None else from_address(url or "")
            await look_up_as_asked(interaction, source, asked)

    async def of_message(self, interaction: discord.Interaction["Magpie"], message: discord.Message) -> None:
        """Look up the picture of a message, or of the one it replies to; of several, let the user choose."""
        found = candidates(message) or await replied_to(interaction, message)
        if not found:
            key = "identify-no-picture-reply" if message.reference else "identify-no-picture"
            await responses.tell(interaction, say(interaction.locale.value, key))
        elif len(found) == 1:
            await look_up_as_asked(interaction, found[0], LookupOptions())
        else:
            requester, _ = await self.sessions.begin_command(interaction, private=True)  # the names of others' files
            view = await self.sessions.view_at(interaction)
            choice = Lookup(source=found[0], modules=EVERYTHING, candidates=found, section=Section.PICK, view=view)
            await start_lookup(interaction, requester, choice)

    @app_commands.command(
        name=localized("command-identify-settings"), description=localized("command-identify-settings-description")
    )
    @app_commands.rename(where=localized("option-identify-where"))
    @app_commands.describe(where=localized("option-identify-where-description"))
    @app_commands.choices(
        where=[app_commands.Choice(name=localized(f"choice-identify-{one.value}"), value=one.value) for one in Where]
    )
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_channels=True)
    @app_commands.checks.has_permissions(manage_channels=True)
    async def settings(self, interaction: discord.Interaction["Magpie"], where: str) -> None:
        """Choose where pictures of this server may be looked up."""
        await responses.defer(interaction, private=True, thinking=True)
        await decide_where(services_of(interaction.client), await requester_of(interaction, None), Where(where))
        await responses.tell(interaction, say(interaction.locale.value, f"identify-setting-{where}"))


async def setup(bot: "Magpie") -> None:
    """Add the cog."""
    await bot.add_cog(IdentifyCog(bot))
