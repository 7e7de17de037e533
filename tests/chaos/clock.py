"""A system clock that a test can put forward and back under a running program, and under that program alone."""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).with_name("clock.c")


class Clock:
    """``env`` goes into the program's environment; ``jump`` says how far its clock is off from then on.

    Monotonic clocks stay as they are, as they do when a system's clock is corrected.
    """

    def __init__(self, folder: Path) -> None:
        compiler = shutil.which("cc")
        if compiler is None or not sys.platform.startswith("linux"):
            pytest.skip("moving a program's clock needs Linux and a C compiler")
        library = folder / "clock.so"
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE)], check=True)
        self._file = folder / "clock-offset"
        self.jump(0)
        self.env = {"LD_PRELOAD": str(library), "CLOCK_OFFSET_FILE": str(self._file)}

    def jump(self, seconds: int) -> None:
        """Let the clock be so many seconds ahead of the true time (behind it if negative)."""
        with self._file.open("r+b" if self._file.exists() else "wb") as file:
            file.write(struct.pack("=q", seconds))
