"""Reverse lookup over the starter set and made-up pictures, before any real photograph."""

import asyncio
import io
import shutil

import numpy as np
import pytest
from PIL import Image, ImageOps

from bot.bing_v7 import Confidence
from bot.collection.files import image_id_of
from bot.collection.ingest.indexing import index_paths
from bot.collection.query.lookup import find_copies
from bot.collection.store import open_store
from bot.media.decoding import decode, pixels_of

from .made import scene

SIZE = (640, 480)


@pytest.fixture(scope="module")
def indexed_scenes(tmp_path_factory):
    """An index of ten busy pictures, and the id of each by its seed; do not write to it."""
    folder, ids = tmp_path_factory.mktemp("scenes"), {}
    for seed in range(10):
        file = folder / f"{seed}.png"
        scene(seed, SIZE).save(file)
        ids[seed] = image_id_of(file.read_bytes())

    async def index():
        store = await open_store(folder / "index.sqlite3")
        await index_paths(store, [folder], workers=0)
        await store.aclose()

    asyncio.run(index())
    return folder / "index.sqlite3", ids


@pytest.fixture
async def scenes(indexed_scenes, tmp_path):
    """A store of a test's own with ten busy pictures, and the id of each by its seed."""
    index, ids = indexed_scenes
    store = await open_store(shutil.copy(index, tmp_path / "scenes.sqlite3"))
    yield store, ids
    await store.aclose()


def jpeg(picture: Image.Image, quality: int = 30) -> Image.Image:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality)
    return Image.open(buffer)


def inside(picture: Image.Image) -> Image.Image:
    page = scene(99, (1000, 760))
    page.paste(picture.resize((600, 450)), (260, 190))
    return page


ATTACKS = {
    "half size, quality 30": (lambda p: jpeg(p.resize((320, 240))), "hash"),
    "gray": (lambda p: p.convert("L").convert("RGB"), "hash"),
    "mirrored": (ImageOps.mirror, "turned"),
    "a quarter turn": (lambda p: p.transpose(Image.Transpose.ROTATE_90), "turned"),
    "inverted": (ImageOps.invert, "hash"),
    "with a border": (lambda p: ImageOps.expand(p, 60, "white"), "turned"),
    "cropped": (lambda p: p.crop((100, 80, 560, 430)), "points"),
    "tilted": (lambda p: p.rotate(12, Image.Resampling.BICUBIC), "points"),
    "cropped and mirrored": (lambda p: ImageOps.mirror(p.crop((100, 80, 560, 430))), "mirrored"),
    "in another picture": (inside, "points"),
}


@pytest.mark.parametrize("name", ATTACKS)
async def test_copies_name_their_original(scenes, name):
    store, ids = scenes
    attack, step = ATTACKS[name]
    for seed in (2, 7):
        found = await find_copies(store, np.ascontiguousarray(attack(scene(seed, SIZE)).convert("RGB")))
        assert found, (name, seed)
        assert found[0].image_id == ids[seed]
        assert found[0].confidence is not Confidence.MAYBE
        assert found[0].step == step
        assert 0.5 <= found[0].score <= 1


async def test_how_much_of_the_picture_is_the_one_that_was_found(scenes):
    store, ids = scenes
    collage = Image.new("RGB", (1000, 800), "white")
    for place, seed in enumerate((1, 4, 5, 8)):
        collage.paste(scene(seed, SIZE).resize((490, 390)), (place % 2 * 510, place // 2 * 410))
    found = await find_copies(store, np.asarray(collage))
    assert {match.image_id for match in found} == {ids[seed] for seed in (1, 4, 5, 8)}
    assert all(match.share == pytest.approx(0.25, abs=0.03) for match in found)
    for name, least, most in (("gray", 1, 1), ("a quarter turn", 1, 1), ("cropped", 0.8, 1), ("tilted", 0.7, 1)):
        (best, *_) = await find_copies(store, np.ascontiguousarray(ATTACKS[name][0](scene(2, SIZE)).convert("RGB")))
        assert least <= best.share <= most, name
    (best, *_) = await find_copies(store, np.asarray(inside(scene(2, SIZE))))
    assert best.share == pytest.approx(600 * 450 / (1000 * 760), abs=0.06)


async def test_the_same_bytes_are_exact(scenes):
    store, ids = scenes
    found = await find_copies(store, np.zeros((9, 9, 3), np.uint8), ids[3])
    assert [(m.image_id, m.confidence, m.step) for m in found] == [(ids[3], Confidence.EXACT, "bytes")]


async def test_strangers_and_flat_pictures_name_nothing(scenes):
    store, _ = scenes
    for seed in range(200, 210):
        assert await find_copies(store, np.asarray(scene(seed, SIZE))) == []
    for colour in ("white", "black", "#336699"):
        assert await find_copies(store, np.asarray(Image.new("RGB", (300, 200), colour))) == []


async def test_near_copies_come_along(scenes, tmp_path):
    store, ids = scenes
    jpeg(scene(4, SIZE), 60).save(tmp_path / "again.jpg")
    await index_paths(store, [tmp_path], workers=0)
    found = await find_copies(store, np.asarray(scene(4, SIZE)), ids[4])
    assert found[0].image_id == ids[4]
    assert len(found) == 2


async def test_real_photographs_at_half_size_and_quality_30(shared, sqlite_store):
    """Twenty photographs among two hundred."""
    files = sorted((shared / "collection/images").rglob("*.*"))[::5]
    await index_paths(sqlite_store, files)
    for file in files[:20]:
        picture = Image.fromarray(pixels_of(decode(file.read_bytes(), 1024))[0])
        half = jpeg(picture.resize((max(1, picture.width // 2), max(1, picture.height // 2))))
        found = await find_copies(sqlite_store, np.asarray(half))
        assert found, file.name
        assert found[0].image_id == image_id_of(file.read_bytes()), file.name


async def test_copies_are_found_in_every_store(store, tmp_path):
    """The whole way, from files to the geometric check, also over PostgreSQL."""
    for seed in range(4):
        scene(seed, SIZE).save(tmp_path / f"{seed}.png")
    scene(2, SIZE).save(tmp_path / "again.jpg", quality=60)
    report = await index_paths(store, [tmp_path], workers=0)
    assert report.pictures == 5
    twins = {image_id_of((tmp_path / name).read_bytes()) for name in ("2.png", "again.jpg")}
    for attack in ("half size, quality 30", "mirrored", "inverted", "cropped"):
        picture = ATTACKS[attack][0](scene(2, SIZE)).convert("RGB")
        found = await find_copies(store, np.ascontiguousarray(picture))
        assert {match.image_id for match in found} == twins, attack
    assert await find_copies(store, np.asarray(scene(77, SIZE))) == []
