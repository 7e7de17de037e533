"""A throw-away PostgreSQL server for tests, from the programs that the machine has.

PostgreSQL refuses to run as root, so there it runs as the user ``postgres``. It listens on loopback only.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from .starter_data import VARIABLE

_MEMORY = Path("/dev/shm")
_ROOM = 8 * 1024**3
"""Bytes that have to be free there: a database takes eight megabytes, and a run makes some hundreds."""
_PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def programs() -> Path | None:
    """The folder of PostgreSQL's programs (15 or newer), None where there is none."""
    for place in _PLACES:
        if place.parent.name.isdigit() and int(place.parent.name) >= 15 and (place / "initdb").exists():
            return place
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def _as_user(command: list[str]) -> list[str]:
    return (
        ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
        if os.geteuid() == 0
        else command
    )


@dataclass
class Postgres:
    """A running server: ``url`` leads to its ``postgres`` database."""

    url: str
    place: Path
    data: Path
    options: str
    log: Path

    def freeze(self) -> None:
        """Stop all its processes where they are: connections stay open and nothing answers."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let them go on."""
        self._signal(signal.SIGCONT)

    def stop(self) -> None:
        """End it at once."""
        _run([str(self.place / "pg_ctl"), "-D", str(self.data), "-m", "immediate", "-w", "stop"])

    def start(self) -> None:
        """Start it on the same port and data."""
        _run([
            str(self.place / "pg_ctl"), "-D", str(self.data), "-o", self.options, "-l", str(self.log), "-w", "start",
        ])  # fmt: skip

    def promote(self) -> None:
        """Make a standby a server of its own, which takes writes; returns when it does."""
        _run([str(self.place / "pg_ctl"), "-D", str(self.data), "-w", "promote"])

    def _signal(self, number: signal.Signals) -> None:
        main = int((self.data / "postmaster.pid").read_text().split()[0])
        for process in (main, *_children(main)):
            with suppress(ProcessLookupError):
                os.kill(process, number)


def _children(parent: int) -> list[int]:
    found: list[int] = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if stat.read_text().rpartition(")")[2].split()[1] == str(parent):
                found.append(int(stat.parent.name))
    return found


@contextmanager
def postgres_server() -> Iterator[Postgres]:
    """Start a server that can be frozen and stopped; skips the test where that cannot be done."""
    place = programs()
    if place is None:
        pytest.skip("PostgreSQL's programs are not on this machine")
    with _started(place) as (server, data):
        _fill(place, data)
        server.start()
        yield server


def _fill(place: Path, data: Path) -> None:
    """Make the files of a new server; in a run of the tests the first are made, and copied for the others."""
    make = [str(place / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "--locale=C.UTF-8", "-N"]
    if VARIABLE not in os.environ:
        _run(make)
        return
    kept = Path(os.environ[VARIABLE]) / "postgres"
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            _run(make)
            subprocess.run(["cp", "-a", str(data), str(kept)], check=True)
            return
    subprocess.run(["cp", "-a", str(kept), str(data)], check=True)


@contextmanager
def hot_standby(primary: Postgres) -> Iterator[Postgres]:
    """Start a copy of a running server (``pg_basebackup``) that follows it by streaming and answers readers."""
    with _started(primary.place) as (server, data):
        copy = [str(primary.place / "pg_basebackup"), "-D", str(data), "-d", primary.url, "-R", "-X", "stream"]
        _run([*copy, "-c", "fast", "-N"])
        server.start()
        yield server


def _fast_folder() -> str | None:
    """Return a folder in memory in a run of the tests, if there is much: a database's 300 files are made in it faster.

    None is the usual one, as for benchmarks that are run by hand.
    """
    roomy = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free >= _ROOM
    return str(_MEMORY) if VARIABLE in os.environ and roomy and os.access(_MEMORY, os.W_OK) else None


@contextmanager
def _started(place: Path) -> Iterator[tuple[Postgres, Path]]:
    """Give a server with a port and a folder of its own, to be filled and started by the caller; ended afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="magpie-postgres-", dir=_fast_folder()))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        data = folder / "data"
        options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync=off -c max_connections=40"
        url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        server = Postgres(url, place, data, options, folder / "log")
        try:
            yield server, data
        finally:
            if (data / "postmaster.pid").exists():
                server.thaw()
                server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_postgres() -> Iterator[str]:
    """Start a server and give the address of its ``postgres`` database; skips the test where that cannot be done."""
    with postgres_server() as server:
        yield server.url


async def fresh_database(address: str, template: str | None = None) -> str:
    """Make a database on a server, empty or as another one is that nobody uses; its address."""
    import asyncpg

    name = f"t{uuid.uuid4().hex}"
    connection = await asyncpg.connect(address)
    of = f' TEMPLATE "{template}"' if template else ""
    await connection.execute(f'CREATE DATABASE "{name}"{of} STRATEGY file_copy')  # copied without its log
    await connection.close()
    return address.rsplit("/", 1)[0] + f"/{name}"


def _run(command: list[str]) -> None:
    # No pipes: the server would keep them open.
    done = subprocess.run(
        _as_user(command), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60,
        cwd="/", env=os.environ | {"LC_ALL": "C.UTF-8"}, check=False,
    )  # fmt: skip
    if done.returncode:
        pytest.skip(f"{Path(command[0]).name} failed with exit code {done.returncode}")
