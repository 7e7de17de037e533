"""The gate round one provider."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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
from bot.safesearch.guard import Guard
from bot.safesearch.policy import Decision, Rule

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


def finding(number: int, **rest: Any) -> Image:
    return Image(
        name=f"Finding {number}",
        content_url=f"https://a.example/{number}.jpg",
        thumbnail_url=f"https://a.example/{number}-small.jpg",
        host_page_url=f"https://a.example/page/{number}",
        **rest,
    )


class Sees:
    """Objects to nothing but what it is told to; takes note of what it was asked."""

    def __init__(self, *objects_to: int, error: Exception | None = None) -> None:
        self.bad = {f"https://a.example/{number}-small.jpg" for number in objects_to}
        self.error = error
        self.asked: list[str] = []

    async def __call__(self, addresses: Sequence[str], seconds: float) -> frozenset[str]:
        self.asked += addresses
        if self.error:
            raise self.error
        return frozenset(addresses) - self.bad


@pytest.mark.parametrize("level", [MODERATE, STRICT])
async def test_thumbnails_that_a_rater_does_not_object_to_are_shown_below_off(told: Told, level: SafeSearch) -> None:
    told.options = {"text_only_below_off": True}
    told.answer = ImageAnswer(value=(finding(1), finding(2), finding(3, is_family_friendly=False)))
    gate = gated(told, rate=Sees(2))
    answer = await gate.search(SearchRequest(q="x", safe_search=level))
    shown = {image.name: image.thumbnail_url for image in answer.value}
    assert shown == {"Finding 1": "https://a.example/1-small.jpg", "Finding 2": None}
    assert all(image.content_url is None for image in answer.value), "the large picture was not looked at"
    assert answer.provenance is not None
    assert NoteCode.RATED in [note.code for note in answer.provenance.notes]
    assert gate.capabilities.limits.within == 8.0


async def test_what_was_not_seen_is_not_shown(told: Told) -> None:
    told.options = {"text_only_below_off": True}
    told.answer = ImageAnswer(value=(finding(1),))
    for rate in (Sees(1), Sees(error=RuntimeError("out of order")), None):
        answer = await gated(told, rate=rate).search(SearchRequest(q="x", safe_search=STRICT))
        assert answer.value[0].thumbnail_url is None
        assert answer.provenance is not None
        assert [note.code for note in answer.provenance.notes] == [NoteCode.TEXT_ONLY]


async def test_a_provider_cannot_say_that_its_pictures_were_looked_at(told: Told) -> None:
    told.options = {"text_only_below_off": True}
    forged = finding(1).model_copy(update={"rated": "https://a.example/1-small.jpg"})
    forged = Image.model_validate(forged.model_dump() | {"rated": "https://a.example/1-small.jpg"})
    told.answer = ImageAnswer(value=(forged,))
    below = await gated(told, rate=Sees(1)).search(SearchRequest(q="x", safe_search=STRICT))
    assert below.value[0].thumbnail_url is None
    off = await gated(told, rate=Sees(1)).search(SearchRequest(q="x", safe_search=OFF))
    assert "rated" not in (off.value[0].model_extra or {})
    assert Guard(gated(told)).at(Decision(STRICT, Rule.DEFAULT)).judged(off.value).answer == ()


async def test_nobody_is_asked_at_off_or_about_services_that_filter(told: Told) -> None:
    told.answer = ImageAnswer(value=(finding(1),))
    sees = Sees()
    await gated(told, rate=sees).search(SearchRequest(q="x", safe_search=STRICT))
    told.options = {"text_only_below_off": True}
    answer = await gated(told, rate=sees).search(SearchRequest(q="x", safe_search=OFF))
    assert answer.value[0].content_url
    assert sees.asked == []


async def test_a_rated_finding_stays_as_it_is_when_it_is_judged_again(told: Told) -> None:
    told.options = {"text_only_below_off": True}
    told.answer = ImageAnswer(value=(finding(1), finding(2)))
    guard = Guard(gated(told, rate=Sees(2)))
    at_moderate = guard.at(Decision(MODERATE, Rule.DEFAULT))
    answer = (await at_moderate.search(SearchRequest(q="x"))).answer
    rated, bare = answer.value
    assert rated.thumbnail_url
    assert rated.content_url is None
    assert at_moderate.judged(answer.value).answer == (rated, bare)
    stricter = guard.at(Decision(STRICT, Rule.DEFAULT))
    assert stricter.judged(answer.value).answer == (), "nobody vouches for it in a stricter place"
    changed = rated.with_(thumbnail_url="https://a.example/other.jpg")
    assert at_moderate.judged((changed,)).answer == (), "the mark is of the thumbnail that was seen"


HELD = {"A": True, "B": None, "C": False}


async def test_a_held_picture_without_rating_is_adult_where_all_are_rated(told: Told) -> None:
    told.pictures = {"A": Picture(b"a", "image/png", "a.png", 1, 1, None)}
    assert (found := await gated(told).picture("A")) is not None
    assert found.is_family_friendly is None
    told.options = {"flags_adult": True}
    assert (found := await gated(told).picture("A")) is not None
    assert found.is_family_friendly is False
    assert await gated(told).picture("B") is None


async def test_ratings_of_held_pictures_are_those_of_the_pictures(told: Told) -> None:
    told.pictures = {name: Picture(b"a", "image/png", "a.png", 1, 1, flag) for name, flag in HELD.items()}
    assert await gated(told).ratings([*HELD, "D"]) == HELD
    told.options = {"flags_adult": True}
    assert await gated(told).ratings([*HELD, "D"]) == {"A": True, "B": False, "C": False}


async def test_it_is_the_provider_in_everything_else(told: Told) -> None:
    told.answer = TrendingImages()
    gate = gated(told)
    assert (gate.name, gate.title, gate.capabilities) == (told.name, told.title, told.capabilities)
    assert gated(gate) is gate
    assert await gate.trending(TrendingRequest()) == TrendingImages()
    await gate.aclose()
    assert told.asked[-1] == "closed"
