"""Blocked words are found however they are dressed up, and only as whole words."""

from __future__ import annotations

import unicodedata
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.safesearch.blocked_words import WordList, fold_word

LIST = WordList(
    ["porn", "ass", "anal", "blow job", "\u30a8\u30ed", "god", "boob", "sex", "caf\u00e9", "\u0441\u0435\u043a\u0441"]
)


@pytest.mark.parametrize(
    "text",
    [
        "porn", "PORN", "some porn here", "porn!", "(porn)", "free-porn-pics", "free_porn_pics", "p.o.r.n", "p o r n",
        "a P-O-R-N b", "po.rn", "p0rn", "P0RN", "b00b", "a$$", "s3x", "$ex", "p*rn", "pooorn", "pornnnnn", "porn123",
        "p\u00f3rn", "p\u00f6rn", "po\u0301rn", "p\u043ern", "\u03c1orn", "p\u200bo\u200br\u200bn", "po\u00adrn",
        "\uff50\uff4f\uff52\uff4e", "\u24df\u24de\u24e1\u24dd", "\U0001f1f5\U0001f1f4\U0001f1f7\U0001f1f3",
        "\U0001d429\U0001d428\U0001d42b\U0001d427", "\u1d18\u1d0f\u0280\u0274", "blow job", "Blow-Job", "blow  job",
        "\u00e9t\u00e9\tporn", "\u00e9t\u00e9\nporn\r\n\u00e9t\u00e9", "\u00e9t\u00e9\u2028porn",
        "\u00e9t\u00e9\x85porn",
        "\u30a8\u30ed\u753b\u50cf", "cafe", "CAFE\u0301", "\u0421\u0415\u041a\u0421",
    ],
)  # fmt: skip
def test_found(text: str) -> None:
    assert LIST.found_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "Essex", "Sussex coast", "assess", "class", "bass guitar", "Galaxy A55", "flight 455", "an al fresco lunch",
        "good", "analog", "analysis", "corn", "popcorn", "blow the job", "job blow", "sexton", "Scunthorpe",
        "p r", "P. O. Box", "cafes", "***", "a * b", "1234567", "\u753b\u50cf",
    ],
)  # fmt: skip
def test_left_alone(text: str) -> None:
    assert not LIST.found_in(text)


def test_links_are_searched_for_plain_words_only() -> None:
    assert LIST.found_in_link("https://x.example/free-porn/1.jpg")
    assert LIST.found_in_link("https://x.example/?q=blow+job")
    assert not LIST.found_in_link("https://x.example/A55-b00b/4ss.jpg")


def test_an_empty_list_finds_nothing() -> None:
    assert not WordList([]).found_in("anything")
    assert not WordList(["", "  "]).found_in("anything")


@given(st.text(max_size=60))
def test_folding_ends(text: str) -> None:
    folded = fold_word(text)
    assert not any(unicodedata.category(letter) in {"Mn", "Cf"} for letter in folded)
    assert LIST.found_in(text) in {True, False}


@given(st.sampled_from(["porn", "boob", "anal"]), st.data())
def test_any_mix_of_dresses_is_found(word: str, data: st.DataObject) -> None:
    dresses = {
        "o": "oO0\u043e\u00f3",
        "p": "pP\u0440",
        "r": "rR",
        "n": "nN\u00f1",
        "b": "bB",
        "a": "aA@\u0430",
        "l": "lL",
    }
    signs = data.draw(st.sampled_from(["", ".", "-", " ", "\u200b", "_"]))
    dressed = signs.join(data.draw(st.sampled_from(dresses[letter])) for letter in word)
    digits = sum(letter.isdigit() for letter in dressed)
    assert LIST.found_in(f"see {dressed} now") or 2 * digits > len(word)


@given(st.datetimes(), st.sampled_from(["t", "z", "tz", "oz", "zoo", "st", "sex", "ot", "01t", "boo", "to", "oo"]))
def test_a_written_date_holds_two_letters_and_no_other_word(moment: datetime, word: str) -> None:
    written = f"{moment.isoformat(timespec='microseconds')}0Z"
    assert WordList([word]).found_in(written) == (word in {"t", "z"})
    assert WordList([word, "porn"]).found_in(f"{written} p0rn")


DATE = "2026-01-31T05:00:00.0000000Z"
PLAIN = f"some words, (others) 90000 {DATE} {DATE}, 12"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("blow job", f"{PLAIN} blow job"),
        ("blow job", f"blow {PLAIN}, job blow, job"),
        ("words others", f"{PLAIN}"),
        ("90000 2026", PLAIN),
        ("2026 01", DATE),
        ("31t05 00", PLAIN),
        ("t z", DATE),
        ("z", DATE),
        ("12", PLAIN),
        ("porn", f"{PLAIN} p o r n"),
        ("porn", f"{PLAIN}, p, o, r, n"),
        ("s0s", f"{PLAIN} s 0 s"),
        ("porn", f"{PLAIN} poooorn"),
        ("porn", f"{PLAIN}\nporn"),
    ],
)
def test_found_among_words_numbers_and_dates_that_stand_alone(words: str, text: str) -> None:
    assert WordList([words]).found_in(text)
    assert not WordList(["porn", "blow job", "s e"]).found_in(PLAIN)
