"""What the pages for developers name is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("page", ["contributing", "architecture"])
def test_paths_exist(page: str) -> None:
    text = (ROOT / "docs" / f"{page}.md").read_text("utf-8")
    named = set(re.findall(r"`((?:bot|cogs|tests|docs|\.ci)/[\w./*-]+)`", text))
    assert len(named) > 10
    missing = {path for path in named if "NAME" not in path and not list(ROOT.glob(path.rstrip("/")))}
    assert missing == set()
