"""Processor time of another process, to the nanosecond."""

import os
import time
from pathlib import Path

_PROCESS_CLOCK = 2
"""Linux's number for a clock of the time that a process was run (clock_getcpuclockid(3))."""


def processor_seconds(pid: int) -> float:
    """Return what a process has used, all its threads and the children that it has waited for among it.

    ``/proc`` counts in hundredths of a second: a process that others leave little room may seem to have used none. For
    the children nothing better is to be had.

    Raises:
        OSError: there is no such process.
    """
    own = time.clock_gettime(~pid << 3 | _PROCESS_CLOCK)
    numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return own + (int(numbers[13]) + int(numbers[14])) / os.sysconf("SC_CLK_TCK")


def children_of(pid: int) -> list[int]:
    """Return the processes that a process has started, and those that these have started."""
    parents = {int(stat.parent.name): _parent(stat) for stat in Path("/proc").glob("[0-9]*/stat")}
    found = [child for child, parent in parents.items() if parent == pid]
    return [one for child in found for one in (child, *children_of(child))]


def _parent(stat: Path) -> int | None:
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None
