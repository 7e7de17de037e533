"""Words of a stored session are judged at each turn: suggestions, spellings, tiles, and the question itself."""

from __future__ import annotations

import pytest

from bot.bing_v7 import Category, Image, Query, Tile, TrendingRequest
from bot.discord_ui.model.batches import Fetched
from bot.discord_ui.model.pager import PagerState
from bot.discord_ui.model.session import Content, Kind, Refinement
from bot.discord_ui.sessions.recheck import WITHHELD, judged_page
from bot.safesearch.place import Place, PlaceKind, Requester

from .fakes import FakeService, picture

VISITOR = Requester(Place(PlaceKind.CHANNEL, 1, 2, None, None, True), 5, own=None)
ITEMS = tuple(picture(number) for number in (1, 2, 3))


def tile(query: str, image: Image) -> Tile:
    return Tile(query=Query(text=query), image=image)


async def now(service: FakeService, content: Content) -> Content:
    """The content as it may be shown now."""
    content = content.with_(level=service.level, rule="server")
    state = PagerState(len(content.items), content.fetched.complete)
    return (await judged_page(service, VISITOR, content, state)).content


@pytest.fixture
def service() -> FakeService:
    return FakeService()


async def test_what_is_fine_stays_the_same_object(service: FakeService) -> None:
    content = Content(asker_id=5, title="cats", altered="cat", fetched=Fetched(items=ITEMS), rule="server")
    state = PagerState(3, complete=False)
    assert (await judged_page(service, VISITOR, content, state)).content is content


async def test_suggestions_go_one_by_one(service: FakeService) -> None:
    offered = (
        Refinement(kind="related", query=Query(text="fine")),
        Refinement(kind="related", query=Query(text="bad", display_text="fine")),
        Refinement(kind="related", query=Query(text="fine", display_text="bad")),
        Refinement(kind="pivot", query=Query(text="fine"), instead_of="bad"),
    )
    content = Content(asker_id=5, title="cats", altered="bad", suggestions=offered, fetched=Fetched(items=ITEMS))
    service.banned.add("bad")
    judged = await now(service, content)
    assert judged.suggestions == offered[:1]
    assert judged.altered is None
    assert judged.items == ITEMS


async def test_a_question_that_is_not_allowed_any_more_takes_everything(service: FakeService) -> None:
    content = Content(
        asker_id=5,
        title="bad",
        fetched=Fetched(items=ITEMS, next_offset=3),
        suggestions=(Refinement(kind="related", query=Query(text="x")),),
        trends=TrendingRequest(),
    )
    service.banned.add("bad")
    judged = await now(service, content)
    assert (judged.title, judged.items, judged.suggestions, judged.trends) == (WITHHELD, (), (), None)
    assert judged.request is None
    assert judged.fetched.complete


@pytest.mark.parametrize("current", [0, 1])
async def test_tiles_go_with_their_pictures(service: FakeService, current: int) -> None:
    categories = (
        Category(title="birds", tiles=tuple(map(tile, ("one", "bad", "three"), ITEMS))),
        Category(title="worse", tiles=(tile("x", ITEMS[0]),)),
    )  # fmt: skip
    content = Content(
        asker_id=5, kind=Kind.TRENDING, title="Trending", categories=categories, category=current,
        fetched=Fetched(items=tuple(one.image for one in categories[current].tiles), complete=True),
    )  # fmt: skip
    service.banned |= {"bad", "worse"}
    judged = await now(service, content)
    assert judged.categories[0].tiles == (tile("one", ITEMS[0]), tile("three", ITEMS[2]))
    assert (judged.categories[1].title, judged.categories[1].tiles) == (WITHHELD, ())
    assert judged.items == ((ITEMS[0], ITEMS[2]) if current == 0 else ())
    assert judged.fetched.hidden == 1
