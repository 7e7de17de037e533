"""Web addresses as v7 shows them, and names for pictures that have none of their own."""

import hashlib
from pathlib import PurePosixPath

from yarl import URL

_LONGEST_SUFFIX = 5


def address_host(address: str | None) -> str | None:
    """Return the host of an address."""
    try:
        return URL(address or "").host
    except ValueError:
        return None


def display_url(address: str | None) -> str | None:
    """Return host and path, as v7's ``hostPageDisplayUrl`` has them."""
    try:
        url = URL(address or "")
    except ValueError:
        return None
    return f"{url.host}{url.path}".rstrip("/") if url.host else None


def format_of(address: str | None) -> str | None:
    """Return the file format by the address's suffix, as v7's ``encodingFormat`` writes it (jpeg, png, gif...)."""
    try:
        suffix = PurePosixPath(URL(address or "").path).suffix
    except ValueError:
        return None
    return format_name(suffix[1:]) if 1 < len(suffix) <= _LONGEST_SUFFIX else None


def format_name(name: str | None) -> str | None:
    """Return v7's name of a format given as suffix or MIME type: ``jpg`` and ``image/jpeg`` are ``jpeg``."""
    short = (name or "").strip().lower().rpartition("/")[2].partition(";")[0].partition("+")[0]
    return {"jpg": "jpeg", "tif": "tiff", "": None}.get(short, short) if short.isalnum() or not short else None


def id_of(address: str) -> str:
    """Return a stable picture id made from its address: 40 hex digits."""
    return hashlib.sha1(address.encode(), usedforsecurity=False).hexdigest().upper()


def safe_join(base: str, path: str) -> str:
    """Return ``path`` under an operator's base address, whatever slashes it ends with."""
    return f"{base.rstrip('/')}/{path.lstrip('/')}"
