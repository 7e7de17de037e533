"""Pictures of our own making, stores of both kinds, and the starter set drawn once."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from bot.collection.arrays import Bytes
from bot.collection.fingerprints.fingerprint import Fingerprint
from bot.collection.ingest import reading
from bot.collection.model import Indexed
from bot.collection.starter import STARTER_FOLDER
from bot.collection.store import Store, open_store
from tests.postgres import fresh_database, running_postgres
from tests.starter_data import index_in, starter_data

from .made import row, scene


@pytest.fixture(scope="session", autouse=True)
def fingerprints_made_once() -> Iterator[None]:
    """The same pixels have the same fingerprint: nine in ten pictures that are indexed in this process come again."""
    made: dict[tuple[bytes, ...], Fingerprint] = {}
    make = reading.fingerprint

    def fingerprint(rgb: Bytes, opaque: NDArray[np.bool_] | None) -> Fingerprint:
        seen = b"" if opaque is None else opaque.tobytes()
        key = repr(rgb.shape).encode(), hashlib.sha1(rgb.tobytes()).digest(), hashlib.sha1(seen).digest()
        if key not in made:
            made[key] = make(rgb, opaque)
        return made[key]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reading, "fingerprint", fingerprint)
        yield


@pytest.fixture
def make_row() -> Callable[..., Indexed]:
    return row


@pytest.fixture
def make_scene() -> Callable[..., Image.Image]:
    return scene


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str]:
    with running_postgres() as address:
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty store of each kind can be opened, also by several processes."""
    if request.param == "sqlite":
        return str(tmp_path / "index.sqlite3")
    return await fresh_database(request.getfixturevalue("postgres_address"))


@pytest.fixture
async def store(address: str) -> AsyncIterator[Store]:
    """An empty store of each kind."""
    opened = await open_store(address)
    yield opened
    await opened.aclose()


@pytest.fixture
async def sqlite_store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await open_store(tmp_path / "index.sqlite3")
    yield opened
    await opened.aclose()


@pytest.fixture(scope="session")
def starter_index() -> tuple[Path, Path]:
    """The starter set's folder and an index of it; do not write to either."""
    folder = starter_data()
    return folder / STARTER_FOLDER, index_in(folder)


@pytest.fixture
async def starter_store(starter_index: tuple[Path, Path], tmp_path: Path) -> AsyncIterator[Store]:
    """A copy of the starter index of a test's own."""
    copy = tmp_path / "starter.sqlite3"
    shutil.copy(starter_index[1], copy)
    opened = await open_store(copy)
    yield opened
    await opened.aclose()
