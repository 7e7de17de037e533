"""What the benchmarks say of processor time is what was used."""

import os
import subprocess
import sys

import pytest

from .processor_time import processor_seconds

TICK = 1 / os.sysconf("SC_CLK_TCK")
WORKING = """
import time
while time.process_time() < {seconds}:
    pass
print("done", flush=True)
input()
"""
WITH_A_CHILD = """
import subprocess, sys
subprocess.run([sys.executable, "-c", "import time\\nwhile time.process_time() < 0.3: pass"], check=True)
print("done", flush=True)
input()
"""


def used_by(code: str) -> float:
    """The processor time of a program once it has printed a line."""
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"done"
        used = processor_seconds(process.pid)
        process.communicate(b"\n")
    return used


def test_it_is_that_of_the_process() -> None:
    assert 0.2 <= used_by(WORKING.format(seconds=0.2)) < 2


def test_less_than_a_tick_is_seen() -> None:
    before = processor_seconds(os.getpid())
    sum(range(20_000))
    assert 0 < processor_seconds(os.getpid()) - before < 100 * TICK


def test_children_that_have_ended_are_among_it() -> None:
    assert used_by(WITH_A_CHILD) >= 0.3 - TICK


def test_a_process_that_is_gone_is_said() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    with pytest.raises(OSError, match=r"Invalid argument|No such"):
        processor_seconds(process.pid)
