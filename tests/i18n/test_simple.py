"""The short way to fill in a message says what Fluent's resolver says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import LOCALES, known_keys, say
from bot.i18n import catalogue as reading
from bot.i18n.simple_messages import filled

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
