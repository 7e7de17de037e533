"""Files that are written whole or not at all."""

import os
from pathlib import Path


def write_atomically(file: Path, data: bytes) -> None:
    """Write a file in one step, with its folder where that is missing; what was there before is replaced.

    Programs that write the same file at the same time do not disturb each other, and of an attempt that fails, as on a
    full disk, nothing is left.

    Raises:
        OSError: it cannot be written; what was there before stays.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        fresh.write_bytes(data)
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
