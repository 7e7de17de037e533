"""A local server that plays the services, and a transport that talks to it."""

import gzip
import struct
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.providers.http.transport import Transport, TransportLimits

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Stage:
    """A server whose answer each test sets, and the requests that it saw."""

    handler: Handler | None = None
    seen: list[web.Request] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    base: str = ""

    def plays(self, status: int = 200, body: str | bytes = b"", **headers: str) -> None:
        """Answer everything alike; header names are written with underscores."""
        data = body.encode() if isinstance(body, str) else body

        async def handler(_: web.Request) -> web.StreamResponse:
            return web.Response(
                status=status, body=data, headers={name.replace("_", "-"): value for name, value in headers.items()}
            )

        self.handler = handler

    def plays_in_turn(self, *handlers: Handler) -> None:
        """Answer the first request with the first handler, and so on; the last one stays."""
        left = list(handlers)

        async def handler(request: web.Request) -> web.StreamResponse:
            chosen = left.pop(0) if len(left) > 1 else left[0]
            return await chosen(request)

        self.handler = handler

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.seen.append(request)
        self.bodies.append(await request.read())
        assert self.handler is not None
        return await self.handler(request)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """The local server."""
    played = Stage()
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app.router.add_route("*", "/{path:.*}", played.answer)
    server = TestServer(app)
    await server.start_server()
    played.base = str(server.make_url("/")).rstrip("/")
    yield played
    await server.close()


@pytest.fixture
def times() -> dict[str, float]:
    """How long the transport waits, in seconds; a test of what is too slow sets its own times."""
    return {"total": 60.0, "connect": 20.0, "read": 40.0}


@pytest.fixture
async def transport(times: dict[str, float]) -> AsyncIterator[Transport]:
    """A transport with an operator's contact and a key."""
    limits = TransportLimits(**times, wait_initial=0.01, wait_max=0.3, max_bytes=200_000)  # type: ignore[arg-type]  # times are no bytes
    async with Transport(contact="ops@example.org", limits=limits, keys=["s3cr3t-value"]) as made:
        yield made


def squeezed(size: int) -> bytes:
    """Return ``size`` zero bytes (whole millions), compressed by gzip: a million of them, again and again."""
    million = b"\0" * 1_000_000
    compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    block = compressor.compress(million) + compressor.flush(zlib.Z_FULL_FLUSH)  # knows nothing of what was before it
    count, checksum = size // len(million), 0
    for _ in range(count):
        checksum = zlib.crc32(million, checksum)
    header = gzip.compress(b"")[:10]
    return header + block * count + compressor.flush() + struct.pack("<LL", checksum, size)
