"""Fruit and things to eat."""

from __future__ import annotations

import math
import random

from .catalogue import TALL, WIDE, drawn
from .kit import Canvas

FOOD = "Fruit and food"


@drawn("Red apple", "fruit apple red food healthy", FOOD)
def apple(c: Canvas) -> None:
    c.fade("#fef6e4", "#fbe3bf")
    c.oval(50, 90, 28, 4, "#e3c798")
    c.blob(
        [(50, 32), (66, 25), (82, 36), (82, 60), (68, 84), (50, 85), (32, 84), (18, 60), (18, 36), (34, 25)], "#d8302f"
    )
    c.blob([(28, 40), (36, 34), (36, 52), (28, 60)], "#ee6a5f")
    c.curve([(50, 33), (51, 22), (56, 14)], 2.4, "#6b4428")
    c.oval(64, 18, 10, 4.4, "#5cab46", turn=-20)


@drawn("Bunch of bananas", "fruit banana yellow food tropical", FOOD, WIDE)
def bananas(c: Canvas) -> None:
    c.fade("#d7f2ee", "#b3e3dc")
    for k, colour in enumerate(("#e8b92a", "#f2c838", "#fbd94e")):
        dy = k * 7
        c.blob(
            [
                (48, 20 + dy * 0.3),
                (52, 44 + dy),
                (72, 66 + dy),
                (104, 66 + dy),
                (118, 54 + dy),
                (114, 48 + dy),
                (100, 52 + dy),
                (76, 46 + dy),
                (58, 22 + dy * 0.3),
            ],
            colour,
        )
        c.disc(116, 51 + dy, 2.4, "#5b4520")
    c.rect(46, 12, 60, 24, "#8a6a24", round_=3)


@drawn("Orange slice", "fruit orange citrus food slice", FOOD)
def orange(c: Canvas) -> None:
    c.fade("#e6f7ff", "#c4e8fb")
    c.disc(50, 50, 38, "#f58a1f")
    c.disc(50, 50, 34, "#fff0d6")
    for k in range(10):
        c.pie(50, 50, 32, k * 36 + 2, k * 36 + 34, "#fbab3c")
    c.disc(50, 50, 3.4, "#fff0d6")


@drawn("Yellow lemons", "fruit lemon citrus yellow food sour", FOOD, WIDE)
def lemons(c: Canvas) -> None:
    c.fade("#cfeedd", "#a6dcc0")
    for x, y, turn in ((56, 44, -20), (98, 58, 15)):
        c.oval(x, y, 30, 20, "#fbe04a", turn=turn)
        c.disc(x + 29 * math.cos(math.radians(turn)), y + 29 * math.sin(math.radians(turn)), 5, "#fbe04a")
        c.disc(x - 29 * math.cos(math.radians(turn)), y - 29 * math.sin(math.radians(turn)), 4, "#fbe04a")
        c.oval(x - 6, y - 8, 12, 4, "#fff3a0", turn=turn)
    c.oval(30, 32, 14, 5, "#4f9f49", turn=30)


@drawn("Strawberry", "fruit strawberry red food summer sweet", FOOD)
def strawberry(c: Canvas) -> None:
    c.fade("#ffeef2", "#ffd3dd")
    c.blob([(50, 28), (76, 30), (82, 48), (68, 76), (50, 92), (32, 76), (18, 48), (24, 30)], "#e4323f")
    for row, count in ((40, 4), (52, 5), (64, 4), (76, 2)):
        for k in range(count):
            c.oval(50 + (k - (count - 1) / 2) * 12, row, 1.3, 2, "#ffe08a")
    for turn in range(-160, 0, 27):
        a = math.radians(turn)
        c.oval(50 + 11 * math.cos(a), 27 + 7 * math.sin(a), 11, 3.6, "#4c9f45", turn=turn)
    c.line([(50, 24), (53, 12)], 2, "#4c9f45")


@drawn("Pair of cherries", "fruit cherry cherries red food sweet", FOOD)
def cherries(c: Canvas) -> None:
    c.fade("#f1f9e4", "#d6eeb8")
    c.curve([(34, 64), (40, 36), (62, 14)], 1.8, "#5a8f3c")
    c.curve([(68, 68), (66, 40), (62, 14)], 1.8, "#5a8f3c")
    c.oval(74, 18, 14, 6, "#5cab46", turn=14)
    for x, y in ((33, 72), (68, 76)):
        c.disc(x, y, 17, "#c01f35")
        c.oval(x - 6, y - 7, 4.4, 3, "#f07a88", turn=-35)


@drawn("Slice of watermelon", "fruit watermelon red green food summer", FOOD, WIDE)
def watermelon(c: Canvas) -> None:
    c.fade("#fff4d9", "#ffe3a8")
    c.pie(c.middle, 22, 66, 0, 180, "#2f8a45")
    c.pie(c.middle, 22, 62, 0, 180, "#e9f7d2")
    c.pie(c.middle, 22, 57, 0, 180, "#f0485a")
    for x, y in ((-36, 36), (-18, 34), (0, 36), (18, 34), (36, 36), (-26, 50), (-8, 54), (10, 54), (28, 50), (0, 68)):
        c.oval(c.middle + x, y, 1.6, 2.8, "#33201f", turn=x)


@drawn("Purple grapes", "fruit grapes purple food vine", FOOD)
def grapes(c: Canvas) -> None:
    c.fade("#f6f0fb", "#e0d2f2")
    c.line([(50, 20), (52, 8)], 2, "#6b4a2c")
    for row, count in enumerate((5, 6, 5, 4, 3, 2, 1)):
        for k in range(count):
            x, y = 50 + (k - (count - 1) / 2) * 12, 28 + row * 10
            c.disc(x, y, 7.4, "#5d2f8a")
            c.disc(x - 0.6, y - 0.6, 6.4, "#7b43ab")
            c.disc(x - 2.4, y - 2.6, 1.6, "#c6a4e2")
    c.star(66, 18, 13, "#5cab46", spikes=5, inner=0.6, turn=20)


@drawn("Pineapple", "fruit pineapple yellow tropical food", FOOD, TALL)
def pineapple(c: Canvas) -> None:
    c.fade("#ff9eb5", "#ffc9b0")
    m = c.middle
    for k in range(-3, 4):
        c.blob(
            [(m - 2, 42), (m + k * 7 - 2, 22), (m + k * 9, 6 + abs(k) * 6), (m + k * 5 + 2, 28), (m + 2, 42)],
            "#3f9a4c" if k % 2 else "#56b25c",
        )
    c.oval(m, 66, 20, 27, "#f3b62f")
    for k in range(-7, 8):
        c.line([(m + k * 7 - 14, 40), (m + k * 7 + 14, 94)], 0.7, "#c9851f")
        c.line([(m + k * 7 + 14, 40), (m + k * 7 - 14, 94)], 0.7, "#c9851f")
    c.arc(m, 66, 23, 0, 360, 0, "#ff9eb5")
    for side in (-1, 1):
        c.poly(
            [
                (m + side * 40, 34),
                *[
                    (m + side * 20.4 * math.cos(a), 66 + 27.4 * math.sin(a))
                    for a in (math.radians(d) for d in range(-90, 91, 6))
                ],
                (m + side * 40, 98),
            ],
            "#ffb8b2",
        )


@drawn("Avocado half", "fruit avocado green food healthy", FOOD)
def avocado(c: Canvas) -> None:
    c.fade("#fdf1dd", "#f6ddb4")
    shape = [(50, 10), (62, 22), (72, 46), (76, 66), (66, 86), (50, 92), (34, 86), (24, 66), (28, 46), (38, 22)]
    for size, colour in ((1, "#2f5a2c"), (0.93, "#8fbf4d"), (0.86, "#e6edA0".lower())):
        c.blob([(50 + (x - 50) * size, 54 + (y - 54) * size) for x, y in shape], colour)
    c.disc(50, 66, 14, "#7b4a24")
    c.disc(46, 61, 4, "#a8703f")


@drawn("Orange carrot", "vegetable carrot orange food garden", FOOD, WIDE)
def carrot(c: Canvas) -> None:
    c.fade("#e3f4ff", "#c3e4f7")
    for turn in (-150, -165, 180, 165, 150):
        a = math.radians(turn)
        c.oval(38 + 14 * math.cos(a), 46 + 14 * math.sin(a), 16, 3, "#4f9f49", turn=turn)
    c.blob([(38, 34), (50, 32), (90, 48), (132, 64), (92, 62), (48, 60), (36, 54)], "#f4822a")
    for x, y in ((54, 38), (66, 54), (80, 47), (96, 57)):
        c.line([(x, y), (x + 6, y + 1.5)], 0.9, "#c75f16")


@drawn("Red toadstool", "mushroom toadstool red white forest autumn", FOOD)
def toadstool(c: Canvas) -> None:
    c.fade("#cfe3c0", "#93b884")
    c.blob([(42, 54), (58, 54), (61, 88), (50, 93), (39, 88)], "#f7efe0")
    c.pie(50, 56, 38, 180, 360, "#d3302d")
    c.oval(50, 56, 38, 6, "#b52522")
    c.oval(50, 56.6, 30, 3.4, "#f1e3cd")
    for x, y, r in ((32, 44, 5), (50, 32, 6), (66, 44, 5), (42, 24, 3), (62, 28, 3), (22, 52, 3), (78, 52, 3)):
        c.disc(x, y, r, "#fffaf2")
    for x in range(4, 100, 7):
        c.poly([(x, 101), (x + 2, 86 + (x * 5) % 7), (x + 4, 101)], "#4f8a46")


@drawn("Strawberry ice cream", "ice cream dessert sweet food pink summer", FOOD, TALL)
def ice_cream(c: Canvas) -> None:
    c.fade("#c8f0f2", "#eafcf8")
    m = c.middle
    c.poly([(m - 15, 50), (m + 15, 50), (m, 95)], "#e0a55c")
    for k in range(-2, 3):
        c.line([(m + k * 6 - 4, 50), (m + k * 3 + 3, 78)], 0.6, "#b97d38")
        c.line([(m + k * 6 + 4, 50), (m + k * 3 - 3, 78)], 0.6, "#b97d38")
    c.disc(m, 38, 17, "#f8a5bd")
    for x in (-13, -4, 5, 13):
        c.disc(m + x, 51, 5, "#f8a5bd")
    c.disc(m - 2, 22, 12, "#fff0d6")
    for x, y, colour in (
        (-8, 34, "#e8413c"),
        (4, 30, "#3a86d8"),
        (9, 40, "#ffd54a"),
        (-3, 43, "#4fb556"),
        (-12, 42, "#7650b8"),
    ):
        c.oval(m + x, y, 2, 0.7, colour, turn=x * 9)
    c.disc(m, 11, 4, "#c01f35")


@drawn("Cupcake with a candle", "cupcake cake birthday dessert sweet food", FOOD)
def cupcake(c: Canvas) -> None:
    c.fade("#fff0c9", "#ffe0a3")
    c.poly([(28, 60), (72, 60), (66, 92), (34, 92)], "#5aa7d6")
    for k in range(6):
        c.line([(31 + k * 7.6, 60), (36 + k * 5.6, 92)], 0.9, "#3a86b8")
    for y, w in ((56, 27), (46, 21), (37, 14)):
        c.oval(50, y, w, 9, "#f7a8c4")
        c.oval(50, y - 2, w - 3, 6, "#fbc4d8")
    c.rect(48, 16, 52, 34, "#7ccf86")
    c.oval(50, 11, 2.4, 4.4, "#ffb52e")


@drawn("Slice of pizza", "pizza cheese food italian dinner", FOOD)
def pizza(c: Canvas) -> None:
    c.fade("#d9f2d0", "#b6e0aa")
    c.blob([(12, 24), (50, 14), (88, 24), (86, 34), (50, 25), (14, 34)], "#c98a45")
    c.poly([(15, 32), (50, 24), (85, 32), (50, 94)], "#f8cf5b")
    for x, y in ((38, 40), (62, 42), (50, 60)):
        c.disc(x, y, 7, "#cf3d2e")
        c.disc(x - 1, y - 1, 5.4, "#dd5340")
    for x, y, turn in ((50, 36, 20), (40, 54, -40), (58, 70, 60), (70, 36, 0)):
        c.oval(x, y, 3, 1.4, "#4f9f49", turn=turn)


@drawn("Doughnut with sprinkles", "doughnut donut dessert sweet food pink", FOOD)
def doughnut(c: Canvas) -> None:
    c.fade("#d0ecff", "#a9d8f7")
    c.disc(50, 52, 37, "#d99a4e")
    c.blob(
        [
            (
                50 + (35 + 2 * math.sin(k * 1.9)) * math.cos(k * math.pi / 10),
                50 + (33 + 2.5 * math.sin(k * 2.3)) * math.sin(k * math.pi / 10),
            )
            for k in range(20)
        ],
        "#f58cb5",
    )
    c.disc(50, 51, 12, "#d99a4e")
    c.disc(50, 52, 10, "#bfe2f8")
    chance = random.Random(22)
    for k in range(44):
        a, r = k * 2.4, 15 + 16 * chance.random()
        c.oval(
            50 + r * math.cos(a),
            50 + 0.95 * r * math.sin(a),
            2,
            0.7,
            chance.choice(["#ffffff", "#ffd54a", "#3a86d8", "#4fb556", "#e8413c"]),
            turn=chance.random() * 180,
        )


@drawn("Cup of hot coffee", "coffee cup drink hot breakfast brown", FOOD, WIDE)
def coffee(c: Canvas) -> None:
    c.fade("#f4e4d0", "#e3c9a8")
    m = c.middle
    c.oval(m, 88, 44, 7, "#fffaf2")
    c.oval(m, 87, 30, 4, "#e3d8c8")
    c.arc(m + 30, 58, 12, -80, 90, 4.4, "#fffaf2")
    c.blob([(m - 30, 44), (m + 30, 44), (m + 26, 74), (m + 12, 87), (m - 12, 87), (m - 26, 74)], "#fffaf2")
    c.oval(m, 45, 30, 7, "#f1e6d6")
    c.oval(m, 46, 26, 5, "#5c3a21")
    for dx in (-10, 0, 10):
        c.curve([(m + dx, 34), (m + dx + 4, 26), (m + dx - 3, 18), (m + dx + 2, 8)], 1.4, "#fffdf8")
