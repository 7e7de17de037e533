"""The program of the child that draws and indexes the starter set: folder as argument, address of the index as input."""

import asyncio
import sys
from pathlib import Path

from .ensure import FIRST_DONE
from .making import make_starter


def main() -> None:
    """Do it; whatever goes wrong ends the process with an error."""
    asyncio.run(make_starter(sys.stdin.read(), Path(sys.argv[2]), _say_first))


def _say_first() -> None:
    sys.stdout.write(FIRST_DONE.decode())
    sys.stdout.flush()
