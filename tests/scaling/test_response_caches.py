"""Answers that ``serve`` keeps end with every change of the pictures, whichever process writes it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.app import open_providers
from bot.bing_v7 import Image, SafeSearch, SearchRequest
from bot.bing_v7.server import ServerSettings, make_app
from bot.collection.model import Indexed
from bot.collection.provider import CollectionProvider
from bot.collection.query import search
from bot.collection.store import open_store
from bot.providers.pagination import PaginatedSearch
from bot.safesearch.gate import Gate
from bot.safesearch.guard import Guard
from bot.safesearch.lists import Lists, StrictList
from bot.safesearch.policy import Decision, Rule
from bot.settings import Settings
from tests import preloaded
from tests.collection.made import row
from tests.postgres import fresh_database, running_postgres

ROOT = Path(__file__).parents[2]


@dataclass
class Served:
    """The endpoint as the program composes it, in this process."""

    client: TestClient[Any, Any]
    place: str
    gates: list[Gate]
    searched: list[SearchRequest]
    """What the collection was really asked."""

    async def names(self, **parameters: str) -> list[str]:
        asked = {"q": "magpie", "safeSearch": "Moderate"} | parameters
        async with self.client.get("/v7.0/images/search", params=asked) as response:
            assert response.status == 200
            return sorted(one["name"] for one in (await response.json())["value"])

    async def written_elsewhere(self, change: str) -> None:
        """Have another process write."""
        program = await preloaded.start("tests.scaling.writer", self.place, change, cwd=ROOT, env=os.environ)
        printed, _ = await program.communicate()
        assert program.returncode == 0, printed.decode()


@asynccontextmanager
async def serving(folder: Path, place: str | None) -> AsyncIterator[Served]:
    values: dict[str, Any] = {"data_dir": folder, "providers": ("collection",), "provider_seconds": 25}
    settings = Settings.model_validate(values | ({"collection_url": place} if place else {}))
    store = await open_store(settings.collection_address)
    await store.upsert([row("magpie one"), row("magpie two")])
    await store.aclose()
    searched: list[SearchRequest] = []
    real = CollectionProvider.search

    async def noted(self: CollectionProvider, request: SearchRequest) -> Any:
        searched.append(request)
        return await real(self, request)

    with patch.object(CollectionProvider, "search", noted):
        async with open_providers(settings) as backend:
            app = make_app(PaginatedSearch(backend.chain), backend.media, ServerSettings(per_second=None))
            gates = [member for member in backend.chain.members if isinstance(member, Gate)]
            async with TestClient(TestServer(app)) as client:
                yield Served(client, settings.collection_address, gates, searched)


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with running_postgres() as address:
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def served(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Served]:
    place = None if request.param == "sqlite" else await fresh_database(request.getfixturevalue("postgres"))
    async with serving(tmp_path, place) as endpoint:
        yield endpoint


@pytest.mark.parametrize(
    ("change", "then"),
    [
        ("adult", ["magpie one"]),
        ("gone", ["magpie one"]),
        ("more", ["magpie one", "magpie three", "magpie two"]),
    ],
)
async def test_what_another_process_writes_ends_what_is_kept(served: Served, change: str, then: list[str]) -> None:
    for _ in range(3):
        assert await served.names() == ["magpie one", "magpie two"]
    assert len(served.searched) == 1, "the answer was kept"
    await served.written_elsewhere(change)
    assert await served.names() == then
    assert await served.names() == then
    assert len(served.searched) == 2


@pytest.mark.parametrize(
    ("change", "then"),
    [
        ("adult", ["magpie one"]),
        ("gone", ["magpie one"]),
        ("renamed", ["magpie of another name", "magpie one"]),
    ],
)
async def test_new_questions_meet_no_picture_as_it_was(served: Served, change: str, then: list[str]) -> None:
    """What was made of pictures is remembered from question to question: each of these was never asked before."""
    assert await served.names(q="magpie") == await served.names(q="one magpie") + await served.names(q="two")
    await served.written_elsewhere(change)
    for count in ("10", "20", "30"):
        assert await served.names(count=count) == then
    assert len(served.searched) == 6


async def test_a_picture_that_did_not_change_is_made_and_judged_once(served: Served) -> None:
    made: list[str] = []
    real = search.to_image

    def counted(picture: Indexed, **how: Any) -> Image:
        made.append(picture.credit.title)
        return real(picture, **how)

    with patch.object(search, "to_image", counted):
        assert await served.names(q="magpie") == ["magpie one", "magpie two"]
        await served.written_elsewhere("more")
        assert await served.names(count="10") == ["magpie one", "magpie three", "magpie two"]
        await served.written_elsewhere("adult")
        assert await served.names(count="20") == ["magpie one", "magpie three"]
    assert sorted(made) == ["magpie one", "magpie three", "magpie two"]


async def test_words_that_are_blocked_later_hold_for_pictures_met_before(tmp_path: Path) -> None:
    async with serving(tmp_path, None) as served:
        strict = {"safeSearch": "Strict"}
        assert await served.names(**strict) == ["magpie one", "magpie two"]
        (gate,) = served.gates
        gate._strict = StrictList(words=frozenset({"two"}))
        assert await served.names(**strict, count="10") == ["magpie one"]
        gate._strict = None
        assert await served.names(**strict, count="20") == ["magpie one", "magpie two"]
        guard = Guard(gate)
        for words, shown in ((set[str](), 2), ({"two"}, 1), ({"one", "two"}, 0), (set[str](), 2)):
            place = guard.at(Decision(SafeSearch.MODERATE, Rule.SERVER), Lists.of(words=words))
            assert len((await place.search(SearchRequest(q="magpie"))).answer.value) == shown


async def test_another_level_is_another_answer(served: Served) -> None:
    await served.written_elsewhere("adult")
    everything = ["magpie one", "magpie two"]
    for _ in range(2):
        assert await served.names(safeSearch="Off") == everything
        assert await served.names(safeSearch="Moderate") == everything[:1]
        assert await served.names(safeSearch="Strict") == everything[:1]
    assert len(served.searched) == 3


async def test_another_list_or_other_declarations_end_what_is_kept(tmp_path: Path) -> None:
    async with serving(tmp_path, None) as served:
        strict = {"safeSearch": "Strict"}
        assert await served.names(**strict) == ["magpie one", "magpie two"]
        (gate,) = served.gates
        gate._strict = StrictList(words=frozenset({"two"}))
        assert await served.names(**strict) == ["magpie one"]
        assert await served.names(**strict) == ["magpie one"]
        assert len(served.searched) == 2
        provider = gate.inner
        assert isinstance(provider, CollectionProvider)
        provider.capabilities = replace(provider.capabilities, attribution="Ada")
        assert await served.names(**strict) == ["magpie one"]
        assert len(served.searched) == 3
