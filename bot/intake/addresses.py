"""Which web addresses may be read: public ones, over HTTP, on the usual ports.

The address as text is checked first; what really counts is ``guarded_socket``, which sees the final address of every
connection, however it was spelled and whatever DNS answered. (Kept libraries for this, safehttpx and drawbridge, bring
a second HTTP client along; aiohttp has the hook, so this is all that is needed.)
"""

import errno
import ipaddress
import socket
from typing import Any

from yarl import URL

from bot.bing_v7 import PictureRefused

LONGEST = 2_048
PORTS = frozenset({80, 443})

_NOT_FOR_PICTURES = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "192.0.0.0/24",  # protocol assignments; Python calls a few of them global
        "192.88.99.0/24",  # 6to4 relays
        "::/96",  # IPv4 written as IPv6, long deprecated
        "64:ff9b::/96",  # NAT64: an IPv4 address inside, private ones too
        "64:ff9b:1::/48",
        "2001::/32",  # Teredo
        "2002::/16",  # 6to4
        "fec0::/10",
    )
)


class PrivateAddress(OSError):
    """A connection to an address that is not public was refused."""

    def __init__(self) -> None:
        super().__init__(errno.EACCES, "the address is not public")


def is_public(address: str) -> bool:
    """Return whether an IP address, in its usual spelling, is reachable by everybody: the only kind that is read."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if not ip.is_global or ip.is_multicast or ip.is_reserved or ip.is_unspecified:
        return False
    return not any(ip in network for network in _NOT_FOR_PICTURES if network.version == ip.version)


def guarded_socket(info: tuple[Any, ...]) -> socket.socket:
    """Make the socket for a connection (aiohttp's ``socket_factory``).

    Raises:
        PrivateAddress: the connection would not go to a public address.
    """
    family, kind, protocol, _, place = info
    if not is_public(str(place[0])):
        raise PrivateAddress
    return socket.socket(family=family, type=kind, proto=protocol)


def checked_address(text: str) -> URL:
    """Return what somebody typed as an address that may be tried.

    Raises:
        PictureRefused: ``unsafe-address`` for another scheme, credentials, odd ports and literal private addresses.
    """
    try:
        url = URL(text.strip().removeprefix("<").removesuffix(">"))
        port = url.port
    except ValueError:
        raise PictureRefused("unsafe-address", "not an address") from None
    if len(text) > LONGEST or url.scheme not in {"http", "https"} or not url.host:
        raise PictureRefused("unsafe-address", "not a web address")
    if url.user or url.password or port not in PORTS:
        raise PictureRefused("unsafe-address", "credentials or an unusual port")
    if _is_literal(url.host) and not is_public(url.host):
        raise PictureRefused("unsafe-address", "not public")
    return url.with_fragment(None)


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True
