"""Made-up pictures and rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
from PIL import Image, ImageDraw

from bot.collection.model import FileLocation, Indexed, Looks, PictureCredit, Rating

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def scene(seed: int, size: tuple[int, int] = (360, 270)) -> Image.Image:
    """A busy made-up picture: shapes over a gradient; the same seed gives the same pixels."""
    random = np.random.default_rng(seed)
    width, height = size
    rows = np.linspace(random.integers(0, 120), random.integers(130, 255), height)
    picture = Image.fromarray(np.repeat(rows[:, None], width, axis=1).astype(np.uint8)).convert("RGB")
    draw = ImageDraw.Draw(picture)
    for _ in range(60):
        x, y = random.integers(0, width), random.integers(0, height)
        w, h = random.integers(8, width // 3), random.integers(8, height // 3)
        colour = tuple(int(v) for v in random.integers(0, 256, 3))
        box = (int(x), int(y), int(x + w), int(y + h))
        (draw.rectangle if random.random() < 0.5 else draw.ellipse)(box, fill=colour)
    return picture


def row(
    name: str,
    *,
    seed: int | None = None,
    rating: Rating = Rating.SAFE,
    looks: Mapping[str, object] | None = None,
    key: str | None = None,
    discovered: datetime = NOW,
    **credit: object,
) -> Indexed:
    """A picture row with made-up codes; `name` decides everything that is not given."""
    number = sum(name.encode()) * 7919 if seed is None else seed
    random = np.random.default_rng(number)
    base = Looks(
        width=800, height=600, size=50_000, encoding="jpeg", animated=False, transparent=False, kind="Photo",
        colours=("Blue",), monochrome=False, accent="3366CC", copy_code=random.bytes(32), quality=90,
        looks_code=random.bytes(32), points=b"\0" * 6,
        words=tuple(sorted({int(w) for w in random.integers(0, 65536, 40)})),
    )  # fmt: skip
    said: dict[str, object] = {"title": name, "rating": rating, "listed": True} | credit
    place = FileLocation(key or f"/pictures/{name}.jpg", 50_000, 1, "stamp", PictureCredit(**said))  # type: ignore[arg-type]
    image_id = f"{number:040X}"[-40:]
    return Indexed(image_id, replace(base, **dict(looks or {})), (place,), discovered, image_id)  # type: ignore[arg-type]
