"""What a vision model is asked for over any interface: its settings, the form of the answer, reading text as one."""

import ipaddress
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from pydantic import SecretStr
from yarl import URL

from bot.bing_v7 import DEPICTION_KINDS, BadAnswer
from bot.providers.http.decoding import JsonObject, text

NAME = "vision"
SECONDS = 30.0
ANSWER_TOKENS = 700
RATINGS = ("safe", "racy", "adult", "violence")
VISION_QUESTION = "What does this picture show?"
_ANTHROPIC = "api.anthropic.com"
_LIST = {"type": "array", "items": {"type": "string"}}
ANSWER_SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["caption", "alt", "query", "tags", "searches", "things", "text", "rating"],
    "properties": {
        "caption": {"type": "string", "description": "one sentence: what the picture shows"},
        "alt": {"type": "string", "description": "alternative text for people who cannot see it"},
        "query": {"type": "string", "description": "the image search that would find more like it"},
        "tags": _LIST,
        "searches": _LIST,
        "things": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["name", "kind", "sure"],
                "properties": {
                    "name": {"type": "string"},
                    "kind": {"type": "string", "enum": list(DEPICTION_KINDS)},
                    "sure": {"type": "string", "enum": ["high", "medium", "low"]},
                },
            },
        },
        "text": {"type": "string", "description": "text that can be read in the picture, word for word; else empty"},
        "rating": {"type": "string", "enum": list(RATINGS)},
    },
}


class Shape(StrEnum):
    """How a server is asked for JSON: what it does not know it refuses, and then the next is tried."""

    SCHEMA = "schema"
    OBJECT = "object"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class VisionSettings:
    """Where the server is (the address before ``chat/completions`` or ``messages``), its key, and which model looks."""

    base_url: str
    model: str
    key: SecretStr | None = None
    seconds: float = SECONDS

    @property
    def is_anthropic(self) -> bool:
        """True for Anthropic's own interface."""
        return URL(self.base_url).host == _ANTHROPIC

    @property
    def is_own(self) -> bool:
        """True if the server runs on this machine, so that no picture leaves it."""
        host = URL(self.base_url).host or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost" or host.endswith(".localhost")


def texts_in(parts: list[JsonObject]) -> list[str]:
    """Return the texts of a message in parts."""
    return [found for part in parts if (found := text(part, "text"))]


def complete_description(said: JsonObject | None, *, cut_off: bool) -> JsonObject:
    """Return the description if there is one; raises `BadAnswer` if there is none."""
    if said:
        return said
    raise BadAnswer("the answer was cut off" if cut_off else "the answer holds no description", provider=NAME)


def parsed(written: str) -> JsonObject | None:
    """Return the last JSON object in a text with a caption: models reason before it, and fence it in Markdown."""
    decoder = json.JSONDecoder()
    found: JsonObject | None = None
    place = written.find("{")
    while place >= 0:
        try:
            value, end = decoder.raw_decode(written, place)
        except (ValueError, RecursionError):
            end = place + 1
        else:
            if isinstance(value, dict) and "caption" in value:
                found = cast("JsonObject", value)
        place = written.find("{", end)
    return found
