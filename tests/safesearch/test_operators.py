"""Operators that point at a site are refused below Off, in whatever dress, unless the site is allowed."""

from __future__ import annotations

import pytest

from bot.bing_v7 import Blocked, SafeSearch
from bot.safesearch.content_policy import ContentPolicy
from bot.safesearch.lists import Lists
from bot.safesearch.operators import has_forbidden_operator

LISTS = Lists.of(allowed=["fine.example"], hosts=["worse.fine.example"])


@pytest.mark.parametrize(
    "query",
    [
        "cats site:bad.example",
        "site:bad.example",
        "SITE:bad.example",
        "SiTe: bad.example",
        "site\uff1abad.example",
        "\uff53\uff49\uff54\uff45:bad.example",
        "s\u200bite:bad.example",
        "site\ufe55bad.example",
        "(site:bad.example)",
        "-site:bad.example",
        "cats OR site:bad.example",
        "site:fine.example OR site:bad.example",
        "site:(fine.example OR bad.example)",
        "site:fine.example|bad.example",
        "hostname:bad.example",
        "domain:bad.example",
        "inurl:bad",
        "allinurl:bad x",
        "url:bad.example",
        'site:"bad.example"',
        "site:bad",
        "site:.example",
        "site:*",
        "site=bad.example",
        "site :bad.example",
        "site:fine.example.bad.example",
        "site:worse.fine.example",
        "instreamset:url:bad",
        "!bad cats",
        "cats !!bad",
        "site:xn--bcher-kva.example",
        "link:bad.example",
        "ip:127.0.0.1",
    ],
)
def test_refused(query: str) -> None:
    assert has_forbidden_operator(query, LISTS)


@pytest.mark.parametrize(
    "query",
    [
        "cats",
        "a website",
        "camp site",
        "on site",
        "site map",
        "wow!",
        "wow! cats",
        "cats & dogs",
        "site: a history",
        "website:design",
        "site:fine.example cats",
        "site:www.fine.example",
        "SITE:FINE.EXAMPLE",
        "cats site:fine.example/path",
        "site:fine.example OR site:www.fine.example",
        "3:2 ratio",
        "star wars: a new hope",
    ],
)
def test_let_through(query: str) -> None:
    assert not has_forbidden_operator(query, LISTS)


@pytest.mark.parametrize("level", SafeSearch)
def test_off_lets_operators_through(level: SafeSearch) -> None:
    judge = ContentPolicy(level)
    if level is SafeSearch.OFF:
        assert judge.query("cats site:bad.example") is None
        return
    with pytest.raises(Blocked) as refused:
        judge.query("cats site:bad.example")
    assert refused.value.what == "operator"
