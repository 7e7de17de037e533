"""Reads web addresses as services write them."""

import re

_WITH_SCHEME = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*:(?!\d)", re.IGNORECASE)
_BARE = re.compile(r"(?:[^\W_](?:[\w\-]{0,62})?\.){1,8}[^\W\d_]{2,24}(?::\d{1,5})?(?:[/?#].*)?", re.DOTALL)
_FILE = re.compile(
    r"[^/?#]+\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?|html?|php|aspx?|js|css|json|xml|pdf|txt)", re.IGNORECASE
)
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f]+")
_BLANK = re.compile(r"\s")
_AMPERSAND = re.compile(r"&(?:amp|#38|#x26);", re.IGNORECASE)


def web(address: str | None) -> str | None:
    """Return the address if it is an http or https one, else None.

    Blanks inside are escaped, an escaped ampersand is undone (no other entity: ``&copy=`` is a parameter), and an
    address without a scheme (``//host/x``, ``host.example/x``) is taken for https.
    """
    cleaned = _INVISIBLE.sub("", (address or "").strip())
    if cleaned.startswith("//"):
        cleaned = f"https:{cleaned}"
    elif not _WITH_SCHEME.match(cleaned):
        if _OTHER_SCHEME.match(cleaned) or not _BARE.fullmatch(cleaned) or _FILE.fullmatch(cleaned):
            return None
        cleaned = f"https://{cleaned}"
    if not _WITH_SCHEME.match(cleaned):
        return None
    scheme, _, rest = cleaned.partition("://")
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if _BLANK.search(host):
        return None
    return f"{scheme}://{_BLANK.sub('%20', _AMPERSAND.sub('&', rest))}"


def is_web(address: str) -> bool:
    """True for an address that begins with http:// or https://, as settings must be written."""
    return _WITH_SCHEME.match(address.strip()) is not None
