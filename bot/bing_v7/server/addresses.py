"""Under which address the endpoint is known, and who is behind a proxy."""

import ipaddress
from typing import cast

from aiohttp import web

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Addresses:
    """Reads the headers of proxies, of those alone that the operator names.

    Args:
        public_url: the address that links begin with, whatever was asked.
        proxies: networks of proxies whose ``X-Forwarded-*`` headers are believed.
    """

    def __init__(self, public_url: str | None, proxies: tuple[Network, ...]) -> None:
        self._public_url = public_url
        self._proxies = proxies

    def peer(self, request: web.BaseRequest) -> str:
        """Return the address that the connection comes from."""
        name: object = request.transport.get_extra_info("peername") if request.transport else None
        return str(cast("tuple[object, ...]", name)[0]) if isinstance(name, tuple) else ""

    def caller(self, request: web.BaseRequest) -> str:
        """Return the client's address: the peer's, or the one that its proxies name, nearest first."""
        address = self.peer(request)
        said = [part.strip() for header in request.headers.getall("X-Forwarded-For", []) for part in header.split(",")]
        while said and self._is_proxy(address):
            address = said.pop()
        return address

    def root(self, request: web.BaseRequest) -> str:
        """Return scheme and host that links of an answer begin with."""
        if self._public_url:
            return self._public_url
        scheme, host = request.scheme, request.host
        if self._proxies and self._is_proxy(self.peer(request)):
            said = request.headers.get("X-Forwarded-Proto", "").rpartition(",")[2].strip().lower()
            scheme = said if said in {"http", "https"} else scheme
            named = request.headers.get("X-Forwarded-Host", "").rpartition(",")[2].strip()
            host = named if named and named.isascii() and named.isprintable() and "/" not in named else host
        return f"{scheme}://{host}"

    def _is_proxy(self, address: str) -> bool:
        if not self._proxies:
            return False
        try:
            known = ipaddress.ip_address(address)
        except ValueError:
            return False
        known = getattr(known, "ipv4_mapped", None) or known
        return any(known.version == network.version and known in network for network in self._proxies)
