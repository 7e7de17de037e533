"""Runs the endpoint until it is told to stop."""

import asyncio
import ipaddress
import logging
from collections.abc import Callable

from aiohttp import web

from bot.bing_v7.errors import Misconfigured
from bot.bing_v7.provider import Provider
from bot.runtime.system_errors import cause_of

from .app import FindProblem, make_app
from .connections import Connections, HttpRunner, Noise
from .lookups import Fetch
from .media import MediaReader
from .settings import ServerSettings

log = logging.getLogger(__name__)

_MAX_LINE = 32_768
"""Bytes of a request line that are still answered in v7's words (with 404) rather than by the HTTP parser."""

_LINGERING = 2.0
"""Seconds for which the rest of a body that nobody wants is read, so that the other side sees the answer."""


def is_loopback(host: str) -> bool:
    """True for a host name or address that only this machine reaches."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


async def serve(
    provider: Provider,
    media: MediaReader,
    settings: ServerSettings | None = None,
    host: str = "127.0.0.1",
    port: int = 8707,
    on_ready: Callable[[str], None] | None = None,
    *,
    fetch: Fetch | None = None,
    find_problem: FindProblem | None = None,
) -> None:
    """Serve the provider until the task is cancelled; then running requests get ``shutdown_grace`` seconds.

    Args:
        provider: what answers; it is not closed here.
        media: reads posted pictures and draws thumbnails; it is not closed here.
        settings: keys, rates, secrets.
        host: address to listen on; other machines can ask only if keys are set.
        port: 0 takes any free one.
        fetch: reads pictures from public addresses.
        find_problem: says for ``/readyz`` what keeps the endpoint from answering.
        on_ready: called with the address (``http://host:port``) once requests are taken.

    Raises:
        Misconfigured: no keys although other machines could reach the address, or the address cannot be had.
    """
    settings = settings or ServerSettings()
    if not settings.keys and not is_loopback(host):
        raise Misconfigured(f"listening on {host} needs at least one key; without keys only 127.0.0.1 is possible")
    noise = Noise()
    connections = Connections(settings.connections, noise)
    runner = HttpRunner(
        make_app(provider, media, settings, fetch=fetch, connections=connections, find_problem=find_problem),
        connections,
        access_log=None,
        keepalive_timeout=settings.connections.idle_seconds,
        lingering_time=_LINGERING,
        shutdown_timeout=settings.shutdown_grace,
        max_line_size=_MAX_LINE,
        handle_signals=False,
    )
    await runner.setup()
    connections.start()
    try:
        address = await _listening(runner, host, port)
        log.info("serving %s on %s", provider.name, address)
        if on_ready:
            on_ready(address)
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()
        await connections.aclose()
        noise.close()


async def _listening(runner: web.AppRunner, host: str, port: int) -> str:
    """Listen, and return the address (``http://host:port``) to be reached at."""
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        raise Misconfigured(f"cannot listen on {host}:{port}: {cause_of(error)}") from None
    named = f"[{host}]" if ":" in host else host
    return f"http://{named}:{runner.addresses[0][1]}"
