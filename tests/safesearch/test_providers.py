"""Every registered provider declares its levels, and none is asked at a level it does not declare."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.bing_v7 import (
    InsightsRequest,
    LevelNotHonoured,
    NotSupported,
    Provider,
    SafeSearch,
    SearchRequest,
    TrendingRequest,
    Verb,
)
from bot.collection.provider import CollectionProvider
from bot.collection.store import open_store
from bot.media.runner import InThread
from bot.media.service import Media
from bot.providers.assembly import build_chain
from bot.providers.http.transport import Transport
from bot.providers.registry import REGISTRY, make
from bot.safesearch.gate import Gate, gated
from tests.providers.test_registry import CONTACT, FULL

REQUESTS = {
    Verb.SEARCH: SearchRequest(q="x"),
    Verb.INSIGHTS: InsightsRequest(img_url="https://x.example/x.jpg"),
    Verb.TRENDING: TrendingRequest(),
}


@pytest.fixture
async def transport() -> AsyncIterator[Transport]:
    opened = Transport(contact=CONTACT)
    yield opened
    await opened.aclose()


@pytest.fixture(params=[*sorted(REGISTRY), "collection"])
async def provider(request: pytest.FixtureRequest, transport: Transport, tmp_path: Path) -> AsyncIterator[Provider]:
    """Each provider that an operator may name."""
    if request.param != "collection":
        yield make(request.param, transport, FULL, CONTACT)
        return
    store = await open_store(str(tmp_path / "collection.sqlite3"))
    yield CollectionProvider(store, Media(InThread()))
    await store.aclose()


async def test_levels_are_declared(provider: Provider) -> None:
    levels = provider.capabilities.levels
    assert any(levels.values())
    for verb, honoured in levels.items():
        assert verb in Verb
        assert honoured <= frozenset(SafeSearch)


async def test_a_level_that_is_not_declared_is_refused_before_anything_is_sent(provider: Provider) -> None:
    gate = gated(provider)
    for verb, request in REQUESTS.items():
        for level in SafeSearch:
            if provider.capabilities.honours(verb, level):
                continue
            refused = LevelNotHonoured if provider.capabilities.supports(verb) else NotSupported
            with pytest.raises(refused):
                await getattr(gate, verb.value)(request.at(level))


async def test_every_member_of_the_chain_is_behind_its_gate(transport: Transport) -> None:
    names = tuple(sorted(REGISTRY))
    chain = build_chain(names, FULL, transport, Media(InThread()), contact=CONTACT, wrap=gated)
    assert {member.name for member in chain.members} == {make(name, transport, FULL, CONTACT).name for name in names}
    assert all(isinstance(member, Gate) for member in chain.members)
