"""Two bots for ``pager_turns``: a bare discord.py handler, and Magpie's pages over its real service and database.

``python -m tests.benchmarks.pager_bots bare|same|magpie`` reads the environment that ``tests.wire.process`` sets.
``bare`` is the least that discord.py can do for a button that outlives a restart: one DynamicItem that edits an embed.
``same`` does that with a page as rich as Magpie's (five rows, ten controls), made anew each time.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import discord
from discord.ext import commands

from bot.bing_v7 import ImageAnswer, ImageInsights, SearchRequest, TrendingImages
from bot.client import point_at
from bot.memory import settle
from bot.pages.draw import draw
from bot.pages.render import payload
from bot.pages.scene import Scene
from bot.pages.state import PagerState
from bot.safesearch.guard import Guard
from bot.safesearch.policies import Policies
from bot.search import SearchService
from bot.storage import Database
from bot.storage.policies import PolicyStore
from bot.storage.sessions import SessionStore
from tests.pages.fakes import FakeService, picture
from tests.pages.test_draw import EVERYTHING, content

INTENTS = discord.Intents(guilds=True, guild_reactions=True, dm_reactions=True)
IMAGES = [picture(number) for number in range(1, 111)]


class Bot(commands.AutoShardedBot):
    """What both bots are alike in."""

    def __init__(self, services: Any, cogs: tuple[str, ...] = ()) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned, help_command=None, intents=INTENTS, max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(), member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False, shard_count=1,
        )  # fmt: skip
        self.services = services
        self.wanted = cogs

    async def setup_hook(self) -> None:
        for cog in self.wanted:
            await self.load_extension(cog)
        if not self.wanted:
            self.add_dynamic_items(Turn)
            self.tree.add_command(image)
        await self.tree.sync()
        if self.wanted:
            settle()  # as the real bot does


def bare_page(number: int) -> discord.Embed:
    return discord.Embed(title=f"Picture {number}", url=f"https://www.example.org/page/{number}").set_image(
        url=f"https://thumbs.example.net/{number}.jpg"
    )


class Turn(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"mg:[^:]+:next:(?P<number>\d+)"):
    """The bare handler's button."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(discord.ui.Button(emoji="▶️", custom_id=f"mg:session-name-1:next:{number}"))

    @classmethod
    async def from_custom_id(cls, interaction: Any, item: Any, match: re.Match[str], /) -> Turn:
        return cls(int(match["number"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        following = (self.number + 1) % len(IMAGES)
        if sys.argv[1] == "bare":
            await interaction.response.edit_message(embed=bare_page(following), view=bare_view(following))
        else:
            await interaction.response.edit_message(**rich_page(following))


def bare_view(number: int) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    view.add_item(Turn(number))
    return view


def rich_page(number: int) -> Any:
    shown = content(tuple(IMAGES))
    state = PagerState(len(IMAGES), True, number)
    return payload("session-name-1", draw(Scene("session-name-1", shown, state, EVERYTHING)))


@discord.app_commands.command(description="Shows a page")
async def image(interaction: discord.Interaction[Any], query: str) -> None:
    if sys.argv[1] == "bare":
        await interaction.response.send_message(embed=bare_page(0), view=bare_view(0))
    else:
        page = rich_page(0)
        await interaction.response.send_message(embeds=page["embeds"], view=page["view"])


class Provider:
    """As many pictures as a walk needs, whatever is asked; says on standard output how often it was asked."""

    name, title = "fake", "Fake"
    capabilities = FakeService().capabilities(None)  # type: ignore[arg-type]  # the fake takes any verb

    async def search(self, request: SearchRequest) -> ImageAnswer:
        print("the provider was asked", flush=True)
        return ImageAnswer(value=tuple(IMAGES))

    async def insights(self, request: Any) -> ImageInsights:
        return ImageInsights()

    async def trending(self, request: Any) -> TrendingImages:
        return TrendingImages()

    async def aclose(self) -> None:
        return None


async def main() -> None:
    point_at(os.environ["DISCORD_API_URL"], os.environ["DISCORD_GATEWAY_URL"])
    if sys.argv[1] != "magpie":
        await Bot(None).start(os.environ["DISCORD_TOKEN"])
        return
    folder = Path(os.environ["MAGPIE_DATA_DIR"])
    database = await Database.open(f"sqlite:///{folder}/magpie.db")
    search: Any = SearchService(Guard(Provider()), Policies(PolicyStore(database)))  # type: ignore[arg-type]  # three verbs are enough
    services = SimpleNamespace(search=search, sessions=SessionStore(database), database=database)
    bot = Bot(services, ("cogs.search",))
    await bot.start(os.environ["DISCORD_TOKEN"])


if __name__ == "__main__":
    asyncio.run(main())
