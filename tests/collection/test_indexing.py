import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.collection.ingest import indexing
from bot.collection.ingest.indexing import IndexReport, index_paths
from bot.collection.ingest.manifest import ManifestError
from bot.collection.ingest.scan import MISNAMED
from bot.collection.ingest.workers import Workers, run_all
from bot.collection.model import Rating
from bot.collection.store import Store, open_store
from bot.collection.text.text_query import parse_query
from bot.media.refusal import Refused

from .contents import ALL, contents
from .made import scene


def save(folder: Path, name: str, seed: int, size: tuple[int, int] = (160, 120), **options: Any) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    scene(seed, size).save(file, **options)
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "pictures"
    for seed in range(5):
        save(root, f"sub{seed % 2}/red_kite-{seed}.png", seed)
    return root


async def index(store: Store, *paths: Path, **options: Any) -> IndexReport:
    wishes: dict[str, Any] = {"workers": 0} | options
    return await index_paths(store, list(paths), **wishes)


async def test_a_folder(sqlite_store, folder):
    steps = []
    report = await index(sqlite_store, folder, on_progress=steps.append)
    assert (report.added, report.unchanged, report.pictures, report.unrated) == (5, 0, 5, 5)
    assert [step.done for step in steps] == [1, 2, 3, 4, 5]
    assert {step.total for step in steps} == {5}
    held = await sqlite_store.pictures((await sqlite_store.text(parse_query("kite"), ALL)).image_ids)
    assert {picture.credit.title for picture in held} == {f"Red kite {seed}" for seed in range(5)}
    assert {picture.credit.gallery for picture in held} == {"sub0", "sub1"}
    again = await index(sqlite_store, folder)
    assert (again.added, again.changed, again.unchanged, again.removed) == (0, 0, 5, 0)


async def test_files_whose_names_are_no_text_are_listed_and_the_others_are_taken(sqlite_store, folder, tmp_path):
    taken = folder / "sub0/red_kite-0.png"
    named, below = folder / os.fsdecode(b"caf\xe9.png"), folder / os.fsdecode(b"d\xfcr") / "x.png"
    try:
        below.parent.mkdir()
        for path in (named, below):
            path.write_bytes(taken.read_bytes())
    except OSError:
        pytest.skip("this file system takes no such names")
    listed = tmp_path / "skipped.jsonl"
    for _ in range(2):
        report = await index(sqlite_store, folder, refused=listed)
        assert (report.pictures, report.removed) == (5, 0)
        assert {skip.reason for skip in report.skipped} == {MISNAMED}
        assert [skip.path for skip in report.skipped] == [f"{folder}/caf\\xe9.png", f"{folder}/d\\xfcr/x.png"]
        assert [json.loads(line)["why"] for line in listed.read_text("utf-8").splitlines()] == ["misnamed"] * 2
    alone = await index(sqlite_store, below.parent)
    assert (alone.pictures, len(alone.skipped)) == (5, 1)


async def test_of_what_comes_in_together_the_newest_file_is_the_newest(sqlite_store, tmp_path):
    files = [save(tmp_path, f"{name}.png", seed) for seed, name in enumerate(("b", "c", "a"))]
    for day, file in enumerate(files):
        os.utime(file, (1e9 + 86400 * day, 1e9 + 86400 * day))
    await index(sqlite_store, tmp_path)
    found = (await sqlite_store.text(parse_query(""), ALL)).image_ids
    assert [picture.places[0].key for picture in await sqlite_store.pictures(found)] == [str(f) for f in files[::-1]]


async def test_changed_moved_and_removed_files(sqlite_store, folder):
    await index(sqlite_store, folder)
    before = await contents(sqlite_store)
    (folder / "sub0/red_kite-0.png").rename(folder / "moved.png")
    (folder / "sub1/red_kite-1.png").unlink()
    save(folder, "sub0/red_kite-2.png", 77)
    report = await index(sqlite_store, folder)
    assert (report.added, report.changed, report.removed, report.pictures) == (1, 1, 2, 4)
    after = await contents(sqlite_store)
    moved = next(entry for entry in before if entry["keys"][0].endswith("red_kite-0.png"))
    assert [entry["keys"] for entry in after if entry["id"] == moved["id"]] == [[str(folder / "moved.png")]]


async def test_a_folder_that_shows_nothing_is_not_taken_for_empty(sqlite_store, folder):
    await index(sqlite_store, folder)
    folder.rename(folder.with_name("unmounted"))
    folder.mkdir()
    report = await index(sqlite_store, folder)
    assert (report.kept, report.removed, report.pictures) == (5, 0, 5)


async def test_hostile_files_are_reported_and_skipped(sqlite_store, folder):
    (folder / "broken.png").write_bytes((folder / "sub0/red_kite-0.png").read_bytes()[:200])
    (folder / "empty.gif").touch()
    (folder / "drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (folder / "words.jpg").write_text("hello")
    (folder / "notes.txt").write_text("ignored")
    (folder / ".hidden.png").write_bytes(b"x")
    report = await index(sqlite_store, folder)
    assert report.added == 5
    assert {Path(skip.path).name for skip in report.skipped} == {"broken.png", "empty.gif", "drawing.svg", "words.jpg"}
    assert all(skip.reason for skip in report.skipped)


async def test_a_known_picture_that_breaks_is_forgotten(sqlite_store, folder):
    await index(sqlite_store, folder)
    (folder / "sub0/red_kite-0.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    report = await index(sqlite_store, folder)
    assert (len(report.skipped), report.pictures) == (1, 4)


async def test_manifest_rules_and_default_join_to_the_severest(sqlite_store, folder):
    lines = [
        {"file": "sub0/red_kite-0.png", "title": "Zero", "rating": "safe", "tags": ["x"]},
        {"file": "sub1/red_kite-1.png", "title": "One", "rating": "adult"},
        {"file": "sub0/missing.png", "title": "Two"},
    ]
    (folder / "manifest.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines) + "oops\n")
    report = await index(sqlite_store, folder, rating=Rating.SAFE, rules={"sub0/*4.png": Rating.RACY})
    assert report.unrated == 0
    assert report.unmatched == [("sub0/missing.png", "there is no such file")]
    assert len(report.faults) == 1
    ratings = {entry["title"]: entry["rating"] for entry in await contents(sqlite_store)}
    assert ratings == {
        "Zero": "safe", "One": "adult", "Red kite 2": "safe", "Red kite 3": "safe", "Red kite 4": "racy",
    }  # fmt: skip
    lines[0]["title"] = "Nought"
    (folder / "manifest.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    again = await index(sqlite_store, folder, rating=Rating.SAFE, rules={"sub0/*4.png": Rating.RACY})
    assert (again.changed, again.unchanged) == (1, 4)
    assert "Nought" in {entry["title"] for entry in await contents(sqlite_store)}


async def rated(store: Store) -> dict[str, str]:
    return {Path(key).name: entry["rating"] for entry in await contents(store) for key in entry["keys"]}


@pytest.mark.parametrize("by_folder", [False, True])
async def test_a_picture_rated_adult_stays_so_when_its_folder_is_indexed_as_safe(store, folder, by_folder):
    odd = folder / "sub1"
    adult = {"red_kite-1.png": "adult", "red_kite-3.png": "adult"}
    await index(store, folder, rating=Rating.SAFE)
    await index(store, *([odd] if by_folder else sorted(odd.iterdir())), rating=Rating.ADULT)
    for rating, others in ((Rating.SAFE, "safe"), (Rating.SAFE, "safe"), (None, "unknown")):
        report = await index(store, folder, rating=rating)
        assert sorted(Path(file).name for file in report.severer) == sorted(adult)
        assert await rated(store) == dict.fromkeys([f"red_kite-{n}.png" for n in (0, 2, 4)], others) | adult
    again = await index(store, folder)
    assert (again.changed, again.unchanged) == (0, 5)
    named = await index(store, odd / "red_kite-1.png", rating=Rating.SAFE)
    assert named.severer == []
    assert (await rated(store))["red_kite-1.png"] == "safe"
    (folder / "manifest.jsonl").write_text(json.dumps({"file": "sub1/red_kite-3.png", "rating": "safe"}) + "\n")
    last = await index(store, folder, rating=Rating.SAFE)
    assert (last.severer, set((await rated(store)).values())) == ([], {"safe"})


@pytest.mark.parametrize("renamed", [False, True])
async def test_a_rating_by_a_command_stays_with_a_picture_that_a_manifest_only_describes(store, folder, renamed):
    """A line that says a title says nothing of what may be shown."""
    manifest = folder / "manifest.jsonl"
    file, other = (folder / f"sub1/red_kite-{n}.png" for n in (1, 3))
    lines = [{"file": str(one), "title": "A title"} for one in (file, other)]
    manifest.write_text("".join(json.dumps(line) + "\n" for line in lines))
    await index(store, folder, rating=Rating.ADULT)
    if renamed:
        file = file.rename(folder / "sub0/harmless.png")
    for rating in (Rating.SAFE, Rating.RACY, None):
        report = await index(store, folder, rating=rating)
        assert {str(file), str(other)} <= set(report.severer)
        assert set((await rated(store)).values()) == {"adult"}
    assert (await index(store, folder)).unchanged == 5
    manifest.write_text(json.dumps({"file": str(file), "title": "A title", "rating": "safe"}) + "\n")
    report = await index(store, folder)
    assert {name for name, rating in (await rated(store)).items() if rating != "adult"} == {file.name}


async def test_a_manifest_that_rates_a_renamed_file_is_heard_at_once(store, folder):
    file = folder / "sub1/red_kite-1.png"
    await index(store, file, rating=Rating.ADULT)
    renamed = file.rename(folder / "sub0/harmless.png")
    (folder / "manifest.jsonl").write_text(json.dumps({"file": str(renamed), "rating": "safe"}) + "\n")
    report = await index(store, folder)
    assert (report.severer, (await rated(store))[renamed.name]) == ([], "safe")
    assert (await index(store, folder)).unchanged == 5


async def test_what_a_manifest_said_goes_with_it_and_what_a_command_said_stays(store, folder):
    manifest, file = folder / "manifest.jsonl", folder / "sub1/red_kite-1.png"
    for by_command, left in ((None, "unknown"), (Rating.RACY, "racy"), (Rating.ADULT, "adult")):
        manifest.write_text(json.dumps({"file": str(file), "rating": "adult"}) + "\n")
        await index(store, folder, rating=by_command)
        assert (await rated(store))[file.name] == "adult"
        assert (await index(store, folder, rating=by_command)).unchanged == 5
        manifest.write_text(json.dumps({"file": str(file), "title": "One"}) + "\n")
        await index(store, folder)
        assert (await rated(store))[file.name] == left


async def test_what_a_manifest_said_stays_where_it_is_not_read(store, folder, tmp_path):
    """Somebody indexes a folder below it or above it, one file, or forgets to name it."""
    manifest, file = folder / "manifest.jsonl", folder / "sub1/red_kite-1.png"
    line = json.dumps({"file": str(file), "rating": "adult"}) + "\n"
    for path, rating in ((file.parent, Rating.SAFE), (file, None), (folder.parent, Rating.SAFE), (folder.parent, None)):
        manifest.write_text(line)
        assert not (await index(store, folder)).severer
        assert (await rated(store))[file.name] == "adult"
        report = await index(store, path, rating=rating)
        assert (report.severer, (await rated(store))[file.name]) == ([str(file)], "adult"), path
        manifest.write_text(line.replace("adult", "safe"))
        await index(store, folder)
        assert (await rated(store))[file.name] == "safe", "a manifest that says another thing is heard"
        manifest.unlink()
    elsewhere = tmp_path / "elsewhere.jsonl"
    elsewhere.write_text(line)
    await index(store, folder, manifest=elsewhere)
    report = await index(store, folder, rating=Rating.SAFE)
    assert (report.severer, (await rated(store))[file.name]) == ([str(file)], "adult")
    await index(store, file, rating=Rating.SAFE)
    assert (await rated(store))[file.name] == "safe", "the very file was named"


async def test_a_rating_by_a_command_stays_though_a_longer_one_began_before_it(store, folder, monkeypatch):
    """An index of many pictures takes hours, in which some of them are rated by another command."""
    file, known = folder / "sub1/red_kite-1.png", type(store).known

    async def rated_meanwhile(self: Store, root: str) -> object:
        found = await known(self, root)
        if root == str(folder):
            await index(store, file, rating=Rating.ADULT)
        return found

    monkeypatch.setattr(type(store), "known", rated_meanwhile)
    report = await index(store, folder, rating=Rating.SAFE)
    assert (report.severer, (await rated(store))[file.name]) == ([str(file)], "adult")
    monkeypatch.undo()
    again = await index(store, folder, rating=Rating.SAFE)
    assert (again.severer, again.unchanged) == ([str(file)], 5)


async def test_a_file_that_is_named_without_a_rating_keeps_the_severer_one(sqlite_store, folder):
    file = folder / "sub1/red_kite-1.png"
    await index(sqlite_store, file, rating=Rating.ADULT)
    report = await index(sqlite_store, file)
    assert (report.severer, await rated(sqlite_store)) == ([str(file)], {file.name: "adult"})


async def test_a_rating_by_a_command_goes_with_the_picture_when_its_file_is_renamed(store, folder):
    """The name of a file says nothing of what it shows."""
    await index(store, folder, rating=Rating.SAFE)
    await index(store, folder / "sub1/red_kite-1.png", rating=Rating.ADULT)
    renamed = (folder / "sub1/red_kite-1.png").rename(folder / "sub0/harmless.png")
    for changed in (1, 0):
        report = await index(store, folder, rating=Rating.SAFE)
        assert report.severer == [str(renamed)]
        assert (report.added, report.removed) == (changed, changed)
        assert {name for name, rating in (await rated(store)).items() if rating == "adult"} == {"harmless.png"}
    await index(store, renamed, rating=Rating.SAFE)
    assert set((await rated(store)).values()) == {"safe"}
    assert (await index(store, folder, rating=Rating.SAFE)).severer == []


@pytest.mark.parametrize("old_first", [True, False])
async def test_a_rating_by_a_command_goes_with_the_picture_from_folder_to_folder(store, folder, old_first):
    old, new = folder / "sub1", folder / "sub0"
    await index(store, old, new, rating=Rating.SAFE)
    await index(store, old / "red_kite-1.png", rating=Rating.ADULT)
    moved = (old / "red_kite-1.png").rename(new / "red_kite-1.png")
    for part in (old, new) if old_first else (new, old):
        await index(store, part, rating=Rating.SAFE)
    last = await index(store, new, rating=Rating.SAFE)
    assert (last.severer, last.unchanged) == ([str(moved)], 4)
    assert (await rated(store))["red_kite-1.png"] == "adult"


async def test_a_rating_by_a_command_is_remembered_of_a_picture_that_comes_back(store, folder):
    file = folder / "sub1/red_kite-1.png"
    await index(store, file, rating=Rating.ADULT)
    away = file.rename(folder.parent / "away.png")
    await index(store, folder, rating=Rating.SAFE)
    assert file.name not in await rated(store)
    back = away.rename(folder / "sub0/back.png")
    report = await index(store, folder, rating=Rating.SAFE)
    assert (report.severer, (await rated(store))["back.png"]) == ([str(back)], "adult")
    back.rename(away)
    await index(store, folder, rating=Rating.SAFE)
    away.rename(back)
    assert (await index(store, back, rating=Rating.SAFE)).severer == []
    assert (await rated(store))["back.png"] == "safe"


@pytest.mark.parametrize("at_once", [True, False])
async def test_ratings_by_commands_go_with_pictures_that_change_their_names(store, folder, monkeypatch, at_once):
    monkeypatch.setattr(indexing, "WRITE_BATCH", 64 if at_once else 1)
    one, other = folder / "sub1/red_kite-1.png", folder / "sub1/red_kite-3.png"
    await index(store, folder, rating=Rating.SAFE)
    await index(store, one, rating=Rating.ADULT)
    adult = {entry["id"] for entry in await contents(store) if entry["rating"] == "adult"}
    one.rename(folder / "between")
    other.rename(one)
    (folder / "between").rename(other)
    await index(store, folder, rating=Rating.SAFE)
    assert adult < {entry["id"] for entry in await contents(store) if entry["rating"] == "adult"}


async def test_a_copy_keeps_the_rating_by_a_command_of_one_that_is_gone(store, folder):
    file = folder / "sub1/red_kite-1.png"
    copy = folder / "sub0/copy.png"
    copy.write_bytes(file.read_bytes())
    await index(store, folder, rating=Rating.SAFE)
    await index(store, file, rating=Rating.ADULT)
    assert (await rated(store))["copy.png"] == "adult"
    file.unlink()
    report = await index(store, folder, rating=Rating.SAFE)
    assert (report.severer, (await rated(store))["copy.png"]) == ([str(copy)], "adult")


async def test_a_named_file_that_stays_severer_because_of_a_copy_is_told_with_it(store, folder):
    file, copy = folder / "sub1/red_kite-1.png", folder / "sub0/copy.png"
    copy.write_bytes(file.read_bytes())
    await index(store, file, rating=Rating.ADULT)
    assert (await index(store, folder, rating=Rating.SAFE)).copies_severer == []
    for _ in range(2):
        report = await index(store, copy, folder / "sub0/red_kite-0.png", rating=Rating.SAFE)
        assert report.copies_severer == [(str(copy), str(file))]
    assert (await index(store, file, rating=Rating.SAFE)).copies_severer == []
    assert set((await rated(store)).values()) == {"safe"}


async def test_a_manifest_that_rates_a_picture_milder_than_a_copy_of_it_is_told_with_it(store, folder):
    file, copy = folder / "sub1/red_kite-1.png", folder / "sub0/copy.png"
    copy.write_bytes(file.read_bytes())
    await index(store, file, rating=Rating.ADULT)
    (folder / "sub0/manifest.jsonl").write_text(json.dumps({"file": copy.name, "rating": "safe"}) + "\n")
    for _ in range(2):
        assert (await index(store, folder / "sub0")).copies_severer == [(str(copy), str(file))]
    assert await store.copied([str(copy)]) == [entry["id"] for entry in await contents(store) if len(entry["keys"]) > 1]
    file.unlink()
    assert (await index(store, folder / "sub0")).copies_severer == [(str(copy), str(file))]
    await index(store, folder / "sub1")
    assert ((await index(store, folder / "sub0")).copies_severer, await store.copied([str(copy)])) == ([], [])


async def test_a_rating_by_a_command_stays_where_a_manifest_or_a_rater_said_as_much(store, folder):
    """What they say may change, and then nothing else would remember it."""
    file, listed, judged = (folder / name for name in ("sub1/red_kite-1.png", "listed/copy.png", "judged/copy.png"))
    for copy in (listed, judged):
        copy.parent.mkdir()
        copy.write_bytes(file.read_bytes())
    manifest = listed.with_name("manifest.jsonl")
    manifest.write_text(json.dumps({"file": listed.name, "rating": "adult"}) + "\n")
    await index(store, listed.parent)
    await index(store, judged.parent, rater=Severe())
    await index(store, file, rating=Rating.ADULT)
    file.unlink()
    assert (await index(store, folder / "sub1")).severer == [], "they are rated so anyhow"
    manifest.unlink()
    assert (await index(store, listed.parent, judged.parent)).severer == [str(judged), str(listed)]
    (picture,) = await store.pictures(await store.copied([str(listed)]))
    assert {place.credit.rating for place in picture.places} == {Rating.ADULT}


async def test_files_that_are_named_beside_their_folder_or_where_another_breaks_are_rated(store, folder, monkeypatch):
    monkeypatch.setattr(indexing, "WRITE_BATCH", 1)
    file, copy = folder / "sub1/red_kite-1.png", folder / "sub0/copy.png"
    copy.write_bytes(file.read_bytes())
    os.utime(copy, (1, 1))
    await index(store, folder, rating=Rating.ADULT)
    file.write_bytes(b"no picture")
    for paths in ((copy, file), (folder, copy), (copy, folder)):
        report = await index(store, *paths, rating=Rating.SAFE)
        assert str(copy) not in report.severer
        assert (await rated(store))[copy.name] == "safe"
        await index(store, copy, rating=Rating.ADULT)


async def test_a_link_that_is_named_is_rated_as_what_it_leads_to(store, folder):
    file, link = folder / "sub1/red_kite-1.png", folder / "sub0/link.png"
    link.symlink_to(file)
    await index(store, folder, rating=Rating.ADULT)
    report = await index(store, file, rating=Rating.SAFE)
    assert (report.copies_severer, (await rated(store))[file.name]) == ([(str(file), str(link))], "adult")
    report = await index(store, link, rating=Rating.SAFE)
    assert (report.copies_severer, (await rated(store))[file.name]) == ([], "safe")
    assert (await index(store, folder / "sub0", rating=Rating.SAFE)).severer == sorted(
        map(str, folder.glob("sub0/red*"))
    )
    await index(store, folder, rating=Rating.ADULT)
    assert set((await rated(store)).values()) == {"adult"}
    link.unlink()
    link.symlink_to(folder / "sub0/red_kite-0.png")
    await index(store, link, rating=Rating.SAFE)
    await index(store, folder, rating=Rating.SAFE)
    assert (await rated(store))[file.name] == "adult", "the link leads to another picture by now"


async def test_what_a_rater_said_is_said_anew_of_a_renamed_file(sqlite_store, folder):
    await index(sqlite_store, folder, rater=Stern())
    for file in list(folder.glob("sub*/*.png")):
        file.rename(file.with_name(f"new-{file.name}"))
    report = await index(sqlite_store, folder)
    assert (report.severer, set((await rated(sqlite_store)).values())) == ([], {"unknown"})


class Severe:
    """A rater that finds everything adult."""

    name = "severe"

    def rate(self, picture: np.ndarray) -> Rating:
        return Rating.ADULT


class Stern:
    """A rater that finds even numbers racy, odd ones safe, and fails at three."""

    name = "stern"

    def __init__(self) -> None:
        self.seen = 0

    def rate(self, picture: np.ndarray) -> Rating | None:
        self.seen += 1
        if self.seen == 3:
            raise RuntimeError("the model broke")
        return Rating.RACY if self.seen % 2 == 0 else Rating.SAFE


async def test_a_rater_can_only_make_ratings_severer(sqlite_store, folder):
    lines = [{"file": f"sub{seed % 2}/red_kite-{seed}.png", "rating": "adult"} for seed in range(5) if seed == 4]
    (folder / "manifest.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    await index(sqlite_store, folder, rater=Stern())
    ratings = sorted(entry["rating"] for entry in await contents(sqlite_store))
    assert ratings == ["adult", "racy", "racy", "unknown", "unknown"]


async def test_wrong_paths_are_said(sqlite_store, tmp_path, folder):
    with pytest.raises(FileNotFoundError):
        await index(sqlite_store, tmp_path / "nowhere")
    with pytest.raises(ManifestError):
        await index(sqlite_store, folder, manifest=tmp_path / "nowhere.jsonl")


async def test_copies_are_joined_and_near_copies_grouped(sqlite_store, folder):
    original = folder / "sub0/red_kite-0.png"
    (folder / "copy.png").write_bytes(original.read_bytes())
    Image.open(original).save(folder / "near.jpg", quality=70)
    report = await index(sqlite_store, folder)
    assert (report.added, report.pictures, report.copies) == (7, 6, 1)
    entries = await contents(sqlite_store)
    groups = [entry["group"] for entry in entries]
    shared = {group for group in groups if groups.count(group) > 1}
    members = [entry for entry in entries if entry["group"] in shared]
    assert len(members) == 2
    assert {Path(key).name for entry in members for key in entry["keys"]} == {"red_kite-0.png", "copy.png", "near.jpg"}


def test_indexing_in_any_order_is_like_indexing_at_once(tmp_path):
    root = tmp_path / "pictures"
    names = []
    for seed in range(4):
        names.append(save(root, f"{seed}.png", seed, (120, 90)))
        copy = root / f"{seed}-near.jpg"
        Image.open(names[-1]).convert("RGB").save(copy, quality=60)
        names.append(copy)
    names.append(root / "twin.png")
    names[-1].write_bytes(names[0].read_bytes())

    async def at_once() -> list[dict[str, Any]]:
        store = await open_store(tmp_path / "whole.sqlite3")
        await index(store, *names)
        found = await contents(store)
        await store.aclose()
        return found

    whole = asyncio.run(at_once())

    async def in_parts(parts: list[list[Path]], detour: list[Path]) -> list[dict[str, Any]]:
        with tempfile.TemporaryDirectory() as place:
            store = await open_store(Path(place) / "parts.sqlite3")
            for part in parts:
                await index(store, *part)
            await store.remove_places([str(path.resolve()) for path in detour])
            await index(store, *names)
            found = await contents(store)
            await store.aclose()
            return found

    @settings(max_examples=6, deadline=None)
    @given(st.permutations(names), st.integers(1, 8), st.sets(st.sampled_from(names), max_size=4))
    def check(order, cut, detour):
        assert asyncio.run(in_parts([order[:cut], order[cut:]], sorted(detour))) == whole

    check()


INDEX = """
import asyncio, sys
from pathlib import Path
from bot.collection.ingest.indexing import index_paths
from bot.collection.store import Store, open_store

async def main():
    store = await open_store(Path(sys.argv[1]))
    print("ready", flush=True)
    def show(step):
        print(step.done, flush=True)
    import bot.collection.ingest.indexing as indexing
    indexing.WRITE_BATCH = 4
    await index_paths(store, [Path(sys.argv[2])], workers=0, on_progress=show)

asyncio.run(main())
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_kill_9_loses_nothing_and_the_next_run_resumes(tmp_path):
    root = tmp_path / "pictures"
    for seed in range(24):
        save(root, f"{seed}.png", seed, (200, 150))
    index_file = tmp_path / "index.sqlite3"
    child = subprocess.Popen(
        [sys.executable, "-c", INDEX, str(index_file), str(root)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    for line in child.stdout:
        if line.strip() == "11":
            break
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()

    async def resume():
        store = await open_store(index_file)
        before = await store.counts()
        report = await index(store, root)
        found = await contents(store)
        await store.aclose()
        fresh = await open_store(tmp_path / "fresh.sqlite3")
        await index(fresh, root)
        expected = await contents(fresh)
        await fresh.aclose()
        return before, report, found, expected

    before, report, found, expected = asyncio.run(resume())
    assert before.pictures >= 8
    assert report.unchanged == before.pictures
    assert report.added == 24 - before.pictures
    assert found == expected


async def test_worker_processes_read_too(sqlite_store, folder):
    report = await index(sqlite_store, folder, workers=2)
    assert (report.added, report.skipped) == (5, [])


async def test_a_crashing_decoder_costs_only_its_own_file(folder):
    files = [{"path": str(path)} for path in sorted(folder.rglob("*.png"))]
    async with Workers(2, len(files), crash_on_zero) as pool:
        found = {job["path"]: outcome async for job, outcome in run_all(pool, files)}
    assert set(found) == {job["path"] for job in files}
    crashed = {Path(path).name: outcome.why for path, outcome in found.items() if isinstance(outcome, Refused)}
    assert crashed == {"red_kite-0.png": "crashed"}


def crash_on_zero(job, data):
    if job["path"].endswith("0.png"):
        time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGKILL)
    return {"read": True}, b""


async def test_what_is_refused_is_listed_and_not_read_again_until_it_changes(
    sqlite_store, folder, tmp_path, monkeypatch
):
    listed = tmp_path / "state/skipped.jsonl"
    (folder / "broken.png").write_bytes((folder / "sub0/red_kite-0.png").read_bytes()[:200])
    (folder / "drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (folder / "words.jpg").write_text("hello")
    first = await index(sqlite_store, folder, refused=listed)
    assert (len(first.skipped), first.remembered) == (3, 0)
    assert first.reasons() == {"broken": 1, "vector": 1, "not-a-picture": 1}
    lines = [json.loads(line) for line in listed.read_text().splitlines()]
    assert [Path(line["path"]).name for line in lines] == ["broken.png", "drawing.svg", "words.jpg"]
    assert all(line["reason"] for line in lines)

    read: list[str] = []
    monkeypatch.setattr(
        "bot.collection.ingest.reading.read_bytes", lambda path: read.append(path.name) or path.read_bytes()
    )
    again = await index(sqlite_store, folder, refused=listed)
    assert (len(again.skipped), again.remembered, read) == (3, 3, [])

    save(folder, "words.jpg", 9)
    (folder / "drawing.svg").unlink()
    mended = await index(sqlite_store, folder, refused=listed)
    assert (mended.added, len(mended.skipped), mended.remembered, read) == (1, 1, 1, ["words.jpg"])
    assert len(listed.read_text().splitlines()) == 1


async def test_an_overlong_name_in_a_manifest_is_a_line_of_the_report(sqlite_store, folder):
    (folder / "manifest.jsonl").write_text(json.dumps({"file": "x" * 5000 + ".png", "title": "Long"}) + "\n")
    report = await index(sqlite_store, folder)
    assert report.added == 5
    assert len(report.unmatched) + len(report.faults) == 1


async def test_sidecars_speak_for_their_picture_and_are_read_again_when_they_change(sqlite_store, folder):
    def write(title: str) -> None:
        (folder / "sub0/red_kite-0.png.xmp").write_text(
            "<x:xmpmeta xmlns:x='adobe:ns:meta/' xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
            "xmlns:dc='http://purl.org/dc/elements/1.1/'><rdf:RDF><rdf:Description><dc:title><rdf:Alt>"
            f"<rdf:li xml:lang='de'>Milan</rdf:li><rdf:li xml:lang='x-default'>{title}</rdf:li></rdf:Alt></dc:title>"
            "</rdf:Description></rdf:RDF></x:xmpmeta>"
        )

    write("A kite over the lake")
    await index(sqlite_store, folder)
    assert "A kite over the lake" in {entry["title"] for entry in await contents(sqlite_store)}
    write("A kite in the rain")
    report = await index(sqlite_store, folder)
    assert (report.changed, report.unchanged) == (1, 4)
    assert "A kite in the rain" in {entry["title"] for entry in await contents(sqlite_store)}


async def test_videos_and_damaged_pictures_are_said(sqlite_store, folder, monkeypatch):
    (folder / "clip.mp4").write_bytes(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(200))
    whole = save(folder, "whole.jpg", 3, (320, 240)).read_bytes()
    (folder / "whole.jpg").write_bytes(whole[: len(whole) * 9 // 10])
    monkeypatch.setattr("bot.media.video.is_installed", lambda: False)
    report = await index(sqlite_store, folder)
    assert [(Path(skip.path).name, skip.why) for skip in report.skipped] == [("clip.mp4", "video")]
    assert "PyAV" in report.skipped[0].reason
    assert [Path(path).name for path in report.damaged] == ["whole.jpg"]
