"""The real bot under mixed load for an hour: does anything grow?

``python -m tests.benchmarks.soak [minutes] [warm-up minutes] [pace] [first searches]`` runs ``magpie run`` as it is
composed, with pages that are kept for minutes instead of a day (`soak_bot`), over its own starter pictures and a v7
endpoint on loopback, against the stand-in. People search, turn pages by button and reaction, take private copies, look
at trends, identify pictures and ask what it is; one in ten searches is new. The first searches are all new, and people
turn one page of each: they fill what has a maximum, however busy the machine is.

Every minute resident memory, descriptors, tasks and the size of the databases are read, and at the end the slope of
each after the warm-up is given with its standard error. With a pace of 3 people pause a third as long, so that an
hour's acts fit in less.
"""

from __future__ import annotations

import asyncio
import io
import random
import socket
import sys
import tempfile
import time
import urllib.request
from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from aiohttp import web
from aiohttp.test_utils import TestServer
from PIL import Image

from tests.wire import Channel, StandIn, Upload, User
from tests.wire.house import NEXT, PREVIOUS
from tests.wire.model import Json, Message
from tests.wire.people import InteractionFailed
from tests.wire.process import bot_process

from .served import resident_kib

T = TypeVar("T")
SERVERS, PEOPLE, CHANNELS, AT_ONCE = 9, 40, 4, 3
"""Servers, and the people and channels of each: one server may ask providers 300 times a minute."""
PROGRAM = ("-m", "tests.benchmarks.soak_bot", "run")
FILLING = 12_000
"""So many searches come first that nobody has made before: memories with a maximum are full after them."""
PAUSE = 0.15
"""Seconds between two acts of one walker."""
WORDS = ("red", "blue", "bird", "tree", "house", "sea", "cat", "sun", "leaf", "rock", "boat", "moon")
FIGURES = ("process_open_fds", "magpie_tasks")


@dataclass
class Minute:
    """What was read once a minute; memory and databases in kB."""

    at: float
    memory: float
    descriptors: float
    tasks: float
    databases: float
    acts: int


@dataclass
class Soak:
    """The load and what it met."""

    discord: StandIn
    servers: list[tuple[list[User], list[Channel]]]
    picture: bytes
    pause: float
    to_fill: int
    """How many of the first searches are still to come."""
    acts: int = 0
    shown: str = ""
    """What the last page said, for the report of an act that failed."""
    failed: list[str] = field(default_factory=list[str])
    rng: random.Random = field(default_factory=lambda: random.Random(7))

    def query(self) -> str:
        """One in ten is new, the others come from a hundred; at first all are, with words nobody has used yet.

        What is remembered of words has a maximum that an hour's new searches would never come to.
        """
        if self.to_fill > 0:
            return " ".join(f"{self.rng.choice(WORDS)}{self.rng.randrange(10**6)}" for _ in range(8))
        if self.rng.random() < 0.1:
            return f"{self.rng.choice(WORDS)} {self.rng.randrange(10**9)}"
        return f"{self.rng.choice(WORDS)} {self.rng.choice(WORDS)}"

    async def walk(self, until: float) -> None:
        """One person after the other does what people do."""
        while time.monotonic() < until:
            people, channels = self.rng.choice(self.servers)
            try:
                await self._visit(self.rng.choice(people), self.rng.choice(channels), self.rng.choice(people))
            except (InteractionFailed, AssertionError, StopIteration) as error:
                self.failed.append(f"{self.shown} {type(error).__name__}: {error}"[:400])
            await asyncio.sleep(self.pause)

    async def _visit(self, person: User, channel: Channel, other: User) -> None:
        if self.to_fill > 0:
            await self._fill(person, channel)
            return
        kind = self.rng.random()
        if kind < 0.06:
            await self._did(self.discord.command(person, channel, "trending"))
        elif kind < 0.12:
            upload = Upload("mine.png", self.picture)
            await self._did(self.discord.command(person, channel, "identify", image=upload))
        elif kind < 0.14:
            await self._did(self.discord.command(person, channel, "about"))
        else:
            await self._pages(person, channel, other)

    async def _found(self, person: User, channel: Channel) -> Message | None:
        """Search; returns the message if it has controls."""
        reply = await self._did(self.discord.command(person, channel, "image", query=self.query()))
        message = reply.message
        return message if message is not None and not message.deleted and message.components else None

    async def _fill(self, person: User, channel: Channel) -> None:
        message = await self._found(person, channel)
        self.to_fill -= 1
        if message is not None:
            await self._did(self.discord.press(person, message, NEXT))

    async def _pages(self, person: User, channel: Channel, other: User) -> None:
        message = await self._found(person, channel)
        if message is None:
            return
        self.shown = message.text()[:200]
        for name in (NEXT, NEXT, PREVIOUS):
            await self._did(self.discord.press(person, message, name))
        await self._did(self.discord.press(other, message, NEXT))
        if NEXT in message.reactions:
            await self.discord.react(person, message, NEXT)
            self.acts += 1

    async def _did(self, act: Coroutine[Any, Any, T]) -> T:
        done = await act
        self.acts += 1
        await asyncio.sleep(self.pause)
        return done

    def forget(self) -> None:
        """Let the stand-in forget what nobody presses any more: it is not what is measured."""
        world = self.discord
        for token in list(world.interactions)[:-2000]:
            del world.interactions[token]
        for channel in (one for _, channels in self.servers for one in channels):
            for number in list(channel.messages)[:-200]:
                del channel.messages[number]


def images(query: str, offset: int = 0) -> list[Json]:
    """Thirty-five pictures for any words."""
    return [
        {
            "name": f"{query} {number}", "imageId": f"{abs(hash((query, number))):040X}"[:40], "isFamilyFriendly": True,
            "contentUrl": f"https://pictures{number}.example/{number}.jpg",
            "thumbnailUrl": f"https://thumbs{number}.example/{number}.jpg", "width": 1200, "height": 800,
            "thumbnail": {"width": 474, "height": 316}, "hostPageUrl": f"https://pages.example/{number}",
        }
        for number in range(offset, offset + 35)
    ]  # fmt: skip


async def found(request: web.Request) -> web.Response:
    """``/images/search``: pictures without an end."""
    query, offset = request.query["q"], int(request.query.get("offset", 0))
    return web.json_response({
        "_type": "Images", "totalEstimatedMatches": 500, "nextOffset": offset + 35, "value": images(query, offset),
    })  # fmt: skip


async def details(request: web.Request) -> web.Response:
    """``/images/details``: pictures like the posted one."""
    await request.read()
    return web.json_response({
        "_type": "ImageInsights", "visuallySimilarImages": {"value": images("like it")},
    })  # fmt: skip


async def trends(_: web.Request) -> web.Response:
    """``/images/trending``: a category of words that people search here."""
    tiles = [
        {"query": {"text": word, "displayText": word}, "image": images(word)[0]} for word in WORDS
    ]  # fmt: skip
    return web.json_response({
        "_type": "TrendingImages", "categories": [{"title": "Popular", "tiles": tiles}],
    })  # fmt: skip


def endpoint() -> web.Application:
    """All three paths of the contract."""
    app = web.Application()
    app.router.add_get("/v7.0/images/search", found)
    app.router.add_post("/v7.0/images/details", details)
    app.router.add_get("/v7.0/images/trending", trends)
    return app


def slope(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Least squares: the slope and its standard error."""
    count = len(points)
    mean_x, mean_y = sum(x for x, _ in points) / count, sum(y for _, y in points) / count
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    rise = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread
    rest = sum((y - mean_y - rise * (x - mean_x)) ** 2 for x, y in points)
    return rise, (rest / max(count - 2, 1) / spread) ** 0.5


def read(port: int, pid: int, folder: Path, started: float, acts: int) -> Minute:
    """One look at the bot's own figures, at its memory and at its files."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        lines = answer.read().decode().splitlines()
    figures = {name: float(value) for name, _, value in (line.partition(" ") for line in lines) if name in FIGURES}
    size = sum(file.stat().st_size for file in folder.glob("*.sqlite3*"))
    descriptors, tasks = (figures[name] for name in FIGURES)
    return Minute((time.monotonic() - started) / 60, resident_kib(pid), descriptors, tasks, size / 1024, acts)


async def soak(minutes: float, folder: Path, pace: float, to_fill: int) -> tuple[list[Minute], Soak, str]:
    """Run the load for so long."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    async with TestServer(endpoint()) as server, StandIn(check=False, record=False, strict=False) as discord:
        guilds = [discord.guild() for _ in range(SERVERS)]
        servers = [
            (
                [discord.member(guild, f"person {number}") for number in range(PEOPLE)],
                [discord.channel(guild, f"c{number}") for number in range(CHANNELS)],
            )
            for guild in guilds
        ]
        out = io.BytesIO()
        Image.effect_noise((320, 240), 90).convert("RGB").save(out, "PNG")
        load = Soak(discord, servers, out.getvalue(), PAUSE / pace, to_fill)
        env = {
            "MAGPIE_PROVIDERS": "v7,collection", "MAGPIE_V7_ENDPOINT": str(server.make_url("/v7.0")),
            "MAGPIE_V7_KEY": "0" * 32, "MAGPIE_HEALTH_PORT": str(port),
        }  # fmt: skip
        async with bot_process(discord, folder, program=PROGRAM, env=env) as bot:
            started = time.monotonic()
            until = started + 60 * minutes
            walkers = [asyncio.create_task(load.walk(until)) for _ in range(AT_ONCE)]
            read_so_far = [await asyncio.to_thread(read, port, bot.pid, folder, started, 0)]
            while time.monotonic() < until:
                await asyncio.sleep(min(60, 10 * minutes, max(0.1, until - time.monotonic())))
                read_so_far.append(await asyncio.to_thread(read, port, bot.pid, folder, started, load.acts))
                load.forget()
                show(read_so_far[-1])
            await asyncio.gather(*walkers)
            return read_so_far, load, bot.output


def show(one: Minute) -> None:
    """Print a minute as a row of the table."""
    print(
        f"| {one.at:5.1f} | {one.memory / 1024:7.1f} | {one.descriptors:4.0f} | {one.tasks:4.0f} | "
        f"{one.databases / 1024:7.1f} | {one.acts:6d} |", flush=True,
    )  # fmt: skip


def main() -> None:
    """Run, and give the slopes after the warm-up."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    warm = float(sys.argv[2]) if len(sys.argv) > 2 else minutes / 3
    pace = float(sys.argv[3]) if len(sys.argv) > 3 else 1.0
    print("| minute | memory MiB | descriptors | tasks | databases MiB | acts |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    filling = int(sys.argv[4]) if len(sys.argv) > 4 else FILLING
    with tempfile.TemporaryDirectory() as folder:
        minutes_read, load, output = asyncio.run(soak(minutes, Path(folder), pace, filling))
    kept = [one for one in minutes_read if one.at >= warm]
    for name, unit in (("memory", "kB"), ("descriptors", ""), ("tasks", ""), ("databases", "kB")):
        rise, error = slope([(one.at, getattr(one, name)) for one in kept])
        level = "not distinguishable from zero" if abs(rise) <= 1.96 * error else "distinguishable from zero"
        print(f"{name}: {rise:+.1f} ± {1.96 * error:.1f} {unit} a minute (95 %): {level}")
    print(f"{load.acts} acts, {len(load.failed)} failed, log {len(output) // 1024} kB, errors {output.count('ERROR')}")
    if load.to_fill > 0:
        print(f"the filling was not done when it ended: {load.to_fill} searches of {filling} were still to come")
    for line in sorted(set(load.failed))[:10]:
        print("failed:", line)
    for line in [line for line in output.splitlines() if "ERROR" in line][:10]:
        print("logged:", line)


if __name__ == "__main__":
    main()
