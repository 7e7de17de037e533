"""Stores of older, newer and other layouts."""

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from bot.collection.filters import PictureFilters
from bot.collection.fingerprints.codebook import visual_words
from bot.collection.fingerprints.points import points
from bot.collection.model import Rating
from bot.collection.store import TagCount, open_store, word_change
from bot.collection.store import codebook_change as change
from bot.collection.store.base import StoreError
from bot.collection.store.postgres.schema import POSTGRES_SCHEMA
from bot.collection.text.text_query import parse_query

from .made import row, scene

ALL = PictureFilters(ratings=tuple(rating.number for rating in Rating))

BACK_TO_2 = """
DROP TABLE rated;
ALTER TABLE words DROP COLUMN written;
DELETE FROM words;
DELETE FROM made_with WHERE name = 'words';
"""
TEXTS_2 = """
DROP TABLE texts;
CREATE VIRTUAL TABLE texts USING fts5 (title, tags, body, tokenize = 'porter unicode61 remove_diacritics 0');
"""
TEXTS_3 = """
DROP TABLE rated;
DROP TABLE texts;
CREATE VIRTUAL TABLE texts USING fts5 (title, tags, body, near, far, tokenize = 'unicode61 remove_diacritics 0');
INSERT INTO texts (rowid, title, tags, body, near, far) SELECT id, '', '', 'old', '', '' FROM pictures;
"""
BACK_TO_2_POSTGRES = f"""
SET search_path = {POSTGRES_SCHEMA};
{BACK_TO_2}
UPDATE pictures SET texts = ''::tsvector;
UPDATE changes SET version = 2;
"""
BACK = """
ALTER TABLE changes DROP COLUMN pictures;
DROP TABLE tag_counts;
DROP TABLE made_with;
"""
BACK_POSTGRES = f"""
{BACK_TO_2_POSTGRES}
{BACK}
ALTER TABLE pictures ADD CONSTRAINT pictures_image_id_key UNIQUE (image_id);
ALTER TABLE pictures DROP CONSTRAINT pictures_image_id_id_key;
ALTER TABLE places DROP CONSTRAINT places_pkey;
ALTER TABLE places ADD PRIMARY KEY (key);
UPDATE changes SET version = 1;
DROP TABLE word_lists;
DROP TABLE word_tail;
CREATE TABLE visual_words (word integer NOT NULL, picture bigint NOT NULL, PRIMARY KEY (word, picture));
"""


async def run(address: str, *statements: str) -> None:
    if address.startswith("postgresql"):
        import asyncpg

        connection = await asyncpg.connect(address, server_settings={"search_path": POSTGRES_SCHEMA})
        for statement in statements:
            await connection.execute(statement)
        await connection.close()
        return
    with sqlite3.connect(address) as file:
        for statement in statements:
            file.executescript(statement)
    file.close()


def pictures():
    pixels = np.asarray(scene(3, (320, 240)))
    found = points(pixels)
    words = tuple(visual_words(found.descriptors).tolist())
    looks = {"points": found.pack(), "words": words}
    return [row("Red fox", tags=("animal", "red"), looks=looks), row("Owl", tags=("animal",))], words


async def filled(address: str) -> tuple[int, ...]:
    store = await open_store(address)
    held, words = pictures()
    await store.upsert(held)
    await store.aclose()
    return words


async def check(address: str, words: tuple[int, ...], **options: bool) -> None:
    store = await open_store(address, **options)
    held, _ = pictures()
    assert await store.size() == 2
    assert await store.tags([held[0].image_id], 5) == [TagCount("animal", 1, 2), TagCount("red", 1, 1)]
    assert await store.sharing(words, 1) == [held[0].image_id]
    await store.remove_places([held[1].places[0].key])
    assert await store.size() == 1
    assert await store.tags([held[0].image_id], 5) == [TagCount("animal", 1, 1), TagCount("red", 1, 1)]
    assert (await store.text(parse_query("fox"), ALL)).image_ids == (held[0].image_id,)
    await store.aclose()


async def test_the_first_layout_is_brought_up_to_date(address):
    words = await filled(address)
    if address.startswith("postgresql"):
        await run(address, BACK_POSTGRES)
    else:
        await run(address, BACK_TO_2, TEXTS_2, BACK, "PRAGMA user_version = 1; PRAGMA application_id = 0")
    await check(address, words)
    await (await open_store(address)).aclose()


async def test_words_of_the_second_layout_are_cut_anew_with_a_sentence(address, caplog):
    words = await filled(address)
    if address.startswith("postgresql"):
        await run(address, BACK_TO_2_POSTGRES)
    else:
        await run(address, BACK_TO_2, TEXTS_2, "PRAGMA user_version = 2")
    caplog.set_level("INFO")
    store = await open_store(address)
    assert "words of 2 pictures are cut anew" in caplog.text
    assert len((await store.text(parse_query("foxes"), ALL)).image_ids) == 1
    assert await store.vocabulary() == {"animal": 2, "fox": 1, "owl": 1, "red": 1}
    await store.aclose()
    await check(address, words)


async def test_authors_of_the_third_layout_get_a_column_of_their_own(tmp_path, caplog):
    address = str(tmp_path / "index.sqlite3")
    store = await open_store(address)
    wall, bird = row("Brick wall", author="Robin Wolf"), row("Sleeping robin", author="Ann")
    await store.upsert([wall, bird])
    await store.aclose()
    await run(address, TEXTS_3, "PRAGMA user_version = 3")
    caplog.set_level("INFO")
    for again in (False, True):
        store = await open_store(address)
        assert ("words of 2 pictures are cut anew" in caplog.text) is not again
        found = {text: (await store.text(parse_query(text), ALL)).image_ids for text in ("robin", "wolf", "robins")}
        assert found == {"robin": (bird.image_id, wall.image_id), "wolf": (wall.image_id,), "robins": (bird.image_id,)}
        await store.aclose()
        caplog.clear()


async def test_the_layout_before_ratings_were_remembered_is_brought_up_to_date(address):
    words = await filled(address)
    postgres = address.startswith("postgresql")
    version = "UPDATE changes SET version = 3" if postgres else "PRAGMA user_version = 4"
    await run(address, "DROP TABLE rated", version)
    await check(address, words)
    store = await open_store(address)
    odd = row("Odd", rating=Rating.ADULT)
    await store.upsert([odd])
    await store.remove_places([odd.places[0].key])
    assert await store.upsert([row("Odd")]) == [odd.places[0].key]
    await store.aclose()


async def test_words_of_another_version_are_cut_anew_only_by_who_has_time(address, monkeypatch):
    words = await filled(address)
    await run(address, "UPDATE made_with SET value = 'other' WHERE name = 'words'")
    monkeypatch.setattr(word_change, "MAX_RECUT_AT_START", 1)
    with pytest.raises(StoreError, match="magpie index"):
        await open_store(address)
    await check(address, words, patient=True)


async def test_a_newer_layout_is_refused_in_a_sentence(address):
    await filled(address)
    if address.startswith("postgresql"):
        await run(address, "UPDATE changes SET version = 99")
    else:
        await run(address, "PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="newer Magpie"):
        await open_store(address)


@pytest.mark.parametrize("mark", ["", "PRAGMA application_id = 7"])
async def test_somebody_else_s_database_is_refused_and_left_alone(tmp_path: Path, mark):
    file = tmp_path / "other.sqlite3"
    await run(str(file), "CREATE TABLE songs (title)", mark)
    before = file.read_bytes()
    with pytest.raises(StoreError, match="something else"):
        await open_store(file)
    with sqlite3.connect(file) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("songs",)]
    other.close()
    assert len(file.read_bytes()) == len(before)


OTHER_WORDS = "UPDATE made_with SET value = 'other' WHERE name = 'codebook'"


async def test_words_of_another_codebook_are_named_anew(address):
    words = await filled(address)
    wipe = "DELETE FROM word_tail" if address.startswith("postgresql") else "UPDATE codes SET words = x''"
    await run(address, OTHER_WORDS, wipe)
    await check(address, words)


async def test_many_pictures_are_named_anew_only_by_who_has_time(address, monkeypatch):
    words = await filled(address)
    await run(address, OTHER_WORDS)
    monkeypatch.setattr(change, "MAX_RENAMED_AT_START", 1)
    with pytest.raises(StoreError, match="magpie index"):
        await open_store(address)
    await check(address, words, patient=True)
    await (await open_store(address)).aclose()
