"""Fixtures of the try-out: a running one with the toy bot, on a free loopback port."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

pytest.importorskip("simcord", reason="needs the extra magpie-bot[tryout]")


def _load_toy() -> ModuleType:
    name = "tryout_toy_bot"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("toy_bot.py"))
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture(scope="session")
def toy() -> ModuleType:
    """The module with the toy bot."""
    return _load_toy()


@pytest.fixture
async def tryout(toy: ModuleType) -> AsyncIterator[Any]:
    """A running try-out of the toy bot."""
    from bot.tryout import open_tryout

    async with open_tryout(toy.ToyBot) as running:
        yield running
