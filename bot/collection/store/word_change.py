"""Words that another version of Magpie cut: they are cut anew from what is said of the pictures, which is kept."""

from __future__ import annotations

import logging

from bot.collection.text.lemmas import edition

from .base import StoreError

log = logging.getLogger(__name__)

MAX_RECUT_AT_START = 50_000
"""Pictures whose words are cut anew when a bot starts, about half a minute; more are `magpie index`'s business."""


def words_in_use() -> str:
    """Names the way in which words are cut and given base forms: it changes whenever an index must be worded anew."""
    return f"3-{edition()}"


def check_recut(pictures: int, *, patient: bool) -> None:
    """Say that an index is worded anew, or refuse what would take too long.

    Raises:
        StoreError: there are more pictures than a bot should wait for.
    """
    if pictures > MAX_RECUT_AT_START and not patient:
        raise StoreError(
            "the words of the collection's index were cut by another version of Magpie: "
            "run `magpie index` once, which brings it up to date"
        )
    if pictures:
        log.info("The words of %d pictures are cut anew for this version of Magpie; this is done once.", pictures)
