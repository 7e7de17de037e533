"""Turning a page inside fetched results, over sockets, against a bare discord.py handler of the same run.

``python -m tests.benchmarks.pager_turns [rounds]`` runs three bots, each a process of its own, in turn: ``bare``
(discord.py's least), ``same`` (discord.py with a page as rich as ours) and ``magpie``. A turn is one button press:
its latency is from the event on the gateway to the callback.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.wire import StandIn
from tests.wire.load import press_many
from tests.wire.process import bot_process

ONE_BY_ONE, AT_ONCE, IN_FLIGHT = 300, 1200, 16
KINDS = ("bare", "same", "magpie")


async def measure(kind: str, folder: Path) -> tuple[float, float, float]:
    """Median latency in ms one at a time, turns a second with 16 in flight, processor ms a turn."""
    async with StandIn(check=False, record=False, strict=False) as discord:
        guild = discord.guild()
        channel = discord.channel(guild)
        ann = discord.member(guild, "ann")
        program = ("-m", "tests.benchmarks.pager_bots", kind)
        async with bot_process(discord, folder, program=program) as bot:
            await discord.until(lambda: discord.commands.get(None), "the commands")
            reply = await discord.command(ann, channel, "image", query="red flowers")
            message = reply.answer
            await asyncio.sleep(1.5)
            names = [
                part["custom_id"]
                for row in discord.snapshot(message)["components"]
                for part in row["components"]
                if ":next:" in part.get("custom_id", "")
            ]
            turn = names[0].rpartition(":")[0]

            def name(number: int) -> str:
                forth = f"{turn}:{1000 + number}"
                return forth if kind != "magpie" or number % 2 == 0 else forth.replace(":next:", ":previous:")

            await press_many(discord, ann, message, name, count=100)
            alone = await press_many(discord, ann, message, name, count=ONE_BY_ONE)
            before = bot.cpu_seconds()
            crowd = await press_many(discord, ann, message, name, count=AT_ONCE, in_flight=IN_FLIGHT)
            spent = bot.cpu_seconds() - before
            assert bot.output.count("the provider was asked") <= 1, "a page turn asked the provider"
            return alone.percentile(50) * 1000, crowd.per_second, spent * 1000 / AT_ONCE


async def main(rounds: int) -> None:
    found: dict[str, list[tuple[float, float, float]]] = {kind: [] for kind in KINDS}
    for _ in range(rounds):
        for kind in KINDS:
            with tempfile.TemporaryDirectory() as folder:
                found[kind].append(await measure(kind, Path(folder)))
    figures = {kind: [median(column) for column in zip(*rows, strict=True)] for kind, rows in found.items()}
    print("bot       p50 ms   turns/s   cpu ms/turn   p50 / bare   turns / bare")
    for kind, (latency, rate, cpu) in figures.items():
        bare = figures["bare"]
        print(f"{kind:8} {latency:7.2f} {rate:9.0f} {cpu:13.2f} {latency / bare[0]:12.2f} {rate / bare[1]:14.2f}")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3))
