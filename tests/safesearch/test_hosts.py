"""Hosts have one spelling, and are found wherever they hide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bing_v7 import Blocked, SafeSearch
from bot.safesearch.blocked_words import WordList
from bot.safesearch.content_policy import ContentPolicy, Reason
from bot.safesearch.hosts import (
    all_hosts_of_link,
    hosts_in_text,
    hosts_in_texts,
    hosts_of_link,
    is_under,
    normal_host,
)
from bot.safesearch.lists import BUILT_IN, Lists, StrictList


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("example.com", "example.com"),
        ("EXAMPLE.Com.", "example.com"),
        ("https://user:pw@Example.com:8443/a?b#c", "example.com"),
        ("b\u00fccher.example", "xn--bcher-kva.example"),
        ("XN--BCHER-KVA.example", "xn--bcher-kva.example"),
        ("\uff45xample\u3002com", "example.com"),
        ("exa%6Dple.com", "example.com"),
        ("exam\u00adple.com", "example.com"),
        ("http://[2001:DB8::1]:80/", "2001:db8::1"),
        ("127.0.0.1:80", "127.0.0.1"),
        ("https:\\\\example.com\\x", "example.com"),
        ("//example.com/x", "example.com"),
        ("", None),
        ("...", None),
        ("a..b", None),
        ("https://", None),
    ],
)
def test_one_spelling(text: str, host: str | None) -> None:
    assert normal_host(text) == host


@pytest.mark.parametrize(
    "link",
    [
        "https://bad.example/",
        "http://bad.example:80/x",
        "//bad.example/x",
        "HTTPS://BAD.EXAMPLE./",
        "https:bad.example/x",
        "https:\\\\bad.example\\x",
        "https://x@bad.example/",
        "https://ok.example/?u=https%3A%2F%2Fbad.example%2F",
        "https://ok.example/?u=https%253A%252F%252Fbad.example",
        "https://ok.example/https://bad.example/x",
        "https:////bad.example/x",
    ],
)
def test_hosts_of_links(link: str) -> None:
    assert "bad.example" in hosts_of_link(link)


@pytest.mark.parametrize(
    "text",
    ["see bad.example", "www.bad.example/x", "BAD.EXAMPLE now", "at https://bad.example, yes", "(bad\u3002example)"],
)
def test_hosts_in_text(text: str) -> None:
    assert any(is_under(host, frozenset({"bad.example"})) for host in hosts_in_text(text))


@given(st.lists(st.text(max_size=20) | st.from_regex(r"[a-z0-9]{0,3}[./:%]{1,2}[a-z0-9]{0,3}", fullmatch=True)))
def test_texts_looked_through_together_name_the_same_hosts(texts: list[str]) -> None:
    texts += ["2026-01-01T00:00:00.0000000Z", "4.0", "aHR0cHM6Ly9iYWQuZXhhbXBsZS8= 1.2"][: len(texts)]
    assert hosts_in_texts(texts) == frozenset().union(*map(hosts_in_text, texts))


def test_a_date_names_no_host_and_does_not_hide_one_beside_it() -> None:
    date = "2026-01-01T00:00:00.0000000Z"
    assert hosts_in_texts([date, "CC BY 4.0", "Wing & Wing"]) == frozenset()
    for text in ("see bad.example", "1.2 https%3A%2F%2Fbad.example", "1.2 aHR0cHM6Ly9iYWQuZXhhbXBsZS8="):
        assert "bad.example" in hosts_in_texts([date, text, "4.0"])


@pytest.mark.parametrize(
    "text",
    [
        "https://bad-example.translate.goog/a?_x_tr_sl=de",
        "https://www-bad-example.translate.goog/",
        "bad-example.translate.goog",
        "translate.google.com/translate?u=bad.example",
        "https://translate.google.com/translate?sl=de&u=bad.example/x.jpg",
        "https://www.translatetheweb.com/?a=bad.example",
        "https://translated.turbopages.org/proxy_u/en-ru/https/bad.example/",
        "https://bad-example.cdn.ampproject.org/c/s/x",
        "https://www.google.com/amp/s/bad.example/story.html",
        "https://webcache.googleusercontent.com/search?q=cache:abc123:bad.example/&cd=1",
        "https://cc.bingj.com/cache.aspx?q=x&d=1&u=bad%2Eexample",
        "https://web.archive.org/web/2020/bad.example/x",
        "https://web.archive.org/web/2020/http:/bad.example",
        "https://i0.wp.com/bad.example/x.jpg",
        "https://images.weserv.nl/?url=bad.example%2Fx.jpg",
        "https://external-content.duckduckgo.com/iu/?u=https%3A%2F%2Fbad.example",
        "https://images-ext-1.discordapp.net/external/AbC/https/bad.example/p.jpg",
        "https://res.cloudinary.com/demo/image/fetch/bad.example/p.jpg",
        "https://www.bing.com/ck/a?u=a1aHR0cHM6Ly9iYWQuZXhhbXBsZQ",
        f"https://camo.githubusercontent.com/0f/{b'https://bad.example'.hex()}",
    ],
)
def test_a_site_is_found_behind_whoever_shows_it(text: str) -> None:
    """A block list that names the site holds for translators, caches, AMP and image proxies too."""
    judge = ContentPolicy(SafeSearch.OFF, Lists.of(hosts=["bad.example"]))
    assert judge.string(text) is Reason.HOST
    assert judge.text(f"see {text} now") is Reason.HOST
    with pytest.raises(Blocked):
        judge.address(text)


@pytest.mark.parametrize(
    "link",
    ["https://ok.example/photo.jpg", "https://ok.example/a/my.picture.png?x=1#index.html", "https://ok.example/v1.2/x"],
)
def test_a_file_is_no_site(link: str) -> None:
    assert hosts_of_link(link) == {"ok.example"}


def test_a_dash_in_a_site_stays_a_dash() -> None:
    assert "my-site.example" in hosts_of_link("https://my--site-example.translate.goog/")
    assert "ok-example.example" not in hosts_of_link("https://ok-example.elsewhere.example/")


_PIECES = (
    "https://", "http://", "//", "/", "a.b.com", "www.site.co.uk", "x.jpg", "photo-1.JPG", "?u=", "&", "=", "evil.com",
    "http%3A%2F%2Fevil.com", "%2e", ".", "aHR0cHM6Ly9ldmlsLmNvbQ", "68747470733a2f2f6576696c2e636f6d", "i.jpeg2", "a_b",
    "my--site.translate.goog", "http:localhost", ":8080", "@", "xn--80ak.com", "é", "。", "-more", "\\",
)  # fmt: skip


@given(st.sampled_from(["https://a.example.org/", "http://b-c.example.com", "https://", ""]), st.data())
def test_a_quick_look_at_a_plain_link_finds_what_a_close_one_does(start: str, data: st.DataObject) -> None:
    link = start + "".join(data.draw(st.lists(st.sampled_from(_PIECES), max_size=6)))
    assert hosts_of_link(link) == all_hosts_of_link(link)


def test_letters_of_other_scripts_behind_base64_are_no_part_of_it() -> None:
    assert hosts_of_link("https://a.example/aHR0cHM6Ly9ldmlsLmNvbQé") == {"a.example", "evil.com"}


def test_what_lies_below_a_host() -> None:
    names = frozenset({"bad.example", "xxx"})
    assert is_under("bad.example", names)
    assert is_under("a.b.bad.example", names)
    assert is_under("any.xxx", names)
    assert not is_under("notbad.example", names)
    assert not is_under("bad.example.org", names)


@given(st.text(max_size=80))
def test_whatever_is_written_is_read_without_an_error(text: str) -> None:
    host = normal_host(text)
    assert host is None or host == host.lower()
    assert isinstance(hosts_of_link(text), frozenset)
    assert isinstance(hosts_in_text(text), frozenset)


def test_lists_read_hosts_as_people_write_them() -> None:
    lists = Lists.of(
        hosts=["*.Bad.example", "https://B\u00fccher.example/x", "..."], allowed=["fine.example", "bad.example"]
    )
    assert lists.blocks_host("www.bad.example")
    assert lists.blocks_host("xn--bcher-kva.example")
    assert lists.allows_host("www.fine.example")
    assert not lists.allows_host("bad.example")


def test_the_operators_list() -> None:
    listed = StrictList.read("# a remark\nhost: Bad.example\nstem: BAD\nfine: badger\nrude word # why\n\n  other \n")
    assert listed.sites.hosts == {"bad.example"}
    assert listed.words == {"rude word", "other"}
    assert listed.names_host("verybad.test")
    assert not listed.names_host("fine.test")
    assert not listed.names_host("badger.test")
    assert listed.names_host("bad-badger.test")


def test_the_built_in_list_is_in_order() -> None:
    listed = StrictList.load()
    words = WordList(listed.words)
    assert listed.names_host("de.pornhub.com")
    assert words.found_in("some hentai")
    for host in (
        "wikipedia.org",
        "sussex.ac.uk",
        "essex.gov.uk",
        "adultlearning.example",
        "pornic.fr",
        "milford.example",
    ):
        assert not listed.names_host(host), host
    for fine in (
        "red flowers",
        "breast cancer research",
        "chicken breast recipe",
        "Middlesex",
        "cockpit",
        "cocktail",
        "blue tit",
        "Al Gore",
        "summa cum laude",
        "naked mole rat",
    ):
        assert not words.found_in(fine), fine
    entries = [
        line
        for line in BUILT_IN.read_text(encoding="utf-8").splitlines()
        if line and line[0] != "#" and ":" not in line
    ]
    assert len(entries) == len(set(entries))
