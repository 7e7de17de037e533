"""A crowd that uses a bot while something breaks, and what must hold afterwards."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.wire import Channel, StandIn, User
from tests.wire.house import MANY, NEXT, draw_collection
from tests.wire.interactions import Callback, Interaction
from tests.wire.model import Message
from tests.wire.process import BotProcess, bot_command, bot_process

PROMISED = 30.0
"""Seconds after which everybody has a result or a sentence."""
LOG_LINES = 400
"""So much a bot may write in one of these tests: an outage is told once, not with every answer."""


@dataclass(repr=False)
class Crowd:
    """People in some channels, each act remembered."""

    discord: StandIn
    bot: BotProcess
    people: list[User]
    channels: list[Channel]
    messages: list[Message] = field(default_factory=list[Message])
    sent: list[Interaction] = field(default_factory=list[Interaction])
    rng: random.Random = field(default_factory=lambda: random.Random(3))
    numbers: int = 0

    def person(self) -> User:
        """One after the other, so that nobody meets a limit."""
        self.numbers += 1
        return self.people[self.numbers % len(self.people)]

    async def pages(self, count: int) -> None:
        """So many public pages to press."""
        for _ in range(count):
            person, channel = self.person(), self.rng.choice(self.channels)
            reply = await self.discord.command(person, channel, "image", query=MANY)
            self.messages.append(reply.answer)

    async def act(self) -> None:
        """Search, turn a page, take a copy, or ask for trends; nobody waits for the answer here."""
        person, channel, kind = self.person(), self.rng.choice(self.channels), self.rng.random()
        if kind < 0.3 or not self.messages:
            made = await self.discord.command(person, channel, "image", query=MANY, until="sent")
        elif kind < 0.4:
            made = await self.discord.command(person, channel, "trending", until="sent")
        elif kind < 0.5:
            made = await self.discord.command(person, channel, "about", until="sent")
        else:
            message = self.rng.choice(self.messages)
            made = await self.discord.press(person, message, NEXT, until="sent")
        self.sent.append(made)

    async def busy(self, seconds: float, every: float = 0.12) -> None:
        """Act for so long."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while loop.time() < end:
            await self.act()
            await asyncio.sleep(every)

    async def all_told(self, sent: list[Interaction] | None = None) -> None:
        """AssertionError unless everybody got a first answer, and a result or a sentence, in time."""
        waiting = self.sent if sent is None else sent
        try:
            await self.discord.until(lambda: all(map(told, waiting)), "the last answer", within=PROMISED)
        except AssertionError:
            left = [f"{one.type.name} {one.data.get('name') or one.data.get('custom_id')}: {one.callback!r}"
                    for one in waiting if not told(one)]  # fmt: skip
            raise AssertionError(f"{len(left)} of {len(waiting)} were left waiting: {left[:8]}") from None

    def said_once(self, sent: list[Interaction] | None = None) -> None:
        """AssertionError if somebody was told the same twice."""
        for one in self.sent if sent is None else sent:
            answers = [one.message] if one.callback in (Callback.MESSAGE, Callback.DEFER) and one.message else []
            texts = [m.text() for m in (*answers, *one.followups) if not m.deleted]
            assert len(texts) == len(set(texts)), texts

    async def works(self) -> None:
        """AssertionError unless everything answers as before: a new search, and every message that was there."""
        await self.pages(1)
        for message in self.messages:
            if not message.deleted:
                reply = await self.discord.press(self.person(), message, NEXT)
                assert "restart" not in reply.answer.text()

    def quiet(self, *, most: int = LOG_LINES) -> None:
        """AssertionError if the log has a traceback or is long."""
        assert "Traceback" not in self.bot.output, self.bot.output[-4000:]
        assert len(self.bot.output.splitlines()) < most, self.bot.output[-3000:]


def told(one: Interaction) -> bool:
    """Whether a person sees an outcome; a message that was taken back is none, unless another says why."""
    taken_back = one.callback is Callback.DEFER and one.message is not None and one.message.deleted
    return one.settled and (not taken_back or bool(one.followups))


@asynccontextmanager
async def crowd(folder: Path, people: int = 400, env: dict[str, str] | None = None) -> AsyncIterator[Crowd]:
    """A bot with its own pictures, and people who use it."""
    env = env or {}
    pictures, data = folder / "pictures", folder / "data"
    pictures.mkdir()
    data.mkdir(exist_ok=True)
    draw_collection(pictures)
    collection = {name: env[name] for name in ("MAGPIE_COLLECTION_URL",) if name in env}
    beside = all(address.startswith("sqlite") for address in collection.values())
    if beside and not env.get("MAGPIE_PROVIDERS", "").startswith("v7"):
        await bot_command("index", str(pictures), data=data, preloaded=False, **collection)
    async with StandIn(check=False, strict=False, record=False) as discord:
        guild = discord.guild()
        crowd_ = [discord.member(guild, f"person {number}") for number in range(people)]
        channels = [discord.channel(guild, f"channel {number}") for number in range(6)]
        settings = {"MAGPIE_PROVIDERS": "collection", **env}
        async with bot_process(discord, data, env=settings) as bot:
            yield Crowd(discord, bot, crowd_, channels)
