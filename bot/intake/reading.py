"""Reading bytes from the web: bounded in size and time, redirects checked one by one, nothing sent along."""

import asyncio
import errno
from collections.abc import Callable
from dataclasses import dataclass

import aiohttp
from aiohttp.abc import AbstractResolver
from multidict import CIMultiDictProxy
from yarl import URL

from bot.bing_v7 import PictureRefused
from bot.media.refusal import Refused
from bot.media.sniffing import ENOUGH, kind_of

from .addresses import checked_address, guarded_socket

REDIRECTS = 3
_MOVED = frozenset({301, 302, 303, 307, 308})
_OK = 200
_PLAIN = frozenset({"", "identity"})
_CHUNK = 64 * 1024
USER_AGENT = "Magpie (Discord bot)"
_HEADERS = {"Accept": "image/*", "Accept-Encoding": "identity"}


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Bytes after decoding, seconds in all and between two pieces; how many at once, in all and of one user.

    Whoever waits for a turn waits ``stalled`` seconds at most.
    """

    max_bytes: int = 20 * 1024 * 1024
    seconds: float = 8.0
    stalled: float = 5.0
    at_once: int = 8
    of_one: int = 2


def open_web(limits: ReadLimits, user_agent: str, resolver: AbstractResolver | None = None) -> aiohttp.ClientSession:
    """Return a session that connects to public addresses only; ``resolver`` replaces DNS."""
    connector = aiohttp.TCPConnector(
        socket_factory=guarded_socket, resolver=resolver, use_dns_cache=False, force_close=True, limit=limits.at_once
    )
    return _session(connector, limits, user_agent)


def open_plain(limits: ReadLimits, user_agent: str) -> aiohttp.ClientSession:
    """Return a session for hosts that were compared with an exact list."""
    return _session(aiohttp.TCPConnector(limit=limits.at_once), limits, user_agent)


def _session(connector: aiohttp.TCPConnector, limits: ReadLimits, user_agent: str) -> aiohttp.ClientSession:
    timeout = aiohttp.ClientTimeout(total=limits.seconds, connect=limits.stalled, sock_read=limits.stalled)
    return aiohttp.ClientSession(
        connector=connector,
        timeout=timeout,
        headers={**_HEADERS, "User-Agent": user_agent},
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        auto_decompress=False,
        requote_redirect_url=False,
    )


async def download_picture(
    session: aiohttp.ClientSession,
    url: URL,
    max_bytes: int,
    follow: Callable[[str], URL] | None = checked_address,
) -> bytes:
    """Return the bytes of a picture; stops as soon as they are too many or not a picture's.

    Every redirect goes through ``follow``, which returns the next address or raises; None follows none.

    Raises:
        PictureRefused: ``too-large``, ``slow-source``, ``unreachable``, ``unsafe-address`` or what ``look_at`` says.
    """
    try:
        async with asyncio.timeout(session.timeout.total):  # of all redirects together
            for _ in range(REDIRECTS + 1):
                async with session.get(url, allow_redirects=False) as response:
                    if response.status not in _MOVED:
                        return await _body(response, max_bytes)
                    url = _next(url, response.headers, follow)
    except TimeoutError:
        raise PictureRefused("slow-source") from None
    except aiohttp.InvalidURL:
        raise PictureRefused("unsafe-address", "not an address that can be asked") from None
    except aiohttp.ClientConnectorError as error:
        refused = error.os_error.errno == errno.EACCES
        raise PictureRefused("unsafe-address" if refused else "unreachable", "connection refused") from None
    except (aiohttp.ClientError, ValueError) as error:
        raise PictureRefused("unreachable", type(error).__name__) from None
    raise PictureRefused("unreachable", "too many redirects")


def _next(url: URL, headers: CIMultiDictProxy[str], follow: Callable[[str], URL] | None) -> URL:
    if follow is None or not headers.get("Location"):
        raise PictureRefused("unreachable", "moved")
    try:
        return follow(str(url.join(URL(headers["Location"]))))
    except ValueError:
        raise PictureRefused("unreachable", "moved to no address") from None


async def _body(response: aiohttp.ClientResponse, max_bytes: int) -> bytes:
    if response.status != _OK:
        raise PictureRefused("unreachable", f"status {response.status}")
    if (response.content_length or 0) > max_bytes:
        raise PictureRefused("too-large", limit=max_bytes)
    if response.headers.get("Content-Encoding", "identity").lower() not in _PLAIN:
        raise PictureRefused("unreachable", "compressed although it was not asked for")  # it would block the loop
    data = bytearray()
    looked = False
    async for chunk in response.content.iter_chunked(_CHUNK):
        data += chunk
        if len(data) > max_bytes:
            raise PictureRefused("too-large", limit=max_bytes)
        if not looked and len(data) >= ENOUGH:
            look_at(data)
            looked = True
    if not looked:
        look_at(data)
    return bytes(data)


def look_at(data: bytes | bytearray) -> None:
    """Refuse what is not a picture, by its first bytes.

    Raises:
        PictureRefused: ``empty``, ``vector``, ``web-page`` or ``not-a-picture``.
    """
    try:
        kind_of(bytes(data[:ENOUGH]))
    except Refused as refused:
        raise PictureRefused(refused.why) from refused
