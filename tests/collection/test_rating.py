"""The rater that an operator names: found or refused plainly, asked only about what nobody rated, fails closed."""

import json
import pickle
import sys

import pytest

from bot.collection.hooks import ModelError
from bot.collection.ingest.indexing import index_paths
from bot.collection.ingest.named import function_named
from bot.collection.ingest.rating import NamedRater
from bot.collection.ingest.reading import read_picture
from bot.collection.model import Rating
from bot.media.refusal import Refused

from .contents import contents
from .made import scene

MODULE = """
seen = []

def stern(picture):
    assert picture.dtype.name == "uint8" and picture.shape[2] == 3
    seen.append(picture.shape)
    return " Adult"

def mild(picture):
    return "safe"

def silent(picture):
    return None

def confused(picture):
    return "lovely"

def broken(picture):
    raise RuntimeError("no model")

number = 3
"""


@pytest.fixture
def judge(tmp_path, monkeypatch):
    """A module of the operator's own."""
    (tmp_path / "operators_judge.py").write_text(MODULE)
    (tmp_path / "operators_wreck.py").write_text("raise OSError('the weights are gone')")
    monkeypatch.syspath_prepend(str(tmp_path))
    function_named.cache_clear()
    yield "operators_judge"
    for name in ("operators_judge", "operators_wreck"):
        sys.modules.pop(name, None)
    function_named.cache_clear()


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "pictures"
    root.mkdir()
    for seed in range(3):
        scene(seed, (120, 90)).save(root / f"{seed}.png")
    (root / "manifest.jsonl").write_text(json.dumps({"file": "0.png", "rating": "safe"}) + "\n")
    return root


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("operators_judge", "module:function"),
        (":stern", "module:function"),
        ("operators_judge:stern()", "module:function"),
        ("operators_judge:missing", "has no function missing"),
        ("operators_judge:number", "has no function number"),
        ("no_such_module_here:rate", "cannot be imported: ModuleNotFoundError"),
        ("operators_wreck:rate", "the weights are gone"),
    ],
)
def test_what_cannot_be_used_is_said_plainly(judge, name, words):
    with pytest.raises(ModelError, match=words) as caught:
        NamedRater.open(name)
    assert len(str(caught.value).splitlines()) == 1


def test_it_travels_by_name(judge):
    rater = pickle.loads(pickle.dumps(NamedRater.open(f"{judge}:stern")))
    assert rater.name == f"{judge}:stern"


@pytest.mark.parametrize("function", ["mild", "silent", "confused", "broken"])
async def test_only_what_keeps_a_picture_back_counts(sqlite_store, folder, judge, function):
    report = await index_paths(sqlite_store, [folder], workers=0, rater=NamedRater.open(f"{judge}:{function}"))
    assert (report.added, report.unrated, report.skipped) == (3, 2, [])


async def test_only_what_nobody_rated_is_rated(sqlite_store, folder, judge):
    rater = NamedRater.open(f"{judge}:stern")
    await index_paths(sqlite_store, [folder], workers=0, rater=rater)
    assert sorted(entry["rating"] for entry in await contents(sqlite_store)) == ["adult", "adult", "safe"]
    assert len(sys.modules[judge].seen) == 2


async def test_a_new_rater_sees_what_is_unrated_once_and_its_word_stays(sqlite_store, folder, judge):
    assert (await index_paths(sqlite_store, [folder], workers=0)).unrated == 2
    rater = NamedRater.open(f"{judge}:stern")
    report = await index_paths(sqlite_store, [folder], workers=0, rater=rater)
    assert (report.changed, report.unchanged, report.unrated) == (2, 1, 0)
    for again in (rater, None):
        report = await index_paths(sqlite_store, [folder], workers=0, rater=again)
        assert (report.changed, report.unchanged, report.unrated) == (0, 3, 0)
    report = await index_paths(sqlite_store, [folder], workers=0, rater=NamedRater.open(f"{judge}:silent"))
    assert (report.changed, report.unrated) == (2, 2)


async def test_what_the_operator_says_later_holds(sqlite_store, folder, judge):
    rater = NamedRater.open(f"{judge}:stern")
    await index_paths(sqlite_store, [folder], workers=0, rater=rater)
    report = await index_paths(sqlite_store, [folder], workers=0, rater=rater, rating=Rating.SAFE)
    assert report.changed == 2
    assert {entry["rating"] for entry in await contents(sqlite_store)} == {"safe"}


async def test_worker_processes_find_it_too(sqlite_store, folder, judge):
    report = await index_paths(sqlite_store, [folder], workers=1, rater=NamedRater.open(f"{judge}:stern"))
    assert (report.added, report.unrated) == (3, 0)


def test_bytes_that_are_no_picture_are_not_rated(judge, tmp_path):
    (tmp_path / "a.png").write_bytes(b"no picture")
    with pytest.raises(Refused, match="not a picture"):
        read_picture(str(tmp_path / "a.png"), NamedRater.open(f"{judge}:stern"))
