import numpy as np
from PIL import Image

from bot.collection.fingerprints.codebook import VISUAL_WORDS, visual_words
from bot.collection.fingerprints.points import INDEX_POINTS, Points, agree, find_points, likely, points
from tests.benchmarks.collection_codebook import leaves


def test_a_cropped_turned_copy_agrees(make_scene):
    picture = make_scene(1, (700, 500))
    copy = picture.rotate(10, Image.Resampling.BICUBIC).crop((120, 90, 560, 400))
    fit = agree(points(np.asarray(copy), 800, 800), points(np.asarray(picture)))
    assert fit.holds
    assert fit.inliers >= 20


def test_strangers_do_not_agree(make_scene):
    indexed = points(np.asarray(make_scene(2)))
    assert not any(agree(points(np.asarray(make_scene(seed)), 800, 800), indexed).holds for seed in range(3, 15))


def test_points_survive_being_bytes(make_scene):
    found = points(np.asarray(make_scene(4)))
    again = Points.unpack(found.pack())
    assert len(found) <= INDEX_POINTS
    assert len(found.pack()) == 6 + 36 * len(found)
    assert (again.descriptors == found.descriptors).all()
    assert np.abs(again.places - found.places).max() <= 1 / 16
    assert agree(again, found).inliers > 0.8 * len(found) * 0.3


def test_flat_and_tiny_pictures_have_no_points():
    for shape in ((400, 400, 3), (8, 300, 3), (1, 1, 3)):
        found = points(np.full(shape, 7, np.uint8))
        assert len(found) == 0
        assert len(visual_words(found.descriptors)) == 0
        assert not agree(found, found).holds


def test_words_are_sorted_unique_and_shared_by_copies(make_scene):
    picture = make_scene(5)
    words = visual_words(points(np.asarray(picture)).descriptors)
    assert (np.diff(words) > 0).all()
    assert words.min() >= 0
    assert words.max() < VISUAL_WORDS
    copy = visual_words(points(np.asarray(picture.resize((300, 225)))).descriptors, branches=2)
    other = visual_words(points(np.asarray(make_scene(6))).descriptors, branches=2)
    assert len(np.intersect1d(words, copy)) > 2 * len(np.intersect1d(words, other))


def test_the_mirrored_description_is_that_of_the_mirrored_picture(make_scene):
    picture = np.asarray(make_scene(7, (640, 480)))
    indexed = points(np.ascontiguousarray(picture[:, ::-1]))
    described = find_points(picture).mirrored()
    assert agree(described, indexed).inliers > 100
    assert agree(find_points(picture).points(), indexed).inliers < 12


def test_likely_puts_the_copy_first_and_drops_strangers():
    random = np.random.default_rng(5)
    strangers = [points(leaves(random)) for _ in range(8)]
    picture = Image.fromarray(leaves(random))
    query = points(np.asarray(picture.rotate(7, Image.Resampling.BICUBIC).crop((90, 80, 480, 420))), 1024, 1000)
    kept = likely(query, [*strangers[:5], points(np.asarray(picture)), *strangers[5:]])
    assert kept[0] == 5
    assert len(kept) < 8


def test_likely_of_nothing_is_nothing(make_scene):
    found, none = points(np.asarray(make_scene(9))), points(np.full((99, 99, 3), 7, np.uint8))
    assert likely(none, [found]) == []
    assert likely(found, []) == []
    assert likely(found, [none, none]) == []
    assert likely(found, [none, found]) == [1]


def test_whatever_agrees_was_likely(make_scene):
    """The cheap look drops nothing that the geometric check would have proved."""
    proved = 0
    for seed in range(40, 52):
        picture = make_scene(seed, (640, 480))
        indexed = points(np.asarray(picture))
        for side in (0.8, 0.5, 0.35):
            copy = picture.crop((60, 40, 60 + int(640 * side), 40 + int(480 * side))).rotate(4)
            query = points(np.asarray(copy.resize((500, 380))), 1024, 1000)
            if agree(query, indexed).holds:
                proved += 1
                assert likely(query, [indexed]) == [0], (seed, side)
    assert proved > 20
