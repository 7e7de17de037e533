"""Bots for ``pager_turns`` and ``pager_collection``: bare ones with one thing more.

``python -m tests.benchmarks.pager_bots same|upload FOLDER`` reads the environment that ``tests.wire.process`` sets.
``same`` is the bare bot (``pager_bare``) with a page as rich as Magpie's (five rows, fourteen controls), made anew each
time. ``upload`` is the bare bot with a file of the folder on each page.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import discord

from bot.client import point_at
from bot.discord_ui.discord_io.embeds import payload
from bot.discord_ui.model.page import PageData
from bot.discord_ui.model.pager import PagerState
from bot.discord_ui.render.page import draw_page
from bot.runtime.memory import freeze_loaded
from tests.discord_ui.fakes import judged, picture
from tests.discord_ui.test_pages import EVERYTHING, content

from .pager_bare import TURN, Bot, Turn, view

FILES: list[Path] = []
"""The pictures that ``upload`` shows."""
IMAGES = [picture(number) for number in range(1, 111)]


class TurnBot(Bot):
    """The bare bot with a button of its own; its first page is as rich as ours."""

    def __init__(self, turn: type[Turn]) -> None:
        super().__init__()
        self.turn = turn

    async def setup_hook(self) -> None:
        self.add_dynamic_items(self.turn)
        self.tree.add_command(image)
        await self.tree.sync()
        freeze_loaded()  # or else it would pay for what is imported here


class RichTurn(Turn, template=TURN):
    """The rich bot's button."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.edit_message(**rich_page((self.number + 1) % len(IMAGES)))


class UploadingTurn(Turn, template=TURN):
    """The uploading bot's button."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        following = (self.number + 1) % len(FILES)
        embed = discord.Embed(title=f"Picture {following}").set_image(url=f"attachment://{FILES[following].name}")
        file = discord.File(FILES[following])
        await interaction.response.edit_message(embed=embed, attachments=[file], view=view(following))


def rich_page(number: int) -> Any:
    shown = content(tuple(IMAGES))
    state = PagerState(len(IMAGES), True, number)
    return payload("session-name-1", draw_page(PageData("session-name-1", judged(shown, state), EVERYTHING)))


@discord.app_commands.command(description="Shows a page")
async def image(interaction: discord.Interaction[Any], query: str) -> None:
    page = rich_page(0)
    await interaction.response.send_message(embeds=page["embeds"], view=page["view"])


def pictures_in(folder: str) -> list[Path]:
    return sorted(one for one in Path(folder).iterdir() if one.suffix in {".png", ".gif", ".jpg"})


async def main() -> None:
    point_at(os.environ["DISCORD_API_URL"], os.environ["DISCORD_GATEWAY_URL"])
    if sys.argv[1] == "upload":
        FILES.extend(pictures_in(sys.argv[2]))
    await TurnBot(UploadingTurn if sys.argv[1] == "upload" else RichTurn).start(os.environ["DISCORD_TOKEN"])


if __name__ == "__main__":
    asyncio.run(main())
