import cv2
import numpy as np
import pytest
from PIL import Image

from bot.collection.fingerprints.colours import COLOUR_NAMES, colours
from bot.collection.fingerprints.kinds import Kind, kind
from bot.collection.fingerprints.lab import colour_axes
from bot.collection.fingerprints.similar import similarity_code

PURE = {
    "Black": "#0a0a0a", "Blue": "#2255cc", "Brown": "#7b4a24", "Gray": "#808080", "Green": "#2f9a40",
    "Orange": "#f58a1f", "Pink": "#f59ab8", "Purple": "#7a3fb5", "Red": "#d42020", "Teal": "#159a94",
    "White": "#fafafa", "Yellow": "#f7dd2a",
}  # fmt: skip


@pytest.mark.parametrize("name", COLOUR_NAMES)
def test_every_colour_of_v7_is_named(name):
    found = colours(np.asarray(Image.new("RGB", (40, 30), PURE[name])))
    assert found.dominant == (name,)
    assert found.monochrome is (name in {"Black", "Gray", "White"} or found.monochrome)
    accent = tuple(int(found.accent[i : i + 2], 16) for i in (0, 2, 4))
    wanted = tuple(int(PURE[name][i : i + 2], 16) for i in (1, 3, 5))
    assert max(abs(a - b) for a, b in zip(accent, wanted, strict=True)) <= 1


def test_gray_and_sepia_are_monochrome_and_colour_is_not(make_scene):
    gray = make_scene(1).convert("L")
    sepia = Image.merge("RGB", [gray.point([round(v * f) for v in range(256)]) for f in (0.95, 0.82, 0.66)])
    assert colours(np.asarray(gray.convert("RGB"))).monochrome
    assert colours(np.asarray(sepia)).monochrome
    assert not colours(np.asarray(make_scene(1))).monochrome


def test_only_what_can_be_seen_counts():
    picture = np.zeros((40, 40, 3), np.uint8)
    picture[:, :20] = (212, 32, 32)
    seen = np.zeros((40, 40), bool)
    seen[:, :20] = True
    assert colours(picture, seen).dominant == ("Red",)


def test_kinds_of_made_pictures(make_scene):
    drawing = np.full((200, 200, 3), 255, np.uint8)
    drawing[60:64, 20:180] = drawing[20:180, 90:94] = 0
    noise = np.random.default_rng(1).normal(120, 25, (200, 200, 3))
    smooth = np.asarray(
        Image.fromarray(noise.clip(0, 255).astype(np.uint8)).resize((400, 400), Image.Resampling.BICUBIC)
    )
    flat = np.full((200, 200, 3), (250, 210, 30), np.uint8)
    flat[50:150, 50:150] = (30, 60, 200)
    assert kind(drawing) is Kind.LINE
    assert kind(smooth) is Kind.PHOTO
    assert kind(flat) is Kind.CLIPART
    assert kind(np.zeros((1, 1, 3), np.uint8)) is Kind.CLIPART


def test_pictures_that_look_alike_have_near_codes(make_scene):
    picture = make_scene(2)
    code = similarity_code(np.asarray(picture))
    blurred = similarity_code(np.asarray(picture.resize((60, 45)).resize((360, 270))))
    others = [similarity_code(np.asarray(make_scene(seed))) for seed in range(3, 9)]
    near = int(np.bitwise_count(code ^ blurred).sum())
    assert near < min(int(np.bitwise_count(code ^ other).sum()) for other in others)


def test_a_subject_on_a_plain_ground_is_named_by_its_colour():
    picture = np.full((100, 100, 3), 250, np.uint8)
    picture[40:60, 30:70] = (212, 32, 32)
    picture[60:90, 49:51] = (47, 154, 64)
    assert colours(picture).dominant == ("White", "Red")
    picture[40:60, 50:70] = (34, 85, 204)
    assert colours(picture).dominant == ("White",), "no colour has more than half of what is vivid"
    picture[:] = 250
    picture[40:50, 40:60] = (212, 32, 32)
    assert colours(picture).dominant == ("White",), "a spot is no subject"


def test_the_axes_of_colour_are_those_of_opencv():
    steps = np.stack(np.meshgrid(*[np.arange(0, 256, 5)] * 3), axis=-1).reshape(-1, 3)
    others = np.random.default_rng(1).integers(0, 256, (200_000, 3))
    pixels = np.concatenate([steps, others]).astype(np.uint8)
    theirs = cv2.cvtColor(pixels[None], cv2.COLOR_RGB2LAB)[0, :, 1:].astype(np.float32) - 128
    assert np.array_equal(np.stack(colour_axes(pixels), axis=1), theirs)
