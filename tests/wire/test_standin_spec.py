"""Bodies against Discord's own description, where it is at hand: good ones pass, and bad ones are told readably."""

from __future__ import annotations

from typing import Any

import pytest

from .validate import Spec, spec

MESSAGES = "/channels/{channel_id}/messages"
CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"


@pytest.fixture
def description() -> Spec:
    found = spec()
    if found is None:
        pytest.skip("openapi.json is not beside this clone")
    return found


def test_ids_may_be_numbers(description: Spec) -> None:
    body = {"content": "a", "message_reference": {"message_id": 123, "guild_id": "5"}, "attachments": [{"id": 0}]}
    assert description.request_problems("POST", MESSAGES, body) == []


def test_a_body_without_mistakes_passes_in_both_forms(description: Spec) -> None:
    body = {"type": 4, "data": {"content": "a", "embeds": [{"title": "b"}], "flags": 64}}
    assert description.request_problems("POST", CALLBACK, body) == []
    assert description.request_problems("POST", CALLBACK, body, multipart=True) == []


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"type": 4, "data": {"content": "a" * 2001}}, 'body.data.content: "aaa'),
        ({"type": 4, "data": {"embeds": [{"title": "a" * 257}]}}, 'body.data.embeds[0].title: "aaa'),
        ({"type": 4, "data": {"embeds": [{"color": -1}]}}, "body.data.embeds[0].color: -1 is less than the minimum"),
        (
            {
                "type": 4,
                "data": {"components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "a" * 81}]}]},
            },
            'body.data.components[0].components[0].label: "aaa',
        ),
        ({"type": 8, "data": {"choices": [{"name": "", "value": "a"}]}}, 'body.data.choices[0].name: ""'),
        ({"type": 4, "data": {"attachments": [{"id": "0x1"}]}}, 'body.data.attachments[0].id: "0x1" does not match'),
        (  # by the windows' branch of the union, mistakes lie deeper
            {
                "type": 4,
                "data": {
                    "content": 5,
                    "components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "a"}]}],
                },
            },
            "body.data.content: 5 is not of type",
        ),
    ],
)
def test_mistakes_are_told_at_their_place(description: Spec, body: dict[str, Any], sentence: str) -> None:
    (told,) = description.request_problems("POST", CALLBACK, body)
    assert sentence in told
    assert len(told) < 500


def test_unknown_routes_and_answers_are_told(description: Spec) -> None:
    assert description.request_problems("POST", "/nowhere", {}) == ["Discord has no POST /nowhere"]
    assert description.answer_problems("GET", "/gateway", 200, {"url": 5}) != []
    assert description.answer_problems("GET", "/gateway", 200, {"url": "wss://a.example"}) == []
    assert description.schema_problems("GatewayResponse", {"url": "wss://a.example"}) == []
