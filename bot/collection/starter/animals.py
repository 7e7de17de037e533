"""Animals."""

from __future__ import annotations

from .catalogue import TALL, WIDE, drawn
from .kit import Canvas, Point

GALLERY = "Animals"


def face(c: Canvas, fur: str, *, y: float = 55, size: float = 30, wide: float = 1.08) -> None:
    """A round head in the middle."""
    c.oval(c.middle, y, size * wide, size, fur)


def eyes(c: Canvas, y: float, apart: float, radius: float = 3, *, white: bool = False) -> None:
    """Two eyes."""
    for side in (-1, 1):
        c.eye(c.middle + side * apart, y, radius, white=white)


def pair(c: Canvas, points: list[Point], fill: str) -> None:
    """A shape and its mirror image; points are relative to the middle."""
    for side in (-1, 1):
        c.poly([(c.middle + side * x, y) for x, y in points], fill)


def whiskers(c: Canvas, y: float, colour: str = "#5a4a42") -> None:
    """Six whiskers."""
    for side in (-1, 1):
        for dy in (-3, 0, 3):
            c.line([(c.middle + side * 12, y + dy / 2), (c.middle + side * 30, y + dy * 1.6)], 0.5, colour)


def mouth(c: Canvas, y: float, size: float = 4, colour: str = "#3a2a2a") -> None:
    """A smile of two arcs."""
    for side in (-1, 1):
        c.arc(c.middle + side * size, y, size, 10 if side < 0 else 0, 180 if side < 0 else 170, 0.9, colour)


@drawn("Red fox in the snow", "fox animal wildlife winter snow orange forest", GALLERY)
def fox(c: Canvas) -> None:
    c.fade("#bfe3f5", "#eef8ff")
    c.hills(80, 14, 3, "#ffffff")
    for x, h in ((10, 42), (24, 30), (88, 46), (76, 28)):
        c.pine(x, 82, h, "#4f7f73")
    pair(c, [(28, 10), (8, 34), (32, 44)], "#e0692a")
    pair(c, [(25, 18), (13, 33), (27, 39)], "#3b2a2a")
    c.blob(
        [
            (c.middle, 30),
            (c.middle + 33, 45),
            (c.middle + 24, 66),
            (c.middle, 84),
            (c.middle - 24, 66),
            (c.middle - 33, 45),
        ],
        "#ea7a34",
    )
    pair(c, [(2, 62), (30, 52), (22, 68), (0, 84)], "#fff5ea")
    eyes(c, 54, 12, 3.2)
    c.oval(c.middle, 79, 4.5, 3.6, "#2b2024")
    c.stars(60, 9, colour="#ffffff")


@drawn("Sleepy tabby cat", "cat animal pet kitten tabby gray", GALLERY)
def cat(c: Canvas) -> None:
    c.fade("#ffe3c8", "#ffc9a3")
    pair(c, [(31, 12), (6, 32), (32, 50)], "#8d8f96")
    pair(c, [(27, 20), (13, 32), (28, 42)], "#e8a7a0")
    face(c, "#9a9ca3", y=56, size=32)
    for dx in (-9, 0, 9):
        c.line([(c.middle + dx, 26), (c.middle + dx * 0.7, 36)], 2.4, "#6c6e76")
    for side in (-1, 1):
        for dy in (58, 65):
            c.line([(c.middle + side * 33, dy), (c.middle + side * 24, dy + 1)], 2, "#6c6e76")
        c.arc(c.middle + side * 13, 50, 6, 20, 160, 1.4, "#2e2a33")
    c.oval(c.middle, 68, 13, 9, "#f4f1ee")
    c.poly([(c.middle - 3, 62), (c.middle + 3, 62), (c.middle, 66)], "#d98080")
    mouth(c, 67, 4)
    whiskers(c, 66)


@drawn("Happy brown dog", "dog animal pet puppy brown", GALLERY)
def dog(c: Canvas) -> None:
    c.fade("#a7d8f0", "#dff3ff")
    c.hills(90, 6, 4, "#7cc36a")
    face(c, "#b9793f", size=31, y=54)
    c.blob(
        [(c.middle - 30, 30), (c.middle - 42, 44), (c.middle - 40, 74), (c.middle - 28, 66), (c.middle - 22, 36)],
        "#7d4a23",
    )
    c.blob(
        [(c.middle + 30, 30), (c.middle + 42, 44), (c.middle + 40, 74), (c.middle + 28, 66), (c.middle + 22, 36)],
        "#7d4a23",
    )
    c.oval(c.middle, 68, 18, 14, "#f3dcc0")
    eyes(c, 48, 11, 3.4)
    c.oval(c.middle, 60, 6, 4.2, "#2a1d1a")
    c.oval(c.middle, 79, 5, 7, "#e86a78")
    c.rect(c.middle - 8, 68, c.middle + 8, 75, "#f3dcc0")
    mouth(c, 69, 6)


@drawn("Panda eating bamboo", "panda bear animal bamboo wildlife green", GALLERY)
def panda(c: Canvas) -> None:
    c.fade("#d7efc2", "#9fd18b")
    for x in (10, 22, 80, 93):
        c.rect(x, 0, x + 4, 100, "#5f9e4a")
        for y in range(8, 100, 22):
            c.rect(x - 0.6, y, x + 4.6, y + 1.6, "#47803a")
    for side in (-1, 1):
        c.disc(c.middle + side * 24, 28, 11, "#25242b")
    face(c, "#fbfbf8", size=31, y=54)
    for side in (-1, 1):
        c.oval(c.middle + side * 12.5, 52, 8, 10, "#25242b", turn=side * 28)
        c.disc(c.middle + side * 11.5, 52, 3.6, "#ffffff")
        c.eye(c.middle + side * 11.5, 52, 2.6)
    c.oval(c.middle, 64, 5, 3.6, "#25242b")
    mouth(c, 67, 4)
    c.line([(38, 92), (66, 74)], 3, "#6fae4e")
    c.oval(70, 70, 9, 2.6, "#4f9440", turn=-20)
    c.oval(68, 78, 8, 2.4, "#5fa64c", turn=15)


@drawn("Pink piglet", "pig piglet animal farm pink", GALLERY)
def pig(c: Canvas) -> None:
    c.fade("#c9f0c2", "#f4fbd9")
    pair(c, [(30, 18), (10, 30), (28, 44)], "#ee9aa8")
    face(c, "#f8b6c1", size=31, y=56)
    eyes(c, 50, 13, 3)
    c.oval(c.middle, 63, 13, 9.5, "#ee95a5")
    for side in (-1, 1):
        c.oval(c.middle + side * 4.5, 63, 2.2, 3.4, "#b65c70")
        c.disc(c.middle + side * 23, 62, 5, "#f59db080")
    c.arc(c.middle, 70, 9, 40, 140, 1.1, "#a3485c")


@drawn("White rabbit in the meadow", "rabbit bunny animal white meadow spring", GALLERY, TALL)
def rabbit(c: Canvas) -> None:
    c.fade("#cdefff", "#f3fbff", bottom=70)
    c.hills(78, 6, 7, "#8fd07a")
    for side in (-1, 1):
        c.oval(c.middle + side * 10, 27, 6.2, 21, "#f7f4f2", turn=side * 8)
        c.oval(c.middle + side * 10, 28, 3.2, 16, "#f4c3cb", turn=side * 8)
    c.oval(c.middle, 82, 23, 20, "#f1edea")
    face(c, "#fbf9f7", size=19, y=54)
    eyes(c, 52, 7.5, 2.3)
    c.poly([(c.middle - 2, 58), (c.middle + 2, 58), (c.middle, 61)], "#e58a98")
    mouth(c, 61.5, 2.4)
    for side in (-1, 1):
        c.oval(c.middle + side * 9, 98, 7, 4.5, "#ffffff")
    for x in (6, 14, 52, 60):
        c.petals(x, 90, 6, 3, 1, "#ffffff")
        c.disc(x, 90, 1.1, "#f5c542")


@drawn("Grey elephant", "elephant animal wildlife gray savanna", GALLERY, WIDE)
def elephant(c: Canvas) -> None:
    c.fade("#ffe6b0", "#ffd08a")
    c.rect(0, 82, c.wide, 100, "#c9a25a")
    m = c.middle
    c.oval(m - 12, 52, 36, 26, "#8e98a6")
    for x in (-38, -20, -4, 12):
        c.rect(m + x, 62, m + x + 12, 90, "#8e98a6", round_=3)
        for k in range(3):
            c.disc(m + x + 2.4 + k * 3.6, 89, 1.4, "#e8e2da")
    c.oval(m + 30, 42, 20, 19, "#98a2b0")
    c.blob([(m + 12, 26), (m - 2, 30), (m - 6, 50), (m + 6, 62), (m + 18, 54)], "#7f8998")
    c.curve([(m + 44, 44), (m + 52, 58), (m + 50, 72), (m + 58, 78)], 9, "#98a2b0")
    c.curve([(m + 40, 56), (m + 46, 64), (m + 54, 64)], 3, "#fffdf4")
    c.eye(m + 36, 38, 2.4)
    c.curve([(m - 48, 46), (m - 54, 58), (m - 52, 66)], 1.8, "#7f8998")


@drawn("Emperor penguin on the ice", "penguin bird animal ice antarctica winter", GALLERY, TALL)
def penguin(c: Canvas) -> None:
    c.fade("#8cc9ec", "#e6f6ff", bottom=75)
    c.peaks(76, 26, 5, "#d4ebf7", count=4, snow="#ffffff")
    c.rect(0, 76, c.wide, 100, "#f2fbff")
    m = c.middle
    c.oval(m, 94, 22, 3, "#c3dce8")
    for side in (-1, 1):
        c.oval(m + side * 19, 62, 5, 19, "#20252e", turn=-side * 14)
        c.oval(m + side * 8, 92, 7, 3, "#f0a030")
    c.oval(m, 62, 20, 31, "#272d38")
    c.oval(m, 66, 15, 25, "#ffffff")
    c.disc(m, 33, 14, "#272d38")
    for side in (-1, 1):
        c.oval(m + side * 8.5, 38, 4.5, 6, "#ffcf4d")
        c.eye(m + side * 5, 30, 2, white=True)
    c.poly([(m - 4, 36), (m + 4, 36), (m, 43)], "#f0a030")


@drawn("Blue whale under the stars", "whale animal sea ocean night blue", GALLERY, WIDE)
def whale(c: Canvas) -> None:
    c.fade("#0b1d3f", "#1f4b7f", bottom=50)
    c.stars(90, 11, bottom=46)
    c.fade("#15507f", "#0a2a4f", top=50)
    m = c.middle
    c.blob(
        [(m - 50, 58), (m - 30, 40), (m + 10, 36), (m + 40, 52), (m + 58, 50), (m + 44, 66), (m, 76), (m - 38, 72)],
        "#4f8fc4",
    )
    c.blob([(m - 48, 62), (m - 10, 66), (m + 20, 66), (m, 76), (m - 36, 73)], "#d6ebf7")
    for k in range(6):
        c.curve([(m - 40 + k * 7, 64 + k * 0.4), (m - 36 + k * 7, 72)], 0.5, "#8fb9d6")
    c.blob([(m + 52, 52), (m + 72, 36), (m + 66, 52), (m + 74, 64), (m + 56, 56)], "#4f8fc4")
    c.eye(m - 34, 56, 1.9)
    for side in (-1, 1):
        c.curve([(m - 14, 36), (m - 14 + side * 4, 22), (m - 14 + side * 12, 26)], 1.6, "#cfeaff")


@drawn("Orange clownfish", "fish clownfish animal sea coral orange", GALLERY, WIDE)
def clownfish(c: Canvas) -> None:
    c.fade("#3bb6d8", "#0e5f94")
    for x, h, colour in ((12, 30, "#e86a8a"), (28, 20, "#f2a03d"), (126, 34, "#d9567c"), (142, 22, "#f2c14e")):
        for dx in (-6, 0, 6):
            c.curve([(x, 101), (x + dx * 0.6, 100 - h * 0.6), (x + dx * 1.4, 100 - h)], 3, colour)
    m = c.middle
    c.poly([(m - 30, 50), (m - 52, 34), (m - 46, 50), (m - 52, 66)], "#f47b20")
    c.blob([(m - 12, 32), (m + 6, 18), (m + 18, 32)], "#f47b20")
    c.oval(m, 50, 36, 22, "#ff8c2e")
    for x, w, h in ((m + 14, 5, 19), (m - 10, 5, 21), (m - 29, 3, 12)):
        c.oval(x, 50, w + 1, h + 0.6, "#23303a")
        c.oval(x, 50, w, h, "#ffffff")
    c.eye(m + 25, 45, 2.8, white=True)
    c.arc(m + 30, 54, 5, 40, 130, 0.9, "#7a3508")
    for k in range(5):
        c.disc(m + 46 + k * 3, 40 - k * 7, 1 + k * 0.35, "#ffffff70")


@drawn("Owl on a branch at night", "owl bird animal night moon forest", GALLERY, TALL)
def owl(c: Canvas) -> None:
    c.fade("#141b3d", "#34407a")
    c.stars(80, 21)
    c.glow(50, 16, 16, "#fff3c4")
    c.disc(50, 16, 9, "#fff3c4")
    m = c.middle
    c.curve([(-4, 84), (20, 86), (m, 83), (70, 87)], 5, "#4a3426")
    pair(c, [(19, 24), (6, 36), (20, 44)], "#7b5534")
    c.oval(m, 60, 20, 27, "#8b623c")
    c.oval(m, 66, 13, 19, "#d9b98c")
    for row in range(4):
        for k in range(-2 + row % 2, 3):
            c.arc(m + k * 5, 56 + row * 7, 2.2, 20, 160, 0.7, "#a9804f")
    for side in (-1, 1):
        c.oval(m + side * 18, 62, 6, 18, "#6b4728", turn=side * 6)
        c.disc(m + side * 9, 44, 9, "#f7e7c6")
        c.disc(m + side * 9, 44, 6, "#f5b731")
        c.disc(m + side * 9, 44, 3.6, "#1d1a20")
        c.disc(m + side * 9 + 1.2, 42.6, 1.2, "#ffffff")
    c.poly([(m - 3, 50), (m + 3, 50), (m, 57)], "#e39a2d")
    for side in (-1, 1):
        for dx in (-2.5, 0, 2.5):
            c.line([(m + side * 7 + dx, 83), (m + side * 7 + dx, 87)], 1.5, "#e39a2d")


@drawn(
    "Magpie with a shiny button",
    "magpie bird animal black white treasure",
    GALLERY,
    WIDE,
    about="The bird that gave the bot its name.",
)
def magpie(c: Canvas) -> None:
    c.fade("#cfe9f7", "#f6fbff")
    c.hills(92, 5, 6, "#9ccf82")
    m = c.middle
    c.poly([(m - 24, 58), (m - 66, 74), (m - 62, 82), (m - 16, 70)], "#1d3557")
    c.poly([(m - 24, 62), (m - 58, 80), (m - 16, 72)], "#16253f")
    c.blob([(m - 28, 58), (m - 6, 40), (m + 20, 42), (m + 26, 58), (m + 6, 76), (m - 18, 74)], "#1b1d26")
    c.blob([(m - 14, 62), (m + 8, 56), (m + 22, 60), (m + 6, 76), (m - 10, 75)], "#fbfbfb")
    c.blob([(m - 30, 58), (m - 8, 46), (m + 6, 52), (m - 10, 62)], "#24477c")
    c.poly([(m - 12, 48), (m + 6, 50), (m - 4, 56)], "#fbfbfb")
    c.disc(m + 24, 36, 13, "#1b1d26")
    c.poly([(m + 34, 33), (m + 50, 38), (m + 34, 41)], "#3a3d47")
    c.eye(m + 27, 33, 2.4, white=True)
    for x in (m - 4, m + 5):
        c.line([(x, 75), (x + 1, 91)], 1.3, "#333740")
        c.line([(x - 3, 92), (x + 5, 92)], 1.3, "#333740")
    c.disc(m + 53, 40, 5, "#f4c430")
    c.disc(m + 53, 40, 3.6, "#ffe27a")
    for dx, dy in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
        c.disc(m + 53 + dx, 40 + dy, 0.6, "#a87f10")
    c.star(m + 59, 31, 4, "#fff6c9", spikes=4, inner=0.2)
