"""Any Bing Image Search v7 endpoint as a provider: the historic addresses, a compatible service, or another Magpie."""

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol, TypeVar

from bot.bing_v7 import (
    ALL_LEVELS,
    FILTERS,
    CachePolicy,
    Capabilities,
    HttpRequest,
    HttpResponse,
    ImageAnswer,
    ImageInsights,
    InsightsRequest,
    Limits,
    Module,
    ProviderError,
    RecognizedEntitiesModule,
    SearchRequest,
    TrendingImages,
    TrendingRequest,
    Verb,
    client,
    failures,
)
from bot.media.limits import FitLimits
from bot.media.service import Media
from bot.providers.http.tidy import tidied

log = logging.getLogger(__name__)

_ENTITIES = Module.RECOGNIZED_ENTITIES

MICROSOFT_HOSTS = ("bing.microsoft.com", "cognitive.microsoft.com", "cognitiveservices.azure.com")
_NO_SUCH_PATH = frozenset({404, 405})
_UPLOAD_BYTES = FitLimits().max_bytes

_Answer = TypeVar("_Answer", ImageAnswer, ImageInsights, TrendingImages)
_Request = TypeVar("_Request", SearchRequest, InsightsRequest, TrendingRequest)
_Build = Callable[[_Request, client.Endpoint, str | None], HttpRequest]


class Sends(Protocol):
    """What the provider needs of a transport."""

    async def send(self, request: HttpRequest, *, provider: str) -> HttpResponse:
        """Send the request and return the whole response; raises ``ProviderError`` for what never arrived."""
        ...


def capabilities_of(endpoint: client.Endpoint, outside: bool = True) -> Capabilities:
    """Return what a v7 endpoint can do: everything in the contract.

    Pictures do not all carry ``isFamilyFriendly`` (trending tiles and details never did), so a missing flag says
    nothing; flagged ones came at Moderate too (1 in 100), so what is flagged has to be dropped by the reader.
    Microsoft's terms for its own hosts forbid keeping answers and ask for its name beside them.
    """
    microsoft = any(endpoint.host == host or endpoint.host.endswith(f".{host}") for host in MICROSOFT_HOSTS)
    return Capabilities(
        levels=dict.fromkeys(Verb, ALL_LEVELS),
        filters=FILTERS,
        modules=frozenset(Module),
        paging=True,
        max_results=1_000,
        takes_regions=True,
        outside=outside,
        cache=CachePolicy(None) if microsoft else CachePolicy(),
        limits=Limits(upload_bytes=_UPLOAD_BYTES),
        attribution="Powered by Bing" if microsoft else None,
        home_url="https://www.bing.com/images" if microsoft else None,
        terms_url="https://privacy.microsoft.com/privacystatement" if microsoft else None,
    )


class V7Provider:
    """The three verbs over a v7 endpoint.

    Args:
        endpoint: base address and key.
        transport: sends requests; shared with other providers and not closed here.
        media: makes posted pictures fit.
        name: short name, as in the operator's list of providers.
        title: the name people see.
        capabilities: replaces what a v7 endpoint is taken to be able to do.

    The client id that the service issues with its first answer is sent with every later request that names none, so
    that the service sees one device: the bot. It is kept in memory only and says nothing of who asked.
    """

    def __init__(
        self,
        endpoint: client.Endpoint,
        transport: Sends,
        media: Media,
        *,
        name: str = "v7",
        title: str = "v7 endpoint",
        capabilities: Capabilities | None = None,
    ) -> None:
        self._endpoint = endpoint
        self._transport = transport
        self._media = media
        self._name = name
        self._title = title
        self._capabilities = capabilities or capabilities_of(endpoint)
        self._client_id: str | None = None
        self._only_visual_search = False

    @property
    def name(self) -> str:
        """Short lower-case name."""
        return self._name

    @property
    def title(self) -> str:
        """The name people see."""
        return self._title

    @property
    def capabilities(self) -> Capabilities:
        """What the endpoint is taken to be able to do."""
        return self._capabilities

    async def search(self, request: SearchRequest) -> ImageAnswer:
        """Ask ``/images/search``."""
        return await self._ask(client.build_search, request, ImageAnswer)

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        """Ask ``/images/details``, or ``/images/visualsearch`` of an endpoint that has only that.

        A posted picture is made smaller and stripped of metadata first. Recognised entities are left out by the service
        when they are asked together with anything else, so they are asked by themselves: at once where the picture is
        known by its token, else by the token that comes with the rest.
        """
        if request.upload is not None:
            fitted = await self._media.fit(request.upload.data)
            request = request.model_copy(update={"upload": fitted})
        rest = request.modules - {_ENTITIES}
        if not rest or rest == request.modules:
            return await self._details(request)
        asked, token = request.model_copy(update={"modules": rest}), request.insights_token
        if token is not None:
            answer, groups = await asyncio.gather(self._details(asked), self._entities(request, token))
        else:
            answer = await self._details(asked)
            groups = answer.recognized_entity_groups or await self._entities(request, answer.image_insights_token)
        return answer.with_(recognized_entity_groups=groups) if groups else answer

    async def _entities(self, request: InsightsRequest, token: str | None) -> RecognizedEntitiesModule | None:
        """Ask who or what is recognised in a picture; a failure costs only this part of the answer."""
        if token is None:
            return None
        by_token = {"upload": None, "img_url": None, "insights_token": token, "modules": frozenset({_ENTITIES})}
        try:
            answer = await self._details(request.model_copy(update=by_token))
        except ProviderError:
            return None  # it is in the log of the transport
        return answer.recognized_entity_groups

    async def _details(self, request: InsightsRequest) -> ImageInsights:
        if not self._only_visual_search:
            response = await self._send(client.build_insights(request, self._endpoint, self._client_id), request)
            if response.status not in _NO_SUCH_PATH:
                return self._read(response, lambda: client.decode_answer(response, ImageInsights, self._name))
        visual = await self._send(client.build_visual_search(request, self._endpoint, self._client_id), request)
        if visual.status in _NO_SUCH_PATH:
            return self._read(visual, lambda: client.decode_answer(visual, ImageInsights, self._name))
        self._only_visual_search = True
        return self._read(visual, lambda: client.decode_visual(visual, self._name))

    async def trending(self, request: TrendingRequest) -> TrendingImages:
        """Ask ``/images/trending``."""
        return await self._ask(client.build_trending, request, TrendingImages)

    async def aclose(self) -> None:
        """Do nothing: the transport belongs to the caller."""

    async def _ask(self, build: _Build[_Request], request: _Request, answer: type[_Answer]) -> _Answer:
        """Build, send, decode."""
        response = await self._send(build(request, self._endpoint, self._client_id), request)
        return self._read(response, lambda: client.decode_answer(response, answer, self._name))

    async def _send(
        self, http: HttpRequest, request: SearchRequest | InsightsRequest | TrendingRequest
    ) -> HttpResponse:
        response = await self._transport.send(http, provider=self._name)
        if request.client_id is None:
            self._client_id = client.issued_client_id(response) or self._client_id
        return response

    def _read(self, response: HttpResponse, decode: Callable[[], _Answer]) -> _Answer:
        """Read an answer; every error leaves with the provider's name and the service's trace id."""
        try:
            read = tidied(decode())
        except ProviderError as error:
            error.provider = error.provider or self._name
            log.info("no answer: %s", error)
            raise
        log.debug("%s: %s, trace %s", self._name, type(read).__name__, failures.trace_id(response))
        return read
