"""What only the PostgreSQL store has: codes found by the server, and lists of words in blocks with a tail."""

import asyncio
from typing import Any

import numpy as np
import pytest

from bot.collection.arrays import code_of
from bot.collection.filters import PictureFilters
from bot.collection.model import Rating
from bot.collection.store import CodeKind, open_store
from bot.collection.store.postgres.codes import near_words, words_of
from bot.collection.store.postgres.writing import PostgresWriter
from bot.collection.text.text_query import parse_query
from tests.postgres import fresh_database

from .made import row


def test_hash_words_find_everything_within_31_bits():
    random = np.random.default_rng(3)
    for _ in range(200):
        code = random.integers(0, 2**63, (1, 4)).astype(np.uint64)
        other = code.copy()
        for bit in random.choice(256, 31, replace=False):
            other[0, bit // 64] ^= np.uint64(1) << np.uint64(bit % 64)
        assert set(words_of(other.astype("<u8").tobytes())) & set(near_words(code))


@pytest.mark.postgres
async def test_codes_are_found_without_memory_too(postgres_address):
    """In a collection too large for memory the server finds what it promises: all within 31 bits, most within 40."""
    from bot.collection.store.postgres.store import PostgresStore

    address = await fresh_database(postgres_address)
    store = await PostgresStore.open(address, in_memory=0)
    pictures = [row(f"p{number}", seed=number + 1) for number in range(60)]
    await store.upsert(pictures)
    random = np.random.default_rng(4)
    for bits, least in ((0, 60), (31, 60), (40, 55)):
        codes = np.concatenate([turned_bits(p.looks.copy_code, bits, random) for p in pictures])
        hits = await store.near(CodeKind.COPY, codes, bits, 100)
        assert len(hits) >= least
        assert all(h.distance == bits and pictures[h.query].image_id == h.image_id for h in hits)
    hits = await store.near(CodeKind.COPY, ~codes[:1], 40, 5)
    assert [(h.image_id, h.inverted) for h in hits] == [(pictures[0].image_id, True)]
    assert len(await store.near(CodeKind.LOOKS, codes[:1], 256, 4)) == 4
    await store.aclose()


def turned_bits(code, bits, random):
    """A code with some bits changed."""
    other = code_of(code).copy()
    for bit in random.choice(256, bits, replace=False):
        other[0, bit // 64] ^= np.uint64(1) << np.uint64(bit % 64)
    return other


@pytest.mark.postgres
async def test_lists_of_words_are_folded_and_find_the_same(postgres_address, monkeypatch):
    """Words in the lists, in the tail and in several blocks give what counting them gives."""
    from bot.collection.store.postgres import visual_words

    address = await fresh_database(postgres_address)
    store = await open_store(address)
    random = np.random.default_rng(8)
    sets = [tuple(sorted({int(word) for word in random.integers(0, 300, 30)})) for _ in range(50)]
    pictures = [row(f"p{n}", seed=n + 1, looks={"words": words}) for n, words in enumerate(sets)]
    monkeypatch.setattr(visual_words, "TAIL", 16)
    for start, first in ((0, 1), (10, 65_530), (30, 200_000), (45, 200_100)):
        await run_on(address, f"ALTER TABLE pictures ALTER COLUMN id RESTART WITH {first}")
        await store.upsert(pictures[start : start + 20] if start else pictures[:10])
    asked = sets[33]
    sizes = {word: sum(word in words for words in sets) for word in asked}
    weights = {word: np.log(1 + len(sets) / size) for word, size in sizes.items()}
    scores = {p.image_id: sum(weights[w] for w in asked if w in words) for p, words in zip(pictures, sets, strict=True)}
    found = await store.sharing(asked, 10)
    best = sorted(scores.values(), reverse=True)[:10]
    assert found[0] == pictures[33].image_id
    assert [scores[image_id] for image_id in found] == pytest.approx(best, rel=1e-5)
    await store.remove_places([pictures[33].places[0].key])
    assert found[1:] == (await store.sharing(asked, 10))[:9]
    await store.aclose()


class Noting:
    """A connection whose calls are noted by name."""

    def __init__(self, connection, asked):
        self._connection = connection
        self._asked = asked

    def __getattr__(self, name):
        self._asked.append(name)
        return getattr(self._connection, name)


@pytest.mark.postgres
async def test_a_search_of_pictures_read_before_asks_for_its_state_its_matches_and_tags_of_other_searches(
    postgres_address, monkeypatch
):
    from bot.collection.store.postgres import store as postgres

    reads, asked = postgres.PostgresSearchReads, []

    def noted(connection, *more):
        one: Any = Noting(connection, asked)
        return reads(one, *more)

    monkeypatch.setattr(postgres, "PostgresSearchReads", noted)
    store = await open_store(await fresh_database(postgres_address))
    await store.upsert([row(f"red fox {number}", seed=number + 1, tags=("snow",)) for number in range(5)])
    rated = PictureFilters(ratings=(Rating.SAFE.number,))

    async def search(words):
        async def read(reads):
            state, hits = await reads.state(), await reads.text(parse_query(words), rated)
            others = [parse_query(word) for word in words.split()]
            return state, await reads.details(hits.image_ids, others, rated)

        asked.clear()
        _, said = await store.in_one_go(read)
        assert len(said.pictures) == said.total == 5
        return list(asked)

    assert len(await search("red fox")) > 3
    assert await search("fox snow") == ["fetchrow", "fetch", "fetchrow"]
    assert await search("snow fox") == ["fetchrow", "fetch"], "both of its words were asked for before"
    await store.upsert([row("red fox 0", seed=1, tags=("ice",))])
    assert len(await search("red fox")) > 3
    await store.aclose()


@pytest.mark.postgres
async def test_two_commands_that_index_at_once_do_not_wait_for_each_other(postgres_address, monkeypatch):
    """Grouping of one and writing of the other touch the same pictures and the counter of changes."""
    store = await open_store(await fresh_database(postgres_address))
    foxes = [row(f"red fox {number}", seed=number + 1) for number in range(5)]
    await store.upsert(foxes)
    group, grouping, count_words = foxes[0].image_id, [], PostgresWriter.count_words

    async def while_another_groups(self, steps):
        grouping.append(asyncio.create_task(store.regroup({fox.image_id: group for fox in foxes})))
        await asyncio.sleep(0.3)
        await count_words(self, steps)

    monkeypatch.setattr(PostgresWriter, "count_words", while_another_groups)
    await store.upsert([row("grey fox 0", seed=1)])
    await asyncio.gather(*grouping)
    assert {fox.group for fox in await store.pictures([fox.image_id for fox in foxes])} == {group}
    await store.aclose()


async def run_on(address, statement):
    import asyncpg

    connection = await asyncpg.connect(address, server_settings={"search_path": "magpie_collection"})
    await connection.execute(statement)
    await connection.close()
