import json
import sqlite3
from collections import Counter
from contextlib import closing
from itertools import pairwise

import pytest
from PIL import Image

from bot.collection.filters import ANY
from bot.collection.starter import ensure, ensure_starter, making
from bot.collection.starter.catalogue import ENTRIES
from bot.collection.starter.making import _described, _drawn, _is_first
from bot.collection.text import lemmas
from bot.collection.text.text_query import TextQuery
from bot.media.decoding import decode

from .contents import contents
from .made import scene

FEW = [entry for number, entry in enumerate(ENTRIES) if _is_first(entry) or entry.rating != "safe" or number % 9 == 0]
"""Entries enough for the order in which pictures come."""
_WITH_FEW = """
from bot.collection.starter import making, worker
from bot.collection.text import lemmas
making.ENTRIES = [entry for entry in making.ENTRIES if entry.title in {titles}]
lemmas.DICTIONARY_LANGUAGES = ("en",)
lemmas._PROGRAM = {dictionaries!r}
worker.main()
"""


@pytest.fixture
def few(monkeypatch):
    """Have the process that makes the set make a few of its pictures, and the dictionary of one language.

    All of it takes fifteen seconds of processor time; `starter_index` has all pictures.
    """
    only_one = "lemmas.DICTIONARY_LANGUAGES = ('en',); lemmas.make_dictionaries(hurry=True)"
    dictionaries = f"{lemmas._PROGRAM.split('from')[0]}from bot.collection.text import lemmas; {only_one}"
    made = _WITH_FEW.format(titles={entry.title for entry in FEW}, dictionaries=dictionaries)
    monkeypatch.setattr(ensure, "_PROGRAM", ensure._PROGRAM.split("from")[0] + f"\n{made}")


def test_there_are_more_than_a_hundred_different_pictures(starter_index):
    folder, _ = starter_index
    lines = [json.loads(line) for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines()]
    assert len(lines) == len(ENTRIES) >= 100
    assert len({line["title"] for line in lines}) == len(lines)
    assert len({(folder / line["file"]).read_bytes() for line in lines}) == len(lines)
    for line in lines:
        assert line["license"] == "CC0 1.0"
        assert line["author"] == "Magpie"
        assert len(line["tags"]) >= 3
        assert line["page"].startswith("https://")
        assert line["description"]
        assert "Magpie" not in line["description"], "the author is named already"


def test_only_a_few_labelled_drawings_are_not_safe():
    others = [entry for entry in ENTRIES if entry.rating != "safe"]
    assert len(others) == 4
    assert all(entry.rating == "adult" and entry.about.startswith("Demonstration picture") for entry in others)


def test_sizes_shapes_and_kinds_are_varied(starter_index):
    folder, _ = starter_index
    found = [
        decode(file.read_bytes(), 1024).facts for file in sorted(folder.iterdir()) if file.suffix in {".png", ".gif"}
    ]
    assert sum(picture.animated for picture in found) >= 6
    assert sum(picture.transparent for picture in found) >= 6
    assert len({(picture.width, picture.height) for picture in found}) >= 5
    kinds = Counter(entry.kind for entry in ENTRIES)
    assert kinds["Line"] >= 4


def test_drawing_again_gives_the_same_pixels(starter_index, tmp_path):
    folder, _ = starter_index
    chosen = {file.name for file in sorted(folder.glob("*.png"))[::9] + sorted(folder.glob("*.gif"))[::3]}
    drawn = {str(_drawn(entry, 0, tmp_path)["file"]) for entry in ENTRIES if _described(entry, 0)["file"] in chosen}
    assert drawn == chosen
    for name in drawn:
        with Image.open(folder / name) as one, Image.open(tmp_path / name) as other:
            assert one.tobytes() == other.tobytes(), name


async def test_what_is_new_in_the_collection_is_varied(starter_store):
    galleries = {entry.title: entry.gallery for entry in ENTRIES}
    newest = (await starter_store.text(TextQuery(), ANY, 40)).image_ids
    titles = [picture.places[0].credit.title for picture in await starter_store.pictures(newest)]
    assert len({galleries[title] for title in titles[:12]}) >= 6
    assert sum(galleries[one] == galleries[other] for one, other in pairwise(titles)) <= 4


async def test_all_of_them_are_in_the_index(starter_store):
    held = await contents(starter_store)
    assert len(held) == len(ENTRIES)
    assert {entry["rating"] for entry in held} == {"safe", "adult"}


async def test_it_fills_an_empty_index_only(sqlite_store, few, tmp_path, monkeypatch):
    folder, index = tmp_path / "starter", str(tmp_path / "index.sqlite3")
    monkeypatch.setattr(making, "ENTRIES", FEW)
    making.draw_first(folder)
    making.draw_rest(folder)
    assert await ensure_starter(sqlite_store, folder, index) == len(FEW)
    before = await contents(sqlite_store)
    assert await ensure_starter(sqlite_store, folder, index) == len(FEW)
    assert await contents(sqlite_store) == before
    assert {entry["rating"] for entry in before} == {"safe", "adult"}


async def test_what_the_examples_ask_for_comes_first_and_waits_for_no_dictionary(
    sqlite_store, few, tmp_path, monkeypatch
):
    """The first pictures are said to be there while there are no dictionaries; in the end all texts have base forms."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    at_first: list[bool] = []
    folder, index = tmp_path / "starter", str(tmp_path / "index.sqlite3")
    made = await ensure_starter(
        sqlite_store, folder, index, lambda: at_first.append((tmp_path / "cache" / "magpie" / "dictionaries").exists())
    )
    assert made == len(FEW)
    assert at_first == [False]
    assert len(list(folder.glob("*.png"))) + len(list(folder.glob("*.gif"))) == len(FEW)
    with closing(sqlite3.connect(index)) as database:
        based = "SELECT count(*) FROM texts WHERE texts MATCH 'near : cat AND title : cats'"
        assert database.execute(based).fetchone() == (1,), "the first pictures got base forms later"


async def test_it_leaves_when_other_pictures_come(starter_store, starter_index, tmp_path):
    from bot.collection.ingest.indexing import index_paths

    scene(1).save(tmp_path / "mine.png")
    await index_paths(starter_store, [tmp_path / "mine.png"], workers=0)
    assert await ensure_starter(starter_store, starter_index[0], "nowhere") == 0
    assert [entry["title"] for entry in await contents(starter_store)] == ["Mine"]
