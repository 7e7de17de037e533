"""What all tests share."""

from pathlib import Path

import hypothesis
import pytest

hypothesis.settings.register_profile("magpie", deadline=None)  # a busy machine is not a fault
hypothesis.settings.load_profile("magpie")

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"

STARTING_PROGRAMS = frozenset({"chaos", "cli", "programs", "servers", "tryout", "wire"})
"""Folders of tests that start programs, which must answer within Discord's three seconds: one at a time."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With several workers (``-n auto``) a file's tests stay together, and programs are started by one worker only."""
    for item in items:
        place = item.path.relative_to(HERE)
        group = "programs" if place.parts[0] in STARTING_PROGRAMS else str(place)
        item.add_marker(pytest.mark.xdist_group(group))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of recordings and photographs beside the repository; tests that need it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared is not beside this clone")
    return SHARED
