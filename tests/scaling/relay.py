"""One address before several endpoints: each connection goes to the next one, as a load balancer's do."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from yarl import URL


@asynccontextmanager
async def relay(addresses: Sequence[str]) -> AsyncIterator[str]:
    """Give the one address, on loopback."""
    turns = itertools.cycle(addresses)

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        target = URL(next(turns))
        there, here = await asyncio.open_connection(target.host, target.port)
        await asyncio.gather(_copy(reader, here), _copy(there, writer))

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await source.read(1 << 16):
            target.write(data)
            await target.drain()
    with suppress(ConnectionError):
        target.close()
