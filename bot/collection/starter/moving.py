"""Animated pictures: GIFs that loop."""

from __future__ import annotations

import math

from .catalogue import Size, drawn
from .kit import Canvas

MOVING = "Animations"
FILM: Size = (240, 240)


@drawn("Spinning gold star", "animation star spinning gold gif", MOVING, FILM, frames=12, milliseconds=70)
def spinning_star(c: Canvas, t: float) -> None:
    c.ground("#1d2440")
    c.star(50, 50, 40, "#ffd23f", turn=-90 + 72 * t)
    c.star(50, 50, 20, "#fff0a8", turn=-90 + 72 * t)


@drawn("Bouncing ball", "animation ball bouncing toy red gif", MOVING, FILM, frames=14, milliseconds=60)
def bouncing(c: Canvas, t: float) -> None:
    c.fade("#cfeeff", "#ffffff")
    c.rect(0, 86, 100, 101, "#8fc978")
    height = 4 * t * (1 - t)
    flat = max(0.0, 0.12 - height) * 2
    c.oval(50, 87, 10 + 6 * (1 - height), 2, "#6aa655")
    c.oval(50, 73 - 56 * height + 8 * flat, 13 * (1 + flat), 13 * (1 - flat), "#e0342b")
    c.oval(46, 68 - 56 * height + 8 * flat, 4, 3, "#ff9a8c")


@drawn("Blinking owl", "animation owl bird blinking night gif", MOVING, FILM, frames=10, milliseconds=160)
def blinking_owl(c: Canvas, t: float) -> None:
    c.fade("#141b3d", "#3b4a86")
    c.stars(40, 5)
    c.blob([(50, 20), (78, 30), (80, 70), (50, 96), (20, 70), (22, 30)], "#8b623c")
    for side in (-1, 1):
        c.poly([(50 + side * 26, 14), (50 + side * 10, 26), (50 + side * 28, 38)], "#7b5534")
        c.disc(50 + side * 14, 44, 13, "#f7e7c6")
        if 0.3 < t < 0.55:
            c.line([(50 + side * 14 - 8, 45), (50 + side * 14 + 8, 45)], 2, "#3b2a1c")
        else:
            c.disc(50 + side * 14, 44, 8, "#f5b731")
            c.disc(50 + side * 14 + (2 if t > 0.6 else -2), 44, 4.6, "#1d1a20")
    c.poly([(46, 54), (54, 54), (50, 63)], "#e39a2d")
    c.oval(50, 80, 16, 12, "#d9b98c")


@drawn("Phases of the moon", "animation moon phases night space gif", MOVING, FILM, frames=16, milliseconds=140)
def phases(c: Canvas, t: float) -> None:
    c.ground("#0b1030")
    c.stars(60, 6)
    c.disc(50, 50, 34, "#22294f")
    edge = math.cos(2 * math.pi * t)
    lit = 1 if t < 0.5 else -1
    outer = [(50 + lit * 34 * math.cos(a), 50 + 34 * math.sin(a)) for a in (math.radians(d) for d in range(-90, 91, 5))]
    inner = [
        (50 + lit * 34 * edge * math.cos(a), 50 + 34 * math.sin(a))
        for a in (math.radians(d) for d in range(90, -91, -5))
    ]
    c.poly([*outer, *inner], "#fff3cf")


@drawn("Beating heart", "animation heart beating love red gif", MOVING, FILM, frames=10, milliseconds=90)
def beating(c: Canvas, t: float) -> None:
    c.ground("#fff0f3")
    size = 0.8 + 0.16 * math.sin(2 * math.pi * t) ** 2 + 0.05 * math.sin(2 * math.pi * t)
    shape = [(50, 32), (64, 14), (88, 18), (92, 42), (74, 68), (50, 90), (26, 68), (8, 42), (12, 18), (36, 14)]
    c.blob([(50 + (x - 50) * size, 52 + (y - 52) * size) for x, y in shape], "#e0263c")


@drawn("Fish swimming by", "animation fish swimming sea blue gif", MOVING, FILM, frames=16, milliseconds=90)
def swimming(c: Canvas, t: float) -> None:
    c.fade("#4fc3e0", "#0f5f94")
    x = -25 + 150 * t
    wag = 6 * math.sin(8 * math.pi * t)
    y = 50 + 3 * math.sin(4 * math.pi * t)
    c.poly([(x - 16, y), (x - 30, y - 10 + wag), (x - 30, y + 10 + wag)], "#f08a24")
    c.oval(x, y, 20, 12, "#ffb13d")
    c.eye(x + 11, y - 3, 2, white=True)
    for k in range(4):
        rise = (t + k / 4) % 1
        c.disc(20 + k * 22, 100 - 110 * rise, 1.6 + k * 0.4, "#ffffff80")
    for k in range(5):
        c.curve(
            [(10 + k * 20, 101), (10 + k * 20 + 4 * math.sin(2 * math.pi * t + k), 88), (10 + k * 20, 76)], 2, "#2f8a5a"
        )


@drawn("Falling rain", "animation rain cloud weather gif", MOVING, FILM, frames=8, milliseconds=80)
def rain(c: Canvas, t: float) -> None:
    c.fade("#8fa5b8", "#d2dde6")
    for k in range(18):
        x = 8 + (k * 29) % 88
        y = 40 + ((k * 17) / 60 + t) % 1 * 58
        c.line([(x, y), (x - 1, y + 6)], 0.9, "#3f7fb8")
    c.cloud(50, 26, 17, "#f4f6f8")


@drawn("Turning colour wheel", "animation wheel colours rainbow loading gif", MOVING, FILM, frames=12, milliseconds=70)
def turning(c: Canvas, t: float) -> None:
    c.ground("#ffffff")
    colours = ("#e8413c", "#f58b2e", "#f8d13a", "#4fb556", "#3a86d8", "#7650b8")
    for k, colour in enumerate(colours):
        start = k * 60 + 360 * t
        c.pie(50, 50, 42, start, start + 60, colour)
    c.disc(50, 50, 14, "#ffffff")
