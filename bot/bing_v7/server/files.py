"""Files over HTTP as browsers and downloaders want them: a name, an ETag, and any part of them."""

import hashlib
from collections.abc import Mapping
from http import HTTPStatus

from aiohttp import web

_TAG_BYTES = 12


def file_response(request: web.BaseRequest, data: bytes, content_type: str, headers: Mapping[str, str]) -> web.Response:
    """Return the file, a part of it (``Range``), or that it has not changed (``If-None-Match``). Source: RFC 9110.

    Raises:
        web.HTTPRequestRangeNotSatisfiable: the part asked for lies behind the end.
    """
    tag = hashlib.blake2b(data, digest_size=_TAG_BYTES).hexdigest()
    known = {**headers, "ETag": f'"{tag}"', "Accept-Ranges": "bytes"}
    given = request.if_none_match
    if given is not None and any(each.value in {tag, "*"} for each in given):
        return web.Response(status=HTTPStatus.NOT_MODIFIED, headers=known)
    part = _part(request, tag, len(data))
    if part is None:
        return web.Response(body=data, content_type=content_type, headers=known)
    known["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{len(data)}"
    body = data[part.start : part.stop]
    return web.Response(status=HTTPStatus.PARTIAL_CONTENT, body=body, content_type=content_type, headers=known)


def _part(request: web.BaseRequest, tag: str, length: int) -> range | None:
    """Return which bytes are asked for; None for all of them, also where the header is not understood."""
    condition = request.headers.get("If-Range")
    if "Range" not in request.headers or (condition is not None and condition.strip() != f'"{tag}"'):
        return None
    try:
        asked = request.http_range
    except ValueError:
        return None
    start = asked.start or 0
    start = max(0, length + start) if start < 0 else start
    stop = length if asked.stop is None else min(asked.stop, length)
    if start >= length or start >= stop:
        raise web.HTTPRequestRangeNotSatisfiable(headers={"Content-Range": f"bytes */{length}"})
    return range(start, stop)
