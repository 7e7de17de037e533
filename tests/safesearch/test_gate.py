"""The gate round one provider."""

from __future__ import annotations

import pytest

from bot.bing_v7 import (
    Image,
    ImageAnswer,
    LevelNotHonoured,
    NoteCode,
    NotSupported,
    Picture,
    SafeSearch,
    SearchRequest,
    TrendingImages,
    TrendingRequest,
)
from bot.safesearch.gate import gated

from .told import Told

OFF, MODERATE, STRICT = SafeSearch.OFF, SafeSearch.MODERATE, SafeSearch.STRICT


@pytest.mark.parametrize("level", SafeSearch)
async def test_a_provider_that_cannot_honour_the_level_is_never_asked(told: Told, level: SafeSearch) -> None:
    told.levels = frozenset(SafeSearch) - {level}
    with pytest.raises(LevelNotHonoured) as refused:
        await gated(told).search(SearchRequest(q="x", safe_search=level))
    assert refused.value.provider == "told"
    assert refused.value.level is level
    assert told.asked == []


async def test_a_verb_that_is_missing_is_not_supported(told: Told) -> None:
    told.levels = frozenset()
    with pytest.raises(NotSupported):
        await gated(told).trending(TrendingRequest())
    assert told.asked == []


async def test_what_it_keeps_back_is_noted(told: Told) -> None:
    told.answer = ImageAnswer(value=(Image(name="a", is_family_friendly=False), Image(name="b"), Image(name="c")))
    answer = await gated(told).search(SearchRequest(q="x", safe_search=STRICT))
    assert [image.name for image in answer.value] == ["b", "c"]
    assert answer.provenance is not None
    (note,) = answer.provenance.notes
    assert (note.code, note.provider, note.detail, note.count) == (NoteCode.WITHHELD, "told", "adult", 1)


async def test_only_words_of_unfiltered_providers_pass_below_off(told: Told) -> None:
    told.options = {"text_only_below_off": True}
    told.answer = ImageAnswer(
        value=(Image(name="a", content_url="https://a.example/1", host_page_url="https://a.example/"),)
    )
    moderate = await gated(told).search(SearchRequest(q="x", safe_search=MODERATE))
    assert moderate.value[0].content_url is None
    assert moderate.value[0].host_page_url == "https://a.example/"
    assert moderate.provenance is not None
    assert [note.code for note in moderate.provenance.notes] == [NoteCode.TEXT_ONLY]
    off = await gated(told).search(SearchRequest(q="x", safe_search=OFF))
    assert off.value[0].content_url == "https://a.example/1"
    assert off.provenance is None


async def test_a_held_picture_without_rating_is_adult_where_all_are_rated(told: Told) -> None:
    told.pictures = {"A": Picture(b"a", "image/png", "a.png", 1, 1, None)}
    assert (found := await gated(told).picture("A")) is not None
    assert found.is_family_friendly is None
    told.options = {"flags_adult": True}
    assert (found := await gated(told).picture("A")) is not None
    assert found.is_family_friendly is False
    assert await gated(told).picture("B") is None


async def test_it_is_the_provider_in_everything_else(told: Told) -> None:
    told.answer = TrendingImages()
    gate = gated(told)
    assert (gate.name, gate.title, gate.capabilities) == (told.name, told.title, told.capabilities)
    assert gated(gate) is gate
    assert await gate.trending(TrendingRequest()) == TrendingImages()
    await gate.aclose()
    assert told.asked[-1] == "closed"
