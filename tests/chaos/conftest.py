"""A disk of a test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .breaking import own_disk


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 MiB as the bot's data folder."""
    with own_disk(tmp_path / "data") as data:
        yield data
