"""Flowers."""

from __future__ import annotations

import math
import random

from .catalogue import SQUARE, TALL, WIDE, drawn
from .kit import Canvas

FLOWERS = "Flowers"


def stem(c: Canvas, x: float, top: float, *, leaves: bool = True, width: float = 2.4) -> None:
    """A stem with two leaves."""
    c.curve([(x, top), (x + 1.5, (top + 100) / 2), (x - 1, 101)], width, "#4b9448")
    if leaves:
        c.oval(x + 11, 80, 12, 4, "#5cab52", turn=-28)
        c.oval(x - 10, 87, 11, 3.6, "#4f9f49", turn=24)


@drawn("Sunflower in full bloom", "flower sunflower yellow summer plant", FLOWERS, TALL)
def sunflower(c: Canvas) -> None:
    c.fade("#7fc8f2", "#e6f6ff")
    stem(c, 33, 44, width=3)
    c.petals(33, 40, 20, 26, 3.6, "#f5a81c")
    c.petals(33, 40, 20, 25, 3.2, "#ffcf2e", turn=9)
    c.disc(33, 40, 12.5, "#6b3f1d")
    for k in range(90):
        a, r = k * 2.39996, 1.2 * math.sqrt(k)
        c.disc(33 + r * math.cos(a), 40 + r * math.sin(a), 0.5, "#a5692f")


@drawn("Red tulips", "flower tulip red spring plant garden", FLOWERS, WIDE)
def tulips(c: Canvas) -> None:
    c.fade("#fff3e6", "#ffe0d0")
    for x, y, colour, dark in (
        (34, 40, "#e23b3b", "#b82a2f"),
        (76, 32, "#f0504a", "#c23535"),
        (118, 42, "#d93038", "#a8242c"),
    ):
        stem(c, x, y)
        c.blob(
            [
                (x - 13, y - 14),
                (x - 6, y - 6),
                (x, y - 18),
                (x + 6, y - 6),
                (x + 13, y - 14),
                (x + 12, y + 8),
                (x, y + 14),
                (x - 12, y + 8),
            ],
            colour,
        )
        c.blob([(x, y - 18), (x + 6, y - 2), (x, y + 13), (x - 6, y - 2)], dark)


@drawn("White daisies", "flower daisy white yellow meadow summer", FLOWERS, SQUARE)
def daisies(c: Canvas) -> None:
    c.fade("#a9df8c", "#6dbb5a")
    for x, y, s in ((30, 30, 22), (70, 42, 26), (34, 74, 24), (82, 82, 18)):
        c.petals(x, y, 16, s, s * 0.13, "#ffffff")
        c.disc(x, y, s * 0.32, "#f8c630")
        c.disc(x - s * 0.06, y - s * 0.06, s * 0.2, "#ffdc6b")


@drawn("Pink rose", "flower rose pink romantic garden", FLOWERS, SQUARE)
def rose(c: Canvas) -> None:
    c.fade("#fff5f7", "#fddfe6")
    stem(c, 50, 56)
    for k, (reach, radius, colour) in enumerate(
        ((17, 17, "#d94f7c"), (12, 14, "#e56a92"), (8, 11, "#ee86a8"), (4, 8, "#f5a3be"))
    ):
        for petal in range(5):
            a = math.radians(petal * 72 + k * 36)
            c.disc(50 + reach * math.cos(a), 40 + reach * math.sin(a), radius, colour)
    c.arc(50, 40, 4, 20, 300, 1.2, "#d94f7c")
    c.arc(51, 41, 8, 190, 420, 1.2, "#e56a92")


@drawn("Poppy field", "flower poppy red field summer landscape", FLOWERS, WIDE)
def poppies(c: Canvas) -> None:
    c.fade("#8fd2f2", "#f1fbff", bottom=45)
    c.hills(48, 8, 5, "#9ccf7a")
    c.fade("#8dc26a", "#4d8f3f", top=46)
    chance = random.Random(15)
    spots = sorted(((chance.random(), chance.random()) for _ in range(80)), key=lambda s: s[1])
    for sx, sy in spots:
        y, size = 47 + sy * 52, 0.8 + 4.2 * sy
        x = sx * c.wide
        c.line([(x, y), (x, y + size * 3)], 0.3 + 0.1 * size, "#3f7d35")
        for dx, dy in ((-0.6, 0), (0.6, 0), (0, -0.5), (0, 0.4)):
            c.disc(x + dx * size, y + dy * size, size * 0.8, "#e0342b" if dy <= 0 else "#c42a24")
        c.disc(x, y, size * 0.35, "#2b1d1d")


@drawn("Lavender rows", "flower lavender purple field summer landscape", FLOWERS, WIDE)
def lavender(c: Canvas) -> None:
    c.fade("#ffd9a8", "#ffeccf", bottom=40)
    c.disc(112, 28, 9, "#fff6cf")
    c.hills(44, 8, 4, "#8f9fc4")
    c.rect(0, 42, c.wide, 101, "#7fae5c")
    for k in range(-8, 9):
        x = c.middle + k * 7
        bottom = c.middle + k * 26
        c.poly([(x - 1, 42), (x + 1, 42), (bottom + 9, 101), (bottom - 9, 101)], "#7f5fb5" if k % 2 else "#9674c9")


@drawn("Cherry blossom branch", "flower cherry blossom sakura pink spring branch", FLOWERS, WIDE)
def blossom(c: Canvas) -> None:
    c.fade("#d8effa", "#fdf3f6")
    c.curve([(-4, 80), (30, 64), (70, 60), (110, 40), (156, 34)], 4, "#5a3b30")
    c.curve([(60, 60), (76, 42), (90, 20)], 2.4, "#5a3b30")
    c.curve([(100, 46), (120, 60), (136, 78)], 2.2, "#5a3b30")
    for x, y, s in (
        (22, 64, 8),
        (44, 56, 9),
        (66, 50, 8),
        (84, 28, 9),
        (92, 14, 6),
        (98, 52, 9),
        (118, 34, 8),
        (128, 66, 8),
        (142, 30, 7),
        (138, 82, 6),
    ):
        c.petals(x, y, 5, s, s * 0.34, "#f9bfd0", turn=-90)
        c.petals(x, y, 5, s * 0.6, s * 0.16, "#f3a0b8", turn=-90)
        c.disc(x, y, s * 0.16, "#f5d76b")


@drawn("Water lily on a pond", "flower water lily pond lotus pink green", FLOWERS, SQUARE)
def lily(c: Canvas) -> None:
    c.fade("#2b7a94", "#174f6d")
    for x, y, r in ((24, 30, 15), (80, 24, 12), (50, 70, 30), (90, 84, 14)):
        c.oval(x, y, r, r * 0.6, "#4a9a55")
        c.poly([(x, y), (x + r, y - r * 0.25), (x + r, y + r * 0.18)], "#226a86")
    c.petals(50, 62, 9, 24, 5, "#f29ac0", turn=-90)
    c.petals(50, 61, 9, 18, 4, "#f9c3da", turn=-70)
    c.petals(50, 60, 7, 11, 3, "#fde4ee", turn=-90)
    c.disc(50, 60, 4, "#f6cf57")


@drawn("Dandelion seeds in the wind", "flower dandelion seeds wind nature white", FLOWERS, WIDE)
def dandelion(c: Canvas) -> None:
    c.fade("#6fb5d8", "#d9eef5")
    c.curve([(44, 44), (46, 74), (42, 101)], 1.8, "#5d8f4a")
    for k in range(42):
        a = math.radians(k * 360 / 42)
        c.line([(44, 40), (44 + 24 * math.cos(a), 40 + 24 * math.sin(a))], 0.35, "#ffffff")
        c.star(44 + 24 * math.cos(a), 40 + 24 * math.sin(a), 2.4, "#ffffff", spikes=6, inner=0.25)
    c.disc(44, 40, 3.6, "#c9b487")
    for x, y in ((86, 34), (104, 20), (112, 46), (132, 30), (142, 14)):
        c.line([(x, y), (x - 4, y + 7)], 0.4, "#f2ead8")
        c.star(x, y, 3.4, "#ffffff", spikes=7, inner=0.2)
