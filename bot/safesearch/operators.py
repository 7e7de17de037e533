"""Search operators that point at a site: they can bring adult pictures at any level, so below Off they are refused."""

import re
import unicodedata

from .hosts import normal_host
from .lists import Lists

_COLONS = str.maketrans(dict.fromkeys("\u02d0\u02f8\u05c3\u0589\u2236\ua789\ufe13\ufe55\uff1a\u0703\u0704\u16ec", ":"))
_KEYWORDS = (
    "site|sites|host|hostname|domain|inurl|allinurl|url|ip|link|linkdomain|inlink|feed|hasfeed|instreamset|inanchor|"
    "related|cache|source"
)
_OPERATOR = re.compile(
    rf"(?<![^\W_])(?:{_KEYWORDS})\s*(?::\s*|=)"
    r"(?P<target>\"[^\"]*\"?|'[^']*'?|[^\s]*)",
    re.IGNORECASE,
)
_LOOSE = re.compile(rf"(?<![^\W_])(?:{_KEYWORDS})(?:\s+:|:\s+)\s*(?![\w\-]+[.])", re.IGNORECASE)
_HOST = re.compile(r"\"?'?(?:[a-z]+://)?([\w\-]+(?:\.[\w\-]+)+)(?:[/?#][^\s|()]*)?\"?'?", re.IGNORECASE)
_BANG = re.compile(r"(?<!\S)!{1,2}[^\W\d_]\w*")


def has_forbidden_operator(query: str, lists: Lists) -> bool:
    """True if the query points at a site that is not on the server's allow list, however it is written.

    Every such operator of the query must name one whole host that is allowed; lists in brackets and half-written
    targets are refused. So are commands to the search engine behind a provider (``!engine``).
    """
    plain = _plain(query)
    if _BANG.search(plain):
        return True
    return any(not _allowed(found, plain, lists) for found in _OPERATOR.finditer(plain))


def _plain(query: str) -> str:
    """Normalize full-width letters and other colons, and remove invisible characters."""
    text = unicodedata.normalize("NFKD", query.translate(_COLONS)).translate(_COLONS)
    return "".join(letter for letter in text if unicodedata.category(letter) not in {"Mn", "Me", "Cf", "Cc"})


def _allowed(found: re.Match[str], text: str, lists: Lists) -> bool:
    if _LOOSE.match(text, found.start()):
        return True  # a colon that is set off from its word, with no host behind it, is punctuation
    target = found["target"].strip()
    if (whole := _HOST.fullmatch(target)) is None:
        return False
    host = normal_host(whole[1])
    return host is not None and lists.allows_host(host)
