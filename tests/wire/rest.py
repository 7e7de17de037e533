"""The REST side: reads a request, checks it against Discord's rules, records it, and answers as Discord does."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import HTTP
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from aiohttp import web
from aiohttp.helpers import parse_mimetype

from . import validate
from .errors import ApiError, invalid_form, too_large, unauthorized
from .files import Upload
from .interactions import UPLOAD_LIMIT
from .model import Json
from .world import Call, World

if TYPE_CHECKING:
    from .interactions import Interactions
    from .posting import Posting

PREFIX = "/api/v10"
ROUTE = web.AppKey("route", str)


@dataclass
class Trouble:
    """Something that a test makes go wrong for the next ``times`` requests that match."""

    method: str
    route: str
    status: int
    times: int = 1
    retry_after: float = 0.0
    delay: float = 0.0
    is_global: bool = False


@dataclass
class Asked:
    """One request, read."""

    method: str
    route: str
    path: str
    match: dict[str, str]
    query: dict[str, str]
    body: Any = None
    files: tuple[Upload, ...] = ()
    multipart: bool = False

    def __getitem__(self, name: str) -> str:
        """A part of the path."""
        return unquote(self.match[name])


Answer = tuple[int, Any]
Handler = Callable[[Asked], Answer | Awaitable[Answer]]


@dataclass
class Rest:
    """Routes, recording, troubles and checks."""

    world: World
    interactions: Interactions
    posting: Posting
    check: bool = True
    check_answers: bool = False
    record: bool = True
    troubles: list[Trouble] = field(default_factory=list[Trouble])
    checks: dict[tuple[str, str], Callable[[Asked], list[str]]] = field(default_factory=dict[Any, Any])

    def add(self, app: web.Application, method: str, route: str, handler: Handler) -> None:
        """Serve ``route`` (a path template as openapi.json has it)."""

        async def serve(request: web.Request) -> web.StreamResponse:
            return await self._serve(request, route, handler)

        app.router.add_route(method, PREFIX + route, serve)

    async def unknown(self, request: web.Request) -> web.StreamResponse:
        """Any route the stand-in does not have: 404, and the test is told."""
        if request.path.startswith("/api/"):
            self.world.violations.append(f"the stand-in has no route {request.method} {request.path}")
        return reply(404, {"message": "404: Not Found", "code": 0})

    async def _serve(self, request: web.Request, route: str, handler: Handler) -> web.StreamResponse:
        started = time.perf_counter()
        at = self.world.clock.now()
        asked = Asked(request.method, route, request.path, dict(request.match_info), dict(request.query))
        headers: dict[str, str] = {}
        try:
            await self._read(request, asked)
            trouble = self._trouble(asked)
            if trouble is not None and trouble.delay:
                await asyncio.sleep(trouble.delay)
            if trouble is not None and trouble.status:
                if trouble.status < 0 and request.transport is not None:
                    request.transport.abort()
                status, body, headers = abs(trouble.status), _trouble_body(trouble), _trouble_headers(trouble)
            else:
                status, body = await self._deal(request, asked, handler)
        except ApiError as error:
            status, body = error.status, error.body()
        self._note(asked, at, status, body, time.perf_counter() - started)
        return reply(status, body, headers)

    async def _deal(self, request: web.Request, asked: Asked, handler: Handler) -> Answer:
        self._authorize(request, asked.route)
        if self.check:
            self._check(asked)
        made = handler(asked)
        return made if isinstance(made, tuple) else await made

    async def _read(self, request: web.Request, asked: Asked) -> None:
        if request.content_type == "multipart/form-data":
            asked.multipart = True
            await self._read_parts(request, asked)
        elif request.can_read_body:
            raw = await request.read()
            if raw:
                asked.body = _json(raw)

    async def _read_parts(self, request: web.Request, asked: Asked) -> None:
        files: list[Upload] = []
        for headers, data in _parts(request.headers["Content-Type"], await request.read()):
            if headers.get_param("name", header="content-disposition") == "payload_json":
                asked.body = _json(data)
                continue
            if len(data) > UPLOAD_LIMIT:
                raise too_large()
            files.append(Upload(headers.get_filename() or "", data, headers.get_content_type()))
        asked.files = tuple(files)

    def _authorize(self, request: web.Request, route: str) -> None:
        open_to_all = route.startswith(("/interactions/", "/webhooks/", "/gateway"))
        if route != "/gateway/bot" and open_to_all:
            return
        if request.headers.get("Authorization") != f"Bot {self.world.token}":
            raise unauthorized()

    def _check(self, asked: Asked) -> None:
        """Every rule the body breaks is remembered for the test, and refused as Discord would."""
        problems: list[str] = []
        spec = validate.spec()
        if spec is not None and (asked.body is not None or asked.method in ("POST", "PATCH")):
            problems += spec.request_problems(asked.method, asked.route, asked.body, multipart=asked.multipart)
        check = self.checks.get((asked.method, asked.route))
        if check is not None:
            problems += check(asked)
        if problems:
            self.world.violations += [f"{asked.method} {asked.route}: {problem}" for problem in problems]
            self.world.changed()
            raise invalid_form(problems)

    def _trouble(self, asked: Asked) -> Trouble | None:
        for trouble in self.troubles:
            if trouble.times > 0 and trouble.method in (asked.method, "*") and trouble.route in asked.route:
                trouble.times -= 1
                return trouble
        return None

    def _note(self, asked: Asked, at: float, status: int, body: Any, took: float) -> None:
        if self.record:
            call = Call(at, asked.method, asked.path, asked.route, asked.body, asked.files, status, body, took)
            self.world.calls.append(call)
        if self.check_answers and 200 <= status < 300 and (spec := validate.spec()):
            self.world.violations += spec.answer_problems(asked.method, asked.route, status, body)
        self.world.changed()


def _parts(content_type: str, raw: bytes) -> Iterator[tuple[EmailMessage, bytes]]:
    """The parts of a multipart body; aiohttp's own reader warns of its own deprecated calls."""
    boundary = b"\r\n--" + str(parse_mimetype(content_type).parameters["boundary"]).encode()
    for part in (b"\r\n" + raw).split(boundary)[1:]:
        if part.startswith(b"--"):
            return
        head, _, data = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        yield message_from_bytes(head, policy=HTTP), data


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        raise invalid_form(["the body is not JSON"]) from None


def _trouble_body(trouble: Trouble) -> Json:
    if trouble.status == 429:
        return {
            "message": "You are being rate limited.",
            "retry_after": trouble.retry_after,
            "global": trouble.is_global,
        }
    return {"message": f"{trouble.status}: made by the test", "code": 0}


def _trouble_headers(trouble: Trouble) -> dict[str, str]:
    if trouble.status != 429:
        return {}
    wait = f"{trouble.retry_after:.3f}"
    headers = {"Via": "1.1 google", "Retry-After": wait, "X-RateLimit-Scope": "user"}
    if trouble.is_global:
        return {**headers, "X-RateLimit-Global": "true"}
    return {
        **headers,
        "X-RateLimit-Limit": "1",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset-After": wait,
        "X-RateLimit-Reset": f"{time.time() + trouble.retry_after:.3f}",
        "X-RateLimit-Bucket": "made-by-the-test",
    }


def reply(status: int, body: Any, headers: dict[str, str] | None = None) -> web.Response:
    """An answer whose content type is exactly ``application/json``, as Discord's is."""
    if status == 204:
        return web.Response(status=204, headers=headers)
    return web.Response(
        status=status, body=json.dumps(body).encode(), content_type="application/json", headers=headers or {}
    )
