import asyncio
import gc
import gzip
import io
import socket
import tracemalloc
from typing import Any

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from PIL import Image

from bot.bing_v7 import Overloaded, PictureRefused
from bot.intake import Intake
from bot.media.runner import InThread
from bot.media.service import Media


async def refused(coroutine) -> PictureRefused:
    with pytest.raises(PictureRefused) as caught:
        await coroutine
    return caught.value


def handler(body: bytes, **options):
    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=body, **options)

    return answer


class FakeDns(AbstractResolver):
    """Answers every name with one address."""

    def __init__(self, address: str) -> None:
        self.address = address

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        kind = socket.AF_INET6 if ":" in self.address else socket.AF_INET
        return [ResolveResult(hostname=host, host=self.address, port=port, family=kind, proto=0, flags=0)]

    async def close(self) -> None:
        pass


async def test_an_attachment_is_read_and_cleaned(server, intake_for, draw) -> None:
    there = await server(**{"cat.png": handler(draw("PNG"), content_type="text/plain")})
    upload = await intake_for(there).from_discord(str(there.make_url("/cat.png")))
    assert Image.open(io.BytesIO(upload.data)).size == (320, 200)
    assert len(upload.sha1) == 40
    assert upload.filename == "image.jpg"


@pytest.mark.parametrize(
    "address",
    [
        "https://cdn.discordapp.com.evil.example/a.png",
        "https://evil.example/cdn.discordapp.com/a.png",
        "https://cdn.discordapp.com@evil.example/a.png",
        "https://user@cdn.discordapp.com/a.png",
        "http://cdn.discordapp.com/a.png",
        "https://cdn.discordapp.com:8443/a.png",
        "https://discordapp.com/a.png",
        "https://sub.cdn.discordapp.com/a.png",
        "https://images-ext-3.discordapp.net/a.png",
        "nonsense",
        "",
    ],
)
async def test_attachments_come_from_discords_hosts_alone(intake_for, address: str) -> None:
    assert (await refused(intake_for().from_discord(address))).why == "unsafe-address"


@pytest.mark.parametrize("host", ["cdn.discordapp.com", "media.discordapp.net", "images-ext-1.discordapp.net"])
def test_discords_hosts(host: str) -> None:
    assert Intake(Media(InThread())).is_discords(f"https://{host}/attachments/1/2/a.png?ex=1&is=2&hm=3")


async def test_offline_the_client_reads(media, draw) -> None:
    asked: list[str] = []

    async def read_file(address: str) -> bytes:
        asked.append(address)
        return draw()

    intake = Intake(media, read_file=read_file)
    await intake.from_discord("https://cdn.discordapp.com/a.png")
    assert asked == ["https://cdn.discordapp.com/a.png"]
    assert (await refused(intake.from_discord("https://evil.example/a.png"))).why == "unsafe-address"
    assert (await refused(intake.from_discord(asked[0], limit=10))).why == "too-large"


async def test_a_large_attachment_is_refused_by_its_size_unread(intake_for) -> None:
    error = await refused(
        intake_for().from_discord("https://cdn.discordapp.com/a.png", size=30_000_000, limit=10_485_760)
    )
    assert (error.why, error.limit) == ("too-large", 10_485_760)


async def test_of_a_large_attachment_discords_smaller_copy_is_read(media, draw) -> None:
    asked: list[str] = []

    async def read_file(address: str) -> bytes:
        asked.append(address)
        return draw() if "width" in address else bytes(30_000_000)

    intake = Intake(media, read_file=read_file)
    whole = "https://cdn.discordapp.com/attachments/1/2/a.png?ex=1"
    copy = "https://media.discordapp.net/attachments/1/2/a.png?ex=1&width=1500&height=1000"
    upload = await intake.from_discord(whole, size=30_000_000, limit=10_485_760, smaller=copy)
    assert asked == [copy], "its size is known, so it is not read"
    assert upload.sha1 is None, "the hash would be that of the copy"
    await intake.from_discord(whole, limit=10_485_760, smaller=copy)
    assert asked[1:] == [whole, copy], "its size was not known"
    elsewhere = "https://evil.example/a.png?width=1"
    refusal = await refused(intake.from_discord(whole, size=30_000_000, limit=10_485_760, smaller=elsewhere))
    assert refusal.why == "unsafe-address"


async def test_where_discord_makes_no_smaller_copy_the_picture_is_too_large_not_gone(media, draw) -> None:
    async def read_file(address: str) -> bytes:
        if "width" in address:
            raise LookupError(address)
        return draw()

    intake = Intake(media, read_file=read_file)
    whole = "https://cdn.discordapp.com/attachments/1/2/a.png?ex=1"
    copy = "https://media.discordapp.net/attachments/1/2/a.png?ex=1&width=1500&height=1000"
    refusal = await refused(intake.from_discord(whole, size=30_000_000, limit=10_485_760, smaller=copy))
    assert (refusal.why, refusal.limit) == ("too-large", 10_485_760)


async def test_an_empty_attachment(server, intake_for) -> None:
    there = await server(nothing=handler(b""))
    intake = intake_for(there)
    assert (await refused(intake.from_discord("https://cdn.discordapp.com/a.png", size=0))).why == "empty"
    assert (await refused(intake.from_discord(str(there.make_url("/nothing"))))).why == "empty"


async def test_attachments_are_not_followed_elsewhere(server, intake_for) -> None:
    there = await server(moved=handler(b"", status=302, headers={"Location": "http://127.0.0.1/"}))
    assert (await refused(intake_for(there).from_discord(str(there.make_url("/moved"))))).why == "unreachable"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"not a picture but words", "not-a-picture"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "vector"),
        (b"<!doctype html><html></html>", "web-page"),
        (b"\xff\xd8\xff\xe0 broken", "broken"),
    ],
)
async def test_what_is_no_picture(server, intake_for, body: bytes, why: str) -> None:
    there = await server(**{"picture.png": handler(body, content_type="image/png")})
    assert (await refused(intake_for(there).from_discord(str(there.make_url("/picture.png"))))).why == why


@pytest.mark.parametrize("length_told", [True, False])
async def test_thirty_megabytes(server, intake_for, length_told: bool) -> None:
    sent = 0

    async def large(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse()
        if length_told:
            response.content_length = 30_000_000
        await response.prepare(request)
        piece = b"\xff\xd8\xff" + bytes(100_000)
        try:
            while sent < 30_000_000:
                await response.write(piece)
                sent += len(piece)
        except ConnectionError:
            pass
        return response

    there = await server(large=large)
    error = await refused(intake_for(there).from_discord(str(there.make_url("/large"))))
    assert error.why == "too-large"
    assert sent < 30_000_000


async def test_what_comes_compressed_unasked_is_not_unpacked(server, intake_for) -> None:
    bomb = gzip.compress(b"\xff\xd8\xff" + bytes(200_000_000), 9)
    assert len(bomb) < 400_000
    there = await server(bomb=handler(bomb, headers={"Content-Encoding": "gzip"}))
    intake = intake_for(there)
    tracemalloc.start()
    try:
        error = await refused(intake.from_discord(str(there.make_url("/bomb"))))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert error.why == "unreachable"
    assert peak < 4_000_000


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "2130706433", "0x7f000001",
        "0177.0.0.1", "127.1", "0", "0.0.0.0", "127.0.0.1.", "0x7f.1", "[::]", "[64:ff9b::7f00:1]", "%31%32%37.0.0.1",
        "\N{CIRCLED DIGIT ONE}27.0.0.1",
    ],
)  # fmt: skip
async def test_loopback_in_every_spelling(intake_for, monkeypatch, host: str) -> None:
    connected: list[object] = []
    real = asyncio.get_running_loop().sock_connect

    async def watch(sock, address):
        connected.append(address)
        return await real(sock, address)

    monkeypatch.setattr(asyncio.get_running_loop(), "sock_connect", watch)
    error = await refused(intake_for().from_web(f"http://{host}/a.png"))
    assert error.why in {"unsafe-address", "unreachable"}
    assert not connected


@pytest.mark.parametrize(
    "answer", ["127.0.0.1", "10.0.0.1", "::1", "::ffff:127.0.0.1", "169.254.169.254", "64:ff9b::7f00:1"]
)
async def test_a_name_that_dns_sends_to_a_private_place(intake_for, answer: str) -> None:
    assert (await refused(intake_for(resolver=FakeDns(answer)).from_web("http://pictures.example/a.png"))).why == (
        "unsafe-address"
    )


@pytest.fixture
def as_if_public(monkeypatch):
    """Let one test server pass for a public host; every other address is judged as ever."""

    def allow(server) -> str:
        from bot.intake import addresses, reading

        judge, ours = addresses.is_public, server.port

        def guarded(info):
            if info[4][:2] == ("127.0.0.1", ours):
                return socket.socket(family=info[0], type=info[1], proto=info[2])
            return addresses.guarded_socket(info)

        monkeypatch.setattr(reading, "guarded_socket", guarded)
        monkeypatch.setattr(addresses, "PORTS", addresses.PORTS | {ours})
        assert not judge("127.0.0.1")
        return f"http://pictures.example:{ours}"

    return allow


async def test_a_picture_from_the_web(server, intake_for, as_if_public, draw) -> None:
    seen: list[dict[str, str]] = []

    async def picture(request: web.Request) -> web.Response:
        seen.append(dict(request.headers))
        return web.Response(body=draw("WEBP"))

    there = await server(a=picture)
    upload = await intake_for(resolver=FakeDns("127.0.0.1")).from_web(as_if_public(there) + "/a")
    assert Image.open(io.BytesIO(upload.data)).size == (320, 200)
    assert {"Cookie", "Authorization", "Referer"}.isdisjoint(seen[0])


async def test_a_redirect_is_followed_thrice_and_no_further(server, intake_for, as_if_public, draw) -> None:
    def moved(place: str):
        return handler(b"", status=302, headers={"Location": place})

    there = await server(a=moved("/b"), b=moved("/c"), c=moved("/d"), d=handler(draw()), e=moved("/a"))
    base = as_if_public(there)
    intake = intake_for(resolver=FakeDns("127.0.0.1"))
    assert (await intake.from_web(base + "/a")).data
    assert (await refused(intake.from_web(base + "/e"))).why == "unreachable"


@pytest.mark.parametrize(
    "place",
    ["http://127.0.0.1/", "http://[::1]/", "http://localhost:1/", "file:///etc/x", "http://2130706433/", "//[::1]/"],
)
async def test_a_redirect_to_loopback(server, intake_for, as_if_public, place: str) -> None:
    there = await server(a=handler(b"", status=301, headers={"Location": place}))
    error = await refused(intake_for(resolver=FakeDns("127.0.0.1")).from_web(as_if_public(there) + "/a"))
    assert error.why == "unsafe-address"


async def test_an_address_that_drips(server, intake_for, as_if_public) -> None:
    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"\xff\xd8\xff")
        try:
            for _ in range(10_000):
                await response.write(b"\0")
                await asyncio.sleep(0.1)
        except ConnectionError:
            pass
        return response

    there = await server(drip=drip)
    loop = asyncio.get_running_loop()
    started = loop.time()
    error = await refused(
        intake_for(resolver=FakeDns("127.0.0.1"), seconds=1.0).from_web(as_if_public(there) + "/drip")
    )
    assert error.why == "slow-source"
    assert loop.time() - started < 30


async def test_slow_addresses_of_one_user_hold_up_nobody_else(server, intake_for, as_if_public, draw) -> None:
    there, let_go = await _with_slow_pictures(server, draw)
    intake, address = intake_for(resolver=FakeDns("127.0.0.1")), as_if_public(there)
    slow = [asyncio.create_task(intake.from_web(address + "/slow", owner="one")) for _ in range(12)]
    try:
        await asyncio.wait_for(intake.from_web(address + "/quick", owner="another"), 10)
        assert not any(one.done() for one in slow)
    finally:
        let_go.set()
        assert len(await asyncio.gather(*slow)) == 12, "they have their turns one after the other"


async def test_whoever_has_no_turn_is_told_so_and_not_that_their_address_is_slow(
    server, intake_for, as_if_public, draw
) -> None:
    there, let_go = await _with_slow_pictures(server, draw)
    intake, address = intake_for(resolver=FakeDns("127.0.0.1"), stalled=1.0), as_if_public(there)
    slow = [asyncio.create_task(intake.from_web(address + "/slow", owner=number // 2)) for number in range(8)]
    await asyncio.sleep(0.1)
    try:
        with pytest.raises(Overloaded):
            await intake.from_web(address + "/quick", owner="another")
    finally:
        let_go.set()
        await asyncio.gather(*slow, return_exceptions=True)
    await intake.from_web(address + "/quick", owner="another")


async def _with_slow_pictures(server, draw) -> tuple[Any, asyncio.Event]:
    """A server with a picture that comes at once, and one that comes five bytes a second until the event is set."""
    let_go, data = asyncio.Event(), draw("PNG")

    async def slow(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for at in range(len(data)):
            if let_go.is_set():
                await response.write(data[at:])
                break
            await response.write(data[at : at + 1])
            await asyncio.sleep(0.2)
        return response

    return await server(slow=slow, quick=handler(data)), let_go


async def test_redirects_have_one_deadline_together(server, intake_for, as_if_public, draw) -> None:
    def moved(place: str):
        async def answer(_: web.Request) -> web.Response:
            await asyncio.sleep(0.8)
            return web.Response(status=302, headers={"Location": place})

        return answer

    there = await server(a=moved("/b"), b=moved("/c"), c=moved("/d"), d=handler(draw("PNG")))
    intake = intake_for(resolver=FakeDns("127.0.0.1"), seconds=1.5)
    assert (await refused(intake.from_web(as_if_public(there) + "/a"))).why == "slow-source"


async def test_an_address_of_a_page(server, intake_for, as_if_public) -> None:
    there = await server(page=handler(b"<!DOCTYPE html><html>" + b"x" * 1_000_000, content_type="text/html"))
    intake = intake_for(resolver=FakeDns("127.0.0.1"))
    assert (await refused(intake.from_web(as_if_public(there) + "/page"))).why == "web-page"


async def test_an_address_where_nothing_is(server, intake_for, as_if_public) -> None:
    there = await server()
    intake = intake_for(resolver=FakeDns("127.0.0.1"))
    assert (await refused(intake.from_web(as_if_public(there) + "/gone"))).why == "unreachable"


async def test_bad_input_leaves_nothing_behind(server, intake_for, draw) -> None:
    bad = {
        "text": b"words " * 50_000,
        "svg": b"<svg>" + b" " * 300_000,
        "cut": draw("PNG", (1500, 1500))[:4000],
        "page": b"<!doctype html>" + b"x" * 300_000,
        "gzip": gzip.compress(b"\xff\xd8\xff" + bytes(20_000_000)),
    }
    handlers = {
        name: handler(body, headers={"Content-Encoding": "gzip"} if name == "gzip" else {})
        for name, body in bad.items()
    }
    there = await server(**handlers)
    intake = intake_for(there)

    async def all_of_them() -> None:
        for name in bad:
            await refused(intake.from_discord(str(there.make_url(f"/{name}"))))

    await all_of_them()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for _ in range(5):
            await all_of_them()
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 1_000_000


@pytest.mark.parametrize(
    "query", ["", "?ex=1", "?ex=00000001&is=00000001&hm=00", "?ex=nonsense&is=1&hm=00", "?is=1&hm=00"]
)
async def test_an_old_or_bare_discord_link_is_said_to_be_one(intake_for, query: str) -> None:
    """Nothing is asked: Discord would only say that it is not there."""
    address = f"https://cdn.discordapp.com/attachments/1/2/cat.png{query}"
    assert (await refused(intake_for().from_web(address))).why == "old-link"


async def test_a_discord_link_that_still_holds_is_read(server, intake_for, draw) -> None:
    there = await server(**{"attachments/1/2/cat.png": handler(draw("PNG"))})
    address = str(there.make_url("/attachments/1/2/cat.png?ex=ffffffff&is=00000001&hm=00"))
    assert (await intake_for(there).from_web(address)).sha1


async def test_the_operators_contact_is_told(server, intake_for, draw) -> None:
    heard: list[str] = []

    async def picture(request: web.Request) -> web.Response:
        heard.append(request.headers["User-Agent"])
        return web.Response(body=draw("PNG"))

    there = await server(cat=picture)
    await intake_for(there, user_agent="Magpie/1 (ops@example.org)").from_discord(str(there.make_url("/cat")))
    assert heard == ["Magpie/1 (ops@example.org)"]
