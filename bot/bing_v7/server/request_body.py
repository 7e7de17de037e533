"""Reads what is posted: the picture of a form or a bare body, and Visual Search's ``knowledgeRequest`` beside it.

The part's name is not documented for ``/images/details`` and programs use many; some leave the file name out, some post
the file as it is.
"""

import asyncio
from dataclasses import dataclass

from aiohttp import BodyPartReader, HttpVersion11, StreamReader, web
from aiohttp.http_exceptions import HttpProcessingError

from bot.bing_v7.errors import InvalidRequest, PictureRefused

_MALFORMED = (ValueError, AssertionError, LookupError, RuntimeError, HttpProcessingError, web.RequestPayloadError)
"""What aiohttp raises for bodies that are not what they say they are."""
_MAX_PARTS = 8
_SLACK = 16 * 1024
"""Bytes that part headers and small fields may take beside the picture."""
_CHUNK = 64 * 1024
_PICTURE, _KNOWLEDGE = "image", "knowledgerequest"


@dataclass(frozen=True, slots=True)
class RequestBody:
    """What a body held: the file as it came, and the text of the part ``knowledgeRequest``."""

    picture: bytes | None = None
    knowledge: str | None = None


async def expected_later(request: web.Request) -> None:
    """Leave a header ``Expect`` to `read_body`, so that a client without a right key is refused before it sends a file.

    By itself aiohttp says "100 Continue" before anything is checked. Other expectations count for nothing (RFC 9110,
    10.1.1).
    """


async def read_body(request: web.Request, max_bytes: int, seconds: float) -> RequestBody:
    """Read a posted body, and ask for it first if the client waits for that.

    Raises:
        InvalidRequest: it is no form although it says so, or the other side is gone before its end.
        PictureRefused: the picture is larger than ``max_bytes``.
        web.HTTPRequestTimeout: it did not come within so many seconds.
    """
    declared = request.content_length
    if declared is not None and declared > max_bytes + _SLACK:
        raise PictureRefused("too-large", limit=max_bytes)
    try:
        async with asyncio.timeout(seconds):
            if request.version >= HttpVersion11 and request.headers.get("Expect", "").lower() == "100-continue":
                await _continue(request)
            if request.content_type.startswith("multipart/"):
                return await _read_form(request, max_bytes)
            return RequestBody(picture=await _bounded(request.content, max_bytes) or None)
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    except ConnectionError:
        raise InvalidRequest("the connection was lost within the body") from None
    except _MALFORMED:
        raise InvalidRequest("the body is no multipart form", parameter=_PICTURE, missing=True) from None


async def _continue(request: web.Request) -> None:
    await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    request.writer.output_size = 0  # it is no part of the answer


async def _read_form(request: web.Request, max_bytes: int) -> RequestBody:
    picture: bytes | None = None
    knowledge: str | None = None
    reader = await request.multipart()
    for _ in range(_MAX_PARTS):
        part = await reader.next()
        if not isinstance(part, BodyPartReader):
            break
        if (part.name or "").casefold() == _KNOWLEDGE:
            knowledge = (await _bounded(part, _SLACK)).decode()
        elif picture is None and _is_picture(part):
            picture = await _bounded(part, max_bytes) or None
        else:
            await _bounded(part, _SLACK)
    return RequestBody(picture, knowledge)


def _is_picture(part: BodyPartReader) -> bool:
    """Tell the picture from a small field: by a file name, by the name of the part, or by what it says it is."""
    kind = part.headers.get("Content-Type", "").casefold()
    named = (part.name or "").casefold() == _PICTURE
    return bool(part.filename) or named or kind.startswith(("image/", "application/octet-stream"))


async def _bounded(source: BodyPartReader | StreamReader, max_bytes: int) -> bytes:
    data = bytearray()
    while chunk := await (source.read_chunk(_CHUNK) if isinstance(source, BodyPartReader) else source.read(_CHUNK)):
        data += chunk
        if len(data) > max_bytes:
            raise PictureRefused("too-large", limit=max_bytes)
    return bytes(data)
