"""Child processes for hostile work: killable, bounded, few, and shared fairly.

A pool of the standard library, pebble's or loky's would pickle what a child answers and load that in this process, hand
the child this process's environment, and import the program's main module in it again: too much for a process that
decodes strangers' files. So a child here is a plain program with pipes (`worker`), which answers in JSON and bytes.
"""

import asyncio
import base64
import contextlib
import json
import os
import pickle
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from .fair_queue import FairQueue
from .refusal import Refused
from .tasks import Answer, Handler, Job, answer
from .worker import OUT_OF_TIME, READY

_ROOT = str(Path(__file__).parents[2])
_PROGRAM = "import sys, json; sys.path[:0] = json.loads(sys.argv[1]); from bot.media.worker import main; main()"
_ENVIRONMENT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
_CHILD_ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_MMAP_THRESHOLD_": "1048576",  # glibc: what a large picture took is given back when it is done
    "MALLOC_TRIM_THRESHOLD_": "1048576",
}
_BY_THE_CLOCK = 4
_RETIRE_AFTER = 200
_LINGERING = 5.0
"""Seconds that a child for heavy jobs is kept after the last one: the next picture of the same person often follows."""
_OWNER_WAITS = 16
_FIRST_GUESS = 1.0
"""Seconds that a heavy job is thought to take before one was done."""
_NEWEST = 0.3
"""Share of the newest job in the average of what they take."""
_LOOK_AGAIN = 1.0
"""Seconds between two looks whether heavy jobs get their turns in time."""
_LONGEST_WAIT = 120.0
_START_SECONDS = 60.0
_LONGEST_LINE = 4 * 1024 * 1024
_LARGEST_ANSWER = 256 * 1024 * 1024


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
        return _taken(*await asyncio.to_thread(self._handler, {**job, "allow_heavy": True}, data))

    async def aclose(self) -> None:
        """Do nothing: there is nothing to release."""


@dataclass(frozen=True, slots=True)
class PoolLimits:
    """What the children of a pool may take.

    Attributes:
        at_once: children side by side, for ordinary jobs.
        heavy_at_once: further children for jobs that need much memory; they end soon after the last such job.
        heavy_nice: by how much those give way to this program's other work: ordinary pictures go ahead of heavy ones.
        heavy_memory: bytes that those may need together; a job that needs more runs while no other heavy one does.
        seconds: processor time that one job may take before its child is killed; by the clock four times as much,
            for the others of a busy machine are no fault of the picture.
        memory: bytes of address space of a child, None for no limit.
        waiting_bytes: bytes of files that wait; what comes beyond is told to come later.
        files: True if children may write files.
        nice: by how much they give way to others.
        idle_seconds: after which children for ordinary jobs end that had none; None keeps them.
    """

    at_once: int = 2
    heavy_at_once: int = 2
    heavy_nice: int = 10
    heavy_memory: int = 216 * 1024 * 1024
    seconds: float = 8.0
    memory: int | None = 1024**3
    waiting_bytes: int = 96 * 1024 * 1024
    files: bool = False
    nice: int = 0
    idle_seconds: float | None = None


@dataclass(slots=True, eq=False)
class _Child:
    process: Process
    heavy: bool
    jobs: int = 0


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
        limits: PoolLimits = PoolLimits(),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._handler = handler
        self._limits = limits
        self._environment = dict(environment or {})
        self._light: FairQueue[_Waiting] = FairQueue()
        self._heavy: FairQueue[_Waiting] = FairQueue()
        self._idle: list[_Child] = []
        self._idle_heavy: list[_Child] = []
        self._lingering: dict[bool, asyncio.TimerHandle] = {}
        """What ends unused children: of heavy jobs (True) and of ordinary ones."""
        self._ending: set[asyncio.Task[None]] = set()
        self._busy: set[_Child] = set()
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
                return _taken(*await waiting.done)
        except TimeoutError:
            raise Busy from None
        finally:
            await self._give_up(waiting)

    async def aclose(self) -> None:
        """End all children; waiting jobs fail."""
        self._closed = True
        for waiting in list(self._running):
            await self._give_up(waiting)
        while (waiting := self._light.take() or self._heavy.take()) is not None:
            _fail(waiting, Closed("the pool is closed"))
        for timer in (*self._lingering.values(), *([self._looking] if self._looking else ())):
            timer.cancel()
        for child in [*self._idle, *self._idle_heavy, *self._busy]:
            await _end(child.process)
        await asyncio.gather(*self._ending)
        self._idle.clear()
        self._idle_heavy.clear()

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
            said = await self._in_child(waiting)
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

    async def _in_child(self, waiting: _Waiting) -> Answer:
        child = await self._take(heavy=bool(waiting.heavy))
        usable = False
        try:
            async with asyncio.timeout(self._limits.seconds * _BY_THE_CLOCK):
                found = await _exchange(
                    child.process, {**waiting.job, "allow_heavy": bool(waiting.heavy)}, waiting.data
                )
            usable = True
        except TimeoutError:
            raise Refused("too-slow") from None
        except (asyncio.IncompleteReadError, ConnectionError, ValueError, KeyError):
            raise Refused("too-slow" if await _ended_by(child.process) == OUT_OF_TIME else "crashed") from None
        else:
            return found
        finally:
            await self._give_back(child, usable=usable)

    async def _give_up(self, waiting: _Waiting) -> None:
        """Cancel a job that nobody waits for: remove it from the queue, or end its child."""
        waiting.done.cancel()
        if self._queue_of(waiting).drop(waiting.owner, waiting):
            self._waiting_bytes -= len(waiting.data)
        if waiting.work is not None:
            work = waiting.work
            work.cancel()
            await asyncio.wait([work])

    async def _take(self, *, heavy: bool) -> _Child:
        idle = self._idle_of(heavy)
        while idle:
            child = idle.pop()
            if child.process.returncode is None:
                break
        else:
            child = _Child(await self._start(self._limits.nice + (self._limits.heavy_nice if heavy else 0)), heavy)
        self._busy.add(child)
        return child

    async def _give_back(self, child: _Child, *, usable: bool) -> None:
        self._busy.discard(child)
        child.jobs += 1
        ending: list[_Child] = []
        if usable and not self._closed and child.jobs < _RETIRE_AFTER:
            self._idle_of(child.heavy).append(child)
        else:
            ending.append(child)
        seconds = _LINGERING if child.heavy else self._limits.idle_seconds
        if seconds is not None and not self._closed:
            self._end_unused_later(child.heavy, seconds)
        for one in ending:
            await _end(one.process)

    def _idle_of(self, heavy: bool) -> list[_Child]:
        return self._idle_heavy if heavy else self._idle

    def _end_unused_later(self, heavy: bool, seconds: float) -> None:
        """End the children of a kind once there was no job for them for a while."""
        if (before := self._lingering.get(heavy)) is not None:
            before.cancel()
        self._lingering[heavy] = asyncio.get_running_loop().call_later(seconds, self._end_unused, heavy)

    def _end_unused(self, heavy: bool) -> None:
        """End the children of a kind in the background; whoever closes the pool meanwhile waits for that."""
        idle = self._idle_of(heavy)
        while idle:
            task = asyncio.create_task(_end(idle.pop().process))
            self._ending.add(task)
            task.add_done_callback(self._ending.discard)

    async def _start(self, nice: int) -> Process:
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        environment |= {**_CHILD_ENVIRONMENT, **self._environment}
        paths = [_ROOT, *(path for path in sys.path if path)] if self._handler is not answer else [_ROOT]
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-I", "-c", _PROGRAM, json.dumps(paths),
                stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=environment, limit=_LONGEST_LINE,
            )  # fmt: skip
        except OSError as error:
            raise Closed("no process for decoding can be started") from error
        setup = {
            "memory": self._limits.memory,
            "files": self._limits.files,
            "nice": nice,
            "seconds": self._limits.seconds,
            "handler": base64.b64encode(pickle.dumps(self._handler)).decode(),
        }
        assert process.stdin is not None  # noqa: S101 (for the type checker: it is a pipe)
        assert process.stdout is not None  # noqa: S101 (as above)
        process.stdin.write(json.dumps(setup).encode() + b"\n")
        ready = False
        try:
            async with asyncio.timeout(_START_SECONDS):
                ready = await process.stdout.readline() == READY
        except (TimeoutError, ConnectionError, ValueError):
            pass  # said below
        finally:
            if not ready:
                await _end(process)
        if not ready:
            raise Closed("a process for decoding does not start")
        return process

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()


def _taken(said: dict[str, Any], data: bytes) -> Answer:
    """Return an answer; raises ``Refused`` if it is a refusal."""
    if why := said.get("why"):
        raise Refused(str(why), said.get("limit"), said.get("detail"))
    return said, data


def _fail(waiting: _Waiting, error: Exception) -> None:
    if not waiting.done.done():
        waiting.done.set_exception(error)


async def _exchange(process: Process, job: dict[str, Any], data: bytes) -> Answer:
    assert process.stdin is not None  # noqa: S101 (for the type checker: both are pipes)
    assert process.stdout is not None  # noqa: S101 (as above)
    process.stdin.write(json.dumps({**job, "size": len(data)}).encode() + b"\n")
    process.stdin.write(data)
    await process.stdin.drain()
    line = await process.stdout.readline()
    if not line:
        raise ConnectionError("the child has ended")
    said: dict[str, Any] = json.loads(line)
    if said["size"] > _LARGEST_ANSWER:
        raise ValueError("an answer of such a size is none")
    return said, await process.stdout.readexactly(said.pop("size"))


async def _ended_by(process: Process) -> int | None:
    """Return the number of the signal that ended a child; None if there was none, or if it has not ended yet."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(1.0):
            code = await process.wait()
            return -code if code < 0 else None
    return None


async def _end(process: Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    if process.stdin is not None:
        process.stdin.close()
    await process.wait()
