import numpy as np
import pytest

from bot.collection.arrays import code_bytes, code_of, distances, pack
from bot.collection.fingerprints.pdq import orientations, pdq, pdq_at_working_size


def far(one: np.ndarray, other: np.ndarray) -> int:
    return int(np.bitwise_count(one ^ other).sum())


def test_the_same_as_the_reference_bit_by_bit(make_scene):
    reference = pytest.importorskip("pdqhash", reason="pdqhash needs a C++ compiler; it is only used to check ours")
    for seed in range(12):
        picture = np.asarray(make_scene(seed, (512, 512)))
        bits, quality = reference.compute(picture)
        ours = pdq_at_working_size(picture)
        mine = np.unpackbits(np.frombuffer(code_bytes(ours.code), np.uint8), bitorder="little")
        assert (mine == bits[::-1]).all()
        assert ours.quality == quality


def test_known_value_does_not_drift():
    """A code of a picture that every version must give (computed when ours agreed with the reference)."""
    rows, columns = np.mgrid[0:512, 0:512]
    picture = ((np.sin(rows * columns / 9000 + columns / 30) + 1) * 120).astype(np.uint8)
    known = np.frombuffer(bytes.fromhex(KNOWN), "<u8")
    assert far(pdq(picture).code, known) <= 2  # sums may round differently on another machine


KNOWN = "3fe03d3c1dc7953395c995a4d55255ab55956a534ab54a4b4ab54a4b4ab54a4b"


def test_small_changes_keep_the_code_near(make_scene):
    picture = make_scene(3)
    code = pdq(np.asarray(picture)).code
    assert far(code, pdq(np.asarray(picture.resize((90, 70)))).code) <= 20
    assert far(code, pdq(np.asarray(make_scene(4))).code) > 80


def test_orientations_are_those_of_turned_pictures(make_scene):
    picture = np.asarray(make_scene(5))
    turned = [picture[::down, ::across] for down in (1, -1) for across in (1, -1)]
    turned += [np.swapaxes(each, 0, 1) for each in turned]
    for code, each in zip(orientations(picture).codes, turned, strict=True):
        assert far(code, pdq(np.ascontiguousarray(each)).code) <= 10


@pytest.mark.parametrize("size", [(512, 512), (1024, 683), (300, 900), (64, 40)])
def test_orientations_are_those_of_the_hash_as_published(make_scene, size):
    """Filter and sampling in one go give what the two passes give, on both sides of the picture."""
    picture = np.asarray(make_scene(7, size))
    found = orientations(picture)
    assert abs(found.quality - pdq(picture).quality) <= 1
    assert far(found.codes[0], pdq(picture).code) <= 6
    square = np.asarray(make_scene(7, (512, 512)).convert("L"))
    turned = [square[::down, ::across] for down in (1, -1) for across in (1, -1)]
    for code, each in zip(orientations(square).codes[:4], turned, strict=True):
        assert far(code, pdq_at_working_size(np.ascontiguousarray(each)).code) <= 1


def test_inverted_is_the_complement(make_scene):
    picture = np.asarray(make_scene(6))
    assert far(~pdq(picture).code, pdq(255 - picture).code) <= 6


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 900, 3), (700, 2, 3), (5, 5)])
def test_any_size_is_hashed_and_flat_ones_are_of_no_quality(shape):
    assert pdq(np.full(shape, 90, np.uint8)).quality == 0


def test_codes_survive_being_bytes():
    bits = np.random.default_rng(1).random((3, 256)) > 0.5
    codes = pack(bits)
    assert (code_of(b"".join(code_bytes(code) for code in codes)) == codes).all()
    assert distances(codes, codes[0])[0] == 0
    assert distances(codes, ~codes[0])[0] == 256
