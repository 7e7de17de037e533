"""A provider in a package of somebody else's: found by its entry point, held to the contract, and never in the way."""

import json
import re
import sys
import tomllib
import types
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from bot.bing_v7 import (
    ALL_LEVELS,
    Capabilities,
    Image,
    ImageAnswer,
    Misconfigured,
    SafeSearch,
    SearchRequest,
    Verb,
    client,
)
from bot.cli.misspelt import unknown_variables
from bot.media.runner import InThread
from bot.media.service import Media
from bot.providers import plugins, registry
from bot.providers.adapters.v7 import V7Provider
from bot.providers.adapters.vision import Vision, VisionSettings
from bot.providers.assembly import build_chain
from bot.providers.contract import ContractCase, broken_promises
from bot.providers.entry import Entry
from bot.providers.http.transport import Transport
from bot.providers.settings import ProviderSettings

from .cases import CASES, body_of
from .conftest import Stage
from .scripted import Scripted

PAGE = Path(__file__).parents[2] / "docs" / "own-provider.md"


@pytest.fixture
def written() -> Iterator[dict[str, Any]]:
    """The example of the page, as a module of its own, and the suite that it shows."""
    package, suite = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    module = types.ModuleType("magpie_mine")
    sys.modules["magpie_mine"] = module
    exec(compile(package, "magpie_mine.py", "exec"), module.__dict__)
    yield {"module": module, "suite": suite}
    del sys.modules["magpie_mine"]


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, written: dict[str, Any]) -> Iterator[None]:
    points = [
        EntryPoint("mine", "magpie_mine:ENTRY", plugins.GROUP),
        EntryPoint("broken", "magpie_nowhere:ENTRY", plugins.GROUP),
        EntryPoint("nonsense", "magpie_mine:NAME", plugins.GROUP),
        EntryPoint("openverse", "magpie_mine:ENTRY", plugins.GROUP),
    ]
    monkeypatch.setattr(plugins, "entry_points", lambda group: [point for point in points if point.group == group])
    for remembered in (plugins.load_plugins, registry.registry):
        remembered.cache_clear()
    yield
    monkeypatch.undo()
    for remembered in (plugins.load_plugins, registry.registry):
        remembered.cache_clear()


def test_the_example_of_the_page_can_be_installed() -> None:
    """Its one module is named, so that a second file beside it (the suite) keeps no installer from packing it."""
    (project,) = re.findall(r"```toml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    told = tomllib.loads(project)
    assert told["project"]["entry-points"][plugins.GROUP] == {"mine": "magpie_mine:ENTRY"}
    assert told["tool"]["setuptools"]["py-modules"] == ["magpie_mine"]
    assert told["build-system"]["build-backend"] == "setuptools.build_meta"


def test_the_example_of_the_page_keeps_the_contract(written: dict[str, Any]) -> None:
    exec(compile(written["suite"], "suite.py", "exec"), {})


@pytest.mark.usefixtures("installed")
async def test_it_is_named_made_and_asked_like_any_other(
    stage: Stage, transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.plays(
        body='{"works": [{"title": "Otter", "page": "https://m.example/1", "image": "https://m.example/1.jpg"}]}'
    )
    monkeypatch.setenv("MAGPIE_MINE_URL", stage.base)
    monkeypatch.setenv("MAGPIE_MINE_KEY", "a-secret-of-mine")
    chain = build_chain(("mine", "broken"), ProviderSettings(), transport, Media(InThread()))
    answer = await chain.search(SearchRequest(q="otter", safe_search=SafeSearch.MODERATE))
    assert [image.name for image in answer.value] == ["Otter"]
    assert answer.provenance is not None
    assert answer.provenance.providers == ("mine",)
    assert transport.redactor.clean("a-secret-of-mine") != "a-secret-of-mine"
    assert not list(unknown_variables())


@pytest.mark.usefixtures("installed")
def test_what_cannot_be_loaded_is_off_with_its_reason() -> None:
    told = {one.name: one for one in registry.provider_states(("mine", "broken", "nonsense"), ProviderSettings(), None)}
    assert told["mine"].on
    assert (told["broken"].on, told["broken"].why) == (
        False, "its package cannot be loaded (ModuleNotFoundError)",
    )  # fmt: skip
    assert "TypeError" in told["nonsense"].why
    with pytest.raises(Misconfigured):
        registry.make("broken", Transport(), ProviderSettings(), None)


@pytest.mark.usefixtures("installed")
def test_nobody_takes_the_place_of_one_of_ours() -> None:
    assert registry.registry()["openverse"] is registry.REGISTRY["openverse"]
    assert isinstance(registry.registry()["mine"], Entry)


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_the_suite_passes_for_every_provider_of_ours(case: Any) -> None:
    bodies = {"config": body_of("searxng-config")}
    problems = await broken_promises(ContractCase(case.verb, case.make, body_of(case.stem), bodies))
    assert problems == []


def v7_case(verb: Verb, body: bytes) -> ContractCase:
    media = Media(InThread())
    return ContractCase(verb, lambda t, base: V7Provider(client.Endpoint(base, "k" * 32), t, media), body)


FIXTURES = Path(__file__).parents[1] / "bing_v7" / "fixtures"
DETAILS = b"""{"_type": "ImageInsights", "pagesIncluding": {"value": [{"name": "Jay", "isFamilyFriendly": true,
  "hostPageUrl": "https://birds.example/jay", "contentUrl": "https://birds.example/jay.jpg"}]}}"""

SAID = {
    "caption": "An otter.", "alt": "An otter in a river.", "query": "otter", "tags": ["otter"], "searches": [],
    "things": [], "text": "", "rating": "safe",
}  # fmt: skip
DESCRIBED = {"choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": json.dumps(SAID)}}]}


@pytest.mark.parametrize(
    "case",
    [
        v7_case(Verb.SEARCH, (FIXTURES / "search.json").read_bytes()),
        v7_case(Verb.INSIGHTS, DETAILS),
        v7_case(Verb.TRENDING, (FIXTURES / "trending.json").read_bytes()),
        ContractCase(
            Verb.INSIGHTS,
            lambda t, base: Vision(t, VisionSettings(base, "m", None, 3.0)),
            json.dumps(DESCRIBED).encode(),
        ),
    ],
    ids=["v7-search", "v7-details", "v7-trending", "vision"],
)
async def test_the_suite_passes_for_those_that_are_made_elsewhere(case: ContractCase) -> None:
    assert await broken_promises(case) == []


class Careless(Scripted):
    """A provider with every fault that the suite looks for."""

    def __init__(self) -> None:
        super().__init__("careless", lambda _: ImageAnswer(value=(Image(name="x", content_url="ftp://x"),)))
        self.capabilities = Capabilities(levels={Verb.SEARCH: ALL_LEVELS})


async def test_the_suite_finds_what_is_broken() -> None:
    problems = await broken_promises(ContractCase(Verb.SEARCH, lambda *_: Careless(), b"{}"))
    assert any("is no web address" in problem for problem in problems)
    assert any(problem == "HTTP 500 is taken for an answer" for problem in problems)
    assert any(problem.startswith("trending: answers a verb") for problem in problems)
