"""What a session is about: its request, its pictures, what else the answer offers; and how that is stored."""

import zlib
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from bot.bing_v7 import Category, Image, InsightsRequest, Query, SafeSearch, SearchRequest, TrendingRequest

from .batches import Fetched, keys_of
from .lookup_session import Insight, pictures_of
from .pager import PagerState


class Kind(StrEnum):
    """Where the pictures of a session come from."""

    SEARCH = "search"
    SIMILAR = "similar"
    TRENDING = "trending"
    IDENTIFY = "identify"


class Refinement(BaseModel):
    """A search that the answer offers; ``kind`` is spelling, expansion, pivot, related or similar."""

    model_config = ConfigDict(frozen=True)

    kind: str
    query: Query
    """The whole suggestion, so that it can be judged again with all that hangs on it."""
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
    """Return what people see of a search that may be made."""
    return query.display_text or query.text


class Content(BaseModel):
    """Everything of a session but its pager state.

    ``title`` is what was asked, as the asker wrote it; ``asker_moderates`` tells that they may block sites here.
    ``level`` and ``rule`` are those of the last answer. ``private`` answers are seen by the asker alone; ``shared``
    tells that one was published already, ``published`` that this is the published copy. The pictures of a ``spoiler``
    are shown openly to the asker alone.
    """

    model_config = ConfigDict(frozen=True)

    kind: Kind = Kind.SEARCH
    title: str = ""
    request: SearchRequest | None = None
    own: SafeSearch | None = None
    asker_id: int
    asker_moderates: bool = False
    locale: str = "en-US"
    private: bool = False
    shared: bool = False
    published: bool = False
    spoiler: bool = False
    level: SafeSearch = SafeSearch.STRICT
    rule: str = "unknown"
    fetched: Fetched = Fetched()
    suggestions: tuple[Refinement, ...] = ()
    unloaded: tuple[str, ...] = ()
    """Addresses of pictures that Discord could not load when they were shown."""
    altered: str | None = None
    """The query whose pictures are shown, where the spelling was changed."""
    subject: Image | None = None
    """The picture that the pictures of a session are like."""
    categories: tuple[Category, ...] = ()
    """Of the one that is shown, the tiles' pictures are the session's, place by place."""
    category: int = 0
    similar_to: InsightsRequest | None = None
    """What was asked, for similar pictures."""
    trends: TrendingRequest | None = None
    """What was asked, for trending searches."""
    insight: Insight | None = None
    """The lookups of an identify session, and what is shown of them."""

    def with_(self, **changes: object) -> Self:
        """Return a copy with some fields replaced by values of their type."""
        return self.model_copy(update=changes)

    @property
    def items(self) -> tuple[Image, ...]:
        """The pictures fetched so far."""
        return self.fetched.items

    def page(self, state: PagerState) -> tuple[Image, ...]:
        """Return the pictures of the page that a state stands at."""
        return self.items[state.index : state.index + state.size]

    def without(self, gone: frozenset[str]) -> Self:
        """Return the content without the pictures that have one of these keys (``keys_of``); they count as hidden."""
        kept = [place for place, image in enumerate(self.items) if not keys_of(image) & gone]
        fetched = self.fetched.model_copy(
            update={
                "items": tuple(self.items[place] for place in kept),
                "hidden": self.fetched.hidden + len(self.items) - len(kept),
            }
        )
        categories = self.categories
        if categories:
            own = categories[self.category]
            own = own.with_(tiles=tuple(own.tiles[place] for place in kept))
            categories = (*categories[: self.category], own, *categories[self.category + 1 :])
        return self.with_(fetched=fetched, categories=categories)

    def pack(self) -> bytes:
        """Write for storage."""
        return zlib.compress(self.model_dump_json(exclude_defaults=True).encode(), level=1)

    @classmethod
    def unpack(cls, data: bytes) -> Self:
        """Read from storage.

        Raises:
            ValueError: not what ``pack()`` wrote, for instance of an older version.
        """
        try:
            return cls.model_validate_json(zlib.decompress(data))
        except (zlib.error, ValidationError) as error:
            raise ValueError("a stored session cannot be read") from error


def as_content(insight: Insight, base: Content) -> Content:
    """Return the content of an identify session's message for what the insight shows now."""
    look = insight.look
    provenance = look.answer.provenance if look else None
    fetched = Fetched(
        items=pictures_of(insight, insight.section),
        complete=True,
        hidden=look.hidden if look else 0,
        providers=provenance.providers if provenance else (),
        notes=provenance.notes if provenance else (),
    )
    spoiler = base.spoiler or insight.handed.spoiler
    return base.with_(kind=Kind.IDENTIFY, insight=insight, fetched=fetched, spoiler=spoiler)


def for_others(content: Content) -> Content:
    """Return the content of an identify session for somebody else's copy of it; any other content as it is."""
    return content.with_(insight=content.insight.for_others()) if content.insight is not None else content


def insight_of(content: Content) -> Insight:
    """Return what an identify session remembers.

    Raises:
        ValueError: it is no identify session, or one that another version stored.
    """
    if content.insight is None:
        raise ValueError("a stored lookup cannot be read")
    return content.insight


_STATES = TypeAdapter(PagerState)


def pack_state(state: PagerState) -> str:
    """Write a pager state for storage."""
    return _STATES.dump_json(state).decode()


def unpack_state(text: str) -> PagerState:
    """Read a pager state from storage.

    Raises:
        ValueError: not what ``pack_state()`` wrote.
    """
    return _STATES.validate_json(text)
