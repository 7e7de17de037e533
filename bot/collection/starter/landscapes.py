"""Landscapes."""

from __future__ import annotations

import math
import random

from .catalogue import SQUARE, TALL, WALLPAPER, WIDE, drawn
from .kit import Canvas

LAND = "Landscapes"


@drawn("Sunrise over the mountains", "landscape mountains sunrise morning orange nature", LAND, WALLPAPER)
def sunrise(c: Canvas) -> None:
    c.fade("#2f3b73", "#b3557b", "#f79b62", "#ffe0a1")
    c.glow(c.middle, 62, 46, "#fff0b0")
    c.disc(c.middle, 62, 12, "#fff3c7")
    for base, height, seed, colour in ((72, 40, 4, "#8d5a86"), (82, 36, 9, "#5e4374"), (94, 30, 14, "#332a52")):
        c.peaks(base, height, seed, colour, count=6)


@drawn("Desert dunes and cactus", "landscape desert dunes cactus sand yellow nature", LAND, WIDE)
def desert(c: Canvas) -> None:
    c.fade("#6cc3e8", "#ffe9bf", bottom=70)
    c.disc(118, 20, 9, "#fff2b3")
    c.hills(66, 12, 5, "#f2c879", bumps=4)
    c.hills(80, 12, 11, "#e6ae58", bumps=3)
    c.hills(95, 10, 17, "#d4933e", bumps=4)
    for x, y, h in ((34, 84, 34), (124, 90, 24)):
        c.line([(x, y), (x, y - h)], 5, "#3f8f52")
        c.curve([(x, y - h * 0.4), (x - 9, y - h * 0.4), (x - 9, y - h * 0.75)], 3.6, "#3f8f52")
        c.curve([(x, y - h * 0.55), (x + 8, y - h * 0.55), (x + 8, y - h * 0.85)], 3.6, "#3f8f52")


@drawn("Northern lights above snowy peaks", "landscape aurora night mountains snow green nature", LAND, WALLPAPER)
def aurora(c: Canvas) -> None:
    c.fade("#050d26", "#0f2c4d", "#1d5560")
    c.stars(220, 31, bottom=70)
    chance = random.Random(5)
    for band, colour in ((14, "#4dffb5"), (26, "#67f0d0"), (38, "#9d7bff")):
        for k in range(90):
            x = c.wide * k / 89
            y = band + 9 * math.sin(k / 11 + band) + 3 * math.sin(k / 4)
            c.poly([(x - 2, y), (x + 2, y), (x + 1, y - 16 - 6 * chance.random()), (x - 1, y - 18)], f"{colour}1c")
    c.peaks(84, 40, 8, "#31486b", count=7, snow="#eaf5ff")
    c.peaks(96, 24, 3, "#1b2b45", count=9, snow="#c6dcef")


@drawn("Lighthouse by the stormy sea", "landscape lighthouse sea storm coast waves", LAND, TALL)
def lighthouse(c: Canvas) -> None:
    c.fade("#394b63", "#8496a6", bottom=84)
    for x, y, s in ((14, 16, 8), (50, 10, 9), (30, 26, 6)):
        c.cloud(x, y, s, "#2f3d52")
    c.poly([(40, 24), (-4, 12), (-4, 34)], "#fff3b066")
    c.poly([(40, 24), (75, 16), (75, 34)], "#fff3b066")
    c.blob([(16, 84), (30, 70), (54, 70), (66, 86), (40, 98)], "#4b4038")
    c.poly([(33, 76), (36, 30), (45, 30), (48, 76)], "#f6f4ee")
    for k in range(3):
        y = 36 + k * 14
        c.poly([(35.6 - k, y), (45.4 + k, y), (46 + k, y + 7), (35 - k, y + 7)], "#d23c34")
    c.rect(35, 22, 46, 30, "#ffe88f")
    c.poly([(33, 22), (48, 22), (40.5, 15)], "#a32a26")
    for y, colour in ((80, "#31607d"), (86, "#26506c"), (93, "#1c3f58")):
        points = [(x, y + 2.2 * math.sin(x / 4 + y)) for x in range(-4, 74, 2)]
        c.poly([(-4, 101), *points, (74, 101)], colour)


@drawn("Sailboat at sunset", "landscape sea boat sailing sunset orange", LAND, WIDE)
def sailboat(c: Canvas) -> None:
    c.fade("#4b3b78", "#e2637a", "#ffc26b", bottom=64)
    c.disc(100, 60, 14, "#fff0b8")
    c.fade("#d7667a", "#3c2f63", top=64)
    for k in range(7):
        c.line([(100 - 12 + k * 1.4, 67 + k * 4.4), (100 + 12 - k * 1.4, 67 + k * 4.4)], 1.2, "#ffe6a8")
    c.poly([(48, 22), (48, 66), (22, 66)], "#fff6e6")
    c.poly([(51, 28), (51, 66), (70, 66)], "#ffe0b8")
    c.line([(49.5, 18), (49.5, 72)], 1.2, "#2a1f3d")
    c.blob([(20, 70), (76, 70), (68, 80), (30, 80)], "#2a1f3d")


@drawn("Windmill on green hills", "landscape windmill hills green summer nature", LAND, WIDE)
def windmill(c: Canvas) -> None:
    c.fade("#7cc8f2", "#e8f7ff", bottom=75)
    for x, y, s in ((24, 18, 7), (120, 24, 8), (74, 12, 5)):
        c.cloud(x, y, s)
    c.hills(74, 16, 3, "#a7d86f", bumps=3)
    c.poly([(70, 80), (74, 44), (86, 44), (90, 80)], "#f5ead6")
    c.poly([(71, 45), (89, 45), (80, 34)], "#b5482f")
    c.rect(77, 68, 83, 81, "#7b4a2c", round_=2)
    for k in range(4):
        a = math.radians(28 + 90 * k)
        x, y = 80 + 28 * math.cos(a), 44 + 28 * math.sin(a)
        c.line([(80, 44), (x, y)], 1.2, "#6b4a32")
        n = (-math.sin(a) * 5, math.cos(a) * 5)
        c.poly(
            [
                (80 + 8 * math.cos(a), 44 + 8 * math.sin(a)),
                (x, y),
                (x + n[0], y + n[1]),
                (80 + 8 * math.cos(a) + n[0], 44 + 8 * math.sin(a) + n[1]),
            ],
            "#fffaf0d0",
        )
    c.hills(90, 12, 8, "#7fbf4f", bumps=4)


@drawn("Autumn forest path", "landscape autumn forest trees path orange nature", LAND, WIDE)
def autumn(c: Canvas) -> None:
    c.fade("#ffe7b3", "#fbd088")
    chance = random.Random(12)
    c.hills(72, 8, 5, "#d98c3f")
    c.poly([(60, 101), (92, 101), (80, 66), (76, 66)], "#e9cc94")
    for row, (base, size) in enumerate(((70, 10), (80, 14), (94, 19))):
        for k in range(9):
            x = k * 20 - 6 + 8 * chance.random()
            if abs(x - 77) < 10 + 7 * row:
                continue
            colour = chance.choice(["#d9532c", "#e8962e", "#c9402b", "#eab934", "#b8622a"])
            c.rect(x - size * 0.1, base - size * 1.2, x + size * 0.1, base, "#5b3a24")
            for dx, dy, r in ((0, -1.9, 0.8), (-0.5, -1.4, 0.7), (0.5, -1.4, 0.7)):
                c.disc(x + dx * size, base + dy * size, r * size, colour)


@drawn("Mountain lake reflection", "landscape lake mountains reflection blue calm nature", LAND, WALLPAPER)
def lake(c: Canvas) -> None:
    c.fade("#6fb7e8", "#e4f4ff", bottom=58)
    c.peaks(58, 44, 22, "#5b7fa3", count=5, snow="#ffffff")
    for x in range(-2, 180, 6):
        c.pine(x, 61, 10 + (x * 7) % 9, "#2f6b52")
    c.fade("#4f86ab", "#1e4c74", top=60)
    chance = random.Random(3)
    for _ in range(70):
        x, y = chance.random() * c.wide, 62 + chance.random() * 36
        c.line([(x, y), (x + 4 + 10 * chance.random(), y)], 0.4, "#cfe8f8")


@drawn("Tropical island with a palm", "landscape island palm beach sea summer holiday", LAND, WIDE)
def island(c: Canvas) -> None:
    c.fade("#49b8ee", "#d9f4ff", bottom=62)
    c.disc(28, 20, 10, "#fff1a6")
    c.fade("#2aa9c9", "#0f6d9a", top=62)
    c.oval(86, 76, 46, 12, "#f6df9f")
    c.curve([(84, 74), (86, 54), (96, 30)], 3.4, "#8a5a34")
    for turn in (-160, -120, -60, -20, 20, 160):
        a = math.radians(turn)
        tip = (96 + 28 * math.cos(a), 30 + 16 * math.sin(a) + 8)
        c.blob(
            [
                (96, 30),
                (96 + 14 * math.cos(a), 24 + 10 * math.sin(a)),
                tip,
                (96 + 12 * math.cos(a), 31 + 10 * math.sin(a)),
            ],
            "#3a9a4c",
        )
    for dx, dy in ((-2, 3), (3, 3.4), (0.5, 5.4)):
        c.disc(96 + dx, 30 + dy, 2.2, "#6b4428")


@drawn("Volcano erupting at dusk", "landscape volcano lava eruption red night", LAND, SQUARE)
def volcano(c: Canvas) -> None:
    c.fade("#2b1735", "#7b2b4a", "#e0643f")
    for k, (x, y, r) in enumerate(((50, 20, 10), (40, 14, 9), (60, 12, 11), (52, 6, 12))):
        c.disc(x, y, r, ("#4a3a4d", "#5b4759", "#4a3a4d", "#6b5566")[k])
    for k in range(9):
        a = math.radians(-150 + k * 15)
        c.curve(
            [(50, 36), (50 + 14 * math.cos(a), 30 + 16 * math.sin(a)), (50 + 26 * math.cos(a), 40 + 12 * math.sin(a))],
            1.3,
            "#ffb347",
        )
    c.poly([(4, 101), (40, 36), (60, 36), (96, 101)], "#3a2430")
    c.curve([(50, 36), (46, 54), (54, 70), (46, 101)], 5, "#ff6a2b")
    c.curve([(52, 36), (60, 60), (70, 80), (74, 101)], 3, "#ff8b3d")
    c.oval(50, 36, 10, 2.4, "#ffd05b")


@drawn("Rainbow over the meadow", "landscape rainbow meadow spring flowers nature colourful", LAND, WIDE)
def rainbow(c: Canvas) -> None:
    c.fade("#8fd2f7", "#eaf8ff", bottom=80)
    for k, colour in enumerate(("#e8413c", "#f58b2e", "#f8d13a", "#4fb556", "#3a86d8", "#7650b8")):
        c.arc(76, 92, 72 - k * 5, 180, 360, 5, colour)
    c.cloud(14, 72, 9)
    c.cloud(138, 72, 9)
    c.hills(84, 8, 6, "#7cc663")
    chance = random.Random(8)
    for _ in range(46):
        x, y = chance.random() * c.wide, 84 + chance.random() * 15
        c.petals(x, y, 5, 1.8, 0.7, chance.choice(["#ffffff", "#ff8fb1", "#ffd54a", "#c79bff"]))
        c.disc(x, y, 0.6, "#f2a11f")


@drawn("City skyline at night", "city skyline night buildings lights urban blue", LAND, WALLPAPER)
def city(c: Canvas) -> None:
    c.fade("#0c1030", "#2a2a62", "#6b3f7f")
    c.stars(120, 41, bottom=50)
    c.disc(150, 18, 8, "#fff5d0")
    chance = random.Random(7)
    for layer, colour in enumerate(("#23275a", "#171a3f")):
        x = -3.0
        while x < c.wide:
            width, height = 8 + 9 * chance.random(), 26 + 34 * chance.random() - 8 * layer
            c.rect(x, 100 - height, x + width, 101, colour)
            for row in range(int(height / 4) - 1):
                for column in range(int(width / 3)):
                    if layer and chance.random() < 0.45:
                        wx, wy = x + 1.2 + column * 3, 100 - height + 2 + row * 4
                        c.rect(wx, wy, wx + 1.4, wy + 1.8, chance.choice(["#ffe08a", "#ffd066", "#fff1c4"]))
            x += width + (1.5 if layer else 0.3)


@drawn("Snowy cabin in winter", "landscape cabin winter snow night house trees", LAND, WIDE)
def cabin(c: Canvas) -> None:
    c.fade("#1a2850", "#5d79ad", bottom=76)
    c.stars(70, 51, bottom=55)
    for x, h in ((8, 44), (22, 34), (118, 50), (136, 40), (104, 32)):
        c.pine(x, 80, h, "#2d5a56")
        c.poly([(x - h * 0.1, 80 - h * 0.72), (x, 80 - h), (x + h * 0.1, 80 - h * 0.72)], "#f2f8ff")
    c.hills(80, 6, 4, "#eef5ff")
    c.rect(52, 54, 92, 82, "#7c4a2b")
    for y in (58, 64, 70, 76):
        c.line([(52, y), (92, y)], 0.6, "#5d351d")
    c.poly([(46, 56), (72, 34), (98, 56)], "#f6fbff")
    c.rect(82, 36, 88, 50, "#6d4b3b")
    c.rect(58, 62, 68, 72, "#ffd76b")
    c.rect(76, 62, 85, 82, "#4b2a16")
    for k in range(4):
        c.disc(86 + k * 3, 32 - k * 6, 2.4 + k, "#dfe8f480")
    c.stars(130, 52, colour="#ffffff")


@drawn("Waterfall in the jungle", "landscape waterfall jungle river green nature", LAND, TALL)
def waterfall(c: Canvas) -> None:
    c.fade("#bfe9ef", "#e9fbf4")
    c.rect(0, 20, 26, 101, "#5b6a5a")
    c.rect(42, 20, 70, 101, "#4f5e50")
    c.fade("#eaf8ff", "#8fd0ea", top=18, bottom=80)
    c.rect(-1, 18, 24, 80, "#5b6a5a")
    c.rect(43, 18, 70, 80, "#4f5e50")
    for k in range(7):
        c.line([(26 + k * 2.6, 20), (25.5 + k * 2.8, 78)], 0.5, "#ffffff")
    c.oval(33, 90, 40, 14, "#4fb3d4")
    for k in range(6):
        c.disc(22 + k * 4.6, 79, 4, "#ffffffc0")
    chance = random.Random(2)
    for _ in range(60):
        side = chance.random() < 0.5
        x = chance.random() * 22 if side else 46 + chance.random() * 22
        c.oval(
            x,
            6 + chance.random() * 88,
            5,
            1.8,
            chance.choice(["#2f7d43", "#3f9a52", "#256538"]),
            turn=chance.random() * 180,
        )
