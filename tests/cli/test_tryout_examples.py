"""The examples of the try-out page over whatever pictures are there."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import StarterProgress, open_services
from bot.bing_v7 import InsightsRequest, SearchRequest, Upload
from bot.cli.tryout_examples import prepare_examples, starter_examples
from bot.collection.ingest.indexing import index_paths
from bot.collection.model import Rating
from bot.collection.starter import STARTER_FOLDER
from bot.collection.store import open_store
from bot.safesearch.place import Place, PlaceKind, Requester
from bot.settings import COLLECTION, Settings
from bot.tryout.examples import Examples
from tests.collection.made import scene

SOMEBODY = Requester(Place(PlaceKind.DM), 5, "en-US", own=None)
TAGS = {"tower.png": "tower, stone", "boat.png": "boat, water", "bridge.png": "bridge, stone"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", providers=(COLLECTION,))


def draw(folder: Path) -> None:
    folder.mkdir()
    for number, name in enumerate(TAGS):
        scene(number).save(folder / name)
    lines = (json.dumps({"file": name, "tags": tags.split(", ")}) for name, tags in TAGS.items())
    (folder / "manifest.jsonl").write_text("\n".join(lines))


async def index_own(settings: Settings, folder: Path, rating: Rating | None) -> None:
    draw(folder)
    settings.data_dir.mkdir()
    store = await open_store(settings.collection_address)
    await index_paths(store, [folder], rating=rating, workers=0)
    await store.aclose()


def queries(examples: Examples) -> Iterator[str]:
    return (one.options["query"] for one in examples.buttons if one.command == "image")


async def test_examples_find_something_among_ones_own_pictures(settings: Settings, tmp_path: Path) -> None:
    await index_own(settings, tmp_path / "own", Rating.SAFE)
    starter = StarterProgress()
    async with open_services(settings, starter_later=True, progress=starter) as services:
        examples = starter_examples(settings.data_dir / STARTER_FOLDER, starter.whole)
        await prepare_examples(examples, starter, services.search)
        assert examples.ready.is_set()
        asked = list(queries(examples))
        assert len(asked) == 4
        assert "cat" not in asked
        for query in asked:
            assert (await services.search.search(SOMEBODY, SearchRequest(q=query))).answer.value, query
        assert examples.opening == examples.buttons[0]
        (identify,) = [one for one in examples.buttons if one.command == "identify"]
        data = examples.picture(identify.picture or "")
        assert data is not None
        posted = Upload(data=data, content_type="image/jpeg", filename="x.jpg")
        found = (await services.search.insights(SOMEBODY, InsightsRequest(upload=posted))).answer
        assert found.pages_including
        assert "trending" in [one.command for one in examples.buttons]


async def test_nothing_is_offered_that_finds_nothing(settings: Settings, tmp_path: Path) -> None:
    """Of pictures that nobody rated nothing is shown where SafeSearch is Strict."""
    await index_own(settings, tmp_path / "own", None)
    starter = StarterProgress()
    async with open_services(settings, starter_later=True, progress=starter) as services:
        examples = starter_examples(settings.data_dir / STARTER_FOLDER, starter.whole)
        await prepare_examples(examples, starter, services.search)
    assert [one.command for one in examples.buttons] == ["safesearch show", "about"]
    assert (examples.opening, examples.ready.is_set()) == (None, True)


async def test_what_is_on_the_web_is_offered_where_the_web_is_searched(tmp_path: Path) -> None:
    settings, starter = Settings(data_dir=tmp_path / "data", providers=("openverse",)), StarterProgress()
    async with open_services(settings, starter_later=True, progress=starter) as services:
        examples = starter_examples(settings.data_dir / STARTER_FOLDER, starter.whole)
        await prepare_examples(examples, starter, services.search)
    assert list(queries(examples)) == ["cat", "sunset"]
    assert not [one for one in examples.buttons if one.picture]


async def test_the_starter_sets_examples_wait_for_its_pictures(settings: Settings) -> None:
    starter = StarterProgress()
    examples = starter_examples(settings.data_dir / STARTER_FOLDER, starter.whole)
    before = examples.buttons
    waiting = asyncio.create_task(prepare_examples(examples, starter, None))  # type: ignore[arg-type]  # not asked
    await asyncio.sleep(0)
    assert not examples.ready.is_set()
    starter.first.set()
    await waiting
    assert (examples.ready.is_set(), examples.buttons) == (True, before)
