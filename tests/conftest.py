"""What all tests share."""

import asyncio
import io
import os
import signal
import sys
import time
from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, cast

import looptime
import pytest
from PIL import Image, ImageDraw
from xdist.scheduler import LoadScopeScheduling

from bot.discord_ui.render.attribution import learn_titles
from bot.providers.registry import REGISTRY
from bot.runtime import memory

from . import preloaded
from .examples import register_profiles
from .starter_data import begin_run, end_run, seconds_of_making

register_profiles()
learn_titles({name: entry.title for name, entry in REGISTRY.items()})  # as the program does when it is put together

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"

STARTING_BOTS = frozenset({"chaos", "scaling", "tryout"})
"""Folders of tests that start programs or browsers: one worker has them all, so that few of those run at once."""
WITH_ONE_BOT = "wire"
"""The folder whose tests share a bot, which is started once: another worker has these."""
WITH_BOTS_OF_THEIR_OWN = frozenset({"test_canaries.py", "test_every_control.py", "test_photographs.py"})
"""Its files that do not, and take long: any worker has them."""
TOGETHER, ALONE = "bots", "tests/benchmarks/test_smoke.py::"
"""What a scope of the first is called, and what those of the benchmarks begin with, each of which is a scope."""
FIRST = (
    TOGETHER, WITH_ONE_BOT, "tests/wire/test_canaries.py", "tests/cli/test_commands.py", "tests/media/test_pool.py",
    "tests/collection/test_starter.py", "tests/safesearch/test_faults.py", "tests/safesearch/test_no_leak.py",
    "tests/wire/test_every_control.py", "tests/wire/test_photographs.py", "tests/storage/test_availability.py",
    ALONE,
    "tests/bing_v7/test_server_files.py", "tests/recognition/test_text.py", "tests/bing_v7/test_server_fuzz.py",
    "tests/servers/test_through_image.py", "tests/cli/test_run.py", "tests/providers/test_pagination.py",
)  # fmt: skip
"""What scopes that take long begin with: they come first, or one worker has them when the others have nothing left."""


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """``-n auto`` takes two workers more than there are cores: tests wait as long as they work."""
    return (os.cpu_count() or 1) + 2


def pytest_configure(config: pytest.Config) -> None:
    """The workers of a run, and the programs that they start, share one starter set and what is compiled."""
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # or hundreds of programs each compile what they import again
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a run in a shell's background, which programs would inherit
        signal.signal(signal.SIGINT, signal.default_int_handler)
    config.add_cleanup(preloaded.stop)
    if begin_run():
        config.add_cleanup(end_run)
    if not (config.getoption("durations", None) or config.getoption("xmlpath", None)):
        for plugin in config.pluginmanager.get_plugins():
            if (send := getattr(plugin, "sendevent", None)) is not None:  # this is a worker, and that its reporter
                plugin.sendevent = partial(_send_what_is_shown, send)


def _send_what_is_shown(send: Callable[..., None], name: str, **event: Any) -> None:
    """Send a worker's event, unless it says that a test was set up or torn down with nothing to tell.

    Nobody is shown these two thirds of all reports, which take some thousandths of a second each to write and read.
    """
    report = event.get("data", {}) if name == "testreport" else {}
    silent = report.get("outcome") == "passed" and not report["sections"] and not report["user_properties"]
    if not silent or report["when"] == "call":
        send(name, **event)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Have no garbage looked for while tests are imported; then as seldom as in the program, in what is new alone."""
    memory.collect_nothing()
    try:
        return (yield)
    finally:
        memory.collect_again()


class Scheduling(LoadScopeScheduling):
    """With several workers (``-n auto``) a file's tests stay together, and two workers alone start bots.

    The groups of pytest-xdist itself do nothing with pytest 9: it does not show the name that they are put in.
    """

    def schedule(self) -> None:
        """Hand tests out: those that take long before the many that do not."""
        begins = self.collection is None
        super().schedule()
        if begins:  # each worker has its first tests by now
            for scope in sorted(self.workqueue, key=_place):
                self.workqueue.move_to_end(scope)

    def _split_scope(self, nodeid: str) -> str:
        place = PurePosixPath(nodeid.partition("::")[0])
        if nodeid.startswith(ALONE):
            return nodeid  # minutes together, and none knows of another
        if WITH_ONE_BOT in place.parts and place.name not in WITH_BOTS_OF_THEIR_OWN:
            return WITH_ONE_BOT
        return TOGETHER if STARTING_BOTS.intersection(place.parts) else str(place)


def _place(scope: str) -> int:
    """Return a scope's place among those that come first, the same for all others."""
    return next((place for place, start in enumerate(FIRST) if scope.startswith(start)), len(FIRST))


SLOW, UNMARKED = 10.0, "unmarked_seconds"
"""Seconds of processor time after which a test should have the mark `slow`; what its report calls them."""
QUICK = 0.5
"""Seconds in which no machine's cores together give a test as much: nothing is read of the processor after those."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Note what a test without the mark `slow` took of the processor, programs included that it waited for."""
    before, began = _own_seconds(), time.monotonic()
    try:
        return (yield)
    finally:
        if time.monotonic() - began > QUICK and item.get_closest_marker("slow") is None:
            took = _own_seconds() - before
            if took > SLOW:
                item.user_properties.append((UNMARKED, round(took, 1)))


def _own_seconds() -> float:
    """Processor time of this process and of those that it waited for, without what all tests share."""
    return sum(os.times()[:4]) + preloaded.forked_seconds() - seconds_of_making()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the tests that should have the mark; no run fails for it, since a machine may be slow."""
    ended = [one for kind in ("passed", "failed") for one in terminalreporter.stats.get(kind, [])]
    took = [(seconds, one.nodeid) for one in ended for name, seconds in one.user_properties if name == UNMARKED]
    for seconds, test in sorted(set(took), reverse=True):
        terminalreporter.write_line(f"SLOW {test}: {seconds} s of processor time, and no mark `slow`", yellow=True)


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
