"""What a session shows: one class for each kind of session, and how sessions are stored.

Each class has its own values and says which texts users read, what is left once they may not be shown any more, and
which question is kept after expiry. How a kind is drawn, judged and asked again is in ``render/kinds.py``,
``sessions/kinds.py`` and ``handlers/kinds.py``.
"""

import zlib
from abc import abstractmethod
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar

from pydantic import AliasChoices, BaseModel, ConfigDict, Discriminator, Field, TypeAdapter, ValidationError

from bot.bing_v7 import Category, Image, InsightsRequest, Query, SafeSearch, SearchRequest, Tile, TrendingRequest

from .batches import Fetched, keys_of
from .lookup_session import Lookup, Origin, Section, pictures_of
from .pager import PagerState

WITHHELD = "…"
"""Replaces a title that may not be shown here any more."""


class Refinement(BaseModel):
    """A search that the answer offers; ``kind`` is spelling, expansion, pivot, related or similar."""

    model_config = ConfigDict(frozen=True)

    kind: str
    query: Query
    """The whole suggestion, so that it can be judged again with its links and thumbnail."""
    instead_of: str | None = None
    """The word of the query that a pivot replaces."""

    @property
    def text(self) -> str:
        """What to search for."""
        return self.query.text

    @property
    def label(self) -> str:
        """What people see."""
        return label_of(self.query)


def label_of(query: Query) -> str:
    """Return the label of a suggested search."""
    return query.display_text or query.text


class SessionBase(BaseModel):
    """What every kind of session has: everything but its pager state.

    ``owner_id`` is the user who asked, ``owner_moderates`` that they may block sites here. ``title`` is the question as
    they wrote it, empty where nothing was written. ``level`` and ``rule`` are those of the last answer. ``private``
    answers are seen by the owner alone; ``shared`` tells that one was published already, ``published`` that this is the
    published copy. The pictures of a ``spoiler`` are shown uncovered to the owner alone.
    """

    model_config = ConfigDict(frozen=True)

    QUESTION: ClassVar[frozenset[str]] = frozenset({
        "title", "own", "owner_id", "locale", "private", "published", "spoiler", "level",
    })  # fmt: skip
    """Names of the fields that are kept after the session has expired."""

    owner_id: int = Field(validation_alias=AliasChoices("owner_id", "asker_id"))
    """The second name is the one that sessions were stored with until November 2026."""
    title: str = ""
    own: SafeSearch | None = None
    owner_moderates: bool = Field(default=False, validation_alias=AliasChoices("owner_moderates", "asker_moderates"))
    locale: str = "en-US"
    private: bool = False
    shared: bool = False
    published: bool = False
    spoiler: bool = False
    level: SafeSearch = SafeSearch.STRICT
    rule: str = "unknown"
    fetched: Fetched = Fetched()
    unloaded: tuple[str, ...] = ()
    """Addresses of pictures that Discord could not load when they were shown."""

    def with_(self, **changes: object) -> Self:
        """Return a copy with some fields replaced by values of their type."""
        return self.model_copy(update=changes)

    @property
    def items(self) -> tuple[Image, ...]:
        """The pictures fetched so far."""
        return self.fetched.items

    def page(self, state: PagerState) -> tuple[Image, ...]:
        """Return the pictures of a state's page."""
        return self.items[state.index : state.index + state.size]

    def choices(self) -> tuple[object, ...]:
        """Return the values that its controls refer to by position."""
        return ()

    def texts(self) -> list[str]:
        """Return every text of the session that users read, except those of pictures and suggestions."""
        return [self.title] if self.title else []

    def without(self, gone: frozenset[str]) -> Self:
        """Return the session without the pictures that have one of these keys (``keys_of``)."""
        kept = tuple(image for image in self.items if not keys_of(image) & gone)
        return self.with_(fetched=self.fetched.model_copy(update={"items": kept}))

    def hiding(self, forbidden: frozenset[str]) -> Self:
        """Return the session without the pictures that have one of these keys; they count as hidden."""
        left = self.without(forbidden)
        hidden = self.fetched.hidden + len(self.items) - len(left.items)
        return left.with_(fetched=left.fetched.model_copy(update={"hidden": hidden}))

    def withheld(self) -> Self:
        """Return the session without anything that was asked or found."""
        bare = self.fetched.model_copy(update={"items": (), "complete": True, "next_offset": None})
        return self.with_(title=WITHHELD if self.title else "", fetched=bare)

    def question(self) -> Self:
        """Return the session without its pictures: who asked what, how, and at which level of their own."""
        return type(self)(**{name: getattr(self, name) for name in self.QUESTION})

    @property
    @abstractmethod
    def can_be_asked(self) -> bool:
        """True if the question can be asked again."""

    def for_others(self) -> Self:
        """Return the session for another user's copy of it."""
        return self


class SearchSession(SessionBase):
    """Pictures found by words."""

    QUESTION = SessionBase.QUESTION | {"request"}

    kind: Literal["search"] = "search"
    request: SearchRequest | None = None
    """What was asked; None once that is withheld."""
    suggestions: tuple[Refinement, ...] = ()
    altered: str | None = None
    """The query whose pictures are shown, where the spelling was changed."""

    def choices(self) -> tuple[object, ...]:
        """Return the request and the suggestions."""
        asked = self.request.to_params() if self.request else ()
        return (asked, *(one.text for one in self.suggestions))

    def texts(self) -> list[str]:
        """Return the query, its other spelling, and the words that suggestions replace."""
        words = (*super().texts(), self.altered, *(one.instead_of for one in self.suggestions))
        return list(dict.fromkeys(word for word in words if word))

    def withheld(self) -> Self:
        """Return the session without anything that was asked or found."""
        return super().withheld().with_(request=None, suggestions=(), altered=None)

    @property
    def can_be_asked(self) -> bool:
        """True unless the request is withheld."""
        return self.request is not None


class SimilarSession(SessionBase):
    """Pictures that look like one; ``title`` is what that one is called."""

    QUESTION = SessionBase.QUESTION | {"similar_to", "subject"}

    kind: Literal["similar"] = "similar"
    similar_to: InsightsRequest | None = None
    """What was asked; None once that is withheld."""
    subject: Image | None = None
    """The picture that the others are like."""

    def withheld(self) -> Self:
        """Return the session without anything that was asked or found."""
        return super().withheld().with_(similar_to=None, subject=None)

    @property
    def can_be_asked(self) -> bool:
        """True unless the request is withheld."""
        return self.similar_to is not None


class TrendingSession(SessionBase):
    """Trending searches with a picture each: the tiles of the chosen category are the session's pictures, in order."""

    QUESTION = SessionBase.QUESTION | {"trends"}

    kind: Literal["trending"] = "trending"
    trends: TrendingRequest | None = None
    """What was asked; None once that is withheld."""
    categories: tuple[Category, ...] = ()
    category: int = 0
    """Index of the chosen one."""

    @property
    def chosen(self) -> Category | None:
        """The chosen category; None if there is none."""
        return self.categories[self.category] if self.categories else None

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """The trending searches of the chosen category."""
        return self.chosen.tiles if self.chosen else ()

    def in_category(self, number: int) -> Self:
        """Return the session with another category chosen; a number outside changes nothing."""
        if not 0 <= number < len(self.categories):
            return self
        items = tuple(tile.image for tile in self.categories[number].tiles)
        return self.with_(category=number, fetched=self.fetched.model_copy(update={"items": items}))

    def choices(self) -> tuple[object, ...]:
        """Return the categories, and which one is shown."""
        return (self.category, *(one.title for one in self.categories))

    def texts(self) -> list[str]:
        """Return the names of the categories."""
        return list(dict.fromkeys(word for word in (*super().texts(), *(one.title for one in self.categories)) if word))

    def without(self, gone: frozenset[str]) -> Self:
        """Return the session without these pictures, and without their tiles."""
        left = super().without(gone)
        if self.chosen is None:
            return left
        tiles = (tile for tile, image in zip(self.tiles, self.items, strict=False) if not keys_of(image) & gone)
        own = self.chosen.with_(tiles=tuple(tiles))
        return left.with_(categories=(*self.categories[: self.category], own, *self.categories[self.category + 1 :]))

    def withheld(self) -> Self:
        """Return the session without anything that was asked or found."""
        return super().withheld().with_(trends=None, categories=(), category=0)

    def question(self) -> Self:
        """Return the session without its pictures; of its categories only the chosen one's name stays."""
        kept = super().question()
        return kept.with_(categories=(Category(title=self.chosen.title),)) if self.chosen else kept

    @property
    def can_be_asked(self) -> bool:
        """True unless the request is withheld."""
        return self.trends is not None


class LookupSession(SessionBase):
    """A picture that was looked up."""

    kind: Literal["lookup"] = "lookup"
    lookup: Lookup
    """The lookups, and what is shown of them."""

    def showing(self, lookup: Lookup) -> Self:
        """Return the session for what the lookup shows now: the pictures of its open section are the session's."""
        result = lookup.result
        provenance = result.answer.provenance if result else None
        fetched = Fetched(
            items=pictures_of(lookup, lookup.section),
            complete=True,
            hidden=result.hidden if result else 0,
            providers=provenance.providers if provenance else (),
            notes=provenance.notes if provenance else (),
        )
        return self.with_(lookup=lookup, fetched=fetched, spoiler=self.spoiler or lookup.source.spoiler)

    @property
    def stricter_now(self) -> bool:
        """True if the place became stricter since the lookup, so that what was not judged again must not be shown."""
        result = self.lookup.result
        return result is not None and self.level > result.level

    @property
    def engines(self) -> tuple[tuple[str, str], ...]:
        """Title and address of those other engines' pages that may be shown at the level of now."""
        return () if self.stricter_now or self.level > self.lookup.engines_at else self.lookup.engines

    @property
    def may_show_asked(self) -> bool:
        """False below Off if a rater objects to the picture that was handed in, and once a found one is withheld."""
        source = self.lookup.source
        withheld = source.by is Origin.RESULT and source.image is None
        return not withheld and (not self.lookup.kept_back or self.level is SafeSearch.OFF)

    def choices(self) -> tuple[object, ...]:
        """Return the open section and whose it is: the picture's or a part's."""
        result = self.lookup.result
        return (self.lookup.section, self.lookup.unfolded, result.part if result else self.lookup.part)

    def withheld(self) -> Self:
        """Return the session without anything that was handed in or found."""
        return super().withheld().with_(lookup=self.lookup.withheld())

    def question(self) -> Self:
        """Return the session before its first lookup, without a picture that was handed in as a file."""
        kept: dict[str, Any] = {name: getattr(self, name) for name in self.QUESTION}
        return type(self)(**kept, lookup=self.lookup.question())

    @property
    def can_be_asked(self) -> bool:
        """True if the picture can be read again; nothing is kept of an uploaded file."""
        return bool(self.lookup.source.address or self.lookup.source.token)

    def for_others(self) -> Self:
        """Return the session without access to the uploaded picture."""
        return self.with_(lookup=self.lookup.for_others())


Session = Annotated[SearchSession | SimilarSession | TrendingSession | LookupSession, Discriminator("kind")]
"""A session of any kind."""
S = TypeVar("S", bound=SessionBase)
S_co = TypeVar("S_co", bound=SessionBase, covariant=True)

_SESSIONS: TypeAdapter[Session] = TypeAdapter(Session)
_STATES = TypeAdapter(PagerState)


def of_kind(content: Session, kind: type[S]) -> S | None:
    """Return the session as one of the kind that a control belongs to; None if it is of another."""
    return content if isinstance(content, kind) else None


def shows_preview(content: Session) -> bool:
    """True if a page asks which part of a picture or which frame of a video is meant, and may show it now."""
    if not isinstance(content, LookupSession):
        return False
    return content.lookup.section in {Section.REGION, Section.FRAMES} and content.may_show_asked


def pack_session(content: Session) -> bytes:
    """Write a session for storage."""
    fields = content.model_dump_json(exclude_defaults=True)  # leaves out the kind, the default of its class
    return zlib.compress(f'{{"kind":"{content.kind}",{fields[1:]}'.encode(), level=1)


def unpack_session(data: bytes) -> Session:
    """Read a session from storage.

    Raises:
        ValueError: not what ``pack_session()`` wrote, for instance of an older version.
    """
    try:
        return _SESSIONS.validate_json(zlib.decompress(data))
    except (zlib.error, ValidationError) as error:
        raise ValueError("a stored session cannot be read") from error


def pack_state(state: PagerState) -> str:
    """Write a pager state for storage."""
    return _STATES.dump_json(state).decode()


def unpack_state(text: str) -> PagerState:
    """Read a pager state from storage.

    Raises:
        ValueError: not what ``pack_state()`` wrote.
    """
    return _STATES.validate_json(text)
