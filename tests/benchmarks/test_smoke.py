"""Every benchmark runs to its end on a small load, so that none rots; its figures mean nothing here."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests import preloaded
from tests.starter_data import VARIABLE, starter_data
from tests.wire.process import ROOT, environment

PICTURES = "PICTURES"
SMALL: dict[str, tuple[str, ...]] = {
    "collection_answers": ("--captions", "150"),
    "collection_codebook": ("2", "CODEBOOK"),
    "collection_ingest": (PICTURES,),
    "collection_latency": (PICTURES, "1"),
    "collection_memory": ("--pictures", "100", "--words", "20"),
    "collection_queries": (),
    "collection_scan": ("2000",),
    "collection_stores": ("--pictures", "60", "--words", "20"),
    "collection_study": (PICTURES, "1", "1", "odd", "27"),
    "collection_text": ("--captions", "150"),
    "collection_vectors": ("200",),
    "collection_words": (PICTURES, "60", "1"),
    "first_answer": ("here",),
    "guard_cost": ("3",),
    "heavy_pictures": ("small",),
    "identify_photographs": ("2",),
    "pager_collection": ("1", "small"),
    "pager_turns": ("1", "small"),
    "parse_v7": ("1",),
    "press_burst": ("1", "4"),
    "providers_layers": ("10",),
    "recognition_study": ("odd", "2"),
    "serve_attack": ("small",),
    "serve_processes": ("0.05",),
    "serve_throughput": ("0.02", "300"),
    "soak": ("0.1", "0.03", "1", "5"),
    "start_and_idle": ("3", "0.5"),
    "tryout_uploads": ("1", "small"),
}
"""The arguments of a small run."""
SLOW = frozenset({
    "collection_study", "first_answer", "heavy_pictures", "pager_turns", "press_burst",
    "recognition_study", "serve_attack", "serve_processes", "serve_throughput", "soak", "start_and_idle",
    "tryout_uploads",
})  # fmt: skip
"""Those whose small runs take more than ten seconds."""
NEEDS = {"identify_photographs": "shared/collection", "recognition_study": "shared/collection"}
PARTS = {
    "__init__", "collection_attacks", "openverse_service", "pager_bare", "pager_bots", "served", "soak_bot",
    "test_smoke",
}  # fmt: skip
"""Modules that benchmarks share, or run as the programs they measure."""
FOLDER = Path(__file__).parent
WITHIN = 600.0


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of pictures with a manifest, each from a page of its own; the starter set is there, too."""
    starter_data()
    folder = tmp_path_factory.mktemp("pictures")
    random = np.random.default_rng(1)
    rows: list[str] = []
    for number in range(12):
        ground = random.integers(0, 255, (24, 32, 3), dtype=np.uint8)
        picture = cv2.resize(ground, (240, 180), interpolation=cv2.INTER_CUBIC)
        for x, y, width, height in random.integers(2, 45, (60, 4)) * (5, 4, 1, 1):
            colour = [int(part) for part in random.integers(0, 255, 3)]
            cv2.rectangle(picture, (int(x), int(y)), (int(x + width), int(y + height)), colour, -1)
        cv2.imwrite(str(folder / f"{number:02}.jpg"), picture)
        page = f"https://pages.example/{number}"
        rows.append(json.dumps({"file": f"{number:02}.jpg", "category": "scenes", "source_page_url": page}))
    (folder / "manifest.jsonl").write_text("\n".join(rows), encoding="utf-8")
    return folder


def test_every_benchmark_is_here() -> None:
    assert {path.stem for path in FOLDER.glob("*.py")} - PARTS == SMALL.keys()


@pytest.mark.parametrize(
    "name",  # with several workers the longest should not come last
    [
        pytest.param(one, marks=pytest.mark.slow if one in SLOW else ())
        for one in sorted(SMALL, key=lambda one: one not in SLOW)
    ],
)
async def test_a_benchmark_runs_to_its_end(name: str, pictures: Path, tmp_path: Path) -> None:
    if name in NEEDS and not (ROOT.parent / NEEDS[name]).is_dir():
        pytest.skip(f"needs the photographs of ../{NEEDS[name]}")
    places = {PICTURES: str(pictures), "CODEBOOK": str(tmp_path / "codebook.npz")}
    given = {VARIABLE: os.environ[VARIABLE]}
    arguments = (places.get(one, one) for one in SMALL[name])
    process = await preloaded.start(
        f"tests.benchmarks.{name}", *arguments, cwd=ROOT, env=environment(tmp_path, **given)
    )
    try:
        output, _ = await asyncio.wait_for(process.communicate(), WITHIN)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    said = output.decode(errors="replace")
    assert process.returncode == 0, said
    assert any(letter.isdigit() for letter in said), said
    assert "Traceback" not in said
