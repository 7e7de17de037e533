"""The real bot at home in a stand-in, with a small collection of pictures; what its tests share."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from .interactions import Interaction
from .model import Channel, Guild, Json, Message, User
from .process import BotProcess, bot_command, bot_process
from .standin import StandIn

MANY = "bird"
"""A search with several pages of pictures rated safe."""
ADULT = "heron"
"""A search that only pictures rated adult answer."""
PREVIOUS, NEXT = "◀️", "▶️"
RATINGS = ("safe", "safe", "safe", "safe", "safe", "safe", "adult", "adult", "adult")
GREEN = (1, 3)
"""The numbers of pictures that are green all over."""


def draw_collection(folder: Path) -> None:
    """Pictures unlike each other, and a manifest that says what they are."""
    rows: list[str] = []
    for number, rating in enumerate(RATINGS):
        noise = np.random.default_rng(number).integers(0, 256, (9, 12, 3), dtype=np.uint8)
        if number in GREEN:
            noise = noise // 4 + np.array([0, 150, 0], np.uint8)
        drawn = Image.fromarray(noise).resize((480, 360), Image.Resampling.BICUBIC)
        drawn.save(folder / f"{number}.png", compress_level=1)
        name = f"Grey heron {number}" if rating == "adult" else f"Small bird {number}"
        row: Json = {"file": f"{number}.png", "title": name, "rating": rating, "tags": name.lower().split()[:2]}
        row |= {"author": "Ada", "licence": "CC0 1.0", "page": f"https://pictures.example/{number}"}
        rows.append(json.dumps(row))
    (folder / "manifest.jsonl").write_text("\n".join(rows), "utf-8")


@dataclass(repr=False)
class House:
    """The bot, and a server with a channel; every test takes people and channels of its own."""

    discord: StandIn
    bot: BotProcess
    guild: Guild
    channel: Channel
    data: Path
    """Where the bot keeps its state."""
    numbers: int = 0

    def person(self, *, permissions: list[str] | None = None, locale: str = "en-US") -> User:
        """A new member of the server: cooldowns are theirs alone."""
        self.numbers += 1
        return self.discord.member(self.guild, f"person {self.numbers}", permissions=permissions, locale=locale)

    async def search(self, person: User, channel: Channel | None = None, query: str = MANY) -> Interaction:
        """``/image``, answered by one embed with a picture."""
        reply = await self.discord.command(person, channel or self.channel, "image", query=query)
        assert shown(reply.answer)["image"]["url"].startswith(("attachment://", "http"))
        return reply

    async def offered(self, message: Message) -> None:
        """Wait for the two reactions under a page."""
        await self.discord.until(lambda: list(message.reactions) == [PREVIOUS, NEXT], "the two reactions")


@asynccontextmanager
async def open_house(folder: Path, **env: str) -> AsyncIterator[House]:
    """A running bot over a freshly indexed collection; ``folder`` is empty and temporary."""
    pictures, data = folder / "pictures", folder / "data"
    pictures.mkdir()
    draw_collection(pictures)
    await bot_command("index", str(pictures), data=data, preloaded=True)
    async with StandIn(check_answers=True, strict=False) as discord:
        guild = discord.guild()
        channel = discord.channel(guild)
        async with bot_process(discord, data, env={"MAGPIE_PROVIDERS": "collection", **env}) as bot:
            yield House(discord, bot, guild, channel, data)


def shown(message: Message) -> Json:
    """The only embed, of a page of one picture."""
    return message.embed


def place_of(message: Message) -> str:
    """The page's number as the pager's middle button has it."""
    return next(c["label"] for c in message.controls() if c.get("custom_id", "").endswith(":jump"))


def inputs(modal: Json) -> list[Json]:
    """The fields of a modal."""
    parts = modal.get("components") or []
    return [part.get("component") or part["components"][0] for part in parts if part["type"] in (1, 18)]
