"""More animals."""

from __future__ import annotations

import math

from .animals import GALLERY, eyes, face, mouth, whiskers
from .catalogue import TALL, WIDE, drawn
from .kit import Canvas


@drawn("Yellow duckling", "duck duckling bird animal yellow pond", GALLERY)
def duckling(c: Canvas) -> None:
    c.fade("#cfeffc", "#eefaff", bottom=66)
    c.fade("#5fb8d9", "#2f86b3", top=66)
    c.blob([(22, 58), (40, 52), (70, 54), (86, 48), (80, 72), (60, 80), (34, 78)], "#fbd646")
    c.blob([(46, 58), (66, 56), (80, 58), (66, 70), (50, 68)], "#f0bf2c")
    c.disc(36, 40, 18, "#fbd646")
    c.poly([(20, 40), (4, 44), (20, 49)], "#f08a24")
    c.eye(30, 36, 2.6)
    c.curve([(36, 23), (38, 16), (42, 15)], 1.2, "#f0bf2c")
    for y, w in ((82, 44), (88, 34)):
        c.curve([(50 - w, y), (50 - w / 2, y + 2), (50, y), (50 + w / 2, y + 2), (50 + w, y)], 0.8, "#bfe6f5")


@drawn("Garden snail", "snail animal garden slow spiral", GALLERY, WIDE)
def snail(c: Canvas) -> None:
    c.fade("#eaf6d2", "#cbe8a8")
    c.rect(0, 84, c.wide, 100, "#7fb65a")
    m = c.middle
    c.blob(
        [
            (m - 50, 82),
            (m - 20, 74),
            (m + 30, 76),
            (m + 40, 56),
            (m + 54, 54),
            (m + 56, 72),
            (m + 40, 86),
            (m - 20, 87),
        ],
        "#e3c08b",
    )
    for dx in (0, 9):
        c.line([(m + 44 + dx, 56), (m + 46 + dx * 1.4, 38)], 1.6, "#e3c08b")
        c.disc(m + 46 + dx * 1.4, 37, 2.2, "#3b2f2a")
    c.disc(m - 2, 54, 28, "#b5673a")
    for k in range(5, 0, -1):
        c.disc(m - 2 + (5 - k) * 1.2, 54 + (5 - k) * 0.8, k * 5, "#d68f55" if k % 2 else "#b5673a")
    c.arc(m + 49, 68, 4, 30, 130, 0.9, "#7d5b36")


@drawn("Sea turtle swimming", "turtle animal sea ocean green", GALLERY, WIDE)
def turtle(c: Canvas) -> None:
    c.fade("#58c7d6", "#17638f")
    m = c.middle
    for x, y, turn in ((m + 22, 28, -50), (m + 22, 76, 50), (m - 30, 34, -140), (m - 30, 70, 140)):
        c.oval(x, y, 20 if x > m else 13, 7, "#7fae5a", turn=turn)
    c.oval(m + 46, 52, 13, 10, "#8fbd66")
    c.oval(m, 52, 38, 27, "#3f6b3a")
    c.oval(m, 52, 34, 23, "#5d8f4a")
    for x, y in ((0, 52), (-17, 44), (-17, 60), (17, 44), (17, 60), (0, 36), (0, 68)):
        c.star(m + x, y, 7, "#3f6b3a", spikes=6, inner=0.87)
        c.star(m + x, y, 5.6, "#7dab5d", spikes=6, inner=0.87)
    c.eye(m + 50, 48, 2)
    for k in range(6):
        c.disc(m + 66 + k * 2, 36 - k * 5, 0.9 + 0.2 * k, "#ffffff60")


@drawn("Hedgehog in autumn leaves", "hedgehog animal autumn leaves brown", GALLERY, WIDE)
def hedgehog(c: Canvas) -> None:
    c.fade("#ffe2b8", "#f7c98b")
    c.rect(0, 84, c.wide, 100, "#a5743f")
    m = c.middle
    for k in range(34):
        angle = math.radians(150 + k * 7)
        c.poly(
            [
                (m - 4 + 30 * math.cos(angle - 0.1), 70 + 26 * math.sin(angle - 0.1)),
                (m - 4 + 41 * math.cos(angle), 70 + 37 * math.sin(angle)),
                (m - 4 + 30 * math.cos(angle + 0.1), 70 + 26 * math.sin(angle + 0.1)),
            ],
            "#4e3524",
        )
    c.pie(m - 4, 72, 34, 165, 370, "#6b4a30")
    c.rect(m - 36, 70, m + 30, 86, "#6b4a30", round_=7)
    c.blob([(m + 14, 58), (m + 34, 62), (m + 52, 76), (m + 34, 86), (m + 12, 84)], "#e9cfa6")
    c.disc(m + 52, 76, 3, "#2b2024")
    c.eye(m + 34, 70, 2.4)
    for x, y, colour in (
        (14, 92, "#d9532c"),
        (40, 95, "#e8962e"),
        (118, 93, "#c9402b"),
        (140, 90, "#e8b12e"),
        (96, 96, "#d9732c"),
    ):
        c.oval(x, y, 6, 2.6, colour, turn=25)


@drawn("Woolly sheep", "sheep lamb animal farm white", GALLERY, WIDE)
def sheep(c: Canvas) -> None:
    c.fade("#bfe6ff", "#eefaff", bottom=72)
    c.hills(76, 8, 2, "#86c96a")
    m = c.middle
    for x in (-20, -8, 10, 22):
        c.rect(m + x, 70, m + x + 5, 92, "#3a3338", round_=1.5)
    for x, y, r in ((-24, 54, 15), (-10, 44, 16), (8, 42, 16), (24, 50, 15), (-14, 64, 15), (6, 66, 16), (22, 62, 14)):
        c.disc(m + x, y, r, "#fdfaf3")
    c.oval(m + 40, 50, 12, 15, "#3a3338")
    for side in (-1, 1):
        c.oval(m + 40 + side * 14, 45, 7, 3.4, "#3a3338", turn=side * 20)
        c.eye(m + 40 + side * 5, 48, 1.6, white=True)
    c.disc(m + 40, 36, 8, "#fdfaf3")


@drawn("Purple octopus", "octopus animal sea ocean purple", GALLERY)
def octopus(c: Canvas) -> None:
    c.fade("#2fa5c7", "#0b4a78")
    for k in range(8):
        x = 22 + k * 8
        bend = 7 if k % 2 else -7
        c.curve(
            [(50 + (x - 50) * 0.5, 56), (x, 70), (x + bend, 82), (x + bend * 0.4 + (x - 50) * 0.3, 92)], 6, "#8e5bc0"
        )
    c.blob([(50, 14), (72, 24), (76, 44), (66, 62), (34, 62), (24, 44), (28, 24)], "#9d6bd0")
    eyes(c, 44, 10, 3.4, white=True)
    c.arc(50, 50, 7, 25, 155, 1.2, "#55308a")
    for side in (-1, 1):
        c.disc(50 + side * 19, 53, 3.4, "#f19bd080")


@drawn("Lion with a golden mane", "lion animal wildlife savanna yellow", GALLERY)
def lion(c: Canvas) -> None:
    c.fade("#ffe9b8", "#f9cf7a")
    c.petals(50, 54, 18, 42, 8, "#b5651d")
    c.petals(50, 54, 18, 36, 7, "#d98324", turn=10)
    for side in (-1, 1):
        c.disc(50 + side * 20, 33, 7, "#e9b04a")
    face(c, "#f2c261", size=25, y=55)
    eyes(c, 50, 10, 2.9)
    c.oval(50, 66, 12, 9, "#fdeac2")
    c.poly([(45, 59), (55, 59), (50, 65)], "#6b3a1e")
    mouth(c, 66, 4)
    whiskers(c, 66, "#8a5a2a")


@drawn("Koala in a eucalyptus tree", "koala animal gray eucalyptus tree", GALLERY, TALL)
def koala(c: Canvas) -> None:
    c.fade("#dff3e4", "#b8e0c0")
    m = c.middle
    c.rect(m + 12, 0, m + 24, 100, "#a58d74")
    for x, y, turn in ((8, 16, 30), (16, 28, -20), (54, 12, 40), (60, 30, 120), (10, 86, 20)):
        c.oval(x, y, 10, 3, "#6fa37c", turn=turn)
    c.oval(m, 72, 19, 22, "#8b929c")
    c.oval(m - 3, 76, 10, 14, "#c9ced6")
    for side in (-1, 1):
        c.disc(m + side * 18, 36, 11, "#8b929c")
        c.disc(m + side * 18, 37, 6.5, "#d9c2c8")
    face(c, "#9aa1ab", size=19, y=46)
    eyes(c, 43, 8, 2)
    c.oval(m, 50, 4.6, 7, "#2c2a31")
    c.oval(m + 16, 66, 12, 5, "#8b929c", turn=-15)
    c.oval(m + 15, 84, 11, 5, "#8b929c", turn=-10)


@drawn("Green frog on a lily pad", "frog animal pond green water lily", GALLERY)
def frog(c: Canvas) -> None:
    c.fade("#5fb7c9", "#2a7d98")
    c.oval(c.middle, 82, 44, 13, "#3f8f46")
    c.poly([(c.middle, 82), (c.middle + 30, 68), (c.middle + 44, 78)], "#38889c")
    c.oval(c.middle, 66, 27, 20, "#66bb4e")
    for side in (-1, 1):
        c.oval(c.middle + side * 24, 76, 10, 7, "#57a843")
        c.disc(c.middle + side * 14, 38, 10, "#66bb4e")
        c.disc(c.middle + side * 14, 37, 6.4, "#fdfdf0")
        c.eye(c.middle + side * 14, 37, 3.6)
        c.disc(c.middle + side * 21, 58, 4, "#f4a3a080")
    c.oval(c.middle, 52, 26, 15, "#66bb4e")
    c.arc(c.middle, 46, 16, 25, 155, 1.4, "#2f6b2c")
    c.petals(84, 80, 8, 8, 2, "#ffd5e5")
    c.disc(84, 80, 2, "#f5c542")
