"""Turning a page inside fetched results, over sockets, against a bare discord.py handler of the same run.

``python -m tests.benchmarks.pager_turns [rounds] [kind ...] [small]`` runs three bots, each a process of its own, in
turn: ``bare`` (discord.py's least), ``same`` (discord.py with a page as rich as ours) and ``magpie``. A turn is one
button press: its latency is from the event on the gateway to the callback. Every turn but those of "one message" shows
a page that was not shown before.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.wire import StandIn
from tests.wire.load import Load, press_many
from tests.wire.model import Channel, Message, User
from tests.wire.process import bot_process

KINDS = ("bare", "same", "magpie")
SMALL = "small" in sys.argv
AT_ONCE, EACH = (4, 10) if SMALL else (16, 75)
"""People who turn pages of their own at once, and the pages of each."""
ALONE = (10,) if SMALL else (100, 100, 100)
"""Turns one after the other, on a message of its own each."""
ON_ONE = 40 if SMALL else 1200
"""Turns of one message, forth and back."""
IN_FLIGHT = 8
"""Of these at once: well below what the bot refuses one person (``in_flight.AT_ONCE_PERSON``)."""


class Figures(NamedTuple):
    """What one run of one bot found; ``cpu`` in ms a turn."""

    p50_ms: float
    per_second: float
    cpu_ms: float
    one_message_per_second: float
    one_message_cpu_ms: float


def forth(turn: str) -> Callable[[int], str]:
    """Next, again and again."""
    return lambda number: f"{turn}:{1000 + number}"


def forth_and_back(turn: str, kind: str) -> Callable[[int], str]:
    """Next and previous in turn; a bare handler has one button only."""
    back = turn if kind != "magpie" else turn.replace(":next", ":previous")
    return lambda number: f"{turn if number % 2 == 0 else back}:{1000 + number}"


class Opened(NamedTuple):
    """A message with a first page, who asked for it, and the name of its turn button without the place."""

    message: Message
    person: User
    turn: str


async def opened(discord: StandIn, channel: Channel, person: User, query: str = "red flowers") -> Opened:
    """Somebody's first page."""
    reply = await discord.command(person, channel, "image", query=query)
    message = reply.answer
    await discord.until(lambda: discord.snapshot(message)["components"], "the first page")
    names = [
        part["custom_id"]
        for row in discord.snapshot(message)["components"]
        for part in row["components"]
        if ":next:" in part.get("custom_id", "")
    ]
    return Opened(message, person, names[0].rpartition(":")[0])


async def measure(kind: str, folder: Path) -> Figures:
    """Run one bot once."""
    async with StandIn(check=False, record=False, strict=False) as discord:
        guild = discord.guild()
        channel = discord.channel(guild)
        people = [discord.member(guild, f"person{number}") for number in range(1 + len(ALONE) + AT_ONCE)]
        program = ("-m", "tests.benchmarks.pager_bare" if kind == "bare" else "tests.benchmarks.pager_bots", kind)
        async with bot_process(discord, folder, program=program) as bot:
            discord.kept_waiting = lambda: 0.0  # looking would be a part of what is measured
            await discord.until(lambda: discord.commands.get(None), "the commands")
            messages = [await opened(discord, channel, person) for person in people]
            asked = bot.output.count("the provider was asked")
            await asyncio.sleep(1.5)

            async def press(place: int, count: int) -> Load:
                one = messages[place]
                return await press_many(discord, one.person, one.message, forth(one.turn), count=count)

            first = messages[0]
            await press(0, ALONE[0])
            alone = [await press(1 + place, count) for place, count in enumerate(ALONE)]
            before = bot.cpu_seconds()
            started = asyncio.get_running_loop().time()
            await asyncio.gather(*(press(1 + len(ALONE) + place, EACH) for place in range(AT_ONCE)))
            seconds = asyncio.get_running_loop().time() - started
            spent = bot.cpu_seconds() - before
            before = bot.cpu_seconds()
            one = await press_many(
                discord, first.person, first.message, forth_and_back(first.turn, kind),
                count=ON_ONE, in_flight=IN_FLIGHT,
            )  # fmt: skip
            spent_on_one = bot.cpu_seconds() - before
            assert bot.output.count("the provider was asked") == asked, "a page turn asked the provider"
            return Figures(
                median(latency for load in alone for latency in load.latencies) * 1000,
                AT_ONCE * EACH / seconds,
                spent * 1000 / (AT_ONCE * EACH),
                one.per_second,
                spent_on_one * 1000 / ON_ONE,
            )


async def main(rounds: int, kinds: tuple[str, ...]) -> None:
    """Print the medians of all rounds."""
    found: dict[str, list[Figures]] = {kind: [] for kind in kinds}
    for _ in range(rounds):
        for kind in kinds:
            with tempfile.TemporaryDirectory() as folder:
                found[kind].append(await measure(kind, Path(folder)))
    figures = {kind: Figures(*(median(column) for column in zip(*rows, strict=True))) for kind, rows in found.items()}
    print("          own messages:                                       | one message:")
    print("bot       p50 ms  of bare   turns/s  of bare   cpu ms  of bare | turns/s  of bare   cpu ms")
    first = figures[kinds[0]]
    for kind, one in figures.items():
        ratios = [own / other for own, other in zip(one, first, strict=True)]
        print(
            f"{kind:8} {one.p50_ms:7.2f} {ratios[0]:8.2f} {one.per_second:9.0f} {ratios[1]:8.2f}"
            f" {one.cpu_ms:8.2f} {ratios[2]:8.2f} | {one.one_message_per_second:7.0f} {ratios[3]:8.2f}"
            f" {one.one_message_cpu_ms:8.2f}"
        )


if __name__ == "__main__":
    named = tuple(name for name in sys.argv[1:] if name in KINDS)
    given = [int(name) for name in sys.argv[1:] if name.isdecimal()]
    asyncio.run(main(given[0] if given else 3, named or KINDS))
