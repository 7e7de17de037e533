"""What a machine says of pictures: kept apart, searched below what people wrote, resumed where it stopped."""

import asyncio

import numpy as np
import pytest

from bot.bing_v7 import InsightsRequest, Upload
from bot.bing_v7.extensions import Certainty
from bot.collection.hooks import ModelError
from bot.collection.ingest.describing import NamedDescriber
from bot.collection.ingest.indexing import index_paths
from bot.collection.ingest.reports import Stage
from bot.collection.model import Description, Rating
from bot.collection.provider import CollectionProvider
from bot.collection.store import open_store
from bot.collection.text.text_query import parse_query
from bot.media.runner import InThread
from bot.media.service import Media
from tests.collection.contents import ALL
from tests.collection.made import scene


class Seer:
    """Says the same of every picture; fails on the ones it is told to."""

    def __init__(self, name: str = "seer-1", fails_at: int = 0, label: str = "otter") -> None:
        self.name = name
        self.label = label
        self.fails_at = fails_at
        self.seen = 0

    def describe(self, picture: np.ndarray) -> Description:
        self.seen += 1
        if self.seen == self.fails_at:
            raise RuntimeError("the model broke")
        return Description("any name", (self.label, self.label, "  "), "STOP  sign", "Two geese on a river")


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "pictures"
    root.mkdir()
    for number, name in enumerate(("otter", "harbour", "tower")):
        scene(number).save(root / f"{name}.png")
    return root


async def titles(store, text):
    hits = await store.text(parse_query(text), ALL)
    return [picture.credit.title for picture in await store.pictures(hits.image_ids)]


async def test_what_is_said_is_found_below_what_people_wrote(store, folder):
    steps = []
    report = await index_paths(store, [folder], workers=0, describer=Seer(), on_progress=steps.append)
    assert (report.descriptions, report.skipped) == (3, [])
    assert [step.done for step in steps if step.stage is Stage.DESCRIPTIONS] == [1, 2, 3]
    found = await titles(store, "otter")
    assert found[0] == "Otter"
    assert sorted(found) == ["Harbour", "Otter", "Tower"]
    assert len(await titles(store, "stop sign")) == len(await titles(store, "goose")) == 3
    (held,) = await store.pictures((await store.text(parse_query("harbour"), ALL)).image_ids)
    assert held.described == Description("seer-1", ("otter",), "STOP sign", "Two geese on a river")
    assert held.tags == (), "nobody wrote it"
    assert await titles(store, '"otter"') == ["Otter"], "quoted words are what people wrote"


async def test_a_picture_that_is_rated_while_it_is_described_keeps_the_rating(address, folder):
    """A model takes seconds for each, and what it says is written for many at once."""

    async def other_command() -> None:
        store = await open_store(address)
        await index_paths(store, [folder / "tower.png"], workers=0, rating=Rating.ADULT)
        await store.aclose()

    class Slow(Seer):
        def describe(self, picture: np.ndarray) -> Description:
            if not self.seen:
                asyncio.run(other_command())
            return super().describe(picture)

    store = await open_store(address)
    await index_paths(store, [folder], workers=0, describer=Slow(), rating=Rating.SAFE)
    (held,) = await store.pictures((await store.text(parse_query("tower"), ALL)).image_ids)
    assert held.described is not None
    assert (held.rating, held.described.labels) == (Rating.ADULT, ("otter",))
    await store.aclose()


async def test_a_lookup_says_what_a_model_said_and_that_it_was_one(store, folder):
    await index_paths(store, [folder], workers=0, describer=Seer(), rating=Rating.SAFE)
    media = Media(InThread())
    request = InsightsRequest(upload=Upload(data=(folder / "tower.png").read_bytes()), set_lang="de")
    found = await CollectionProvider(store, media).insights(request)
    assert [one.name for one in found.depictions] == ["Otter", "Two geese on a river"]
    assert {(one.model, one.provider, one.certainty) for one in found.depictions} == {
        ("seer-1", "collection", Certainty.LOW)
    }
    assert [read.text for read in found.picture_texts] == ["STOP sign"]
    assert found.image_caption is not None
    assert found.image_caption.caption == "Tower", "what people say stays apart"


async def test_it_goes_on_where_it_stopped_and_another_one_says_it_anew(store, folder):
    broken = await index_paths(store, [folder], workers=0, describer=Seer(fails_at=2))
    assert broken.descriptions == 2
    assert [skip.reason for skip in broken.skipped] == ["the describer fails on it: RuntimeError"]
    again = Seer()
    report = await index_paths(store, [folder], workers=0, describer=again)
    assert (again.seen, report.descriptions, report.unchanged) == (1, 1, 3)
    assert await store.undescribed("seer-1") == []
    other = Seer("seer-2", label="heron")
    assert (await index_paths(store, [folder], workers=0, describer=other)).descriptions == 3
    assert len(await titles(store, "heron")) == 3
    assert await titles(store, "otter") == ["Otter"]


async def test_a_picture_keeps_its_description_when_its_words_change(store, folder):
    await index_paths(store, [folder], workers=0, describer=Seer())
    (folder / "manifest.csv").write_text("file,title\nharbour.png,Quay\n")
    await index_paths(store, [folder], workers=0)
    (held,) = await store.pictures((await store.text(parse_query("quay"), ALL)).image_ids)
    assert held.described is not None
    assert "Quay" in await titles(store, "goose")


def test_a_named_function_answers_with_a_mapping(tmp_path, monkeypatch):
    (tmp_path / "my_eyes.py").write_text(
        "def see(picture):\n    return {'labels': ['cat'], 'caption': str(picture.shape)}\n"
        "def blind(picture):\n    return None\ndef wrong(picture):\n    return 'cat'\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    picture = np.zeros((2, 3, 3), np.uint8)
    assert NamedDescriber.open("my_eyes:see").describe(picture) == Description("my_eyes:see", ("cat",), "", "(2, 3, 3)")
    assert NamedDescriber.open("my_eyes:blind").describe(picture) == Description("my_eyes:blind")
    with pytest.raises(TypeError):
        NamedDescriber.open("my_eyes:wrong").describe(picture)
    with pytest.raises(ModelError, match="no function"):
        NamedDescriber.open("my_eyes:nothing")
