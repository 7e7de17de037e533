"""The vision adapter against a server that answers as five kinds of servers do, rightly and wrongly."""

import asyncio
import io
import json
from typing import Any

import pytest
from aiohttp import web
from PIL import Image
from pydantic import SecretStr

from bot.bing_v7 import (
    BadAnswer,
    Blocked,
    Certainty,
    HttpRequest,
    HttpResponse,
    InsightsRequest,
    LookupState,
    Misconfigured,
    Module,
    NotSupported,
    ProviderError,
    RateLimited,
    SafeSearch,
    Unavailable,
    Upload,
)
from bot.bing_v7.markets import language_for
from bot.media.runner import InThread
from bot.media.service import Media
from bot.providers.adapters import vision, vision_model
from bot.providers.adapters.vision import Vision, VisionSettings
from bot.providers.adapters.vision_model import parsed
from bot.providers.http.transport import Transport
from bot.providers.middleware.upload_preparation import PreparedUploads

from .conftest import Stage

SAID: dict[str, Any] = {
    "caption": "A macaque sits on a stone wall.",
    "alt": "A brown macaque with a pink face, sitting.",
    "query": "macaque monkey",
    "tags": ["macaque", "monkey", "Macaque"],
    "searches": ["japanese macaque", "snow monkey"],
    "things": [
        {"name": "macaque", "kind": "animal", "sure": "high"},
        {"name": "stone wall", "kind": "masonry", "sure": "low"},
    ],
    "text": "Please do not\nfeed",
    "rating": "safe",
}


def picture(size: tuple[int, int] = (160, 90)) -> Upload:
    out = io.BytesIO()
    Image.new("RGBA", size, "#8a5").save(out, "PNG")
    return Upload(data=out.getvalue(), content_type="image/png", filename="private.png", sha1="FEDC" * 10)


def asked(level: SafeSearch = SafeSearch.STRICT, **more: Any) -> InsightsRequest:
    return InsightsRequest(**({"upload": picture(), "safe_search": level} | more))


def completion(content: Any, finish: str = "stop", **message: Any) -> dict[str, Any]:
    return {"choices": [{"finish_reason": finish, "message": {"role": "assistant", "content": content, **message}}]}


class Server:
    """Answers requests with what it is given, one after the other, the last for ever; keeps what it was asked."""

    def __init__(self, stage: Stage, *answers: tuple[int, Any]) -> None:
        self.answers, self.seen, self.headers = list(answers), list[dict[str, Any]](), list[dict[str, str]]()
        stage.handler = self.answer

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.seen.append(await request.json() | {"path": request.path})
        self.headers.append(dict(request.headers))
        status, body = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        text = body if isinstance(body, str) else json.dumps(body)
        return web.Response(status=status, text=text, content_type="application/json")


def provider(transport: Transport, stage: Stage, **more: Any) -> PreparedUploads:
    settings = {"base_url": f"{stage.base}/v1", "model": "gemma4", "seconds": 60.0} | more
    return PreparedUploads(Vision(transport, VisionSettings(**settings)), Media(InThread()))


FENCED = f"Here you are:\n```json\n{json.dumps(SAID)}\n```\nAnything else?"
REASONED = f'<think>Is it {{"caption": "a dog"}}? No: {{not json}}.</think>\n{json.dumps(SAID)}'
GOOD = {
    "schema": completion(json.dumps(SAID)),
    "fenced": completion(FENCED),
    "reasoned": completion(REASONED),
    "reasoning apart": completion(json.dumps(SAID), reasoning_content='{"caption": "a cat"}'),
    "in parts": completion([{"type": "text", "text": json.dumps(SAID)}]),
}


@pytest.mark.parametrize("name", GOOD)
async def test_what_a_model_says_in_v7s_words(name: str, stage: Stage, transport: Transport) -> None:
    Server(stage, (200, GOOD[name]))
    found = await provider(transport, stage).insights(asked())
    assert found.image_caption is not None
    assert found.image_caption.caption == SAID["caption"]
    assert found.image_caption.data_source_url is None
    assert found.best_representative_query is not None
    assert found.image_tags is not None
    assert found.related_searches is not None
    assert found.best_representative_query.text == "macaque monkey"
    assert [tag.name for tag in found.image_tags.value] == ["Macaque", "monkey"]
    assert [query.text for query in found.related_searches.value] == SAID["searches"]
    assert [(one.name, one.kind, one.certainty) for one in found.depictions] == [
        ("macaque", "animal", Certainty.MEDIUM), ("stone wall", "other", Certainty.LOW),
    ]  # fmt: skip
    assert {one.model for one in found.depictions} == {"gemma4"}
    assert found.picture_texts[0].text == "Please do not feed"
    assert found.alt_text == SAID["alt"]
    assert found.state is LookupState.DEPICTED
    assert found.pages_including is None
    assert found.recognized_entity_groups is None


async def test_a_model_is_asked_in_the_readers_language(stage: Stage, transport: Transport) -> None:
    for locale, name in (("ja", "Japanese"), ("fr", "French"), ("en-US", "English")):
        server = Server(stage, (200, GOOD["schema"]))
        await provider(transport, stage).insights(asked(set_lang=language_for(locale)))
        assert f"Answer in {name}" in server.seen[0]["messages"][0]["content"]


async def test_what_is_sent(stage: Stage, transport: Transport) -> None:
    server = Server(stage, (200, GOOD["schema"]))
    await provider(transport, stage, key=SecretStr("k")).insights(asked(set_lang="de", upload=picture((1600, 900))))
    (sent,) = server.seen
    assert sent["path"] == "/v1/chat/completions"
    assert server.headers[0]["Authorization"] == "Bearer k"
    assert (sent["model"], sent["temperature"]) == ("gemma4", 0)
    assert sent["response_format"]["json_schema"]["schema"] == vision.ANSWER_SCHEMA
    system, user = sent["messages"]
    assert "German" in system["content"]
    assert "never an instruction" in system["content"]
    address = user["content"][1]["image_url"]["url"]
    assert address.startswith("data:image/jpeg;base64,")
    assert "private" not in json.dumps(sent)
    assert "FEDC" * 10 not in json.dumps(sent)
    import base64

    with Image.open(io.BytesIO(base64.b64decode(address.partition(",")[2]))) as small:
        assert max(small.size) == 1024


async def test_anthropics_own_interface(stage: Stage, transport: Transport, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vision_model, "_ANTHROPIC", "127.0.0.1")
    server = Server(stage, (200, {"stop_reason": "tool_use", "content": [
        {"type": "text", "text": "Let me see."}, {"type": "tool_use", "name": "describe", "input": SAID},
    ]}))  # fmt: skip
    found = await provider(transport, stage, key=SecretStr("k")).insights(asked())
    assert found.image_caption is not None
    assert found.image_caption.caption == SAID["caption"]
    (sent,) = server.seen
    assert sent["path"] == "/v1/messages"
    assert server.headers[0]["X-Api-Key"] == "k"
    assert sent["tool_choice"] == {"type": "tool", "name": "describe"}
    Server(stage, (200, {"stop_reason": "refusal", "content": []}))
    with pytest.raises(NotSupported):
        await provider(transport, stage).insights(asked())


BAD: dict[str, tuple[int, Any, type[ProviderError]]] = {
    "refused": (200, completion(None, refusal="I cannot help with that."), NotSupported),
    "filtered": (200, completion("", finish="content_filter"), NotSupported),
    "cut off": (200, completion(json.dumps(SAID)[:80], finish="length"), BadAnswer),
    "prose": (200, completion("A lovely monkey!"), BadAnswer),
    "empty": (200, {"choices": []}, BadAnswer),
    "another shape": (200, {"choices": "no"}, BadAnswer),
    "web page": (200, "<html>", BadAnswer),
    "no such model": (404, {"error": {"message": 'model "gemma4" not found, try pulling it first'}}, Misconfigured),
    "no such model (litellm)": (400, {"error": {"message": "Invalid model name passed in model=x"}}, Misconfigured),
    "no vision (ollama)": (400, {"error": {"message": "this model does not support image input"}}, Misconfigured),
    "no vision (llama.cpp)": (500, {"error": {"message": "image input is not supported - provide the mmproj"}},
                              Misconfigured),
    "key": (401, {"error": {"message": "invalid api key"}}, Misconfigured),
    "busy": (429, {"error": {"message": "slow down"}}, RateLimited),
    "broken": (500, {"error": "boom"}, Unavailable),
    "error in a good answer": (200, {"error": {"message": "out of memory"}}, Unavailable),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
async def test_what_goes_wrong_is_told_apart(name: str, stage: Stage, transport: Transport) -> None:
    status, body, error = BAD[name]
    Server(stage, (status, body))
    with pytest.raises(error) as raised:
        await provider(transport, stage).insights(asked())
    assert raised.value.provider == "vision"
    assert "private" not in str(raised.value)


async def test_the_operator_is_told_to_load_the_model_or_that_it_is_blind(stage: Stage, transport: Transport) -> None:
    Server(stage, BAD["no such model"][:2])
    with pytest.raises(Misconfigured, match="pull or load"):
        await provider(transport, stage).insights(asked())
    Server(stage, BAD["no vision (ollama)"][:2])
    with pytest.raises(Misconfigured, match="cannot see"):
        await provider(transport, stage).insights(asked())


async def test_a_server_that_loads_its_model_is_waited_for(
    stage: Stage, transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vision, "_LOADING_SECONDS", 0.05)
    server = Server(stage, *[(503, {"error": {"message": "Loading model"}})] * 3, (200, GOOD["schema"]))
    assert (await provider(transport, stage).insights(asked())).image_caption
    assert len(server.seen) == 4


class Loading(Transport):
    """Says after a second that the model is being loaded, however often it is asked."""

    asked = 0

    async def send(self, request: HttpRequest, **_: Any) -> HttpResponse:  # pyright: ignore[reportIncompatibleMethodOverride]
        self.asked += 1
        await asyncio.sleep(1)
        return HttpResponse(503, {}, b'{"error": {"message": "Loading model"}}')


@pytest.mark.usefixtures("simulated_time")
async def test_a_server_that_never_stops_loading_is_given_up_within_the_time_set() -> None:
    """On the event loop's clock, like the chain's own deadline: every three seconds, and not when it is too late."""
    transport = Loading()
    model = Vision(transport, VisionSettings(base_url="http://127.0.0.1:1/v1", model="gemma4", seconds=30.0))
    began = asyncio.get_running_loop().time()
    with pytest.raises(Unavailable):
        await model.insights(asked())
    assert transport.asked == 10
    assert asyncio.get_running_loop().time() - began == pytest.approx(28)


async def test_a_server_without_schemas_is_asked_more_plainly_and_that_is_kept(
    stage: Stage, transport: Transport
) -> None:
    unknown = (400, {"error": {"message": "response_format is not supported"}})
    server = Server(stage, unknown, unknown, (200, GOOD["fenced"]))
    model = provider(transport, stage)
    assert (await model.insights(asked())).image_caption
    assert [(one.get("response_format") or {}).get("type") for one in server.seen] == [
        "json_schema",
        "json_object",
        None,
    ]
    await model.insights(asked())
    assert len(server.seen) == 4
    assert "response_format" not in server.seen[-1]


@pytest.mark.parametrize(
    ("rating", "allowed"),
    [("safe", 3), ("racy", 2), ("violence", 2), ("adult", 1), ("", 1), (None, 1), ("SAFE!", 1)],
)
async def test_its_rating_only_tightens(rating: Any, allowed: int, stage: Stage, transport: Transport) -> None:
    Server(stage, (200, completion(json.dumps(SAID | {"rating": rating}))))
    model, passed = provider(transport, stage), 0
    for level in SafeSearch:
        try:
            await model.insights(asked(level))
            passed += 1
        except Blocked:
            continue
    assert passed == allowed


async def test_only_posted_pictures_and_only_the_modules_asked_for(stage: Stage, transport: Transport) -> None:
    Server(stage, (200, GOOD["schema"]))
    others: tuple[dict[str, Any], ...] = ({"img_url": "https://a.example/x.jpg"}, {"insights_token": "t"})
    for other in others:
        with pytest.raises(NotSupported):
            await provider(transport, stage).insights(asked(upload=None, **other))
    found = await provider(transport, stage).insights(asked(modules={Module.TAGS}))
    assert found.image_tags is not None
    assert (found.image_caption, found.best_representative_query) == (None, None)


@pytest.mark.parametrize(
    ("address", "outside"),
    [
        ("http://127.0.0.1:11434/v1", False), ("http://[::1]:8080/v1/", False), ("http://localhost:1234/v1", False),
        ("https://api.openai.com/v1", True), ("http://192.168.1.5:11434/v1", True), ("http://127.0.0.1.evil.com", True),
    ],
)  # fmt: skip
def test_pictures_stay_only_where_the_server_is_this_machine(address: str, outside: bool) -> None:
    capabilities = vision.capabilities(VisionSettings(address, "m"))
    assert capabilities.outside is outside
    assert capabilities.limits.within == 30


@pytest.mark.parametrize("text", ["", "{", "[" * 9000, '{"caption"', '{"a": 1} {"b": 2}', "nothing"])
def test_text_without_a_description(text: str) -> None:
    assert parsed(text) is None


def test_long_and_repeated_answers_are_cut() -> None:
    said = SAID | {"caption": "x" * 5000, "tags": ["same"] * 99 + [str(n) for n in range(99)], "text": "t" * 9000}
    found = vision.decode_insights(
        vision.HttpResponse(200, {}, json.dumps(completion(json.dumps(said))).encode()),
        asked(),
        VisionSettings("http://127.0.0.1", "m"),
    )
    assert found.image_caption is not None
    assert found.image_tags is not None
    assert len(found.image_caption.caption or "") == 300
    assert len(found.image_tags.value) == 12
    assert len(found.picture_texts[0].text) == 1000
