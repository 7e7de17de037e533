"""Who may ask, and how often."""

import hashlib
import hmac
import ipaddress
from functools import lru_cache

from aiohttp import web
from cachetools import TTLCache

from bot.bing_v7.client import KEY_HEADER
from bot.runtime.rate_limit import RateLimit

from . import problems
from .addresses import Addresses
from .settings import ServerSettings

_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_PROXY_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
_DAY = 86_400.0
_REMEMBERED = 4_096
_HOME_BITS = 64
"""Of an IPv6 address: what one customer has to himself."""


class Access:
    """Checks keys and counts requests of each."""

    def __init__(self, settings: ServerSettings, addresses: Addresses) -> None:
        self._addresses = addresses
        self._keys = [key.get_secret_value().encode() for key in settings.keys]
        self._public_host = (settings.public_url or "").partition("://")[2].partition("/")[0]
        self._second = RateLimit(settings.per_second, 1.0) if settings.per_second else None
        self._day = RateLimit(settings.per_day, _DAY) if settings.per_day else None
        self._wrong = RateLimit(settings.wrong_keys_per_minute, 60.0)
        self._proven: TTLCache[tuple[str, str], bool] = TTLCache(_REMEMBERED, _DAY)

    def caller(self, request: web.Request) -> str | problems.Problem:
        """Return who asks, as a name that tells no key, or why the request is refused."""
        given = request.headers.getall(KEY_HEADER, [])
        if len(given) > 1 or (given and "Authorization" in request.headers):
            return problems.unauthorized(redundant=True)
        if not self._keys:
            return "local" if self._is_local(request) else problems.unauthorized(local_only=True)
        key = given[0].strip().encode("utf-8", "surrogateescape") if given else b""
        known = [each for each in self._keys if hmac.compare_digest(each, key)]
        name = hashlib.sha256(known[0]).hexdigest()[:16] if known else None
        return self._braked(_home(self._addresses.caller(request)), name)

    def _braked(self, home: str, name: str | None) -> str | problems.Problem:
        """Return the caller, or why not: a caller that tried too many wrong keys is not told whether the next is right.

        A key that was used from the address before goes on working there, even if others behind it guess keys.
        """
        if name is not None and (home, name) in self._proven:
            return name
        if wait := self._wrong.wait(home):
            return problems.limited(wait)
        if name is None:
            self._wrong.take(home)
            return problems.unauthorized()
        self._proven[home, name] = True
        return name

    def _is_local(self, request: web.Request) -> bool:
        """True for a caller on this machine: by address, not through a proxy, and not through a foreign host name."""
        address = self._addresses.peer(request)
        named = _host_name(request.host) in _LOCAL_NAMES or request.host == self._public_host
        return _is_loopback(address) and named and not any(name in request.headers for name in _PROXY_HEADERS)

    def over(self, caller: str) -> problems.Problem | None:
        """Count one request; return the problem if it is one too many."""
        if self._day and (wait := self._day.wait(caller)):
            return problems.quota_spent(wait)
        if self._second and (wait := self._second.take(caller)):
            return problems.limited(wait)
        if self._day:
            self._day.take(caller)
        return None


def _host_name(host: str) -> str:
    """Return the name in a ``Host`` header, without port and brackets."""
    return (host.partition("]")[0] if host.startswith("[") else host.partition(":")[0]).strip("[]").lower()


@lru_cache(maxsize=_REMEMBERED)
def _home(address: str) -> str:
    """Return what a caller is counted by: the IPv4 address, or the /64 network of an IPv6 address."""
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
