"""Words of a stored session are judged at each turn: suggestions, spellings, tiles, and the question itself."""

from __future__ import annotations

import pytest

from bot.discord_ui.model.batches import Fetched
from bot.discord_ui.model.session import Content, Kind, Refinement, TrendingCategory, TrendingTile
from bot.discord_ui.sessions.recheck import WITHHELD, judged_words
from bot.safesearch.place import Place, PlaceKind, Requester

from .fakes import FakeService, picture

VISITOR = Requester(Place(PlaceKind.CHANNEL, 1, 2, None, None, True), 5)
ITEMS = tuple(picture(number) for number in (1, 2, 3))


@pytest.fixture
def service() -> FakeService:
    return FakeService()


async def test_what_is_fine_stays_the_same_object(service: FakeService) -> None:
    content = Content(asker_id=5, title="cats", altered="cat", fetched=Fetched(items=ITEMS))
    assert await judged_words(service, VISITOR, content) is content


async def test_suggestions_go_one_by_one(service: FakeService) -> None:
    offered = (
        Refinement(kind="related", text="fine", label="fine"),
        Refinement(kind="related", text="bad", label="fine"),
        Refinement(kind="related", text="fine", label="bad"),
        Refinement(kind="pivot", text="fine", label="fine", instead_of="bad"),
    )
    content = Content(asker_id=5, title="cats", altered="bad", refinements=offered, fetched=Fetched(items=ITEMS))
    service.banned.add("bad")
    judged = await judged_words(service, VISITOR, content)
    assert judged.refinements == offered[:1]
    assert judged.altered is None
    assert judged.items == ITEMS


async def test_a_question_that_is_not_allowed_any_more_takes_everything(service: FakeService) -> None:
    content = Content(
        asker_id=5,
        title="bad",
        fetched=Fetched(items=ITEMS, next_offset=3),
        refinements=(Refinement(kind="related", text="x", label="x"),),
        extra="{}",
    )
    service.banned.add("bad")
    judged = await judged_words(service, VISITOR, content)
    assert (judged.title, judged.items, judged.refinements, judged.extra) == (WITHHELD, (), (), None)
    assert judged.request is None
    assert judged.fetched.complete


@pytest.mark.parametrize("current", [0, 1])
async def test_tiles_go_with_their_pictures(service: FakeService, current: int) -> None:
    categories = (
        TrendingCategory(
            title="birds", items=ITEMS,
            tiles=tuple(TrendingTile(query=query, label=query) for query in ("one", "bad", "three")),
        ),
        TrendingCategory(title="worse", items=ITEMS[:1], tiles=(TrendingTile(query="x", label="x"),)),
    )  # fmt: skip
    content = Content(
        asker_id=5, kind=Kind.TRENDING, title="Trending", categories=categories, category=current,
        fetched=Fetched(items=categories[current].items, complete=True),
    )  # fmt: skip
    service.banned |= {"bad", "worse"}
    judged = await judged_words(service, VISITOR, content)
    assert [tile.query for tile in judged.categories[0].tiles] == ["one", "three"]
    assert judged.categories[0].items == (ITEMS[0], ITEMS[2])
    assert (judged.categories[1].title, judged.categories[1].items) == (WITHHELD, ())
    assert judged.items == ((ITEMS[0], ITEMS[2]) if current == 0 else ())
    assert judged.fetched.hidden == 1
