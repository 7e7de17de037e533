"""What holds for every adapter, whatever its service."""

import json
from typing import Any

import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from bot.bing_v7 import (
    FILTERS,
    BadAnswer,
    Image,
    ImageAnswer,
    ImageInsights,
    InvalidRequest,
    LevelNotHonoured,
    Misconfigured,
    NotSupported,
    ProviderError,
    RateLimited,
    SafeSearch,
    SearchRequest,
    Unavailable,
    Verb,
    images,
)
from bot.providers.http.transport import Transport
from bot.providers.registry import REGISTRY
from bot.providers.routing.chain import Chain
from bot.safesearch.gate import gated
from tests.examples import examples, some

from .cases import CASES, Case, body_of, response
from .conftest import Stage

ALL = pytest.mark.parametrize("case", CASES, ids=str)
SEARCHES = pytest.mark.parametrize("case", [one for one in CASES if one.verb is Verb.SEARCH], ids=str)
LOOKUPS = pytest.mark.parametrize("case", [one for one in CASES if one.verb is Verb.INSIGHTS], ids=str)
LEVELS = pytest.mark.parametrize("level", SafeSearch)
SAMPLES: dict[str, Any] = {
    "aspect": "Wide", "color": "Red", "freshness": "Week", "height": 100, "width": 100, "minHeight": 1, "maxHeight": 1,
    "minWidth": 1, "maxWidth": 1, "minFileSize": 1, "maxFileSize": 1, "imageContent": "Face", "imageType": "Shopping",
    "license": "Public", "size": "Large",
}  # fmt: skip


DESCRIBERS = {"vision"}
"""Providers that find nothing and only say what a picture shows; they have files of tests of their own."""


def plays_service(stage: Stage, case: Case, **changes: Any) -> None:
    """Let the local server play the case's service, with the ``/config`` that SearXNG is asked first."""
    played = {"status": 200, "body": body_of(case.stem), "headers": {"Content-Type": "application/json"}} | changes

    async def handler(request: web.Request) -> web.StreamResponse:
        if request.path == "/config":
            return web.Response(body=body_of("searxng-config"))
        return web.Response(**played)

    stage.handler = handler


def images_of(answer: Any) -> list[Image]:
    return list(images.images_of(answer, results_only=True))


async def ask(case: Case, transport: Transport, base: str, level: SafeSearch, **more: Any) -> Any:
    provider = case.make(transport, base)
    return await getattr(provider, case.verb.value)(case.ask(level, **more))


@ALL
@LEVELS
def test_an_answer_of_the_service_in_v7s_words(case: Case, level: SafeSearch, snapshot: SnapshotAssertion) -> None:
    answer = case.decode(response(body_of(case.stem)), case.ask(level))
    assert answer.to_wire() == snapshot


@ALL
def test_every_picture_names_its_source(case: Case) -> None:
    images = images_of(case.decode(response(body_of(case.stem)), case.ask(SafeSearch.OFF)))
    assert images
    for image in images:
        assert image.attribution is not None
        assert image.attribution.provider
        assert (
            image.attribution.source_url == image.host_page_url
            or image.host_page_url is None
            or (case.verb is Verb.TRENDING)
        )


def test_every_provider_of_the_registry_is_walked() -> None:
    untried = set(REGISTRY) - DESCRIBERS - {case.make(Transport(), "http://x").name for case in CASES}
    assert not untried, f"add a case to tests/providers/cases.py for {', '.join(sorted(untried))}"


@ALL
async def test_through_the_chain_everything_names_the_provider(case: Case, stage: Stage, transport: Transport) -> None:
    plays_service(stage, case)
    provider = case.make(transport, stage.base)
    answer = await getattr(Chain({case.verb: [provider]}), case.verb.value)(case.ask(SafeSearch.OFF))
    assert answer.provenance.providers == (provider.name,)
    held = images_of(answer)
    assert held
    for image in held:
        assert image.attribution is not None
        assert (image.attribution.provider or "").partition("/")[0] == provider.name
        assert image.match is None or image.match.provider == provider.name


@ALL
def test_every_reverse_finding_says_how_sure_it_is(case: Case) -> None:
    answer = case.decode(response(body_of(case.stem)), case.ask(SafeSearch.OFF))
    findings = images_of(answer) if isinstance(answer, ImageInsights) else []
    assert bool(findings) == (case.verb is Verb.INSIGHTS)
    for image in findings:
        assert image.match is not None
        assert image.match.provider
        assert image.match.score is None or 0 <= image.match.score <= 1


@ALL
@pytest.mark.parametrize("level", [SafeSearch.MODERATE, SafeSearch.STRICT])
def test_below_off_nothing_marked_is_shown(case: Case, level: SafeSearch) -> None:
    images = images_of(case.decode(response(body_of(case.stem)), case.ask(level)))
    assert all(image.is_family_friendly is not False for image in images)
    if case.make(Transport(), "http://x").capabilities.text_only_below_off:
        assert all(image.content_url is None for image in images)
        assert "contentUrl" not in {key for image in images for key in image.to_wire()}


@ALL
@pytest.mark.parametrize("level", [SafeSearch.MODERATE, SafeSearch.STRICT])
async def test_no_picture_of_a_service_that_does_not_filter_passes_its_gate_below_off(
    case: Case, level: SafeSearch, stage: Stage, transport: Transport
) -> None:
    plays_service(stage, case)
    gate = gated(case.make(transport, stage.base))
    if not gate.capabilities.text_only_below_off or not gate.capabilities.honours(case.verb, level):
        pytest.skip("it filters, or is not asked")
    answer = await getattr(gate, case.verb.value)(case.ask(level))
    assert images_of(answer)
    assert not {"contentUrl", "thumbnailUrl", "thumbnail"} & {key for one in images_of(answer) for key in one.to_wire()}


@ALL
async def test_over_the_wire_with_a_name_and_the_key_hidden(
    case: Case, stage: Stage, transport: Transport, caplog: pytest.LogCaptureFixture
) -> None:
    plays_service(stage, case)
    with caplog.at_level("DEBUG"):
        answer = await ask(case, transport, stage.base, SafeSearch.OFF)
    assert images_of(answer)
    assert answer.provenance.providers
    assert all("(ops@example.org)" in request.headers["User-Agent"] for request in stage.seen)
    assert all("private.png" not in body.decode("latin-1") for body in stage.bodies)
    ours = [record.getMessage() for record in caplog.records if record.name != "aiohttp.access"]
    assert "s3cr3t-value" not in "".join(ours)


@ALL
@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html><title>Just a moment...</title>",
        b"",
        b"null",
        b"[]",
        b'"text"',
        b'{"cut": [1, ',
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
)
async def test_no_json_object_is_a_bad_answer(case: Case, body: bytes, stage: Stage, transport: Transport) -> None:
    plays_service(stage, case, body=body)
    with pytest.raises(BadAnswer) as caught:
        await ask(case, transport, stage.base, SafeSearch.OFF)
    assert caught.value.provider
    assert "<title>" not in str(caught.value)


STATUSES: list[tuple[int, type[ProviderError]]] = [
    (401, Misconfigured),
    (403, Misconfigured),
    (404, Misconfigured),
    (410, Misconfigured),
    (413, InvalidRequest),
    (429, RateLimited),
    (500, Unavailable),
    (502, Unavailable),
    (503, Unavailable),
]


@ALL
@pytest.mark.parametrize(("status", "error"), STATUSES)
async def test_each_status_is_its_error(
    case: Case, status: int, error: type[ProviderError], stage: Stage, transport: Transport
) -> None:
    plays_service(stage, case, status=status, body=b'{"detail": "private words s3cr3t-value"}')
    with pytest.raises(error) as caught:
        await ask(case, transport, stage.base, SafeSearch.OFF)
    assert caught.value.provider
    assert "private words" not in str(caught.value)
    assert "s3cr3t" not in str(caught.value)


@ALL
async def test_retry_after_reaches_the_error(case: Case, stage: Stage, transport: Transport) -> None:
    plays_service(stage, case, status=429, body=b"{}", headers={"Retry-After": "77"})
    with pytest.raises(RateLimited) as caught:
        await ask(case, transport, stage.base, SafeSearch.OFF)
    assert caught.value.retry_after is not None
    assert caught.value.retry_after.total_seconds() in {77, 30}


@ALL
async def test_a_redirect_is_not_followed(case: Case, stage: Stage, transport: Transport) -> None:
    plays_service(stage, case, status=302, body=b"", headers={"Location": "http://elsewhere.invalid/"})
    with pytest.raises(BadAnswer):
        await ask(case, transport, stage.base, SafeSearch.OFF)


@ALL
@LEVELS
async def test_a_level_that_is_not_honoured_sends_nothing(
    case: Case, level: SafeSearch, stage: Stage, transport: Transport
) -> None:
    plays_service(stage, case)
    if case.make(transport, stage.base).capabilities.honours(case.verb, level):
        assert await ask(case, transport, stage.base, level)
    else:
        with pytest.raises(LevelNotHonoured):
            await ask(case, transport, stage.base, level)
        assert stage.seen == []


@SEARCHES
@pytest.mark.parametrize("name", sorted(FILTERS))
async def test_a_filter_is_applied_or_refused_by_name(
    case: Case, name: str, stage: Stage, transport: Transport
) -> None:
    plays_service(stage, case)
    request = SearchRequest.model_validate({"q": "otter", "safeSearch": "Off", name: SAMPLES[name]})
    provider = case.make(transport, stage.base)
    supported = name in provider.capabilities.filters and name != "imageType"
    if supported:
        assert isinstance(await provider.search(request), ImageAnswer)
    else:
        with pytest.raises(NotSupported) as caught:
            await provider.search(request)
        assert caught.value.filters == {name}
        assert [seen for seen in stage.seen if seen.path != "/config"] == []


@ALL
async def test_verbs_that_a_service_lacks_are_refused(case: Case, stage: Stage, transport: Transport) -> None:
    provider = case.make(transport, stage.base)
    for verb in Verb:
        if not provider.capabilities.supports(verb):
            with pytest.raises(NotSupported):
                await getattr(provider, verb.value)(next(one for one in CASES if one.verb is verb).ask(SafeSearch.OFF))
    await provider.aclose()
    assert stage.seen == []


@LOOKUPS
async def test_a_token_or_an_address_it_cannot_use_is_refused(case: Case, stage: Stage, transport: Transport) -> None:
    plays_service(stage, case)
    with pytest.raises(NotSupported) as caught:
        await ask(case, transport, stage.base, SafeSearch.OFF, upload=None, insights_token="t")
    assert caught.value.filters == {"insightsToken"}
    try:
        await ask(case, transport, stage.base, SafeSearch.OFF, upload=None, img_url="https://pics.example/x.jpg")
    except NotSupported as error:
        assert error.filters == {"imgUrl"}  # noqa: PT017 (either way is right, but it must be named)
        assert stage.seen == []


ANYTHING = (
    None, True, 0, -1, 7.5, 10**400, float("nan"), "", "7", "x", "\ud800", "a" * 5000, "https://[", "//a.example/x.png",
    "javascript:alert(1)", [], {}, [None], ["x"], [[]], [{}], {"a": {}},
)  # fmt: skip
"""What a part of an answer may become."""
CHANGE = st.tuples(st.integers(0, 2**16), st.sampled_from(ANYTHING))
"""A part of an answer, and what it becomes: two choices, where JSON that Hypothesis makes up takes dozens."""


def paths(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(path for key, child in inner for path in paths(child, (*at, key)))]


def replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(value[path[0]], path[1:], new)
    return copy


def survives(case: Case, body: Any, level: SafeSearch) -> None:
    """The outcome is an answer with addresses of the web alone, or a ``ProviderError``."""
    try:
        answer = case.decode(response(json.dumps(body)), case.ask(level))
    except ProviderError:
        return
    assert answer.provenance is not None
    for image in images_of(answer):
        for address in (image.content_url, image.thumbnail_url, image.host_page_url):
            assert address is None or address.lower().startswith(("http://", "https://"))


@ALL
@pytest.mark.thorough
def test_no_part_of_an_answer_makes_it_crash(case: Case) -> None:
    """Each part of a good answer becomes anything; of a list's entries, the last."""
    good = json.loads(body_of(case.stem))
    parts = {tuple(0 if isinstance(key, int) else key for key in path): path for path in paths(good)}.values()
    for part, new in some([(part, new) for part in parts for new in ANYTHING]):
        survives(case, replaced(good, part, new), SafeSearch.OFF)


@ALL
@settings(max_examples=examples(60))
@given(changes=st.tuples(CHANGE, CHANGE, CHANGE), level=st.sampled_from(SafeSearch))
def test_no_answer_makes_it_crash(case: Case, changes: tuple[tuple[int, Any], ...], level: SafeSearch) -> None:
    """Three parts become anything at once."""
    body = json.loads(body_of(case.stem))
    for number, new in changes:
        parts = paths(body)
        body = replaced(body, parts[number % len(parts)], new)
    survives(case, body, level)
