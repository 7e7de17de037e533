"""A small unmodified discord.py bot that does once everything the stand-in must be able to answer."""

from __future__ import annotations

import io
import re
from typing import Any

import discord
from discord import app_commands
from PIL import Image

LEFT, RIGHT = (
    "\N{BLACK LEFT-POINTING TRIANGLE}\N{VARIATION SELECTOR-16}",
    "\N{BLACK RIGHT-POINTING TRIANGLE}\N{VARIATION SELECTOR-16}",
)


def png(colour: str = "red", size: tuple[int, int] = (8, 6)) -> bytes:
    """A small picture."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


def page(number: int) -> discord.Embed:
    """An embed that shows an attached picture."""
    return discord.Embed(title=f"Page {number}", url="https://pictures.example/1").set_image(url="attachment://p.png")


def controls(number: int) -> discord.ui.View:
    """A turn button whose custom_id carries the state."""
    view = discord.ui.View(timeout=None)
    view.add_item(Turn(number))
    view.add_item(discord.ui.Button(label="Open", url="https://pictures.example/1"))
    return view


class Turn(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"turn:(?P<number>\d+)"):
    """Turns to the next page; works after a restart."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(discord.ui.Button(label="Next", custom_id=f"turn:{number}"))

    @classmethod
    async def from_custom_id(cls, interaction: Any, item: Any, match: re.Match[str], /) -> Turn:
        return cls(int(match["number"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        following = self.number + 1
        await interaction.response.edit_message(embed=page(following), view=controls(following))


class Jump(discord.ui.Modal, title="Jump"):
    """Asks for a page."""

    number = discord.ui.TextInput[Any](label="Page", custom_id="number", max_length=4)

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        await interaction.response.send_message(f"to {self.number.value}", ephemeral=True)


class Layout(discord.ui.LayoutView):
    """Components V2 with an uploaded picture."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        gallery = discord.ui.MediaGallery[Any](
            discord.MediaGalleryItem("attachment://p.png", description="a red field")
        )
        self.add_item(discord.ui.Container(discord.ui.TextDisplay("# Red"), gallery))


class SampleBot(discord.Client):
    """Commands: ``/show``, ``/layout``, ``/jump``, ``/identify``, menu "Look"; counts reactions on its messages."""

    def __init__(self, **options: Any) -> None:
        intents = discord.Intents(guilds=True, guild_reactions=True, dm_reactions=True)
        super().__init__(intents=intents, allowed_mentions=discord.AllowedMentions.none(), max_messages=None, **options)
        self.tree = app_commands.CommandTree(
            self,
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
        )
        self.tree.add_command(show)
        self.tree.add_command(layout)
        self.tree.add_command(jump)
        self.tree.add_command(identify)
        self.tree.add_command(slow)
        self.tree.add_command(look)
        self.resumes = 0

    async def setup_hook(self) -> None:
        self.add_dynamic_items(Turn)
        await self.tree.sync()

    async def on_resumed(self) -> None:
        self.resumes += 1

    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        await self._count(event, "added")

    async def on_raw_reaction_remove(self, event: discord.RawReactionActionEvent) -> None:
        await self._count(event, "removed")

    async def _count(self, event: discord.RawReactionActionEvent, what: str) -> None:
        assert self.user is not None
        if event.user_id == self.user.id:
            return
        channel = self.get_partial_messageable(event.channel_id, guild_id=event.guild_id)
        await channel.get_partial_message(event.message_id).edit(content=f"{what} {event.emoji}")


@app_commands.command(description="Shows a page")
async def show(interaction: discord.Interaction[Any], query: str, count: app_commands.Range[int, 1, 9] = 1) -> None:
    await interaction.response.defer()
    message = await interaction.edit_original_response(
        embed=page(count), view=controls(count), attachments=[discord.File(io.BytesIO(png()), "p.png")]
    )
    if interaction.is_guild_integration() or interaction.context.dm_channel:
        for emoji in (LEFT, RIGHT):
            try:
                await interaction.client.http.add_reaction(message.channel.id, message.id, emoji)
            except discord.Forbidden:
                break
    await interaction.followup.send(f"asked for {query}", ephemeral=True)


@show.autocomplete("query")
async def suggest(interaction: discord.Interaction[Any], current: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=f"{current}{n}", value=f"{current}{n}") for n in range(3)]


@app_commands.command(description="Shows components V2")
async def layout(interaction: discord.Interaction[Any]) -> None:
    await interaction.response.send_message(view=Layout(), file=discord.File(io.BytesIO(png()), "p.png"))


@app_commands.command(description="Asks for a page")
async def jump(interaction: discord.Interaction[Any]) -> None:
    await interaction.response.send_modal(Jump())


@app_commands.command(description="Measures a picture")
async def identify(interaction: discord.Interaction[Any], image: discord.Attachment) -> None:
    data = await image.read()
    await interaction.response.send_message(
        f"{image.filename} {image.width}x{image.height} {len(data)}", ephemeral=True
    )


@app_commands.command(description="Never answers")
async def slow(interaction: discord.Interaction[Any]) -> None:
    return


@app_commands.context_menu(name="Look")
async def look(interaction: discord.Interaction[Any], message: discord.Message) -> None:
    await interaction.response.send_message(f"{message.author} wrote {message.content}", ephemeral=True)


if __name__ == "__main__":
    import os

    from discord.gateway import DiscordWebSocket
    from discord.http import Route
    from yarl import URL

    Route.BASE = os.environ["DISCORD_API_URL"]
    DiscordWebSocket.DEFAULT_GATEWAY = URL(os.environ["DISCORD_GATEWAY_URL"])
    SampleBot().run(os.environ["DISCORD_TOKEN"])
