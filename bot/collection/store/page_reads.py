"""What a page of an answer says: read once for each state of a store, and put together for both stores."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, TypeAlias

from bot.collection.filters import ANY, PictureFilters
from bot.collection.model import Indexed
from bot.collection.text.text_query import TextQuery
from bot.runtime.by_identity import PICTURES

from .base import MOST_TAGS, Details, TagCount
from .recent import RecentPictures
from .state_memory import StateMemory

_TAGS, _QUERIES = 16_384, 1_024
"""Tags and queries of which is remembered what was counted."""

Asked: TypeAlias = tuple[str, TextQuery, PictureFilters]
"""A query as the store's search is asked it, which accents and capitals of what was typed decide as well and which
dictionaries are there; the query itself, which also names hosts; and the filters."""


class PageMemory:
    """What pages of answers were made of lately: pictures, and what holds until something is written."""

    def __init__(self) -> None:
        self.pictures = RecentPictures()
        self.groups: StateMemory[str, tuple[str, ...]] = StateMemory(PICTURES)
        self.tag_counts: StateMemory[str, int] = StateMemory(_TAGS)
        self.tags_found: StateMemory[Asked, list[str]] = StateMemory(_QUERIES)


class StoreState(NamedTuple):
    """What a store is in now: another ``state`` after every write, and how many pictures there are."""

    state: Hashable
    pictures: int


class PageReads(ABC):
    """Reads of a page's pictures, their copies and tags; what was read in this state need not be read again.

    Args:
        pages: what was read before.
    """

    def __init__(self, pages: PageMemory) -> None:
        self._pages = pages

    @abstractmethod
    async def _store_state(self) -> StoreState:
        """The state that all else is read in, or in a later one; read once."""

    @abstractmethod
    def _match(self, query: TextQuery) -> str:
        """The words of a query as the store's search is asked them."""

    @abstractmethod
    async def _read_pictures(self, image_ids: list[str]) -> Mapping[str, Indexed]: ...

    @abstractmethod
    async def _read_members(self, groups: list[str]) -> Mapping[str, tuple[str, ...]]: ...

    @abstractmethod
    async def _read_tag_counts(self, tags: list[str]) -> Mapping[str, int]: ...

    @abstractmethod
    async def _read_tags_found(self, asked: list[Asked]) -> Mapping[Asked, list[str]]: ...

    async def state(self) -> Hashable:
        """Another value after every write."""
        return (await self._store_state()).state

    async def pictures(self, image_ids: Sequence[str]) -> list[Indexed]:
        """Pictures in the order of their ids."""
        state, recent = await self.state(), self._pages.pictures
        found = recent.known(state, image_ids)
        if missing := [image_id for image_id in image_ids if image_id not in found]:
            found |= recent.keep(state, await self._read_pictures(missing))
        return [found[image_id] for image_id in image_ids if image_id in found]

    async def details(
        self, image_ids: Sequence[str], others: Sequence[TextQuery] | None = None, filters: PictureFilters = ANY
    ) -> Details:
        """What a page of an answer says."""
        pictures = await self.pictures(image_ids)
        copies = await self._copies(pictures)
        if others is None:
            return Details(pictures, copies, [], [], 0)
        (state, total), pages = await self._store_state(), self._pages
        here = Counter(chain.from_iterable(picture.tags for picture in pictures))
        best = most_frequent(here, MOST_TAGS)
        overall = await pages.tag_counts.get(state, best, self._read_tag_counts)
        asked = [(self._match(query), query, filters) for query in others]
        found = await pages.tags_found.get(state, asked, self._read_tags_found)
        return Details(pictures, copies, with_counts(here, best, overall), [found[one] for one in asked], total)

    async def _copies(self, pictures: Sequence[Indexed]) -> list[Indexed]:
        """The members of the pictures' groups, where a group has more than one."""
        groups = {picture.group for picture in pictures if picture.group}
        members = await self._pages.groups.get(await self.state(), groups, self._read_members)
        image_ids = sorted(image_id for ids in members.values() if len(ids) > 1 for image_id in ids)
        return await self.pictures(image_ids) if image_ids else []


def with_counts(here: Mapping[str, int], best: Sequence[str], overall: Mapping[str, int]) -> list[TagCount]:
    """Tags with how many of some pictures have them, and how many of all."""
    return [TagCount(tag, here[tag], overall.get(tag, here[tag])) for tag in best]


def most_frequent(counts: Mapping[str, int], limit: int) -> list[str]:
    """The tags that come most often, at most `limit`; of equals the first in order."""
    return sorted(sorted(counts), key=counts.__getitem__, reverse=True)[:limit]  # equals stay in order
