"""Amounts are written as each language writes them, and nothing of them is lost."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from babel import Locale
from babel.numbers import parse_decimal
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import (
    LOCALES,
    day,
    days,
    duration,
    enumerated,
    file_size,
    listed,
    nearest_locale,
    price,
    reader_locale,
    say,
    sentences,
)

READERS = [*LOCALES, "en-GB", "es-419"]
locales = st.sampled_from(READERS)
names = st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8), max_size=6)


def spaced(text: str | None) -> str | None:
    """Return a text with ordinary spaces, for reading in a test."""
    return text and re.sub(r"\s", " ", text)


def test_days_in_words() -> None:
    lengths = (timedelta(days=1), timedelta(days=7))
    said = {locale: [days(length, locale) for length in lengths] for locale in ("en-US", "de", "ja")}
    assert said == {"en-US": ["1 day", "1 week"], "de": ["1 Tag", "1 Woche"], "ja": ["1日", "1週間"]}


@pytest.mark.parametrize(
    ("locale", "size", "cost", "when", "list_"),
    [
        ("en-US", "1.2 MB", "$1,234.50", "Mar 9, 2026", "A, B, and C"),
        ("en-GB", "1.2 MB", "US$1,234.50", "9 Mar 2026", "A, B and C"),
        ("de", "1,2 MB", "1.234,50 $", "09.03.2026", "A, B und C"),
        ("fr", "1,2 Mo", "1 234,50 $US", "9 mars 2026", "A, B et C"),
        ("es-ES", "1,2 MB", "1.234,50 US$", "9 mar 2026", "A, B y C"),
        ("es-419", "1.2 MB", "USD 1,234.50", "9 mar 2026", "A, B y C"),
        ("pt-BR", "1,2 MB", "US$ 1.234,50", "9 de mar. de 2026", "A, B e C"),
        ("ja", "1.2 MB", "$1,234.50", "2026/03/09", "A、B、C"),
        ("nl", "1.2 MB", "$1,234.50", "Mar 9, 2026", "A, B, and C"),
    ],
)
def test_each_reader_has_a_way_of_their_own(locale: str, size: str, cost: str, when: str, list_: str) -> None:
    assert spaced(file_size(1_234_567, locale)) == size
    assert spaced(price(1234.5, "USD", locale)) == cost
    assert spaced(day(date(2026, 3, 9), locale)) == when
    assert listed(["A", "B", "C"], locale) == list_


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1 kB"), (1049, "1 kB"), (1500, "1.5 kB"),
        (9_949, "9.9 kB"), (9_951, "10 kB"), (345_678, "346 kB"), (999_499, "999 kB"), (999_500, "1 MB"),
        (10_000_000, "10 MB"), (12_345_678_901, "12 GB"), (5 * 10**15, "5,000,000 GB"), (-5, "0 bytes"),
    ],
)  # fmt: skip
def test_sizes_have_two_digits_at_least(amount: int, words: str) -> None:
    assert spaced(file_size(amount, "en-US")) == words


@given(locales, st.integers(0, 10**14))
def test_a_size_is_right_to_its_last_digit(locale: str, amount: int) -> None:
    found = re.fullmatch(r"([\d.,\s]*\d)\s?(\D+)", file_size(amount, locale))
    assert found
    value = parse_decimal(found[1], locale=Locale.parse(reader_locale(locale), sep="-"))
    factor = next(
        1000**power
        for power, key in enumerate(("size-bytes", "size-kilobytes", "size-megabytes", "size-gigabytes"))
        if found[2] in {say(locale, key, amount=number).lstrip("0123456789 \xa0") for number in (1, 7)}
    )
    step = Decimal(factor) / (10 if value < 10 else 1)
    assert abs(value * factor - amount) <= step / 2 + 1


@given(locales, st.integers(0, 10**11), st.sampled_from(["USD", "EUR", "CHF", "GBP", "BRL", "SEK"]))
def test_a_price_keeps_its_number_and_its_currency_apart(locale: str, cents: int, code: str) -> None:
    words = price(cents / 100, code, locale)
    assert words
    found = re.search(r"\d[\d.,\s]*", words)
    assert found
    assert parse_decimal(found[0].strip(), locale=Locale.parse(reader_locale(locale), sep="-")) == Decimal(cents) / 100
    assert not re.search(r"[A-Za-z]\d|\d[A-Z]", words)


@pytest.mark.parametrize(
    ("amount", "code", "words"),
    [
        (1234.5, "JPY", "1.234 ¥"), (5, "CHF", "5,00 CHF"), (5, None, "5,00"), (5, "", "5,00"),
        (5, "points", "5,00 points"),
        (5, "ZZZ", "5,00 ZZZ"), (float("inf"), "EUR", None), (float("nan"), "EUR", None), (1e300, "EUR", None),
    ],
)  # fmt: skip
def test_currencies_that_nobody_knows_stay_as_they_are(amount: float, code: str | None, words: str | None) -> None:
    assert spaced(price(amount, code, "de")) == words


@pytest.mark.parametrize(
    ("minutes", "english", "german", "japanese"),
    [
        (75, "1 h 15 min", "1 Std. 15 Min.", "1時間15分"),
        (120, "2 h", "2 Std.", "2時間"),
        (5, "5 min", "5 Min.", "5分"),
        (0.4, None, None, None),
        (-90, None, None, None),
    ],
)
def test_durations(minutes: float, english: str | None, german: str | None, japanese: str | None) -> None:
    length = timedelta(minutes=minutes)
    said = tuple(spaced(duration(length, locale)) for locale in ("en-US", "de", "ja"))
    assert said == (english, german, japanese)


def test_a_duration_that_is_not_known_is_not_said() -> None:
    assert duration(None, "en-US") is None


@given(locales, names)
def test_lists_lose_nobody_and_keep_the_order(locale: str, given_names: list[str]) -> None:
    for words in (listed(given_names, locale), enumerated(given_names, locale)):
        place = 0
        for name in given_names:
            place = words.index(name, place) + len(name)
        assert bool(words) == bool(given_names)


def test_an_enumeration_has_no_and() -> None:
    assert [enumerated(["A", "", "B", "C"], locale) for locale in ("en-US", "de", "ja")] == [
        "A, B, C", "A, B, C", "A、B、C",
    ]  # fmt: skip
    assert enumerated([], "de") == ""


def test_sentences_follow_each_other_as_the_language_has_it() -> None:
    assert sentences(("One.", None, "", "Two."), "en-US") == "One. Two."
    assert sentences(("一つ。", "二つ。"), "ja") == "一つ。二つ。"


@pytest.mark.parametrize(
    ("locale", "hidden"),
    [
        ("en-US", "12,345 hidden"), ("de", "12.345 ausgeblendet"), ("fr", "12\u202f345 masquées"),
        ("es-ES", "12.345 ocultas"), ("es-419", "12,345 ocultas"), ("pt-BR", "12.345 ocultas"),
        ("ja", "12,345件を非表示"),
    ],
)  # fmt: skip
def test_numbers_inside_messages_are_written_so_too(locale: str, hidden: str) -> None:
    assert say(locale, "hidden-count", count=12345) == hidden


@pytest.mark.parametrize("locale", [None, "", "nl", "xx", "zh-CN", "de-AT"])
def test_a_reader_without_a_catalogue_gets_that_catalogues_way(locale: str | None) -> None:
    assert reader_locale(locale) == nearest_locale(locale)


def test_numbers_and_units_do_not_part() -> None:
    for locale in LOCALES:
        for key in ("size-bytes", "size-kilobytes", "size-megabytes", "size-gigabytes"):
            assert " " not in say(locale, key, amount=5)
        assert " " not in say(locale, "duration-hours", hours=5) + say(locale, "duration-minutes", minutes=5)
