"""What is loaded at the start is left alone by the garbage collector, and nothing else is."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
import subprocess
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.runtime import memory

from .freezing import TRIED, Ring

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    thresholds, frozen = gc.get_threshold(), gc.get_freeze_count()
    yield
    gc.enable()
    gc.unfreeze()
    if frozen:
        gc.freeze()
    gc.set_threshold(*thresholds)


@pytest.mark.parametrize("name", TRIED)
def test_what_is_there_is_left_alone_and(name: str) -> None:
    command = [sys.executable, "-m", "tests.runtime.freezing", name]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert (done.stdout, done.stderr) == ("done\n", "")


def test_nothing_is_collected_while_a_program_is_loaded_and_only_what_comes_later_is_afterwards() -> None:
    memory.collect_nothing()
    assert not gc.isenabled()
    loaded = weakref.ref(Ring())
    memory.collect_again()
    later = weakref.ref(Ring())
    gc.collect()
    assert gc.isenabled()
    assert gc.get_threshold()[0] == memory.YOUNG
    assert loaded() is not None
    assert later() is None


def resident() -> int:
    """Bytes of this process's memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


async def test_what_has_lived_long_is_collected_soon_after_it_died() -> None:
    ring: Ring | None = Ring()
    gone = weakref.ref(ring)
    gc.collect()  # it lives among the oldest now
    gc.set_threshold(memory.YOUNG, 20, 20)
    ring = None
    returning = asyncio.create_task(memory.return_free_memory(every=0.01, rounds=3))
    try:
        for _ in range(3_000):
            await asyncio.sleep(0.01)
            if gone() is None:
                break
        assert gone() is None
    finally:
        returning.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await returning


LARGE_BUFFERS = """
import ctypes
from bot.runtime.memory import set_up_malloc

set_up_malloc()
libc = ctypes.CDLL("libc.so.6")
libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]


class Figures(ctypes.Structure):
    names = "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost"
    _fields_ = [(name, ctypes.c_size_t) for name in names.split()]


libc.mallinfo2.restype = Figures
libc.free(libc.malloc(8 << 20))
before = libc.mallinfo2().hblks
libc.malloc(300_000)
print(libc.mallinfo2().hblks - before)
"""
"""Prints how many of one buffer of 300 kB are kept out of the arenas after one of 8 MiB was freed."""


@pytest.mark.skipif(memory._glibc() is None or not hasattr(memory._glibc(), "mallinfo2"), reason="for glibc's malloc")
def test_large_buffers_stay_out_of_the_arenas_after_larger_ones_were_freed() -> None:
    done = subprocess.run([sys.executable, "-c", LARGE_BUFFERS], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "1"


@pytest.mark.skipif(memory._glibc() is None, reason="for glibc's malloc")
async def test_what_is_free_between_what_is_held_goes_back_to_the_system() -> None:
    libc = ctypes.CDLL("libc.so.6")
    libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
    size, count = 16_000, 4_000
    blocks = [libc.malloc(size) for _ in range(count)]
    for block in blocks:
        ctypes.memset(block, 1, size)
    full = resident()
    held = blocks[::50]
    for block in set(blocks) - set(held):
        libc.free(block)
    returning = asyncio.create_task(memory.return_free_memory(every=0.01))
    try:
        for _ in range(3_000):
            await asyncio.sleep(0.01)
            if full - resident() > size * count / 2:
                break
        assert full - resident() > size * count / 2
    finally:
        returning.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await returning
        for block in held:
            libc.free(block)
