"""How a search goes from provider to provider until one finds something."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from bot.bing_v7 import (
    Blocked,
    ImageAnswer,
    LevelNotHonoured,
    Note,
    NoteCode,
    NotSupported,
    Provider,
    ProviderError,
    SafeSearch,
    SearchRequest,
    Verb,
)
from bot.providers.failures import empty_note, failure_note, filter_note, worst

from .merge import merge_provenance

NEVER_RELAXED = frozenset({"license"})
"""Filters that are never left out: pictures of unknown licence are no substitute for licensed ones."""
_SHARE = 0.6
"""Of the time left, what one provider may use while others still wait for their turn."""

AskProvider = Callable[[Provider, SearchRequest, float], Awaitable[ImageAnswer]]


class FallbackSearch:
    """One search over an ordered list of providers.

    First those that can apply every filter are asked, in order. An answer that has only some of the words is kept for
    the case that nobody has all of them. Only if none could answer at all, the others are asked without the filters
    they lack, and the answer says which were left out. A later page (``offset`` above 0) asks one provider only and
    hands on whatever it says, so that pages never mix.

    Args:
        members: who may be asked, in order.
        request: what is asked, with the provider's own offset.
        search: asks one provider, for a maximum of seconds.
        deadline: on the event loop's clock.
    """

    def __init__(
        self, members: Sequence[Provider], request: SearchRequest, search: AskProvider, deadline: float
    ) -> None:
        self._members = members
        self._request = request
        self._search = search
        self._deadline = deadline
        self._notes: list[Note] = []
        self._errors: list[ProviderError] = []
        self._empty: tuple[str, ImageAnswer] | None = None
        self._partial: tuple[str, ImageAnswer] | None = None
        self._left = len(members)

    async def run(self) -> tuple[str, ImageAnswer]:
        """Return who answered, and the answer with notes on the providers that did not.

        Raises:
            ProviderError: no provider could answer.
        """
        lacking: list[tuple[Provider, frozenset[str]]] = []
        for member in self._members:
            found, missing = await self._whole(member)
            if found:
                return found
            if missing:
                lacking.append((member, missing))
        if self._partial is not None:
            return self._finished(*self._partial)
        if self._empty is None:
            for member, missing in lacking:
                if found := await self._relaxed(member, missing):
                    return found
        if self._empty is None:
            raise worst(self._errors)
        return self._finished(*self._empty)

    async def _whole(self, member: Provider) -> tuple[tuple[str, ImageAnswer] | None, frozenset[str]]:
        """Ask one provider with every filter; without an answer, say which filters it lacks."""
        if not member.capabilities.honours(Verb.SEARCH, self._request.safe_search):
            self._left -= 1
            self._failed(member, LevelNotHonoured(self._request.safe_search, provider=member.name))
            return None, frozenset()
        missing = frozenset(self._request.filters) - member.capabilities.filters
        if missing:
            return None, missing
        try:
            return await self._try(member, self._request), frozenset()
        except NotSupported as error:
            if not error.filters:
                raise
            self._left += 1
            return None, error.filters

    async def _relaxed(self, member: Provider, missing: frozenset[str]) -> tuple[str, ImageAnswer] | None:
        """Ask without the filters that the provider lacks, unless one of them must not be left out."""
        fields = {field for field, info in SearchRequest.model_fields.items() if info.alias in missing}
        if missing & NEVER_RELAXED or not fields:
            refusal = NotSupported("cannot apply the filters", filters=missing, provider=member.name)
            return self._failed(member, refusal)
        request = self._request.model_copy(update=dict.fromkeys(fields))
        try:
            found = await self._try(member, request)
        except NotSupported as error:
            return self._failed(member, error)
        if found is None:
            return None
        name, answer = found
        left_out = [filter_note(name, parameter) for parameter in sorted(missing)]
        return name, answer.with_(provenance=merge_provenance([answer.provenance], left_out))

    async def _try(self, member: Provider, request: SearchRequest) -> tuple[str, ImageAnswer] | None:
        """Ask one provider; None means that the next one should be asked."""
        self._left -= 1
        remaining = self._deadline - asyncio.get_running_loop().time()
        within = remaining * _SHARE if self._left > 0 and request.offset == 0 else remaining
        try:
            answer = await self._search(member, request, within)
        except Blocked:
            raise
        except NotSupported as error:
            if error.filters or request.offset > 0:
                raise
            return self._failed(member, error)
        except ProviderError as error:
            if request.offset > 0:
                raise
            return self._failed(member, error)
        if request.offset == 0 and answer.value and self._left > 0 and _gave_way(answer):
            self._partial = self._partial or (member.name, answer)
            return None
        if answer.value or request.offset > 0 or _is_refused(answer, request):
            return self._finished(member.name, answer)
        self._empty = self._empty or (member.name, answer)
        self._notes.append(empty_note(member.name))
        return None

    def _failed(self, member: Provider, error: ProviderError) -> None:
        self._errors.append(error)
        self._notes.append(failure_note(member.name, error))

    def _finished(self, name: str, answer: ImageAnswer) -> tuple[str, ImageAnswer]:
        own = [note for note in self._notes if note.provider != name]
        return name, answer.with_(provenance=merge_provenance([answer.provenance], own))


def _is_refused(answer: ImageAnswer, request: SearchRequest) -> bool:
    """True if there are no pictures because the query means adult ones, so that nobody else is asked for them."""
    context = answer.query_context
    return request.safe_search is SafeSearch.STRICT and context is not None and bool(context.adult_intent)


def _gave_way(answer: ImageAnswer) -> bool:
    """Whether an answer says itself that it has not what was asked for, but something near it."""
    notes = answer.provenance.notes if answer.provenance else ()
    return any(note.code in _NEAR_MISSES for note in notes)


_NEAR_MISSES = frozenset({NoteCode.SOME_WORDS, NoteCode.LIKE_PICTURES})
