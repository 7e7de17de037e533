"""Turning a page inside fetched results, over sockets, against a bare discord.py handler of the same run.

``python -m tests.benchmarks.pager_turns [rounds] [kind ...] [small]`` runs three bots, each a process of its own, in
turn: ``bare`` (discord.py's least), ``same`` (discord.py with a page as rich as ours) and ``magpie``, which is
``magpie run`` with its default providers over a stand-in for the service that answers first. A turn is one button
press: its latency is from the event on the gateway to the callback, with a pause between two presses as short as any
person's; what a bot does after its answer counts where many turn pages at once, without pauses. Every turn but those of
"one message" shows a page that was not shown before. Ratios are the medians of the rounds' own, with the lowest and the
highest.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests import starter_data
from tests.wire import StandIn
from tests.wire.load import press_many
from tests.wire.model import Channel, Message, User
from tests.wire.process import RUN, bot_process

from .openverse_service import PAGE_SIZE, openverse_service

KINDS = ("bare", "same", "magpie")
SMALL = "small" in sys.argv
WALK = PAGE_SIZE - 3
"""Pages that are turned of one message: fewer than were fetched with the first, so that nobody is asked again."""
ALONE = 1 if SMALL else 18
"""Messages whose pages are turned one after the other; as many pages more are turned before, which do not count."""
PAUSE = 0.05
"""Seconds between two of these presses."""
AT_ONCE, EACH = (4, 1) if SMALL else (16, 4)
"""People who turn pages at once, and the messages of each."""
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
    async with StandIn(check=False, record=False, strict=False) as discord, openverse_service() as openverse:
        guild = discord.guild()
        channel = discord.channel(guild)
        people = [discord.member(guild, f"person{number}") for number in range(2 + ALONE + AT_ONCE * EACH)]
        module = "tests.benchmarks.pager_bare" if kind == "bare" else "tests.benchmarks.pager_bots"
        starter_data.give_starter(folder)
        program = RUN if kind == "magpie" else ("-m", module, kind)
        async with bot_process(discord, folder, program=program, env=openverse.env) as bot:
            discord.kept_waiting = lambda: 0.0  # looking would be a part of what is measured
            await discord.until(lambda: discord.commands.get(None), "the commands")
            messages = [await opened(discord, channel, person) for person in people]
            asked = openverse.asked
            assert asked or kind != "magpie", "the default providers were not led to the stand-in"
            await asyncio.sleep(1.5)
            first, before_all, *rest = messages
            alone, at_once = rest[:ALONE], rest[ALONE:]

            async def walk(some: Sequence[Opened], pause: float = 0.0) -> list[float]:
                latencies: list[float] = []
                for one in some:
                    load = await press_many(discord, one.person, one.message, forth(one.turn), count=WALK, pause=pause)
                    latencies += load.latencies
                return latencies

            await walk([before_all])
            latencies = await walk(alone, PAUSE)
            before = bot.cpu_seconds()
            started = asyncio.get_running_loop().time()
            await asyncio.gather(*(walk(at_once[place::AT_ONCE]) for place in range(AT_ONCE)))
            seconds = asyncio.get_running_loop().time() - started
            spent = bot.cpu_seconds() - before
            before = bot.cpu_seconds()
            one = await press_many(
                discord, first.person, first.message, forth_and_back(first.turn, kind),
                count=ON_ONE, in_flight=IN_FLIGHT,
            )  # fmt: skip
            spent_on_one = bot.cpu_seconds() - before
            assert openverse.asked == asked, "a page turn asked a provider"
            turns = WALK * AT_ONCE * EACH
            return Figures(
                median(latencies) * 1000,
                turns / seconds,
                spent * 1000 / turns,
                one.per_second,
                spent_on_one * 1000 / ON_ONE,
            )


async def main(rounds: int, kinds: tuple[str, ...]) -> None:
    """Print the medians of all rounds."""
    found: dict[str, list[Figures]] = {kind: [] for kind in kinds}
    for number in range(rounds):
        for kind in kinds if number % 2 == 0 else reversed(kinds):
            with tempfile.TemporaryDirectory() as folder:
                found[kind].append(await measure(kind, Path(folder)))
    print(f"{'bot':8}" + "".join(f"{name:>28}" for name in Figures._fields))
    for kind, rows in found.items():
        figures = Figures(*(median(column) for column in zip(*rows, strict=True)))
        ratios = [
            sorted(own / other for own, other in zip(column, first, strict=True))
            for column, first in zip(zip(*rows, strict=True), zip(*found[kinds[0]], strict=True), strict=True)
        ]
        cells = (
            f"{figure:.2f} x{median(each):.2f} ({each[0]:.2f} to {each[-1]:.2f})"
            for figure, each in zip(figures, ratios, strict=True)
        )
        print(f"{kind:8}" + "".join(f"{cell:>28}" for cell in cells))


if __name__ == "__main__":
    named = tuple(name for name in sys.argv[1:] if name in KINDS)
    given = [int(name) for name in sys.argv[1:] if name.isdecimal()]
    begun = starter_data.begin_run()
    try:
        asyncio.run(main(given[0] if given else 3, named or KINDS))
    finally:
        if begun:
            starter_data.end_run()
