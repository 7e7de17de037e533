"""Weather, the sky and space."""

from __future__ import annotations

import math
import random

from .catalogue import SQUARE, TALL, WALLPAPER, WIDE, drawn
from .kit import Canvas

SKY = "Sky and space"


@drawn("Full moon above the sea", "night moon sea sky blue calm", SKY, WIDE)
def moon(c: Canvas) -> None:
    c.fade("#0a1230", "#243b70", bottom=62)
    c.stars(110, 61, bottom=58)
    c.glow(c.middle, 30, 34, "#fff6d8")
    c.disc(c.middle, 30, 15, "#fff6d8")
    for x, y, r in ((-5, 26, 3), (4, 34, 4), (6, 24, 2), (-4, 36, 1.6)):
        c.disc(c.middle + x, y, r, "#ecdcae")
    c.fade("#1b3262", "#070d22", top=62)
    for k in range(9):
        half = 4 + k * 1.6
        c.line([(c.middle - half, 65 + k * 4), (c.middle + half, 65 + k * 4)], 0.9, "#f6e9bd")


@drawn("Planet with rings", "space planet rings saturn stars night", SKY, SQUARE)
def saturn(c: Canvas) -> None:
    c.fade("#0b0a24", "#2a1746")
    c.stars(160, 71)
    c.oval(50, 50, 47, 13, "#b59b77", turn=-18)
    c.oval(50, 50, 42, 11, "#1b1236", turn=-18)
    c.oval(50, 50, 39, 9.6, "#d9bf95", turn=-18)
    c.oval(50, 50, 34, 8, "#1b1236", turn=-18)
    c.disc(50, 50, 25, "#e8b86b")
    for y, h, colour in ((38, 3, "#d79d4f"), (47, 4, "#f3d08e"), (58, 3, "#cf9245"), (66, 2.6, "#e0ab5c")):
        half = math.sqrt(25**2 - (y - 50) ** 2)
        c.oval(50, y, half, h, colour)
    front = [(50 + 47 * math.cos(a), 50 + 13 * math.sin(a)) for a in (math.radians(d) for d in range(0, 181, 6))]
    back = [(50 + 40 * math.cos(a), 50 + 10 * math.sin(a)) for a in (math.radians(d) for d in range(180, -1, -6))]
    turn = math.radians(-18)
    c.poly(
        [
            (
                50 + (x - 50) * math.cos(turn) - (y - 50) * math.sin(turn),
                50 + (x - 50) * math.sin(turn) + (y - 50) * math.cos(turn),
            )
            for x, y in (*front, *back)
        ],
        "#cdb188",
    )


@drawn("Rocket on its way to the stars", "space rocket stars night red travel", SKY, TALL)
def rocket(c: Canvas) -> None:
    c.fade("#10113a", "#3b2566", "#a04a78")
    c.stars(120, 81)
    m = c.middle
    c.disc(12, 16, 8, "#f4d58a")
    for w, h, colour in ((9, 30, "#ff7b2e"), (6, 22, "#ffc24d"), (3, 13, "#fff3b8")):
        c.poly([(m - w, 68), (m + w, 68), (m, 68 + h)], colour)
    for side in (-1, 1):
        c.blob([(m + side * 8, 52), (m + side * 20, 66), (m + side * 18, 76), (m + side * 7, 67)], "#d23c3c")
    c.blob([(m, 16), (m + 11, 34), (m + 11, 56), (m + 7, 70), (m - 7, 70), (m - 11, 56), (m - 11, 34)], "#f4f5f8")
    c.blob([(m, 16), (m + 8.6, 29), (m, 31), (m - 8.6, 29)], "#d23c3c")
    c.disc(m, 43, 6, "#39506e")
    c.disc(m, 43, 4.4, "#8fd3f4")


@drawn("Solar system", "space planets sun orbit stars astronomy", SKY, WALLPAPER)
def solar(c: Canvas) -> None:
    c.ground("#0a0a20")
    c.stars(240, 91)
    c.glow(-6, 50, 50, "#ffcf5a", strength=14)
    c.disc(-6, 50, 26, "#ffc83d")
    row = (
        (34, 2.4, "#b8a58a"),
        (48, 4, "#e8c27a"),
        (64, 4.4, "#4f9be0"),
        (80, 3.2, "#d9603a"),
        (104, 11, "#d9a878"),
        (134, 8.4, "#e6cf98"),
        (156, 5.6, "#9fe0e6"),
        (171, 5.2, "#4a6fd8"),
    )
    for x, radius, colour in row:
        c.arc(-6, 50, x + 6, -40, 40, 0.25, "#ffffff")
        c.disc(x, 50, radius, colour)
    for dy in (-3, 1.5, 4.5):
        c.oval(104, 50 + dy, 10 - abs(dy) * 0.6, 1.1, "#b9824f")
    c.oval(134, 50, 14, 2.2, "#cbb07a", turn=-14)
    c.disc(134, 48.6, 7.2, "#e6cf98")
    c.oval(65, 49, 2, 1.2, "#6cc46a")


@drawn("Comet in the night sky", "space comet night stars blue", SKY, WIDE)
def comet(c: Canvas) -> None:
    c.fade("#060b22", "#142a55")
    c.stars(170, 101)
    for k in range(16):
        spread = 3 + k * 0.9
        c.poly([(36, 68), (36 + 110, 68 - 66 - spread), (36 + 110, 68 - 66 + spread)], "#9fd8ff12")
    c.glow(36, 68, 14, "#cdeeff", strength=20)
    c.disc(36, 68, 5, "#f2fbff")
    c.hills(96, 6, 2, "#0a1020")


@drawn("Spiral galaxy", "space galaxy spiral stars purple night", SKY, SQUARE)
def galaxy(c: Canvas) -> None:
    c.ground("#07061a")
    c.stars(200, 111)
    chance = random.Random(4)
    for arm in range(2):
        for k in range(700):
            t = k / 700
            angle = arm * math.pi + t * 3.3 * math.pi + chance.gauss(0, 0.16)
            reach = 4 + 42 * t + chance.gauss(0, 1.4)
            colour = chance.choice(["#ffffff", "#bfa8ff", "#8fb8ff", "#ff9ed8"])
            c.disc(
                50 + reach * math.cos(angle),
                50 + 0.72 * reach * math.sin(angle),
                0.25 + 0.55 * chance.random(),
                f"{colour}b0",
            )
    c.glow(50, 50, 16, "#fff0d0", strength=22)
    c.disc(50, 50, 3, "#fffbe8")


@drawn("Hot-air balloons in the morning", "balloon hot-air sky morning travel colourful", SKY, WALLPAPER)
def balloons(c: Canvas) -> None:
    c.fade("#8fd0f5", "#fde9c9")
    c.hills(92, 10, 9, "#7fb069", bumps=6)
    for x, y, r, colours in (
        (50, 36, 20, ("#e8413c", "#ffd54a")),
        (110, 30, 14, ("#3a86d8", "#ffffff")),
        (146, 54, 9, ("#7650b8", "#f58b2e")),
        (20, 66, 7, ("#4fb556", "#fff2a8")),
    ):
        for k in range(5, 0, -1):
            c.oval(x, y, r * k / 5, r * 1.08, colours[k % 2])
        for side in (-1, 1):
            c.line([(x + side * r * 0.5, y + r * 0.92), (x + side * r * 0.16, y + r * 1.5)], 0.35, "#6b4a32")
        c.rect(x - r * 0.18, y + r * 1.5, x + r * 0.18, y + r * 1.78, "#8a5a34", round_=0.5)
    c.cloud(80, 70, 6, "#ffffffd0")


@drawn("Thunderstorm with lightning", "weather storm lightning rain night clouds", SKY, WIDE)
def storm(c: Canvas) -> None:
    c.fade("#1c2333", "#4b5a73")
    for x, y, s in ((30, 24, 13), (78, 18, 16), (124, 26, 13)):
        c.cloud(x, y, s, "#333d52")
        c.cloud(x + 8, y + 6, s * 0.7, "#465269")
    c.poly([(74, 30), (60, 58), (70, 58), (60, 86), (88, 50), (76, 50), (86, 30)], "#ffe15a")
    chance = random.Random(6)
    for _ in range(90):
        x, y = chance.random() * c.wide, 40 + chance.random() * 58
        c.line([(x, y), (x - 1.2, y + 4)], 0.35, "#b9cfe8")
    c.hills(97, 5, 3, "#161b26")


@drawn("Sunny day with white clouds", "weather sun clouds sky blue summer", SKY, WIDE)
def sunny(c: Canvas) -> None:
    c.fade("#3fa9f0", "#cdeeff")
    c.star(34, 34, 27, "#ffd84a", spikes=16, inner=0.72)
    c.disc(34, 34, 18, "#fff0a0")
    for x, y, s in ((86, 30, 10), (122, 58, 12), (56, 74, 9)):
        c.cloud(x, y, s)
