"""The vision provider against a real server with OpenAI's chat interface: LiteLLM's, with answers given beforehand.

``tests/servers/install.sh litellm`` installs it, from wheels alone, where ``.ci/run`` finds it too; the tests also find
its program by ``PATH`` or by ``LITELLM``. No weights are there, so what a model sees is not tested: what is
tested is that such a server takes the question as it is sent (its schema, its picture, the key) and how it refuses.
"""

from __future__ import annotations

import io
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from pydantic import SecretStr

from bot.bing_v7 import InsightsRequest, Misconfigured, ProviderError, Upload
from bot.providers.adapters.vision import Vision
from bot.providers.adapters.vision_model import VisionSettings
from bot.providers.http.transport import Transport

from .processes import free_port, running

pytestmark = pytest.mark.servers

KEY = "sk-0123456789abcdef0123456789abcdef0123456789abcdef"
SAID = {
    "caption": "A heron stands in shallow water", "alt": "A grey heron in a pond", "query": "grey heron",
    "tags": ["heron", "bird"], "searches": ["grey heron in water"], "text": "", "rating": "safe",
    "things": [{"name": "grey heron", "kind": "animal", "sure": "high"}],
}  # fmt: skip
ANSWERS = {
    "plain": json.dumps(SAID),
    "fenced": f"Here:\n```json\n{json.dumps(SAID)}\n```",
    "reasoned": f"<think>A stork?</think>{json.dumps(SAID)}",
}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server with a model for each way to answer."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    installed = shutil.which("litellm", path=cache / "magpie-tests" / "litellm" / "bin")
    program = os.environ.get("LITELLM") or shutil.which("litellm") or installed
    if program is None:
        pytest.skip("LiteLLM is not installed; run tests/servers/install.sh litellm to install it")
    folder: Path = tmp_path_factory.mktemp("litellm")
    models = [
        {"model_name": name, "litellm_params": {"model": "openai/x", "api_key": "none", "mock_response": answer}}
        for name, answer in ANSWERS.items()
    ]
    (folder / "config.yaml").write_text(json.dumps({"general_settings": {"master_key": KEY}, "model_list": models}))
    # It imports thousands of modules: looking for garbage among them is a quarter of its start.
    (folder / "sitecustomize.py").write_text("import gc\n\ngc.disable()\n")
    port = free_port()
    command = [program, "--config", "config.yaml", "--host", "127.0.0.1", "--port", str(port)]
    quiet = {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_TELEMETRY": "False", "PYTHONPATH": str(folder)}
    ready = f"http://127.0.0.1:{port}/health/liveliness"
    with running(command, ready, folder / "log", env=quiet, within=300):
        yield f"http://127.0.0.1:{port}/v1"


def provider(transport: Transport, base: str, model: str, key: str = KEY) -> Vision:
    return Vision(transport, VisionSettings(base_url=base, model=model, key=SecretStr(key), seconds=60.0))


def asked() -> InsightsRequest:
    out = io.BytesIO()
    Image.effect_noise((320, 240), 60).convert("RGB").save(out, "JPEG")
    return InsightsRequest(upload=Upload(data=out.getvalue(), content_type="image/jpeg"))


@pytest.mark.parametrize("model", ANSWERS)
async def test_it_takes_the_question_and_its_answer_is_read(base: str, transport: Transport, model: str) -> None:
    answer = await provider(transport, base, model).insights(asked())
    assert answer.image_caption is not None
    assert answer.image_caption.caption == SAID["caption"]
    assert answer.alt_text == SAID["alt"]
    assert [(one.name, one.model) for one in answer.depictions] == [("grey heron", model)]


async def test_a_model_that_it_does_not_have_is_named_to_the_operator(base: str, transport: Transport) -> None:
    with pytest.raises(Misconfigured, match="does not have the model nope"):
        await provider(transport, base, "nope").insights(asked())


async def test_a_wrong_key_gets_no_answer(base: str, transport: Transport) -> None:
    """Without a database LiteLLM says that there is none, so the operator is not told that it is the key."""
    with pytest.raises(ProviderError) as refused:
        await provider(transport, base, "plain", "sk-wrong").insights(asked())
    assert refused.value.provider == "vision"
