"""What is said of pictures that nobody knows, and how often it is right.

Run: ``python -m tests.benchmarks.recognition_study [even|odd|cost] [photographs]``. Each photograph of
../shared/collection is handed in as somebody would, to the bot as ``bot/app`` composes it: with nothing extra (the
baseline), with the recognizer, and with the recognizer over an index of the other half. Bars were chosen on the even
half; report the odd one. What may rightly be said stands in ``recognition_truth.txt``; a similar picture is right if it
is of the same category. Noise, blank pictures, pages of text and drawn screens must have nothing that is similar.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from bot.app import open_services
from bot.app.models import models_folder, open_embedder
from bot.bing_v7 import Certainty, InsightsRequest, Upload
from bot.collection.fingerprints.fingerprint import WORKING_EDGE
from bot.collection.ingest.indexing import index_paths
from bot.collection.starter import STARTER_FOLDER, give_way
from bot.collection.store import open_store
from bot.i18n import say
from bot.media.decoding import decode, pixels_of
from bot.media.limits import DecodeLimits, FitLimits
from bot.media.writing import fit
from bot.recognition.classifier import look, model_file
from bot.recognition.rater import BuiltInRater
from bot.recognition.statements import needs_second_view
from bot.recognition.taxonomy import BY_NAME
from bot.recognition.text import looks_like_text, read_lines
from bot.safesearch.place import Place, PlaceKind, Requester
from bot.services import Services
from bot.settings import COLLECTION, RECOGNIZER, Settings
from tests.starter_data import give_starter

PICTURES = Path(__file__).parents[3] / "shared" / "collection"
TRUTH = Path(__file__).with_name("recognition_truth.txt")
HALF = {"even": 0, "odd": 1}
WHOLE = {"crops": "fruit-vegetable plant", "food": "dish", "flowers": "flower", "screenshots": "web-page"}
"""What holds for every picture of a category."""
FEW = ("noise 0", "blank 90", "screen: chart")
"""Pictures that are like no picture, where few photographs are asked about: none of those in which text is read."""
SOMEBODY = Requester(Place(PlaceKind.CHANNEL, guild_id=1, channel_id=2, age_restricted=False), 3, own=None)


def rows() -> list[dict[str, str]]:
    """The manifest."""
    lines = (PICTURES / "manifest.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines[: int(sys.argv[2]) if len(sys.argv) > 2 else None]]


def truths() -> list[tuple[str, list[str]]]:
    """Beginnings of ids with what may be said, longest first."""
    lines = [line.partition(":") for line in TRUTH.read_text("utf-8").splitlines() if not line.startswith("#")]
    return sorted(((key, names.split()) for key, _, names in lines), key=lambda pair: -len(pair[0]))


def right_words(row: Mapping[str, str], told: list[tuple[str, list[str]]]) -> set[str]:
    """The English words that may rightly be said of a picture."""
    exact = next((names for key, names in told if key == row["id"]), None)
    begun = next((names for key, names in told if len(key) > 8 and row["id"].startswith(key)), [])
    named = [*(begun if exact is None else exact), *WHOLE.get(row["category"], "").split()]
    groups = set[str]()
    for name in named or (["animal"] if row["category"] == "animals" else []):
        while name:
            groups.add(name)
            name = BY_NAME[name].within  # noqa: PLW2901 (up the tree)
    return {say("en-US", f"thing-{group}") for group in groups}


@cache
def nothing() -> dict[str, bytes]:
    """Pictures that are like no picture."""
    random = np.random.default_rng(11)
    made = {f"noise {n}": random.integers(0, 256, (480, 640, 3), dtype=np.uint8) for n in range(4)}
    made |= {
        f"grey noise {n}": np.repeat(random.integers(0, 256, (480, 640, 1), dtype=np.uint8), 3, 2) for n in range(4)
    }
    made |= {f"blank {v}": np.full((480, 640, 3), v, np.uint8) for v in (0, 90, 128, 255)}
    pictures = {name: Image.fromarray(values) for name, values in made.items()}
    for dark in (False, True):
        page = Image.new("RGB", (900, 1200), "#202225" if dark else "white")
        draw = ImageDraw.Draw(page)
        for line in range(40):
            ink = "#dddddd" if dark else "black"
            draw.text((30, 20 + 28 * line), f"{line}. words of somebody to somebody else, " * 2, fill=ink, font_size=18)
        pictures[f"page of text {'dark' if dark else 'light'}"] = page
    pictures |= screens()
    chosen = FEW if len(sys.argv) > 2 else pictures
    return {name: _png(pictures[name]) for name in chosen}


def screens() -> dict[str, Image.Image]:
    """Drawn screens of programs: they are like each other by being screens, and show nothing alike."""
    made, random = dict[str, Image.Image](), np.random.default_rng(5)
    for name, ground, panel, ink in (("light", "white", "#e5e5ea", "black"), ("dark", "#202225", "#3a3d44", "#dddddd")):
        for kind, size in (("chat", (800, 1200)), ("code", (1000, 700)), ("table", (1000, 700)), ("form", (1200, 800))):
            made[f"screen: {kind}, {name}"] = screen = Image.new("RGB", size, ground)
            draw = ImageDraw.Draw(screen)
            for row in range(size[1] // 100):
                top, left = 100 * row, int(random.integers(20, 300))
                if kind == "chat":
                    draw.rounded_rectangle((left, top + 10, left + 420, top + 85), 18, fill=panel)
                    draw.text((left + 15, top + 35), "somebody said something here", fill=ink, font_size=18)
                elif kind == "form":
                    draw.rectangle((0, top, 220, top + 100), fill=panel)
                    draw.text((20, top + 40), "An entry", fill=ink, font_size=18)
                    draw.text((280, top + 10), "A field", fill=ink, font_size=18)
                    draw.rectangle((280, top + 35, 1000, top + 75), outline="#888888")
                else:
                    _lines(draw, kind, top, ink)
    chart = Image.new("RGB", (800, 600), "white")
    for place in range(8):
        left, height = 60 + 85 * place, int(random.integers(50, 480))
        ImageDraw.Draw(chart).rectangle((left, 560 - height, left + 60, 560), fill="#2a7ae2")
    return made | {"screen: chart": chart}


def _lines(draw: ImageDraw.ImageDraw, kind: str, top: int, ink: str) -> None:
    """Four lines of a program, or four rows of a table."""
    for line in range(4):
        now = top + 25 * line
        if kind == "code":
            draw.text((20 + 40 * line, now), "if not found: raise Missing(value)", fill=ink, font_size=17)
            continue
        draw.line((0, now, 1000, now), fill="#888888")
        for left in range(0, 1000, 110):
            draw.line((left, now, left, now + 25), fill="#888888")
            draw.text((left + 8, now + 4), str((now + left) % 1000), fill=ink, font_size=15)


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


async def asked(services: Services, data: bytes) -> tuple[list[str], list[str]]:
    """What is stated of a picture, and the categories of similar pictures; findings of its own copy are left out."""
    upload = Upload(data=fit(data, FitLimits(), DecodeLimits())[0].data, content_type="image/jpeg")
    answer = (await services.search.insights(SOMEBODY, InsightsRequest(upload=upload, set_lang="en"))).answer
    said = [one.name for one in answer.depictions if one.certainty is not Certainty.LOW]
    alike = answer.visually_similar_images.value if answer.visually_similar_images else ()
    return said, [image.image_id or "" for image in alike[:5]]


async def study(name: str, settings: Settings, half: int) -> None:
    """Ask about every picture of a half and print the table."""
    told, table = truths(), dict[str, Counter[str]]()
    by_id = {}
    async with open_services(settings) as services:
        for row in rows():
            data = (PICTURES / row["file"]).read_bytes()
            by_id[hashlib.sha1(data, usedforsecurity=False).hexdigest().upper()] = row["category"]
        for place, row in enumerate(rows()):
            if place % 2 != half:
                continue
            said, alike = await asked(services, (PICTURES / row["file"]).read_bytes())
            counts = table.setdefault(row["category"], Counter())
            state = "silent" if not said else "right" if said[0] in right_words(row, told) else "wrong"
            counts[state] += 1
            for image_id in alike:
                counts["similar right" if by_id.get(image_id) == row["category"] else "similar wrong"] += 1
        false = Counter[str]()
        for kind, data in nothing().items():
            said, alike = await asked(services, data)
            false["similar"] += bool(alike)
            false["stated"] += bool(said) and not kind.startswith(("page", "screen"))
            if alike:
                print(f"  something similar to {kind}")
    total = sum(table.values(), Counter[str]())
    print(f"\n{name}: {dict(total)}; of {len(nothing())} that show nothing: {dict(false)}")
    for category, counts in sorted(table.items()):
        print(f"  {category:13} {dict(counts)}")


def cost(folder: Path) -> None:
    """Processor time and memory of one look."""
    file = model_file(folder)
    pictures = [pixels_of(decode((PICTURES / row["file"]).read_bytes(), WORKING_EDGE))[0] for row in rows()[::5]]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    look(pictures[0], file, needs_second_view)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times, views = list[float](), 0
    for picture in pictures:
        began = time.process_time()
        views += len(look(picture, file, needs_second_view).views)
        times.append((time.process_time() - began) * 1000)
    print(f"\na look: {statistics.mean(times):.1f} ms of processor time (mean of {len(times)}, median ", end="")
    print(f"{statistics.median(times):.1f}, least {min(times):.1f}), {views / len(times):.2f} views, ", end="")
    print(f"{(after - before) / 1024:.0f} MiB more at its peak")


def cost_of_text_and_rater() -> None:
    """Processor time and memory of reading and of rating, in this order in one process: the peak is that of both."""
    rater = BuiltInRater.open()
    named = {row["id"]: pixels_of(decode((PICTURES / row["file"]).read_bytes(), 1500))[0] for row in rows()}
    pages = [named[row["id"]] for row in rows() if row["category"] == "screenshots"]
    plain = list(named.values())[:12]
    print()
    for what, work, pictures in (
        ("a rating", rater.rate, plain),
        ("looking whether there is text", looks_like_text, plain),
        ("reading a picture without text", read_lines, plain),
        ("reading a screenshot", read_lines, pages),
    ):
        work(pictures[0])
        times = []
        for picture in pictures:
            began = time.process_time()
            work(picture)
            times.append((time.process_time() - began) * 1000)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{what}: {statistics.median(times):.0f} ms (median of {len(times)}), {peak} MiB at the peak so far")


async def main(half: str) -> None:
    """Run the three settings; ``cost`` measures reading and rating alone."""
    if half == "cost":
        cost_of_text_and_rater()
        return
    with tempfile.TemporaryDirectory() as folder:
        give_starter(Path(folder))
        base = {"data_dir": folder, "embedder": "off", "provider_seconds": 60}
        settings = Settings.model_validate({**base, "providers": (COLLECTION,)})
        cost(models_folder(settings))
        await study("recognizer", Settings.model_validate({**base, "providers": (COLLECTION, RECOGNIZER)}), HALF[half])
        await study("nothing extra", settings, HALF[half])
        full = Settings.model_validate({**base, "embedder": "builtin", "providers": (COLLECTION, RECOGNIZER)})
        store = await open_store(full.collection_address)
        other = [(PICTURES / row["file"]).resolve() for place, row in enumerate(rows()) if place % 2 != HALF[half]]
        await index_paths(
            store,
            other,
            manifest=PICTURES / "manifest.jsonl",
            embedder=await open_embedder(full),
            on_read=lambda: give_way(store, Path(folder) / STARTER_FOLDER),  # as `magpie index` does
        )
        await store.aclose()
        await study("recognizer over an index of the other half", full, HALF[half])


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else "odd"))
