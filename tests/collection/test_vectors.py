"""Vectors in every store, and the scan over them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.collection.arrays import Floats
from bot.collection.store import open_store
from bot.collection.store.vectors import VectorTable, pack_vector

from .made import row


def unit(*numbers: float) -> Floats:
    vector = np.array(numbers, dtype=np.float32)
    return (vector / np.linalg.norm(vector)).astype(np.float32)


NAMES = ("east", "north-east", "north", "west", "south")
POINTS = (unit(1, 0), unit(1, 0.4), unit(0, 1), unit(-1, 0), unit(0, -1))


@pytest.fixture
def pictures():
    return {name: row(name) for name in NAMES}


@pytest.fixture
def ids(pictures):
    return {name: picture.image_id for name, picture in pictures.items()}


async def test_the_nearest_above_the_floor_come_first(store, pictures, ids):
    await store.upsert(list(pictures.values()))
    assert await store.like("m", unit(1, 0.1), 5) == []
    assert sorted(await store.without_vector("m")) == sorted(ids.values())
    await store.keep_vectors("m", {ids[name]: point for name, point in zip(NAMES, POINTS, strict=True)})
    assert await store.without_vector("m") == []
    assert await store.has_vectors("m")
    assert not await store.has_vectors("other")
    assert await store.like("m", unit(1, 0.25), 5, 0.9) == [ids["north-east"], ids["east"]]
    assert await store.like("m", unit(1, 0.25), 1, 0.9) == [ids["north-east"]]
    assert await store.like("m", unit(1, 0.25), 5, 0.98) == [ids["north-east"]]
    assert await store.like("m", unit(-1, -1), 5, 0.98) == []
    assert await store.like("m", unit(1, 0, 0), 5) == []
    assert await store.like("other", unit(1, 0.1), 5) == []
    await store.keep_vectors("m", {})


async def test_another_models_vectors_take_the_place_of_the_first(store, pictures, ids):
    await store.upsert(list(pictures.values()))
    await store.keep_vectors("m", dict.fromkeys(ids.values(), unit(1, 0)))
    assert len(await store.like("m", unit(1, 0), 9)) == 5
    await store.keep_vectors("n", {ids["west"]: unit(0, 0, 1), "0" * 40: unit(0, 1, 1)})
    assert sorted(await store.without_vector("n")) == sorted(set(ids.values()) - {ids["west"]})
    assert await store.without_vector("m") == [ids["west"]]
    assert await store.like("n", unit(0, 0, 1), 9) == [ids["west"]]
    assert len(await store.like("m", unit(1, 0), 9)) == 4


async def test_vectors_go_with_their_pictures(store, pictures, ids):
    await store.upsert(list(pictures.values()))
    await store.keep_vectors("m", dict.fromkeys(ids.values(), unit(1, 0)))
    assert len(await store.like("m", unit(1, 0), 9)) == 5
    gone = [place.key for name in NAMES[:4] for place in pictures[name].places]
    await store.remove_places(gone)
    assert await store.like("m", unit(1, 0), 9) == [ids["south"]]
    await store.upsert([pictures["east"]])
    assert await store.without_vector("m") == [ids["east"]]
    await store.keep_vectors("m", {ids["east"]: unit(1, 0)})
    assert sorted(await store.like("m", unit(1, 0), 9)) == sorted([ids["south"], ids["east"]])


async def test_what_another_process_embeds_is_seen(tmp_path, pictures, ids):
    one, other = [await open_store(tmp_path / "index.sqlite3") for _ in range(2)]
    await one.upsert(list(pictures.values()))
    await one.keep_vectors("m", {ids["east"]: unit(1, 0)})
    assert await other.like("m", unit(1, 0), 9) == [ids["east"]]
    await one.keep_vectors("m", {ids["north"]: unit(1, 0)})
    assert sorted(await other.like("m", unit(1, 0), 9)) == sorted([ids["east"], ids["north"]])
    await one.aclose()
    await other.aclose()


@given(
    st.integers(1, 700),
    st.integers(2, 40),
    st.integers(1, 50),
    st.integers(0, 1000),
    st.integers(1, 5),
    st.floats(-1, 1),
)
def test_the_scan_agrees_with_plain_arithmetic(count, length, limit, seed, steps, least):
    random = np.random.default_rng(seed)
    vectors = random.standard_normal((count, length)).astype(np.float32)
    packed = [pack_vector(vector) for vector in vectors]
    table = VectorTable()
    assert table.last("m") == 0
    for part in np.array_split(np.arange(count), steps):
        table.add("m", [int(place) * 2 + 1 for place in part], [packed[place] for place in part])
    assert table.last("m") == 2 * count - 1
    asked = unit(*random.standard_normal(length))
    kept = np.stack([np.frombuffer(data, np.int8) for data in packed]).astype(np.float64)
    scores = kept @ asked / np.maximum(np.linalg.norm(kept, axis=1), 1e-6)
    found = [(number - 1) // 2 for number in table.like(asked, limit, least)]
    assert len(found) <= limit
    chosen = scores[found]
    assert (np.diff(chosen) <= 1e-5).all()
    assert (chosen >= least - 1e-4).all()
    others = np.delete(scores, found)
    assert len(found) == limit or (others < least + 1e-4).all()
    if len(others) and len(found) == limit:
        assert others.max() <= chosen.min() + 1e-5


def test_a_model_nobody_measured_is_measured_by_its_own_vectors():
    """A stranger among random directions is alike to none of them; one of them is alike to itself."""
    random = np.random.default_rng(5)
    vectors = random.standard_normal((600, 64)).astype(np.float32) + 1
    table = VectorTable()
    table.last("m")
    assert table.usual() >= 0.5
    table.add("m", list(range(1, 601)), [pack_vector(vector) for vector in vectors])
    assert 0.6 < table.usual() < 0.97
    assert table.like(unit(*(random.standard_normal(64) + 1)), 50) == []
    assert table.like(unit(*vectors[7]), 50) == [8]


@given(
    st.lists(st.floats(-1, 1, width=32), min_size=2, max_size=600).filter(
        lambda numbers: any(abs(n) > 1e-3 for n in numbers)
    )
)
def test_packing_keeps_the_direction(numbers):
    vector = unit(*numbers)
    kept = np.frombuffer(pack_vector(vector), np.int8).astype(np.float64)
    assert kept @ vector / np.linalg.norm(kept) > 0.999
