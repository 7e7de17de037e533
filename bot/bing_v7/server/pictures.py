"""Serves pictures that the provider holds itself: whole ones, thumbnails and a page, by ids that only we make.

The whole picture has a path with its name and true ending and needs no query: programs cut queries off, and call what
they save after the path.
"""

import re
import unicodedata
from urllib.parse import parse_qsl, unquote, urlsplit

from aiohttp import web

from bot.bing_v7.errors import InvalidRequest
from bot.bing_v7.objects import Image
from bot.bing_v7.parameters import SafeSearch
from bot.bing_v7.provider import HoldsPictures, Picture, Provider, local_id
from bot.bing_v7.reading import first_values
from bot.bing_v7.requests import Upload

from .files import file_response
from .media import MediaReader
from .picture_page import write_page
from .thumbnails import Wanted
from .tokens import Tokens

_HEADERS = {
    "Cache-Control": "public, max-age=3600",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}
_KINDS = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"})
_ENDINGS = {"jpeg": "jpg", "animatedgif": "gif", "tiff": "tif", "svg+xml": "svg"}
_LONGEST_NAME = 60


def file_name(title: str | None, encoding: str | None) -> str:
    """Return the name of a picture's file: words of its title, and the ending of its format."""
    plain = title or ""
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    plain = plain.lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_NAME].rstrip("-")
    kind = (encoding or "").lower()
    ending = _ENDINGS.get(kind, kind)
    return f"{words or 'picture'}.{ending}" if ending.isalnum() else words or "picture"


class Pictures:
    """Finds held pictures and has their thumbnails drawn."""

    def __init__(self, provider: Provider, tokens: Tokens, media: MediaReader) -> None:
        self._holder = provider if isinstance(provider, HoldsPictures) else None
        self._flags_adult = provider.capabilities.flags_adult
        self._tokens = tokens
        self._media = media

    async def thumbnail(self, request: web.Request) -> web.Response:
        """Answer ``/th?id=...`` with ``w``, ``h``, ``c`` and ``p``."""
        wanted = Wanted.from_query(request.query)
        picture = await self._held(request)
        data = await self._media.thumbnail(
            picture.data, wanted.width, wanted.height, wanted.crop, pad=wanted.pad, owner=request.remote
        )
        return file_response(request, data, "image/jpeg", _HEADERS)

    async def picture(self, request: web.Request) -> web.Response:
        """Answer ``/picture/<id>/<name>`` with the whole picture as it is."""
        picture = self._given(await self._find(request.match_info["id"]))
        kind = picture.content_type if picture.content_type in _KINDS else "application/octet-stream"
        return file_response(request, picture.data, kind, _HEADERS)

    async def page(self, request: web.Request, root: str) -> web.Response:
        """Answer ``/page/<id>`` with a page that shows the picture, whose it is, and where it comes from."""
        marked = request.match_info["id"]
        picture = self._given(await self._find(marked))
        name = file_name(picture.image.name if picture.image else None, picture.content_type.rpartition("/")[2])
        return write_page(picture, f"{root}/picture/{marked}/{name}")

    async def _held(self, request: web.Request) -> Picture:
        given = first_values(request.query.items()).get("id")
        if given is None:
            raise InvalidRequest("id is missing", parameter="id", missing=True)
        return self._given(await self._find(given))

    @staticmethod
    def _given(picture: Picture | None) -> Picture:
        if picture is None:
            raise web.HTTPNotFound
        return picture

    async def _find(self, marked: str) -> Picture | None:
        """Return the picture of a mark; what is adult by now only for a link that was given at Off."""
        known = self._tokens.marked(marked)
        if known is None or self._holder is None:
            return None
        found = await self._holder.picture(known.image_id)
        return found if known.adult or (found is not None and self._is_clean(found.is_family_friendly)) else None

    def _is_clean(self, flag: bool | None) -> bool:
        return flag is True or (flag is None and not self._flags_adult)

    async def may_be_shown(self, image: Image, level: SafeSearch) -> bool:
        """True unless a picture is one of those held here and is gone, or by its rating of now is out at the level."""
        image_id = local_id(image)
        if image_id is None or self._holder is None:
            return True
        ratings = await self._holder.ratings([image_id])
        if image_id not in ratings or level is SafeSearch.OFF:
            return image_id in ratings
        flag = ratings[image_id]
        return flag is True if level is SafeSearch.STRICT else self._is_clean(flag)

    async def own(self, address: str, root: str) -> Upload | None:
        """Return the picture behind one of this endpoint's own addresses; None for any other address."""
        if not address.startswith((f"{root}/th?", f"{root}/picture/", f"{root}/page/")):
            return None
        parts = urlsplit(address)
        in_path = unquote(parts.path).removeprefix(urlsplit(root).path).split("/")
        marked = first_values(parse_qsl(parts.query)).get("id", "") if in_path[1] == "th" else in_path[2]
        picture = await self._find(marked)
        if picture is None:
            raise InvalidRequest("there is no picture at this address", parameter="imgUrl", value=address[:200])
        return Upload(data=picture.data, content_type=picture.content_type, filename=picture.filename)
