"""The service that cogs and pages call: a requester and a request in, an answer that the place allows out.

Every answer is judged at the level and lists of the moment it is returned: they are read again after the provider has
answered, and if they have become stricter meanwhile, the question is asked again under the new rules.
"""

import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractContextManager, aclosing, nullcontext
from typing import Protocol, TypeVar

from bot.bing_v7 import (
    Capabilities,
    Image,
    ImageAnswer,
    ImageInsights,
    InsightsRequest,
    Picture,
    Query,
    SafeSearch,
    SearchRequest,
    Tile,
    TrendingImages,
    TrendingRequest,
    Verb,
)
from bot.providers.linkouts import link_outs
from bot.runtime.background import BackgroundTasks
from bot.safesearch.guard import Guard, Guarded, GuardedProvider
from bot.safesearch.lists import Lists
from bot.safesearch.place import Place, Requester
from bot.safesearch.policies import Policies, SettingsChanging
from bot.safesearch.policy import Decision

log = logging.getLogger(__name__)

T = TypeVar("T")
_MOST_ROUNDS = 3
"""Maximum times that a question is asked again because its place became stricter meanwhile."""
MOST_SUGGESTIONS = 25


class Counting(Protocol):
    """Where searches are counted and people's own recent ones are kept (for those who want that)."""

    async def searched(self, requester: Requester, query: str, level: SafeSearch) -> None:
        """Count a search that had results."""
        ...

    async def suggestions(self, requester: Requester, prefix: str, level: SafeSearch, limit: int) -> Sequence[str]:
        """Return searches that begin so: the person's own first, then those many people of the server made."""
        ...

    def scope(self, requester: Requester) -> str | None:
        """Return what stands for the requester's server where searches are counted, None outside of servers."""
        ...


class SearchService:
    """Guarded access to pictures.

    Args:
        guard: gives access to the providers.
        policies: which level and lists hold where.
        counting: where searches are counted; None counts nothing and suggests nothing.
        place_now: returns a place with Discord's facts of now (its age flag may have changed); None leaves them.
        charged_to: marks what is asked inside it as asked by a person and in a server, for budgets.
    """

    def __init__(
        self,
        guard: Guard,
        policies: Policies,
        *,
        counting: Counting | None = None,
        place_now: Callable[[Place], Place] | None = None,
        charged_to: Callable[[int | None, int | None], AbstractContextManager[None]] | None = None,
    ) -> None:
        self._guard = guard
        self._policies = policies
        self._counting = counting
        self.place_now = place_now
        self._charged_to = charged_to
        self.background = BackgroundTasks("a search could not be counted")
        """Counting: nobody waits for it."""

    async def decide(self, requester: Requester) -> Decision:
        """Return the level in force for a requester now; their own level can only make it stricter."""
        return (await self.rules(requester))[0]

    async def search(self, requester: Requester, request: SearchRequest) -> Guarded[ImageAnswer]:
        """Find pictures by words.

        Raises:
            ProviderError: there is no answer; `Blocked` if the query is not allowed here.
        """
        found = await self._asked(requester, lambda face: face.search(request))
        if request.offset == 0 and found.answer.value:
            self._count(requester, request.q, found.decision.level)
        return found

    async def insights(self, requester: Requester, request: InsightsRequest) -> Guarded[ImageInsights]:
        """Say what a picture is and where it comes from.

        Raises:
            ProviderError: there is no answer.
        """
        return await self._asked(requester, lambda face: face.insights(request))

    async def insights_as_completed(
        self, requester: Requester, request: InsightsRequest, *, inside: bool = False
    ) -> AsyncGenerator[Guarded[ImageInsights], None]:
        """Yield what was found so far each time another provider has answered; ``waiting`` names who is still busy.

        ``inside`` asks only providers on the operator's own machines. Once the place becomes stricter on the way, the
        lookup begins anew under the new rules. Raises as `insights`.
        """
        guard = self._guard.inside() if inside else self._guard
        for _ in range(_MOST_ROUNDS):
            decision, lists = await self.rules(requester)
            stricter = False
            with self._charge(requester):
                async with aclosing(guard.at(decision, lists).insights_as_completed(request)) as steps:
                    async for step in steps:
                        if stricter := await self._tightened(requester, decision, lists):
                            break
                        yield step
            if not stricter:
                return
        raise SettingsChanging

    async def trending(self, requester: Requester, request: TrendingRequest) -> Guarded[TrendingImages]:
        """Return trending searches, of the server and in general.

        Raises:
            ProviderError: there is no answer.
        """
        scope = self._counting.scope(requester) if self._counting else None
        asked = request.within(scope) if scope else request
        return await self._asked(requester, lambda face: face.trending(asked))

    async def picture(self, requester: Requester, image: Image, max_edge: int | None = None) -> Picture | None:
        """Return the bytes of a picture without a public address; None if it may not be shown here now."""
        return await self._asked(requester, lambda face: face.picture(image, max_edge))

    async def allowed(self, requester: Requester, images: Sequence[Image]) -> Guarded[tuple[Image, ...]]:
        """Judge stored pictures anew at the level and lists of now."""
        decision, lists = await self.rules(requester)
        face = self._guard.at(decision, lists)
        if not face.needs_ratings(images):  # nothing is waited for, so that these are still the rules of now
            return face.judged(images)
        return await self._asked(requester, lambda face: face.allowed(images))

    async def allowed_insights(
        self, requester: Requester, answer: ImageInsights, asked: SafeSearch
    ) -> Guarded[ImageInsights]:
        """Judge a stored lookup, made at the level ``asked``, anew at the level and lists of now."""
        return await self._asked(requester, lambda face: face.insights_again(answer, asked))

    async def allowed_texts(self, requester: Requester, texts: Iterable[str]) -> list[str]:
        """Return those of the stored texts (suggestions, titles, captions) that may be shown here now."""
        decision, lists = await self.rules(requester)
        return self._guard.at(decision, lists).texts(list(texts))

    async def withdrawn(
        self, requester: Requester, searches: Sequence[str], providers: Sequence[str]
    ) -> frozenset[str]:
        """Return those of the searches that ``providers`` offered whose pictures may not be shown here any more."""
        return await self._asked(requester, lambda face: face.withdrawn(searches, providers))

    async def allowed_offers(self, requester: Requester, things: Sequence[Query | Tile]) -> list[bool]:
        """Say of each stored suggestion or tile whether it may be offered here now, with all that hangs on it."""
        decision, lists = await self.rules(requester)
        return self._guard.at(decision, lists).offers(things)

    async def suggest(self, requester: Requester, prefix: str) -> list[str]:
        """Return searches to offer for what was typed so far, at most 25, each fit for the place.

        The person's own and those of many people come first, then tags and titles of the operator's pictures.
        """

        async def offered(face: GuardedProvider) -> list[str]:
            found: list[str] = []
            if self._counting is not None:
                found += await self._counting.suggestions(requester, prefix, face.level, 2 * MOST_SUGGESTIONS)
            found += await face.complete(prefix, MOST_SUGGESTIONS)
            return face.texts(list(dict.fromkeys(found)))[:MOST_SUGGESTIONS]

        return await self._asked(requester, offered)

    @property
    def capabilities(self) -> Capabilities:
        """What the providers can do."""
        return self._guard.capabilities

    @property
    def reads_text(self) -> bool:
        """True if a lookup can be asked for the text in a picture."""
        return self._guard.capabilities.reads_text

    def outside(self, verb: Verb) -> tuple[str, ...]:
        """Return the names of the providers that a verb would ask beyond the operator's own machines."""
        return self._guard.outside(verb)

    def own(self, verb: Verb) -> tuple[str, ...]:
        """Return the names of the providers on the operator's own machines that have a verb."""
        return self._guard.own(verb)

    async def linkouts(self, requester: Requester, address: str) -> Sequence[tuple[str, str]]:
        """Return title and address of other engines' pages for a public picture; none that ignores the level here."""
        decision = await self.decide(requester)
        return [(link.title, target) for link, target in link_outs(address, decision.level)]

    async def aclose(self) -> None:
        """Close the providers."""
        await self.background.settled()
        await self._guard.aclose()

    async def rules(self, requester: Requester) -> tuple[Decision, Lists]:
        """Return level and lists of now: what was judged at the same ones need not be judged again.

        They come from the facts of the event and those of now, whichever is stricter.
        """
        decision, lists = await self._policies.rules(requester.place, requester.own)
        if self.place_now is not None:
            place = self.place_now(requester.place)
            if place is not requester.place:
                now, lists = await self._policies.rules(place, requester.own)  # the server's, read later
                decision = max(decision, now, key=lambda one: one.level.strictness)
        return decision, lists

    async def _asked(self, requester: Requester, ask: Callable[[GuardedProvider], Awaitable[T]]) -> T:
        for _ in range(_MOST_ROUNDS):
            decision, lists = await self.rules(requester)
            with self._charge(requester):
                answer = await ask(self._guard.at(decision, lists))
            if not await self._tightened(requester, decision, lists):
                return answer
        raise SettingsChanging

    async def _tightened(self, requester: Requester, decision: Decision, lists: Lists) -> bool:
        now, lists_now = await self.rules(requester)
        return now.level > decision.level or lists_now != lists

    def _charge(self, requester: Requester) -> AbstractContextManager[None]:
        if self._charged_to is None:
            return nullcontext()
        return self._charged_to(requester.user_id, requester.place.guild_id)

    def _count(self, requester: Requester, query: str, level: SafeSearch) -> None:
        if self._counting is not None:
            self.background.start(self._counting.searched(requester, query, level))
