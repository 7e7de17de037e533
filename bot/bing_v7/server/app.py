"""The web application: the three endpoints under both historic base paths, pictures, health and description."""

import asyncio
import gzip
import logging
import uuid
from collections.abc import Awaitable, Callable
from collections.abc import Set as AbstractSet
from contextlib import nullcontext
from typing import Any

from aiohttp import web
from pydantic_core import to_json

from bot.bing_v7 import markets
from bot.bing_v7.answers import ImageAnswer
from bot.bing_v7.client import CLIENT_ID_HEADER, MAX_URL
from bot.bing_v7.errors import (
    Blocked,
    InvalidRequest,
    LevelNotHonoured,
    Misconfigured,
    NotSupported,
    ProviderError,
    Unavailable,
)
from bot.bing_v7.extensions import NoteCode
from bot.bing_v7.objects import Image
from bot.bing_v7.parameters import Module, SafeSearch
from bot.bing_v7.provider import Capabilities, Provider, Verb
from bot.bing_v7.reading import CLIENT_ID, first_values
from bot.bing_v7.requests import FILTERS, InsightsRequest, SearchRequest, TrendingRequest, Upload
from bot.bing_v7.reuse import ReuseTerms, noting_reuse, rests_on
from bot.bing_v7.visual_search import knowledge_of, read_knowledge
from bot.runtime.by_identity import ByIdentity
from bot.runtime.deadlines import finish_within

from . import problems
from .access import Access
from .addresses import Addresses
from .connections import Connections, Noise
from .lookups import Fetch, LookupAnswer, Lookups
from .media import MediaReader
from .openapi import description_json
from .origins import Origins
from .pictures import Pictures
from .request_body import RequestBody, expected_later, read_body
from .response_cache import ResponseCache
from .responses import UNCACHED, failed, identify
from .serialization import ResponseSerializer
from .settings import PREFIXES, ServerSettings
from .tokens import Tokens

log = logging.getLogger(__name__)

MARKET_HEADER = "BingAPIs-Market"
_COMPRESSED = 1_024
"""Bytes from which an answer is compressed for clients that accept gzip."""
_LEVEL = 4
"""How hard it is compressed, of nine: that takes a third of the time of nine, for one byte in seventy more."""
_AT_ONCE = 65_536
"""Bytes up to which it is compressed where it is, in a third of a millisecond: a thread costs nearly as much."""
_GZIP = b"\x1f\x8b"
"""How bytes begin that are compressed; JSON never does."""
_CALLER = web.RequestKey("caller", str)
_OF_THE_PICTURE = frozenset({"imgurl", "insightstoken", "modules", "cal", "cat", "car", "cab", "ct"})
"""Parameters of details that Visual Search names in its body."""
_KEPT_HEADERS = frozenset({"Allow", "Content-Range"})
FindProblem = Callable[[], Awaitable[str | None]]
"""Returns in a few words what is wrong with what the endpoint stands on, None if nothing is."""
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def make_app(
    provider: Provider,
    media: MediaReader,
    settings: ServerSettings | None = None,
    *,
    fetch: Fetch | None = None,
    connections: Connections | None = None,
    find_problem: FindProblem | None = None,
) -> web.Application:
    """Return an application that answers for the provider.

    The provider is not closed with the application; its owner closes it.

    Args:
        provider: what answers.
        media: reads posted pictures and draws thumbnails.
        settings: what the operator decides.
        fetch: reads pictures from public addresses; without it the provider is given addresses as they are.
        connections: told which connections are being answered.
        find_problem: says for ``/readyz`` what keeps the endpoint from answering; without it nothing does.
    """
    settings = settings or ServerSettings()
    noise = connections.noise if connections else Noise()
    service = _Service(provider, media, settings, fetch, find_problem, noise, connections)

    @web.middleware
    async def answering(request: web.Request, handler: _Handler) -> web.StreamResponse:
        with connections.serving(request.protocol) if connections else nullcontext():
            response = await service.answer(request, handler)
            if connections is None or connections.may_send(_size(response)):
                return response
            return failed(problems.untaken(connections.limits.taking_seconds), None, uuid.uuid4().hex.upper())

    app = web.Application(middlewares=[answering], client_max_size=settings.max_upload_bytes)
    app.on_cleanup.append(service.log_what_is_left)
    endpoints: dict[str, tuple[tuple[str, ...], _Handler]] = {
        "search": (("GET", "HEAD"), service.search),
        "trending": (("GET", "HEAD"), service.trending),
        "details": (("GET", "HEAD", "POST"), service.details),
        "visualsearch": (("POST",), service.visual_search),
    }
    for prefix in PREFIXES:
        for name, (methods, handler) in endpoints.items():
            resource = app.router.add_resource(f"{prefix}/images/{name}")
            for method in methods:
                resource.add_route(method, service.guarded(handler), expect_handler=expected_later)
            resource.add_route("OPTIONS", service.preflight)
    app.router.add_get("/th", service.pictures.thumbnail)
    app.router.add_get("/picture/{id}/{name}", service.pictures.picture)
    app.router.add_get("/page/{id}", service.page)
    app.router.add_get("/healthz", service.health)
    app.router.add_get("/readyz", service.readiness)
    app.router.add_get("/openapi.json", service.description)
    return app


def _size(response: web.StreamResponse) -> int:
    body = response.body if isinstance(response, web.Response) else None
    return len(body) if isinstance(body, bytes | bytearray) else 0


class _Service:
    """The handlers and what they share."""

    def __init__(
        self,
        provider: Provider,
        media: MediaReader,
        settings: ServerSettings,
        fetch: Fetch | None,
        find_problem: FindProblem | None,
        noise: Noise,
        connections: Connections | None,
    ) -> None:
        self._noise = noise
        self._connections = connections
        self._provider = provider
        self._media = media
        self._settings = settings
        self._find_problem = find_problem
        self._addresses = Addresses(settings.public_url, settings.proxies)
        self._access = Access(settings, self._addresses)
        self._origins = Origins(settings.origins, keyed=bool(settings.keys))
        self._kept = ResponseCache()
        self._written: ByIdentity[Image, bytes] = ByIdentity()
        self._tokens = Tokens(settings.signing_secrets())
        self.pictures = Pictures(provider, self._tokens, media)
        self._lookups = Lookups(provider, self._tokens, self.pictures, fetch, settings.token_seconds)

    async def answer(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """Give every answer its trace id, and turn whatever goes wrong into v7's error answer."""
        trace = uuid.uuid4().hex.upper()
        try:
            if len(f"{request.scheme}://{request.host}{request.raw_path}") > MAX_URL:
                raise web.HTTPNotFound  # noqa: TRY301 - answered like any other missing address
            response = await finish_within(handler(request), self._settings.time_limit)
        except web.HTTPException as error:
            headers = {name: value for name, value in error.headers.items() if name in _KEPT_HEADERS}
            response = failed(problems.of_status(error.status), headers)
        except ProviderError as error:
            self._log_error(error, trace)
            response = failed(problems.of_error(error))
        except TimeoutError:
            late = f"no answer within {self._settings.time_limit:g} s"
            self._noise.note(late, f"{late}, trace {trace}", logging.WARNING)
            response = failed(problems.of_error(Unavailable("too slow")))
        except Exception:
            log.exception("answering failed, trace %s", trace)
            response = failed(problems.unexpected())
        response.headers.update(self._origins.headers(request))
        identify(response, trace)
        _compress(request, response)
        return response

    async def log_what_is_left(self, _: web.Application) -> None:
        """Log what was counted since the last time."""
        self._noise.close()

    def _log_error(self, error: ProviderError, trace: str) -> None:
        """Log what the operator should know; bad requests are the caller's business."""
        if isinstance(error, InvalidRequest | Blocked) or (isinstance(error, NotSupported) and error.filters):
            log.debug("refused: %s, trace %s", error.parameter if isinstance(error, InvalidRequest) else error, trace)
            return
        kind = ": ".join(filter(None, (error.provider, type(error).__name__)))
        level = logging.ERROR if isinstance(error, Misconfigured) else logging.WARNING
        self._noise.note(kind, f"{error}, trace {trace}", level)

    def guarded(self, handler: _Handler) -> _Handler:
        """Return the handler behind the check of key and rate."""

        async def checked(request: web.Request) -> web.StreamResponse:
            if self._origins.refuses(request, self._addresses.root(request)):
                return failed(problems.cross_site())
            caller = self._access.caller(request)
            if isinstance(caller, problems.Problem):
                asks = {"WWW-Authenticate": 'AzureApiManagementKey realm="v7"'} if caller.retry_after is None else {}
                return failed(caller, asks)
            request[_CALLER] = caller
            over = self._access.over(caller)
            if over is not None:
                return failed(over)
            return await handler(request)

        return checked

    async def preflight(self, request: web.Request) -> web.Response:
        """Answer ``OPTIONS``, which browsers ask before a page may send a key."""
        return self._origins.preflight(request)

    async def page(self, request: web.Request) -> web.Response:
        """Answer ``/page/<id>``, the page of a held picture."""
        return await self.pictures.page(request, self._addresses.root(request))

    async def search(self, request: web.Request) -> web.Response:
        """Answer ``GET /images/search``."""
        asked = SearchRequest.from_query(request.query.items(), request.headers)
        level = self._level(Verb.SEARCH, asked.safe_search)
        _refuse_filters(asked.filters.keys() - self._provider.capabilities.filters)
        compressed = _takes_gzip(request.headers.get("Accept-Encoding", ""))
        question = (asked.at(level).question(), self._addresses.root(request), compressed)
        body = await self._kept.find(question)
        if body is None:
            body, terms = await self._searched(request, asked, level)
            if compressed and len(body) >= _COMPRESSED:
                body = await _gzipped(body)
            self._kept.keep(question, body, terms)
        response = self._answered(request, asked, body)
        if body.startswith(_GZIP):
            response.headers["Content-Encoding"] = "gzip"
        return response

    async def _searched(
        self, request: web.Request, asked: SearchRequest, level: SafeSearch
    ) -> tuple[bytes, ReuseTerms | None]:
        """Return the body of the answer to a search, and on what terms it may be given again."""
        with noting_reuse() as notes:
            rests_on(self._capabilities, await self._capabilities())
            answer = await self._provider.search(asked.at(level))
        _refuse_filters(_not_applied(answer) & FILTERS)
        return self._serializer(request, level).search(answer, asked), notes.terms()

    async def _capabilities(self) -> Capabilities:
        return self._provider.capabilities

    async def trending(self, request: web.Request) -> web.Response:
        """Answer ``GET /images/trending``."""
        asked = TrendingRequest.from_query(request.query.items(), request.headers)
        level = self._level(Verb.TRENDING, asked.safe_search)
        answer = await self._provider.trending(asked.at(level))
        return self._answer(request, asked, self._serializer(request, level).trending(answer))

    async def details(self, request: web.Request) -> web.Response:
        """Answer ``GET`` and ``POST /images/details``."""
        upload = None
        if request.method == "POST" and not _names_picture(request):
            posted = await self._posted(request)
            upload = await self._cleaned(posted.picture, request)
        asked = InsightsRequest.from_query(request.query.items(), request.headers, upload)
        level = self._level(Verb.INSIGHTS, asked.safe_search)
        found = await self._lookups.answer(asked.at(level), self._addresses.root(request))
        return self._answer(request, asked, self._lookup_body(request, level, asked, found))

    async def visual_search(self, request: web.Request) -> web.Response:
        """Answer ``POST /images/visualsearch``: what details says, in the order of its successor."""
        posted = await self._posted(request)
        wanted = read_knowledge(posted.knowledge, posted=posted.picture is not None)
        upload = await self._cleaned(posted.picture, request) if posted.picture is not None else None
        plain = [(name, value) for name, value in request.query.items() if name.casefold() not in _OF_THE_PICTURE]
        asked = InsightsRequest.from_query([*wanted.query(), *plain], request.headers, upload)
        if Module.ALL in asked.modules:
            asked = asked.model_copy(update={"modules": asked.modules | {Module.RECOGNIZED_ENTITIES}})
        level = self._level(Verb.INSIGHTS, asked.safe_search)
        root = self._addresses.root(request)
        found = await self._lookups.answer(asked.at(level), root)
        base = f"{root}{request.path.removesuffix('/images/visualsearch')}"
        return self._answer(request, asked, knowledge_of(self._lookup_body(request, level, asked, found), wanted, base))

    async def _posted(self, request: web.Request) -> RequestBody:
        with self._connections.receiving(request.protocol) if self._connections else nullcontext():
            return await read_body(request, self._settings.max_upload_bytes, self._settings.body_seconds)

    async def _cleaned(self, picture: bytes | None, request: web.Request) -> Upload:
        """Return a posted picture drawn anew; raises ``InvalidRequest`` where none was posted."""
        if picture is None:
            raise InvalidRequest("the body holds no picture", parameter="image", missing=True)
        patience = self._settings.picture_seconds
        return await self._media.fit(picture, owner=request[_CALLER], patience=patience)

    def _lookup_body(
        self, request: web.Request, level: SafeSearch, asked: InsightsRequest, found: LookupAnswer
    ) -> dict[str, Any]:
        wire = self._serializer(request, level).insights(found.insights, asked)
        if found.token is not None:
            wire.setdefault("imageInsightsToken", found.token)
        return wire

    async def health(self, request: web.Request) -> web.Response:
        """Say that the endpoint is up."""
        del request
        return web.json_response({"status": "ok"}, headers=UNCACHED)

    async def readiness(self, request: web.Request) -> web.Response:
        """Say whether questions can be answered now, and if not, what is missing."""
        del request
        problem = await self._find_problem() if self._find_problem else None
        status = 503 if problem else 200
        return web.json_response({"status": problem or "ready"}, status=status, headers=UNCACHED)

    async def description(self, request: web.Request) -> web.Response:
        """Give the OpenAPI description."""
        del request
        return web.Response(body=description_json(keyed=bool(self._settings.keys)), content_type="application/json")

    def _level(self, verb: Verb, asked: SafeSearch) -> SafeSearch:
        """Return the level to answer at: the operator's if it is stricter; refuses what the provider cannot do."""
        level = max(asked, self._settings.safe_search)
        capabilities = self._provider.capabilities
        if not capabilities.supports(verb):
            raise NotSupported(f"{self._provider.name} cannot do {verb}")
        if not capabilities.honours(verb, level):
            raise LevelNotHonoured(level, provider=self._provider.name)
        return level

    def _serializer(self, request: web.Request, level: SafeSearch) -> ResponseSerializer:
        capabilities = self._provider.capabilities
        return ResponseSerializer(
            tokens=self._tokens,
            root=self._addresses.root(request),
            level=level,
            flags_adult=capabilities.flags_adult,
            address_tokens=capabilities.supports(Verb.INSIGHTS),
            written=self._written,
        )

    @classmethod
    def _answer(
        cls, request: web.Request, asked: SearchRequest | InsightsRequest | TrendingRequest, wire: dict[str, Any]
    ) -> web.Response:
        return cls._answered(request, asked, to_json(wire))

    @staticmethod
    def _answered(
        request: web.Request, asked: SearchRequest | InsightsRequest | TrendingRequest, body: bytes
    ) -> web.Response:
        known = request.headers.get(CLIENT_ID_HEADER, "")
        headers = {
            **UNCACHED,
            MARKET_HEADER: market_of(asked),
            CLIENT_ID_HEADER: known if CLIENT_ID.fullmatch(known) else uuid.uuid4().hex.upper(),
        }
        return web.Response(body=body, content_type="application/json", charset="utf-8", headers=headers)


def market_of(asked: SearchRequest | InsightsRequest | TrendingRequest) -> str:
    """Return the market that an answer is for: ``mkt``, else ``cc`` with ``Accept-Language``, else the language's."""
    nearest = markets.nearest_trending_market if isinstance(asked, TrendingRequest) else markets.nearest_market
    if asked.mkt:
        return nearest(asked.mkt)
    if asked.cc:
        return nearest(markets.market_for_country(asked.cc, asked.accept_language))
    return nearest(next(iter(markets.preferred_languages(asked.accept_language)), None))


def _names_picture(request: web.Request) -> bool:
    """True for a POST without a form whose query names the picture, as a careless client may send it."""
    given = first_values(request.query.items())
    return not request.content_type.startswith("multipart/") and bool({"insightstoken", "imgurl"} & given.keys())


def _not_applied(answer: ImageAnswer) -> set[str]:
    """Return the parameters that the provider that answered did not apply."""
    notes = answer.provenance.notes if answer.provenance else ()
    return {note.detail for note in notes if note.code is NoteCode.FILTER_NOT_APPLIED and note.detail}


def _refuse_filters(names: AbstractSet[str]) -> None:
    """Refuse a search whose filters were not applied: v7 has no words for an answer that is not what was asked for."""
    if names:
        raise NotSupported(f"cannot apply {', '.join(sorted(names))}", filters=frozenset(names))


def _compress(request: web.Request, response: web.StreamResponse) -> None:
    """Compress an answer in JSON for a client that accepts gzip."""
    if not isinstance(response, web.Response) or response.content_type != "application/json":
        return
    response.headers["Vary"] = ", ".join(filter(None, ("Accept-Encoding", response.headers.get("Vary"))))
    length = 0 if "Content-Encoding" in response.headers else response.content_length or 0
    if length >= _COMPRESSED and _takes_gzip(request.headers.get("Accept-Encoding", "")):
        response.enable_compression(web.ContentCoding.gzip)


async def _gzipped(body: bytes) -> bytes:
    if len(body) <= _AT_ONCE:
        return gzip.compress(body, _LEVEL, mtime=0)
    return await asyncio.to_thread(gzip.compress, body, _LEVEL, mtime=0)


def _takes_gzip(accepted: str) -> bool:
    for item in accepted.lower().split(","):
        coding, _, weight = item.partition(";")
        if coding.strip() in {"gzip", "*"}:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False
