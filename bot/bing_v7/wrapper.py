"""A provider round a provider: what cache, budget, breaker and gate share."""

from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from typing import TypeVar

from .answers import ImageAnswer, ImageInsights, TrendingImages
from .parameters import SafeSearch
from .provider import Capabilities, CompletesQueries, HoldsPictures, Picture, Provider, Verb, WithdrawsSearches
from .requests import InsightsRequest, SearchRequest, TrendingRequest

Req = TypeVar("Req", SearchRequest, InsightsRequest, TrendingRequest)
Ans = TypeVar("Ans", ImageAnswer, ImageInsights, TrendingImages)


class Wrapper:
    """Hands everything on; a subclass changes `around`.

    Args:
        inner: the provider inside.
    """

    def __init__(self, inner: Provider) -> None:
        self.inner = inner
        self._holder = inner if isinstance(inner, HoldsPictures) else None  # once: it takes as long as a call
        self._completer = inner if isinstance(inner, CompletesQueries) else None
        self._withdrawer = inner if isinstance(inner, WithdrawsSearches) else None

    @property
    def name(self) -> str:
        """The inner provider's name."""
        return self.inner.name

    @property
    def title(self) -> str:
        """The inner provider's title."""
        return self.inner.title

    @property
    def capabilities(self) -> Capabilities:
        """What the inner provider can do."""
        return self.inner.capabilities

    async def search(self, request: SearchRequest) -> ImageAnswer:
        """Find pictures by words."""
        return await self.around(Verb.SEARCH, request, self.inner.search)

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        """Say what a picture is."""
        return await self.around(Verb.INSIGHTS, request, self.inner.insights)

    async def trending(self, request: TrendingRequest) -> TrendingImages:
        """Return trending searches."""
        return await self.around(Verb.TRENDING, request, self.inner.trending)

    async def around(self, verb: Verb, request: Req, ask: Callable[[Req], Awaitable[Ans]]) -> Ans:  # noqa: ARG002 (for subclasses)
        """Ask the inner provider."""
        return await ask(request)

    async def picture(self, image_id: str, max_edge: int | None = None) -> Picture | None:
        """Return a picture that the inner provider holds, if it holds any."""
        return await self._holder.picture(image_id, max_edge) if self._holder else None

    async def ratings(self, image_ids: Sequence[str]) -> Mapping[str, bool | None]:
        """Return what pictures that the inner provider holds are rated as now, if it holds any."""
        return await self._holder.ratings(image_ids) if self._holder else {}

    async def complete(self, prefix: str, limit: int = 10, level: SafeSearch = SafeSearch.STRICT) -> list[str]:
        """Return how a query may go on, if the inner provider knows."""
        return await self._completer.complete(prefix, limit, level) if self._completer else []

    async def withdrawn(
        self, searches: Sequence[str], providers: Collection[str], level: SafeSearch = SafeSearch.STRICT
    ) -> frozenset[str]:
        """Return the searches that the inner provider offers no more, if it can tell."""
        return await self._withdrawer.withdrawn(searches, providers, level) if self._withdrawer else frozenset()

    async def aclose(self) -> None:
        """Close the inner provider."""
        await self.inner.aclose()


def layers(provider: Provider) -> Iterator[Provider]:
    """Yield a provider and what it is wrapped round, from the outside in."""
    yield provider
    while isinstance(provider, Wrapper):
        provider = provider.inner
        yield provider
