"""Pictures without a ground, and line drawings."""

from __future__ import annotations

import math

from .catalogue import SMALL, SQUARE, TALL, WIDE, drawn
from .kit import Canvas, star_points

CUTOUTS, LINES = "Cut-outs", "Line drawings"


# -- see-through


@drawn("Gold star badge", "star badge gold yellow icon", CUTOUTS, SMALL, clear=True)
def star(c: Canvas) -> None:
    c.star(50, 52, 46, "#c98a12")
    c.star(50, 52, 42, "#ffd23f")
    c.star(50, 50, 22, "#ffe78a")


@drawn("Red heart", "heart love red icon valentine", CUTOUTS, SQUARE, clear=True)
def heart(c: Canvas) -> None:
    c.blob(
        [(50, 32), (64, 14), (88, 18), (92, 42), (74, 68), (50, 90), (26, 68), (8, 42), (12, 18), (36, 14)], "#e0263c"
    )
    c.oval(28, 34, 9, 6, "#ff8d98", turn=-40)


@drawn("Maple leaf", "leaf maple autumn orange red nature", CUTOUTS, SQUARE, clear=True)
def leaf(c: Canvas) -> None:
    half = [
        (0, 6),
        (8, 22),
        (16, 18),
        (15, 38),
        (28, 26),
        (31, 34),
        (44, 32),
        (38, 44),
        (44, 50),
        (22, 66),
        (26, 74),
        (2, 70),
    ]
    c.poly([(50 + x, y) for x, y in half] + [(50 - x, y) for x, y in reversed(half)], "#d9532c")
    c.line([(50, 30), (50, 95)], 2, "#a8371a")
    for side in (-1, 1):
        c.line([(50, 64), (50 + side * 30, 42)], 1.1, "#a8371a")
        c.line([(50, 52), (50 + side * 12, 30)], 1, "#a8371a")


@drawn("Paw print", "paw print animal pet icon", CUTOUTS, SMALL, clear=True)
def paw(c: Canvas) -> None:
    c.blob([(50, 46), (66, 56), (76, 76), (64, 88), (50, 83), (36, 88), (24, 76), (34, 56)], "#6b4428")
    for x, y, turn in ((20, 46, -25), (38, 26, -8), (62, 26, 8), (80, 46, 25)):
        c.oval(x, y, 9, 13, "#6b4428", turn=turn)


@drawn("Blue snowflake", "snowflake snow winter blue icon", CUTOUTS, SQUARE, clear=True)
def snowflake(c: Canvas) -> None:
    for k in range(6):
        a = math.radians(k * 60 - 90)
        c.line([(50, 50), (50 + 43 * math.cos(a), 50 + 43 * math.sin(a))], 3, "#4aa3df")
        for reach, arm in ((20, 10), (31, 9)):
            for side in (-1, 1):
                b = a + side * math.radians(55)
                x, y = 50 + reach * math.cos(a), 50 + reach * math.sin(a)
                c.line([(x, y), (x + arm * math.cos(b), y + arm * math.sin(b))], 2.4, "#6fbef0")
    c.star(50, 50, 9, "#bfe4fa", spikes=6, inner=0.87)


@drawn("Green four-leaf clover", "clover luck green plant icon", CUTOUTS, SQUARE, clear=True)
def clover(c: Canvas) -> None:
    c.curve([(50, 50), (54, 74), (66, 94)], 3, "#2f7d3a")
    for k in range(4):
        a = math.radians(k * 90 + 45)
        for b in (-0.42, 0.42):
            c.disc(50 + 25 * math.cos(a + b), 46 + 25 * math.sin(a + b), 14, "#3fa04a")
        c.disc(50 + 13 * math.cos(a), 46 + 13 * math.sin(a), 12, "#3fa04a")
        c.line([(50, 46), (50 + 26 * math.cos(a), 46 + 26 * math.sin(a))], 1, "#2f7d3a")


@drawn("Speech bubble", "speech bubble talk chat icon", CUTOUTS, WIDE, clear=True)
def bubble(c: Canvas) -> None:
    c.rect(16, 12, 136, 70, "#2b2b33", round_=18)
    c.poly([(44, 66), (36, 94), (70, 66)], "#2b2b33")
    c.rect(19, 15, 133, 67, "#ffffff", round_=16)
    c.poly([(48, 62), (41, 86), (66, 64)], "#ffffff")
    for x in (52, 76, 100):
        c.disc(x, 41, 5.5, "#5865f2")


@drawn("Treasure key", "key gold lock treasure icon", CUTOUTS, WIDE, clear=True)
def key(c: Canvas) -> None:
    c.arc(36, 50, 20, 0, 360, 8, "#d9a520")
    c.rect(54, 46, 134, 55, "#d9a520", round_=2)
    for x, h in ((108, 16), (120, 22), (130, 14)):
        c.rect(x - 4, 52, x + 3, 52 + h, "#d9a520", round_=1)
    c.star(36, 50, 7, "#f6d365", spikes=4, inner=0.4)


# -- line drawings


@drawn("Line drawing of a cat", "cat animal line drawing sketch black white", LINES, SQUARE, kind="Line")
def line_cat(c: Canvas) -> None:
    ink = "#16161c"
    c.ground("#ffffff")
    c.curve(
        [(24, 88), (20, 60), (30, 44), (28, 22), (40, 32), (54, 32), (66, 22), (64, 44), (72, 60), (70, 88)], 1, ink
    )
    c.curve([(70, 84), (86, 80), (88, 62), (82, 54)], 1, ink)
    for x in (40, 54):
        c.curve([(x - 4, 45), (x, 42), (x + 4, 45)], 1, ink)
    c.poly([(45, 50), (49, 50), (47, 53)], ink)
    c.curve([(41, 56), (44, 58), (47, 54), (50, 58), (53, 56)], 0.9, ink)
    for dy in (-1, 2):
        c.line([(32, 52 + dy), (20, 50 + dy * 2)], 0.6, ink)
        c.line([(62, 52 + dy), (74, 50 + dy * 2)], 0.6, ink)
    for x in (38, 56):
        c.curve([(x - 4, 88), (x, 84), (x + 4, 88)], 1, ink)


@drawn("Line drawing of a mountain hut", "house mountain hut line drawing sketch black white", LINES, WIDE, kind="Line")
def line_house(c: Canvas) -> None:
    ink = "#16161c"
    c.ground("#ffffff")
    c.line([(6, 82), (44, 26), (62, 52), (88, 18), (146, 82)], 0.9, ink)
    c.line([(36, 38), (44, 44), (50, 36)], 0.8, ink)
    c.line([(78, 32), (88, 40), (97, 30)], 0.8, ink)
    c.line([(54, 84), (54, 64), (72, 50), (90, 64), (90, 84), (54, 84)], 1, ink)
    c.line([(48, 69), (72, 50), (96, 69)], 1, ink)
    c.line([(68, 84), (68, 72), (76, 72), (76, 84)], 0.9, ink)
    c.line([(4, 86), (148, 86)], 0.9, ink)
    for x in (20, 118, 132):
        c.line([(x, 86), (x, 70), (x - 6, 78)], 0.8, ink)
        c.line([(x, 70), (x + 6, 78)], 0.8, ink)


@drawn("Line drawing of a leaf", "leaf plant line drawing sketch black white", LINES, TALL, kind="Line")
def line_leaf(c: Canvas) -> None:
    ink = "#16161c"
    c.ground("#ffffff")
    c.curve([(33, 8), (52, 30), (54, 54), (33, 78), (12, 54), (14, 30), (33, 8)], 0.9, ink)
    c.line([(33, 8), (33, 95)], 0.9, ink)
    for k in range(6):
        y = 24 + k * 8
        c.line([(33, y + 6), (33 + 15 - abs(k - 2) * 2, y - 2)], 0.6, ink)
        c.line([(33, y + 6), (33 - 15 + abs(k - 2) * 2, y - 2)], 0.6, ink)


@drawn("Line drawing of a sailing ship", "ship boat sea line drawing sketch black white", LINES, SQUARE, kind="Line")
def line_ship(c: Canvas) -> None:
    ink = "#16161c"
    c.ground("#ffffff")
    c.line([(16, 66), (84, 66), (74, 82), (28, 82), (16, 66)], 1, ink)
    c.line([(50, 10), (50, 66)], 1, ink)
    c.curve([(52, 16), (80, 34), (74, 58)], 0.9, ink)
    c.line([(74, 58), (52, 58)], 0.9, ink)
    c.curve([(48, 18), (24, 40), (28, 58)], 0.9, ink)
    c.line([(28, 58), (48, 58)], 0.9, ink)
    for y in (88, 93):
        c.curve([(8 + k * 7, y + (1.4 if k % 2 else -1.4)) for k in range(13)], 0.7, ink)


@drawn("Line drawing of a snail shell spiral", "spiral snail shell line drawing black white", LINES, SMALL, kind="Line")
def line_spiral(c: Canvas) -> None:
    c.ground("#ffffff")
    points = [(50 + (2 + t * 0.11) * math.cos(t / 18), 50 + (2 + t * 0.11) * math.sin(t / 18)) for t in range(360)]
    c.line(points, 1.4, "#16161c")


@drawn("Line drawing of a star map", "stars constellation line drawing night sky black white", LINES, WIDE, kind="Line")
def line_stars(c: Canvas) -> None:
    ink = "#16161c"
    c.ground("#ffffff")
    path = [(20, 30), (42, 24), (60, 34), (82, 40), (84, 64), (118, 70), (124, 44), (82, 40)]
    c.line(path, 0.4, ink)
    for x, y in path:
        corners = star_points(x, y, 4)
        c.line([*corners, corners[0]], 0.6, ink)
