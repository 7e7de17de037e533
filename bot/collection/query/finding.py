"""Which searches find something: asked of the store once in each of its states."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from bot.collection.filters import PictureFilters
from bot.collection.store import Store
from bot.collection.store.base import SearchReads
from bot.collection.text.text_query import parse_query

_KEPT = 4096


class Finding:
    """Says which searches find pictures of some ratings, and remembers it until something is written.

    Args:
        store: where the pictures are.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._state: Hashable = None
        self._known: dict[tuple[str, tuple[int, ...]], bool] = {}

    async def which(self, searches: Iterable[str], ratings: tuple[int, ...]) -> frozenset[str]:
        """Return the searches that find a picture with one of the ratings."""
        wanted = dict.fromkeys(searches)
        known = self._known if await self._store.state() == self._state else {}
        told = {text: known[text, ratings] for text in wanted if (text, ratings) in known}
        if missing := [text for text in wanted if text not in told]:
            told |= await self._read(missing, ratings)
        return frozenset(text for text, found in told.items() if found)

    async def _read(self, searches: Sequence[str], ratings: tuple[int, ...]) -> dict[str, bool]:
        filters = PictureFilters(ratings=ratings)

        async def read(store: SearchReads) -> tuple[Hashable, dict[str, bool]]:
            state = await store.state()
            return state, {text: await store.finds(parse_query(text), filters) for text in searches}

        state, told = await self._store.in_one_go(read)
        if state != self._state or len(self._known) > _KEPT:
            self._state, self._known = state, {}
        self._known.update({(text, ratings): found for text, found in told.items()})
        return told
