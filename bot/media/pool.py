"""Jobs wait for the child processes of a pool: few at once, and shared fairly among those who ask."""

import asyncio
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from .children import Children
from .fair_queue import FairQueue
from .limits import PoolLimits
from .refusal import Refused
from .runner import Busy, Closed, taken
from .tasks import Answer, Handler, Job, answer

_DEFAULT_LIMITS = PoolLimits()
_OWNER_WAITS = 16
_FIRST_GUESS = 1.0
"""Seconds that a heavy job is thought to take before one was done."""
_NEWEST = 0.3
"""Share of the newest job in the average of what they take."""
_LOOK_AGAIN = 1.0
"""Seconds between two looks whether heavy jobs get their turns in time."""
_LONGEST_WAIT = 120.0


@dataclass(slots=True, eq=False)
class _Waiting:
    """A job and who waits for it; ``heavy`` is the memory in bytes that it needs, 0 until that is known to be much."""

    job: dict[str, Any]
    data: bytes
    owner: Hashable
    done: asyncio.Future[Answer]
    heavy: int = 0
    began: float | None = None
    until: float | None = None
    """When it is given up, on the event loop's clock; None for a job that waits as long as it takes."""
    work: asyncio.Task[None] | None = field(default=None, repr=False)


class WorkerPool:
    """A few child processes, started when needed.

    A child tells of a job that needs much memory instead of doing it; such jobs have a queue and children of their own,
    so that they wait for each other and nothing else waits for them.

    Args:
        handler: what the children run.
        limits: what they may take.
        environment: variables they get beside the few that every program needs.
    """

    def __init__(
        self,
        handler: Handler = answer,
        limits: PoolLimits = _DEFAULT_LIMITS,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._limits = limits
        self._children = Children(handler, limits, dict(environment or {}))
        self._light: FairQueue[_Waiting] = FairQueue()
        self._heavy: FairQueue[_Waiting] = FairQueue()
        self._running: set[_Waiting] = set()
        self._waiting_bytes = 0
        self._heavy_seconds = _FIRST_GUESS
        """What a heavy job takes by the clock, a moving average: on a busy machine much more than on an idle one."""
        self._looking: asyncio.TimerHandle | None = None
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def run(
        self, job: Job, data: bytes = b"", *, owner: Hashable = None, patience: float | None = None
    ) -> Answer:
        """Do a job in a child; see ``Runner``."""
        if self._closed:
            raise Closed("the pool is closed")
        if patience is not None and (
            self._light.waiting(owner) + self._heavy.waiting(owner) >= _OWNER_WAITS
            or self._waiting_bytes + len(data) > self._limits.waiting_bytes
        ):
            raise Busy
        waiting = _Waiting(dict(job), data, owner, asyncio.get_running_loop().create_future())
        waiting.until = None if patience is None else self._now() + patience
        if owner is None:
            waiting.owner = waiting
        self._put(waiting)
        try:
            async with asyncio.timeout(patience):
                return taken(*await waiting.done)
        except TimeoutError:
            raise Busy from None
        finally:
            await self._give_up(waiting)

    async def aclose(self) -> None:
        """End all children; waiting and running jobs fail."""
        self._closed = True
        for waiting in list(self._running):
            _fail(waiting, Closed("the pool is closed"))
            await self._give_up(waiting)
        while (waiting := self._light.take() or self._heavy.take()) is not None:
            _fail(waiting, Closed("the pool is closed"))
        if self._looking is not None:
            self._looking.cancel()
        await self._children.aclose()

    def _put(self, waiting: _Waiting) -> None:
        self._waiting_bytes += len(waiting.data)
        self._queue_of(waiting).put(waiting.owner, waiting)
        self._start_work()
        if waiting.heavy:
            self._refuse_the_late()

    def _queue_of(self, waiting: _Waiting) -> FairQueue[_Waiting]:
        return self._heavy if waiting.heavy else self._light

    def _start_work(self) -> None:
        """Start the next jobs in all free slots."""
        while not self._closed and (waiting := self._next_light() or self._next_heavy()) is not None:
            self._waiting_bytes -= len(waiting.data)
            waiting.began = self._now()
            self._running.add(waiting)
            waiting.work = asyncio.create_task(self._work(waiting))

    def _next_light(self) -> _Waiting | None:
        light = sum(not one.heavy for one in self._running)
        return self._light.take() if light < self._limits.at_once else None

    def _next_heavy(self) -> _Waiting | None:
        """Return the next heavy job if there is room for it; none that needs less passes it."""
        needed = [one.heavy for one in self._running if one.heavy]
        first = self._heavy.peek()
        if first is None or len(needed) >= self._limits.heavy_at_once:
            return None
        if needed and sum(needed) + first.heavy > self._limits.heavy_memory:
            return None
        return self._heavy.take()

    def _refuse_the_late(self) -> None:
        """Tell those at once whose turn would come too late, with the seconds after which they probably have one.

        Heavy jobs give way to all others, so that a queue which is served in seconds on an idle machine is not on a
        busy one: whoever posts a picture is told so, instead of waiting for nothing.
        """
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        now = self._now()
        took = [now - one.began for one in self._running if one.heavy and one.began is not None]
        each = max(self._heavy_seconds, *took, 0.0)
        free = max(0.0, each - max(took)) if len(took) >= self._limits.heavy_at_once else 0.0
        ahead, passed = 0, 0
        for waiting in list(self._heavy):
            done = free + each * (ahead // self._limits.heavy_at_once + 1)
            if waiting.until is None or now + done <= waiting.until:
                ahead += 1
                continue
            passed += 1
            self._heavy.drop(waiting.owner, waiting)
            self._waiting_bytes -= len(waiting.data)
            _fail(waiting, Busy(min(free + each * (ahead + passed) / self._limits.heavy_at_once, _LONGEST_WAIT)))
        if len(self._heavy) and not self._closed:
            self._looking = asyncio.get_running_loop().call_later(_LOOK_AGAIN, self._refuse_the_late)

    def _learn(self, seconds: float, *, ended: bool) -> None:
        """Note how long a heavy job took; of one that was given up it is known only that it takes longer."""
        if ended or seconds > self._heavy_seconds:
            self._heavy_seconds += _NEWEST * (seconds - self._heavy_seconds)

    async def _work(self, waiting: _Waiting) -> None:
        """Do one job, queue it again if it turns out to be heavy, and start the next."""
        needed = 0
        try:
            said = await self._children.do(waiting.job, waiting.data, heavy=bool(waiting.heavy))
            needed = 0 if waiting.heavy else int(said[0].get("heavy", 0))
            if not needed and not waiting.done.done():
                waiting.done.set_result(said)
        except (Refused, Closed) as error:
            _fail(waiting, error)
        finally:
            self._running.discard(waiting)
            waiting.work = None
            if waiting.heavy and waiting.began is not None:
                self._learn(self._now() - waiting.began, ended=waiting.done.done() and not waiting.done.cancelled())
            if needed and not waiting.done.done() and not self._closed:
                waiting.heavy, waiting.began = needed, None
                self._put(waiting)
            elif not waiting.done.done():
                _fail(waiting, Closed("the job was given up"))  # nobody is left waiting
            self._start_work()

    async def _give_up(self, waiting: _Waiting) -> None:
        """Cancel a job that nobody waits for: remove it from the queue, or end its child."""
        waiting.done.cancel()
        if self._queue_of(waiting).drop(waiting.owner, waiting):
            self._waiting_bytes -= len(waiting.data)
        if waiting.work is not None:
            work = waiting.work
            work.cancel()
            await asyncio.wait([work])

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()


def _fail(waiting: _Waiting, error: Exception) -> None:
    if not waiting.done.done():
        waiting.done.set_exception(error)
