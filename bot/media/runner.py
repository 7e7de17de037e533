"""What does jobs: the protocol of pools and of this process itself, and how a job can fail."""

import asyncio
from collections.abc import Hashable
from typing import Any, Protocol

from .refusal import Refused
from .tasks import Answer, Handler, Job, answer


class Busy(Exception):
    """The job does not get its turn in time.

    Args:
        wait: seconds after which it probably would, None where nothing is known of that.
    """

    def __init__(self, wait: float | None = None) -> None:
        super().__init__("others' jobs are being done")
        self.wait = wait


class Closed(Exception):
    """The pool is closed, or no child process can be started."""


class Runner(Protocol):
    """Something that does jobs (``tasks``): a pool, or this process."""

    async def run(
        self, job: Job, data: bytes = b"", *, owner: Hashable = None, patience: float | None = None
    ) -> Answer:
        """Do a job.

        Args:
            job: what to do, in plain values.
            data: the picture's file.
            owner: whose it is; owners take turns, and a job of nobody's has a turn of its own.
            patience: seconds until there must be an answer; None waits as long as it takes.

        Raises:
            Refused: the picture cannot be taken.
            Busy: there was no turn in time.
            Closed: nothing can be done any more.
        """
        ...

    async def aclose(self) -> None:
        """Release all resources."""
        ...


class InThread:
    """Does jobs in a thread of this process: for trusted pictures, in tests and benchmarks."""

    def __init__(self, handler: Handler = answer) -> None:
        self._handler = handler

    async def run(
        self, job: Job, data: bytes = b"", *, owner: Hashable = None, patience: float | None = None
    ) -> Answer:
        """Do a job; raises ``Refused``."""
        del owner, patience
        return taken(*await asyncio.to_thread(self._handler, {**job, "allow_heavy": True}, data))

    async def aclose(self) -> None:
        """Do nothing: there is nothing to release."""


def taken(said: dict[str, Any], data: bytes) -> Answer:
    """Return an answer; raises ``Refused`` if it is a refusal."""
    if why := said.get("why"):
        raise Refused(str(why), said.get("limit"), said.get("detail"), pixels=said.get("pixels"))
    return said, data
