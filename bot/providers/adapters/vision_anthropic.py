"""Anthropic's messages, where the form of an answer is a tool that the model has to use."""

from bot.bing_v7 import NotSupported
from bot.providers.http.decoding import JsonObject, child, objects, text

from .vision_model import (
    ANSWER_SCHEMA,
    ANSWER_TOKENS,
    NAME,
    VISION_QUESTION,
    VisionSettings,
    complete_description,
    parsed,
    texts_in,
)

_VERSION = "2023-06-01"


def ask_anthropic(
    settings: VisionSettings,
    told: str,
    content: str,
) -> tuple[str, dict[str, str], dict[str, object]]:
    """Return path, headers and body of the question."""
    source = {"type": "base64", "media_type": "image/jpeg", "data": content}
    body: dict[str, object] = {
        "model": settings.model,
        "max_tokens": ANSWER_TOKENS,
        "system": told,
        "messages": [
            {
                "role": "user",
                "content": [{"type": "image", "source": source}, {"type": "text", "text": VISION_QUESTION}],
            }
        ],
        "tools": [{"name": "describe", "description": "Describe the picture.", "input_schema": ANSWER_SCHEMA}],
        "tool_choice": {"type": "tool", "name": "describe"},
    }
    key = settings.key.get_secret_value() if settings.key else ""
    return "messages", {"X-Api-Key": key, "Anthropic-Version": _VERSION}, body


def anthropic_description(data: JsonObject) -> JsonObject:
    """Return the description in an answer."""
    if text(data, "stop_reason") == "refusal":
        raise NotSupported("the model refuses to describe this picture", provider=NAME)
    tool = next((part for part in objects(data, "content") if text(part, "type") == "tool_use"), None)
    given = child(tool, "input") if tool else parsed(" ".join(texts_in(objects(data, "content"))))
    return complete_description(given, cut_off=text(data, "stop_reason") == "max_tokens")
