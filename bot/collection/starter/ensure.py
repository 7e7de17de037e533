"""An empty index is filled with the starter set, in a process of its own, which gives its memory back."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from bot.collection.store import Store
from bot.collection.store.base import StoreError
from bot.runtime.child_processes import wait_until_gone

log = logging.getLogger(__name__)

VERSION = "4"
STARTER_FOLDER = "starter"
"""Where the set is drawn, in the data folder."""
MANIFEST, MARK = "manifest.jsonl", "version.txt"
FIRST_DONE = b"first\n"
"""What the child writes once the first pictures are in the index."""
_TOLD_TO_STOP = (-signal.SIGINT, -signal.SIGTERM)
_UNTIL_WE_ARE = 5.0
"""Seconds: Ctrl+C and a service manager's signal reach the child too, and it ends first; that is no failure of its own."""
_ROOT = str(Path(__file__).parents[3])
_PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from bot.collection.starter.worker import main; main()"


async def ensure_starter(store: Store, folder: Path, address: str, on_first: Callable[[], None] | None = None) -> int:
    """Fill an empty index with the starter set, and take it out again once there are other pictures.

    Args:
        store: the index.
        folder: where to draw; made if it is not there.
        address: of the index, for the process that fills it.
        on_first: called once the pictures that the try-out's examples ask for are in the index, before all are.

    Returns:
        How many starter pictures are in the index now.

    Raises:
        StoreError: the set cannot be drawn or indexed.
    """
    root = await asyncio.to_thread(folder.resolve)
    if await give_way(store, folder):
        return 0
    ours = await store.known(str(root))
    if await asyncio.to_thread(is_drawn, root) and len(ours) == await asyncio.to_thread(_drawn, root):
        return len(ours)
    log.info("drawing the starter pictures; this takes some seconds, and only the first time")
    await _make(address, root, on_first)
    return len(await store.known(str(root)))


async def give_way(store: Store, folder: Path) -> bool:
    """Take the starter set out of an index that holds other pictures; True if it holds some."""
    ours = await store.known(str(await asyncio.to_thread(folder.resolve)))
    if (await store.counts()).places <= len(ours):
        return False
    if ours:
        await store.remove_places(sorted(ours))
    return True


async def starter_pictures(store: Store, folder: Path) -> int:
    """Return how many pictures of the starter set, which is drawn into the folder, are in the index."""
    return len(await store.known(str(await asyncio.to_thread(folder.resolve))))


def is_drawn(folder: Path) -> bool:
    """True if the set of this version lies in the folder."""
    mark = folder / MARK
    return mark.is_file() and mark.read_text("utf-8").strip() == VERSION


def _drawn(folder: Path) -> int:
    """Return how many pictures were drawn."""
    return len((folder / MANIFEST).read_text("utf-8").splitlines())


async def _make(address: str, folder: Path, on_first: Callable[[], None] | None) -> None:
    """Draw and index in a child; the address goes in by its input, for it may hold a password."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", "-c", _PROGRAM, _ROOT, str(folder),
        stdin=PIPE, stdout=PIPE, stderr=PIPE, env=dict(os.environ),
    )  # fmt: skip
    try:
        said = await _followed(process, address, on_first)
    finally:
        with suppress(ProcessLookupError):  # it has ended, unless this was cancelled or failed
            process.kill()
        await wait_until_gone(process)
    if process.returncode in _TOLD_TO_STOP:
        await asyncio.sleep(_UNTIL_WE_ARE)
    if process.returncode:
        last = said.decode(errors="replace").strip().splitlines()[-1:] or [f"exit {process.returncode}"]
        raise StoreError(f"the starter set cannot be made: {last[0]}")


async def _followed(process: Process, address: str, on_first: Callable[[], None] | None) -> bytes:
    """Hand a child its input, pass on that the first pictures are there, and return what it says of errors."""
    if process.stdin is None or process.stdout is None:
        raise StoreError("the starter set cannot be made: no pipes")
    process.stdin.write(address.encode())
    process.stdin.write_eof()
    if await process.stdout.readline() == FIRST_DONE and on_first is not None:
        on_first()
    _, said = await process.communicate()
    return said
