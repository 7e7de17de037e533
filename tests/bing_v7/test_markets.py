"""Markets and languages near to what somebody asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bing_v7 import markets


@pytest.mark.parametrize(
    ("locale", "market", "language"),
    [
        ("ja", "ja-JP", "jp"),
        ("en-GB", "en-GB", "en-gb"),
        ("es-419", "es-MX", "es"),
        ("pt-BR", "pt-BR", "pt-br"),
        ("zh-TW", "zh-TW", "zh-hant"),
        ("zh-CN", "zh-CN", "zh-hans"),
        ("no", "no-NO", "nb"),
        ("hi", "en-IN", "hi"),
        ("id", "en-ID", "en"),
        ("el", "en-US", "en"),
        ("sv-SE", "sv-SE", "sv"),
        ("cy-GB", "en-GB", "en"),
        ("de-LU", "de-DE", "de"),
        ("zh-Hant-HK", "zh-HK", "zh-hant"),
        ("DE-de", "de-DE", "de"),
        ("", "en-US", "en"),
        (None, "en-US", "en"),
        ("???", "en-US", "en"),
    ],
)
def test_nearest(locale: str | None, market: str, language: str) -> None:
    assert (markets.nearest_market(locale), markets.language_for(locale)) == (market, language)


def test_the_tables_are_those_of_the_reference() -> None:
    assert (len(markets.MARKETS), len({market.split("-")[1] for market in markets.MARKETS})) == (38, 34)
    assert set(markets.TRENDING_MARKETS) < set(markets.MARKETS)
    assert "jp" in markets.MARKET_LANGUAGES
    assert "zh" not in markets.MARKET_LANGUAGES


@given(st.text() | st.from_regex(r"[a-z]{2}-[A-Z]{2}", fullmatch=True))
def test_some_market_is_always_found(locale: str) -> None:
    assert markets.nearest_market(locale) in markets.MARKETS
    assert markets.nearest_trending_market(locale) in markets.TRENDING_MARKETS
    assert markets.language_for(locale) in markets.MARKET_LANGUAGES
    assert markets.market_for_country(locale, locale) in markets.MARKETS


@pytest.mark.parametrize("market", markets.MARKETS)
def test_listed_markets_are_their_own_nearest(market: str) -> None:
    assert markets.nearest_market(market.swapcase()) == market


@pytest.mark.parametrize(
    ("code", "tag"), [("jp", "ja"), ("JP", "ja"), ("ja-JP", "ja-JP"), ("pt-br", "pt-br"), ("en", "en"), ("", "")]
)
def test_japanese_is_written_as_elsewhere(code: str, tag: str) -> None:
    assert markets.written_outside(code) == tag


def test_country_and_languages_choose_a_market() -> None:
    assert markets.market_for_country("ch", "it, fr;q=0.8, de;q=0.9") == "de-CH"
    assert markets.market_for_country("CA", "fr;q=1.0") == "fr-CA"
    assert markets.market_for_country("PT", "pt") == "pt-BR"
    assert markets.preferred_languages("de;q=0, fr;q=x, en;q=0.5, it") == ["it", "en"]


def test_trending_markets() -> None:
    assert markets.nearest_trending_market("fr-CA") == "en-CA"
    assert markets.nearest_trending_market("zh-TW") == "zh-CN"
    assert markets.nearest_trending_market("de-DE") == "en-US"
