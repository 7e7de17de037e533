"""What is no request, or nearly one, sent to the endpoint as ``magpie serve`` puts it together.

Whatever comes: no answer of ours says that we failed, nothing fails in the log, and ``/healthz`` answers meanwhile. All
bytes are made from a seed; nothing here depends on how long anything takes.
"""

import asyncio
import contextlib
import logging
import random
import re
import socket
import struct
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes, urlsplit

import aiohttp
import pytest
from pydantic import SecretStr
from yarl import URL

from bot.bing_v7.server.settings import ConnectionLimits
from bot.cli.run import run_server
from bot.settings import Settings
from tests.wire.house import draw_collection
from tests.wire.process import bot_command

KEY = "0123456789abcdef0123456789abcdef"
SEED, CASES, AT_ONCE = 19, 480, 12
QUIET = 0.3
"""Seconds without a byte after which a case that is left open goes on to the next; slower answers are not heard."""
LONGEST = 60.0
MOST_LINES = 60
ESTABLISHED = "01"
STATUS = re.compile(rb"HTTP/1\.[01] (\d{3}) ")
PATHS = (
    "/v7.0/images/search?q=bird&count=3", "/bing/v7.0/images/search?q=sea&offset=2&mkt=de-DE", "/v7.0/images/trending",
    "/v7.0/images/details?modules=all&id=1", "/v7.0/images/visualsearch", "/healthz", "/openapi.json", "/th?id=x&w=9",
    "/v7.0/images/search", "/v7.0/images/details?imgUrl=http%3A%2F%2F127.0.0.1%2F", "/", "/a/../v7.0/images/search?q=a",
)  # fmt: skip
HEADERS = (
    f"Ocp-Apim-Subscription-Key: {KEY}", "Ocp-Apim-Subscription-Key: wrong", "Accept-Encoding: gzip", "Accept: */*",
    "Content-Length: 5", "Content-Length: -1", "Content-Length: 99999999999999999999", "Transfer-Encoding: chunked",
    "Transfer-Encoding: gzip, chunked", "Content-Encoding: gzip", "Content-Encoding: br", "Expect: 100-continue",
    "Content-Type: multipart/form-data; boundary=x", "Content-Type: multipart/form-data", "Content-Type: text/plain",
    'Content-Type: ;;;="', "Connection: close", "Connection: upgrade", "Upgrade: websocket", "Upgrade: h2c",
    "Range: bytes=9-1", "Range: bytes=0-,5-", "X-MSEdge-ClientID: \xff", "X-Forwarded-For: ::::,1", 'Forwarded: for="',
    "Accept-Language: q=;;,*;q=9", "Cookie: \x01", "Host: b\r\nHost: c", "Origin: null", "Authorization: Basic !",
)  # fmt: skip
PART = b'--x\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n'
KNOWLEDGE = b'--x\r\nContent-Disposition: form-data; name="knowledgeRequest"\r\n\r\n'


@dataclass
class Fuzz:
    """Makes what is sent, from a seed."""

    rng: random.Random = field(default_factory=lambda: random.Random(SEED))

    def head(self, method: str = "GET", path: str | None = None, *more: str) -> bytes:
        """A request's head with a key that is right, and some headers that may not be."""
        some = self.rng.sample(HEADERS, self.rng.randrange(4))
        lines = [f"{method} {path or self.rng.choice(PATHS)} HTTP/1.1", "Host: a", HEADERS[0], *some, *more]
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"

    def noise(self) -> bytes:
        return self.rng.randbytes(self.rng.randrange(1, 4_000))

    def mutated(self) -> bytes:
        """A request with some of its bytes changed, taken out or doubled."""
        data = bytearray(self.head() if self.rng.random() < 0.5 else self.posted())
        for _ in range(self.rng.randrange(1, 9)):
            at = self.rng.randrange(len(data) + 1)
            changes = (b"", b"\0", b"\r\n", b" ", b":", b"\xff", bytes(data[at : at + 40]), self.rng.randbytes(3))
            data[at : at + self.rng.randrange(4)] = self.rng.choice(changes)
        return bytes(data)

    def odd_query(self) -> bytes:
        """Values that no option takes."""
        value = self.rng.choice((
            self.rng.randbytes(9), b"\xed\xa0\x80", b"9" * 5_000, b"-1", b"1e999", b"NaN", b"\0", b"[" * 900, b"%",
            "ß\u202e\U0001f426".encode(), b"", b"../../etc/passwd", b"' OR 1=1 --", b'"' * 99, b"site:" * 50,
        ))  # fmt: skip
        names = ("q", "count", "offset", "mkt", "cc", "safeSearch", "color", "width", "modules", "id", "insightsToken",
                 "imgUrl", "cal", "freshness", "setLang")  # fmt: skip
        query = "&".join(f"{self.rng.choice(names)}={quote_from_bytes(value)}" for _ in range(self.rng.randrange(1, 5)))
        path = self.rng.choice(("search", "details", "trending", "visualsearch"))
        return self.head(self.rng.choice(("GET", "GET", "POST")), f"/v7.0/images/{path}?{query}")

    def posted(self) -> bytes:
        """A posted body that is no picture, or no form, or not as long as it says."""
        deep = b'{"a":' * 400 + b"1" + b"}" * 400
        body = self.rng.choice((
            PART + self.rng.randbytes(300) + b"\r\n--x--\r\n", PART, b"--x--\r\n", KNOWLEDGE + deep + b"\r\n--x--\r\n",
            KNOWLEDGE + b'{"imageInfo":{"url":7,"cropArea":{"top":"x"}}}\r\n--x--\r\n', PART * 40, deep, b"",
            PART + b"\x89PNG\r\n\x1a\n" + self.rng.randbytes(60) + b"\r\n--x--\r\n", self.rng.randbytes(500),
        ))  # fmt: skip
        length = len(body) + self.rng.choice((0, 0, 0, 7, -7))
        kind = self.rng.choice(
            ("multipart/form-data; boundary=x", "image/png", "application/json", "multipart/form-data")
        )
        path = self.rng.choice(("/v7.0/images/details", "/v7.0/images/visualsearch", "/bing/v7.0/images/visualsearch"))
        return self.head("POST", path, f"Content-Type: {kind}", f"Content-Length: {max(0, length)}") + body

    def chunked(self) -> bytes:
        """Chunks whose sizes are none, or wrong."""
        chunk = self.rng.choice((
            b"5\r\nhello\r\n0\r\n\r\n", b"zz\r\nhello\r\n", b"-5\r\nhello\r\n", b"f" * 21 + b"\r\nhello",
            b"5\r\nhi\r\n0",
            b"5;x=" + b"y" * 9_000 + b"\r\nhello\r\n0\r\n\r\n", b"0\r\nX: y\r\n\r\n", b"\r\n\r\n", b"5\nhello\n0\n\n",
            b"0x5\r\nhello",
        ))  # fmt: skip
        return self.head("POST", "/v7.0/images/details", "Transfer-Encoding: chunked") + chunk

    def huge(self) -> bytes:
        """Heads that are too long, or too many lines."""
        size = self.rng.choice((9_000, 40_000, 400_000))
        return self.rng.choice((
            self.head("GET", "/v7.0/images/search?q=" + "a" * size),
            self.head("GET", None, "X-Long: " + "a" * size),
            self.head("GET", None, *[f"X-{number}: y" for number in range(size // 20)]),
            b"A" * size, self.head("G" * size), b"GET / HTTP/" + b"1" * size + b"\r\n\r\n",
        ))  # fmt: skip

    def pipelined(self) -> bytes:
        """Many requests at once on one connection."""
        parts = [
            self.rng.choice((self.head, self.head, self.chunked, self.posted))()
            for _ in range(self.rng.randrange(2, 16))
        ]
        return b"".join(parts)

    def wrong_keys(self) -> bytes:
        """A burst of keys."""
        head = "GET /v7.0/images/trending HTTP/1.1\r\nHost: a\r\nOcp-Apim-Subscription-Key: "
        return "".join(f"{head}{self.rng.random()}\r\n\r\n" for _ in range(20)).encode()

    def cases(self, count: int) -> Iterator[bytes]:
        kinds: tuple[Callable[[], bytes], ...] = (
            self.noise, self.mutated, self.mutated, self.odd_query, self.odd_query, self.posted, self.chunked,
            self.huge, self.pipelined, self.wrong_keys,
        )  # fmt: skip
        for number in range(count):
            yield kinds[number % len(kinds)]()


@dataclass
class Endpoint:
    """A served endpoint, and what it said to everything."""

    host: str
    port: int
    address: str
    statuses: Counter[int] = field(default_factory=Counter[int])

    async def send(self, data: bytes, *, ending: str) -> None:
        """Send on a connection of its own, hear what is said, and leave in one of several ways."""
        reader, writer = await asyncio.open_connection(self.host, self.port)
        with contextlib.suppress(OSError):
            writer.write(data)
            if ending == "half" and writer.can_write_eof():
                writer.write_eof()
            if ending == "reset":
                own = writer.get_extra_info("socket")
                own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            else:
                await self._hear(reader)
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

    async def _hear(self, reader: asyncio.StreamReader) -> None:
        heard = b""
        with contextlib.suppress(TimeoutError):
            while more := await asyncio.wait_for(reader.read(65_536), QUIET):
                heard += more
        self.statuses.update(int(found) for found in STATUS.findall(heard))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a small collection: the starter set takes longer to draw."""
    pictures, folder = tmp_path_factory.mktemp("pictures"), tmp_path_factory.mktemp("data")
    draw_collection(pictures)
    asyncio.run(bot_command("index", str(pictures), data=folder, preloaded=True))
    return folder


@pytest.fixture
async def endpoint(data: Path) -> AsyncIterator[Endpoint]:
    """What ``magpie serve`` runs."""
    settings = Settings(
        _env_file=None,  # pyright: ignore[reportCallIssue]
        data_dir=data, providers=("collection",), serve_keys=(SecretStr(KEY),),
        serve_per_second=1_000_000,
    )  # fmt: skip
    ready: asyncio.Queue[str] = asyncio.Queue()
    serving = asyncio.create_task(run_server(settings, "127.0.0.1", 0, ready.put_nowait))
    told = asyncio.create_task(ready.get())
    await asyncio.wait([serving, told], return_when=asyncio.FIRST_COMPLETED)
    if serving.done():
        await serving
    address = await told
    parts = urlsplit(address)
    yield Endpoint(str(parts.hostname), int(parts.port or 0), address)
    serving.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await serving


@pytest.fixture
def problems(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """What the log has that it must not have: errors, tracebacks, or a line for each request."""
    caplog.set_level(logging.INFO)

    def found() -> list[str]:
        lines = [f"{one.name}: {one.getMessage()}" for one in caplog.records]
        bad = [one for one in caplog.records if one.levelno >= logging.ERROR or one.exc_info]
        return [caplog.handler.format(one) for one in bad] or (lines if len(lines) > MOST_LINES else [])

    return found


async def healthy(endpoint: Endpoint, session: aiohttp.ClientSession) -> None:
    async with session.get(f"{endpoint.address}/healthz") as response:
        assert response.status == 200


async def status_of(url: URL, session: aiohttp.ClientSession) -> int:
    async with session.get(url, headers={"Ocp-Apim-Subscription-Key": KEY}) as response:
        return response.status


async def test_no_bytes_make_the_endpoint_fail(endpoint: Endpoint, problems: Callable[[], list[str]]) -> None:
    left, endings, looks = iter(Fuzz().cases(CASES)), random.Random(SEED), 0
    timeout = aiohttp.ClientTimeout(LONGEST)

    async def sender() -> None:
        for data in left:
            await endpoint.send(data, ending=endings.choice(("open", "half", "half", "reset")))

    async def searched(session: aiohttp.ClientSession) -> None:
        search = f"{endpoint.address}/v7.0/images/search"
        async with session.get(search, params={"q": "bird"}, headers={"Ocp-Apim-Subscription-Key": KEY}) as response:
            assert response.status == 200
            assert (await response.json())["_type"] == "Images"

    async def answered(session: aiohttp.ClientSession) -> dict[str, int]:
        return {path: await status_of(URL(f"{endpoint.address}{path}", encoded=True), session) for path in PATHS}

    async with aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(force_close=True)) as session:
        await searched(session)  # or else wrong keys, if they come first, shut the right one out as well
        before = await answered(session)
        senders = [asyncio.create_task(sender()) for _ in range(AT_ONCE)]
        while not all(one.done() for one in senders):
            await healthy(endpoint, session)
            looks += 1
            await asyncio.wait(senders, timeout=0.1)
        await asyncio.gather(*senders)
        await healthy(endpoint, session)
        await searched(session)
        assert await answered(session) == before
    assert looks > 0
    assert {200, 400, 404, 405} <= set(before.values()), before
    assert {400, 401, 429} <= endpoint.statuses.keys(), endpoint.statuses
    assert not {status: times for status, times in endpoint.statuses.items() if status >= 500}, endpoint.statuses
    assert not problems()


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="connections are counted as Linux does")
async def test_connections_have_a_maximum_and_health_answers_at_it(
    endpoint: Endpoint, problems: Callable[[], list[str]], caplog: pytest.LogCaptureFixture
) -> None:
    most, held = ConnectionLimits().most, list[asyncio.StreamWriter]()
    try:
        for number in range(most + 80):
            _, writer = await asyncio.open_connection(endpoint.host, endpoint.port)
            writer.write((b"GET /v7.0/images/", b"", b"POST / HTTP/1.1\r\nHost")[number % 3])
            held.append(writer)
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(LONGEST)) as session:
            await healthy(endpoint, session)
        for _ in range(int(LONGEST / 0.05)):  # the kernel holds some that the endpoint has not taken or closed yet
            if established(endpoint.port) <= most:
                break
            await asyncio.sleep(0.05)
        assert established(endpoint.port) <= most
        assert "others need the room" in caplog.text  # nothing but the maximum says so
    finally:
        for writer in held:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()
    assert not problems()


def established(port: int) -> int:
    """How many connections the other side of this port holds open.

    While others come and go the kernel lists some twice, so each pair of addresses counts once.
    """
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return len({(row[1], row[2]) for row in rows if row[1].endswith(f":{port:04X}") and row[3] == ESTABLISHED})


def test_the_cases_are_the_same_each_time() -> None:
    first: list[Any] = list(Fuzz().cases(40))
    assert first == list(Fuzz().cases(40))
