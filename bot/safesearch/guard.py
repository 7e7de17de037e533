"""The only access to providers: every answer is judged at the level and lists of a place."""

from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import Any, Generic, Protocol, TypeVar, runtime_checkable

from bot.bing_v7 import (
    Capabilities,
    CompletesQueries,
    HoldsPictures,
    Image,
    ImageAnswer,
    ImageInsights,
    InsightsRequest,
    LevelNotHonoured,
    NoteCode,
    NotSupported,
    Picture,
    Provider,
    Query,
    SafeSearch,
    SearchRequest,
    Tile,
    TrendingImages,
    TrendingRequest,
    Verb,
    WithdrawsSearches,
    local_id,
)

from .answer_filter import AnswerFilter, asked_at, found_on, without_words_of
from .content_policy import ContentPolicy, Reason
from .lists import NO_LISTS, Lists, StrictList
from .policy import Decision

__all__ = ["AnswersAsCompleted", "Guard", "Guarded", "GuardedProvider", "Hidden"]

T = TypeVar("T")
A = TypeVar("A", ImageAnswer, ImageInsights, TrendingImages)
_REASONS = frozenset(reason.value for reason in Reason)


@dataclass(frozen=True, slots=True)
class Hidden:
    """How many findings were removed, and why."""

    total: int = 0
    reasons: Mapping[Reason, int] = field(default_factory=dict[Reason, int])

    @classmethod
    def of(cls, counts: Mapping[Reason, int]) -> "Hidden":
        """Make it from counts by reason."""
        return cls(sum(counts.values()), dict(counts))


@dataclass(frozen=True, slots=True)
class Guarded(Generic[T]):
    """What may be shown, the level and lists it was judged by, and what was removed.

    ``waiting`` names the providers of a lookup that have not answered yet. ``gone`` are stored pictures that whoever
    held them does not have any more: no level hid those.
    """

    answer: T
    rules: tuple[Decision, Lists]
    hidden: Hidden = Hidden()
    waiting: tuple[str, ...] = ()
    gone: tuple[Image, ...] = ()

    @property
    def decision(self) -> Decision:
        """The level it was judged at."""
        return self.rules[0]


class _Progress(Protocol):
    """What a lookup has found so far."""

    @property
    def insights(self) -> ImageInsights:
        """The merged findings."""
        ...

    @property
    def waiting(self) -> tuple[str, ...]:
        """Who has not answered yet."""
        ...


@runtime_checkable
class AnswersAsCompleted(Protocol):
    """A provider of lookups whose parts come one after another; it yields objects like ``_Progress``."""

    def insights_as_completed(self, request: InsightsRequest) -> AsyncIterator[Any]:
        """Yield what was found so far, each time more of it."""
        ...


@runtime_checkable
class HasMembers(Protocol):
    """A provider that asks others."""

    @property
    def members(self) -> Sequence[Provider]:
        """Everyone it asks."""
        ...

    def inside(self) -> Provider:
        """Return one that asks only those on the operator's own machines."""
        ...


class _Abilities:
    """What a provider can do beside its verbs, found out once: each look takes as long as a call."""

    def __init__(self, provider: Provider) -> None:
        self.holder = provider if isinstance(provider, HoldsPictures) else None
        self.completer = provider if isinstance(provider, CompletesQueries) else None
        self.withdrawer = provider if isinstance(provider, WithdrawsSearches) else None


class Guard:
    """Holds the provider, and gives guarded access to it for a place.

    Args:
        provider: the provider, or the chain of them, each behind its `Gate`.
        strict: the operator's list; None for the one that comes with the bot.
    """

    def __init__(self, provider: Provider, strict: StrictList | None = None) -> None:
        self._provider = provider
        self._abilities = _Abilities(provider)
        self._strict = strict

    @property
    def capabilities(self) -> Capabilities:
        """What the provider can do."""
        return self._provider.capabilities

    def at(self, decision: Decision, lists: Lists = NO_LISTS) -> "GuardedProvider":
        """Return the provider as it may be used at a level with a server's lists."""
        return GuardedProvider(self._provider, self._abilities, decision, lists, self._strict)

    def inside(self) -> "Guard":
        """Return the guard of those providers alone that stay on the operator's own machines.

        Raises:
            NotSupported: there is none.
        """
        if isinstance(self._provider, HasMembers):
            return Guard(self._provider.inside(), self._strict)
        if self._provider.capabilities.outside:
            raise NotSupported("nobody here stays on the operator's own machines", provider=self._provider.name)
        return self

    def outside(self, verb: Verb) -> tuple[str, ...]:
        """Return the names of the providers that a verb would ask beyond the operator's own machines."""
        return self._names(verb, outside=True)

    def own(self, verb: Verb) -> tuple[str, ...]:
        """Return the names of the providers on the operator's own machines that have a verb."""
        return self._names(verb, outside=False)

    def _names(self, verb: Verb, *, outside: bool) -> tuple[str, ...]:
        members = self._provider.members if isinstance(self._provider, HasMembers) else (self._provider,)
        able = (one for one in members if one.capabilities.supports(verb))
        return tuple(one.name for one in able if one.capabilities.outside is outside)

    async def aclose(self) -> None:
        """Close the provider."""
        await self._provider.aclose()


class GuardedProvider:
    """The verbs of a provider at one level with one server's lists; made by `Guard.at`."""

    def __init__(
        self, provider: Provider, abilities: _Abilities, decision: Decision, lists: Lists, strict: StrictList | None
    ) -> None:
        self._provider = provider
        self._abilities = abilities
        self._decision = decision
        self._rules = decision, lists
        capabilities = provider.capabilities
        self._judge = ContentPolicy(decision.level, lists, strict, flags_adult=capabilities.flags_adult)

    @property
    def level(self) -> SafeSearch:
        """The level that everything is judged at."""
        return self._decision.level

    async def search(self, request: SearchRequest) -> Guarded[ImageAnswer]:
        """Find pictures by words.

        Raises:
            Blocked: the query holds something that is not allowed here.
            LevelNotHonoured: the provider cannot honour the level.
        """
        self._judge.query(request.q)
        self._check(Verb.SEARCH)
        return self._guarded(await self._provider.search(request.at(self._decision.level)))

    async def insights(self, request: InsightsRequest) -> Guarded[ImageInsights]:
        """Say what a picture is.

        Raises:
            Blocked: the words or the address hold something that is not allowed here.
            LevelNotHonoured: the provider cannot honour the level.
        """
        self._let_in(request)
        return self._guarded(await self._provider.insights(request.at(self._decision.level)))

    async def insights_as_completed(self, request: InsightsRequest) -> AsyncGenerator[Guarded[ImageInsights], None]:
        """Yield what was found so far each time another provider has answered; raises as `insights` does."""
        if not isinstance(self._provider, AnswersAsCompleted):
            yield await self.insights(request)
            return
        self._let_in(request)
        steps: Any = self._provider.insights_as_completed(request.at(self._decision.level))
        async with aclosing(steps) as progresses:
            async for progress in progresses:
                found: _Progress = progress
                yield self._guarded(found.insights, found.waiting)

    async def trending(self, request: TrendingRequest) -> Guarded[TrendingImages]:
        """Say what people look for.

        Raises:
            LevelNotHonoured: the provider cannot honour the level.
        """
        self._check(Verb.TRENDING)
        return self._guarded(await self._provider.trending(request.at(self._decision.level)))

    async def picture(self, image: Image, max_edge: int | None = None) -> Picture | None:
        """Return the bytes of a held picture if its rating of now, and its words, allow it here."""
        image_id = local_id(image)
        if image_id is None or self._abilities.holder is None:
            return None
        found = await self._abilities.holder.picture(image_id, max_edge)
        if found is None:
            return None
        rated = self._rated(image, found.is_family_friendly)
        return found if AnswerFilter(self._judge).image(rated) is not None else None

    async def complete(self, prefix: str, limit: int) -> list[str]:
        """Return how a query may go on here: only with what may be asked, and with words of pictures shown here."""
        completer = self._abilities.completer
        if completer is None or not self._judge.may_be_asked(prefix):
            return []
        return self.texts(await completer.complete(prefix, limit, self._decision.level))

    async def allowed(self, images: Sequence[Image]) -> Guarded[tuple[Image, ...]]:
        """Judge stored pictures anew: held ones by their rating of now, others by what they carry.

        Held ones that are not there any more are left out at every level, and are not counted as hidden. Pictures that
        came from an answer at a looser level pass only if they are said to be family friendly. One of which only the
        words may be shown now is left out as a whole: whoever stored it has the picture as well.
        """
        rated, gone = await self._rated_now(images)
        return replace(self.judged(rated), gone=gone)

    def needs_ratings(self, images: Sequence[Image]) -> bool:
        """True if the provider has to be asked for pictures' ratings of now, or whether it has them at all."""
        return self._abilities.holder is not None and _held_count(images) > 0

    def judged(self, images: Sequence[Image]) -> Guarded[tuple[Image, ...]]:
        """Judge stored pictures by what they carry, as `allowed` does once it knows their ratings."""
        counts: Counter[Reason] = Counter()
        kept: list[Image] = []
        for image in images:
            looser = (asked_at(image) or SafeSearch.OFF) < self._decision.level
            walker = AnswerFilter(replace(self._judge, only_vouched=True) if looser else self._judge)
            judged = walker.image(image)
            if judged is not None and (judged is image or judged == image):
                kept.append(judged)
            elif judged is not None:
                counts[Reason.ADULT] += 1
            if walker.hidden:
                counts += walker.hidden
        return Guarded(tuple(kept), self._rules, Hidden.of(counts))

    async def insights_again(self, answer: ImageInsights, asked: SafeSearch) -> Guarded[ImageInsights]:
        """Judge a stored lookup anew, held pages by their rating of now; ``asked`` is the level it was made at.

        Pictures of a lookup at a looser level pass only if they are said to be family friendly. Words are those of all
        pages together: they go with the first held page that may not be shown any more.
        """
        level, module, before = self._judge.level, answer.pages_including, _held_count(found_on(answer))
        if module is not None and before:
            rated, _ = await self._rated_now(module.value)
            answer = answer.with_(pages_including=module.with_(value=tuple(rated)) if rated else None)
        walker = AnswerFilter(
            ContentPolicy(
                level, self._judge.lists, self._judge.strict, self._judge.flags_adult, only_vouched=asked < level
            )
        )
        judged = walker.answer(answer)
        if _held_count(found_on(judged)) < before:
            judged = without_words_of(judged, found_on(answer))
        return Guarded(judged, self._rules, Hidden.of(walker.hidden))

    def texts(self, texts: Sequence[str]) -> list[str]:
        """Return the texts that may be shown here."""
        return [text for text in texts if self._judge.string(text) is None and self._judge.may_be_asked(text)]

    def offers(self, things: Sequence[Query | Tile]) -> list[bool]:
        """Return for each stored suggestion or tile whether it may be offered: not if any part of it is forbidden.

        Parts that are not shown count too: its thumbnail, its links, fields unknown to the contract.
        """
        return [self._may_be_offered(thing) for thing in things]

    async def withdrawn(self, searches: Sequence[str], providers: Sequence[str]) -> frozenset[str]:
        """Return those of the stored searches that are words of held pictures of which none may be shown any more."""
        if self._abilities.withdrawer is None:
            return frozenset()
        return await self._abilities.withdrawer.withdrawn(searches, providers, self._decision.level)

    def _may_be_offered(self, thing: Query | Tile) -> bool:
        if isinstance(thing, Query):
            return self._judge.may_be_asked(thing.text) and AnswerFilter(self._judge).is_whole(thing)
        looser = (asked_at(thing.image) or SafeSearch.OFF) < self._decision.level
        judge = replace(self._judge, only_vouched=True) if looser else self._judge
        return judge.may_be_asked(thing.query.text) and AnswerFilter(judge).is_whole(thing)

    async def _rated_now(self, images: Sequence[Image]) -> tuple[list[Image], tuple[Image, ...]]:
        """Return pictures, held ones with their ratings of now; and those that are not held any more."""
        holder = self._abilities.holder
        if holder is None or _held_count(images) == 0:
            return list(images), ()
        held = dict.fromkeys(image_id for image in images if (image_id := local_id(image)) is not None)
        ratings = await holder.ratings(list(held))
        rated: list[Image] = []
        gone: list[Image] = []
        for image in images:
            image_id = local_id(image)
            if image_id is None:
                rated.append(image)
            elif image_id in ratings:
                rated.append(self._rated(image, ratings[image_id]))
            else:
                gone.append(image)
        return rated, tuple(gone)

    def _rated(self, image: Image, flag: bool | None) -> Image:
        """Return a held picture with its rating of now; in Strict one without rating is out."""
        flag = bool(flag) if self._decision.level is SafeSearch.STRICT else flag
        return image if image.is_family_friendly == flag else image.with_(is_family_friendly=flag)

    def _let_in(self, request: InsightsRequest) -> None:
        if request.q:
            self._judge.query(request.q)
        if request.img_url:
            self._judge.address(request.img_url)
        self._check(Verb.INSIGHTS)

    def _check(self, verb: Verb) -> None:
        level, capabilities = self._decision.level, self._provider.capabilities
        if not capabilities.supports(verb):
            raise NotSupported(f"nobody has {verb}", provider=self._provider.name)
        if not capabilities.honours(verb, level):
            raise LevelNotHonoured(level, provider=self._provider.name)

    def _guarded(self, answer: A, waiting: tuple[str, ...] = ()) -> Guarded[A]:
        walker = AnswerFilter(self._judge, asked_at=self._decision.level)
        judged, counts = _without_gate_notes(walker.answer(answer))
        return Guarded(judged, self._rules, Hidden.of(counts + walker.hidden), waiting)


def _held_count(images: Sequence[Image]) -> int:
    return sum(local_id(image) is not None for image in images)


def _without_gate_notes(answer: A) -> tuple[A, Counter[Reason]]:
    """Return the answer without the notes of the gates, and what those counted."""
    counts: Counter[Reason] = Counter()
    provenance = answer.provenance
    if provenance is None:
        return answer, counts
    ours = [note for note in provenance.notes if note.code is NoteCode.WITHHELD and note.detail in _REASONS]
    if not ours:
        return answer, counts
    for note in ours:
        counts[Reason(note.detail or "")] += note.count or 0
    rest = tuple(note for note in provenance.notes if note not in ours)
    return answer.with_(provenance=provenance.with_(notes=rest)), counts
