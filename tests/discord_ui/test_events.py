"""Interactions that discord.py cannot read are answered all the same, and polls do not get in the way."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.discord_ui.discord_io.events import read_safely, without_polls

POLL = {"question": {"text": "?"}, "answers": [], "expiry": None, "allow_multiselect": False, "layout_type": 1}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)
NAMES = st.sampled_from(["message", "data", "resolved", "messages", "poll", "1", "other"])
EVENTS = st.dictionaries(NAMES, JSON | st.dictionaries(NAMES, JSON | st.dictionaries(NAMES, JSON)), max_size=4)


def test_polls_are_left_out_and_the_event_is_left_as_it_is() -> None:
    event = {
        "id": "1",
        "message": {"id": "2", "poll": POLL},
        "data": {"name": "x", "resolved": {"messages": {"3": {"id": "3", "poll": POLL}}, "users": {}}},
    }
    assert without_polls(event) == {
        "id": "1",
        "message": {"id": "2"},
        "data": {"name": "x", "resolved": {"messages": {"3": {"id": "3"}}, "users": {}}},
    }
    assert event["message"] == {"id": "2", "poll": POLL}


async def test_what_cannot_be_read_is_told_in_the_persons_language(caplog: pytest.LogCaptureFixture) -> None:
    sent: list[tuple[str, dict[str, Any]]] = []

    async def request(route: Any, *, json: dict[str, Any]) -> None:
        sent.append((route.url, json))

    def parse(_: dict[str, Any]) -> None:
        raise KeyError("new field")

    client: Any = SimpleNamespace(http=SimpleNamespace(request=request))
    read_safely(client, parse)({"id": "1", "token": "t", "type": 2, "locale": "de"})
    read_safely(client, parse)({"id": "1", "token": "t", "type": 4})
    await asyncio.sleep(0.01)
    ((url, body),) = sent
    assert url.endswith("/interactions/1/t/callback")
    assert body["data"]["content"].startswith("Etwas ist schiefgegangen")
    assert body["data"]["flags"] == 64
    assert body["data"]["allowed_mentions"] == {"parse": []}


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(EVENTS)
def test_no_event_whatever_stops_the_reader(event: dict[str, Any]) -> None:
    kept = without_polls(event)
    assert kept.keys() == event.keys()
