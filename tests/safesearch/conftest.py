"""A provider whose answers the test chooses, and settings in a database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.safesearch.policies import Policies

from .told import Told, opened_policies


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
async def policies(tmp_path: Path) -> AsyncIterator[Policies]:
    async with opened_policies(tmp_path) as opened:
        yield opened
