"""Which searches find something: asked of the store once in each of its states."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from bot.collection.filters import PictureFilters
from bot.collection.store import Store
from bot.collection.store.base import SearchReads
from bot.collection.store.state_memory import StateMemory
from bot.collection.text.text_query import parse_query

_KEPT = 4096


class Finding:
    """Says which searches find pictures of some ratings, and remembers it until something is written.

    Args:
        store: where the pictures are.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: StateMemory[tuple[str, tuple[int, ...]], bool] = StateMemory(_KEPT)

    async def which(self, searches: Iterable[str], ratings: tuple[int, ...]) -> frozenset[str]:
        """Return the searches that find a picture with one of the ratings."""
        wanted = {(text, ratings): text for text in searches}
        told = self._known.known(await self._store.state(), wanted)
        if missing := [text for key, text in wanted.items() if key not in told]:
            told |= await self._read(missing, ratings)
        return frozenset(text for (text, _), found in told.items() if found)

    async def _read(self, searches: Sequence[str], ratings: tuple[int, ...]) -> dict[tuple[str, tuple[int, ...]], bool]:
        filters = PictureFilters(ratings=ratings)

        async def read(store: SearchReads) -> tuple[Hashable, dict[tuple[str, tuple[int, ...]], bool]]:
            state = await store.state()
            return state, {(text, ratings): await store.finds(parse_query(text), filters) for text in searches}

        state, told = await self._store.in_one_go(read)
        self._known.keep(state, told)
        return told
