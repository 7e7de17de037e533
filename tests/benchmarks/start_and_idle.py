"""How long the real bot takes from its start to its login, and how much memory it holds when nobody asks.

``python -m tests.benchmarks.start_and_idle [servers] [seconds]`` starts ``magpie run`` with everything as it is by
default, first on an empty folder, then on the same one again, then in so many servers (5,000) of five channels each;
beside it a client of discord.py alone with the same intents.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

from tests.wire import StandIn
from tests.wire.process import bot_process

CHANNELS = 5
SETTLED = float(sys.argv[2]) if len(sys.argv) > 2 else 6.0
"""Seconds after the login at which memory is read."""
SOURCE = """
import os, discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL
Route.BASE = os.environ["DISCORD_API_URL"]
DiscordWebSocket.DEFAULT_GATEWAY = URL(os.environ["DISCORD_GATEWAY_URL"])
intents = discord.Intents.none()
intents.guilds = intents.guild_reactions = intents.dm_reactions = True
client = discord.AutoShardedClient(
    intents=intents, max_messages=None, member_cache_flags=discord.MemberCacheFlags.none(),
    chunk_guilds_at_startup=False, shard_count=1,
)
client.run(os.environ["DISCORD_TOKEN"], log_handler=None)
"""
BARE = ("-c", SOURCE)


class Found(NamedTuple):
    """Seconds to the login, processor seconds until memory is read, resident and anonymous memory in MiB."""

    seconds: float
    processor: float
    resident: float
    anonymous: float


def memory(pid: int) -> tuple[float, float]:
    """Resident and anonymous memory in MiB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    kilobytes = {name: float(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines)}
    return kilobytes["Rss"] / 1024, kilobytes["Anonymous"] / 1024


def add_servers(discord: StandIn, servers: int) -> None:
    """Give a stand-in so many servers."""
    for number in range(servers):
        guild = discord.guild(f"server {number}")
        for place in range(CHANNELS):
            discord.channel(guild, f"channel {place}")


async def measure(discord: StandIn, folder: Path, settled: float, *, bare: bool = False) -> Found:
    """Start one bot in the servers that are there."""
    started = time.monotonic()
    program: dict[str, Any] = {"program": BARE} if bare else {}
    async with bot_process(discord, folder, **program) as bot:
        seconds = time.monotonic() - started
        await asyncio.sleep(settled)
        return Found(seconds, bot.cpu_seconds(), *memory(bot.pid))


async def main() -> None:
    """Print the table; one application each, so that the second start finds its commands known."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    print("| | login s | processor s | resident MiB | anonymous MiB |")
    print("| --- | ---: | ---: | ---: | ---: |")
    found: dict[str, Found] = {}
    for name, starts, bare in (
        ("discord.py alone", ("one server", f"{many} servers"), True),
        (
            "Magpie",
            ("one server, empty folder", "one server, the folder again", f"{many} servers, the folder again"),
            False,
        ),
    ):
        with tempfile.TemporaryDirectory() as folder:
            async with StandIn(check=False, record=False, strict=False) as discord:
                add_servers(discord, 1)
                for start in starts:
                    if start.startswith(str(many)):
                        add_servers(discord, many - 1)
                    settled = SETTLED + (many / 500 if start.startswith(str(many)) else 0)
                    one = found[f"{name}, {start}"] = await measure(discord, Path(folder), settled, bare=bare)
                    figures = f"{one.seconds:.1f} | {one.processor:.1f} | {one.resident:.0f} | {one.anonymous:.0f}"
                    print(f"| {name}, {start} | {figures} |", flush=True)
    few, lots, _, warm, full = found.values()
    for name, start, end in (("discord.py alone", few, lots), ("Magpie", warm, full)):
        print(f"{name}: {(end.resident - start.resident) * 1024 / (many - 1):.1f} kB a server")


if __name__ == "__main__":
    asyncio.run(main())
