"""What the user interface asks of other packages, as protocols that a test can implement."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from bot.bing_v7 import (
    Capabilities,
    Image,
    ImageAnswer,
    ImageInsights,
    InsightsRequest,
    Picture,
    Query,
    SafeSearch,
    SearchRequest,
    Tile,
    TrendingImages,
    TrendingRequest,
)
from bot.safesearch.place import Requester
from bot.storage.policies import ListKind
from bot.storage.sessions import SessionStore

T_co = TypeVar("T_co", covariant=True)


class LevelDecision(Protocol):
    """The level in force and the rule that set it."""

    @property
    def level(self) -> SafeSearch:
        """The level."""
        ...

    @property
    def rule(self) -> str:
        """Which rule decided: ``channel``, ``server``, ``dm`` ..."""
        ...


class HiddenCounts(Protocol):
    """How many results the guard removed."""

    @property
    def total(self) -> int:
        """Their number."""
        ...


class Judged(Protocol[T_co]):
    """An answer that the guard has been through."""

    @property
    def answer(self) -> T_co:
        """What may be shown."""
        ...

    @property
    def decision(self) -> LevelDecision:
        """The level it was judged at."""
        ...

    @property
    def rules(self) -> object:
        """The level and lists it was judged by, as `Service.rules` returned them at that moment."""
        ...

    @property
    def hidden(self) -> HiddenCounts:
        """What was taken out."""
        ...

    @property
    def gone(self) -> Sequence[Image]:
        """Stored pictures that are not there any more, which is no reason of the level's."""
        ...


class Service(Protocol):
    """Guarded access to pictures (``bot.search.service.SearchService`` implements it)."""

    async def decide(self, requester: Requester) -> LevelDecision:
        """Return the level in force for the requester."""
        ...

    async def search(self, requester: Requester, request: SearchRequest) -> Judged[ImageAnswer]:
        """Find pictures by words."""
        ...

    async def insights(self, requester: Requester, request: InsightsRequest) -> Judged[ImageInsights]:
        """Say what a picture is."""
        ...

    async def trending(self, requester: Requester, request: TrendingRequest) -> Judged[TrendingImages]:
        """Return trending searches."""
        ...

    async def picture(self, requester: Requester, image: Image, max_edge: int | None = None) -> Picture | None:
        """Return the bytes of a picture without a public address; None if it may not be shown here now."""
        ...

    async def allowed(self, requester: Requester, images: Sequence[Image]) -> Judged[tuple[Image, ...]]:
        """Judge stored pictures again at the level and lists of now."""
        ...

    async def allowed_texts(self, requester: Requester, texts: Iterable[str]) -> list[str]:
        """Return those of the stored texts that may be shown here now."""
        ...

    async def allowed_offers(self, requester: Requester, things: Sequence[Query | Tile]) -> list[bool]:
        """Return for each stored suggestion or tile whether it may be offered here now."""
        ...

    async def withdrawn(
        self, requester: Requester, searches: Sequence[str], providers: Sequence[str]
    ) -> frozenset[str]:
        """Return those of the searches that ``providers`` offered whose pictures may not be shown here any more."""
        ...

    async def allowed_insights(
        self, requester: Requester, answer: ImageInsights, asked: SafeSearch
    ) -> Judged[ImageInsights]:
        """Judge a stored lookup, made at the level ``asked``, anew."""
        ...

    async def rules(self, requester: Requester) -> object:
        """Return the level and lists of now; what was judged under equal ones need not be judged again."""
        ...

    async def suggest(self, requester: Requester, prefix: str) -> list[str]:
        """Suggest searches that begin with this."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What the providers can do."""
        ...


class HasServices(Protocol):
    """What sessions need of the client's services."""

    @property
    def search(self) -> Service:
        """The guarded search service."""
        ...

    @property
    def sessions(self) -> SessionStore:
        """The table of page sessions."""
        ...


class SiteBlocking(Protocol):
    """How sites are blocked in a server."""

    async def add(self, guild_id: int, kind: ListKind, entry: str, by: int) -> tuple[str, bool]:
        """Put an entry on a list of a server; return it as it is listed, and False if it was there already."""
        ...
