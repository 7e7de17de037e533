"""How fast ``magpie serve`` answers, against a bare aiohttp handler that sends the same bytes.

Run with ``python -m tests.benchmarks.serve_throughput [seconds]``. Both run as programs of their own on this machine;
the same client asks them in turns. *Repeated*: the same search again and again. *New*: every search asks for words that
were not asked before. The bare handler checks no key, reads no parameter and always sends the bytes of one answer.
"""

import asyncio
import itertools
import os
import statistics
import sys
import time
from collections.abc import Callable

import aiohttp

from .served import HEADERS, ROOT, served

AT_ONCE, ROUNDS = 8, 5
WORDS = ("magpie", "bird", "drawn", "animal", "blue", "green", "red", "flower", "tree", "sea", "snow", "night", "house")

BARE = """
import asyncio, sys
from aiohttp import web
body = sys.stdin.buffer.read()
async def answer(_):
    return web.Response(body=body, content_type="application/json", charset="utf-8")
async def main():
    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""


async def rate(session: aiohttp.ClientSession, address: Callable[[], str], seconds: float) -> tuple[float, float]:
    """Ask a few at a time for so many seconds; return answers a second and the median latency in milliseconds."""
    taken: list[float] = []
    end = time.perf_counter() + seconds

    async def ask() -> None:
        while (started := time.perf_counter()) < end:
            async with session.get(address(), headers=HEADERS) as response:
                await response.read()
                assert response.status == 200
            taken.append(time.perf_counter() - started)

    began = time.perf_counter()
    await asyncio.gather(*(ask() for _ in range(AT_ONCE)))
    return len(taken) / (time.perf_counter() - began), statistics.median(taken) * 1000


async def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0
    async with served() as run, aiohttp.ClientSession(auto_decompress=False) as session:
        search = f"{run.address}/v7.0/images/search?count=35&q="
        async with session.get(f"{search}magpie", headers=HEADERS | {"Accept-Encoding": "identity"}) as response:
            body = await response.read()
        bare = await asyncio.create_subprocess_exec(
            sys.executable, "-c", BARE, cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            env=dict(os.environ),
        )  # fmt: skip
        assert bare.stdin
        assert bare.stdout
        bare.stdin.write(body)
        bare.stdin.close()
        port = int(await bare.stdout.readline())
        fresh = (f"{search}{one}%20OR%20{two}%20OR%20x{number}"
                 for number in itertools.count() for one, two in itertools.permutations(WORDS, 2))  # fmt: skip
        ways: dict[str, Callable[[], str]] = {
            "bare": lambda: f"http://127.0.0.1:{port}/",
            "repeated": lambda: f"{search}magpie",
            "new": lambda: next(fresh),
        }
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        for coding in ("identity", "gzip"):
            session.headers["Accept-Encoding"] = coding
            for _ in range(ROUNDS):
                for name, address in ways.items():
                    found[name].append(await rate(session, address, seconds))
            print(f"{len(body):,} bytes an answer, Accept-Encoding {coding}, {AT_ONCE} at a time")
            base = [statistics.median(values) for values in zip(*found["bare"], strict=True)]
            for name, values in found.items():
                each, latency = (statistics.median(column) for column in zip(*values, strict=True))
                print(f"{name:9} {each:7.0f} a second (x{base[0] / each:.2f} slower), median {latency:6.2f} ms"
                      f" (x{latency / base[1]:.2f})")  # fmt: skip
                values.clear()
        bare.terminate()
        await bare.wait()


if __name__ == "__main__":
    asyncio.run(main())
