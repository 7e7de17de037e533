"""Reads the picture of ``POST /images/details``: the first file of a multipart body, whatever its name."""

import hashlib

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from bot.bing_v7.errors import InvalidRequest, PictureRefused
from bot.bing_v7.requests import Upload
from bot.bing_v7.upload import UploadLimits, fit

_MALFORMED = (ValueError, AssertionError, LookupError, RuntimeError, HttpProcessingError, web.RequestPayloadError)
"""What aiohttp raises for bodies that are not what they say they are."""
_MAX_PARTS = 8
_SLACK = 16 * 1024
"""Bytes that part headers and small fields may take beside the picture."""
_CHUNK = 64 * 1024
_FIT_BYTES = 1_000_000


async def read_upload(request: web.Request, max_bytes: int, max_pixels: int) -> Upload:
    """Read, check and redraw the posted picture.

    Raises:
        InvalidRequest: the body is no multipart form or holds no file.
        PictureRefused: the file is too large, has too many pixels, or is no picture.
    """
    declared = request.content_length
    if declared is not None and declared > max_bytes + _SLACK:
        raise PictureRefused("too-large", limit=max_bytes)
    try:
        data = await _first_file(request, max_bytes)
    except _MALFORMED:
        raise InvalidRequest("the body is no multipart form", parameter="image", missing=True) from None
    if not data:
        raise InvalidRequest("the body holds no file", parameter="image", missing=True)
    limits = UploadLimits(max_bytes=_FIT_BYTES, accept_bytes=max_bytes, accept_pixels=max_pixels)
    sha1 = hashlib.sha1(data, usedforsecurity=False).hexdigest()
    return await fit(Upload(data=data, sha1=sha1), limits)


async def _first_file(request: web.Request, max_bytes: int) -> bytes | None:
    if not request.content_type.startswith("multipart/"):
        return None
    reader = await request.multipart()
    for _ in range(_MAX_PARTS):
        part = await reader.next()
        if part is None:
            return None
        if not isinstance(part, BodyPartReader):
            return None
        if part.filename:
            return await _bounded(part, max_bytes)
        await _bounded(part, _SLACK)
    return None


async def _bounded(part: BodyPartReader, max_bytes: int) -> bytes:
    data = bytearray()
    while chunk := await part.read_chunk(_CHUNK):
        data += chunk
        if len(data) > max_bytes:
            raise PictureRefused("too-large", limit=max_bytes)
    return bytes(data)
