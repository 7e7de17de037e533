"""What /safesearch says fits into a message, and never shows a blocked word unveiled."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bing_v7 import SafeSearch
from bot.i18n import LOCALES
from bot.safesearch.messages import tell_decision, tell_entries
from bot.safesearch.policy import Decision, Rule
from bot.storage.policies import ListKind, ListRow

NOW = datetime(2026, 3, 9, tzinfo=UTC)
MOST = 2000
"""Characters of a Discord message."""


def rows(kind: ListKind, values: list[str]) -> list[ListRow]:
    """Return entries of a list."""
    return [ListRow(kind, value, 1, NOW) for value in values]


@given(st.sampled_from(LOCALES), st.lists(st.text("abcdefghij ", min_size=1, max_size=100), max_size=120))
def test_long_lists_fit_and_every_word_is_veiled(locale: str, values: list[str]) -> None:
    told = tell_entries(
        rows(ListKind.WORD, values) + rows(ListKind.HOST, [f"{n}.example.com" for n in range(200)]), locale
    )
    assert len(told) <= MOST
    assert told.count("||") % 2 == 0
    assert set(re.findall(r"\|\|(.*?)\|\|", told)) <= set(values)


def test_what_is_left_out_is_counted() -> None:
    told = tell_entries(rows(ListKind.HOST, [f"site-{n:03}.example.com" for n in range(100)]), "en-US")
    kept = told.count("`") // 2
    assert 10 < kept < 100
    assert told.endswith(f"… and {100 - kept} more")


def test_entries_are_separated_as_the_language_does() -> None:
    hosts = rows(ListKind.HOST, ["a.example", "b.example"])
    assert tell_entries(hosts, "de") == "Blockierte Websites: `a.example`, `b.example`"
    assert tell_entries(hosts, "ja") == "ブロックしたサイト\uff1a`a.example`、`b.example`"


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("en-US", "This channel follows the server. <@5> set that <t:1773014400:R>."),
        ("ja", "このチャンネルはサーバーの設定に従っています。<@5>が<t:1773014400:R>に設定しました。"),
    ],
)
def test_a_decision_is_told_with_who_and_when(locale: str, words: str) -> None:
    decision = Decision(SafeSearch.MODERATE, Rule.SERVER, 5, NOW)
    assert tell_decision(decision, locale).split("\n")[1] == words
