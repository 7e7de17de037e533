"""Everyday things."""

from __future__ import annotations

import math

from .catalogue import SQUARE, TALL, WIDE, drawn
from .kit import Canvas

THINGS = "Things"


@drawn("Little house with a garden", "house home building garden red roof", THINGS, WIDE)
def house(c: Canvas) -> None:
    c.fade("#9ed8f7", "#e9f8ff", bottom=80)
    c.cloud(28, 18, 7)
    c.cloud(124, 24, 6)
    c.rect(0, 80, c.wide, 101, "#86c96a")
    c.rect(48, 46, 104, 86, "#fbe8c8")
    c.poly([(42, 48), (76, 20), (110, 48)], "#c8402f")
    c.rect(90, 22, 97, 40, "#8a4a3a")
    c.rect(69, 62, 83, 86, "#7b4a2c", round_=2)
    c.disc(80, 75, 1, "#f2c14e")
    for x in (54, 89):
        c.rect(x, 56, x + 10, 66, "#8fd3f4")
        c.line([(x + 5, 56), (x + 5, 66)], 0.8, "#ffffff")
        c.line([(x, 61), (x + 10, 61)], 0.8, "#ffffff")
    for x in range(4, 44, 7):
        c.rect(x, 72, x + 4, 90, "#ffffff", round_=1)
    for x, colour in ((116, "#e8413c"), (126, "#ffd54a"), (136, "#c77bd1")):
        c.line([(x, 92), (x, 82)], 1, "#4f9448")
        c.petals(x, 80, 6, 5, 1.6, colour)


@drawn("Blue teapot", "teapot tea kitchen blue drink", THINGS, WIDE)
def teapot(c: Canvas) -> None:
    c.fade("#fff2e2", "#ffdcc0")
    m = c.middle
    c.arc(m + 34, 54, 16, -80, 80, 5, "#2f6fb0")
    c.blob([(m - 26, 48), (m - 52, 34), (m - 58, 32), (m - 54, 42), (m - 30, 68)], "#3a86c8")
    c.oval(m, 58, 36, 27, "#3a86c8")
    c.oval(m, 34, 20, 7, "#2f6fb0")
    c.disc(m, 25, 4.4, "#ffd54a")
    c.rect(m - 22, 82, m + 22, 88, "#2f6fb0", round_=2)
    for k in range(5):
        c.petals(m - 24 + k * 12, 58, 5, 6, 1.8, "#ffffff")
        c.disc(m - 24 + k * 12, 58, 1.6, "#ffd54a")


@drawn("Stack of books", "books reading library school colourful", THINGS, SQUARE)
def books(c: Canvas) -> None:
    c.fade("#e8f0e0", "#cfdcc0")
    c.rect(0, 86, 100, 101, "#a9764a")
    y = 86.0
    for width, height, shift, colour in (
        (70, 13, 0, "#c8402f"),
        (62, 11, 4, "#2f6fb0"),
        (66, 12, -3, "#e8962e"),
        (54, 10, 3, "#4f9448"),
        (48, 9, -4, "#7650b8"),
    ):
        left = 50 - width / 2 + shift
        c.rect(left, y - height, left + width, y, colour, round_=1.5)
        c.rect(left + width - 5, y - height + 1.6, left + width + 0.5, y - 1.6, "#fff6e0")
        c.rect(left + 6, y - height, left + 9, y, "#ffffff70")
        y -= height
    c.disc(47, y - 7, 6.5, "#d8302f")
    c.line([(47, y - 13), (49, y - 17)], 1.2, "#6b4428")


@drawn("Red umbrella in the rain", "umbrella rain weather red autumn", THINGS, SQUARE)
def umbrella(c: Canvas) -> None:
    c.fade("#8fa5b8", "#c5d3de")
    for k in range(60):
        x, y = (k * 37) % 104, (k * 53) % 100
        c.line([(x, y), (x - 1.4, y + 5)], 0.5, "#e3eef6")
    c.curve([(50, 20), (50, 60), (50, 84), (56, 89), (61, 84)], 2, "#5b4a3f")
    c.pie(50, 52, 40, 180, 360, "#d8302f")
    for k in range(4):
        c.pie(20 + k * 20, 53, 10, 180, 360, "#9fb2c2")
    c.pie(50, 52, 14, 180, 360, "#b5232a")
    c.line([(50, 12), (50, 8)], 1.4, "#5b4a3f")


@drawn("Bicycle by the wall", "bicycle bike transport wheel green", THINGS, WIDE)
def bicycle(c: Canvas) -> None:
    c.ground("#e9c9a4")
    for row in range(10):
        for k in range(-1, 12):
            x = k * 15 + (7 if row % 2 else 0)
            c.rect(x, row * 9, x + 13.6, row * 9 + 7.6, "#d9a878" if (row + k) % 3 else "#cf9b68", round_=0.6)
    c.rect(0, 88, c.wide, 101, "#8d8f96")
    for x in (44, 110):
        c.arc(x, 68, 21, 0, 360, 1.8, "#2b2b33")
        for k in range(6):
            a = math.radians(k * 30)
            c.line(
                [(x - 20 * math.cos(a), 68 - 20 * math.sin(a)), (x + 20 * math.cos(a), 68 + 20 * math.sin(a))],
                0.3,
                "#eeeeee",
            )
    for points in (
        [(44, 68), (60, 40), (98, 40), (74, 68), (44, 68)],
        [(60, 40), (74, 68)],
        [(110, 68), (96, 34)],
        [(57, 34), (62, 44)],
    ):
        c.line(points, 2, "#2f8a5a")
    c.line([(92, 32), (104, 30)], 2, "#2b2b33")
    c.line([(52, 33), (63, 33)], 3, "#5b3a24")
    c.disc(74, 68, 4, "#2b2b33")


@drawn("Steam train", "train steam locomotive railway transport", THINGS, WIDE)
def train(c: Canvas) -> None:
    c.fade("#a9dcf4", "#f2fbff", bottom=82)
    c.hills(84, 14, 6, "#8fc978")
    c.rect(0, 88, c.wide, 91, "#6b4a32")
    for x, y, r in ((104, 22, 7), (92, 15, 8), (78, 12, 9), (62, 12, 8)):
        c.disc(x, y, r, "#f4f6f8d0")
    c.rect(60, 46, 118, 74, "#2f6fb0", round_=5)
    c.rect(100, 26, 108, 48, "#23303f")
    c.rect(98, 24, 110, 29, "#23303f")
    c.rect(38, 32, 66, 76, "#c8402f")
    c.rect(34, 28, 70, 34, "#8a2a22")
    c.rect(44, 40, 60, 54, "#bfe6f7")
    c.rect(4, 46, 32, 76, "#e8962e", round_=2)
    c.poly([(118, 72), (130, 84), (118, 84)], "#23303f")
    c.disc(118, 56, 3, "#ffe27a")
    for x, r in ((12, 7), (26, 7), (50, 11), (78, 9), (98, 9), (114, 7)):
        c.disc(x, 88 - r, r, "#23303f")
        c.disc(x, 88 - r, r * 0.5, "#d9b24a")


@drawn("Acoustic guitar", "guitar music instrument wood brown", THINGS, TALL)
def guitar(c: Canvas) -> None:
    c.fade("#2f4858", "#52748a")
    c.rect(31, 4, 36, 56, "#5b3a24")
    c.rect(29.6, 2, 37.4, 13, "#3f2616", round_=1.5)
    c.blob(
        [(33.5, 46), (46, 50), (44, 62), (52, 76), (46, 92), (33.5, 96), (21, 92), (15, 76), (23, 62), (21, 50)],
        "#d08a3e",
    )
    c.disc(33.5, 68, 8, "#3f2616")
    c.rect(25, 84, 42, 88, "#5b3a24", round_=1)
    for k in range(6):
        c.line([(31.4 + k * 0.85, 6), (30 + k * 1.4, 86)], 0.22, "#f6ead2")


@drawn("Vintage camera", "camera photography vintage lens", THINGS, WIDE)
def camera(c: Canvas) -> None:
    c.fade("#ffe9a8", "#ffd777")
    m = c.middle
    c.rect(m - 50, 30, m + 50, 86, "#3b4048", round_=6)
    c.rect(m - 50, 30, m + 50, 46, "#c9ced6", round_=6)
    c.rect(m - 16, 20, m + 16, 34, "#c9ced6", round_=3)
    c.rect(m - 42, 22, m - 28, 32, "#8d949e", round_=1.5)
    for r, colour in ((23, "#20242a"), (19, "#5b626c"), (15, "#20242a"), (11, "#3a6ea5"), (6, "#17324d")):
        c.disc(m, 62, r, colour)
    c.disc(m - 4, 57, 3, "#cfe9ff")
    c.disc(m + 38, 38, 3, "#d8302f")


@drawn("Alarm clock", "clock alarm time morning red", THINGS, SQUARE)
def clock(c: Canvas) -> None:
    c.fade("#dff2f5", "#b8e0e6")
    for side in (-1, 1):
        c.disc(50 + side * 22, 22, 12, "#b5232a")
        c.line([(50 + side * 22, 82), (50 + side * 28, 93)], 4, "#5b3a24")
    c.disc(50, 56, 35, "#d8302f")
    c.disc(50, 56, 28, "#fffaf0")
    for k in range(12):
        a = math.radians(k * 30)
        c.disc(50 + 24 * math.cos(a), 56 + 24 * math.sin(a), 1.6 if k % 3 == 0 else 0.9, "#2b2b33")
    c.line([(50, 56), (50, 38)], 2, "#2b2b33")
    c.line([(50, 56), (63, 62)], 2, "#2b2b33")
    c.disc(50, 56, 2.6, "#d8302f")


@drawn("Wrapped gift with a bow", "gift present birthday bow purple", THINGS, SQUARE)
def gift(c: Canvas) -> None:
    c.fade("#fff3f8", "#fbd5e6")
    c.rect(20, 44, 80, 90, "#7b52c8", round_=2)
    c.rect(16, 34, 84, 48, "#8f66dc", round_=2)
    c.rect(45, 34, 55, 90, "#ffd54a")
    for side in (-1, 1):
        c.blob([(50, 34), (50 + side * 10, 14), (50 + side * 26, 14), (50 + side * 22, 30)], "#ffcf2e")
        c.blob([(50, 33), (50 + side * 10, 20), (50 + side * 19, 19), (50 + side * 16, 28)], "#e0a81c")
    c.disc(50, 33, 5, "#ffe27a")


@drawn("Anchor and rope", "anchor sea ship navy blue", THINGS, SQUARE)
def anchor(c: Canvas) -> None:
    c.ground("#f3ead8")
    c.arc(50, 18, 8, 0, 360, 3.6, "#1d3557")
    c.line([(50, 26), (50, 86)], 5, "#1d3557")
    c.line([(34, 36), (66, 36)], 5, "#1d3557")
    c.arc(50, 56, 31, 20, 160, 5, "#1d3557")
    for side in (-1, 1):
        c.poly([(50 + side * 36, 52), (50 + side * 20, 68), (50 + side * 38, 72)], "#1d3557")
    c.curve([(50, 14), (70, 24), (60, 44), (38, 56), (44, 74), (66, 82), (82, 70)], 2, "#c9974f")


@drawn("Kite in the blue sky", "kite sky wind toy summer colourful", THINGS, TALL)
def kite(c: Canvas) -> None:
    c.fade("#4fb0ee", "#d4f0ff")
    c.cloud(14, 74, 6)
    c.cloud(52, 88, 7)
    c.poly([(36, 10), (56, 34), (36, 34)], "#e8413c")
    c.poly([(36, 10), (36, 34), (16, 34)], "#ffd54a")
    c.poly([(36, 34), (56, 34), (36, 64)], "#4fb556")
    c.poly([(36, 34), (16, 34), (36, 64)], "#7650b8")
    c.curve([(36, 64), (30, 74), (38, 82), (28, 92), (32, 101)], 0.7, "#ffffff")
    for x, y in ((31, 73), (37, 82), (29, 91)):
        c.poly([(x - 4, y - 2), (x - 4, y + 2), (x + 4, y - 2), (x + 4, y + 2)], "#e8413c")
