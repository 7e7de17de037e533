"""Words that another version of Magpie tokenized: they are tokenized again from the pictures' texts, which are kept."""

from __future__ import annotations

import logging

from bot.collection.text.lemmas import edition

from .base import StoreError

log = logging.getLogger(__name__)

MAX_RECUT_AT_START = 50_000
"""Maximum pictures whose words are tokenized again when a bot starts (half a minute); more need `magpie index`."""


def words_in_use() -> str:
    """Return the version of tokenizing and base forms; when it changes, an index has to be tokenized again."""
    return f"4-{edition()}"


def check_recut(pictures: int, *, patient: bool) -> None:
    """Log that an index is tokenized again, or refuse what would take too long.

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
