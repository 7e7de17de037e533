"""A small Discord with channels, moderators' settings, caches and stored sessions over planting providers.

Every action may be asked for by hypothesis or by a plain random generator. Whatever the service hands over is searched
for markers, and each is judged by an oracle of its own at the state of that very moment.
"""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.bing_v7 import (
    FILTERS,
    Blocked,
    Image,
    ImageAnswer,
    ImageInsights,
    InsightsRequest,
    Module,
    ProviderError,
    Query,
    SafeSearch,
    SearchRequest,
    TrendingRequest,
    Verb,
)
from bot.providers.middleware.cache import Cached
from bot.providers.routing.chain import Chain
from bot.safesearch.gate import gated
from bot.safesearch.guard import Guard
from bot.safesearch.place import Place, PlaceKind, Requester
from bot.safesearch.policies import Policies
from bot.safesearch.policy import OperatorPolicy, Scope
from bot.search.service import SearchService
from bot.storage.policies import AuditRow, LevelRow, ListKind, ListRow

from .plants import (
    BLOCKED_HOST,
    BLOCKED_WORD,
    MARK,
    Call,
    Holder,
    Kind,
    OffOnly,
    Planter,
    Plants,
    Silent,
    Unfiltered,
    forbidden,
)

GUILD = 1
LEVELS = (SafeSearch.OFF, SafeSearch.MODERATE, SafeSearch.STRICT)
QUERIES = (
    "lolicon",
    "cats",
    "dogs",
    "held",
    "birds",
    "birds",
    "words",
    BLOCKED_WORD,
    "W-u-m-p-u-s pictures",
    "porn",
    "cats site:blocked.example",
    "SITE\uff1aother.example dogs",
    "dogs OR site:fine.example",
    "cats blocked.example",
    "hostname:other.example",
)
PLACES = ("channel", "thread", "orphan-thread", "dm", "private", "user-install", "unknown", "no-flag")
MEANWHILE = ("nothing", "nothing", "nothing", "strict", "age-off", "block-word", "block-host", "own-rating", "loosen")


class Leak(AssertionError):
    """Something was handed over that the place forbids."""


class MemoryPolicyStore:
    """The tables of levels and lists as dictionaries."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, int], str] = {}
        self.lists: dict[tuple[ListKind, str], None] = {}
        self.changes: deque[AuditRow] = deque(maxlen=100)

    async def levels(self, guild_id: int) -> list[LevelRow]:
        now = datetime.now(UTC)
        return [LevelRow(scope, at, level, 1, now) for (scope, at), level in self.rows.items()]

    async def entries(self, guild_id: int) -> list[ListRow]:
        return [ListRow(kind, value, 1, datetime.now(UTC)) for kind, value in self.lists]

    async def set_level(self, guild_id: int, scope: str, scope_id: int, level: str | None, by: int) -> str | None:
        before = self.rows.pop((scope, scope_id), None)
        if level is not None:
            self.rows[scope, scope_id] = level
        if before != level:
            self._note("set" if level else "clear", scope, scope_id, before, level, by)
        return before

    async def add_entry(self, guild_id: int, kind: ListKind, value: str, by: int) -> bool:
        self.lists[kind, value] = None
        self._note("allow" if kind is ListKind.ALLOW else f"block-{kind}", None, None, None, value, by)
        return True

    async def remove_entry(self, guild_id: int, kind: ListKind, value: str, by: int) -> bool:
        there = self.lists.pop((kind, value), True) is None
        if there:
            self._note("disallow" if kind is ListKind.ALLOW else f"unblock-{kind}", None, None, value, None, by)
        return there

    async def audit(self, guild_id: int, limit: int = 20) -> list[AuditRow]:
        return list(reversed(self.changes))[:limit]

    def _note(
        self, action: str, scope: str | None, at: int | None, before: str | None, after: str | None, by: int
    ) -> None:
        self.changes.append(AuditRow(action, scope, at, before, after, by, datetime.now(UTC)))


class Suggesting:
    """Suggests whatever was ever seen, fit or not."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    async def searched(self, requester: Requester, query: str, level: SafeSearch) -> None:
        self.texts.append(query)

    async def suggestions(self, requester: Requester, prefix: str, level: SafeSearch, limit: int) -> Sequence[str]:
        return self.texts[-limit:]

    def scope(self, requester: Requester) -> str | None:
        return str(requester.place.guild_id) if requester.place.guild_id else None


@dataclass
class Channel:
    """A channel as Discord has it now."""

    id: int
    category: int | None
    age_restricted: bool


class World:
    """The state, the actions, the oracle."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.plants = Plants(self.rng)
        self.calls: list[Call] = []
        self.change = "nothing"
        self.channels = [Channel(10, 100, False), Channel(11, 100, True), Channel(12, None, True)]
        self.at = self.channels[0]
        self.store = MemoryPolicyStore()
        self.operator = OperatorPolicy(
            default=self.rng.choice((SafeSearch.MODERATE, SafeSearch.STRICT)), allow_off=self.rng.random() < 0.8
        )
        self.policies = Policies(self.store, self.operator)  # type: ignore[arg-type]  # the same methods, in memory
        self.seen_images: list[Image] = []
        self.seen_lookups: list[tuple[ImageInsights, SafeSearch]] = []
        self.seen_queries: list[Query] = []
        self.counting = Suggesting()
        self.shown: dict[Kind, int] = dict.fromkeys(Kind, 0)
        self.steps = 0
        self.service = SearchService(
            Guard(self._chain()), self.policies, counting=self.counting, place_now=self.place_now
        )

    def _chain(self) -> Chain:
        common = (self.plants, self.calls, self._meanwhile)
        flagging = Planter("flagging", *common, flags_adult=True, filters=FILTERS)
        off_only = OffOnly("off-only", *common, levels=frozenset({SafeSearch.OFF}))
        unfiltered = Unfiltered("unfiltered", *common, text_only_below_off=True, modules=frozenset({Module.ALL}))
        holder = Holder("holder", *common, flags_adult=True, outside=False)
        silent = Silent("silent", *common)
        order = [gated(Cached(one)) for one in (flagging, off_only, unfiltered, silent, holder)]
        answers = {
            flagging: {"cats", "cats blocked.example"}, off_only: {"dogs"}, holder: {"held"}, silent: {"birds"},
            unfiltered: {"words"},
        }  # fmt: skip
        by_query = [gated(_Sometimes(Cached(one), words)) for one, words in answers.items()]
        return Chain({Verb.SEARCH: [*by_query, order[0]], Verb.INSIGHTS: order, Verb.TRENDING: order})

    # The world changes.

    async def _meanwhile(self) -> None:
        change, self.change = self.change, "nothing"
        if change == "strict":
            await self.policies.set_level(GUILD, Scope.CHANNEL, self.at.id, SafeSearch.STRICT, 1)
        elif change == "loosen":
            await self.policies.set_level(GUILD, Scope.CHANNEL, self.at.id, SafeSearch.OFF, 1)
        elif change == "age-off":
            self.at.age_restricted = False
        elif change == "block-word":
            await self.policies.add(GUILD, ListKind.WORD, BLOCKED_WORD, 1)
        elif change == "block-host":
            await self.policies.add(GUILD, ListKind.HOST, BLOCKED_HOST, 1)
        elif change == "own-rating" and self.plants.ratings:
            self.plants.ratings[self.rng.choice(list(self.plants.ratings))] = self.rng.choice((True, False, None))

    async def set_level(self, scope: Scope, level: SafeSearch | None) -> None:
        ids = {Scope.SERVER: GUILD, Scope.CATEGORY: 100, Scope.CHANNEL: self.at.id}
        await self.policies.set_level(GUILD, scope, ids[scope], level, 1)

    async def flip_age(self, index: int) -> None:
        self.channels[index].age_restricted = not self.channels[index].age_restricted

    async def go_to(self, index: int) -> None:
        self.at = self.channels[index]

    async def edit_list(self, entry: tuple[ListKind, str], block: bool) -> None:
        edit = self.policies.add if block else self.policies.remove
        await edit(GUILD, entry[0], entry[1], 1)

    async def rerate(self, rating: bool | None) -> None:
        if self.plants.ratings:
            self.plants.ratings[self.rng.choice(list(self.plants.ratings))] = rating

    # Where somebody asks, and what the oracle says of it.

    def place(self, name: str) -> Place:
        channel = self.at
        facts: dict[str, Any] = {
            "guild_id": GUILD, "channel_id": channel.id, "category_id": channel.category,
            "age_restricted": channel.age_restricted,
        }  # fmt: skip
        return {
            "channel": Place(PlaceKind.CHANNEL, **facts),
            "thread": Place(PlaceKind.THREAD, thread_id=77, **facts),
            "orphan-thread": Place(PlaceKind.THREAD, GUILD, None, None, 77, None),
            "dm": Place(PlaceKind.DM),
            "private": Place(PlaceKind.PRIVATE, age_restricted=True),
            "user-install": Place(PlaceKind.CHANNEL, user_install=True, **facts),
            "unknown": Place(PlaceKind.UNKNOWN, GUILD, channel.id, None, None, True),
            "no-flag": Place(PlaceKind.CHANNEL, GUILD, channel.id, channel.category),
        }[name]

    def place_now(self, place: Place) -> Place:
        channel = next((one for one in self.channels if one.id == place.channel_id), None)
        if channel is None or place.age_restricted is None:
            return place
        return Place(
            place.kind, place.guild_id, place.channel_id, channel.category, place.thread_id, channel.age_restricted,
            place.user_install,
        )  # fmt: skip

    def level(self, place: str, own: SafeSearch | None) -> SafeSearch:
        """Return the level that must hold, worked out another way than the policy does it."""
        if place not in {"channel", "thread"}:
            return SafeSearch.STRICT
        rows = self.store.rows
        wanted = (
            rows.get(("channel", self.at.id))
            or (rows.get(("category", self.at.category)) if self.at.category else None)
            or rows.get(("server", GUILD))
            or self.operator.default.value
        )
        if wanted == "Off" and not (self.at.age_restricted and self.operator.allow_off):
            wanted = "Moderate"
        return next(level for level in reversed(LEVELS) if level.value == wanted or level is own)

    def lists(self, place: str) -> set[str]:
        return (
            set()
            if place in {"dm", "private"}
            else {value for kind, value in self.store.lists if kind is not ListKind.ALLOW}
        )

    def check(self, place: str, own: SafeSearch | None, surface: str, *texts: str) -> None:
        """Look at what was handed over at this moment."""
        level, lists = self.level(place, own), self.lists(place)
        for text in texts:
            for found in MARK.finditer(text):
                number = int(found[1])
                if forbidden(self.plants, number, level, lists, rated_now=surface in {"picture", "stored"}):
                    kind, around = self.plants.kinds[number], text[max(0, found.start() - 60) : found.end() + 60]
                    raise Leak(f"{surface} in {place} at {level}: {kind} ({found[0]}), blocked {lists}: ... {around}")
                self.shown[self.plants.kinds[number]] += 1

    def check_calls(self, before: int, place: str, own: SafeSearch | None) -> None:
        """Look at what reached the providers."""
        for call in self.calls[before:]:
            if call.provider == "off-only" and call.level is not SafeSearch.OFF:
                raise Leak(f"{call.provider} was asked at {call.level}")
            if (
                call.query
                and call.level is not SafeSearch.OFF
                and ("site" in call.query.lower() or "hostname" in call.query)
            ):
                if (ListKind.ALLOW, "fine.example") in self.store.lists and "fine.example" in call.query:
                    continue
                raise Leak(f"{call.query} reached {call.provider} at {call.level}")

    # What people do.

    def requester(self, place: str, own: SafeSearch | None = None) -> Requester:
        return Requester(self.place(place), 5, own=own)

    async def search(self, place: str, query: str, offset: int, own: SafeSearch | None, meanwhile: str) -> None:
        requester, self.change, before = self.requester(place, own), meanwhile, len(self.calls)
        try:
            found = await self.service.search(requester, SearchRequest(q=query, offset=offset))
        except Blocked as refused:
            if query in {"cats", "dogs", "held", "birds", "words"}:
                raise Leak("a fine query was refused") from refused
            return
        except ProviderError:
            return
        finally:
            self.check_calls(before, place, own)
        self.check(
            place,
            own,
            "search",
            f"{query} {found.answer.model_dump_json(by_alias=True, exclude={'query_context': {'original_query'}})}",
        )
        self._check_query(place, own, query)
        self._keep(found.answer)

    def _check_query(self, place: str, own: SafeSearch | None, query: str) -> None:
        level, lists = self.level(place, own), self.lists(place)
        if BLOCKED_WORD in lists and ("u-m" in query or BLOCKED_WORD in query):
            raise Leak(f"{query} was answered although the word is blocked")
        if query == "lolicon":
            raise Leak(f"{query} was answered")
        if query == "porn" and level is SafeSearch.STRICT:
            raise Leak(f"{query} was answered in Strict")
        if "blocked.example" in query and BLOCKED_HOST in lists:
            raise Leak(f"{query} was answered although the host is blocked")

    def _keep(self, answer: ImageAnswer) -> None:
        self.seen_images = [*self.seen_images, *answer.value][-40:]
        self.counting.texts = [
            *self.counting.texts,
            *(one.text for one in answer.related_searches if _says_it_all(one)),
        ][-40:]
        self.seen_queries = [*self.seen_queries, *answer.related_searches][-40:]

    async def insights(self, place: str, own: SafeSearch | None, meanwhile: str, bit_by_bit: bool) -> None:
        requester, self.change, before = self.requester(place, own), meanwhile, len(self.calls)
        request = InsightsRequest(img_url=f"https://fine.example/{self.rng.randrange(3)}.jpg")
        try:
            if not bit_by_bit:
                whole = await self.service.insights(requester, request)
                self.check(place, own, "insights", whole.answer.model_dump_json(by_alias=True))
                self.seen_lookups = [*self.seen_lookups, (whole.answer, whole.decision.level)][-4:]
                similar = whole.answer.visually_similar_images
                self.seen_images = [*self.seen_images, *(similar.value if similar else ())][-40:]
                return
            async for step in self.service.insights_as_completed(requester, request):
                self.check(place, own, "insights bit by bit", step.answer.model_dump_json(by_alias=True))
        except ProviderError:
            return
        finally:
            self.check_calls(before, place, own)

    async def trending(self, place: str, own: SafeSearch | None, meanwhile: str) -> None:
        requester, self.change, before = self.requester(place, own), meanwhile, len(self.calls)
        try:
            found = await self.service.trending(requester, TrendingRequest())
        except ProviderError:
            return
        finally:
            self.check_calls(before, place, own)
        self.check(place, own, "trending", found.answer.model_dump_json(by_alias=True))

    async def turn_page(self, place: str, own: SafeSearch | None, meanwhile: str) -> None:
        """A stored session is shown again, here and now."""
        requester, self.change = self.requester(place, own), meanwhile
        try:
            found = await self.service.allowed(requester, self.seen_images)
        except ProviderError:
            return
        self.check(place, own, "stored", *(image.model_dump_json(by_alias=True) for image in found.answer))

    async def turn_lookup(self, place: str, own: SafeSearch | None) -> None:
        """A stored lookup is shown again, here and now; in between it was written and read.

        Its pages go by their ratings of now; the pictures of its other lists do so when they are shown (`turn_page`).
        """
        requester = self.requester(place, own)
        for answer, level in self.seen_lookups:
            stored = ImageInsights.model_validate_json(answer.model_dump_json(by_alias=True, exclude_unset=True))
            again = await self.service.allowed_insights(requester, stored, level)
            pages, others = again.answer.pages_including, again.answer.with_(pages_including=None)
            if pages is not None:
                self.check(place, own, "stored", pages.model_dump_json(by_alias=True))
            self.check(place, own, "stored lookup", others.model_dump_json(by_alias=True))

    async def offer_again(self, place: str, own: SafeSearch | None) -> None:
        """Suggestions of a stored session are offered again, here and now."""
        requester = self.requester(place, own)
        for text in await self.service.allowed_texts(requester, self.counting.texts):
            self.check(place, own, "stored text", text)
        offered = await self.service.allowed_offers(requester, self.seen_queries)
        for query, allowed in zip(self.seen_queries, offered, strict=True):
            if allowed:
                self.check(place, own, "stored suggestion", query.model_dump_json(by_alias=True))

    async def fetch_picture(self, place: str, meanwhile: str) -> None:
        held = [image for image in self.seen_images if (image.content_url or "").startswith("magpie:")]
        if not held:
            return
        requester, self.change = self.requester(place), meanwhile
        try:
            found = await self.service.picture(requester, self.rng.choice(held), 64)
        except ProviderError:
            return
        if found is not None:
            self.check(place, None, "picture", found.data.decode())

    async def suggest(self, place: str) -> None:
        requester = self.requester(place)
        for text in await self.service.suggest(requester, "m"):
            self.check(place, None, "suggestion", text)
            if text == "porn" and self.level(place, None) is SafeSearch.STRICT:
                raise Leak("an adult suggestion")
            if BLOCKED_WORD in text and BLOCKED_WORD in self.lists(place):
                raise Leak("a blocked suggestion")


def _says_it_all(query: Query) -> bool:
    """True if nothing hangs on a suggestion that its words do not say; people's own searches are words alone."""
    return query.display_text is not None


class _Sometimes(Cached):
    """Answers some queries and finds nothing for others, so that every member of the chain gets its turn."""

    def __init__(self, inner: Cached, queries: set[str]) -> None:
        super().__init__(inner)
        self.queries = queries

    async def search(self, request: SearchRequest) -> ImageAnswer:
        return await self.inner.search(request) if request.q in self.queries else ImageAnswer()


_OWN = (None, None, None, SafeSearch.MODERATE, SafeSearch.STRICT, SafeSearch.OFF)
_ENTRIES = ((ListKind.WORD, BLOCKED_WORD), (ListKind.HOST, BLOCKED_HOST), (ListKind.ALLOW, "fine.example"))
ACTIONS: dict[str, dict[str, Sequence[Any]]] = {
    "search": {"place": PLACES, "query": QUERIES, "offset": (0, 0, 4), "own": _OWN, "meanwhile": MEANWHILE},
    "insights": {"place": PLACES, "own": _OWN, "meanwhile": MEANWHILE, "bit_by_bit": (True, False)},
    "trending": {"place": PLACES, "own": _OWN, "meanwhile": MEANWHILE},
    "turn_page": {"place": PLACES, "own": _OWN, "meanwhile": MEANWHILE},
    "turn_lookup": {"place": PLACES, "own": _OWN},
    "offer_again": {"place": PLACES, "own": _OWN},
    "fetch_picture": {"place": PLACES, "meanwhile": MEANWHILE},
    "suggest": {"place": PLACES},
    "set_level": {"scope": tuple(Scope), "level": (None, *LEVELS)},
    "flip_age": {"index": (0, 1, 2)},
    "go_to": {"index": (0, 1, 2)},
    "edit_list": {"entry": _ENTRIES, "block": (True, False)},
    "rerate": {"rating": (True, False, None)},
}
_OFTEN = {"search": 5, "insights": 2, "trending": 2, "turn_page": 3, "fetch_picture": 2, "set_level": 2}
NAMES = tuple(name for name in ACTIONS for _ in range(_OFTEN.get(name, 1)))


async def random_step(world: World, rng: random.Random) -> None:
    """Do something at random; most people ask in channels."""
    name = rng.choice(NAMES)
    drawn = {key: rng.choice(values) for key, values in ACTIONS[name].items()}
    if "place" in drawn and rng.random() < 0.5:
        drawn["place"] = "channel"
    world.steps += 1
    await getattr(world, name)(**drawn)


def walk(seed: int, steps: int) -> World:
    """FallbackSearch at random through a new world; raises `Leak` if something leaks."""
    rng = random.Random(seed)
    world = World(seed)

    async def go() -> None:
        for _ in range(steps):
            await random_step(world, rng)

    asyncio.run(go())
    return world
