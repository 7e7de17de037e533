"""Two bots for ``pager_turns``: a rich page and nothing else, and Magpie's pages over its real service and database.

``python -m tests.benchmarks.pager_bots same|magpie`` reads the environment that ``tests.wire.process`` sets. ``same``
is the bare bot (``pager_bare``) with a page as rich as Magpie's (five rows, fourteen controls), made anew each time.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import discord

from bot.bing_v7 import ImageAnswer, ImageInsights, SearchRequest, TrendingImages
from bot.client import point_at
from bot.discord_ui.discord_io.embeds import payload
from bot.discord_ui.model.page import PageData
from bot.discord_ui.model.pager import PagerState
from bot.discord_ui.render.page import draw_page
from bot.runtime.memory import freeze_loaded
from bot.safesearch.guard import Guard
from bot.safesearch.policies import Policies
from bot.search.service import SearchService
from bot.storage import Database
from bot.storage.policies import PolicyStore
from bot.storage.sessions import SessionStore
from tests.discord_ui.fakes import FakeService, judged, picture
from tests.discord_ui.test_pages import EVERYTHING, content

from .pager_bare import TURN, Bot, Turn

IMAGES = [picture(number) for number in range(1, 111)]


class Rich(Bot):
    """The bare bot with a page as rich as ours."""

    async def setup_hook(self) -> None:
        self.add_dynamic_items(RichTurn)
        self.tree.add_command(image)
        await self.tree.sync()
        freeze_loaded()  # or else it would pay for what is imported here


class Ours(Bot):
    """Magpie's search over real services."""

    def __init__(self, services: Any) -> None:
        super().__init__()
        self.services = services

    async def setup_hook(self) -> None:
        await self.load_extension("cogs.search")
        await self.tree.sync()
        freeze_loaded()  # as the real bot does


class RichTurn(Turn, template=TURN):
    """The rich bot's button."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.edit_message(**rich_page((self.number + 1) % len(IMAGES)))


def rich_page(number: int) -> Any:
    shown = content(tuple(IMAGES))
    state = PagerState(len(IMAGES), True, number)
    return payload("session-name-1", draw_page(PageData("session-name-1", judged(shown, state), EVERYTHING)))


@discord.app_commands.command(description="Shows a page")
async def image(interaction: discord.Interaction[Any], query: str) -> None:
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
        await Rich().start(os.environ["DISCORD_TOKEN"])
        return
    folder = Path(os.environ["MAGPIE_DATA_DIR"])
    database = await Database.open(f"sqlite:///{folder}/magpie.db")
    search: Any = SearchService(Guard(Provider()), Policies(PolicyStore(database)))  # type: ignore[arg-type]  # three verbs are enough
    services = SimpleNamespace(search=search, sessions=SessionStore(database), database=database)
    await Ours(services).start(os.environ["DISCORD_TOKEN"])


if __name__ == "__main__":
    asyncio.run(main())
