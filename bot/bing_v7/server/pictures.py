"""Serves pictures that the provider holds itself: whole ones and thumbnails, by ids that only this endpoint makes."""

import asyncio
from urllib.parse import parse_qsl, urlsplit

from aiohttp import web

from bot.bing_v7.errors import InvalidRequest
from bot.bing_v7.provider import HoldsPictures, Picture, Provider
from bot.bing_v7.reading import first_values
from bot.bing_v7.requests import Upload

from .thumbnails import Wanted, draw
from .tokens import Tokens

_HEADERS = {
    "Cache-Control": "public, max-age=3600",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}
_KINDS = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"})
_FETCH_EDGE = 1_000
"""Longest side to ask of the provider for a thumbnail."""


class Pictures:
    """Finds and draws held pictures; at most two are drawn at once."""

    def __init__(self, provider: Provider, tokens: Tokens, max_pixels: int) -> None:
        self._holder = provider if isinstance(provider, HoldsPictures) else None
        self._flags_adult = provider.capabilities.flags_adult
        self._tokens = tokens
        self._max_pixels = max_pixels
        self._drawing = asyncio.Semaphore(2)

    async def thumbnail(self, request: web.Request) -> web.Response:
        """Answer ``/th?id=...`` with ``w``, ``h``, ``c`` and ``p``."""
        wanted = Wanted.from_query(request.query)
        picture = await self._held(request, _FETCH_EDGE)
        async with self._drawing:
            data = await asyncio.to_thread(draw, picture.data, wanted, self._max_pixels)
        return web.Response(body=data, content_type="image/jpeg", headers=_HEADERS)

    async def picture(self, request: web.Request) -> web.Response:
        """Answer ``/picture?id=...`` with the whole picture."""
        picture = await self._held(request, None)
        kind = picture.content_type if picture.content_type in _KINDS else "application/octet-stream"
        return web.Response(body=picture.data, content_type=kind, headers=_HEADERS)

    async def _held(self, request: web.Request, max_edge: int | None) -> Picture:
        given = first_values(request.query.items()).get("id")
        if given is None:
            raise InvalidRequest("id is missing", parameter="id", missing=True)
        found = await self._find(given, max_edge)
        if found is None:
            raise web.HTTPNotFound
        return found

    async def _find(self, marked: str, max_edge: int | None) -> Picture | None:
        """Return the picture of a mark; what is adult by now only for a link that was given at Off."""
        known = self._tokens.marked(marked)
        if known is None or self._holder is None:
            return None
        found = await self._holder.picture(known.image_id, max_edge)
        if found is None or known.adult:
            return found
        clean = found.is_family_friendly is True or (found.is_family_friendly is None and not self._flags_adult)
        return found if clean else None

    async def own(self, address: str, root: str) -> Upload | None:
        """Return the picture behind one of this endpoint's own addresses; None for any other address."""
        if not address.startswith((f"{root}/th?", f"{root}/picture?")):
            return None
        marked = first_values(parse_qsl(urlsplit(address).query)).get("id", "")
        picture = await self._find(marked, None)
        if picture is None:
            raise InvalidRequest("there is no picture at this address", parameter="imgUrl", value=address[:200])
        return Upload(data=picture.data, content_type=picture.content_type, filename=picture.filename)
