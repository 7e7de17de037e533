"""Figures in the Prometheus text format, and those that every process has: memory, descriptors, tasks, loop lag."""

import asyncio
import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

Labels = Mapping[str, str]

SAMPLED_EVERY = 1.0
"""Seconds between two looks at how late the event loop is."""
_STATM, _DESCRIPTORS = Path("/proc/self/statm"), Path("/proc/self/fd")


def figure(name: str, kind: str, words: str, samples: Iterable[tuple[Labels, float]]) -> str:
    """Return the lines of one figure: ``kind`` is ``gauge`` or ``counter``, ``words`` say what it is."""
    lines = [f"# HELP {name} {words}", f"# TYPE {name} {kind}"]
    for labels, value in samples:
        named = ",".join(f'{label}="{text}"' for label, text in sorted(labels.items()))
        lines.append(f"{name}{{{named}}} {value:g}" if named else f"{name} {value:g}")
    return "\n".join(lines) + "\n"


def gauge(name: str, words: str, value: float) -> str:
    """Return the lines of a gauge without labels."""
    return figure(name, "gauge", words, [({}, value)])


def counter(name: str, words: str, value: float) -> str:
    """Return the lines of a counter without labels."""
    return figure(name, "counter", words, [({}, value)])


def process_figures() -> str:
    """Return memory, open descriptors and tasks of this process; what the system does not say is left out."""
    parts = [gauge("magpie_tasks", "Tasks of the event loop.", len(asyncio.all_tasks()))]
    if _STATM.exists():
        pages = int(_STATM.read_text().split()[1])
        resident = pages * os.sysconf("SC_PAGE_SIZE")
        parts.append(gauge("process_resident_memory_bytes", "Resident memory.", resident))
    if _DESCRIPTORS.exists():
        parts.append(gauge("process_open_fds", "Open file descriptors.", len(list(_DESCRIPTORS.iterdir()))))
    return "".join(parts)


class LoopLag:
    """Measures how late the event loop is: what blocks it delays everybody."""

    def __init__(self) -> None:
        self._handle: asyncio.TimerHandle | None = None
        self._due = 0.0
        self._last = 0.0
        self.longest = 0.0
        """Seconds; since the start."""

    @property
    def seconds(self) -> float:
        """How late it is now: at the last look, or since one that is overdue."""
        return max(self._last, time.monotonic() - self._due) if self._due else 0.0

    def start(self) -> None:
        """Look once a second from now on."""
        self._due = time.monotonic() + SAMPLED_EVERY
        self._handle = asyncio.get_running_loop().call_later(SAMPLED_EVERY, self._look)

    def stop(self) -> None:
        """Look no more."""
        if self._handle is not None:
            self._handle.cancel()

    def _look(self) -> None:
        self._last = max(0.0, time.monotonic() - self._due)
        self.longest = max(self.longest, self._last)
        self.start()

    def figures(self) -> str:
        """Return the lag and the longest one so far."""
        return gauge("magpie_event_loop_lag_seconds", "How late the event loop is.", self.seconds) + gauge(
            "magpie_event_loop_lag_longest_seconds", "The longest lag since the start.", self.longest
        )
