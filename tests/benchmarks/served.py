"""Runs ``magpie serve`` as a program of its own, as an operator would, for the benchmarks of the endpoint."""

import asyncio
import contextlib
import os
import re
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from tests import preloaded
from tests.processor_time import processor_seconds
from tests.starter_data import give_starter

KEY = "0123456789abcdef0123456789abcdef"
HEADERS = {"Ocp-Apim-Subscription-Key": KEY}
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Served:
    """A running endpoint: its address, its process, and the file that it logs into."""

    address: str
    pid: int
    log: Path

    def log_bytes(self) -> int:
        return self.log.stat().st_size

    def tracebacks(self) -> int:
        return self.log.read_text().count("Traceback")

    def resident_mib(self) -> float:
        """Return the resident memory of the process and its children."""
        return resident_mib(self.pid)


def resident_mib(pid: int) -> float:
    """Return the resident memory of a process and its children."""
    return sum(resident_kib(each) for each in family(pid)) / 1024


def resident_kib(pid: int) -> int:
    """Return the resident memory of one process, counted page by page.

    What ``/proc/<pid>/stat`` and ``status`` say, and ``process_resident_memory_bytes`` with them, is put together from
    a count of each thread that is added up now and then, and may be wrong by some MiB (proc(5): "inaccurate").
    """
    return _kib(pid, "smaps_rollup", "Rss")


def proportional_mib(pid: int) -> float:
    """Return the resident memory of a process and its children, with pages that they share counted once."""
    return sum(_kib(each, "smaps_rollup", "Pss") for each in family(pid)) / 1024


def family_seconds(pid: int) -> float:
    """Return the processor time of a process and its children, those that have ended among them."""
    return sum(processor_seconds(one) for one in family(pid))


def family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in family(int(child)))]


def _kib(pid: int, file: str, name: str) -> int:
    with contextlib.suppress(OSError):
        found = re.search(rf"^{name}:\s+(\d+)", Path(f"/proc/{pid}/{file}").read_text(), re.MULTILINE)
        return int(found[1]) if found else 0
    return 0


@contextlib.asynccontextmanager
async def served(
    log: Path | None = None, data: Path | None = None, *, forked: bool = False, **variables: str
) -> AsyncIterator[Served]:
    """Serve on a free port with nothing set but what is given: what ``data`` holds, else the starter pictures.

    ``log`` is where its log goes. With ``forked`` its imports are shared (`tests.preloaded`), which no benchmark wants
    that was not forked itself.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAGPIE_", "DISCORD_"))}
    with tempfile.TemporaryDirectory() as folder:
        log = log or Path(folder) / "log"
        environment = {
            **kept,
            "PYTHONPATH": str(ROOT),
            "MAGPIE_DATA_DIR": str(data or Path(folder) / "data"),
            "MAGPIE_PROVIDERS": "collection",
            "MAGPIE_SERVE_KEYS": KEY,
            "MAGPIE_SERVE_PER_SECOND": "1000000",
            "COLUMNS": "200",
            **variables,
        }
        give_starter(Path(environment["MAGPIE_DATA_DIR"]), with_index="MAGPIE_DATABASE_URL" not in environment)
        written = os.open(log, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
        process = await preloaded.start_either_way(
            "bot", "serve", "--port", "0", cwd=Path(folder), env=environment, output=written, forked=forked
        )
        os.close(written)
        try:
            yield Served(await _address(process, log), process.pid, log)
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            await process.wait()


async def _address(process: asyncio.subprocess.Process | preloaded.Program, log: Path) -> str:
    for _ in range(3_000):
        found = re.search(r"v7 endpoint at (http://\S+)", _text(log))
        if found:
            return found[1]
        if process.returncode is not None:
            break
        await asyncio.sleep(0.1)
    raise RuntimeError(f"magpie serve did not start: {_text(log)[-2000:]}")


def _text(log: Path) -> str:
    return log.read_text()
