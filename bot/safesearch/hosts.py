"""Host names: normalizing every way of writing one, and finding hosts in text.

Services that fetch other sites (translators, caches, AMP, image proxies) carry the site's name in their own address:
in the path, in a parameter, in hexadecimal or base64, or with dashes for dots in their own host name. All are found.
"""

import base64
import binascii
import ipaddress
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote

import idna

_WITH_SCHEME = re.compile(r"(?:(?<![a-z0-9])https?:[/\\]*|[/\\]{2,})([^/\\?#\s\"'<>]+)", re.IGNORECASE)
_IN_TEXT = re.compile(r"(?:[^\W_](?:[\w\-]{0,62})?[.。．｡]){1,10}[^\W\d_][\w\-]{1,62}")  # noqa: RUF001 (dots of the IDNA standard)
_IN_TEXT_QUICK = re.compile(r"[.。．｡]\w")  # noqa: RUF001 (as above)
_DOTTED = re.compile(r"[.。．｡][^\W\d_]")  # noqa: RUF001 (as above)
"""What stands in every plain host: numbers and dates have dots as well, but no letter behind them."""
_MARKS_OF_HOSTS = ("%", "//", "\\", "aHR0c", "68747470")
"""What stands in every other text that names a host, if it is not ``http``."""
_PLAIN = re.compile(r"(?!xn--)[a-z0-9\-]{1,63}(?:\.(?!xn--)[a-z0-9\-]{1,63}){0,3}\.[a-z]{2,20}")
"""A host that is in its one spelling already, as nearly all are."""
_FILES = re.compile(
    r"jpg|jpeg|jpe|jfif|a?png|gif|webp|avif|svg|bmp|tiff?|ico|heic|[sx]?html?|php|aspx?|jsp|css|js|json|xml|pdf|txt|"
    r"mp[34]|webm|woff"
)
"""What ends a file's name and no host's: none of these is a top level domain."""
_SIMPLE_LINK = re.compile(
    rf"https?://({_PLAIN.pattern})(?:[/?][\w\-/?=&,~+;!()*]*(?:\.(?i:{_FILES.pattern})(?![\w\-])[\w\-/?=&,~+;!()*]*)?)?"
)
"""A link with no host in it but its own: of the dots behind the host only that of a file's name."""
_DASHED = ("translate.goog", "cdn.ampproject.org")
"""Below these one label is another site's whole name: ``my--site-example.translate.goog`` shows ``my-site.example``."""
_BASE64 = re.compile(r"aHR0c[\w+/\-]{6,}", re.ASCII)
_HEXADECIMAL = re.compile(r"68747470[0-9a-f]{8,}", re.IGNORECASE)
_DEPTH = 3
"""How often percent escapes are undone when looking for an address inside an address."""


_NO_HOSTS: frozenset[str] = frozenset()
"""One for all texts without any: thousands are remembered."""


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
    while known and host:
        if host in known:
            return True
        host = host.partition(".")[2]
    return False


@lru_cache(maxsize=4096)
def shown_by(host: str) -> str | None:
    """Return the site that a host of a translator or an AMP cache stands for; None for every other host."""
    below = next((host[: -len(one) - 1] for one in _DASHED if host.endswith(f".{one}")), None)
    if below is None:
        return None
    label = below.rpartition(".")[2]
    if label.startswith("xn--"):
        label = _decoded(label)
    dots = label.replace("--", "\0").replace("-", ".").replace("\0", "-")
    return normal_host(dots)


@lru_cache(maxsize=4096)
def hosts_of_link(link: str) -> frozenset[str]:
    """Return every host that a link names: its own, and those of addresses inside it, however they are written."""
    return _only_host(link) or all_hosts_of_link(link)


def _only_host(link: str) -> frozenset[str]:
    """Return the host of a simple link, as nearly all are; nothing for one that has to be parsed."""
    if (
        (plain := _SIMPLE_LINK.fullmatch(link)) is None
        or "//" in link[len("https://") :]
        or "aHR0c" in link
        or "68747470" in link
    ):
        return _NO_HOSTS
    shown = shown_by(plain[1]) if plain[1].endswith(_DASHED) else None
    return frozenset((plain[1], shown) if shown else (plain[1],))


def all_hosts_of_link(link: str) -> frozenset[str]:
    """Return the same for any link, by parsing every part of it."""
    forms = _unescaped(link)
    inside = _find(forms.partition("//")[2].partition("/")[2], _IN_TEXT, 0)
    named = (host for host in inside if not _FILES.fullmatch(host.rpartition(".")[2]))
    return frozenset((*_find(forms, _WITH_SCHEME, 1), *named))


@lru_cache(maxsize=4096)
def hosts_in_text(text: str) -> frozenset[str]:
    """Return what may be host names in running text, with a scheme or without."""
    if not _may_name_host(text) or (not _IN_TEXT_QUICK.search(text) and "%" not in text):
        return _NO_HOSTS
    forms = _unescaped(text)
    return frozenset((*_find(forms, _WITH_SCHEME, 1), *_find(forms, _IN_TEXT, 0)))


def hosts_in_texts(texts: Collection[str]) -> frozenset[str]:
    """Return the same for many texts; nearly always one look at all of them together finds that there are none."""
    if not _may_name_host("\n".join(texts)):
        return _NO_HOSTS
    return _NO_HOSTS.union(*map(hosts_in_text, texts))


def _may_name_host(text: str) -> bool:
    """Say whether a text holds anything that a host can be named with; one pattern for all takes five times as long."""
    return (
        _DOTTED.search(text) is not None or any(mark in text for mark in _MARKS_OF_HOSTS) or "http" in text.casefold()
    )


def _find(text: str, pattern: re.Pattern[str], group: int) -> Iterator[str]:
    for found in pattern.finditer(text):
        if (host := normal_host(found[group])) is not None:
            yield host
            if (shown := shown_by(host)) is not None:
                yield shown


def _unescaped(link: str) -> str:
    """Return the link followed by its unescaped forms, so that one search sees all of them."""
    forms = [link]
    for _ in range(_DEPTH):
        if "%" not in forms[-1] or (plain := unquote(forms[-1])) == forms[-1]:
            break
        forms.append(plain)
    return "\n".join((*forms, *_written_otherwise(forms[-1])))


def _written_otherwise(link: str) -> Iterator[str]:
    """Yield the addresses that stand in a link as base64 (from ``http`` on) or in hexadecimal."""
    for found in _BASE64.finditer(link):
        letters = found[0].translate(_URL_SAFE)
        try:
            yield base64.b64decode(f"{letters}==").decode("latin-1")
        except binascii.Error:
            continue
    for found in _HEXADECIMAL.finditer(link):
        yield bytes.fromhex(found[0][: len(found[0]) // 2 * 2]).decode("latin-1")


def _decoded(label: str) -> str:
    try:
        return idna.decode(label)
    except (idna.IDNAError, UnicodeError):
        return label


_URL_SAFE = str.maketrans("-_", "+/")
