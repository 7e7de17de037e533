"""Insects."""

from __future__ import annotations

from .animals import GALLERY
from .catalogue import WIDE, drawn
from .kit import Canvas


@drawn("Bumblebee on clover", "bee bumblebee insect animal yellow flower summer", GALLERY, WIDE)
def bee(c: Canvas) -> None:
    c.fade("#d8f4ff", "#fbfff0")
    for x in range(8, 155, 24):
        c.line([(x, 101), (x, 80)], 1.4, "#5a9c4a")
        c.petals(x, 76, 11, 9, 1.5, "#c77bd1")
        c.disc(x, 76, 3.6, "#a95bb8")
    m = c.middle
    for turn, x in ((-35, m - 6), (-70, m + 6)):
        c.oval(x, 26, 17, 8, "#ffffffb0", turn=turn)
    c.oval(m, 48, 28, 19, "#f7c72e")
    for x, h in ((-14, 17), (0, 19), (13, 17.4)):
        c.oval(m + x, 48, 4, h, "#2b2426")
    c.disc(m + 27, 46, 11, "#2b2426")
    c.eye(m + 31, 43, 2.2, white=True)
    for dx in (0, 5):
        c.curve([(m + 28 + dx, 37), (m + 32 + dx, 28), (m + 38 + dx, 26)], 0.9, "#2b2426")
    c.poly([(m - 27, 45), (m - 36, 48), (m - 27, 51)], "#2b2426")


@drawn("Ladybird on a leaf", "ladybird ladybug beetle insect animal red leaf", GALLERY)
def ladybird(c: Canvas) -> None:
    c.fade("#eaf9d8", "#bfe59a")
    c.blob([(2, 60), (30, 30), (70, 24), (98, 34), (84, 66), (50, 88), (18, 84)], "#5cab46")
    c.curve([(4, 64), (40, 58), (94, 36)], 1.2, "#458b35")
    c.disc(50, 34, 11, "#26222a")
    for side in (-1, 1):
        c.eye(50 + side * 5, 30, 1.6, white=True)
        c.curve([(50 + side * 4, 25), (50 + side * 9, 18)], 0.9, "#26222a")
        for dy in (48, 58, 68):
            c.line([(50 + side * 20, dy), (50 + side * 29, dy + 3)], 1.4, "#26222a")
    c.oval(50, 57, 23, 24, "#d8322c")
    c.line([(50, 34), (50, 81)], 1.1, "#26222a")
    for x, y, r in ((40, 46, 4), (60, 46, 4), (38, 61, 4.4), (62, 61, 4.4), (44, 73, 3), (56, 73, 3)):
        c.disc(x, y, r, "#26222a")


def butterfly(c: Canvas, upper: str, lower: str, spots: str) -> None:
    """A butterfly with open wings."""
    m = c.middle
    for side in (-1, 1):
        c.blob(
            [(m + side * 3, 50), (m + side * 14, 22), (m + side * 38, 14), (m + side * 42, 36), (m + side * 24, 52)],
            "#2a2230",
        )
        c.blob(
            [(m + side * 5, 49), (m + side * 15, 26), (m + side * 35, 19), (m + side * 37, 35), (m + side * 23, 49)],
            upper,
        )
        c.blob(
            [(m + side * 3, 52), (m + side * 26, 54), (m + side * 32, 70), (m + side * 18, 84), (m + side * 6, 70)],
            "#2a2230",
        )
        c.blob(
            [(m + side * 5, 54), (m + side * 25, 57), (m + side * 28, 69), (m + side * 18, 79), (m + side * 8, 68)],
            lower,
        )
        for x, y, r in ((33, 25, 2.6), (24, 30, 2), (20, 66, 3), (26, 62, 1.6)):
            c.disc(m + side * x, y, r, spots)
        c.curve([(m + side * 1, 34), (m + side * 6, 20), (m + side * 12, 16)], 0.8, "#2a2230")
    c.oval(m, 54, 2.6, 20, "#2a2230")
    c.disc(m, 34, 3.4, "#2a2230")


@drawn("Blue morpho butterfly", "butterfly insect animal blue wings", GALLERY)
def blue_butterfly(c: Canvas) -> None:
    c.fade("#fdf6e3", "#f5e6c0")
    butterfly(c, "#2f8fe0", "#5bb5f2", "#eaf6ff")


@drawn("Monarch butterfly", "butterfly monarch insect animal orange wings", GALLERY)
def monarch(c: Canvas) -> None:
    c.fade("#d3f0d0", "#a8dba8")
    butterfly(c, "#f0832a", "#f6a63c", "#fff6e0")
