"""The short way to fill in a message says what Fluent's resolver says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import LOCALES, known_keys, say
from bot.i18n import catalogue as reading
from bot.i18n.simple_messages import filled, plain_text

READERS = (*LOCALES, "en-GB", "es-419")
values = st.text(max_size=40) | st.integers(-5, 2_000_000) | st.floats(0, 5000, allow_nan=False) | st.booleans()


def simple(reader: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Give the keys that are words and slots alone, and the names of their slots."""
    for key in sorted(known_keys(reading.nearest_locale(reader))):
        pieces = reading._pieces(reader, key)
        if pieces is not None and len(pieces) > 1:
            yield key, frozenset(name for _, name in pieces if name)


@pytest.mark.parametrize("reader", READERS)
@given(st.data())
def test_both_ways_say_the_same(reader: str, data: st.DataObject) -> None:
    key, slots = data.draw(st.sampled_from(list(simple(reader))))
    given_values = {name: data.draw(values) for name in sorted(slots)}
    assert say(reader, key, **given_values) == reading._find(reader, key, given_values)


@pytest.mark.parametrize("reader", READERS)
def test_messages_of_one_line_are_read_as_fluent_reads_them(reader: str) -> None:
    catalogue = reading.nearest_locale(reader)
    plain = {key: text for key, source in reading._sources(catalogue).items() if (text := plain_text(source))}
    assert len(plain) > len(known_keys(catalogue)) / 3
    assert plain == {key: reading._find(catalogue, key, {}) for key in plain}


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a = b", "b"), ("a =  b c \n\n# d\n", "b c"), ("a = 1 = 2\n", "1 = 2"),
        ("a = b { c }", None), ("a = b\n    c\n", None), ("a =\n    b\n", None), ("a = b\n    .c = d\n", None),
        ("a =", None),
    ],
)  # fmt: skip
def test_only_one_line_of_text_is_plain(source: str, text: str | None) -> None:
    assert plain_text(source) == text


def test_most_messages_with_slots_are_simple() -> None:
    assert len(list(simple("en-US"))) > 60
    assert say("de", "insights-list-position", page=3, pages=12) == reading._find(
        "de", "insights-list-position", {"page": 3, "pages": 12}
    )


def test_what_needs_the_resolver_is_left_to_it() -> None:
    pieces = reading._pieces("en-US", "insights-list-position")
    assert pieces is not None
    assert filled(pieces, {"page": 1, "pages": 2}) is not None
    assert filled(pieces, {"page": 1, "pages": 1000}) is None
    assert filled(pieces, {"page": 1, "pages": True}) is None
    assert filled(pieces, {"page": 1}) is None
    assert reading._pieces("en-US", "hidden-count") is None
    with pytest.raises(LookupError):
        say("en-US", "insights-list-position", page=1)
