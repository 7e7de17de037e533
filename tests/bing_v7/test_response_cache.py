"""Searches that the endpoint answers again from memory, and everything that makes it ask anew."""

import asyncio
import gzip
import json
from typing import Any

import pytest
from pydantic import SecretStr

from bot.bing_v7 import ImageAnswer, SafeSearch, SearchRequest
from bot.bing_v7.client import KEY_HEADER
from bot.bing_v7.reuse import ReuseTerms, may_be_reused, noting_reuse, rests_on
from bot.bing_v7.server.response_cache import ResponseCache

from .conftest import Endpoint, Run, SmallProvider

SEARCH = "/v7.0/images/search?q=magpie"


@pytest.fixture
def agreeing(provider: SmallProvider) -> SmallProvider:
    """The small provider, whose answers may be given again for an hour, as long as ``rated`` stays as it is."""
    ask = provider.search

    async def rating() -> Any:
        if provider.error:
            raise provider.error
        return provider.rated

    async def search(request: SearchRequest) -> ImageAnswer:
        may_be_reused(3_600)
        rests_on(rating, await rating())
        return await ask(request)

    provider.search = search  # type: ignore[method-assign]
    return provider


async def test_a_repeated_search_is_answered_from_memory(endpoint: Endpoint, agreeing: SmallProvider) -> None:
    first, body = await endpoint.get(SEARCH)
    again, same = await endpoint.get(SEARCH)
    assert len(agreeing.asked) == 1
    assert same == body
    volatile = {"BingAPIs-TraceId", "X-MSEdge-ClientID", "Date"}
    assert {k: v for k, v in first.headers.items() if k not in volatile} == {
        k: v for k, v in again.headers.items() if k not in volatile
    }
    for name in volatile - {"Date"}:
        assert first.headers[name] != again.headers[name]


async def test_what_cannot_be_looked_up_in_time_is_asked_anew(
    endpoint: Endpoint, agreeing: SmallProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.bing_v7.server.response_cache._LOOK_SECONDS", 0.05)
    await endpoint.get(SEARCH)

    async def frozen(_: ReuseTerms) -> bool:
        await asyncio.sleep(600)
        return True

    monkeypatch.setattr(ReuseTerms, "hold", frozen)
    await endpoint.get(SEARCH)
    assert len(agreeing.asked) == 2


async def test_a_provider_that_says_nothing_is_asked_each_time(endpoint: Endpoint, provider: SmallProvider) -> None:
    await endpoint.get(SEARCH)
    await endpoint.get(SEARCH)
    assert len(provider.asked) == 2


@pytest.mark.parametrize(
    ("more", "headers"),
    [
        ("&safeSearch=Strict", {}),
        ("&safeSearch=Off", {}),
        ("&count=3", {}),
        ("&offset=3", {}),
        ("&mkt=de-DE", {}),
        ("&setLang=de", {}),
        ("&color=Red", {}),
        ("&id=1", {}),
        ("2", {}),
        ("", {"Accept-Language": "fr"}),
        ("", {"Host": "localhost"}),
        ("", {"X-Search-Location": "lat:1;long:1;re:22"}),
    ],
)
async def test_another_question_is_asked(
    endpoint: Endpoint, agreeing: SmallProvider, more: str, headers: dict[str, str]
) -> None:
    await endpoint.get(SEARCH)
    await endpoint.get(SEARCH + more, headers=headers)
    assert len(agreeing.asked) == 2
    await endpoint.get(SEARCH, headers={"X-MSEdge-ClientID": "A" * 32})
    assert len(agreeing.asked) == 2  # who asks makes no difference


async def test_links_are_of_the_host_that_was_asked(endpoint: Endpoint, agreeing: SmallProvider) -> None:
    await endpoint.get(SEARCH)
    _, body = await endpoint.get(SEARCH, headers={"Host": "localhost"})
    assert body["value"][0]["contentUrl"].startswith("http://localhost/picture/")


async def test_what_it_rests_on_has_changed(endpoint: Endpoint, agreeing: SmallProvider) -> None:
    await endpoint.get(SEARCH)
    agreeing.rated = False
    await endpoint.get(SEARCH)
    assert len(agreeing.asked) == 2
    await endpoint.get(SEARCH)
    assert len(agreeing.asked) == 2


async def test_where_nobody_can_tell_it_is_asked_anew(endpoint: Endpoint, agreeing: SmallProvider) -> None:
    await endpoint.get(SEARCH)
    agreeing.error = OSError("the database is gone")
    response, _ = await endpoint.get(SEARCH)
    assert response.status == 500
    agreeing.error = None
    response, _ = await endpoint.get(SEARCH)
    assert response.status == 200


async def test_the_level_of_the_operator_decides(run: Run, agreeing: SmallProvider) -> None:
    endpoint = await run(safe_search=SafeSearch.STRICT)
    await endpoint.get(f"{SEARCH}&safeSearch=Off")
    await endpoint.get(f"{SEARCH}&safeSearch=Strict")
    assert [request.safe_search for request in agreeing.asked] == [SafeSearch.STRICT]


async def test_keys_and_rates_hold_for_kept_answers_too(run: Run, agreeing: SmallProvider) -> None:
    endpoint = await run(keys=(SecretStr("one"),), per_day=2)
    assert [(await endpoint.get(SEARCH, headers={KEY_HEADER: "one"}))[0].status for _ in range(3)] == [200, 200, 403]
    assert (await endpoint.get(SEARCH, headers={KEY_HEADER: "two"}))[0].status == 401
    assert len(agreeing.asked) == 1


async def test_compressed_answers_are_kept_as_well(endpoint: Endpoint, agreeing: SmallProvider) -> None:
    _, plain = await endpoint.get(SEARCH, headers={"Accept-Encoding": "identity"})
    for _ in range(2):
        async with endpoint.session.get(
            endpoint.url(SEARCH), headers={"Accept-Encoding": "gzip"}, auto_decompress=False
        ) as response:
            assert response.headers["Content-Encoding"] == "gzip"
            assert response.headers["Vary"] == "Accept-Encoding"
            assert json.loads(gzip.decompress(await response.read())) == plain
    assert len(agreeing.asked) == 2
    response, _ = await endpoint.get(SEARCH, headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in response.headers


def terms() -> ReuseTerms:
    with noting_reuse() as notes:
        may_be_reused(60)
    found = notes.terms()
    assert found
    return found


async def test_no_more_is_kept_than_there_is_room_for() -> None:
    kept = ResponseCache(most_bytes=100_000)
    for number in range(100):
        kept.keep(number, bytes(10_000), terms())
    assert 0 < kept.size <= 100_000
    assert await kept.find(99)
    assert await kept.find(0) is None
    kept.keep("huge", bytes(200_000), terms())
    assert await kept.find("huge") is None
    assert await kept.find(99)


async def test_nothing_is_kept_for_longer_than_a_minute() -> None:
    kept = ResponseCache(most_seconds=0)
    kept.keep("a", b"{}", terms())
    assert await kept.find("a") is None
    kept = ResponseCache()
    kept.keep("a", b"{}", None)
    assert await kept.find("a") is None
