"""Liveness and readiness: a small HTTP server on loopback, and the container's health check that asks it.

``/livez``: the event loop turns. ``/readyz``: the gateway is connected, the database answers and takes writes, there is
room on the disk, and what waits is not too much; else it says what is missing. ``/metrics``: see docs/operating.md.
``python -m bot.cli.health`` exits 0 if ``/readyz`` says yes.
"""

import os
import sys
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable

from aiohttp import web

Ready = Callable[[], Awaitable[str | None]]
"""Returns None when ready, else what is missing."""


def make_health_app(ready: Ready, metrics: Callable[[], bytes]) -> web.Application:
    """Return the application; ``metrics`` gives text in Prometheus' format."""
    from prometheus_client import CONTENT_TYPE_LATEST  # noqa: PLC0415 (the container's question does without)

    async def livez(_: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def readyz(_: web.Request) -> web.Response:
        missing = await ready()
        return web.Response(text=f"{missing or 'ready'}\n", status=503 if missing else 200)

    async def exposition(_: web.Request) -> web.Response:
        return web.Response(body=metrics(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application()
    app.add_routes([web.get("/livez", livez), web.get("/readyz", readyz), web.get("/metrics", exposition)])
    return app


async def start_health(ready: Ready, metrics: Callable[[], bytes], port: int) -> web.AppRunner:
    """Listen on loopback; the caller cleans the runner up."""
    runner = web.AppRunner(make_health_app(ready, metrics), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    return runner


def ask(port: int, *, seconds: float = 4.0) -> bool:
    """Return whether a bot on this machine says that it is ready."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=seconds) as answer:
            return answer.status == 200  # noqa: PLR2004 (HTTP's OK)
    except (OSError, urllib.error.URLError):
        return False


if __name__ == "__main__":
    sys.exit(0 if ask(int(os.environ.get("MAGPIE_HEALTH_PORT", "8080"))) else 1)
