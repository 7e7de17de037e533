"""/trending in an offline Discord: tiles as pages, categories as a menu, a tile opens its search."""

from __future__ import annotations

from typing import Any

import pytest

from bot.bing_v7 import Category, Growth, Query, Tile, TrendingImages, Unavailable
from tests.discord_ui.fakes import FakeService, picture

from .helpers import choose, ids, more, options, press, texts


def category(title: str, *numbers: int) -> Category:
    tiles = tuple(
        Tile(
            query=Query(text=f"query {number}", display_text=f"Tile {number}"),
            image=picture(number),
            growth={1: Growth(times=3.2), 2: Growth(), 3: Growth(times=1.2)}.get(number),
        )
        for number in numbers
    )
    return Category(title=title, tiles=tiles)


def labels(message: Any) -> dict[str, str]:
    """The custom_ids of a message's buttons by label."""
    found = [one for row in message.components for one in row.children]
    return {one.label: one.custom_id for one in found if getattr(one, "label", None)}


@pytest.fixture
def service() -> FakeService:
    """Two categories."""
    images = [picture(number) for number in range(1, 26)]
    return FakeService(images, trends=TrendingImages(categories=(category("Birds", 1, 2, 3), category("Towns", 8, 9))))


async def test_a_page_shows_several_tiles_and_how_much_each_is_up(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "trending")
    await nest.quiet()
    page = nest.shown()
    assert page.embeds[0].author.name == "Trending: Birds"
    lines = page.embeds[0].description.split("\n")
    assert [line.rpartition(" · ")[0] for line in lines] == [
        "**1.** Tile 1 · ↑ 3× the usual", "**2.** Tile 2 · new", "**3.** Tile 3",  # noqa: RUF001
    ]  # fmt: skip
    assert len(page.embeds) == 3
    assert set(ids(page)) == {"more"}
    assert "3 · Tile 3" in labels(await more(nest.mara, page))


async def test_one_tile_at_a_time(nest: Any) -> None:
    await nest.theo.slash(nest.channel, "display", view="single")
    await nest.mara.slash(nest.channel, "trending")
    await nest.quiet()
    assert nest.shown().embeds[0].author.name == "Trending: Birds · Tile 1"
    assert nest.shown().embeds[0].description.startswith("↑ 3× the usual")  # noqa: RUF001
    await press(nest.mara, nest.shown(), "next")
    assert nest.shown().embeds[0].author.name == "Trending: Birds · Tile 2"
    await nest.mara.react(nest.shown(), "▶️")
    await nest.quiet()
    assert nest.shown().embeds[0].title == "Picture 3"
    assert len(nest.service.asked("trending")) == 1


async def test_categories_are_a_menu(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "trending")
    assert [one.label for one in options(await more(nest.mara, nest.shown()), "category")] == ["Birds", "Towns"]
    await choose(nest.mara, nest.shown(), "category", "1")
    assert nest.shown().embeds[0].author.name == "Trending: Towns"
    others = await choose(nest.kim, nest.shown(), "category", "0")
    assert others.response.ephemeral
    assert others.response.embeds[0].author.name == "Trending: Birds"


async def test_a_tile_that_may_not_be_offered_any_more_is_taken_away_once_it_is_pressed(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "trending")
    await nest.quiet()
    panel = await more(nest.mara, nest.shown())
    nest.service.banned.add("query 2")
    refused = await nest.mara.click(panel, custom_id=labels(panel)["2 · Tile 2"])
    await nest.quiet()
    assert "what it was for has changed" in refused.followups[-1].content
    assert "Tile 2" not in texts(nest.shown())
    assert "Tile 3" in texts(nest.shown())
    assert nest.service.asked("search") == []


async def test_a_category_can_be_asked_for_by_name(nest: Any) -> None:
    choices = await nest.mara.autocomplete(nest.channel, "trending", "category", "tow")
    assert [choice["value"] for choice in choices] == ["Towns"]
    await nest.mara.slash(nest.channel, "trending", category="Towns")
    assert "**1.** Tile 8" in texts(nest.shown())


async def test_a_tile_opens_its_search_with_its_own_picture_first(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "trending")
    panel = await more(nest.mara, nest.shown())
    await nest.mara.click(panel, custom_id=labels(panel)["2 · Tile 2"])
    (request,) = nest.service.asked("search")
    assert (request.q, request.id) == ("query 2", "ID2")
    assert nest.shown().embeds[0].author.name == "“query 2”"
    assert "tile" not in ids(nest.shown())


@pytest.mark.parametrize("view", ["grid", "gallery"])
async def test_a_tile_opens_its_search_in_the_view_of_the_place(nest: Any, view: str) -> None:
    await nest.theo.slash(nest.channel, "display", view=view)
    await nest.mara.slash(nest.channel, "trending")
    assert "Trending: Birds" in texts(nest.shown())
    theirs = await press(nest.kim, nest.shown(), "tile")
    await press(nest.mara, nest.shown(), "tile")
    for message in (nest.shown(), theirs.response.message):
        assert bool(message.flags.components_v2) == (view == "gallery")
        assert len(message.embeds) == (4 if view == "grid" else 0)
    await press(nest.mara, nest.shown(), "next")
    assert f"**{5 if view == 'grid' else 7}.**" in texts(nest.shown())


async def test_a_tile_that_is_not_allowed_any_more_takes_its_search_with_it(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "trending")
    await press(nest.mara, nest.shown(), "view")
    nest.service.banned.add("ID2")
    await press(nest.mara, nest.shown(), "next")
    assert nest.shown().embeds[0].author.name == "Trending: Birds · Tile 3"
    await press(nest.mara, nest.shown(), "tile")
    assert nest.service.asked("search")[-1].q == "query 3"


async def test_a_tile_whose_words_are_blocked_meanwhile_goes_with_its_picture(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "trending")
    await press(nest.mara, nest.shown(), "view")
    nest.service.banned.add("query 2")
    await press(nest.mara, nest.shown(), "next")
    assert nest.shown().embeds[0].author.name == "Trending: Birds · Tile 3"
    assert nest.shown().embeds[0].title == "Picture 3"


async def test_without_trends_people_are_told_why(nest: Any) -> None:
    nest.service.trends = TrendingImages()
    result = await nest.mara.slash(nest.channel, "trending", private=True)
    assert "Nothing is trending yet" in texts(result.response.message)


async def test_no_categories_are_offered_while_nobody_answers(nest: Any) -> None:
    nest.service.error = Unavailable("down")
    choices = await nest.mara.autocomplete(nest.channel, "trending", "category", "")
    assert choices == []
