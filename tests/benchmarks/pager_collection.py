"""Turning a page among the operator's own pictures, over sockets, against a discord.py handler that uploads them too.

``python -m tests.benchmarks.pager_collection [rounds] [small]`` runs two bots, each a process of its own, in turn:
``bare`` (``pager_bots``: one embed, one button, and the file of a picture of the starter set as it lies on the disk)
and ``magpie`` as ``magpie run`` starts it, with the starter set as its only source. A turn is one button press: its
latency is from the event on the gateway to the callback. *First* pages were shown to nobody before, *again* is the same
walk by somebody else; then people turn pages of their own at once. Processor time is that of the bot and of the child
processes that draw for it; those are started before the first turn.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bot.collection.starter import STARTER_FOLDER
from tests import starter_data
from tests.wire import StandIn
from tests.wire.load import press_many
from tests.wire.process import RUN, bot_process

from .pager_turns import Opened, forth, opened
from .served import family_seconds

KINDS = ("bare", "magpie")
SMALL = "small" in sys.argv
WALK = 8 if SMALL else 60
"""Pages of one walk; the set has more pictures that are found by the query."""
AT_ONCE, EACH = (4, 4) if SMALL else (16, 30)
"""People who turn pages of their own at once, and the pages of each."""
QUERY = "magpie"
"""Finds every picture of the set: it is what their author is called."""


class Figures(NamedTuple):
    """What one run of one bot found; ``cpu`` in ms a turn."""

    first_p50_ms: float
    again_p50_ms: float
    first_cpu_ms: float
    again_cpu_ms: float
    per_second: float
    cpu_ms: float


async def measure(kind: str, folder: Path, starter: Path) -> Figures:
    """Run one bot once."""
    async with StandIn(check=False, record=False, strict=False) as discord:
        guild = discord.guild()
        channel = discord.channel(guild)
        people = [discord.member(guild, f"person{number}") for number in range(2 + AT_ONCE)]
        bare = ("-m", "tests.benchmarks.pager_bots", "upload", str(starter))
        program, env = (bare, {}) if kind == "bare" else (RUN, {"MAGPIE_PROVIDERS": "collection"})
        async with bot_process(discord, folder, program=program, env=env) as bot:
            discord.kept_waiting = lambda: 0.0  # looking would be a part of what is measured
            await discord.until(lambda: discord.commands.get(None), "the commands")
            messages = [await opened(discord, channel, person, QUERY) for person in people]
            await asyncio.sleep(1.5)

            async def walk(one: Opened, count: int) -> list[float]:
                return (await press_many(discord, one.person, one.message, forth(one.turn), count=count)).latencies

            before = family_seconds(bot.pid)
            first = await walk(messages[0], WALK)
            between = family_seconds(bot.pid)
            again = await walk(messages[1], WALK)
            after = family_seconds(bot.pid)
            started = asyncio.get_running_loop().time()
            await asyncio.gather(*(walk(one, EACH) for one in messages[2:]))
            seconds = asyncio.get_running_loop().time() - started
            return Figures(
                median(first) * 1000,
                median(again) * 1000,
                (between - before) * 1000 / WALK,
                (after - between) * 1000 / WALK,
                AT_ONCE * EACH / seconds,
                (family_seconds(bot.pid) - after) * 1000 / (AT_ONCE * EACH),
            )


async def main(rounds: int) -> None:
    """Print the medians of all rounds."""
    found: dict[str, list[Figures]] = {kind: [] for kind in KINDS}
    starter = starter_data.starter_data() / STARTER_FOLDER
    for _ in range(rounds):
        for kind in KINDS:
            with tempfile.TemporaryDirectory() as folder:
                found[kind].append(await measure(kind, Path(folder), starter))
    print("            alone, p50 ms:          | alone, cpu ms a turn:   | at once:")
    print("bot       first   again  of bare | first   again  of bare | turns/s  of bare  cpu ms  of bare")
    figures = {kind: Figures(*(median(column) for column in zip(*rows, strict=True))) for kind, rows in found.items()}
    for kind, one in figures.items():
        ratios = Figures(*(own / other for own, other in zip(one, figures["bare"], strict=True)))
        print(
            f"{kind:7} {one.first_p50_ms:7.2f} {one.again_p50_ms:7.2f} {ratios.again_p50_ms:8.2f}"
            f" | {one.first_cpu_ms:5.2f} {one.again_cpu_ms:7.2f} {ratios.again_cpu_ms:8.2f}"
            f" | {one.per_second:7.0f} {ratios.per_second:8.2f} {one.cpu_ms:7.2f} {ratios.cpu_ms:8.2f}"
        )


if __name__ == "__main__":
    given = [int(name) for name in sys.argv[1:] if name.isdecimal()]
    begun = starter_data.begin_run()
    try:
        asyncio.run(main(given[0] if given else 3))
    finally:
        if begun:
            starter_data.end_run()
