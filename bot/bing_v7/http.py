"""HTTP requests and responses as plain values, so that building and decoding need no network."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FormPart:
    """One part of a multipart body; a part with a filename is a file."""

    name: str
    data: bytes = field(repr=False)
    filename: str | None = None
    content_type: str | None = None


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A request to be sent; ``params`` are not encoded yet. ``idempotent`` requests may be sent again after a fault."""

    method: str
    url: str
    params: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    body: bytes | None = field(default=None, repr=False)
    parts: tuple[FormPart, ...] = ()
    idempotent: bool = True


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """A response read whole; header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
