"""Whether the database answers: who asks while it does not is told so at once, instead of waiting in a queue."""

import logging
import time
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

log = logging.getLogger(__name__)

RESTS = 1.0
"""Seconds in which nobody asks a database that just failed to answer; then one tries."""


class DatabaseUnavailable(SQLAlchemyError):
    """The database cannot be reached, or did not answer in time; the text says why and names no secret."""


class ChangeUnconfirmed(DatabaseUnavailable):
    """A change was sent to be kept when the database was lost: it may have been kept, or still be."""


class DatabaseAvailability:
    """Remembers the last failure.

    Args:
        clock: seconds, never going back.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: float | None = None
        self.failures = 0
        """How often the database did not answer in time or could not be reached."""

    @property
    def up(self) -> bool:
        """True unless the last try failed."""
        return self._until is None

    def admit(self) -> None:
        """Let a question through, or raise: while the database is away one in ``RESTS`` seconds tries.

        Raises:
            DatabaseUnavailable: it failed a moment ago.
        """
        if self._until is None:
            return
        if self._clock() < self._until:
            raise DatabaseUnavailable("the database failed to answer a moment ago")
        self._until = self._clock() + RESTS

    def failed(self, why: str, *, unconfirmed: bool = False) -> DatabaseUnavailable:
        """Note a failure and return the error to raise; the log hears of the first in a row."""
        if self._until is None:
            log.error("the database does not answer: %s", why)
        self.failures += 1
        self._until = self._clock() + RESTS
        return ChangeUnconfirmed(why) if unconfirmed else DatabaseUnavailable(why)

    def answered(self) -> None:
        """Note that the database answered."""
        if self._until is not None:
            self._until = None
            log.warning("the database answers again")
