"""OpenAI's chat completions, which Ollama, llama.cpp, LM Studio, vLLM and most services speak too."""

from bot.bing_v7 import NotSupported
from bot.providers.http.decoding import JsonObject, child, first_object, objects, text

from .vision_model import (
    ANSWER_SCHEMA,
    ANSWER_TOKENS,
    NAME,
    VISION_QUESTION,
    Shape,
    VisionSettings,
    complete_description,
    parsed,
    texts_in,
)


def ask_openai(
    settings: VisionSettings, told: str, content: str, shape: str
) -> tuple[str, dict[str, str], dict[str, object]]:
    """Return path, headers and body of the question."""
    picture = {"type": "image_url", "image_url": {"url": f"data:image/jpeg;base64,{content}", "detail": "low"}}
    body: dict[str, object] = {
        "model": settings.model,
        "temperature": 0,
        "max_tokens": ANSWER_TOKENS,
        "messages": [
            {"role": "system", "content": told},
            {"role": "user", "content": [{"type": "text", "text": VISION_QUESTION}, picture]},
        ],
    }
    if shape == Shape.SCHEMA:
        schema = {"name": "picture", "strict": True, "schema": ANSWER_SCHEMA}
        body["response_format"] = {"type": "json_schema", "json_schema": schema}
    elif shape == Shape.OBJECT:
        body["response_format"] = {"type": "json_object"}
    key = settings.key.get_secret_value() if settings.key else "none"
    return "chat/completions", {"Authorization": f"Bearer {key}"}, body


def openai_description(data: JsonObject) -> JsonObject:
    """Return the description in an answer."""
    choice = first_object(data, "choices")
    message, why = child(choice, "message"), text(choice, "finish_reason")
    if text(message, "refusal") or why == "content_filter":
        raise NotSupported("the model refuses to describe this picture", provider=NAME)
    content = message.get("content")
    written = content if isinstance(content, str) else " ".join(texts_in(objects(message, "content")))
    return complete_description(parsed(written), cut_off=why == "length")
