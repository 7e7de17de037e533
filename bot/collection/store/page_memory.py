"""What pages of answers were made of lately, kept for as long as it holds; and how tags are counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from bot.collection.filters import PictureFilters
from bot.collection.text.text_query import TextQuery
from bot.runtime.by_identity import PICTURES

from .base import TagCount
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


def with_counts(here: Mapping[str, int], best: Sequence[str], overall: Mapping[str, int]) -> list[TagCount]:
    """Tags with how many of some pictures have them, and how many of all."""
    return [TagCount(tag, here[tag], overall.get(tag, here[tag])) for tag in best]


def most_frequent(counts: Mapping[str, int], limit: int) -> list[str]:
    """The tags that come most often, at most `limit`; of equals the first in order."""
    return sorted(sorted(counts), key=counts.__getitem__, reverse=True)[:limit]  # equals stay in order
