"""The service: level and lists of the moment, rules that change during a call, counting, suggestions, budgets."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.bing_v7 import (
    Attribution,
    Blocked,
    Certainty,
    Depiction,
    Image,
    ImageAnswer,
    ImageGallery,
    ImageInsights,
    ImagesModule,
    InsightsRequest,
    LevelNotHonoured,
    Picture,
    PictureText,
    Query,
    RelatedCollectionsModule,
    SafeSearch,
    ScopedTrendingRequest,
    SearchRequest,
    TrendingImages,
    TrendingRequest,
    local_address,
)
from bot.providers.routing.chain import LookupProgress
from bot.safesearch.content_policy import Reason
from bot.safesearch.gate import gated
from bot.safesearch.guard import Guard
from bot.safesearch.place import Place, PlaceKind, Requester
from bot.safesearch.policies import Policies, SettingsChanging
from bot.safesearch.policy import Rule, Scope
from bot.search.counts import SearchCounts
from bot.search.service import SearchService
from bot.storage.choices import Choices
from bot.storage.policies import ListKind
from bot.storage.query_counts import QueryCountStore
from bot.storage.recent import REMEMBER_QUERIES, RecentQueries
from tests.safesearch.told import IN_ADULT_CHANNEL, Told, opened_policies

OFF, MODERATE, STRICT = SafeSearch.OFF, SafeSearch.MODERATE, SafeSearch.STRICT
FINE = Image(name="fine", is_family_friendly=True)
ADULT = Image(name="adult", is_family_friendly=False)
CATS = SearchRequest(q="cats")
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def held_pages() -> ImageInsights:
    """A lookup with a name, that two held pages include."""
    pages = tuple(
        Image(name=name, image_id=name, content_url=local_address("picture", name), is_family_friendly=True)
        for name in ("A", "B")
    )
    return ImageInsights(best_representative_query=Query(text="first"), pages_including=ImagesModule(value=pages))


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
async def policies(tmp_path: Path) -> AsyncIterator[Policies]:
    async with opened_policies(tmp_path) as opened:
        yield opened


@pytest.fixture
def service(told: Told, policies: Policies) -> SearchService:
    return SearchService(Guard(gated(told)), policies)


@pytest.fixture
def requester() -> Requester:
    return IN_ADULT_CHANNEL


async def test_the_level_of_the_place_is_what_the_provider_is_asked(
    service: SearchService, told: Told, policies: Policies, requester: Requester
) -> None:
    for level in SafeSearch:
        await policies.set_level(1, Scope.CHANNEL, 10, level, 7)
        found = await service.search(requester, CATS.at(OFF))
        assert told.asked[-1].safe_search is level
        assert found.decision.level is level
    await policies.set_level(1, Scope.CHANNEL, 10, OFF, 7)
    await service.search(replace(requester, own=MODERATE), CATS)
    assert told.asked[-1].safe_search is MODERATE


async def test_what_is_hidden_is_counted_with_reasons(service: SearchService, told: Told, requester: Requester) -> None:
    told.answer = ImageAnswer(
        value=(FINE, ADULT, Image(name="some porn"), Image(name="x", host_page_url="https://xxx/"))
    )
    found = await service.search(requester, CATS)
    assert [image.name for image in found.answer.value] == ["fine"]
    assert (found.hidden.total, dict(found.hidden.reasons)) == (3, {Reason.ADULT: 1, Reason.WORD: 1, Reason.HOST: 1})
    assert found.answer.provenance is not None
    assert found.answer.provenance.notes == ()


async def test_a_query_that_is_not_allowed_reaches_nobody(
    service: SearchService, told: Told, policies: Policies, requester: Requester
) -> None:
    await policies.add(1, ListKind.WORD, "wumpus", 7)
    for query, what in (("a WUMPUS", "word"), ("site:x.example", "operator"), ("see pornhub.com", "host")):
        with pytest.raises(Blocked) as refused:
            await service.search(requester, SearchRequest(q=query))
        assert refused.value.what == what
    with pytest.raises(Blocked):
        await service.insights(requester, InsightsRequest(img_url="https://www.pornhub.com/x.jpg"))
    with pytest.raises(Blocked):
        await service.insights(requester, InsightsRequest(img_url="https://x.example/x.jpg", q="wumpus"))
    assert told.asked == []


async def test_a_level_that_nobody_honours_is_refused(service: SearchService, told: Told, requester: Requester) -> None:
    told.levels = frozenset({OFF})
    for ask in (
        service.search(requester, CATS),
        service.trending(requester, TrendingRequest()),
        service.insights(requester, InsightsRequest(img_url="https://x.example/x.jpg")),
    ):
        with pytest.raises(LevelNotHonoured):
            await ask
    assert told.asked == []


class TestChangesDuringACall:
    async def test_made_stricter_the_question_is_asked_again(
        self, service: SearchService, told: Told, policies: Policies, requester: Requester
    ) -> None:
        await policies.set_level(1, Scope.CHANNEL, 10, OFF, 7)

        async def answer(request: SearchRequest) -> ImageAnswer:
            await policies.set_level(1, Scope.CHANNEL, 10, STRICT, 7)
            return ImageAnswer(value=(Image(name=f"asked at {request.safe_search}"),))

        told.answer = answer
        found = await service.search(requester, CATS)
        assert [image.name for image in found.answer.value] == ["asked at Strict"]
        assert found.decision.level is STRICT

    async def test_a_word_blocked_meanwhile_counts(
        self, service: SearchService, told: Told, policies: Policies, requester: Requester
    ) -> None:
        async def answer(_request: SearchRequest) -> ImageAnswer:
            await policies.add(1, ListKind.WORD, "wumpus", 7)
            return ImageAnswer(value=(Image(name="wumpus"), FINE))

        told.answer = answer
        assert [image.name for image in (await service.search(requester, CATS)).answer.value] == ["fine"]

    async def test_rules_that_never_rest_end_in_an_error(
        self, service: SearchService, told: Told, policies: Policies, requester: Requester
    ) -> None:
        async def answer(_request: SearchRequest) -> ImageAnswer:
            await policies.add(1, ListKind.WORD, f"word{len(told.asked)}", 7)
            return ImageAnswer(value=(FINE,))

        told.answer = answer
        with pytest.raises(SettingsChanging):
            await service.search(requester, CATS)

    async def test_made_looser_nothing_is_asked_again(
        self, service: SearchService, told: Told, policies: Policies, requester: Requester
    ) -> None:
        async def answer(_request: SearchRequest) -> ImageAnswer:
            await policies.set_level(1, Scope.CHANNEL, 10, OFF, 7)
            return ImageAnswer(value=(FINE, ADULT))

        told.answer = answer
        assert len((await service.search(requester, CATS)).answer.value) == 1
        assert len(told.asked) == 1

    async def test_made_stricter_meanwhile_searches_are_offered_as_the_level_of_now_has_them(
        self, policies: Policies, requester: Requester
    ) -> None:
        """What many people search for, and words of held pictures, depend on the level that they are asked for at."""
        await policies.set_level(1, Scope.CHANNEL, 10, OFF, 7)
        levels: list[SafeSearch] = []

        class ByLevel(Told):
            async def complete(self, prefix: str, limit: int, level: SafeSearch) -> list[str]:
                await policies.set_level(1, Scope.CHANNEL, 10, STRICT, 7)
                return [f"{prefix} held at {level}"]

        class Popular(Suggestions):
            async def suggestions(
                self, requester: Requester, prefix: str, level: SafeSearch, limit: int
            ) -> Sequence[str]:
                levels.append(level)
                return [f"{prefix} popular at {level}"]

        service = SearchService(Guard(ByLevel()), policies, counting=Popular())
        assert await service.suggest(requester, "ca") == ["ca popular at Strict", "ca held at Strict"]
        assert levels == [OFF, STRICT]

    async def test_a_channel_that_lost_its_age_flag_tightens_at_once(
        self, service: SearchService, told: Told, policies: Policies, requester: Requester
    ) -> None:
        await policies.set_level(1, Scope.CHANNEL, 10, OFF, 7)
        assert (await service.decide(requester)).level is OFF
        service.place_now = lambda place: replace(place, age_restricted=False)
        decision = await service.decide(requester)
        assert (decision.level, decision.rule) == (MODERATE, Rule.NOT_AGE_RESTRICTED)
        service.place_now = lambda place: replace(place, age_restricted=True)
        unmarked = replace(requester, place=replace(requester.place, age_restricted=False))
        assert (await service.decide(unmarked)).level is MODERATE

    async def test_a_word_blocked_while_both_places_are_looked_up_counts(
        self, service: SearchService, policies: Policies, requester: Requester, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A channel that has changed is looked up as it was and as it is."""
        rules = policies.rules

        async def then_blocked(place: Place, own: SafeSearch | None = None) -> Any:
            found = await rules(place, own)
            await policies.add(1, ListKind.WORD, "wumpus", 7)
            return found

        service.place_now = lambda place: replace(place, age_restricted=False)
        monkeypatch.setattr(policies, "rules", then_blocked)
        assert await service.allowed_texts(requester, ["a wumpus", "cats"]) == ["cats"]


class BitByBit(Told):
    async def insights_as_completed(self, request: InsightsRequest) -> AsyncIterator[LookupProgress]:
        self.asked.append(request)
        yield LookupProgress(ImageInsights(pages_including=ImagesModule(value=(FINE,))), ("slow",))
        if inspect.iscoroutinefunction(self.answer):
            await self.answer(request)
        yield LookupProgress(ImageInsights(pages_including=ImagesModule(value=(FINE, ADULT))))


class TestLookups:
    async def test_bit_by_bit(self, policies: Policies, requester: Requester) -> None:
        provider = BitByBit()
        service = SearchService(Guard(provider), policies)
        request = InsightsRequest(img_url="https://x.example/x.jpg")
        steps = [step async for step in service.insights_as_completed(requester, request)]
        assert [step.waiting for step in steps] == [("slow",), ()]
        assert [step.hidden.total for step in steps] == [0, 1]
        assert provider.asked[0].safe_search is STRICT

    async def test_bit_by_bit_of_a_provider_that_answers_at_once(
        self, service: SearchService, told: Told, requester: Requester
    ) -> None:
        told.answer = ImageInsights(pages_including=ImagesModule(value=(FINE, ADULT)))
        request = InsightsRequest(img_url="https://x.example/x.jpg")
        (step,) = [step async for step in service.insights_as_completed(requester, request)]
        assert (step.hidden.total, step.waiting) == (1, ())

    async def test_made_stricter_on_the_way_it_begins_anew(self, policies: Policies, requester: Requester) -> None:
        await policies.set_level(1, Scope.CHANNEL, 10, OFF, 7)
        provider = BitByBit()

        async def tighten(_request: InsightsRequest) -> None:
            await policies.set_level(1, Scope.CHANNEL, 10, STRICT, 7)

        provider.answer = tighten
        service = SearchService(Guard(provider), policies)
        request = InsightsRequest(img_url="https://x.example/x.jpg")
        levels = [step.decision.level async for step in service.insights_as_completed(requester, request)]
        assert levels == [OFF, STRICT, STRICT]


class TestStoredPictures:
    async def test_fetched_at_a_looser_level_only_vouched_ones_stay(
        self, service: SearchService, told: Told, policies: Policies, requester: Requester
    ) -> None:
        told.answer = ImageAnswer(value=(FINE, ADULT, Image(name="silent")))
        await policies.set_level(1, Scope.CHANNEL, 10, OFF, 7)
        stored = (await service.search(requester, CATS)).answer.value
        assert len(stored) == 3
        stored = tuple(Image.model_validate_json(image.model_dump_json(by_alias=True)) for image in stored)
        assert len((await service.allowed(requester, stored)).answer) == 3
        await policies.set_level(1, Scope.CHANNEL, 10, MODERATE, 7)
        judged = await service.allowed(requester, stored)
        assert [image.name for image in judged.answer] == ["fine"]
        assert dict(judged.hidden.reasons) == {Reason.ADULT: 1, Reason.UNFLAGGED: 1}

    async def test_fetched_at_the_same_level_silent_ones_stay(
        self, service: SearchService, told: Told, requester: Requester
    ) -> None:
        told.answer = ImageAnswer(value=(FINE, Image(name="silent")))
        stored = (await service.search(requester, CATS)).answer.value
        assert len((await service.allowed(requester, stored)).answer) == 2
        assert len((await service.allowed(requester, (Image(name="from nowhere"),))).answer) == 0

    async def test_held_ones_go_by_their_rating_of_now(
        self, service: SearchService, told: Told, policies: Policies, requester: Requester
    ) -> None:
        held = Image(image_id="A", content_url=local_address("picture", "A"), is_family_friendly=True)
        for rating, level, shown in (
            (True, STRICT, True), (True, MODERATE, True), (False, MODERATE, False), (False, OFF, True),
            (None, STRICT, False), (None, OFF, True),
        ):  # fmt: skip
            told.pictures = {"A": Picture(b"a", "image/png", "a.png", 1, 1, rating)}
            await policies.set_level(1, Scope.CHANNEL, 10, level, 7)
            assert (await service.picture(requester, held) is not None) is shown, (rating, level)
            assert bool((await service.allowed(requester, (held,))).answer) is shown, (rating, level)

    @pytest.mark.parametrize("level", [STRICT, MODERATE, OFF])
    async def test_a_held_picture_that_is_gone_and_one_that_is_not_held(
        self, service: SearchService, policies: Policies, requester: Requester, level: SafeSearch
    ) -> None:
        """At every level it is not shown any more, and no level hid it."""
        await policies.set_level(1, Scope.CHANNEL, 10, level, 7)
        held = Image(image_id="A", content_url=local_address("picture", "A"), is_family_friendly=True)
        assert await service.picture(requester, held) is None
        judged = await service.allowed(requester, (held, FINE))
        assert (judged.answer, judged.gone) == ((FINE,), (held,))
        assert judged.hidden.total == 0
        assert await service.picture(requester, Image(content_url="https://x.example/")) is None

    async def test_at_off_nobody_is_asked_for_ratings_of_what_nobody_holds(
        self, service: SearchService, told: Told, policies: Policies, requester: Requester, monkeypatch: Any
    ) -> None:
        await policies.set_level(1, Scope.CHANNEL, 10, OFF, 7)
        monkeypatch.setattr(told, "ratings", None)  # calling it would fail
        assert (await service.allowed(requester, (FINE, ADULT))).answer == (FINE, ADULT)

    async def test_words_of_pictures_that_are_gone_are_not_offered_at_off_either(
        self, policies: Policies, requester: Requester
    ) -> None:
        class Withdrawing(Told):
            async def withdrawn(self, searches: Any, providers: Any, level: SafeSearch = STRICT) -> frozenset[str]:
                return frozenset(searches) & {"gone"} if level is OFF else frozenset(searches)

        await policies.set_level(1, Scope.CHANNEL, 10, OFF, 7)
        service = SearchService(Guard(Withdrawing()), policies)
        assert await service.withdrawn(requester, ["gone", "there"], ["told"]) == {"gone"}

    @pytest.mark.parametrize("level", [STRICT, OFF])
    async def test_a_stored_lookup_is_without_pages_that_are_gone_and_their_words(
        self, service: SearchService, told: Told, policies: Policies, requester: Requester, level: SafeSearch
    ) -> None:
        told.answer = held_pages()
        safe = Picture(b"a", "image/png", "a.png", 1, 1, True)
        await policies.set_level(1, Scope.CHANNEL, 10, level, 7)
        told.pictures = {"A": safe, "B": safe}
        stored = (await service.insights(requester, InsightsRequest(img_url="https://x.example/"))).answer
        assert (await service.allowed_insights(requester, stored, level)).answer == stored
        told.pictures = {"B": safe}
        again = await service.allowed_insights(requester, stored, level)
        assert again.answer.pages_including is not None
        assert [page.name for page in again.answer.pages_including.value] == ["B"]
        assert again.answer.best_representative_query is None
        assert again.hidden.total == 0
        told.pictures = {}
        again = await service.allowed_insights(requester, stored, level)
        assert again.answer.is_empty
        assert again.hidden.total == 0

    async def test_a_stored_lookup_goes_by_the_ratings_of_now(
        self, service: SearchService, told: Told, policies: Policies, requester: Requester
    ) -> None:
        """Once one of the held pages is rated adult, neither it nor the words that may be its own are given."""
        told.answer = held_pages()
        safe, adult = (Picture(b"a", "image/png", "a.png", 1, 1, rating) for rating in (True, False))
        await policies.set_level(1, Scope.CHANNEL, 10, STRICT, 7)
        told.pictures = {"A": safe, "B": safe}
        stored = (await service.insights(requester, InsightsRequest(img_url="https://x.example/"))).answer
        assert (await service.allowed_insights(requester, stored, STRICT)).answer == stored
        told.pictures = {"A": adult, "B": safe}
        judged = await service.allowed_insights(requester, stored, STRICT)
        left = judged.answer.pages_including
        assert left is not None
        assert [page.name for page in left.value] == ["B"]
        assert judged.answer.best_representative_query is None
        assert dict(judged.hidden.reasons) == {Reason.ADULT: 1}
        told.pictures = {}
        judged = await service.allowed_insights(requester, stored, STRICT)
        assert (judged.answer.pages_including, judged.answer.best_representative_query) == (None, None)

    async def test_what_a_holder_says_of_its_own_pictures_goes_with_them(
        self, service: SearchService, told: Told, policies: Policies, requester: Requester
    ) -> None:
        """What others see in the picture that was handed in stays: it is no word of the page."""
        credit = Attribution(provider="collection")
        page = Image(
            image_id="A", content_url=local_address("picture", "A"), is_family_friendly=True, attribution=credit
        )
        said = [Depiction(name=who, certainty=Certainty.LOW, provider=who) for who in ("collection", "recognizer")]
        told.answer = ImageInsights(
            pages_including=ImagesModule(value=(page,)),
            related_collections=RelatedCollectionsModule(value=(ImageGallery(name="a gallery of the page"),)),
            depictions=tuple(said),
            picture_texts=(PictureText(text="read when it was indexed", provider="collection"),),
        )
        await policies.set_level(1, Scope.CHANNEL, 10, STRICT, 7)
        told.pictures = {"A": Picture(b"a", "image/png", "a.png", 1, 1, True)}
        stored = (await service.insights(requester, InsightsRequest(img_url="https://x.example/"))).answer
        assert (await service.allowed_insights(requester, stored, STRICT)).answer == stored
        told.pictures = {"A": Picture(b"a", "image/png", "a.png", 1, 1, False)}
        left = (await service.allowed_insights(requester, stored, STRICT)).answer
        assert left.depictions == (said[1],)
        assert (left.pages_including, left.related_collections, left.picture_texts) == (None, None, ())

    async def test_stored_texts(self, service: SearchService, policies: Policies, requester: Requester) -> None:
        await policies.add(1, ListKind.HOST, "bad.example", 7)
        texts = ["cats", "porn", "see bad.example", "site:x.example y"]
        assert await service.allowed_texts(requester, texts) == ["cats"]


class Suggestions:
    def __init__(self) -> None:
        self.searched_for: list[tuple[str, SafeSearch]] = []
        self.fail = False

    async def searched(self, requester: Requester, query: str, level: SafeSearch) -> None:
        if self.fail:
            raise RuntimeError("the database is away")
        self.searched_for.append((query, level))

    async def suggestions(self, requester: Requester, prefix: str, level: SafeSearch, limit: int) -> Sequence[str]:
        return ["cats", "porn cats", "cats", *(f"cat {number}" for number in range(60))][:limit]

    def scope(self, requester: Requester) -> str | None:
        return f"server {requester.place.guild_id}" if requester.place.guild_id else None


class TestCounting:
    async def test_what_found_something_is_counted_once(
        self, told: Told, policies: Policies, requester: Requester
    ) -> None:
        counting = Suggestions()
        service = SearchService(Guard(told), policies, counting=counting)
        await service.search(requester, CATS)
        told.answer = ImageAnswer(value=(FINE,))
        await service.search(requester, CATS)
        await service.search(requester, CATS.model_copy(update={"offset": 35}))
        await service.background.settled()
        assert counting.searched_for == [("cats", STRICT)]
        counting.fail = True
        assert (await service.search(requester, CATS)).answer.value
        await service.background.settled()
        assert service.background.dropped == 1

    async def test_suggestions_are_judged_and_at_most_25(
        self, told: Told, policies: Policies, requester: Requester
    ) -> None:
        service = SearchService(Guard(told), policies, counting=Suggestions())
        found = await service.suggest(requester, "ca")
        assert len(found) == 25
        assert found[:2] == ["cats", "cat 0"]
        assert await SearchService(Guard(told), policies).suggest(requester, "ca") == []

    @pytest.fixture
    def counts(self, policies: Policies) -> SearchCounts:
        database = policies.store._database
        self.choices = Choices(database)
        return SearchCounts(
            QueryCountStore(database, b"key"), RecentQueries(database), self.choices,
            now=lambda: NOW,
        )  # fmt: skip

    @pytest.fixture
    def in_public(self) -> Requester:
        """Somebody in a channel of server 1 that everybody there can read."""
        return Requester(Place(PlaceKind.CHANNEL, 1, 10, None, None, False, everyone=True), 7, own=None)

    async def test_without_a_database_nothing_was_searched(self, counts: SearchCounts, policies: Policies) -> None:
        policies.store._database.availability.failed("gone")
        assert await counts.counts(NOW, 10) == []

    async def test_only_open_places_of_servers_that_installed_the_bot_are_counted_and_never_names(
        self, counts: SearchCounts, in_public: Requester
    ) -> None:
        here = in_public.place
        places = [
            Place(PlaceKind.DM), Place(PlaceKind.PRIVATE), Place(PlaceKind.UNKNOWN, 1, everyone=True),
            replace(here, user_install=True), replace(here, age_restricted=True), replace(here, age_restricted=None),
            replace(here, everyone=False), replace(here, everyone=None),
        ]  # fmt: skip
        for person in (1, 2, 3):
            for place in places:
                await counts.searched(Requester(place, person, own=None), "cats", STRICT)
            await counts.searched(replace(in_public, user_id=person), "Angela Merkel", STRICT)
            await counts.searched(replace(in_public, user_id=person), "red flowers", STRICT)
        for scope in (None, counts.scope(in_public)):
            found = await counts.counts(NOW, 10, scope)
            assert [count.text for count in found] == ["red flowers"]
        assert await counts.suggestions(in_public, "r", STRICT, 10) == ["red flowers"]
        assert await counts.suggestions(replace(in_public, place=places[3]), "r", STRICT, 10) == []

    async def test_a_server_has_counts_of_its_own(self, counts: SearchCounts, in_public: Requester) -> None:
        there = replace(in_public, place=replace(in_public.place, guild_id=2))
        for person, requester, query in (
            (1, in_public, "cats"), (2, in_public, "cats"), (3, there, "cats"),
            *((person, there, "dogs") for person in (1, 2, 3)),
        ):  # fmt: skip
            await counts.searched(replace(requester, user_id=person), query, STRICT)
        everywhere, here, elsewhere = [
            {count.text for count in await counts.counts(NOW, 10, scope)}
            for scope in (None, counts.scope(in_public), counts.scope(there))
        ]
        assert (everywhere, here, elsewhere) == ({"cats", "dogs"}, set(), {"dogs"})

    async def test_a_scope_stands_for_a_server_and_does_not_tell_which(
        self, counts: SearchCounts, in_public: Requester
    ) -> None:
        assert counts.scope(replace(in_public, user_id=8)) == counts.scope(in_public)
        private = replace(in_public, place=replace(in_public.place, everyone=False, age_restricted=True))
        assert counts.scope(private) == counts.scope(in_public)
        other = SearchCounts(
            QueryCountStore(self.choices._database, b"other key"), RecentQueries(self.choices._database), self.choices
        )
        assert other.scope(in_public) != counts.scope(in_public)
        for place in (Place(PlaceKind.DM), Place(PlaceKind.UNKNOWN, 1), replace(in_public.place, user_install=True)):
            assert counts.scope(Requester(place, 7, own=None)) is None

    async def test_who_asks_for_trends_in_a_server_asks_with_its_scope(self, told: Told, policies: Policies) -> None:
        told.answer = TrendingImages()
        service = SearchService(Guard(told), policies, counting=Suggestions())
        for guild in (1, 2, None):
            await service.trending(
                Requester(Place(PlaceKind.CHANNEL, guild), 7, own=None), TrendingRequest(mkt="de-DE")
            )
        assert told.asked == [
            ScopedTrendingRequest(mkt="de-DE", safe_search=STRICT, scope="server 1"),
            ScopedTrendingRequest(mkt="de-DE", safe_search=STRICT, scope="server 2"),
            TrendingRequest(mkt="de-DE", safe_search=STRICT),
        ]

    async def test_own_searches_are_kept_for_those_who_want_it(
        self, counts: SearchCounts, requester: Requester
    ) -> None:
        await counts.searched(requester, "Blue birds", STRICT)
        assert await counts.suggestions(requester, "blue", STRICT, 10) == []
        await self.choices.set_person(requester.user_id, REMEMBER_QUERIES, "yes")
        await counts.searched(requester, "Blue birds", STRICT)
        assert await counts.suggestions(requester, "blue", STRICT, 10) == ["Blue birds"]
        assert await counts.suggestions(replace(requester, user_id=8), "blue", STRICT, 10) == []


async def test_calls_are_charged_to_person_and_server(told: Told, policies: Policies, requester: Requester) -> None:
    charged: list[Any] = []

    @contextmanager
    def charge(person: int | None, server: int | None) -> Any:
        charged.append((person, server))
        yield

    service = SearchService(Guard(told), policies, charged_to=charge)
    await service.search(requester, CATS)
    assert charged == [(7, 1)]


async def test_suggested_queries_and_capabilities_come_through_the_guard(
    service: SearchService, told: Told, requester: Requester
) -> None:
    told.answer = TrendingImages()
    assert (await service.trending(requester, TrendingRequest())).answer == TrendingImages()
    told.answer = ImageAnswer(related_searches=(Query(text="nude cats"), Query(text="cats")))
    assert [query.text for query in (await service.search(requester, CATS)).answer.related_searches] == ["cats"]
    assert service.capabilities == told.capabilities
    await service.aclose()
    assert told.asked[-1] == "closed"
