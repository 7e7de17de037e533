"""An image provider: three verbs over the v7 objects, and what it can do."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import ClassVar, Protocol, runtime_checkable

from .answers import ImageAnswer, ImageInsights, TrendingImages
from .errors import NotSupported
from .objects import Image
from .parameters import Module, SafeSearch
from .requests import InsightsRequest, SearchRequest, TrendingRequest

LOCAL_SCHEME = "magpie"
"""Scheme of addresses of pictures that only Magpie itself holds: ``magpie:picture/<imageId>``."""
_LOCAL = f"{LOCAL_SCHEME}:"

ALL_LEVELS = frozenset(SafeSearch)


class Verb(StrEnum):
    """What a provider may be asked."""

    SEARCH = "search"
    INSIGHTS = "insights"
    TRENDING = "trending"


@dataclass(frozen=True, slots=True)
class CachePolicy:
    """Whether and how long the provider's terms let its answers be kept; ``None`` age: not at all."""

    max_age: timedelta | None = timedelta(minutes=15)


class DayWindow(StrEnum):
    """What a provider means by a day."""

    CALENDAR = "calendar"
    """From midnight to midnight, UTC."""
    ROLLING = "rolling"
    """The last 24 hours."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the provider allows; ``None`` where nothing is known.

    ``cost`` is what one call takes of the daily or monthly allowance; ``upload_bytes`` bounds a posted picture.
    ``day_window`` says what its day is; its months are those of the calendar, UTC.
    ``price`` is what a call costs in the provider's money, where it costs any.
    ``within`` is how many seconds it may take for an answer, where that is more than others get.
    """

    per_second: float | None = None
    per_minute: int | None = None
    per_hour: int | None = None
    per_day: int | None = None
    per_month: int | None = None
    at_once: int | None = None
    cost: int = 1
    upload_bytes: int | None = None
    upload_edge: int | None = None
    """Longest side in pixels of what it looks at: larger pictures are made as large, as JPEG of ``upload_bytes``."""
    day_window: DayWindow = DayWindow.CALENDAR
    price: float | None = None
    within: float | None = None


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a provider declares of itself, so that nothing is asked of it that it cannot do.

    ``levels`` names the SafeSearch levels honoured per verb; a verb that is missing is not supported.
    ``filters`` holds v7 parameter names.
    ``flags_adult``: every picture carries ``isFamilyFriendly``, so a missing flag counts as false.
    ``text_only_below_off``: results are unfiltered, so below Off only titles and links are given.
    ``steady_offsets``: ``offset`` counts the pictures of one list, so pages of any length have no overlaps and no gaps.
    ``takes_regions``: a region of a posted picture is understood, so it need not be cut out before.
    ``reads_text``: the text in a posted picture is read when a lookup asks for it (``read_text``).
    ``outside``: requests leave the operator's own machines (people are told before a picture is sent there).
    """

    levels: Mapping[Verb, frozenset[SafeSearch]]
    filters: frozenset[str] = frozenset()
    modules: frozenset[Module] = frozenset()
    paging: bool = True
    steady_offsets: bool = False
    max_results: int | None = None
    flags_adult: bool = False
    text_only_below_off: bool = False
    takes_regions: bool = False
    reads_text: bool = False
    outside: bool = True
    cache: CachePolicy = field(default_factory=CachePolicy)
    limits: Limits = field(default_factory=Limits)
    attribution: str | None = None
    """Words that the provider's terms ask to be shown with its results."""
    home_url: str | None = None
    terms_url: str | None = None

    def supports(self, verb: Verb) -> bool:
        """True if the provider has this verb at all."""
        return bool(self.levels.get(verb))

    def honours(self, verb: Verb, level: SafeSearch) -> bool:
        """True if the provider's answers to the verb obey the level."""
        return level in self.levels.get(verb, frozenset())


class Provider(Protocol):
    """Anything that can answer for pictures.

    Every verb raises only ``ProviderError`` subclasses (and lets cancellation through).
    """

    @property
    def name(self) -> str:
        """Short lower-case name, as in the operator's list of providers."""
        ...

    @property
    def title(self) -> str:
        """The name people know."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What the provider can do; always the same, for it is looked up when the provider is put in place."""
        ...

    async def search(self, request: SearchRequest) -> ImageAnswer:
        """Find pictures by words."""
        ...

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        """Say what a picture is and where it comes from."""
        ...

    async def trending(self, request: TrendingRequest) -> TrendingImages:
        """Return trending searches."""
        ...

    async def aclose(self) -> None:
        """Let go of connections and files."""
        ...


class UnsupportedVerbs:
    """The three verbs of a provider that has none: what a subclass has, it overrides."""

    name: ClassVar[str]

    async def search(self, request: SearchRequest) -> ImageAnswer:  # noqa: ARG002 (the protocol's signature)
        """Find pictures by words; raises ``NotSupported`` where the provider cannot."""
        raise NotSupported("no search", provider=self.name)

    async def insights(self, request: InsightsRequest) -> ImageInsights:  # noqa: ARG002 (the protocol's signature)
        """Say what a picture is; raises ``NotSupported`` where the provider cannot."""
        raise NotSupported("no reverse lookup", provider=self.name)

    async def trending(self, request: TrendingRequest) -> TrendingImages:  # noqa: ARG002 (the protocol's signature)
        """Say what people look for; raises ``NotSupported`` where the provider cannot."""
        raise NotSupported("no trending pictures", provider=self.name)


@dataclass(frozen=True, slots=True)
class Picture:
    """The bytes of a picture that a provider holds itself, metadata stripped."""

    data: bytes = field(repr=False)
    content_type: str
    filename: str
    width: int
    height: int
    is_family_friendly: bool | None
    image: Image | None = None
    """The picture as answers describe it: title, credit, page."""


@runtime_checkable
class HoldsPictures(Protocol):
    """A provider that holds pictures without a public address."""

    async def picture(self, image_id: str, max_edge: int | None = None) -> Picture | None:
        """Return the picture, no side longer than ``max_edge`` pixels; None if it is not here."""
        ...

    async def ratings(self, image_ids: Sequence[str]) -> Mapping[str, bool | None]:
        """Return for each of the pictures that are here whether it is family friendly by its rating of now.

        It is None of a picture that nobody rated. It costs less than having pictures drawn.
        """
        ...


@dataclass(frozen=True, slots=True)
class SaidAllowance:
    """What a service said with an answer of its allowance for everybody who uses the same key or address.

    ``limit`` is None where only what is left was said; ``monthly`` tells a month's allowance from a day's;
    ``per_minute`` is how many calls a minute are allowed, where that was said too.
    """

    left: int
    limit: int | None = None
    monthly: bool = False
    per_minute: int | None = None


@runtime_checkable
class SaysAllowance(Protocol):
    """A provider whose service may say what is left of its allowance."""

    @property
    def says_allowance(self) -> bool:
        """True if the service says it with its answers."""
        ...

    @property
    def said_allowance(self) -> SaidAllowance | None:
        """What was said with the newest answer that said it; None before."""
        ...


@runtime_checkable
class CompletesQueries(Protocol):
    """A provider that knows how a query that is being typed may go on."""

    async def complete(self, prefix: str, limit: int = 10, level: SafeSearch = SafeSearch.STRICT) -> list[str]:
        """Return queries that begin so and find something at the level, the likeliest first."""
        ...


@runtime_checkable
class WithdrawsSearches(Protocol):
    """A provider that offers searches in words of pictures that it holds, whose ratings may change."""

    async def withdrawn(
        self, searches: Sequence[str], providers: Collection[str], level: SafeSearch = SafeSearch.STRICT
    ) -> frozenset[str]:
        """Return those of the searches once offered by ``providers`` that find nothing at the level any more."""
        ...


def local_address(kind: str, image_id: str) -> str:
    """Return the address of a held picture; ``kind`` is ``picture`` or ``thumbnail``."""
    return f"{LOCAL_SCHEME}:{kind}/{image_id}"


def local_image_id(address: str | None) -> str | None:
    """Return the image id of a held picture's address, None for any other address."""
    if address is None or not address.startswith(_LOCAL):
        return None
    kind, _, image_id = address.removeprefix(_LOCAL).partition("/")
    return image_id if kind in {"picture", "thumbnail"} and image_id else None


def local_id(image: Image) -> str | None:
    """Return the image id of a held picture, None for one with a public address."""
    return local_image_id(image.content_url) or local_image_id(image.thumbnail_url)
