import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.collection.store.codes import CodeTable, scan_codes
from bot.collection.store.postings import WordTable, pack_words, unpack_words

FAST = [False, pytest.param(True, id="faiss")]


def table(fast: bool, count: int = 3000) -> tuple[CodeTable, np.ndarray]:
    if fast:
        pytest.importorskip("faiss", reason="faiss is an optional extra")
    codes = np.random.default_rng(1).integers(0, 2**63, (count, 4)).astype(np.uint64) * np.uint64(3)
    made = CodeTable(fast=fast, fast_from=1000)
    for start in range(0, count, 700):
        part = codes[start : start + 700]
        made.add(np.arange(start + 1, start + 1 + len(part)), part)
        assert made.fast is (fast and start > 0)
    return made, codes


def flipped(code: np.ndarray, bits: int, seed: int = 2) -> np.ndarray:
    result = code.copy()
    for bit in np.random.default_rng(seed).choice(256, bits, replace=False):
        result[bit // 64] ^= np.uint64(1) << np.uint64(bit % 64)
    return result


@pytest.mark.parametrize("fast", FAST)
@pytest.mark.parametrize("bits", [0, 1, 31, 60])
def test_finds_what_is_near_and_says_how_far(fast, bits):
    made, codes = table(fast)
    for row in (1, 700, 701, 3000):
        found = made.near(flipped(codes[row - 1], bits)[None], 60, 10, inverted=False)
        assert [(hit.row, hit.distance, hit.inverted) for hit in found] == [(row, bits, False)]


@pytest.mark.parametrize("fast", FAST)
def test_complements(fast):
    made, codes = table(fast)
    asked = np.stack([codes[5], ~codes[9], flipped(~codes[11], 7)])
    found = made.near(asked, 20, 10, inverted=True)
    assert [(hit.row, hit.distance, hit.query, hit.inverted) for hit in found] == [
        (6, 0, 0, False), (10, 0, 1, True), (12, 7, 2, True),
    ]  # fmt: skip
    assert made.near(~codes[9][None], 20, 10, inverted=False) == []


@pytest.mark.parametrize("fast", FAST)
def test_removed_rows_are_gone_and_later_ones_found(fast):
    made, codes = table(fast)
    made.remove(np.array([6, 700, 9999]))
    assert len(made) == 2998
    assert made.near(codes[5][None], 5, 10, inverted=False) == []
    made.add(np.array([5000]), codes[5][None])
    assert [hit.row for hit in made.near(codes[5][None], 5, 10, inverted=True)] == [5000]


@pytest.mark.parametrize("fast", FAST)
def test_the_nearest_come_first_and_no_more_than_asked(fast):
    made, codes = table(fast)
    found = made.near(codes[0][None], 130, 7, inverted=False)
    true = np.sort(np.bitwise_count(codes ^ codes[0]).sum(axis=1))[:7]
    assert [hit.distance for hit in found] == true.tolist()


@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize("most", [0, 16, 40, 48, 100, 116, 128, 200, 256])
def test_a_scan_is_what_comparing_all_gives(monkeypatch, most, both):
    """In blocks that do not fit, for codes at every distance, complements and the code itself among them."""
    monkeypatch.setattr("bot.collection.store.codes._BLOCK", 97)
    random = np.random.default_rng(most)
    asked = random.integers(0, 2**64, (3, 4), dtype=np.uint64)
    held = np.concatenate([random.integers(0, 2**64, (500, 4), dtype=np.uint64), asked, ~asked])
    held = np.concatenate([held, np.stack([flipped(asked[0], bits, bits) for bits in range(257)])])
    for code, found in zip(asked, scan_codes(np.ascontiguousarray(held.T), asked, most, both=both), strict=True):
        true = np.bitwise_count(held ^ code).sum(axis=1, dtype=np.int64)
        near = (true <= most) | (both & (true >= 256 - most))
        assert found.places.tolist() == np.flatnonzero(near).tolist()
        assert found.distances.tolist() == true[near].tolist()


@pytest.mark.parametrize("both", [False, True])
def test_a_wide_scan_misses_only_what_differs_in_one_half(both):
    code = np.zeros(4, np.uint64)
    one_half, spread = np.array([2**32 - 1, 2**32 - 1, 0, 0], np.uint64), np.array([2**16 - 1] * 4, np.uint64)
    columns = np.ascontiguousarray(np.stack([one_half, spread, ~spread]).T)
    also = [2] if both else []
    assert scan_codes(columns, code[None], 84, both=both)[0].places.tolist() == [1, *also]
    assert scan_codes(columns, code[None], 116, both=both)[0].places.tolist() == [0, 1, *also]


@pytest.mark.parametrize("fast", FAST)
def test_the_nearest_of_many_codes_says_which_found_it(fast):
    made, codes = table(fast)
    asked = np.stack([flipped(codes[3], 9), flipped(codes[3], 4), ~codes[8], flipped(codes[2999], 30)])
    found = made.near(asked, 40, 10, inverted=True)
    assert [(hit.row, hit.distance, hit.query, hit.inverted) for hit in found] == [
        (9, 0, 2, True), (4, 4, 1, False), (3000, 30, 3, False),
    ]  # fmt: skip


def test_an_empty_table():
    assert CodeTable(fast=False).near(np.zeros((1, 4), np.uint64), 256, 5, inverted=True) == []


@given(st.lists(st.sets(st.integers(0, 65535), min_size=1, max_size=30), min_size=1, max_size=40), st.integers(0, 39))
def test_words_added_one_by_one_or_loaded_at_once_find_the_same(pictures, asked):
    packed = [pack_words(sorted(words)) for words in pictures]
    one_by_one, at_once = WordTable(), WordTable()
    for row, words in enumerate(packed, start=1):
        one_by_one.add(row, unpack_words(words))
    at_once.load(lambda: [list(enumerate(packed, start=1))])
    query = np.array(sorted(pictures[asked % len(pictures)]))
    shares = {row for row, words in enumerate(pictures, start=1) if words & set(query.tolist())}
    assert set(one_by_one.sharing(query, 100)) == set(at_once.sharing(query, 100)) == shares


def test_rare_words_count_more_and_removed_pictures_do_not():
    made = WordTable()
    made.load(lambda: [[(row, pack_words([1, 2] if row > 1 else [7])) for row in range(1, 40)]])
    made.add(50, np.array([7, 8], np.uint16))
    assert made.sharing(np.array([1, 7]), 2)[0] in {1, 50}
    made.remove(50)
    made.remove(1)
    assert not {1, 50} & set(made.sharing(np.array([1, 7]), 100))


def test_a_long_tail_is_folded_in():
    made = WordTable()
    for row in range(1, 2105):
        made.add(row, np.array([row % 60_000], np.uint16))
    assert made.sharing(np.array([5]), 5) == [5]
    assert made.sharing(np.array([2104]), 5) == [2104]
