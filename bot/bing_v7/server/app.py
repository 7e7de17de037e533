"""The web application: the three endpoints under both historic base paths, pictures, health and description."""

import asyncio
import logging
import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web
from pydantic_core import to_json

from bot.bing_v7 import markets
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
from bot.bing_v7.parameters import SafeSearch
from bot.bing_v7.provider import Provider, Verb
from bot.bing_v7.reading import CLIENT_ID, first_values, refused
from bot.bing_v7.requests import InsightsRequest, SearchRequest, TrendingRequest

from . import problems
from .access import Access
from .openapi import describe
from .pictures import Pictures
from .posted import read_upload
from .settings import PREFIXES, ServerSettings
from .shaping import Shaper
from .tokens import TokenKind, Tokens

log = logging.getLogger(__name__)

TRACE_HEADER = "BingAPIs-TraceId"
MARKET_HEADER = "BingAPIs-Market"
_UNCACHED = {
    "Cache-Control": "no-cache, no-store, must-revalidate",
    "Pragma": "no-cache",
    "Expires": "-1",
    "X-Content-Type-Options": "nosniff",
}
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def make_app(provider: Provider, settings: ServerSettings | None = None) -> web.Application:
    """Return an application that answers for the provider.

    The provider is not closed with the application; whoever made it closes it.
    """
    settings = settings or ServerSettings()
    service = _Service(provider, settings)

    @web.middleware
    async def answering(request: web.Request, handler: _Handler) -> web.StreamResponse:
        return await service.answer(request, handler)

    app = web.Application(middlewares=[answering], client_max_size=settings.max_upload_bytes)
    for prefix in PREFIXES:
        app.router.add_get(f"{prefix}/images/search", service.guarded(service.search))
        app.router.add_get(f"{prefix}/images/trending", service.guarded(service.trending))
        app.router.add_get(f"{prefix}/images/details", service.guarded(service.details))
        app.router.add_post(f"{prefix}/images/details", service.guarded(service.details))
    app.router.add_get("/th", service.pictures.thumbnail)
    app.router.add_get("/picture", service.pictures.picture)
    app.router.add_get("/healthz", service.health)
    app.router.add_get("/openapi.json", service.description)
    return app


class _Service:
    """The handlers and what they share."""

    def __init__(self, provider: Provider, settings: ServerSettings) -> None:
        self._provider = provider
        self._settings = settings
        self._access = Access(settings)
        self._tokens = Tokens(settings.signing_secrets())
        self._description = to_json(describe(keyed=bool(settings.keys)))
        self.pictures = Pictures(provider, self._tokens, settings.max_picture_pixels)

    async def answer(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """Give every answer its trace id, and turn whatever goes wrong into v7's error answer."""
        trace = uuid.uuid4().hex.upper()
        headers: Mapping[str, str] = {}
        try:
            if len(f"{request.scheme}://{request.host}{request.raw_path}") > MAX_URL:
                raise web.HTTPNotFound  # noqa: TRY301 - answered like any other missing address
            async with asyncio.timeout(self._settings.time_limit):
                response = await handler(request)
        except web.HTTPException as error:
            headers = {name: value for name, value in error.headers.items() if name == "Allow"}
            response = _failed(problems.of_status(error.status), headers)
        except ProviderError as error:
            _log_error(error, trace)
            response = _failed(problems.of_error(error))
        except TimeoutError:
            log.warning("no answer within %g s, trace %s", self._settings.time_limit, trace)
            response = _failed(problems.of_error(Unavailable("too slow")))
        except Exception:
            log.exception("answering failed, trace %s", trace)
            response = _failed(problems.unexpected())
        response.headers[TRACE_HEADER] = trace
        response.headers["Server"] = "Magpie"
        return response

    def guarded(self, handler: _Handler) -> _Handler:
        """Return the handler behind the check of key and rate."""

        async def checked(request: web.Request) -> web.StreamResponse:
            caller = self._access.caller(request)
            if isinstance(caller, problems.Problem):
                return _failed(caller, {"WWW-Authenticate": 'AzureApiManagementKey realm="v7"'})
            over = await self._access.over(caller)
            if over is not None:
                return _failed(over)
            return await handler(request)

        return checked

    async def search(self, request: web.Request) -> web.Response:
        """Answer ``GET /images/search``."""
        asked = SearchRequest.from_query(request.query.items(), request.headers)
        level = self._level(Verb.SEARCH, asked.safe_search)
        answer = await self._provider.search(asked.at(level))
        return self._answer(request, asked, self._shaper(request, level).search(answer, asked))

    async def trending(self, request: web.Request) -> web.Response:
        """Answer ``GET /images/trending``."""
        asked = TrendingRequest.from_query(request.query.items(), request.headers)
        level = self._level(Verb.TRENDING, asked.safe_search)
        answer = await self._provider.trending(asked.at(level))
        return self._answer(request, asked, self._shaper(request, level).trending(answer))

    async def details(self, request: web.Request) -> web.Response:
        """Answer ``GET`` and ``POST /images/details``."""
        upload = None
        if request.method == "POST" and not _names_picture(request):
            upload = await read_upload(request, self._settings.max_upload_bytes, self._settings.max_picture_pixels)
        given = InsightsRequest.from_query(request.query.items(), request.headers, upload)
        asked = await self._resolved(given, request)
        level = self._level(Verb.INSIGHTS, asked.safe_search)
        try:
            answer = await self._provider.insights(asked.at(level))
        except NotSupported as error:
            if error.filters:
                raise
            raise _wrong_picture(given) from error
        return self._answer(request, asked, self._shaper(request, level).insights(answer, asked))

    async def _resolved(self, asked: InsightsRequest, request: web.Request) -> InsightsRequest:
        """Replace our own token, or our own address of a held picture, by what it stands for."""
        address = asked.img_url
        if asked.insights_token is not None:
            content = self._tokens.open(asked.insights_token)
            if content is None:
                reason = "insightsToken is not a token that this endpoint gave"
                raise refused("insightsToken", asked.insights_token, reason)
            if content.kind is TokenKind.NATIVE:
                return asked.model_copy(update={"insights_token": content.text})
            address = content.text
        if address is None:
            return asked
        upload = await self.pictures.own(address, self._root(request))
        given: dict[str, Any] = {"upload": upload} if upload else {"img_url": address}
        return asked.model_copy(update={"insights_token": None, "img_url": None, **given})

    async def health(self, request: web.Request) -> web.Response:
        """Say that the endpoint is up."""
        del request
        return web.json_response({"status": "ok"}, headers=_UNCACHED)

    async def description(self, request: web.Request) -> web.Response:
        """Give the OpenAPI description."""
        del request
        return web.Response(body=self._description, content_type="application/json")

    def _level(self, verb: Verb, asked: SafeSearch) -> SafeSearch:
        """Return the level to answer at: the operator's if it is stricter; refuses what the provider cannot do."""
        level = max(asked, self._settings.safe_search)
        capabilities = self._provider.capabilities
        if not capabilities.supports(verb):
            raise NotSupported(f"{self._provider.name} cannot do {verb}")
        if not capabilities.honours(verb, level):
            raise LevelNotHonoured(level, provider=self._provider.name)
        return level

    def _root(self, request: web.Request) -> str:
        return self._settings.public_url or f"{request.scheme}://{request.host}"

    def _shaper(self, request: web.Request, level: SafeSearch) -> Shaper:
        capabilities = self._provider.capabilities
        return Shaper(
            tokens=self._tokens,
            root=self._root(request),
            level=level,
            flags_adult=capabilities.flags_adult,
            address_tokens=capabilities.supports(Verb.INSIGHTS),
        )

    @staticmethod
    def _answer(
        request: web.Request, asked: SearchRequest | InsightsRequest | TrendingRequest, wire: dict[str, Any]
    ) -> web.Response:
        known = request.headers.get(CLIENT_ID_HEADER, "")
        headers = {
            **_UNCACHED,
            MARKET_HEADER: market_of(asked),
            CLIENT_ID_HEADER: known if CLIENT_ID.fullmatch(known) else uuid.uuid4().hex.upper(),
        }
        return web.Response(body=to_json(wire), content_type="application/json", charset="utf-8", headers=headers)


def market_of(asked: SearchRequest | InsightsRequest | TrendingRequest) -> str:
    """Return the market that an answer is for: ``mkt``, else ``cc`` with ``Accept-Language``, else the language's."""
    nearest = markets.nearest_trending_market if isinstance(asked, TrendingRequest) else markets.nearest_market
    if asked.mkt:
        return nearest(asked.mkt)
    if asked.cc:
        return nearest(markets.market_for_country(asked.cc, asked.accept_language))
    return nearest(next(iter(markets.preferred_languages(asked.accept_language)), None))


def _wrong_picture(asked: InsightsRequest) -> InvalidRequest:
    """Return the error for a picture given in a way that the provider cannot look up (a 500 would be tried again)."""
    reason = "this endpoint cannot look up a picture that is given in this way"
    if asked.img_url is not None:
        return refused("imgUrl", asked.img_url, reason)
    return refused("image" if asked.insights_token is None else "insightsToken", asked.insights_token or "", reason)


def _names_picture(request: web.Request) -> bool:
    """True for a POST without a form whose query names the picture, as a careless client may send it."""
    given = first_values(request.query.items())
    return not request.content_type.startswith("multipart/") and bool({"insightstoken", "imgurl"} & given.keys())


def _failed(problem: problems.Problem, headers: Mapping[str, str] | None = None) -> web.Response:
    extra = {**_UNCACHED, **(headers or {})}
    if problem.retry_after is not None:
        extra["Retry-After"] = str(problem.retry_after)
    body = to_json(problem.answer().to_wire())
    return web.Response(
        body=body, status=problem.status, content_type="application/json", charset="utf-8", headers=extra
    )


def _log_error(error: ProviderError, trace: str) -> None:
    """Log what the operator should know; bad requests are the caller's business."""
    if isinstance(error, InvalidRequest | Blocked) or (isinstance(error, NotSupported) and error.filters):
        log.debug("refused: %s, trace %s", error.parameter if isinstance(error, InvalidRequest) else error, trace)
    elif isinstance(error, Misconfigured):
        log.error("%s, trace %s", error, trace)
    else:
        log.warning("%s, trace %s", error, trace)
