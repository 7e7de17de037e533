"""A small drawing kit: shapes on a canvas whose height is 100 units, drawn twice as large and reduced.

Everything is computed from whole numbers and fixed seeds, so each picture has the same pixels everywhere.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence

from PIL import Image, ImageDraw

Point = tuple[float, float]
SCALE = 2


class Canvas:
    """A canvas; x runs from 0 to `wide`, y from 0 (top) to 100.

    Args:
        width: pixels.
        height: pixels.
        clear: True for a see-through ground.
    """

    def __init__(self, width: int, height: int, *, clear: bool = False) -> None:
        size = (width * SCALE, height * SCALE)
        self._picture = Image.new("RGBA" if clear else "RGB", size, (255, 255, 255, 0) if clear else (255, 255, 255))
        self._draw = ImageDraw.Draw(self._picture, "RGBA")
        self._unit = size[1] / 100
        self.wide = 100 * width / height
        self.middle = self.wide / 2

    def finish(self) -> Image.Image:
        """The picture in its final size."""
        return self._picture.reduce(SCALE)

    def _at(self, points: Iterable[Point]) -> list[Point]:
        return [(x * self._unit, y * self._unit) for x, y in points]

    # -- grounds

    def ground(self, colour: str) -> None:
        """Fill everything."""
        self._draw.rectangle((0, 0, *self._picture.size), fill=colour)

    def fade(self, *colours: str, top: float = 0, bottom: float = 100) -> None:
        """Fill a band with colours that run into each other from top to bottom."""
        stops = [tuple(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in colours]
        first, last = round(top * self._unit), round(bottom * self._unit)
        parts = len(stops) - 1
        rows: list[int] = []
        for row in range(first, last):
            place = (row - first) * parts / max(1, last - first)
            index = min(parts - 1, int(place))
            share = place - index
            rows.extend(round(a + (b - a) * share) for a, b in zip(stops[index], stops[index + 1], strict=True))
        column = Image.frombytes("RGB", (1, last - first), bytes(rows))
        self._picture.paste(column.resize((self._picture.width, column.height), Image.Resampling.NEAREST), (0, first))

    # -- shapes

    def poly(self, points: Sequence[Point], fill: str) -> None:
        """A filled polygon."""
        self._draw.polygon(self._at(points), fill=fill)

    def rect(self, left: float, top: float, right: float, bottom: float, fill: str, *, round_: float = 0) -> None:
        """A filled rectangle with round corners of a radius."""
        (a, b), (c, d) = self._at([(left, top), (right, bottom)])
        self._draw.rounded_rectangle((a, b, c, d), round_ * self._unit, fill=fill)

    def oval(self, x: float, y: float, across: float, down: float, fill: str, *, turn: float = 0) -> None:
        """A filled ellipse with these radii, turned clockwise by degrees."""
        if turn:
            self.poly(ring(x, y, across, down, turn=turn), fill)
            return
        (a, b), (c, d) = self._at([(x - across, y - down), (x + across, y + down)])
        self._draw.ellipse((a, b, c, d), fill=fill)

    def disc(self, x: float, y: float, radius: float, fill: str) -> None:
        """A filled circle."""
        self.oval(x, y, radius, radius, fill)

    def pie(self, x: float, y: float, radius: float, start: float, end: float, fill: str) -> None:
        """A slice of a circle between two angles in degrees, clockwise from the right."""
        (a, b), (c, d) = self._at([(x - radius, y - radius), (x + radius, y + radius)])
        self._draw.pieslice((a, b, c, d), start, end, fill=fill)

    def line(self, points: Sequence[Point], width: float, fill: str) -> None:
        """A line with round ends and joints."""
        at = self._at(points)
        thick = max(1, round(width * self._unit))
        self._draw.line(at, fill=fill, width=thick, joint="curve")
        if len(fill) == 7:  # see-through ends would be drawn twice
            for x, y in (at[0], at[-1]):
                self._draw.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=fill)

    def curve(self, points: Sequence[Point], width: float, fill: str) -> None:
        """A smooth line through points."""
        self.line(smooth(points), width, fill)

    def blob(self, points: Sequence[Point], fill: str) -> None:
        """A smooth filled shape through points."""
        self.poly(smooth(points, closed=True), fill)

    def arc(self, x: float, y: float, radius: float, start: float, end: float, width: float, fill: str) -> None:
        """A piece of a circle's line."""
        steps = max(8, int(abs(end - start) / 4))
        angles = [math.radians(start + (end - start) * i / steps) for i in range(steps + 1)]
        self.line([(x + radius * math.cos(a), y + radius * math.sin(a)) for a in angles], width, fill)

    # -- figures

    def petals(self, x: float, y: float, count: int, reach: float, wide: float, fill: str, *, turn: float = 0) -> None:
        """Petals round a middle."""
        for index in range(count):
            angle = turn + 360 * index / count
            cx = x + reach / 2 * math.cos(math.radians(angle))
            cy = y + reach / 2 * math.sin(math.radians(angle))
            self.oval(cx, cy, reach / 2, wide, fill, turn=angle)

    def star(
        self, x: float, y: float, radius: float, fill: str, *, spikes: int = 5, inner: float = 0.45, turn: float = -90
    ) -> None:
        """A star."""
        self.poly(star_points(x, y, radius, spikes=spikes, inner=inner, turn=turn), fill)

    def glow(self, x: float, y: float, radius: float, colour: str, *, rings: int = 12, strength: int = 12) -> None:
        """Light round a place: rings that add up."""
        for index in range(rings, 0, -1):
            self.disc(x, y, radius * index / rings, f"{colour}{strength:02x}")

    def stars(self, count: int, seed: int, *, bottom: float = 100, colour: str = "#ffffff") -> None:
        """Many small stars."""
        chance = random.Random(seed)
        for _ in range(count):
            x, y = chance.random() * self.wide, chance.random() * bottom
            size = 0.15 + 0.5 * chance.random() ** 3
            self.disc(x, y, size, f"{colour}{90 + int(chance.random() * 160):02x}")

    def hills(self, base: float, height: float, seed: int, fill: str, *, bumps: int = 5) -> None:
        """A rolling horizon down to the bottom."""
        chance = random.Random(seed)
        step = self.wide / bumps
        tops = [((i - 0.5) * step, base - height * chance.random()) for i in range(bumps + 2)]
        self.poly([(-5, 101), *smooth(tops), (self.wide + 5, 101)], fill)

    def peaks(self, base: float, height: float, seed: int, fill: str, *, count: int = 5, snow: str = "") -> None:
        """A row of mountains down to the bottom, with snow on top if a colour is given."""
        chance = random.Random(seed)
        step = self.wide / count
        for index in range(count + 1):
            x = index * step + (chance.random() - 0.5) * step * 0.6
            top = base - height * (0.6 + 0.4 * chance.random())
            half = (base - top) * (0.8 + 0.3 * chance.random())
            self.poly([(x - half, base), (x, top), (x + half, base)], fill)
            if snow:
                cut = 0.28
                jag = [(x - half * cut, top + (base - top) * cut), (x - half * cut * 0.3, top + (base - top) * cut * 0.75),
                       (x + half * cut * 0.1, top + (base - top) * cut * 1.1), (x + half * cut * 0.5, top + (base - top) * cut * 0.8),
                       (x + half * cut, top + (base - top) * cut)]  # fmt: skip
                self.poly([(x, top), *reversed(jag)], snow)
        self.rect(-1, base - 0.5, self.wide + 1, 101, fill)

    def cloud(self, x: float, y: float, size: float, fill: str = "#ffffff") -> None:
        """A cloud."""
        for dx, dy, radius in ((-1.1, 0.1, 0.6), (-0.4, -0.3, 0.8), (0.5, -0.2, 0.7), (1.2, 0.15, 0.5)):
            self.disc(x + dx * size, y + dy * size, radius * size, fill)
        self.rect(x - 1.5 * size, y - 0.05 * size, x + 1.5 * size, y + 0.6 * size, fill, round_=0.32 * size)

    def eye(self, x: float, y: float, radius: float, *, white: bool = False) -> None:
        """A friendly eye."""
        if white:
            self.disc(x, y, radius * 1.8, "#ffffff")
        self.disc(x, y, radius, "#23202a")
        self.disc(x + radius * 0.35, y - radius * 0.35, radius * 0.35, "#ffffff")

    def pine(self, x: float, base: float, height: float, fill: str, trunk: str = "#5d4037") -> None:
        """A fir tree."""
        self.rect(x - height * 0.04, base - height * 0.15, x + height * 0.04, base, trunk)
        for index in range(3):
            top = base - height + index * height * 0.24
            half = height * (0.17 + 0.07 * index)
            self.poly([(x - half, top + height * 0.38), (x, top), (x + half, top + height * 0.38)], fill)


def ring(x: float, y: float, across: float, down: float, *, turn: float = 0, steps: int = 48) -> list[Point]:
    """Points of an ellipse."""
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    points: list[Point] = []
    for index in range(steps):
        angle = 2 * math.pi * index / steps
        a, b = across * math.cos(angle), down * math.sin(angle)
        points.append((x + a * cos - b * sin, y + a * sin + b * cos))
    return points


def star_points(
    x: float, y: float, radius: float, *, spikes: int = 5, inner: float = 0.45, turn: float = -90
) -> list[Point]:
    """Corners of a star, the first at `turn` degrees."""
    points: list[Point] = []
    for index in range(2 * spikes):
        reach = radius if index % 2 == 0 else radius * inner
        angle = math.radians(turn + 180 * index / spikes)
        points.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    return points


def smooth(points: Sequence[Point], *, closed: bool = False, steps: int = 10) -> list[Point]:
    """Points on a smooth curve through the given ones (Catmull-Rom)."""
    count = len(points)
    if count < 3:
        return list(points)
    result: list[Point] = []
    for index in range(count if closed else count - 1):
        if closed:
            four = [points[(index + k) % count] for k in (-1, 0, 1, 2)]
        else:
            four = [points[min(count - 1, max(0, index + k))] for k in (-1, 0, 1, 2)]
        result += [_between(four, step / steps) for step in range(steps)]
    return result if closed else [*result, points[-1]]


def _between(four: Sequence[Point], share: float) -> Point:
    a, b, c, d = four
    return (_spline(a[0], b[0], c[0], d[0], share), _spline(a[1], b[1], c[1], d[1], share))


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t)
