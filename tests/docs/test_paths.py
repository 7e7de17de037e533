"""What the pages for developers name is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("page", ["docs/contributing.md", "docs/architecture.md", "bot/bing_v7/CONTRACT.md"])
def test_paths_exist(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    named = set(re.findall(r"`((?:bot|cogs|tests|docs|\.ci)/[\w./*-]+)`", text))
    assert named
    missing = {path for path in named if "NAME" not in path and not list(ROOT.glob(path.rstrip("/")))}
    assert missing == set()
