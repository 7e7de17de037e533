"""Harmless abstract drawings that are labelled adult, so that SafeSearch can be seen at work."""

from __future__ import annotations

from .catalogue import SQUARE, TALL, WIDE, drawn
from .kit import Canvas

GALLERY = "Demonstration"


@drawn("Abstract figure in crimson", "abstract figure art adult demonstration red", GALLERY, TALL, rating="adult",
       about="Demonstration picture rated adult: an abstract figure.")  # fmt: skip
def figure_one(c: Canvas) -> None:
    c.fade("#f6e3d6", "#e8c3b0")
    c.disc(33, 20, 9, "#b3202c")
    c.blob([(33, 32), (48, 44), (42, 60), (50, 82), (33, 96), (18, 84), (24, 62), (18, 46)], "#b3202c")
    c.curve([(20, 44), (10, 60), (18, 74)], 3, "#7d1520")


@drawn("Abstract figure in indigo", "abstract figure art adult demonstration blue", GALLERY, TALL, rating="adult",
       about="Demonstration picture rated adult: an abstract figure.")  # fmt: skip
def figure_two(c: Canvas) -> None:
    c.fade("#dfe3f6", "#b9c2ea")
    c.oval(38, 22, 8, 10, "#2d2f83", turn=20)
    c.blob([(34, 34), (50, 50), (36, 64), (52, 90), (26, 94), (22, 66), (16, 48)], "#2d2f83")
    c.arc(33, 58, 26, 120, 240, 2.4, "#6a6fd0")


@drawn("Abstract figure in ochre", "abstract figure art adult demonstration yellow", GALLERY, SQUARE, rating="adult",
       about="Demonstration picture rated adult: an abstract figure.")  # fmt: skip
def figure_three(c: Canvas) -> None:
    c.ground("#2b2420")
    c.disc(24, 50, 10, "#d9a036")
    c.blob([(34, 50), (50, 40), (62, 52), (84, 50), (92, 62), (70, 68), (48, 66)], "#d9a036")
    c.line([(12, 78), (92, 78)], 2, "#8a6420")


@drawn("Abstract figures in green", "abstract figure art adult demonstration green", GALLERY, WIDE, rating="adult",
       about="Demonstration picture rated adult: two abstract figures.")  # fmt: skip
def figure_four(c: Canvas) -> None:
    c.fade("#eef6e6", "#cfe3bd")
    for x, lean, colour in ((58, -6, "#3c7a4a"), (94, 6, "#7fb069")):
        c.disc(x, 24, 9, colour)
        c.blob(
            [(x, 36), (x + 14, 50), (x + 8 + lean, 70), (x + 12, 92), (x - 12, 92), (x - 8 + lean, 70), (x - 14, 50)],
            colour,
        )
