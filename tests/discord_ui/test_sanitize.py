"""Third-party text and addresses, made harmless."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.discord_ui.model import sanitize as text_module
from bot.discord_ui.model.sanitize import clean, clean_markdown, display_host, in_markdown, safe_url, shorten

hostile = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\\*_~`|<>[]()#@:/.-+ \n\t\u200b\u202e\u2066\u200d\u3164\ufeff\u0301"),
    ),
    max_size=300,
)
pieces = st.lists(
    st.sampled_from(
        ["@everyone", "<@123>", "<@&9>", "<#5>", "</x:1>", "[a](https://evil.example)", "](https://evil) [b", "||",
         "**", "# ", "> ", "- ", "1. ", "```", "https://evil.example/x", "<https://evil>", "\\", "\u202e", "a", " ",
         "<t:0:R>"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


def unescaped(text: str) -> str:
    """What markdown still sees: everything that has no backslash before it."""
    return re.sub(r"\\.", "", text)


@given(hostile | pieces, st.integers(1, 400))
@example("a](https://evil) [b", 256)
@example("\\" * 50, 49)
@example("12. of twelve", 50)
@example("- a list", 50)
def test_plain_text_is_inert(text: str, limit: int) -> None:
    cleaned = clean_markdown(text, limit)
    assert len(cleaned) <= limit
    seen = unescaped(cleaned)
    assert not re.search(r"[*_~`|<>\[\]()#]", seen)
    assert not seen.endswith("\\")
    assert "://" not in seen
    assert not re.search(r"@(?!\u200b)", seen)
    assert not re.match(r"[-+>]\s|\d+\.\s", cleaned)


@given(hostile, st.integers(1, 400))
def test_bare_text_is_one_visible_composed_line(text: str, limit: int) -> None:
    cleaned = clean(text, limit)
    assert len(cleaned) <= limit
    assert cleaned == cleaned.strip()
    assert not re.search(r"\s\s|[\n\t\r]", cleaned)
    visible = re.sub(r"(?<=[^\s\u200c\u200d])[\u200c\u200d](?=[^\s\u200c\u200d])", "", cleaned)
    assert not {unicodedata.category(sign) for sign in visible} & {"Cc", "Cf", "Cs", "Co", "Cn"}
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode()


def test_ordinary_titles_stay_as_they_are() -> None:
    for title in ("Red flowers, 1889", "Straße in Köln", "赤い花", "Please - do!", "C++ & C\u0327a"):
        assert clean(title) == unicodedata.normalize("NFC", title)
    assert clean_markdown("Mona Lisa - Louvre") == "Mona Lisa - Louvre"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("\u202eevil\u202c", "evil"),
        ("a\u200bb\u2060c", "abc"),
        ("\u3164\u3164", ""),
        ("two\n\nlines", "two lines"),
        ("z" + "\u0301\u0323\u0324\u0325\u0326\u0327", None),
        (None, ""),
    ],
)
def test_invisible_signs_go(text: str | None, cleaned: str | None) -> None:
    if cleaned is not None:
        assert clean(text) == cleaned
    else:
        assert sum(unicodedata.combining(sign) > 0 for sign in clean(text)) <= 4


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("\U0001f3f3\ufe0f\u200d\U0001f308", None),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", None),
        ("\U0001f469\U0001f3fd\u200d\U0001f680", None),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", None),
        ("\u0915\u094d\u200d\u0937", None),
        ("p\u200do\u200cr", "por"),
        ("\u200d\U0001f308\u200d", "\U0001f308"),
        ("\U0001f468\u200d\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
        ("\U0001f468\u200d \U0001f469", "\U0001f468 \U0001f469"),
    ],
)
def test_joiners_stay_where_they_are_written(text: str, cleaned: str | None) -> None:
    assert clean(text) == (text if cleaned is None else cleaned)
    assert clean_markdown(text) == (text if cleaned is None else cleaned)


def test_nothing_in_ordinary_text_could_go() -> None:
    signs = [sign for sign in map(chr, range(0x110000)) if text_module._ORDINARY.fullmatch(sign)]
    assert len(signs) > 500
    for sign in signs:
        if sign.isspace():
            assert clean(f"a{sign}b") == "a b"
            continue
        assert unicodedata.category(sign) not in text_module._GONE | {"Mn", "Me", "Mc"}
        assert sign not in text_module._BLANK_LETTERS
        assert unicodedata.is_normalized("NFC", f"a{sign}a{sign}")
    assert clean("  Zoë… " * 3) == "Zoë… Zoë… Zoë…"


def test_cutting_leaves_an_ellipsis() -> None:
    assert shorten("abcdef", 6) == "abcdef"
    assert shorten("abcdefg", 6) == "abcde…"
    assert shorten("abc", 0) == ""


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a%20b?x=1&y=%2F#z", "http://example.org", "https://1.1.1.1/a.jpg",
        "https://xn--strae-oqa.de/", "https://example.org:8443/x", "https://example.org/a(b).jpg",
    ],
)  # fmt: skip
def test_web_addresses_stay_as_they_are(address: str) -> None:
    assert safe_url(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None, "", "javascript:alert(1)", "ftp://example.org/a", "//example.org/a", "magpie:picture/1",
        "data:image/png,", "https://user@example.org/", "https://user:secret@example.org/", "https://:x@example.org", "https://",
        "https://exa mple.org/", "https://example.org/a b", "https://example.org\\@evil.example/", "https://localhost/a",
        "http://127.0.0.1/a", "http://[::1]/a", "http://10.0.0.3/a", "http://printer/a", "http://a.local/",
        "http://[::ffff:127.0.0.1]/", "https://example.org/\u202egpj.exe", "https://example.org:99999/",
        "https://example.org/" + "a" * 2048, "http://2130706433/", "https://-/", "https://a..b/", "attachment://x.png",
    ],
)  # fmt: skip
def test_other_addresses_are_refused(address: str | None) -> None:
    assert safe_url(address) is None
    assert display_host(address) is None


def test_hosts_are_shown_in_ascii() -> None:
    assert display_host("https://www.Example.org/x") == "example.org"
    assert display_host("https://еxample.org/") == "xn--xample-2of.org"  # noqa: RUF001 (a Cyrillic letter on purpose)
    assert safe_url("https://straße.de/ä") == "https://xn--strae-oqa.de/%C3%A4"


@given(st.text(max_size=60))
def test_whatever_comes_an_address_is_safe_or_refused(text: str) -> None:
    for address in (safe_url(text), safe_url(f"https://{text}"), safe_url(f"https://example.org/{text}", 512)):
        if address is not None:
            assert re.fullmatch(r"https?://[!-~]+", address)
            assert not re.search(r"[\\<>\"`{}|^\s]", address)
            assert "@" not in address.split("/")[2]
            assert not re.search(r"[()]", in_markdown(address))
