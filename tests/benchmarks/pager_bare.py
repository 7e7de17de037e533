"""The bare bot of ``pager_turns``: the least that discord.py can do for a button that outlives a restart.

``python -m tests.benchmarks.pager_bare`` reads the environment that ``tests.wire.process`` sets. Nothing of Magpie is
imported here, or else its modules would weigh on this bot's garbage collector.
"""

from __future__ import annotations

import asyncio
import os
import re
from typing import Any

import discord
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

INTENTS = discord.Intents(guilds=True, guild_reactions=True, dm_reactions=True)
PICTURES = 110
TURN = r"mg:[^:]+:next:(?P<number>\d+)"


class Bot(commands.AutoShardedBot):
    """What all the bots are alike in."""

    def __init__(self) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned, help_command=None, intents=INTENTS, max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(), member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False, shard_count=1,
        )  # fmt: skip

    async def setup_hook(self) -> None:
        self.add_dynamic_items(Turn)
        self.tree.add_command(image)
        await self.tree.sync()


class Turn(discord.ui.DynamicItem[discord.ui.Button[Any]], template=TURN):
    """A button that edits an embed."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(discord.ui.Button(emoji="▶️", custom_id=f"mg:session-name-1:next:{number}"))

    @classmethod
    async def from_custom_id(cls, interaction: Any, item: Any, match: re.Match[str], /) -> Turn:
        return cls(int(match["number"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        following = (self.number + 1) % PICTURES
        await interaction.response.edit_message(embed=page(following), view=view(following))


def page(number: int) -> discord.Embed:
    """One picture."""
    return discord.Embed(title=f"Picture {number}", url=f"https://www.example.org/page/{number}").set_image(
        url=f"https://thumbs.example.net/{number}.jpg"
    )


def view(number: int) -> discord.ui.View:
    """One button."""
    made = discord.ui.View(timeout=None)
    made.add_item(Turn(number))
    return made


@discord.app_commands.command(description="Shows a page")
async def image(interaction: discord.Interaction[Any], query: str) -> None:
    await interaction.response.send_message(embed=page(0), view=view(0))


if __name__ == "__main__":
    Route.BASE = os.environ["DISCORD_API_URL"].rstrip("/")
    DiscordWebSocket.DEFAULT_GATEWAY = URL(os.environ["DISCORD_GATEWAY_URL"])
    asyncio.run(Bot().start(os.environ["DISCORD_TOKEN"]))
