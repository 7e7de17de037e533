"""Sanitizes all text and addresses from outside.

``clean_markdown()`` is for places where Discord reads markdown (embed title, description, fields, text displays),
``clean()`` for places where it does not (footer, author name, buttons, selects, alt text). Neither may be put into the
label of a masked link: Discord ignores escapes there, so labels are our own words only.
"""

import ipaddress
import re
import unicodedata
from functools import lru_cache

from yarl import URL

ELLIPSIS = "…"
LINK_BUTTON_LIMIT = 512
URL_LIMIT = 2048
CACHED = 4096
"""Maximum addresses whose results are kept: a page is drawn many times."""

_MARKS_IN_A_ROW = 4
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5")
"""Characters that look empty."""
_GONE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_JOINERS = frozenset("\u200c\u200d")
_VIRAMA = 9
"""Combining class of the sign that joins Indic letters."""
_EMOJI_MARKS = frozenset("\ufe0f\u20e3")
_ORDINARY = re.compile(r"[\s -~\u00a1-\u00ac\u00ae-\u024f\u2010-\u2027]*")
"""Text in Latin letters and common characters, composed already: nothing of it could go but spaces."""
_MARKDOWN = re.compile(r"[\\*_~`|<>\[\]()#@]|:(?=//)|^[-+](?=\s|$)")
_NUMBERED = re.compile(r"^(\d{1,9})(?=\.(?:\s|$))")
_UNSAFE_IN_URL = re.compile(r"[\x00-\x20\x7f\\<>\"`{}|^]")


def clean(text: str | None, limit: int = 256) -> str:
    """Clean text for places without markdown: one line, composed (NFC), nothing invisible, at most ``limit`` long.

    Control, bidi, zero-width, private and unassigned characters go, but joiners stay where a script or emoji has them;
    more than four combining marks on one letter go; runs of white space become one space; what is too long ends in an
    ellipsis.
    """
    text = (text or "")[: limit * 8 + 64]
    if _ORDINARY.fullmatch(text):
        return shorten(" ".join(text.split()), limit)
    kept: list[str] = []
    marks = 0
    composed = unicodedata.normalize("NFC", text)
    for place, character in enumerate(composed):
        category = unicodedata.category(character)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if character.isspace() or character in _BLANK_LETTERS:
            kept.append(" ")
        elif character in _JOINERS:
            if kept and _joins(kept[-1], composed[place + 1 : place + 2], character):
                kept.append(character)
        elif category not in _GONE and marks <= _MARKS_IN_A_ROW:
            kept.append(character)
    return shorten(unicodedata.normalize("NFC", " ".join("".join(kept).split())), limit)


def _joins(before: str, after: str, joiner: str) -> bool:
    """True if a joiner between two characters belongs there: in an emoji, after a virama, between Arabic letters.

    The rules of RFC 5892 (A.1, A.2) for scripts, somewhat simpler.
    """
    if not after:
        return False
    if joiner == "\u200d" and unicodedata.category(after) == "So":
        return unicodedata.category(before) in {"So", "Sk"} or before in _EMOJI_MARKS
    if unicodedata.combining(before) == _VIRAMA:
        return unicodedata.category(after).startswith("L")
    return unicodedata.bidirectional(before) == unicodedata.bidirectional(after) == "AL"


def clean_markdown(text: str | None, limit: int = 256) -> str:
    """Clean text as ``clean()`` does and make markdown, links and mentions inert; at most ``limit`` with escapes."""
    cleaned = clean(text, limit)
    escaped = escape(cleaned)
    while len(escaped) > limit:
        cleaned = shorten(cleaned, len(cleaned) - max(1, (len(escaped) - limit) // 2))
        escaped = escape(cleaned)
    return escaped


def escape(text: str) -> str:
    """Put a backslash before whatever Discord's markdown would act on, and break mentions after their ``@``."""
    marked = _MARKDOWN.sub(lambda found: "@\u200b" if found[0] == "@" else f"\\{found[0]}", text)
    return _NUMBERED.sub(r"\1\\", marked)


def shorten(text: str, limit: int) -> str:
    """Return the text if it fits, else its beginning and an ellipsis; never longer than ``limit``."""
    if len(text) <= limit:
        return text
    return text[: max(0, limit - 1)].rstrip(" \u200c\u200d\n\t\r") + ELLIPSIS if limit > 0 else ""


@lru_cache(maxsize=CACHED)
def safe_url(text: str | None, limit: int = URL_LIMIT) -> str | None:
    """Return a web address that may be linked or embedded, None for anything else.

    Only http and https, a host name in ASCII (punycode), no user name or password, no white space or brackets inside,
    at most ``limit`` characters. Hosts that only this machine or its network can reach are refused too: Discord
    could not show them.
    """
    url = _read_url(text)
    if url is None:
        return None
    host = url.raw_host or ""
    if url.scheme not in {"http", "https"} or url.raw_user is not None or url.raw_password is not None:
        return None
    if not _public_host(host):
        return None
    address = text.strip() if text and text.isascii() and not _UNSAFE_IN_URL.search(text.strip()) else str(url)
    address = url.scheme + address[len(url.scheme) :]  # Discord knows schemes in small letters
    if len(address) > limit or not address.isascii() or _UNSAFE_IN_URL.search(address):
        return None
    return address


@lru_cache(maxsize=CACHED)
def display_host(text: str | None) -> str | None:
    """Return the host of a safe web address as people should see it: ASCII, without ``www.``; None if there is none."""
    address = safe_url(text)
    if address is None:
        return None
    host = (URL(address, encoded=True).raw_host or "").lower().rstrip(".")
    return host.removeprefix("www.") or None


def in_markdown(address: str) -> str:
    """Return a safe address for the target of a masked link: its brackets are percent-encoded."""
    return address.replace("(", "%28").replace(")", "%29")


def _read_url(text: str | None) -> URL | None:
    stripped = (text or "").strip()
    if not stripped or len(stripped) > URL_LIMIT or "\\" in stripped or any(one.isspace() for one in stripped):
        return None
    if any(unicodedata.category(character) in _GONE for character in stripped):
        return None
    try:
        url = URL(stripped)
        usable = url.absolute and url.port is not None
    except (ValueError, UnicodeError):
        return None
    return url if usable else None


def _public_host(host: str) -> bool:
    name = host.lower().rstrip(".")
    try:
        return ipaddress.ip_address(name.strip("[]")).is_global
    except ValueError:
        pass
    labels = name.split(".")
    if len(labels) < 2 or labels[-1] in {"localhost", "local", "internal", "home", "lan"} or labels[-1].isdigit():  # noqa: PLR2004 (a name and its top level)
        return False
    return all(label and len(label) <= 63 and re.fullmatch(r"[a-z0-9_-]+", label) for label in labels)  # noqa: PLR2004 (DNS)


def query_of(text: str, limit: int = 100) -> str:
    """Return words to search for out of a stranger's text: its beginning on one line, up to the end of a word."""
    words = clean(" ".join(text.split()), len(text) + 1)
    if len(words) <= limit:
        return words
    cut = words[:limit]
    return cut.rpartition(" ")[0] or cut
