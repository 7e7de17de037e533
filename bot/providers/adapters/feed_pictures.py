"""Addresses of pictures that Wikipedia's articles show, and the Commons files behind them."""

import re
from urllib.parse import quote, unquote

_COMMONS = re.compile(
    r"https://(?:upload|thumb)\.wikimedia\.org/wikipedia/commons/(?:thumb/)?[0-9a-f]/[0-9a-f]{2}/(?P<name>[^/?#]+)"
)


def commons_file(address: str | None) -> str | None:
    """Return the name of the Commons file that a picture's address shows; None for pictures from elsewhere."""
    found = _COMMONS.match(address or "")
    return unquote(found["name"]) if found else None


def commons_page(file: str) -> str:
    """Return the address of a Commons file's page, which names author and licence."""
    return f"https://commons.wikimedia.org/wiki/File:{quote(file.replace(' ', '_'))}"
