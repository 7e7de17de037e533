"""Answers from elsewhere made harmless: no addresses of our own pictures, no extensions in another shape.

Another service may use the names ``attribution``, ``match`` and ``provenance`` for something else, or be a Magpie of
another age; and nobody outside may point at pictures that only this Magpie holds.
"""

import re
from typing import Any, cast

from .provider import LOCAL_SCHEME, local_image_id

EXTENSIONS = frozenset({"attribution", "match", "provenance"})
_MARK = f"{LOCAL_SCHEME}:".encode()
_WRITTEN_OUT = re.compile(rb"\\u00[2-7]")
"""ASCII characters written as escapes, which could spell the mark."""


def may_point_at_ours(body: bytes) -> bool:
    """True if the JSON text may hold an address of a picture that only we hold; cheap, and wrong only on this side."""
    return _MARK in body or (b"\\u00" in body and _WRITTEN_OUT.search(body) is not None)


def without_local(value: Any) -> Any:
    """Return JSON without addresses of pictures that only we hold."""
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        return {name: without_local(item) for name, item in fields.items() if not _is_local(item)}
    if isinstance(value, list):
        return [without_local(item) for item in cast("list[Any]", value) if not _is_local(item)]
    return value


def without_extensions(value: Any) -> Any:
    """Return JSON without the objects that stand beside v7's."""
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        return {name: without_extensions(item) for name, item in fields.items() if name not in EXTENSIONS}
    if isinstance(value, list):
        return [without_extensions(item) for item in cast("list[Any]", value)]
    return value


def _is_local(value: object) -> bool:
    return isinstance(value, str) and local_image_id(value) is not None
