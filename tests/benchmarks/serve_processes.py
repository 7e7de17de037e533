"""How many searches several ``magpie serve`` answer behind one address over one PostgreSQL.

Run with ``python -m tests.benchmarks.serve_processes [seconds]``. Baseline: one process, in the same run. The starter
pictures are the collection, or a few drawn ones where less than a second is measured, as in a small run. Eight clients'
requests at a time go through a relay that hands connections out in turns; where processor time is given, it is that of
the ``serve`` processes and of the server's, without relay and client.
"""

import asyncio
import itertools
import statistics
import sys
import tempfile
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp

from tests.postgres import Postgres, postgres_server
from tests.scaling.relay import relay
from tests.wire.house import MANY, draw_collection
from tests.wire.process import bot_command

from .serve_throughput import rate
from .served import HEADERS, Served, family_seconds, served

WORDS = ("magpie", "bird", "drawn", "animal", "blue", "green", "red", "flower", "tree", "sea", "snow", "night", "house")
SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 4.0
SMALL = SECONDS < 1
ROUNDS, COUNTS, REPEATED = (1, (1, 2), MANY) if SMALL else (3, (1, 2, 4), "magpie")


def postmaster(server: Postgres) -> int:
    """The process whose children answer connections."""
    return int((server.data / "postmaster.pid").read_text().split()[0])


async def measured(
    address: str, started: list[Served], server: Postgres, seconds: float, asked: Callable[[], str]
) -> tuple[float, float, float]:
    """Searches a second, and milliseconds of processor time of `serve` and of PostgreSQL a search."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=False)) as session:
        await rate(session, lambda: f"{address}{asked()}", min(1.0, seconds))  # connections are made, answers are warm
        before = [sum(family_seconds(one.pid) for one in started), family_seconds(postmaster(server))]
        got = await rate(session, lambda: f"{address}{asked()}", seconds)
        after = [sum(family_seconds(one.pid) for one in started), family_seconds(postmaster(server))]
    own, database = ((late - early) / got.answers * 1000 for early, late in zip(before, after, strict=True))
    return got.answers / got.seconds, own, database


async def index_few(server: Postgres) -> None:
    """Fill the collection with a few pictures, which keeps the starter pictures away."""
    with tempfile.TemporaryDirectory() as folder:
        draw_collection(Path(folder))
        await bot_command("index", folder, data=Path(folder) / "data", MAGPIE_DATABASE_URL=server.url)


async def main() -> None:
    search = "/v7.0/images/search?count=35&q="
    fresh = (f"{search}{one}%20OR%20{two}%20OR%20x{number}"
             for number in itertools.count() for one, two in itertools.permutations(WORDS, 2))  # fmt: skip
    ways: dict[str, Callable[[], str]] = {"repeated": lambda: f"{search}{REPEATED}", "new": lambda: next(fresh)}
    found: dict[tuple[str, int], list[tuple[float, float, float]]] = {}
    with postgres_server() as server:
        if SMALL:
            await index_few(server)
        async with AsyncExitStack() as stack:
            started = [await stack.enter_async_context(served(MAGPIE_DATABASE_URL=server.url))
                       for _ in range(max(COUNTS))]  # fmt: skip
            async with aiohttp.ClientSession(headers=HEADERS) as session:
                for one in started:
                    async with session.get(f"{one.address}{search}{REPEATED}") as response:
                        print(len((await response.json())["value"]), "pictures an answer")
            for _ in range(ROUNDS):
                for count in COUNTS:
                    async with relay([one.address for one in started[:count]]) as address:
                        for name, asked in ways.items():
                            got = await measured(address, started[:count], server, SECONDS, asked)
                            found.setdefault((name, count), []).append(got)
    for name in ways:
        base = statistics.median(each for each, _, _ in found[name, COUNTS[0]])
        for count in COUNTS:
            each, own, database = (statistics.median(column) for column in zip(*found[name, count], strict=True))
            print(f"{name:9} {count} processes {each:6.0f} a second (x{each / base:.2f}),"
                  f" {own:6.2f} ms of serve and {database:5.2f} ms of PostgreSQL a search")  # fmt: skip


if __name__ == "__main__":
    asyncio.run(main())
