"""Links, manifests that name them, and files that were replaced: a picture is shown only under its own rating."""

import asyncio
import json
import os
import threading
from pathlib import Path

import pytest

from bot.bing_v7 import InsightsRequest, SafeSearch, SearchRequest
from bot.bing_v7.errors import InvalidRequest
from bot.collection import files
from bot.collection.files import ANYWHERE
from bot.collection.ingest.indexing import index_paths
from bot.collection.ingest.scan import OUTSIDE
from bot.collection.model import Rating
from bot.collection.provider import CollectionProvider
from bot.media.runner import InThread
from bot.media.service import Media

from .contents import contents
from .made import scene

pytestmark = pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs links")


@pytest.fixture
def pics(tmp_path: Path) -> Path:
    """``pics/adult.png`` is a link to ``store/x.png``, which lies outside; ``pics/plain.png`` is a file."""
    for number, name in enumerate(("pics/plain.png", "store/x.png")):
        (tmp_path / name).parent.mkdir()
        scene(number).save(tmp_path / name)
    (tmp_path / "pics/adult.png").symlink_to(tmp_path / "store/x.png")
    return tmp_path / "pics"


def describe(folder: Path, *lines: dict[str, str], name: str = "manifest.jsonl") -> Path:
    file = folder / name
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return file


async def index(store, *paths, **options):
    return await index_paths(store, list(paths), workers=0, **options)


async def ratings(store):
    """Rating by the name of the first file."""
    return {Path(entry["keys"][0]).name: entry["rating"] for entry in await contents(store)}


@pytest.mark.parametrize("written", ["pics/adult.png", "store/x.png", "pics/../store/x.png", "pics/./adult.png"])
async def test_a_link_has_the_entry_of_its_name_and_of_what_it_leads_to(store, pics, written):
    manifest = describe(pics.parent, {"file": written, "rating": "adult", "title": "Hers"})
    report = await index(store, pics, manifest=manifest, rating=Rating.SAFE, follow_links=True)
    assert report.unmatched == []
    assert await ratings(store) == {"adult.png": "adult", "plain.png": "safe"}
    assert "Hers" in {entry["title"] for entry in await contents(store)}


async def test_the_severest_of_all_entries_about_a_file_holds_and_the_nearest_name_gives_the_words(store, pics):
    manifest = describe(
        pics.parent,
        {"file": "pics/adult.png", "title": "The link", "rating": "racy"},
        {"file": "store/x.png", "title": "The file", "rating": "adult"},
        {"file": "pics/adult.png", "title": "The link again", "rating": "safe"},
    )
    await index(store, pics, manifest=manifest, follow_links=True)
    (entry,) = [entry for entry in await contents(store) if entry["title"] == "The link again"]
    assert entry["rating"] == "adult"


async def test_a_rating_given_to_a_link_holds_for_the_file_it_leads_to(store, pics):
    inner = pics / "inner.png"
    inner.symlink_to(pics / "plain.png")
    describe(pics, {"file": "inner.png", "rating": "adult"})
    await index(store, pics, rating=Rating.SAFE)
    assert (await ratings(store))["inner.png"] == "adult"  # one picture with two places
    inner.unlink()
    assert (await index(store, pics, rating=Rating.SAFE)).removed == 1
    assert await ratings(store) == {"plain.png": "safe"}


async def test_rules_count_for_the_name_and_for_what_it_leads_to(store, pics):
    (pics / "nsfw").mkdir()
    scene(7).save(pics / "nsfw/secret.png")
    (pics / "nice.png").symlink_to(pics / "nsfw/secret.png")
    await index(store, pics, rules={"nsfw/**": Rating.ADULT}, rating=Rating.SAFE)
    assert "adult" in (await ratings(store)).values()
    held = await store.pictures([entry["id"] for entry in await contents(store)])
    assert {place.credit.rating for picture in held for place in picture.places if "nice" in place.key} == {
        Rating.ADULT
    }


async def test_links_out_are_left_alone_unless_told(store, pics):
    (pics / "folder").symlink_to(pics.parent / "store")
    report = await index(store, pics)
    assert [(Path(skip.path).name, skip.reason) for skip in report.skipped] == [("adult.png", OUTSIDE)]
    assert report.pictures == 1
    followed = await index(store, pics, follow_links=True)
    assert (followed.pictures, followed.copies, followed.skipped) == (2, 1, [])
    held = await store.pictures([entry["id"] for entry in await contents(store)])
    assert {place.root for picture in held for place in picture.places} == {str(pics), ANYWHERE}
    again = await index(store, pics)
    assert (again.removed, again.pictures) == (2, 1)


async def test_folders_that_lead_in_circles_are_entered_once(store, pics):
    (pics / "round").symlink_to(pics)
    assert (await index(store, pics, follow_links=True)).pictures == 2


async def test_entries_that_matched_nothing_are_reported(store, pics):
    (pics / ".hidden.png").write_bytes((pics / "plain.png").read_bytes())
    describe(
        pics, {"file": "plain.png"}, {"file": "adult.png", "rating": "adult"}, {"file": "gone.png"},
        {"file": "../store/x.png"}, {"file": ".hidden.png"}, {"file": "."},
    )  # fmt: skip
    report = await index(store, pics)
    assert dict(report.unmatched) == {
        "adult.png": OUTSIDE,
        "gone.png": "there is no such file",
        "../store/x.png": "it lies outside of what was indexed",
        ".hidden.png": "it is hidden or cannot be reached",
        ".": "it is not a file",
    }


async def test_names_are_found_whatever_way_their_accents_are_written(store, tmp_path):
    scene(3).save(tmp_path / "cafe\u0301.png")
    describe(tmp_path, {"file": "caf\u00e9.png", "rating": "adult"})
    assert (await index(store, tmp_path, rating=Rating.SAFE)).unmatched == []
    assert set((await ratings(store)).values()) == {"adult"}


async def shown(provider, level=SafeSearch.STRICT):
    answer = await provider.search(SearchRequest(q="plain", safe_search=level))
    pictures = {image.image_id or "": await provider.picture(image.image_id or "") for image in answer.value}
    rated = await provider.ratings(list(pictures))
    assert rated == {image_id: one.is_family_friendly for image_id, one in pictures.items() if one is not None}
    return list(pictures.values())


async def test_a_replaced_file_is_not_shown_under_the_old_rating(store, pics):
    await index(store, pics, rating=Rating.SAFE)
    provider = CollectionProvider(store, Media(InThread()))
    (before,) = await shown(provider)
    assert before is not None
    (token,) = [entry["id"] for entry in await contents(store)]
    scene(99).save(pics / "plain.png")
    assert await shown(provider) == [None]
    with pytest.raises(InvalidRequest, match="not there any more"):
        await provider.insights(InsightsRequest(insights_token=token))
    await index(store, pics, rating=Rating.SAFE)
    (after,) = await shown(provider)
    assert after is not None
    assert after.data != before.data


async def test_a_file_is_read_for_its_rating_again_only_once_it_may_be_another(store, pics, monkeypatch):
    """Even one as large and as old by its own time; and one that was written to just now, whatever its times say."""
    await index(store, pics, rating=Rating.SAFE)
    (token,) = [entry["id"] for entry in await contents(store)]
    path = pics / "plain.png"
    first, read = path.read_bytes(), []
    monkeypatch.setattr(files, "read_bytes", lambda path: read.append(path) or path.read_bytes())
    provider = CollectionProvider(store, Media(InThread()))
    assert [await provider.ratings([token, "0" * 40]) for _ in range(2)] == [{token: True}] * 2
    assert len(read) == 2, "just written"
    monkeypatch.setattr(files, "_SETTLED", 0)
    assert [await provider.ratings([token.lower()]) for _ in range(3)] == [{token.lower(): True}] * 3
    assert len(read) == 3, "read once more, and remembered"
    times = path.stat()
    path.write_bytes(first[:-1] + bytes([first[-1] ^ 1]))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert await provider.ratings([token]) == {}
    path.write_bytes(first)
    assert await provider.ratings([token]) == {token: True}


async def test_files_that_are_slow_to_read_hold_up_no_search_and_go_by_their_rating_of_afterwards(
    store, pics, monkeypatch
):
    """On a disk that hardly answers, say: what is read has nothing to do with the threads that read the store."""
    await index(store, pics, rating=Rating.SAFE)
    (token,) = [entry["id"] for entry in await contents(store)]
    reading, go_on, read = threading.Semaphore(0), threading.Event(), files.read_bytes

    def slowly(path):
        reading.release()
        assert go_on.wait(20)
        return read(path)

    monkeypatch.setattr(files, "read_bytes", slowly)
    provider = CollectionProvider(store, Media(InThread()))
    asked = [asyncio.create_task(provider.ratings([token])) for _ in range(3)]
    try:
        for _ in asked[:2]:
            assert await asyncio.to_thread(reading.acquire, timeout=20)
        async with asyncio.timeout(10):
            assert (await provider.search(SearchRequest(q="plain"))).value
            await index(store, pics, rating=Rating.ADULT)
    finally:
        go_on.set()
    assert await asyncio.gather(*asked) == [{token: False}] * 3


async def test_a_picture_is_rated_whatever_case_its_id_is_in(store, pics):
    await index(store, pics, rating=Rating.SAFE)
    (token,) = [entry["id"] for entry in await contents(store)]
    provider = CollectionProvider(store, Media(InThread()))
    assert await provider.ratings([token, token.lower(), token]) == {token: True, token.lower(): True}


async def test_a_file_that_became_a_link_out_is_not_followed(store, pics):
    await index(store, pics, rating=Rating.SAFE)
    plain, elsewhere = pics / "plain.png", pics.parent / "elsewhere.png"
    plain.rename(elsewhere)
    plain.symlink_to(elsewhere)  # the same bytes
    assert await shown(CollectionProvider(store, Media(InThread()))) == [None]


async def test_a_link_that_was_followed_on_purpose_is_shown(store, pics):
    describe(pics, {"file": "adult.png", "title": "plain too", "rating": "safe"})
    await index(store, pics, rating=Rating.SAFE, follow_links=True)
    assert (
        len([picture for picture in await shown(CollectionProvider(store, Media(InThread()))) if picture is not None])
        == 2
    )


async def test_a_folder_that_moved_behind_a_link_is_still_shown(store, pics):
    """Where the operator put the folder is the operator's business; only links below it count."""
    await index(store, pics, rating=Rating.SAFE)
    pics.rename(pics.parent / "disk")
    pics.symlink_to(pics.parent / "disk")
    (picture,) = await shown(CollectionProvider(store, Media(InThread())))
    assert picture is not None
