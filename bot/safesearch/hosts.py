"""Host names as they really are: one spelling for every way of writing a host, and finding hosts in text."""

import ipaddress
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote

import idna

_WITH_SCHEME = re.compile(r"(?:(?<![a-z0-9])https?:[/\\]*|[/\\]{2,})([^/\\?#\s\"'<>]+)", re.IGNORECASE)
_IN_TEXT = re.compile(r"(?:[^\W_](?:[\w\-]{0,62})?[.。．｡]){1,10}[^\W\d_][\w\-]{1,62}")  # noqa: RUF001 (dots of the IDNA standard)
_IN_TEXT_QUICK = re.compile(r"[.。．｡]\w")  # noqa: RUF001 (as above)
_PLAIN = re.compile(r"(?!xn--)[a-z0-9\-]{1,63}(?:\.(?!xn--)[a-z0-9\-]{1,63}){0,3}\.[a-z]{2,20}")
"""A host that is in its one spelling already, as nearly all are."""
_DEPTH = 3
"""How often percent escapes are undone when looking for an address inside an address."""


@lru_cache(maxsize=4096)
def normal_host(text: str) -> str | None:
    """Return a host in its one spelling: small ASCII (punycode), no trailing dot, port or user; None if it is none.

    Accepts a host, ``host:port``, or a whole address.
    """
    if _PLAIN.fullmatch(text):
        return text
    host = _cut_host(text)
    if not host:
        return None
    try:
        return str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        return _ascii(host)


def _cut_host(text: str) -> str:
    text = unquote(text.strip()).replace("\\", "/")
    text = _strip_invisible(unicodedata.normalize("NFKC", text))
    if "//" in text:
        text = text.split("//", 1)[1].lstrip("/")
    text = re.split(r"[/?#\s]", text, maxsplit=1)[0].rpartition("@")[2]
    if text.startswith("["):
        return text.partition("]")[0] + "]"
    head, colon, tail = text.rpartition(":")
    if colon and tail.isdigit() and ":" not in head:
        text = head
    return text.rstrip(".。") or ""


def _strip_invisible(text: str) -> str:
    return "".join(letter for letter in text if unicodedata.category(letter) not in {"Cf", "Cc"})


def _ascii(host: str) -> str | None:
    host = host.replace("。", ".").strip(".").lower()
    if not host or ".." in host or len(host) > 253:  # noqa: PLR2004 (the longest name in the DNS)
        return None
    if not host.isascii() or "xn--" in host:
        try:
            return idna.encode(host, uts46=True, strict=False).decode("ascii").lower()
        except (idna.IDNAError, UnicodeError):
            return host
    return host


def is_under(host: str, names: Iterable[str] | frozenset[str]) -> bool:
    """True if the host (in its one spelling) or one of the domains above it is among the names."""
    known = names if isinstance(names, frozenset) else frozenset(names)
    labels = host.split(".")
    return host in known or any(".".join(labels[start:]) in known for start in range(1, len(labels)))


@lru_cache(maxsize=4096)
def hosts_of_link(link: str) -> frozenset[str]:
    """Return every host that a link names: its own, and those of addresses inside it, however often escaped."""
    return frozenset(_find(_unescaped(link), _WITH_SCHEME, 1))


@lru_cache(maxsize=4096)
def hosts_in_text(text: str) -> frozenset[str]:
    """Return what may be host names in running text, with a scheme or without."""
    if not _IN_TEXT_QUICK.search(text):
        return frozenset()
    return frozenset((*_find(text, _WITH_SCHEME, 1), *_find(text, _IN_TEXT, 0)))


def _find(text: str, pattern: re.Pattern[str], group: int) -> Iterator[str]:
    for found in pattern.finditer(text):
        if (host := normal_host(found[group])) is not None:
            yield host


def _unescaped(link: str) -> str:
    """Return the link followed by its unescaped forms, so that one search sees all of them."""
    forms = [link]
    for _ in range(_DEPTH):
        if "%" not in forms[-1] or (plain := unquote(forms[-1])) == forms[-1]:
            break
        forms.append(plain)
    return "\n".join(forms)
