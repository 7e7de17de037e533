"""Connections that send nothing, too slowly, or no HTTP."""

import asyncio
import json
import logging
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
from pydantic import SecretStr

from bot.bing_v7 import Image, ImageAnswer, SearchRequest
from bot.bing_v7.server import ServerSettings, connections, serve
from bot.bing_v7.server.settings import ConnectionLimits
from bot.media.pool import WorkerPool
from bot.media.runner import InThread
from bot.media.service import Media
from tests.media.made import coded, scene

from .conftest import SmallProvider

Start = Callable[..., Awaitable[str]]


@pytest.fixture
async def start(provider: SmallProvider) -> AsyncIterator[Start]:
    """Serve with limits of the test's own; return the address."""
    tasks: list[asyncio.Task[None]] = []

    async def started(**limits: Any) -> str:
        ready: asyncio.Queue[str] = asyncio.Queue()
        settings = ServerSettings(connections=ConnectionLimits(**limits), keys=(SecretStr("abc"),), shutdown_grace=1)
        tasks.append(
            asyncio.create_task(serve(provider, Media(InThread()), settings, port=0, on_ready=ready.put_nowait))
        )
        return await asyncio.wait_for(ready.get(), 60)

    yield started
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def connect(address: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    parts = urlsplit(address)
    return await asyncio.open_connection(parts.hostname, parts.port)


async def said(address: str, request: bytes) -> bytes:
    """Send bytes and return everything that comes back until the other side closes."""
    reader, writer = await connect(address)
    writer.write(request)
    answer = await asyncio.wait_for(reader.read(), 60)
    writer.close()
    return answer


async def healthy(address: str, within: float = 30.0) -> bool:
    async with (
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(within)) as session,
        session.get(f"{address}/healthz") as response,
    ):
        return response.status == 200


@pytest.mark.parametrize(
    "request_",
    [
        b"GET\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nbad header\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
        b"GET /" + b"z" * 70_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    ],
)
async def test_what_is_no_http_is_answered_in_json_and_logged_without_a_traceback(
    start: Start, request_: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    address = await start()
    with caplog.at_level(logging.INFO):
        answer = b""
        for _ in range(20):
            answer = await said(address, request_)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.split(b" ")[1] == b"400"
    assert b"application/json" in head
    assert b"Server: Magpie\r\n" in head
    assert b"BingAPIs-TraceId: " in head
    assert json.loads(body)["_type"] == "ErrorResponse"
    assert "Traceback" not in caplog.text
    lines = [record for record in caplog.records if "malformed" in record.message]
    assert len(lines) == 1


async def test_a_request_must_be_complete_in_time(start: Start) -> None:
    address = await start(head_seconds=0.5)
    for beginning in (b"", b"GET /healthz HTTP/1.1\r\nHost: a\r\n"):
        started = time.monotonic()
        assert await said(address, beginning) == b""
        assert time.monotonic() - started < 20


async def test_bytes_now_and_then_do_not_prolong_it_on_a_later_request_either(start: Start) -> None:
    address = await start(head_seconds=3, idle_seconds=60)
    reader, writer = await connect(address)
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
    assert (await reader.readuntil(b"}")).startswith(b"HTTP/1.1 200")
    await asyncio.sleep(4.5)
    assert not reader.at_eof(), "a connection may rest between two requests"
    started = time.monotonic()
    with suppress(ConnectionError):
        for byte in b"GET /healthz HTTP/1.1\r\n" * 40:
            writer.write(bytes([byte]))
            await asyncio.sleep(0.1)
            if reader.at_eof() or reader.exception() is not None:  # closed, or reset with bytes still unread
                break
    assert time.monotonic() - started < 60
    writer.close()


async def test_a_long_answer_is_not_cut_off_while_it_is_taken(start: Start, provider: SmallProvider) -> None:
    async def search(request: SearchRequest) -> ImageAnswer:
        await asyncio.sleep(4.5)
        return ImageAnswer(value=())

    provider.search = search  # type: ignore[method-assign]  # one test
    address = await start(head_seconds=3)
    key = {"Ocp-Apim-Subscription-Key": "abc"}
    async with (
        aiohttp.ClientSession(headers=key) as session,
        session.get(f"{address}/v7.0/images/search?q=x") as response,
    ):
        assert response.status == 200


async def test_whoever_only_holds_connections_gives_way(start: Start) -> None:
    address = await start(most=30, head_seconds=30)
    held = [await connect(address) for _ in range(90)]
    for _, writer in held:
        with suppress(ConnectionError):
            writer.write(b"GET / HTTP/1.1\r\nX:")
    await asyncio.sleep(0.3)
    assert await healthy(address)
    for _, writer in held:
        writer.close()


LARGE = b"GET /v7.0/images/search?q=x HTTP/1.1\r\nHost: a\r\nOcp-Apim-Subscription-Key: abc\r\n\r\n"
"""Asks for what `with_large_answers` finds."""


def with_large_answers(provider: SmallProvider) -> None:
    """Have it find some 12 MB: more than the system takes by itself for whoever does not read."""
    images = tuple(
        Image(name=f"{number} " + "x" * 40_000, content_url=f"https://example.org/{number}.png")
        for number in range(300)
    )

    async def search(request: SearchRequest) -> ImageAnswer:
        return ImageAnswer(value=images)

    provider.search = search  # type: ignore[method-assign]  # one test


async def slow_taker(address: str) -> socket.socket:
    """Ask for a large answer, and take no more of it than its beginning."""
    parts = urlsplit(address)
    one = socket.socket()
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    one.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(one, (parts.hostname, parts.port))
    await loop.sock_sendall(one, LARGE)
    assert (await asyncio.wait_for(loop.sock_recv(one, 12), 60)).startswith(b"HTTP/1.1 200")
    return one


async def test_whoever_takes_an_answer_slowly_gives_way(start: Start, provider: SmallProvider) -> None:
    with_large_answers(provider)
    address = await start(most=4, taking_seconds=1)
    slow = [await slow_taker(address) for _ in range(4)]
    await asyncio.sleep(1.2)
    assert await healthy(address)
    for one in slow:
        one.close()


async def slow_sender(address: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Post a picture, and send no more of it than its beginning."""
    reader, writer = await connect(address)
    writer.write(
        b"POST /v7.0/images/details HTTP/1.1\r\nHost: a\r\nOcp-Apim-Subscription-Key: abc\r\n"
        b"Content-Type: application/octet-stream\r\nContent-Length: 1000\r\n\r\nx"
    )
    await writer.drain()
    return reader, writer


async def test_whoever_sends_a_picture_slowly_gives_way(start: Start) -> None:
    address = await start(most=4, taking_seconds=1)
    slow = [await slow_sender(address) for _ in range(4)]
    await asyncio.sleep(1.5)
    for _ in range(3):
        assert await healthy(address)
    assert [reader.at_eof() for reader, _ in slow[1:]] == [False] * 3, "one place is enough for all three"
    for _, writer in slow:
        writer.close()


async def test_answers_that_nobody_takes_have_a_maximum_of_bytes(start: Start, provider: SmallProvider) -> None:
    with_large_answers(provider)
    address = await start(untaken_bytes=30_000_000, taking_seconds=4)
    began = time.monotonic()
    slow = [await slow_taker(address) for _ in range(2)]
    reader, writer = await connect(address)
    writer.write(LARGE)
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 60)
    if time.monotonic() - began < 4:
        assert head.startswith(b"HTTP/1.1 429")
        assert b"Retry-After: 4" in head
    await asyncio.sleep(4.2)
    slow.append(await slow_taker(address))
    for one in (writer, *slow):
        one.close()


async def test_the_next_one_has_room_at_once(start: Start) -> None:
    address = await start(most=5, head_seconds=30)
    held = [await connect(address) for _ in range(5)]
    await asyncio.sleep(0.3)
    for _ in range(3):
        assert await healthy(address)
    for _, writer in held:
        writer.close()


async def test_when_all_are_being_answered_more_are_refused(start: Start, provider: SmallProvider) -> None:
    going_on, begun = asyncio.Event(), asyncio.Semaphore(0)

    async def search(request: SearchRequest) -> ImageAnswer:
        begun.release()
        await going_on.wait()
        return ImageAnswer(value=())

    provider.search = search  # type: ignore[method-assign]  # one test
    address = await start(most=5)
    question = b"GET /v7.0/images/search?q=x HTTP/1.1\r\nHost: a\r\nOcp-Apim-Subscription-Key: abc\r\n\r\n"
    asked = [await connect(address) for _ in range(5)]
    for _, writer in asked:
        writer.write(question)
    for _ in asked:
        await begun.acquire()
    assert await said(address, question) == b""
    going_on.set()
    for reader, writer in asked:
        assert (await reader.readuntil(b"\r\n")).startswith(b"HTTP/1.1 200")
        writer.close()
    assert await healthy(address)


async def test_whoever_asked_before_keeps_the_connection_while_others_ask_nothing(start: Start) -> None:
    address = await start(most=5, head_seconds=30)
    reader, writer = await connect(address)
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
    await reader.readuntil(b"}")
    held = [await connect(address) for _ in range(4)]
    await asyncio.sleep(1.2)
    for _ in range(20):
        held.append(await connect(address))
        await asyncio.sleep(0.12)
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
    assert (await asyncio.wait_for(reader.readuntil(b"}"), 60)).startswith(b"HTTP/1.1 200")
    for _, one in [*held, (reader, writer)]:
        one.close()


async def test_an_upload_is_not_cut_off_for_others(start: Start) -> None:
    """Its body comes slowly, and more connections come than there is room for."""
    address = await start(most=4, head_seconds=30)
    body = b"x" * 1000
    reader, writer = await connect(address)
    writer.write(
        b"POST /v7.0/images/details HTTP/1.1\r\nHost: a\r\nOcp-Apim-Subscription-Key: abc\r\n"
        b"Content-Type: application/octet-stream\r\nContent-Length: 1000\r\n\r\n" + body[:10]
    )
    await asyncio.sleep(0.1)
    held = [await connect(address) for _ in range(12)]
    await asyncio.sleep(0.05)
    writer.write(body[10:])
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 60)
    assert head.startswith(b"HTTP/1.1 400"), "it is no picture, and that is said"
    for _, one in [*held, (reader, writer)]:
        one.close()


async def test_a_connection_that_has_just_been_opened_is_not_closed_for_the_next(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_JUST_OPENED", 60)  # all of the test, on a busy machine too
    address = await start(most=3, head_seconds=30)
    first = [await connect(address) for _ in range(3)]
    late = [await connect(address) for _ in range(3)]
    for reader, writer in first:
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert (await asyncio.wait_for(reader.read(), 60)).startswith(b"HTTP/1.1 200")
        writer.close()
    for _, writer in late:
        writer.close()


@pytest.mark.parametrize(("seconds", "status"), [(0.001, 429), (60.0, 200)])
async def test_a_posted_picture_waits_its_turn_as_long_as_the_endpoint_lets_it(
    provider: SmallProvider, seconds: float, status: int
) -> None:
    ready: asyncio.Queue[str] = asyncio.Queue()
    settings = ServerSettings(picture_seconds=seconds, time_limit=90, shutdown_grace=1)
    async with WorkerPool() as pool, aiohttp.ClientSession() as session:
        media = Media(pool, patience=0.001)  # that of other callers
        task = asyncio.create_task(serve(provider, media, settings, port=0, on_ready=ready.put_nowait))
        try:
            address = await asyncio.wait_for(ready.get(), 20)
            picture = coded(scene(), "PNG")
            async with session.post(f"{address}/v7.0/images/details", data=picture) as response:
                assert response.status == status
                assert ("Retry-After" in response.headers) == (status == 429)
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
