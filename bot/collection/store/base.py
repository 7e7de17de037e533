"""The interface of a store. Everything above it is written once for all stores."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol, TypeVar

from bot.collection.arrays import Codes, Floats
from bot.collection.filters import ANY, PictureFilters
from bot.collection.model import Indexed
from bot.collection.text.text_query import TextQuery

T = TypeVar("T")

MAX_HITS = 1000
"""Results of one search that can be paged through; totals are capped here."""

MOST_TAGS, MOST_OTHER_TAGS = 60, 30
"""Tags that `Store.details` gives at most: of the pictures, and of what another query finds."""

SAMPLE = 50
"""Newest matches of another query whose tags are counted."""

WINDOW = 20_000
"""Matches that are ranked at most: of a word found in more pictures only the newest are."""


class StoreError(Exception):
    """The store cannot be used; ``str()`` is a plain sentence for the operator."""


class CodeKind(StrEnum):
    """Which of a picture's two codes is meant."""

    COPY = "copy_code"
    LOOKS = "looks_code"


class Hits(NamedTuple):
    """Pictures found by words, best first.

    ``capped`` is True if there are more than are listed; ``unrated`` counts those left out only because nobody rated
    them, as far as pictures are listed.
    """

    image_ids: tuple[str, ...]
    capped: bool
    unrated: int = 0


class Near(NamedTuple):
    """A picture whose code is near a query's.

    ``query`` is the place of that query code among those asked for; ``inverted`` tells a match of its complement.
    """

    image_id: str
    distance: int
    query: int
    inverted: bool


class TagCount(NamedTuple):
    """A tag, how many of the given pictures have it, and how many of all."""

    tag: str
    here: int
    overall: int


class Details(NamedTuple):
    """What an answer says of the pictures that it lists.

    Attributes:
        pictures: those that it shows, in their order.
        copies: all near copies of those that have any, themselves among them.
        tags: tags of those that it shows, most frequent first, at most `MOST_TAGS`.
        other_tags: for each of some other queries, tags of the newest pictures that it finds, most frequent first.
        total: how many pictures there are in all.
    """

    pictures: list[Indexed]
    copies: list[Indexed]
    tags: list[TagCount]
    other_tags: list[list[str]]
    total: int


class KnownFile(NamedTuple):
    """A file that is indexed: enough to tell whether it changed."""

    image_id: str
    size: int
    modified: int
    stamp: str


class Counts(NamedTuple):
    """How much is indexed."""

    pictures: int
    places: int
    unrated: int


class SearchReads(Protocol):
    """What a search reads of a store."""

    async def text(
        self, query: TextQuery, filters: PictureFilters, limit: int = MAX_HITS, window: int = WINDOW
    ) -> Hits:
        """Find by words, best first; by date if the query has no words.

        Only the newest `window` matches of the words are looked at, which bounds the time.
        """
        ...

    async def details(
        self, image_ids: Sequence[str], others: Sequence[TextQuery] | None = None, filters: PictureFilters = ANY
    ) -> Details:
        """Everything that a page of an answer says, in one read.

        Args:
            image_ids: the pictures that it shows.
            others: queries of which the tags are wanted; with None no tags are read at all.
            filters: what the pictures that those queries find must be.
        """
        ...

    async def pictures(self, image_ids: Sequence[str]) -> list[Indexed]:
        """The pictures with these ids in this order, missing ones left out; without points and words."""
        ...

    async def state(self) -> Hashable:
        """Another value after every change of the pictures or of what is said of them."""
        ...

    async def finds(self, query: TextQuery, filters: PictureFilters) -> bool:
        """Whether `text` would find anything; much cheaper."""
        ...

    async def vocabulary(self) -> Mapping[str, int]:
        """Words of all pictures and in how many each occurs, most common first; kept in memory between changes.

        While an index of many words is written, the last few seconds may be missing.
        """
        ...

    async def written(self, words: Sequence[str]) -> Mapping[str, str]:
        """How folded words are written here, of those that are written otherwise: with accents, for example."""
        ...

    async def has_vectors(self, model: str) -> bool:
        """True if any picture has a vector of this model: without one no picture need be turned into one."""
        ...

    async def shown_by(self, model: str, vector: Floats, limit: int) -> list[str]:
        """Image ids of the pictures that a vector of words in this model's space describes far better than the others.

        Best first; none where no picture stands out.
        """
        ...

    async def aside(self, work: Callable[[], T]) -> T:
        """Do work that takes a while; it does not hold up the event loop."""
        ...


class Store(SearchReads, Protocol):
    """Keeps pictures and finds them; nothing here blocks the event loop."""

    async def aclose(self) -> None:
        """Let go of files, connections and threads."""
        ...

    # -- writing

    async def upsert(self, pictures: Sequence[Indexed], rated_themselves: AbstractSet[str] = frozenset()) -> list[str]:
        """Add pictures, or places to pictures that are known by their content, all or nothing.

        A place that belonged to another picture leaves it; a picture without places is removed. A rating that a command
        gave stays with the content: when the place goes, or comes back as another one, the picture's other places take
        the rating over if theirs is milder, except those whose rating was said of the very file. Returns the addresses
        of the places that did. A picture that comes without places brings a description to a known one, if it is still
        there, and leaves its places as they are.
        """
        ...

    async def remove_places(self, keys: Sequence[str], rated_themselves: AbstractSet[str] = frozenset()) -> list[str]:
        """Forget places; pictures without places are removed. Ratings are taken over as in `upsert`, and returned.

        ``rated_themselves`` are addresses of files whose ratings were said of them just now.
        """
        ...

    async def regroup(self, groups: Mapping[str, str]) -> None:
        """Set the group of pictures, by image id."""
        ...

    async def note_identified(self, image_id: str, at: datetime) -> None:
        """Count that somebody identified a picture."""
        ...

    async def keep_vectors(self, model: str, vectors: Mapping[str, Floats]) -> None:
        """Write a model's vectors ``float32 [d]`` by image id, in place of those of any model; all or nothing."""
        ...

    # -- reading

    async def in_one_go(self, work: Callable[[SearchReads], Awaitable[T]]) -> T:
        """Read several times, on one way to the thread that reads where there is one.

        The work must wait for nothing but what it is given.
        """
        ...

    async def ungrouped(self, limit: int) -> list[Indexed]:
        """Pictures whose group is not set yet, and so must be compared with the others."""
        ...

    async def counts(self) -> Counts:
        """Count pictures, places, and pictures that nobody rated."""
        ...

    async def size(self) -> int:
        """How many pictures there are; costs nothing."""
        ...

    async def known(self, under: str) -> Mapping[str, KnownFile]:
        """Files at or below an address, by place key."""
        ...

    async def copied(self, keys: Sequence[str]) -> list[str]:
        """Image ids of the pictures that were found at one of these addresses and elsewhere too."""
        ...

    async def points(self, image_ids: Sequence[str]) -> Mapping[str, bytes]:
        """Packed local points by image id."""
        ...

    async def near(self, kind: CodeKind, codes: Codes, most: int, limit: int) -> list[Near]:
        """Pictures whose code differs from one of ``uint64 [n, 4]`` in at most `most` bits, nearest first.

        Copy codes are also compared inverted. Each picture comes once, with its smallest distance.
        """
        ...

    async def sharing(self, words: Sequence[int], limit: int) -> list[str]:
        """Pictures that share visual words, those sharing the rarest and most first."""
        ...

    async def undescribed(self, model: str) -> list[str]:
        """Image ids of the pictures that this model has not described."""
        ...

    async def without_vector(self, model: str) -> list[str]:
        """Image ids of the pictures that have no vector of this model."""
        ...

    async def like(self, model: str, vector: Floats, limit: int, least: float | None = None) -> list[str]:
        """Image ids of the pictures whose vectors of this model are nearest to ``float32 [d]``, nearest first.

        Only those whose cosine is at least ``least``; None takes what two pictures of the index have by chance at most.
        """
        ...

    async def group_members(self, groups: Sequence[str]) -> Mapping[str, list[str]]:
        """Image ids of groups of near copies, by group."""
        ...

    async def by_address(self, address: str) -> str | None:
        """The picture with this page or original address, None if there is none or more than one."""
        ...

    async def gallery(self, name: str, filters: PictureFilters, limit: int) -> list[str]:
        """Newest pictures of a gallery."""
        ...

    async def tags(self, image_ids: Sequence[str], limit: int) -> list[TagCount]:
        """Tags of these pictures, most frequent first."""
        ...

    async def tags_beginning(self, prefix: str, limit: int) -> list[str]:
        """Tags that begin so, the most common first."""
        ...

    async def most_identified(self, since: datetime, filters: PictureFilters, limit: int) -> list[str]:
        """Pictures identified most since a day."""
        ...
