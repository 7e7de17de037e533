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
