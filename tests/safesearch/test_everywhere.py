"""What passes nowhere: at every level, in every place of an answer, and in no question that leaves the house."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.app import open_providers
from bot.bing_v7 import (
    Attribution,
    Blocked,
    Category,
    Image,
    ImageAnswer,
    ImageCaption,
    ImageInsights,
    ImageTagsModule,
    InsightsRequest,
    Pivot,
    Query,
    RelatedSearchesModule,
    SafeSearch,
    SearchRequest,
    Tag,
    Tile,
    TrendingImages,
)
from bot.safesearch.content_policy import ContentPolicy
from bot.safesearch.gate import gated
from bot.safesearch.guard import Guard
from bot.safesearch.lists import EverywhereList, Lists, StrictList, built_in_everywhere
from bot.safesearch.policy import Decision, Rule
from bot.settings import COLLECTION, Settings
from tests.starter_data import give_starter

from .told import Told

LEVELS = pytest.mark.parametrize("level", SafeSearch)
FORBIDDEN = (
    "lolicon", "L0licon", "l o l i c o n", "ロリコン", "shotacon art", "nude preteen girl", "p0rn with kids",
    "underage nudes", "pornografía infantil", "Kinderporno", "rule 34 of a loli",
)  # fmt: skip
FINE = (
    "children at school", "nude painting", "Little Girl in a Blue Armchair", "a kind of nude", "sex education", "kids",
    "Nina nude", "minor chord", "lollipop", "adult literature",
)  # fmt: skip


@LEVELS
@pytest.mark.parametrize("words", FORBIDDEN)
async def test_a_query_is_refused_before_anything_is_sent(told: Told, level: SafeSearch, words: str) -> None:
    face = Guard(told).at(Decision(level, Rule.SERVER), Lists.of(allowed=["fine.example"]))
    for ask in (
        face.search(SearchRequest(q=words)),
        face.insights(InsightsRequest(q=words, img_url="https://fine.example/x.png")),
        gated(told).search(SearchRequest(q=words, safe_search=level)),
        gated(told).insights(InsightsRequest(q=words, img_url="https://fine.example/x.png", safe_search=level)),
    ):
        with pytest.raises(Blocked) as refused:
            await ask
        assert refused.value.what == "forbidden"
        assert words not in str(refused.value)
    assert told.asked == []


@LEVELS
@pytest.mark.parametrize("address", ["https://lolicon.example/x.png", "https://ok.example/?u=jailbaits.example"])
async def test_an_address_is_refused_before_anything_is_sent(told: Told, level: SafeSearch, address: str) -> None:
    with pytest.raises(Blocked):
        await gated(told).insights(InsightsRequest(img_url=address, safe_search=level))
    assert told.asked == []


@pytest.mark.parametrize("words", FINE)
def test_harmless_words_pass(words: str) -> None:
    ContentPolicy(SafeSearch.OFF).query(words)


BAD = "lolicon"
SURFACES: dict[str, Any] = {
    "title": ImageAnswer(value=(Image(name=BAD),)),
    "page": ImageAnswer(value=(Image(name="x", host_page_url=f"https://ok.example/{BAD}"),)),
    "host": ImageAnswer(value=(Image(name="x", content_url="https://lolicons.example/x.png"),)),
    "author": ImageAnswer(value=(Image(name="x", attribution=Attribution(author=BAD)),)),
    "pivot": ImageAnswer(pivot_suggestions=(Pivot(pivot="x", suggestions=(Query(text=BAD),)),)),
    "suggestion": ImageAnswer(related_searches=(Query(text="x", display_text=BAD),)),
    "tag": ImageInsights(image_tags=ImageTagsModule(value=(Tag(name=BAD),))),
    "caption": ImageInsights(image_caption=ImageCaption(caption=BAD)),
    "search": ImageInsights(related_searches=RelatedSearchesModule(value=(Query(text=BAD),))),
    "tile": TrendingImages(categories=(Category(title="x", tiles=(Tile(query=Query(text=BAD), image=Image()),)),)),
    "unknown field": ImageAnswer.model_validate({"value": [{"name": "x", "extra": {"words": BAD}}]}),
}


@LEVELS
@pytest.mark.parametrize("surface", SURFACES)
async def test_it_is_taken_out_of_every_place_of_an_answer(told: Told, level: SafeSearch, surface: str) -> None:
    answer = SURFACES[surface]
    verb, request = {
        ImageAnswer: ("search", SearchRequest(q="x", safe_search=level)),
        ImageInsights: ("insights", InsightsRequest(img_url="https://ok.example/x.png", safe_search=level)),
        TrendingImages: ("trending", SearchRequest(q="x", safe_search=level)),
    }[type(answer)]
    told.answer = answer
    assert "lolicon" in str(answer.to_wire())
    judged = await getattr(gated(told), verb)(request)
    assert "lolicon" not in str(judged.to_wire())


def test_suggestions_are_left_out_at_off() -> None:
    face = Guard(Told()).at(Decision(SafeSearch.OFF, Rule.CHANNEL))
    assert face.texts(["cats", *FORBIDDEN]) == ["cats"]


async def test_operators_add_and_cannot_take_away(tmp_path: Path) -> None:
    own, emptied = tmp_path / "own.txt", tmp_path / "strict.txt"
    own.write_text("zzyzx\nstem: zzsite\nfine: lolicon\nfine: jailbait\n", encoding="utf-8")
    emptied.write_text("# nothing\n", encoding="utf-8")
    settings = Settings(data_dir=tmp_path / "data", providers=(COLLECTION,), everywhere_list=own, strict_list=emptied)
    give_starter(settings.data_dir)
    async with open_providers(settings) as backend:
        for query in ("lolicon", "zzyzx", "https://my-zzsite.example", "https://lolicon.example"):
            with pytest.raises(Blocked):
                ContentPolicy(SafeSearch.OFF, strict=backend.strict).query(query)
            with pytest.raises(Blocked):
                await backend.chain.search(SearchRequest(q=query, safe_search=SafeSearch.OFF))


def test_no_list_can_be_made_without_it() -> None:
    assert StrictList.read("").everywhere == built_in_everywhere()
    assert StrictList(everywhere=EverywhereList()).everywhere == built_in_everywhere()
