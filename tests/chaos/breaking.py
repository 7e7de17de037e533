"""What a test breaks under a running program, how it asks the program's health, and a bot over a server to break."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.postgres import Postgres, postgres_server

from .crowd import Crowd, crowd


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ready(port: int) -> tuple[int, str]:
    """What /readyz says."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=8) as answer:
            return answer.status, answer.read().decode().strip()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode().strip()


async def becomes_ready(port: int, within: float = 60.0) -> None:
    end = time.monotonic() + within
    while (found := await asyncio.to_thread(ready, port))[0] != 200:
        assert time.monotonic() < end, found
        await asyncio.sleep(0.5)


async def becomes_unready(port: int, words: str = "", within: float = 60.0) -> None:
    """Wait until /readyz says no, in these words; a write is tried every 15 s only."""
    end = time.monotonic() + within
    while (found := await asyncio.to_thread(ready, port))[0] == 200 or words not in found[1]:
        assert time.monotonic() < end, found
        await asyncio.sleep(0.5)


@dataclass(frozen=True)
class OnServer:
    """A bot whose state is on a PostgreSQL server of the test's own, the people who use it, and its health's port."""

    people: Crowd
    server: Postgres
    port: int


@asynccontextmanager
async def bot_on_server(folder: Path) -> AsyncIterator[OnServer]:
    """Start a server and a bot over it, and wait until it is ready; its collection stays beside it."""
    port = free_port()
    with postgres_server() as server:
        env = {
            "MAGPIE_DATABASE_URL": server.url, "MAGPIE_HEALTH_PORT": str(port),
            "MAGPIE_COLLECTION_URL": f"sqlite:///{folder}/data/collection.sqlite3",
        }  # fmt: skip
        async with crowd(folder, env=env) as people:
            await becomes_ready(port)
            yield OnServer(people, server, port)


@contextmanager
def frozen(server: Postgres) -> Iterator[None]:
    """Nothing on the server answers, and connections stay open."""
    server.freeze()
    try:
        yield
    finally:
        server.thaw()


@contextmanager
def held(*files: Path) -> Iterator[None]:
    """Another program holds the files: nobody else can write to them."""
    holders = [sqlite3.connect(file, isolation_level=None) for file in files]
    for holder in holders:
        holder.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        for holder in holders:
            holder.execute("ROLLBACK")
            holder.close()


@contextmanager
def own_disk(folder: Path) -> Iterator[Path]:
    """Make a folder that is a disk of 64 MiB; skips the test where that cannot be done."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a disk of its own needs the right to mount one")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False)


@contextmanager
def full(disk: Path, *, but: int = 0) -> Iterator[None]:
    """Fill a disk of `own_disk`, up to so many bytes, and make room again."""
    filler, spare = disk / "filler", disk / "spare"
    spare.write_bytes(bytes(but))
    with suppress(OSError), filler.open("wb") as file:
        while True:
            file.write(bytes(1 << 12))
            file.flush()
    spare.unlink()
    try:
        yield
    finally:
        filler.unlink()
