"""Who may ask, and how often.

Rates are counted by the ``limits`` package (kept, and it tells when a full window frees up, which ``Retry-After``
needs; ``aiolimiter`` would make callers wait instead of refusing them).
"""

import hashlib
import hmac
import ipaddress
import time

from aiohttp import web
from cachetools import TTLCache
from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from bot.bing_v7.client import KEY_HEADER

from . import problems
from .addresses import Addresses
from .settings import ServerSettings

_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_PROXY_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
_REMEMBERED, _SECONDS = 4_096, 86_400.0
_HOME_BITS = 64
"""Of an IPv6 address: what one customer has to himself."""


class Access:
    """Checks keys and counts requests of each."""

    def __init__(self, settings: ServerSettings, addresses: Addresses) -> None:
        self._addresses = addresses
        self._keys = [key.get_secret_value().encode() for key in settings.keys]
        self._public_host = (settings.public_url or "").partition("://")[2].partition("/")[0]
        self._second = RateLimitItemPerSecond(settings.per_second) if settings.per_second else None
        self._day = RateLimitItemPerDay(settings.per_day) if settings.per_day else None
        self._windows = MovingWindowRateLimiter(MemoryStorage())
        self._wrong = RateLimitItemPerMinute(settings.wrong_keys_per_minute)
        self._proven: TTLCache[tuple[str, str], bool] = TTLCache(_REMEMBERED, _SECONDS)

    async def caller(self, request: web.Request) -> str | problems.Problem:
        """Return who asks, as a name that tells no key, or why the request is refused."""
        given = request.headers.getall(KEY_HEADER, [])
        if len(given) > 1 or (given and "Authorization" in request.headers):
            return problems.unauthorized(redundant=True)
        if not self._keys:
            return "local" if self._is_local(request) else problems.unauthorized(local_only=True)
        key = given[0].strip().encode("utf-8", "surrogateescape") if given else b""
        known = [each for each in self._keys if hmac.compare_digest(each, key)]
        name = hashlib.sha256(known[0]).hexdigest()[:16] if known else None
        return await self._braked(_home(self._addresses.caller(request)), name)

    async def _braked(self, home: str, name: str | None) -> str | problems.Problem:
        """Return the caller, or why not: whoever tried too many wrong keys is not told whether the next is right.

        A key that was used from the address before goes on working there, whoever else guesses behind it.
        """
        if name is not None and (home, name) in self._proven:
            return name
        if not await self._windows.test(self._wrong, "wrong key", home):
            stats = await self._windows.get_window_stats(self._wrong, "wrong key", home)
            return problems.limited(stats.reset_time - time.time())
        if name is None:
            await self._windows.hit(self._wrong, "wrong key", home)
            return problems.unauthorized()
        self._proven[home, name] = True
        return name

    def _is_local(self, request: web.Request) -> bool:
        """True for a caller on this machine: by address, not through a proxy, and not through a foreign host name."""
        address = self._addresses.peer(request)
        named = _host_name(request.host) in _LOCAL_NAMES or request.host == self._public_host
        return _is_loopback(address) and named and not any(name in request.headers for name in _PROXY_HEADERS)

    async def over(self, caller: str) -> problems.Problem | None:
        """Count one request; return the problem if it is one too many."""
        if self._day and not await self._windows.test(self._day, caller):
            return problems.quota_spent(await self._until_free(self._day, caller))
        if self._second and not await self._windows.hit(self._second, caller):
            return problems.limited(await self._until_free(self._second, caller))
        if self._day:
            await self._windows.hit(self._day, caller)
        return None

    async def _until_free(self, item: RateLimitItem, caller: str) -> float:
        stats = await self._windows.get_window_stats(item, caller)
        return stats.reset_time - time.time()


def _host_name(host: str) -> str:
    """Return the name in a ``Host`` header, without port and brackets."""
    return (host.partition("]")[0] if host.startswith("[") else host.partition(":")[0]).strip("[]").lower()


def _home(address: str) -> str:
    """Return what stands for whoever has an address: the address, or the network of a home for IPv6."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 4 or known.ipv4_mapped:  # noqa: PLR2004 - the version
        return str(known)
    return str(ipaddress.ip_network((known, _HOME_BITS), strict=False))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
