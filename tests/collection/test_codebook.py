"""The learnt words: small, evenly used, and never mixed with those of another codebook."""

import sqlite3

import numpy as np
import pytest

from bot.collection.files import image_id_of
from bot.collection.fingerprints.codebook import (
    BITS_EACH,
    BRANCHES,
    CODEBOOK_FILE,
    VISUAL_WORDS,
    codebook,
    visual_words,
)
from bot.collection.fingerprints.points import points
from bot.collection.ingest.indexing import index_paths
from bot.collection.query.lookup import find_copies
from bot.collection.store import codebook_change as change
from bot.collection.store import open_store
from bot.collection.store.base import StoreError

from .made import scene


def test_the_file_is_small_and_whole():
    assert CODEBOOK_FILE.stat().st_size < 150_000
    book = codebook()
    assert book.centres.shape == (BRANCHES, 4)
    assert len(np.unique(book.centres, axis=0)) == BRANCHES
    assert book.positions.shape == (BRANCHES, BITS_EACH)
    assert book.positions.min() >= 0
    assert book.positions.max() < 256
    assert all(len(set(each)) == BITS_EACH for each in book.positions.tolist())


def test_a_word_is_the_nearest_centre_and_eight_bits():
    book = codebook()
    descriptors = np.random.default_rng(3).integers(0, 256, (40, 32), dtype=np.uint8)
    expected = set()
    for descriptor in descriptors:
        code = descriptor.view("<u8")
        far = np.bitwise_count(book.centres ^ code).sum(axis=1)
        branch = int(far.argmin())
        bits = np.unpackbits(descriptor, bitorder="little")
        expected.add((branch << 8) | sum(int(bits[p]) << k for k, p in enumerate(book.positions[branch].tolist())))
    assert visual_words(descriptors).tolist() == sorted(expected)


def test_more_branches_only_add_words():
    descriptors = points(np.asarray(scene(1, (640, 480)))).descriptors
    one, two, three = (set(visual_words(descriptors, branches).tolist()) for branches in (1, 2, 3))
    assert one < two < three
    assert max(three) < VISUAL_WORDS


def test_words_are_used_evenly():
    """No word of busy pictures is so common that looking it up would find everything."""
    descriptors = np.concatenate([points(np.asarray(scene(seed, (640, 480)))).descriptors for seed in range(12)])
    each = np.concatenate([visual_words(descriptor[None]) for descriptor in descriptors])
    counts = np.sort(np.bincount(each, minlength=VISUAL_WORDS))[::-1]
    assert (counts > 0).sum() > 0.25 * len(each)
    assert counts[0] < 0.03 * len(each)


async def test_an_index_of_another_codebook_still_finds_copies_by_points(tmp_path, monkeypatch):
    """Its words mean other things: they are named anew from the points, or the index is refused in a sentence."""
    pictures, index = tmp_path / "pictures", tmp_path / "index.sqlite3"
    pictures.mkdir()
    for seed in range(6):
        scene(seed, (640, 480)).save(pictures / f"{seed}.png")
    store = await open_store(index)
    await index_paths(store, [pictures], workers=0)
    await store.aclose()
    with sqlite3.connect(index) as file:
        for picture, words in file.execute("SELECT picture, words FROM codes").fetchall():
            other = np.unique((np.frombuffer(words, "<u2").astype(np.int64) * 40_503 + 77) % VISUAL_WORDS).astype("<u2")
            file.execute("UPDATE codes SET words = ? WHERE picture = ?", (other.tobytes(), picture))
        file.execute("UPDATE made_with SET value = 'another' WHERE name = 'codebook'")
    file.close()
    with monkeypatch.context() as few:
        few.setattr(change, "MAX_RENAMED_AT_START", 5)
        with pytest.raises(StoreError, match="run `magpie index` once"):
            await open_store(index)
    store = await open_store(index)
    cropped = scene(4, (640, 480)).crop((120, 90, 560, 420))
    found = await find_copies(store, np.ascontiguousarray(cropped))
    assert [(match.image_id, match.step) for match in found] == [
        (image_id_of((pictures / "4.png").read_bytes()), "points")
    ]
    await store.aclose()
