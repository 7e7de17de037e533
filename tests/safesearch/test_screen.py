"""Many strings looked through together: what is cleared is harmless by itself, and a clean answer is cleared whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bing_v7 import Attribution, Image, ImageAnswer, SafeSearch
from bot.safesearch.answer_filter import AnswerFilter, strings_of
from bot.safesearch.content_policy import ContentPolicy
from bot.safesearch.lists import Lists, StrictList

LISTS = Lists.of(hosts=["blocked.example"], words=["wumpus", "red herring"])
STRICT = StrictList.read("host: adult.example\nstem: hentai\nfine: harmless-hentai\nporn\nblow job\n\u30a8\u30ed\n")

_HARMLESS = st.sampled_from([
    "Red panda", "caf\u00e9 au lait", "a b", "4.0", "CC BY 4.0", "\u718a\u732b", "1,200 \u00d7 800", "i", "",
    "https://img.example.org/red-panda/1.jpg", "http://www.example.com/?q=a%20b", "data:image/png;base64,AAAA",
    "\u00e9t\u00e9\n", "red", "herring", "see www.example.net",
])  # fmt: skip
_FORBIDDEN = st.sampled_from([
    "porn", "p0rn", "p o r n", "po.rn", "pooorn", "p*rn", "\u00e9t\u00e9\tporn", "p\u043ern", "blow job", "wumpus",
    "a red herring", "\u30a8\u30ed\u753b\u50cf", "https://a.blocked.example/1.jpg", "see blocked.example",
    "https://www.my-hentai.example/", "https://example.org/?u=https%3A%2F%2Fadult.example%2F1",
    "https://explicit.bing.net/th?id=1", "https://a-adult-example.translate.goog/", "https://example.org/porn/1.jpg",
    "https://xn--caf-dma.example/", "https://example.org/aHR0cHM6Ly9hZHVsdC5leGFtcGxlLw==",
])  # fmt: skip


def cleared(level: SafeSearch, strings: list[str]) -> set[str]:
    clear = ContentPolicy(level, LISTS, STRICT).screen(strings)
    return {value for value in strings if value in clear}


def one_by_one(level: SafeSearch, value: str) -> object:
    """What is said of a string by itself, at a place that was asked nothing before."""
    policy = ContentPolicy(level, Lists(LISTS.hosts, LISTS.words, frozenset({value})), STRICT)
    return policy.string(value)


@given(st.sampled_from(SafeSearch), st.lists(_HARMLESS | _FORBIDDEN | st.text(max_size=20), max_size=40))
def test_what_is_cleared_is_harmless_by_itself(level: SafeSearch, strings: list[str]) -> None:
    found = cleared(level, strings)
    assert {value: one_by_one(level, value) for value in found} == dict.fromkeys(found)


@pytest.mark.parametrize("level", SafeSearch)
def test_a_clean_answer_is_cleared_whole_and_one_bad_string_holds_up_few(level: SafeSearch) -> None:
    clean = [f"Red panda {number} in winter" for number in range(50)]
    clean += [f"https://img{number}.example.org/panda.jpg" for number in range(50)]
    assert cleared(level, clean) == set(clean)
    others = [value.replace("panda", "fox") for value in clean]
    found = cleared(level, [*others[:33], "a wumpus", *others[33:]])
    assert "a wumpus" not in found
    assert len(found) > 80


def test_every_string_that_is_judged_is_looked_at_and_ids_are_not() -> None:
    answer = ImageAnswer.model_validate({
        "value": [{"name": "one", "imageId": "ASS4", "imageInsightsToken": "t", "contentUrl": "https://a.example/1.jpg",
                   "attribution": {"author": "two"}, "later": [{"three": "four"}], "width": 4}],
        "relatedSearches": [{"text": "five"}],
    })  # fmt: skip
    assert answer.value[0].attribution == Attribution(author="two")
    assert isinstance(answer.value[0], Image)
    assert {"one", "two", "three", "four", "five", "https://a.example/1.jpg"} <= set(strings_of(answer))
    assert not {"ASS4", "t"} & set(strings_of(answer))


def test_a_bad_string_among_many_is_still_taken_out() -> None:
    names = [f"Fox {number}" for number in range(40)]
    names[17] = "Fox p0rn"
    answer = ImageAnswer(value=tuple(Image(name=name, is_family_friendly=True) for name in names))
    kept = AnswerFilter(ContentPolicy(SafeSearch.STRICT, LISTS, STRICT)).answer(answer)
    assert [one.name for one in kept.value] == [name for name in names if "p0rn" not in name]


def test_a_picture_known_to_be_harmless_is_so_under_the_same_rules_alone() -> None:
    pictures = [Image(name=f"Wumpus {number}", is_family_friendly=number != 3) for number in range(12)]
    pictures[5] = pictures[5].with_(attribution=Attribution(author="porn"))

    def kept(level: SafeSearch, lists: Lists, *, odd: bool = False) -> list[int]:
        value = [pictures[0].with_(later={"isFamilyFriendly": False}), *pictures[1:]] if odd else pictures
        policy = ContentPolicy(level, lists, STRICT, flags_adult=True)
        answer = AnswerFilter(policy).answer(ImageAnswer(value=tuple(value)))
        return [int((image.name or "").split()[1]) for image in answer.value]

    everything = list(range(12))
    for _ in range(2):  # the second time from memory, and between the others
        assert kept(SafeSearch.OFF, Lists()) == everything
        assert kept(SafeSearch.MODERATE, Lists()) == [n for n in everything if n != 3]
        assert kept(SafeSearch.STRICT, Lists()) == [n for n in everything if n not in {3, 5}]
        assert kept(SafeSearch.MODERATE, LISTS) == []
        assert kept(SafeSearch.MODERATE, Lists(), odd=True) == [n for n in everything if n not in {0, 3}]


@given(
    st.lists(
        st.builds(
            Image,
            name=_HARMLESS | _FORBIDDEN,
            is_family_friendly=st.sampled_from([True, False, None]),
            attribution=st.builds(Attribution, author=_HARMLESS | _FORBIDDEN),
            later=_HARMLESS | _FORBIDDEN | st.dictionaries(st.just("isFamilyFriendly"), st.booleans()),
        ),
        max_size=12,
    ),
    st.sampled_from(SafeSearch),
    st.sampled_from([None, *SafeSearch]),
)
def test_from_memory_the_same_is_taken_out(images: list[Image], level: SafeSearch, asked_at: SafeSearch | None) -> None:
    def judged(value: list[Image], lists: Lists) -> ImageAnswer:
        policy = ContentPolicy(level, lists, STRICT)
        return AnswerFilter(policy, asked_at=asked_at).answer(ImageAnswer(value=tuple(value)))

    first = judged(images, LISTS)
    assert judged(images, LISTS) == first
    assert judged([image.model_copy() for image in images], Lists(LISTS.hosts, LISTS.words, LISTS.words)) == first
