"""Words of a stored session are judged at each turn: suggestions, spellings, tiles, and the question itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from bot.bing_v7 import (
    Category,
    Image,
    ImageInsights,
    ImagesModule,
    InsightsRequest,
    Module,
    Query,
    SafeSearch,
    SearchRequest,
    Tile,
    TrendingRequest,
)
from bot.discord_ui.model.batches import Fetched
from bot.discord_ui.model.lookup_session import Lookup, LookupResult, LookupSource, Origin, Section
from bot.discord_ui.model.pager import PagerState
from bot.discord_ui.model.session import (
    WITHHELD,
    LookupSession,
    Refinement,
    SearchSession,
    Session,
    SimilarSession,
    TrendingSession,
)
from bot.discord_ui.sessions.recheck import judged_page
from bot.safesearch.place import Place, PlaceKind, Requester

from .fakes import FakeService, held, picture
from .lookups import everything

REQUESTER = Requester(Place(PlaceKind.CHANNEL, 1, 2, None, None, True), 5, own=None)
ITEMS = tuple(picture(number) for number in (1, 2, 3))


def tile(query: str, image: Image) -> Tile:
    return Tile(query=Query(text=query), image=image)


async def now(service: FakeService, content: Session) -> Any:
    """The content as it may be shown now."""
    content = content.with_(level=service.level, rule="server")
    state = PagerState(len(content.items), content.fetched.complete)
    return (await judged_page(service, REQUESTER, content, state)).content


@pytest.fixture
def service() -> FakeService:
    return FakeService()


async def test_what_is_fine_stays_the_same_object(service: FakeService) -> None:
    content = SearchSession(owner_id=5, title="cats", altered="cat", fetched=Fetched(items=ITEMS), rule="server")
    state = PagerState(3, complete=False)
    assert (await judged_page(service, REQUESTER, content, state)).content is content


async def test_suggestions_go_one_by_one(service: FakeService) -> None:
    offered = (
        Refinement(kind="related", query=Query(text="fine")),
        Refinement(kind="related", query=Query(text="bad", display_text="fine")),
        Refinement(kind="related", query=Query(text="fine", display_text="bad")),
        Refinement(kind="pivot", query=Query(text="fine"), instead_of="bad"),
    )
    content = SearchSession(owner_id=5, title="cats", altered="bad", suggestions=offered, fetched=Fetched(items=ITEMS))
    service.banned.add("bad")
    judged = await now(service, content)
    assert judged.suggestions == offered[:1]
    assert judged.altered is None
    assert judged.items == ITEMS


async def test_a_question_that_is_not_allowed_any_more_takes_everything(service: FakeService) -> None:
    content = SearchSession(
        owner_id=5,
        title="bad",
        fetched=Fetched(items=ITEMS, next_offset=3),
        suggestions=(Refinement(kind="related", query=Query(text="x")),),
        request=SearchRequest(q="bad"),
    )
    service.banned.add("bad")
    judged = await now(service, content)
    assert (judged.title, judged.items, judged.suggestions, judged.request) == (WITHHELD, (), (), None)
    assert judged.fetched.complete


async def test_pictures_that_are_like_a_withheld_one_are_withheld(service: FakeService) -> None:
    asked = InsightsRequest(insights_token="t", modules=frozenset({Module.SIMILAR_IMAGES}))
    content = SimilarSession(
        owner_id=5, title="cats", subject=picture(9), similar_to=asked, fetched=Fetched(items=ITEMS, complete=True)
    )
    service.banned.add("ID9")
    judged = await now(service, content)
    assert (judged.title, judged.items, judged.subject, judged.similar_to) == (WITHHELD, (), None, None)


async def test_searches_in_words_of_pictures_that_are_adult_by_now_go() -> None:
    """What was judged before is no reason to offer them: no rule tells of a rating that changed."""
    offered = (
        Refinement(kind="spelling", query=Query(text="+katz")),
        Refinement(kind="related", query=Query(text="fine")),
        Refinement(kind="expansion", query=Query(text="cats words", display_text="words")),
    )
    content = SearchSession(
        owner_id=5, title="katz", altered="cats", suggestions=offered, rule="server",
        fetched=Fetched(items=(held(1),), complete=True, providers=("collection",)),
    )  # fmt: skip
    service, state = Rerated(), PagerState(1, complete=True)
    before = await judged_page(service, REQUESTER, content, state)
    assert before.content is content
    service.gone = {"words", "cats"}
    after = (await judged_page(service, REQUESTER, content, state, (before,))).content
    assert isinstance(after, SearchSession)
    assert (after.suggestions, after.altered, after.items) == (offered[:2], None, content.items)


@pytest.mark.parametrize("level", [SafeSearch.STRICT, SafeSearch.OFF])
async def test_pictures_that_are_gone_go_uncounted(service: FakeService, level: SafeSearch) -> None:
    """What SafeSearch hides is told apart from files that were deleted."""
    service.level = level
    items = tuple(held(number) for number in (1, 2, 3, 4))
    content = SearchSession(owner_id=5, title="cats", fetched=Fetched(items=items, complete=True, hidden=2))
    service.lost, service.banned = {"h1", "h3"}, {"h4"}
    judged = await now(service, content)
    assert judged.items == (items[1],)
    assert judged.fetched.hidden == 3
    service.lost, service.banned = {"h1"}, {"h1", "h3"}
    judged = await now(service, content)
    assert judged.items == (items[1], items[3])
    assert judged.fetched.hidden == 3


class Rerated(FakeService):
    """Held pictures whose ids are ``banned`` were rated adult meanwhile, which no rule tells."""

    gone: frozenset[str] | set[str] = frozenset()

    async def rules(self, requester: Requester) -> Any:
        return self.level

    async def withdrawn(
        self, requester: Requester, searches: Sequence[str], providers: Sequence[str]
    ) -> frozenset[str]:
        return frozenset(searches) & self.gone if "collection" in providers else frozenset()

    async def allowed_insights(self, requester: Requester, answer: ImageInsights, asked: SafeSearch) -> Any:
        pages = answer.pages_including.value if answer.pages_including else ()
        gone = any(page.image_id in self.banned for page in pages)
        return self._judged(ImageInsights() if gone else answer)


async def test_what_was_judged_by_other_rules_than_the_pictures_is_judged_again() -> None:
    """The place becomes stricter after the title was judged and before the pictures are."""

    class Stricter(FakeService):
        async def allowed(self, requester: Requester, images: Any) -> Any:
            self.banned.add("like it")
            return await super().allowed(requester, images)

    service = Stricter()
    fetched = Fetched(items=ITEMS, complete=True)
    content = SimilarSession(owner_id=5, title="like it", fetched=fetched, level=service.level, rule="server")
    page = await judged_page(service, REQUESTER, content, PagerState(len(ITEMS), complete=True))
    assert (page.content.title, page.rules) == (WITHHELD, await service.rules(REQUESTER))


async def test_ratings_that_words_rest_on_are_looked_at_though_the_page_was_judged_before() -> None:
    """The page's own pictures have public addresses: only what the answer says of others may have changed."""
    service, subject = Rerated(), held(9)
    asked = InsightsRequest(insights_token="t", modules=frozenset({Module.SIMILAR_IMAGES}))
    found = ImageInsights(
        best_representative_query=Query(text="words"), pages_including=ImagesModule(value=(picture(1), subject))
    )
    lookup = Lookup(source=LookupSource(by=Origin.DISCORD), section=Section.PAGES).with_result(
        LookupResult(answer=found)
    )
    fetched = Fetched(items=ITEMS, complete=True)
    similar = SimilarSession(owner_id=5, title="like it", subject=subject, similar_to=asked, fetched=fetched)
    sessions: tuple[Session, ...] = (similar, LookupSession(owner_id=5, lookup=lookup).showing(lookup))
    for each in sessions:
        content = each.with_(level=service.level, rule="server")
        state = PagerState(len(content.items), complete=True)
        before = await judged_page(service, REQUESTER, content, state)
        assert before.content is content
        assert (await judged_page(service, REQUESTER, content, state, (before,))).content is content
        service.banned.add("h9")
        after = (await judged_page(service, REQUESTER, content, state, (before,))).content
        assert not {"like it", "words"} & set(after.model_dump_json().split('"'))
        service.banned.clear()


def test_nothing_is_left_of_what_is_withheld() -> None:
    source = LookupSource(by=Origin.WEB, address="https://example.org/secret.png", name="secret")
    lookup = Lookup(source=source, candidates=(source,), section=Section.PEOPLE).with_result(
        LookupResult(answer=everything())
    )
    trends = (Category(title="secret", tiles=(tile("secret", ITEMS[0]),)),)
    whole: tuple[Session, ...] = (
        SearchSession(owner_id=5, title="secret", request=SearchRequest(q="secret"), altered="secret"),
        SimilarSession(owner_id=5, title="secret", similar_to=InsightsRequest(img_url="https://example.org/secret")),
        TrendingSession(owner_id=5, trends=TrendingRequest(), categories=trends, fetched=Fetched(items=ITEMS)),
        LookupSession(owner_id=5, lookup=lookup).showing(lookup),
    )
    for content in whole:
        left = content.withheld()
        assert not left.can_be_asked
        assert left.items == ()
        assert left.fetched.complete
        assert "secret" not in left.model_dump_json()
        assert "panda" not in left.model_dump_json()


@pytest.mark.parametrize("current", [0, 1])
async def test_tiles_go_with_their_pictures(service: FakeService, current: int) -> None:
    categories = (
        Category(title="birds", tiles=tuple(map(tile, ("one", "bad", "three"), ITEMS))),
        Category(title="worse", tiles=(tile("x", ITEMS[0]),)),
    )  # fmt: skip
    content = TrendingSession(
        owner_id=5, title="Trending", categories=categories, category=current,
        fetched=Fetched(items=tuple(one.image for one in categories[current].tiles), complete=True),
    )  # fmt: skip
    service.banned |= {"bad", "worse"}
    judged = await now(service, content)
    assert judged.categories[0].tiles == (tile("one", ITEMS[0]), tile("three", ITEMS[2]))
    assert (judged.categories[1].title, judged.categories[1].tiles) == (WITHHELD, ())
    assert judged.items == ((ITEMS[0], ITEMS[2]) if current == 0 else ())
    assert judged.fetched.hidden == 1
