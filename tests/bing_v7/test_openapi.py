"""The description is a valid OpenAPI document, and whatever it allows or forbids is answered in v7's words."""

import asyncio
import re
import threading
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bot.bing_v7 import FILTERS, ErrorResponse, Module
from bot.bing_v7.server import ServerSettings, serve
from bot.bing_v7.server.openapi import _EXCLUDES, describe
from bot.media.runner import InThread
from bot.media.service import Media
from tests.examples import examples

from .conftest import Endpoint, Run, SmallProvider

KEY = "0123456789abcdef0123456789abcdef"
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
UNHURRIED = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)


@pytest.fixture(scope="module")
def live() -> Iterator[str]:
    """The address of an endpoint that runs in a thread of its own, for tests that are not asynchronous."""
    ready: list[str] = []
    started = threading.Event()
    loop = asyncio.new_event_loop()

    def is_ready(address: str) -> None:
        ready.append(address)
        started.set()

    async def run() -> None:
        options = ServerSettings.model_validate({"keys": [KEY], "per_second": None})
        await serve(SmallProvider(), Media(InThread()), options, port=0, on_ready=is_ready)

    task = loop.create_task(run())

    def work() -> None:
        try:
            loop.run_until_complete(task)
        except asyncio.CancelledError:
            loop.run_until_complete(loop.shutdown_asyncgens())
        finally:
            for left in asyncio.all_tasks(loop):
                left.cancel()
            loop.run_until_complete(asyncio.sleep(0))
            loop.close()

    thread = threading.Thread(target=work)
    thread.start()
    assert started.wait(60)
    yield ready[0]
    loop.call_soon_threadsafe(task.cancel)
    thread.join(60)


def operations() -> dict[str, Any]:
    """Return the operations that take parameters, by method and path."""
    loaded: Any = schemathesis.openapi.from_dict(describe(keyed=True)).get_all_operations()
    known = [found.ok() for found in loaded]
    return {f"{each.method.upper()} {each.path}": each for each in known if each.path not in {"/healthz", "/readyz"}}


OPERATIONS = operations()


@pytest.mark.thorough
@pytest.mark.parametrize("mode", GenerationMode, ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_no_request_breaks_the_endpoint(live: str, operation: str, mode: GenerationMode) -> None:
    """Requests that the description allows, and such that it forbids."""
    if "{" in operation and mode is GenerationMode.NEGATIVE:
        pytest.skip("every text may stand in a path, so nothing is forbidden")

    @settings(max_examples=examples(25), derandomize=True, database=None, suppress_health_check=UNHURRIED)
    @given(OPERATIONS[operation].as_strategy(generation_mode=mode))
    def check(case: Any) -> None:
        response = case.call(base_url=live, session=session, headers={"Ocp-Apim-Subscription-Key": KEY})
        case.validate_response(response, checks=CHECKS)
        assert response.status_code < 500
        if response.status_code >= 400:
            body = response.json()
            assert body["_type"] == "ErrorResponse"
            assert ErrorResponse.model_validate(body).errors[0].code

    with requests.Session() as session:  # a connection for all of them, as clients have it
        check()


async def test_the_description_names_every_parameter(endpoint: Endpoint) -> None:
    _, body = await endpoint.get("/openapi.json")
    assert body["openapi"] == "3.1.0"
    for prefix in ("/v7.0", "/bing/v7.0"):
        search = body["paths"][f"{prefix}/images/search"]["get"]
        names = {parameter["name"] for parameter in search["parameters"] if parameter["in"] == "query"}
        assert names == FILTERS | {"q", "count", "offset", "id", "mkt", "cc", "setLang", "safeSearch"}
        details = body["paths"][f"{prefix}/images/details"]["get"]
        names = {parameter["name"] for parameter in details["parameters"] if parameter["in"] == "query"}
        expected = {"q", "insightsToken", "imgUrl", "modules", "cal", "cat", "car", "cab", "ct"}
        assert names == expected | {"mkt", "cc", "setLang", "safeSearch"}
        visual = body["paths"][f"{prefix}/images/visualsearch"]["post"]
        form = visual["requestBody"]["content"]["multipart/form-data"]["schema"]["properties"]
        assert form["knowledgeRequest"]["properties"].keys() == {"imageInfo", "knowledgeRequest"}
    market = next(parameter for parameter in search["parameters"] if parameter["name"] == "mkt")
    assert re.match(market["schema"]["pattern"], ""), "an empty parameter counts as not given"
    assert "cc" in market["description"]
    modules = next(parameter for parameter in details["parameters"] if parameter["name"] == "modules")
    assert modules["schema"]["items"]["enum"] == [module.value for module in Module]


def test_references_resolve_and_schemas_are_schemas() -> None:
    described = describe(keyed=True)
    for schema in described["components"]["schemas"].values():
        jsonschema_rs.meta.validate(schema)

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if "$ref" in value:
                assert value["$ref"].rpartition("/")[2] in described["components"]["schemas"]
            for item in value.values():
                walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)

    walk(described)
    assert described["security"] == [{"key": []}]
    assert "security" not in describe(keyed=False)


async def test_what_excludes_what_is_what_is_refused(endpoint: Endpoint) -> None:
    values = {"mkt": "en-US", "cc": "US", "imgUrl": "http://e.org/a", "insightsToken": "t"}
    for name, others in _EXCLUDES.items():
        path = "details" if name in {"imgUrl", "insightsToken"} else "search"
        for other in others:
            given = {each: values.get(each, "300") for each in (name, other)}
            response, body = await endpoint.get(f"/v7.0/images/{path}", params={"q": "x", **given})
            assert (response.status, body["errors"][0]["subCode"]) == (400, "ParameterInvalidValue"), (name, other)


async def test_answers_match_their_schemas(run: Run) -> None:
    described = describe(keyed=False)
    served = await run()
    for path, model in (("search?q=x", "ImageAnswer"), ("trending", "TrendingImages"), ("search", "ErrorResponse")):
        _, body = await served.get(f"/v7.0/images/{path}")
        whole = {"$ref": f"#/components/schemas/{model}", "components": described["components"]}
        jsonschema_rs.Draft202012Validator(whole).validate(body)
