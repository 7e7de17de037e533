"""Switches that hold for a whole process: Python's warning filters, and whether Pillow reads what is cut short.

A thread that sets one changes it under every other thread, and whoever puts it back last may put back another's. A
child process does one job at a time; where pictures are decoded in threads, they wait for each other here.
"""

import threading
import warnings
from collections.abc import Generator
from contextlib import contextmanager

_lock = threading.RLock()


@contextmanager
def without_warnings() -> Generator[None]:
    """Suppress warnings, and keep other threads from decoding meanwhile."""
    with _lock, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
