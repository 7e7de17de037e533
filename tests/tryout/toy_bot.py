"""A small discord.py bot with everything that the try-out page must be able to drive."""

from __future__ import annotations

import asyncio
import io
import re
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands
from PIL import Image

from bot.discord_ui.model.sanitize import clean_markdown

PICTURES = [("Red square", "red"), ("Green square", "green"), ("Blue square", "blue")]
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script> **bold** [a](javascript:alert(3))"


def png(colour: str, size: tuple[int, int] = (320, 200)) -> bytes:
    """A plain picture."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def page(position: int) -> tuple[discord.Embed, discord.File, discord.ui.View]:
    """One picture's embed, its upload, and its buttons."""
    title, colour = PICTURES[position]
    embed = discord.Embed(title=title, url=f"https://example.org/{colour}", colour=discord.Colour.teal())
    embed.set_image(url=f"attachment://{colour}.png")
    embed.add_field(name="Size", value="320 x 200")
    embed.set_footer(text=f"example.org · {position + 1} of {len(PICTURES)}")
    view = discord.ui.View(timeout=None)
    view.add_item(Turn(position - 1, "◀"))
    view.add_item(Turn(position + 1, "▶"))
    view.add_item(discord.ui.Button(label="Source", url=f"https://example.org/{colour}"))
    return embed, discord.File(io.BytesIO(png(colour)), f"{colour}.png", description=title), view


class Turn(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"toy:turn:(?P<to>-?\d+)"):
    """A button that works after a restart."""

    def __init__(self, to: int, emoji: str) -> None:
        self.to = to
        shown = 0 <= to < len(PICTURES)
        super().__init__(discord.ui.Button(emoji=emoji, custom_id=f"toy:turn:{to}", disabled=not shown))

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction, item: Any, match: re.Match[str]) -> Turn:
        return cls(int(match["to"]), str(item.emoji))

    async def callback(self, interaction: discord.Interaction) -> Any:
        embed, file, view = page(self.to)
        await interaction.response.edit_message(embed=embed, attachments=[file], view=view)


class Note(discord.ui.Modal, title="A note"):
    """Text, a choice and an upload."""

    text: discord.ui.Label[Any] = discord.ui.Label(
        text="Text", description="What you think", component=discord.ui.TextInput(custom_id="text", max_length=100)
    )
    mood: discord.ui.Label[Any] = discord.ui.Label(
        text="Mood",
        component=discord.ui.Select(
            custom_id="mood",
            options=[discord.SelectOption(label="Good", value="good"), discord.SelectOption(label="Bad", value="bad")],
        ),
    )
    proof: discord.ui.Label[Any] = discord.ui.Label(
        text="Proof", component=discord.ui.FileUpload(custom_id="proof", required=False)
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        parts: list[Any] = [label.component for label in (self.text, self.mood, self.proof)]
        text, mood, proof = parts
        names = ", ".join(file.filename for file in proof.values) or "nothing"
        await interaction.response.send_message(f"{text.value} / {mood.values[0]} / {names}")


class Choose(discord.ui.Select[Any]):
    """Picks colours."""

    def __init__(self) -> None:
        options = [discord.SelectOption(label=title, value=colour) for title, colour in PICTURES]
        super().__init__(custom_id="toy:choose", placeholder="Pick colours", options=options, max_values=2)

    async def callback(self, interaction: discord.Interaction) -> Any:
        await interaction.response.send_message("Picked " + " and ".join(self.values), ephemeral=True)


class ToyBot(commands.Bot):
    """What Magpie does with Discord, without Magpie."""

    def __init__(self) -> None:
        intents = discord.Intents(guilds=True, guild_reactions=True, dm_reactions=True)
        super().__init__("!", intents=intents, allowed_mentions=discord.AllowedMentions.none())
        self.seen: list[Any] = []
        self.closed_cleanly = False

    async def setup_hook(self) -> None:
        add_commands(self)
        self.add_dynamic_items(Turn)
        await self.tree.sync()

    async def on_guild_channel_update(self, before: Any, after: Any) -> None:
        self.seen.append(("channel", after.name, before.nsfw, after.nsfw))

    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        await self._turned("add", payload)

    async def on_raw_reaction_remove(self, payload: discord.RawReactionActionEvent) -> None:
        await self._turned("remove", payload)

    async def _turned(self, how: str, payload: discord.RawReactionActionEvent) -> None:
        if self.user is None or payload.user_id == self.user.id:
            return
        self.seen.append((how, str(payload.emoji)))
        channel = await self.fetch_channel(payload.channel_id)
        message = await channel.fetch_message(payload.message_id)  # type: ignore[union-attr]
        embed, file, view = page(2 if "▶" in str(payload.emoji) else 0)
        await message.edit(embed=embed, attachments=[file], view=view)

    async def close(self) -> None:
        self.closed_cleanly = True
        await super().close()


def add_commands(bot: ToyBot) -> None:  # noqa: C901, PLR0915  (a list of small commands)
    """Register the commands."""
    tree = bot.tree
    everywhere = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
    tree.allowed_contexts = everywhere

    @tree.command(description="Find pictures")
    @app_commands.describe(query="What to look for", colour="Only this colour", count="How many")
    @app_commands.choices(colour=[app_commands.Choice(name=title, value=colour) for title, colour in PICTURES])
    async def image(
        interaction: discord.Interaction, query: str, colour: str = "red", count: app_commands.Range[int, 1, 50] = 3
    ) -> None:
        bot.seen.append(("image", query, colour, count, str(interaction.locale), interaction.filesize_limit))
        await interaction.response.defer(thinking=True)
        await asyncio.sleep(0.05)
        embed, file, view = page(0)
        embed.description = f"for {clean_markdown(query)}"
        await interaction.edit_original_response(embed=embed, attachments=[file], view=view)
        message = await interaction.original_response()
        for emoji in ("◀️", "▶️"):
            await message.add_reaction(emoji)

    @image.autocomplete("query")
    async def suggest(_: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{current} {end}", value=f"{current} {end}") for end in ("hills", "sea")]

    @tree.command(description="Name a picture")
    async def identify(interaction: discord.Interaction, image: discord.Attachment) -> None:
        data = await image.read()
        bot.seen.append(("identify", image.filename, len(data), image.width, image.height))
        await interaction.response.send_message(f"{image.filename}: {len(data)} bytes", ephemeral=True)

    @tree.command(description="Write a note")
    async def note(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Note())

    @tree.command(description="Choose colours")
    async def choose(interaction: discord.Interaction) -> None:
        view = discord.ui.View(timeout=None)
        view.add_item(Choose())
        await interaction.response.send_message("Which?", view=view)

    @tree.command(description="Where am I?")
    async def where(interaction: discord.Interaction) -> None:
        channel: Any = interaction.channel
        flag = channel.is_nsfw() if hasattr(channel, "is_nsfw") else None
        install = interaction.is_guild_integration(), interaction.is_user_integration()
        await interaction.response.send_message(f"{channel.type} age-restricted={flag} guild/user={install}")

    @tree.command(description="A gallery")
    async def gallery(interaction: discord.Interaction) -> None:
        view = discord.ui.LayoutView()
        box: discord.ui.Container[Any] = discord.ui.Container(accent_colour=discord.Colour.teal())
        box.add_item(discord.ui.TextDisplay("## Three squares"))
        items = [discord.MediaGalleryItem(f"attachment://{name}.png", description=title) for title, name in PICTURES]
        box.add_item(discord.ui.MediaGallery(*items))
        view.add_item(box)
        files = [discord.File(io.BytesIO(png(name)), f"{name}.png") for _, name in PICTURES]
        await interaction.response.send_message(view=view, files=files)

    @tree.command(description="Four pictures in one")
    async def grid(interaction: discord.Interaction) -> None:
        embeds = [
            discord.Embed(url="https://example.org/all").set_image(url=f"attachment://{at}.png") for at in range(4)
        ]
        embeds[0].title = "Four squares"
        files = [discord.File(io.BytesIO(png(colour)), f"{at}.png") for at, colour in enumerate(("red", "blue") * 2)]
        await interaction.response.send_message(embeds=embeds, files=files)

    @tree.command(description="Text that attacks the page")
    async def hostile(interaction: discord.Interaction) -> None:
        embed = discord.Embed(title=HOSTILE, description=HOSTILE, url="https://example.org/?q=<script>")
        embed.set_footer(text=HOSTILE)
        embed.add_field(name=HOSTILE, value=HOSTILE)
        embed.set_image(url="https://127.0.0.1:9/dead.png")
        await interaction.response.send_message(HOSTILE, embed=embed)

    @tree.command(description="Thinks, thinks again, says something else")
    async def later(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.delete_original_response()
        await interaction.followup.send("Here it is, for everybody")

    @tree.command(description="Never answers")
    async def silent(interaction: discord.Interaction) -> None:
        await asyncio.sleep(0)

    @tree.context_menu(name="Identify image")
    async def identify_menu(interaction: discord.Interaction, message: discord.Message) -> None:
        names = ", ".join(file.filename for file in message.attachments) or "no picture"
        await interaction.response.send_message(f"In that message: {names}", ephemeral=True)

    @tree.command(description="Only moderators")
    @app_commands.default_permissions(manage_channels=True)
    async def rules(interaction: discord.Interaction, channel: discord.TextChannel | None = None) -> None:
        await interaction.response.send_message(f"Rules for {channel.name if channel else 'here'}", ephemeral=True)
