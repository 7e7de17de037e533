"""Memory settings of a long-running process: what was loaded at start is exempt from garbage collection."""

import asyncio
import ctypes
import gc
import itertools
import sys

_M_ARENA_MAX = -8
"""glibc's number for the maximum of arenas that memory is taken from."""
_M_MMAP_THRESHOLD = -3
"""glibc's number for the size from which on memory is taken from the system by itself and returned when it is freed."""
_LARGE = 128 * 1024
"""Bytes; where glibc begins. Unless it is set, each larger buffer that is freed raises it, up to 32 MiB."""
YOUNG = 10_000
"""New objects (net) before the collector looks through them; Python's own 700 is meant for small programs."""
RETURNED_EVERY = 60.0
"""Seconds between two times at which free memory is returned to the system."""
COLLECTED_ROUNDS = 5
"""So many times memory is returned between two times at which all garbage is collected: five minutes."""
_frozen: list[bool] = []
"""Whether `freeze_loaded` was called before."""


def collect_nothing() -> None:
    """Let the garbage collector rest while modules are imported: looking through them takes a fifth of a start."""
    gc.disable()


def collect_again() -> None:
    """Let it work again, but leave what has been imported alone, also at the end of the process."""
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)
    gc.enable()


def freeze_loaded() -> None:
    """Exempt everything loaded so far from garbage collection, and collect less often.

    A full collection over modules, catalogues and models stops everything for a tenth of a second, about once in a
    thousand page turns. Call it before anything is loaded that can become garbage (servers, sessions). Garbage that an
    earlier call had exempted is collected first; the first call leaves alone what `collect_again` has, in which there
    is less than a megabyte of it, for a sixth of a second.
    """
    if _frozen:
        gc.unfreeze()
    _frozen[:] = [True]
    gc.collect()
    collect_again()
    if (libc := _glibc()) is not None:
        libc.malloc_trim(0)


def set_up_malloc() -> None:
    """Limit malloc to two arenas for all threads, and keep large buffers out of them. Call it first.

    glibc never returns its eight arenas for each processor. And after the first picture it would take all others from
    the arenas too, where what small objects leave between them cannot be returned.
    """
    if (libc := _glibc()) is not None:
        libc.mallopt(_M_ARENA_MAX, 2)
        libc.mallopt(_M_MMAP_THRESHOLD, _LARGE)


async def return_free_memory(every: float = RETURNED_EVERY, rounds: int = COLLECTED_ROUNDS) -> None:
    """Return what malloc holds free to the system again and again until cancelled; each ``rounds`` times collect first.

    By itself Python looks through what has lived long only once a quarter as many new objects have lived long too,
    which takes a busy bot most of an hour; until then dead views and messages lie between what caches keep. And glibc
    returns only what is free at the end of an arena. So a process seems to grow for hours although it holds no more.
    Collecting stops everything for a tenth of a second; looking for free memory takes some milliseconds, in a thread.
    """
    libc = _glibc()
    for number in itertools.count(1):
        await asyncio.sleep(every)
        if number % rounds == 0:
            gc.collect()
        if libc is not None:
            await asyncio.to_thread(libc.malloc_trim, 0)


def _glibc() -> ctypes.CDLL | None:
    """Return the C library where it is glibc."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        libc = ctypes.CDLL("libc.so.6")
    except OSError:
        return None
    return libc if hasattr(libc, "malloc_trim") and hasattr(libc, "mallopt") else None
