"""The page's own small web server: static files, what is seen (as an event stream), uploads, and one place to act."""

from __future__ import annotations

import asyncio
import contextlib
import html
import ipaddress
import json
import logging
from importlib import resources
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.typedefs import Handler, Middleware
from pydantic import ValidationError

from . import simcord_patches
from .actions import ActionRunner, RefusedError, parse_action
from .options import AttachedFile
from .state import FILES, PAGES, SAMPLES, page_state
from .world import NotHereError, Spot, TryoutUser, World

__all__ = ["make_page_app"]

_log = logging.getLogger(__name__)
_LOOK_EVERY = 0.05  # seconds between two looks at the world, for the event stream
_LONGEST_ID = 20
_UNUSABLE = "The page sent something unusable. Reload it."
_MALFORMED = (
    ValueError, AssertionError, LookupError, RuntimeError, ConnectionError,
    HttpProcessingError, web.RequestPayloadError,
)  # fmt: skip
"""What aiohttp raises for forms that are not what they say they are, or that end halfway."""
_FILES_LIMIT = 10
_STATIC = Path(__file__).with_name("static")
_SOURCE_PAGE = _STATIC / "source.html"
_VIDEO_STILL = _STATIC / "video.svg"
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FONTS = {"text.ttf": "noto-sans-latin-v2.015.ttf", "emoji.ttf": "noto-color-emoji-v2.051.ttf"}
_PICTURES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
        "img-src 'self' blob: http: https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def make_page_app(world: World, actions: ActionRunner, host: str) -> web.Application:
    """The application; `host` is where it will listen (on a loopback host only loopback names are answered)."""
    page = _Page(world, actions)
    app = web.Application(middlewares=[_guarded(loopback_only=_is_loopback(host))])
    app.router.add_get("/", page.static)
    app.router.add_get("/static/{name}", page.static)
    app.router.add_get("/fonts/{name}", page.font)
    app.router.add_get(FILES + "/{path:.+}", page.upload)
    app.router.add_get(SAMPLES + "/{name}", page.sample)
    app.router.add_get(PAGES + "/{name}", page.source)
    app.router.add_get(PAGES + "/{name}/picture", page.source)
    app.router.add_get("/api/events", page.events)
    app.router.add_post("/api/act", page.act)
    app.on_response_prepare.append(_add_headers)
    app.on_shutdown.append(page.stop)
    return app


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


async def _add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)


def _guarded(*, loopback_only: bool) -> Middleware:
    """Refuse requests that another site's page caused: a foreign Host (DNS rebinding) or a foreign Origin."""

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        name = urlsplit(f"//{request.host}").hostname or ""
        if loopback_only and not _is_loopback(name):
            raise web.HTTPForbidden(text="This page answers only under its own address.")
        origin = request.headers.get("Origin")
        if origin != f"http://{request.host}" and (request.method == "POST" or origin is not None):
            raise web.HTTPForbidden(text="Only this page itself may do that.")
        return await handler(request)

    return guard


class _Page:
    def __init__(self, world: World, actions: ActionRunner) -> None:
        self._world = world
        self._actions = actions
        self._stopping = asyncio.Event()

    async def stop(self, _app: web.Application) -> None:
        self._stopping.set()

    async def static(self, request: web.Request) -> web.Response:
        name = request.match_info.get("name", "index.html")
        path = _STATIC / name
        if path.suffix not in _TYPES or path not in _STATIC.iterdir():
            raise web.HTTPNotFound
        return web.Response(body=path.read_bytes(), content_type=_TYPES[path.suffix], charset="utf-8")

    async def font(self, request: web.Request) -> web.Response:
        """The fonts that simcord brings (OFL), so that emoji look alike everywhere; without them the system's."""
        name = _FONTS.get(request.match_info["name"])
        font = resources.files("simcord") / "preview" / "static" / "fonts" / (name or "-")
        if name is None or not font.is_file():
            raise web.HTTPNotFound
        cached = {"Cache-Control": "public, max-age=86400"}
        return web.Response(body=font.read_bytes(), content_type="font/ttf", headers=cached)

    async def upload(self, request: web.Request) -> web.Response:
        """The bytes of an attachment: a picture is shown, anything else is only ever downloaded.

        Discord's media proxy makes a still of a video where it is asked for an image format; here a drawing stands in.
        """
        data = self._world.env.backend.cdn.get(f"{simcord_patches.CDN}/{request.match_info['path']}")
        if data is None:
            raise web.HTTPNotFound
        kind = _picture_type(data)
        if kind is None and "format" in request.query:
            return web.Response(body=_VIDEO_STILL.read_bytes(), content_type=_TYPES[".svg"])
        headers = {} if kind else {"Content-Disposition": "attachment"}
        return web.Response(body=data, content_type=kind or "application/octet-stream", headers=headers)

    async def sample(self, request: web.Request) -> web.Response:
        """A picture to hand in."""
        data = await asyncio.to_thread(self._world.examples.picture, request.match_info["name"])
        if data is None:
            raise web.HTTPNotFound
        return web.Response(body=data, content_type=_picture_type(data) or "application/octet-stream")

    async def source(self, request: web.Request) -> web.Response:
        """The page that a picture names as its source, or the picture on it."""
        found = await asyncio.to_thread(self._world.examples.source_page, request.match_info["name"])
        if found is None:
            raise web.HTTPNotFound
        if request.path.endswith("/picture"):
            kind = _picture_type(found.picture) or "application/octet-stream"
            return web.Response(body=found.picture, content_type=kind)
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in found.lines)
        text = _SOURCE_PAGE.read_text("utf-8").replace("{lines}", lines).replace("{picture}", f"{request.path}/picture")
        return web.Response(text=text.replace("{title}", html.escape(found.title)), content_type="text/html")

    async def events(self, request: web.Request) -> web.StreamResponse:
        """What `as` sees in the channel `in`, now and whenever it changes."""
        person, spot = self._seat_or_first(request.query.get("as", ""), request.query.get("in", ""))
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream; charset=utf-8"})
        await response.prepare(request)
        with contextlib.suppress(ConnectionResetError):  # the tab was closed
            await self._keep_sending(person, spot, request, response)
        return response

    async def _keep_sending(
        self, person: TryoutUser, spot: Spot, request: web.Request, response: web.StreamResponse
    ) -> None:
        """Send what is seen until the tab is closed: those that were closed would all be drawn at the next change."""
        sent, drawn = "", -1
        while not self._stopping.is_set() and request.transport is not None:
            await asyncio.sleep(_LOOK_EVERY if drawn >= 0 else 0)
            if drawn == self._world.env.changes:
                continue
            drawn = self._world.env.changes
            seen = json.dumps(page_state(self._world, person, spot), ensure_ascii=False, separators=(",", ":"))
            if seen != sent:
                await response.write(f"data: {seen}\n\n".encode())
                sent = seen

    async def act(self, request: web.Request) -> web.Response:
        """Do one action: multipart with a JSON part `action` and the uploads. Answers JSON; a refusal is a 409."""
        if request.content_type != "multipart/form-data":
            raise web.HTTPUnsupportedMediaType
        try:
            body, uploads = await _read_form(request)
        except RefusedError as error:
            return _refusal(str(error), web.HTTPConflict.status_code)
        except _MALFORMED:
            return _refusal(_UNUSABLE, web.HTTPBadRequest.status_code)
        try:
            person, spot = self._seat(str(body.get("as", "")), str(body.get("in", "")))
            action = parse_action(body.get("action"))
            return web.json_response(await self._actions.perform(person, spot, action, uploads))
        except ValidationError as error:
            _log.info("try-out page sent an unusable action: %s", error)
            return _refusal(_UNUSABLE, web.HTTPBadRequest.status_code)
        except (RefusedError, NotHereError) as error:
            return _refusal(str(error), web.HTTPConflict.status_code)

    def _seat(self, key: str, channel: str) -> tuple[TryoutUser, Spot]:
        person = self._world.person(key)
        return person, self._world.spot(person, _channel_id(channel))

    def _seat_or_first(self, key: str, channel: str) -> tuple[TryoutUser, Spot]:
        """As `_seat`; an address kept from an earlier try-out leads to the first person, the first channel.

        Another person's direct messages lead to one's own: they are meant by whoever has chosen who to be and presses
        on before the new list of channels is drawn.
        """
        person = self._world.people.get(key) or next(iter(self._world.people.values()))
        try:
            return self._seat(person.key, channel)
        except NotHereError:
            spots = self._world.spots_of(person)
            meant = self._world.spots.get(_channel_id(channel), spots[0])
            return person, next(spot for spot in spots if spot.kind == meant.kind)


def _channel_id(text: str) -> int:
    """Return the id, 0 if there is none."""
    return int(text) if len(text) <= _LONGEST_ID and text.isascii() and text.isdecimal() else 0


def _refusal(sentence: str, status: int) -> web.Response:
    return web.json_response({"error": sentence}, status=status)


def _picture_type(data: bytes) -> str | None:
    """The kind of a picture that browsers show safely, told by its first bytes; None for everything else."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:12] in (b"ftypavif", b"ftypavis"):
        return "image/avif"
    return next((kind for start, kind in _PICTURES.items() if data.startswith(start)), None)


async def _read_form(request: web.Request) -> tuple[dict[str, Any], dict[str, list[AttachedFile]]]:
    """The JSON part and the files, each under its field's name. Raises RefusedError for too many or too large."""
    body: dict[str, Any] = {}
    uploads: dict[str, list[AttachedFile]] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise web.HTTPBadRequest
        if part.name == "action":
            body = _json_object(await _read_limited(part))
            continue
        if sum(len(files) for files in uploads.values()) >= _FILES_LIMIT:
            raise RefusedError(f"At most {_FILES_LIMIT} files at once.")
        data = await _read_limited(part)
        uploads.setdefault(part.name or "", []).append((_file_name(part.filename), data))
    return body, uploads


def _json_object(text: bytes) -> dict[str, Any]:
    try:
        body: Any = json.loads(text)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest
    return cast("dict[str, Any]", body)


async def _read_limited(part: BodyPartReader) -> bytes:
    data = bytearray()
    while chunk := await part.read_chunk():
        data += chunk
        if len(data) > simcord_patches.UPLOAD_LIMIT:
            raise RefusedError(f"That file is larger than {simcord_patches.UPLOAD_LIMIT // 1024 // 1024} MiB.")
    return bytes(data)


def _file_name(name: str | None) -> str:
    """The file's name as Discord keeps it: no path, and only plain characters."""
    base = (name or "file").replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(char if char.isalnum() or char in "._-" else "_" for char in base)[-80:] or "file"
