"""Patterns and geometric art."""

from __future__ import annotations

import colorsys
import math
import random

from .catalogue import WALLPAPER, WIDE, drawn
from .kit import Canvas, star_points

PATTERNS = "Patterns"


def tint(hue: float, saturation: float = 0.65, value: float = 0.9) -> str:
    """A colour from hue (0 to 1), saturation and value."""
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in colorsys.hsv_to_rgb(hue % 1, saturation, value))


@drawn("Black and white checkerboard", "pattern checkerboard chess black white squares", PATTERNS)
def checkerboard(c: Canvas) -> None:
    c.ground("#ffffff")
    for row in range(8):
        for column in range(8):
            if (row + column) % 2:
                c.rect(column * 12.5, row * 12.5, column * 12.5 + 12.5, row * 12.5 + 12.5, "#111111")


@drawn("Rainbow stripes", "pattern stripes rainbow colourful flag", PATTERNS, WIDE)
def stripes(c: Canvas) -> None:
    for k, colour in enumerate(("#e40303", "#ff8c00", "#ffed00", "#008026", "#004dff", "#750787")):
        c.rect(-1, k * 16.67, c.wide + 1, k * 16.67 + 17, colour)


@drawn("Blue and yellow pennants", "pattern flags pennants party blue yellow", PATTERNS, WIDE)
def pennants(c: Canvas) -> None:
    c.ground("#f3f7fb")
    for row in range(3):
        y = 14 + row * 28
        c.curve([(-5, y), (38, y + 6), (76, y + 8), (114, y + 6), (158, y)], 0.6, "#44546a")
        for k in range(10):
            x = 4 + k * 16
            top = y + 8 - 8 * ((x + 5 - 76) / 80) ** 2
            c.poly([(x, top), (x + 11, top), (x + 5.5, top + 15)], ("#1f6fd0", "#ffd23f")[(k + row) % 2])


@drawn("Concentric circles", "pattern circles target red concentric", PATTERNS)
def circles(c: Canvas) -> None:
    c.ground("#fff6ea")
    for k in range(9, 0, -1):
        c.disc(50, 50, k * 5, "#d8343a" if k % 2 else "#fff6ea")


@drawn("Triangle mosaic in teal", "pattern triangles mosaic geometric teal green", PATTERNS, WALLPAPER)
def triangles(c: Canvas) -> None:
    chance = random.Random(31)
    for row in range(10):
        for column in range(19):
            x, y = column * 10 - 5, row * 10
            for points in ([(x, y), (x + 10, y), (x, y + 10)], [(x + 10, y), (x + 10, y + 10), (x, y + 10)]):
                c.poly(
                    points,
                    tint(0.47 + 0.06 * chance.random(), 0.4 + 0.5 * chance.random(), 0.5 + 0.45 * chance.random()),
                )


@drawn("Golden honeycomb", "pattern honeycomb hexagon yellow bee geometric", PATTERNS)
def honeycomb(c: Canvas) -> None:
    c.ground("#a8650f")
    for row in range(-1, 9):
        for column in range(-1, 8):
            x, y = column * 15.6 + (7.8 if row % 2 else 0), row * 13.5
            c.poly(
                [
                    (x + 8 * math.cos(math.radians(60 * k + 30)), y + 8 * math.sin(math.radians(60 * k + 30)))
                    for k in range(6)
                ],
                ("#f7b52c", "#fbc84e", "#f2a51c")[(row * 2 + column) % 3],
            )


@drawn("Great waves pattern", "pattern waves sea japanese blue seigaiha", PATTERNS, WIDE)
def waves(c: Canvas) -> None:
    c.ground("#f4f1e6")
    for row in range(14):
        for column in range(-1, 12):
            x, y = column * 15 + (7.5 if row % 2 else 0), row * 7.8
            for radius, colour in (
                (8, "#f4f1e6"),
                (7.2, "#1f4e8c"),
                (5.6, "#f4f1e6"),
                (4.6, "#2f6fb8"),
                (3.2, "#f4f1e6"),
                (2, "#1f4e8c"),
            ):
                c.disc(x, y, radius, colour)


@drawn("Polka dots on pink", "pattern dots polka pink white", PATTERNS)
def dots(c: Canvas) -> None:
    c.ground("#f7a6c2")
    for row in range(8):
        for column in range(8):
            c.disc(column * 14 + (7 if row % 2 else 0), row * 13 + 4, 3.8, "#ffffff")


@drawn("Red tartan", "pattern tartan plaid red scottish fabric", PATTERNS)
def tartan(c: Canvas) -> None:
    c.ground("#b3202c")
    for k in range(5):
        x = k * 24
        for offset, width, colour in ((0, 7, "#0f3d2ea0"), (10, 2, "#f2d24a90"), (15, 4, "#10204aa0")):
            c.rect(x + offset, -1, x + offset + width, 101, colour)
            c.rect(-1, x + offset, 101, x + offset + width, colour)


@drawn("Blocks in primary colours", "art blocks red blue yellow geometric abstract modern", PATTERNS)
def blocks(c: Canvas) -> None:
    c.ground("#fbfaf4")
    for left, top, right, bottom, colour in (
        (0, 0, 34, 40, "#d8232a"),
        (70, 0, 101, 22, "#f6c900"),
        (70, 66, 101, 101, "#1d4fa3"),
        (0, 80, 34, 101, "#f6c900"),
        (34, 40, 70, 66, "#fbfaf4"),
    ):
        c.rect(left, top, right, bottom, colour)
    for x in (34, 70):
        c.rect(x - 1.2, -1, x + 1.2, 101, "#15151a")
    for y in (40, 66, 80):
        c.rect(-1, y - 1.2, 101 if y != 80 else 34, y + 1.2, "#15151a")
    c.rect(70, 20.8, 101, 23.2, "#15151a")


@drawn("Op-art squares", "art optical illusion squares black white abstract", PATTERNS)
def op_art(c: Canvas) -> None:
    c.ground("#ffffff")
    for k in range(16, 0, -1):
        turn = math.radians(45 + k * 3)
        half = k * 4.6
        c.poly(
            [
                (50 + half * math.cos(turn + j * math.pi / 2), 50 + half * math.sin(turn + j * math.pi / 2))
                for j in range(4)
            ],
            "#111111" if k % 2 else "#ffffff",
        )


@drawn("Purple mandala", "pattern mandala purple symmetry meditation", PATTERNS)
def mandala(c: Canvas) -> None:
    c.ground("#221440")
    for count, reach, wide, colour in (
        (24, 47, 4, "#4b2d83"),
        (16, 40, 4.4, "#7a4fc0"),
        (16, 32, 3.4, "#b288ea"),
        (12, 24, 3.2, "#f3c6f0"),
        (12, 16, 2.4, "#f08fc0"),
        (8, 10, 2, "#ffd76b"),
    ):
        c.petals(50, 50, count, reach, wide, colour, turn=180 / count)
    c.disc(50, 50, 4, "#fff3c4")


@drawn("Sunburst rays", "pattern sunburst rays yellow orange retro", PATTERNS, WIDE)
def sunburst(c: Canvas) -> None:
    c.ground("#f79a2e")
    for k in range(18):
        a, b = math.radians(k * 20), math.radians(k * 20 + 10)
        c.poly(
            [
                (76, 60),
                (76 + 140 * math.cos(a), 60 + 140 * math.sin(a)),
                (76 + 140 * math.cos(b), 60 + 140 * math.sin(b)),
            ],
            "#fdd04f",
        )
    c.disc(76, 60, 15, "#d9432f")


@drawn("Red brick wall", "pattern bricks wall red building texture", PATTERNS, WIDE)
def bricks(c: Canvas) -> None:
    c.ground("#d8cbbd")
    chance = random.Random(41)
    for row in range(11):
        for column in range(-1, 9):
            x, y = column * 19 + (9.5 if row % 2 else 0), row * 9.4
            c.rect(
                x + 0.6,
                y + 0.6,
                x + 18.4,
                y + 8.8,
                tint(0.02 + 0.02 * chance.random(), 0.6, 0.58 + 0.2 * chance.random()),
                round_=0.5,
            )


@drawn("Green zigzag chevrons", "pattern chevron zigzag green geometric", PATTERNS)
def chevrons(c: Canvas) -> None:
    c.ground("#eaf7ec")
    for k in range(-1, 9):
        y = k * 14
        c.line(
            [(x, y + (9 if i % 2 else 0)) for i, x in enumerate(range(-10, 121, 10))],
            4.6,
            ("#1f7a4a", "#6cc08b")[k % 2],
        )


@drawn("Terrazzo floor", "pattern terrazzo floor texture colourful stone", PATTERNS)
def terrazzo(c: Canvas) -> None:
    c.ground("#f5efe6")
    chance = random.Random(51)
    for _ in range(120):
        x, y, size = chance.random() * 100, chance.random() * 100, 1 + 4 * chance.random()
        corners = [
            (
                x + size * (0.6 + 0.6 * chance.random()) * math.cos(k * 1.26),
                y + size * (0.6 + 0.6 * chance.random()) * math.sin(k * 1.26),
            )
            for k in range(5)
        ]
        c.poly(corners, chance.choice(["#d98c73", "#7fa8a0", "#e3b95b", "#4f5d75", "#b5a59a"]))


@drawn("Quarter-circle tiles", "pattern tiles truchet circles blue geometric", PATTERNS)
def truchet(c: Canvas) -> None:
    c.ground("#123a5a")
    chance = random.Random(61)
    for row in range(8):
        for column in range(8):
            x, y = column * 12.5, row * 12.5
            corners = (
                ((x, y, 0), (x + 12.5, y + 12.5, 180))
                if chance.random() < 0.5
                else ((x + 12.5, y, 90), (x, y + 12.5, 270))
            )
            for cx, cy, start in corners:
                c.arc(cx, cy, 6.25, start, start + 90, 3, "#7fd1e8")


@drawn("Colour wheel", "colour wheel rainbow hue circle art", PATTERNS)
def wheel(c: Canvas) -> None:
    c.ground("#fbfbfb")
    for k in range(36):
        for ring in range(4):
            c.pie(50, 50, 45 - ring * 10, k * 10, k * 10 + 10.4, tint(k / 36, 0.95 - ring * 0.2, 0.95))
    c.disc(50, 50, 6, "#fbfbfb")


@drawn("Quilt of stars", "pattern quilt stars fabric blue red patchwork", PATTERNS)
def quilt(c: Canvas) -> None:
    for row in range(4):
        for column in range(4):
            x, y = column * 25, row * 25
            c.rect(x, y, x + 25, y + 25, ("#23406e", "#f2e6cf")[(row + column) % 2])
            c.poly(star_points(x + 12.5, y + 12.5, 11, spikes=8, inner=0.5), ("#f2c14e", "#b3323a")[(row + column) % 2])


@drawn("Shades of grey", "pattern gradient gray monochrome steps", PATTERNS, WIDE)
def grays(c: Canvas) -> None:
    for k in range(12):
        level = round(k * 255 / 11)
        c.rect(k * c.wide / 12, -1, (k + 1) * c.wide / 12 + 0.2, 101, f"#{level:02x}{level:02x}{level:02x}")
