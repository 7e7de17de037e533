"""What all tests share."""

import asyncio
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any, cast

import hypothesis
import looptime
import pytest
from PIL import Image, ImageDraw
from xdist.scheduler import LoadScopeScheduling

from bot.discord_ui.render.attribution import learn_titles
from bot.providers.registry import REGISTRY

from .starter_data import begin_run, end_run

hypothesis.settings.register_profile("magpie", deadline=None)  # a busy machine is not a fault
hypothesis.settings.load_profile("magpie")

learn_titles({name: entry.title for name, entry in REGISTRY.items()})  # as the program does when it is put together

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"

STARTING_BOTS = frozenset({"chaos", "scaling", "tryout", "wire"})
"""Folders of tests that start bots, which must answer within Discord's three seconds: one at a time."""


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """``-n auto`` takes one worker more than there are cores: the one that starts bots mostly waits for them."""
    return (os.cpu_count() or 1) + 1


def pytest_configure(config: pytest.Config) -> None:
    """The workers of a run, and the programs that they start, share one starter set and what is compiled."""
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # or hundreds of programs each compile what they import again
    if begin_run():
        config.add_cleanup(end_run)


class Scheduling(LoadScopeScheduling):
    """With several workers (``-n auto``) a file's tests stay together, and one worker alone starts bots.

    The groups of pytest-xdist itself do nothing with pytest 9: it does not show the name that they are put in.
    """

    def _split_scope(self, nodeid: str) -> str:
        place = PurePosixPath(nodeid.partition("::")[0])
        if place.parts[-2:] == ("benchmarks", "test_smoke.py"):
            return nodeid  # minutes together, and none knows of another
        return "bots" if STARTING_BOTS.intersection(place.parts) else str(place)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling:
    """Give tests to workers."""
    return Scheduling(config, log)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of recordings and photographs beside the repository; tests that need it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared is not beside this clone")
    return SHARED


@pytest.fixture(scope="session")
def draw() -> Callable[..., bytes]:
    """Return a function that draws a picture in a format."""

    def _draw(kind: str = "JPEG", size: tuple[int, int] = (320, 200), **options: Any) -> bytes:
        picture = Image.new("RGB", size, (30, 80, 160))
        ImageDraw.Draw(picture).ellipse((20, 20, size[0] // 2, size[1] // 2), fill=(240, 200, 40))
        out = io.BytesIO()
        picture.save(out, kind, **options)
        return out.getvalue()

    return _draw


@pytest.fixture
async def simulated_time() -> None:
    """Let delays and deadlines pass on the event loop's clock alone, so that no slow machine upsets their order."""
    looptime.patch_event_loop(cast("asyncio.BaseEventLoop", asyncio.get_running_loop()))
