"""Does the database answer, does it take writes, and is there room on the disk?"""

import asyncio
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from .choices import Choices
from .database import Database

_WITHIN = 1.0
"""Seconds for the answer: who asks waits for it."""
WRITES_EVERY = 15.0
"""Seconds between two writes; in between the outcome of the last one counts."""
LEAST_ROOM = 32 * 1024 * 1024
"""Bytes free on the disk of the data folder; with less a database soon takes no writes."""
_NOBODY, _NAME = 0, "health"


class StorageProbe:
    """Asks the database what an operator wants to know.

    Args:
        database: the bot's own.
        folder: the data folder.
        clock: seconds, never going back.
    """

    def __init__(self, database: Database, folder: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._folder = folder
        self._clock = clock
        self._written = -WRITES_EVERY
        self._refused: str | None = None

    async def problem(self) -> str | None:
        """Return what is wrong in a few words, None if nothing is."""
        try:
            async with asyncio.timeout(2 * _WITHIN), self._database.transaction(within=_WITHIN) as connection:
                await connection.execute(text("SELECT 1"))
        except (SQLAlchemyError, TimeoutError):
            return "the database does not answer"
        if self._refused is not None or self._clock() - self._written >= WRITES_EVERY:
            await self._write()
        if self._refused is not None:
            return self._refused
        free = (await asyncio.to_thread(shutil.disk_usage, self._folder)).free
        return "the disk is full" if free < LEAST_ROOM else None

    async def _write(self) -> None:
        self._written = self._clock()
        try:
            async with asyncio.timeout(2 * _WITHIN):
                await Choices(self._database).set_person(_NOBODY, _NAME, f"{time.time():.0f}")
            self._refused = None
        except (SQLAlchemyError, TimeoutError) as error:
            reason = type(getattr(error, "orig", None) or error).__name__
            self._refused = f"the database takes no writes ({reason})"
