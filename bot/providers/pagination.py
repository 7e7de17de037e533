"""A search as one list: ``offset`` and ``count`` cut it anywhere, and every picture is in it once.

Programs written for v7 page in two ways: by ``nextOffset``, and by adding ``count`` to ``offset`` until
``totalEstimatedMatches``. Services count their pages each in its own way, repeat pictures at the joins, or cannot start
in the middle. So the list is put together from its beginning, in blocks that are the same whatever the caller's pages
are, and then cut. Nothing has to be stored for that: the blocks of earlier pages come from the cache where terms allow
one, and the provider that answers is found again by asking in the same order. A provider with ``steady_offsets`` is
asked for exactly the page.
"""

import asyncio
from collections.abc import Hashable

from cachetools import TTLCache

from bot.bing_v7 import Image, ImageAnswer, ProviderError, SearchRequest, Unavailable, Verb
from bot.bing_v7.paging import Pages
from bot.bing_v7.requests import MAX_COUNT
from bot.bing_v7.wrapper import Wrapper
from bot.providers.middleware.cache import key_of
from bot.providers.routing.chain import Chain

BLOCK = MAX_COUNT
"""Pictures to ask a provider for at once; it may give fewer."""
_MAX_LENGTH = 1_000
"""Length of a list whose provider counts nothing and names no limit: what the retired service gave at most."""
_REMEMBERED, _SECONDS = 1_024, 900.0


class PaginatedSearch(Wrapper):
    """A chain whose searches are lists; the other verbs are the chain's own.

    Args:
        chain: who is asked.
        within: seconds for putting a list together.
    """

    def __init__(self, chain: Chain, *, within: float = 20.0) -> None:
        super().__init__(chain)
        self._chain = chain
        self._within = within
        searching = [one for one in chain.members if one.capabilities.supports(Verb.SEARCH)]
        self._steady = frozenset(one.name for one in searching if one.capabilities.steady_offsets)
        self._only = searching[0].name if len(searching) == 1 else None
        self._longest = {one.name: one.capabilities.max_results or _MAX_LENGTH for one in searching}
        self._owners: TTLCache[Hashable, str] = TTLCache(_REMEMBERED, _SECONDS)

    async def search(self, request: SearchRequest) -> ImageAnswer:
        """Return the pictures of the list from ``offset`` on, at most ``count``; raises as the chain does.

        Who answered is remembered by name alone, so that a provider that failed for a moment does not take over in the
        middle of a list.
        """
        owner = self._only
        try:
            async with asyncio.timeout(self._within):
                if owner is not None and owner in self._steady:
                    return await self._page(owner, request)
                first: ImageAnswer | None = None
                beginning = request.model_copy(update={"offset": 0, "count": BLOCK})
                key = key_of(self.name, Verb.SEARCH, beginning)
                owner = owner or (self._owners.get(key) if request.offset else None)
                if owner is None:
                    owner, first = await self._chain.search_of(None, beginning)
                self._owners[key] = owner
                if owner in self._steady:
                    return await self._page(owner, request)
                return await self._cut(owner, request, Pages(beginning), first)
        except TimeoutError:
            raise Unavailable(f"no list within {self._within:g} s", provider=owner or self.name) from None

    async def _page(self, owner: str, request: SearchRequest) -> ImageAnswer:
        """Return a steady provider's page; past the end with the total of the beginning."""
        _, answer = await self._chain.search_of(owner, request)
        if answer.value or answer.total_estimated_matches is not None or not request.offset:
            return answer
        _, first = await self._chain.search_of(owner, request.model_copy(update={"offset": 0, "count": 1}))
        return answer.with_(total_estimated_matches=first.total_estimated_matches)

    async def _cut(self, owner: str, request: SearchRequest, pages: Pages, first: ImageAnswer | None) -> ImageAnswer:
        """Put together as much of the list as the page needs, and cut the page out."""
        end = request.offset + request.count
        block, found, whole = first, list[Image](), False
        while pages.next is not None and len(found) < end:
            try:
                block = block or (await self._chain.search_of(owner, pages.next))[1]
            except ProviderError:
                if len(found) <= request.offset or first is None:
                    raise
                break  # what is there already is a page, and its nextOffset asks for the rest
            found += pages.take(block).value
            if first is None or first is block:
                first, whole = block, pages.ended
            block = None
        if first is None:
            raise Unavailable("nobody was asked", provider=owner)
        value = tuple(found[request.offset : end])
        more = bool(value) and (len(found) > end or not pages.ended)
        return first.with_(
            value=value,
            current_offset=request.offset,
            next_offset=request.offset + len(value) if more else None,
            total_estimated_matches=self._total(owner, first, len(found) if whole else None),
        )

    def _total(self, owner: str, first: ImageAnswer, length: int | None) -> int | None:
        """Return the length of the list, the same for every page: counted, the provider's own figure, or its limit.

        An answer without any picture has no total, as v7's had none.
        """
        if not first.value:
            return None
        if length is not None:
            return length
        return first.total_estimated_matches or self._longest[owner]
