import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from bot.collection.fingerprints.frames import PixelBox, inside, tiles, trimmed


def overlap(box, truth):
    left, top = max(box[0], truth[0]), max(box[1], truth[1])
    right, bottom = min(box[2], truth[2]), min(box[3], truth[3])
    shared = max(0, right - left) * max(0, bottom - top)
    areas = sum((b[2] - b[0]) * (b[3] - b[1]) for b in (box, truth))
    return shared / (areas - shared)


def test_even_borders_are_trimmed(make_scene):
    page = ImageOps.expand(make_scene(1), (40, 25, 60, 90), "#204080")
    box = trimmed(np.asarray(page))
    assert box is not None
    assert overlap(box, (40, 25, 400, 295)) > 0.97


def test_without_a_border_nothing_is_trimmed(make_scene):
    assert trimmed(np.asarray(make_scene(2))) is None


def test_an_even_picture_has_no_inside():
    assert trimmed(np.full((200, 300, 3), 255, np.uint8)) is None


def test_the_picture_in_a_screenshot_is_found(make_scene):
    page = Image.new("RGB", (540, 1100), "white")
    draw = ImageDraw.Draw(page)
    for place in range(5):
        draw.text((20, 30 + 30 * place), "words that somebody wrote", fill="black")
    page.paste(make_scene(3), (90, 260))
    assert max(overlap(box, (90, 260, 450, 530)) for box in inside(np.asarray(page))) > 0.9


def test_boxes_lie_within_the_picture(make_scene):
    page = np.asarray(ImageOps.expand(make_scene(4, (1500, 900)), 200, "black"))
    for box in [trimmed(page), *inside(page)]:
        assert box is not None
        assert 0 <= box.left < box.right <= page.shape[1]
        assert 0 <= box.top < box.bottom <= page.shape[0]
        assert box.cut(page).shape[:2] == (box.bottom - box.top, box.right - box.left)


def test_what_is_inside_is_the_trimmed_part_and_the_rectangles(make_scene):
    page = np.asarray(ImageOps.expand(make_scene(5, (900, 700)), (200, 90, 60, 30), "#204080"))
    border, *rectangles = inside(page)
    assert border == trimmed(page)
    assert border not in rectangles
    assert inside(np.full((200, 300, 3), 255, np.uint8)) == []


@pytest.mark.parametrize("side", [(0, 25, 0, 0), (40, 0, 0, 0), (0, 0, 33, 0), (0, 0, 0, 61)])
def test_a_border_on_one_side_is_trimmed(side):
    grain = np.random.default_rng(1).integers(0, 256, (270, 360, 3), dtype=np.uint8)
    page = ImageOps.expand(Image.fromarray(grain), side, "white")
    box = trimmed(np.asarray(page))
    assert box is not None
    assert overlap(box, (side[0], side[1], side[0] + 360, side[1] + 270)) > 0.97


@pytest.mark.parametrize(("gutter", "grid"), [(2, (2, 2)), (4, (2, 2)), (12, (1, 3)), (6, (3, 2))])
def test_a_collage_is_cut_at_its_gutters(make_scene, gutter, grid):
    rows, columns = grid
    canvas = np.full((rows * 200 + (rows - 1) * gutter, columns * 240 + (columns - 1) * gutter, 3), 250, np.uint8)
    wanted = []
    for number in range(rows * columns):
        top, left = number // columns * (200 + gutter), number % columns * (240 + gutter)
        canvas[top : top + 200, left : left + 240] = np.asarray(make_scene(number + 1, (240, 200)))
        wanted.append(PixelBox(left, top, left + 240, top + 200))
    found = tiles(canvas)
    assert len(found) == len(wanted)
    assert all(overlap(one, other) > 0.9 for one, other in zip(found, wanted, strict=True))
    assert all(max(overlap(box, tile) for box in inside(canvas)) > 0.8 for tile in wanted)


def test_a_single_picture_is_no_collage(make_scene):
    assert tiles(np.asarray(make_scene(5, (300, 240)))) == []
