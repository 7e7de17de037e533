"""Several providers as one: the next is asked where one cannot answer, and the answer notes what failed."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Collection, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TypeVar

from bot.bing_v7 import (
    Blocked,
    Capabilities,
    CompletesQueries,
    HoldsPictures,
    ImageAnswer,
    ImageInsights,
    InsightsRequest,
    InvalidRequest,
    LevelNotHonoured,
    Module,
    NotSupported,
    Picture,
    Provider,
    ProviderError,
    SafeSearch,
    SearchRequest,
    TrendingImages,
    TrendingRequest,
    Unavailable,
    Verb,
    WithdrawsSearches,
)
from bot.providers.failures import failure_note, worst
from bot.runtime.deadlines import finish_within

from .asking import ask_one, ask_side_by_side
from .fallback import FallbackSearch
from .merge import merge_insights, merge_provenance, merge_trending
from .owners import Offsets, TokenOwners

_T = TypeVar("_T")
_COMPLETING = 1.5
"""Seconds within which a query that is being typed must be completed; Discord waits for three."""


@dataclass(frozen=True, slots=True)
class LookupProgress:
    """What a lookup by several providers has found so far; ``waiting`` names those that have not answered yet."""

    insights: ImageInsights
    waiting: tuple[str, ...] = ()


class Chain:
    """An ordered list of providers per verb.

    Args:
        members: the providers of each verb, first asked first; names must differ.
        within: seconds for a whole answer.
        name: the chain's own name.
    """

    def __init__(self, members: Mapping[Verb, Sequence[Provider]], *, within: float = 5.0, name: str = "chain") -> None:
        self.name = name
        self.title = " + ".join(dict.fromkeys(member.title for verb in Verb for member in members.get(verb, ())))
        self._members = {verb: tuple(members.get(verb, ())) for verb in Verb}
        self._every = tuple({id(member): member for verb in Verb for member in self._members[verb]}.values())
        self._holders = [member for member in self._every if isinstance(member, HoldsPictures)]
        self._completers = [member for member in self._every if isinstance(member, CompletesQueries)]
        self._withdrawers = [member for member in self._every if isinstance(member, WithdrawsSearches)]
        self._capabilities = self._joined([member.capabilities for member in self._every])
        self._within = within
        self._offsets = Offsets([member.name for member in self._members[Verb.SEARCH]])
        self._tokens = TokenOwners(member.name for member in self.members)

    @property
    def members(self) -> tuple[Provider, ...]:
        """Every provider once."""
        return self._every

    @property
    def capabilities(self) -> Capabilities:
        """What at least one member can do; members apply their own limits, terms and text-only rules."""
        return self._capabilities

    def _joined(self, known: Sequence[Capabilities]) -> Capabilities:
        return Capabilities(
            levels={verb: self._levels(verb) for verb in Verb},
            filters=frozenset(name for m in self._members[Verb.SEARCH] for name in m.capabilities.filters),
            modules=frozenset(module for one in known for module in one.modules),
            reads_text=any(one.reads_text for one in known),
            outside=any(one.outside for one in known),
        )

    def _levels(self, verb: Verb) -> frozenset[SafeSearch]:
        return frozenset(level for m in self._members[verb] for level in m.capabilities.levels.get(verb, ()))

    async def search(self, request: SearchRequest) -> ImageAnswer:
        """Ask the providers in order until one finds something; later pages go to the one that answered.

        Raises:
            LevelNotHonoured: none honours the level, so none was asked.
            ProviderError: none could answer; the error that tells people most.
        """
        try:
            owner, offset = self._offsets.read(request.offset)
        except KeyError:
            raise InvalidRequest("that page's provider is gone", parameter="offset", provider=self.name) from None
        name, answer = await self.search_of(owner, request.model_copy(update={"offset": offset}))
        return answer.with_(current_offset=request.offset, next_offset=self._offsets.write(name, answer.next_offset))

    async def search_of(self, owner: str | None, request: SearchRequest) -> tuple[str, ImageAnswer]:
        """Ask one provider by name, or all in order (None); return who answered, and its answer.

        Offsets are the provider's own here, in the request and in the answer. Raises as `search`.
        """
        self._able(Verb.SEARCH, request.safe_search, owner)
        members = [member for member in self._members[Verb.SEARCH] if owner in {None, member.name}]
        within = self._time_of(members[0]) if len(members) == 1 else self._within
        deadline = asyncio.get_running_loop().time() + within

        async def search(member: Provider, asked: SearchRequest, within: float) -> ImageAnswer:
            return await ask_one(member, lambda: member.search(asked), within)

        name, answer = await FallbackSearch(members, request, search, deadline).run()
        return name, self._tokens.mark(answer, name)

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        """Ask every provider that can look pictures up, side by side, and merge what they find.

        Whoever needs longer than the others is waited for only while nothing is found; who is missing is noted.

        Raises:
            Blocked: one of them says that the picture is not allowed here.
            ProviderError: none could answer.
        """
        deadline = asyncio.get_running_loop().time() + self._within
        last: LookupProgress | None = None
        async with aclosing(self.insights_as_completed(request)) as steps:
            while True:
                found = last is not None and not last.insights.is_empty
                try:
                    last = await asyncio.wait_for(
                        anext(steps), max(0.0, deadline - asyncio.get_running_loop().time()) if found else None
                    )
                except StopAsyncIteration:
                    break
                except TimeoutError:
                    break
        if last is None:
            raise Unavailable("nobody answered", provider=self.name)
        late = [failure_note(name, Unavailable("needs longer", provider=name)) for name in last.waiting]
        return last.insights.with_(provenance=merge_provenance([last.insights.provenance], late))

    async def insights_as_completed(self, request: InsightsRequest) -> AsyncGenerator[LookupProgress, None]:
        """Yield the merged findings each time another provider has answered; the last one is the whole answer.

        Close the generator (``contextlib.aclosing``) when leaving early. Raises as `insights` does.
        """
        owner, native = self._tokens.read(request.insights_token)
        able = self._able(Verb.INSIGHTS, request.safe_search, owner)
        members = [member for member in able if _has_part(member, request)]
        if not members:
            raise NotSupported("nobody has the parts that were asked for", provider=self.name)
        asked = request.model_copy(update={"insights_token": native})
        answers: dict[str, ImageInsights] = {}
        failures: dict[str, ProviderError] = {}
        async with aclosing(
            ask_side_by_side(members, lambda member: member.insights(asked), self._time_of)
        ) as outcomes:
            async for name, outcome in outcomes:
                if isinstance(outcome, Blocked):
                    raise outcome
                if isinstance(outcome, ProviderError):
                    failures[name] = outcome
                else:
                    answers[name] = self._tokens.mark(outcome, name)
                waiting = tuple(m.name for m in members if m.name not in answers.keys() | failures.keys())
                if answers:
                    notes = [failure_note(failed, error) for failed, error in failures.items()]
                    found = [answers[member.name] for member in members if member.name in answers]
                    yield LookupProgress(merge_insights(found, notes), waiting)
        if not answers:
            raise worst(list(failures.values()))

    async def trending(self, request: TrendingRequest) -> TrendingImages:
        """Ask every provider that has trends, side by side, and merge their categories.

        Which server asks is told only to providers on the operator's own machines.
        """
        members = self._able(Verb.TRENDING, request.safe_search)
        answers: dict[str, TrendingImages] = {}
        failures: dict[str, ProviderError] = {}
        steps = ask_side_by_side(members, lambda member: member.trending(_for(member, request)), lambda _: self._within)
        async with aclosing(steps) as outcomes:
            async for name, outcome in outcomes:
                if isinstance(outcome, ProviderError):
                    failures[name] = outcome
                else:
                    answers[name] = self._tokens.mark(outcome, name)
        if not answers:
            raise worst(list(failures.values()))
        notes = [failure_note(name, error) for name, error in failures.items()]
        return merge_trending([answers[member.name] for member in members if member.name in answers], notes)

    def inside(self) -> "Chain":
        """Return a chain of the providers on the operator's own machines; they are still closed by this one."""
        own = {verb: [one for one in found if not one.capabilities.outside] for verb, found in self._members.items()}
        chain = Chain(own, within=self._within, name=self.name)
        chain._tokens = self._tokens  # a token of a provider outside is still nobody's here
        return chain

    async def picture(self, image_id: str, max_edge: int | None = None) -> Picture | None:
        """Return a picture that one of the providers holds itself."""
        for member in self._holders:
            found = await self._in_time(member.picture(image_id, max_edge), "no picture")
            if found:
                return found
        return None

    async def ratings(self, image_ids: Sequence[str]) -> Mapping[str, bool | None]:
        """Return ratings of now, of each picture by the first of the providers that holds it.

        Raises:
            Unavailable: one of them did not answer in time.
        """
        found: dict[str, bool | None] = {}
        for member in self._holders:
            if missing := [image_id for image_id in image_ids if image_id not in found]:
                found.update(await self._in_time(member.ratings(missing), "no ratings"))
        return found

    async def complete(self, prefix: str, limit: int = 10, level: SafeSearch = SafeSearch.STRICT) -> list[str]:
        """Return completions of a query from the providers on the operator's own machines; none outside is asked."""
        found: dict[str, None] = {}
        for member in self._completers:
            if not member.capabilities.outside:
                try:
                    found.update(dict.fromkeys(await finish_within(member.complete(prefix, limit, level), _COMPLETING)))
                except (TimeoutError, ProviderError):
                    continue
        return list(found)[:limit]

    async def withdrawn(
        self, searches: Sequence[str], providers: Collection[str], level: SafeSearch = SafeSearch.STRICT
    ) -> frozenset[str]:
        """Return the searches that a provider which offered them offers no more.

        Raises:
            Unavailable: one of them did not say so in time.
        """
        gone: frozenset[str] = frozenset()
        for member in self._withdrawers:
            if member.name in providers:
                gone |= await self._in_time(member.withdrawn(searches, providers, level), "not told")
        return gone

    async def _in_time(self, work: Awaitable[_T], otherwise: str) -> _T:
        try:
            return await finish_within(work, self._within)
        except TimeoutError:
            raise Unavailable(f"{otherwise} within {self._within:.1f} s", provider=self.name) from None

    async def aclose(self) -> None:
        """Close every provider once."""
        for member in self.members:
            await member.aclose()

    def _able(self, verb: Verb, level: SafeSearch, only: str | None = None) -> list[Provider]:
        """Return the providers that may be asked at this level, in order; ``only`` one of them if it is named."""
        named = [member for member in self._members[verb] if only in {None, member.name}]
        if not any(member.capabilities.supports(verb) for member in named):
            raise NotSupported(f"nobody has {verb}", provider=self.name)
        able = [member for member in named if member.capabilities.honours(verb, level)]
        if not able:
            raise LevelNotHonoured(level, provider=self.name)
        return able

    def _time_of(self, member: Provider) -> float:
        """Return how many seconds a provider has: its own where it declares to need more than the others."""
        return max(self._within, member.capabilities.limits.within or 0.0)


def _for(member: Provider, request: TrendingRequest) -> TrendingRequest:
    """Return the request as the provider may see it."""
    return request.outward() if member.capabilities.outside else request


def _has_part(member: Provider, request: InsightsRequest) -> bool:
    """Say whether the provider has any module that is asked for; one that declares none is asked all the same."""
    modules = member.capabilities.modules
    return not modules or Module.ALL in modules or any(request.wants(module) for module in modules)
