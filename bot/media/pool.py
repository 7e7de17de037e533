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
from .worker import READY

_ROOT = str(Path(__file__).parents[2])
_PROGRAM = "import sys, json; sys.path[:0] = json.loads(sys.argv[1]); from bot.media.worker import main; main()"
_ENVIRONMENT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
_RETIRE_AFTER = 200
_OWNER_WAITS = 16
_START_SECONDS = 60.0
_LONGEST_LINE = 4 * 1024 * 1024
_LARGEST_ANSWER = 256 * 1024 * 1024


class Busy(Exception):
    """There was no turn in time: too much else is to be done."""


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
            owner: whose it is; owners take turns.
            patience: seconds until there must be an answer; None waits as long as it takes.

        Raises:
            Refused: the picture cannot be taken.
            Busy: there was no turn in time.
            Closed: nothing can be done any more.
        """
        ...

    async def aclose(self) -> None:
        """Let go of everything."""
        ...


class InThread:
    """Does jobs in a thread of this process: for pictures of our own making."""

    def __init__(self, handler: Handler = answer) -> None:
        self._handler = handler

    async def run(
        self, job: Job, data: bytes = b"", *, owner: Hashable = None, patience: float | None = None
    ) -> Answer:
        """Do a job; raises ``Refused``."""
        del owner, patience
        return _taken(*await asyncio.to_thread(self._handler, {**job, "alone": True}, data))

    async def aclose(self) -> None:
        """Hold nothing."""


@dataclass(frozen=True, slots=True)
class PoolLimits:
    """What the children of a pool may take.

    Attributes:
        at_once: children side by side.
        seconds: what one job may take before its child is killed.
        memory: bytes of address space of a child, None for no limit.
        waiting_bytes: bytes of files that wait; what comes beyond is told to come later.
        files: True if children may write files.
        nice: by how much they give way to others.
    """

    at_once: int = 2
    seconds: float = 8.0
    memory: int | None = 1024**3
    waiting_bytes: int = 96 * 1024 * 1024
    files: bool = False
    nice: int = 0


@dataclass(slots=True, eq=False)
class _Child:
    process: Process
    jobs: int = 0


@dataclass(slots=True, eq=False)
class _Waiting:
    """A job and who waits for it."""

    job: dict[str, Any]
    data: bytes
    owner: Hashable
    done: asyncio.Future[Answer]
    heavy: bool = False
    began: float | None = None
    work: asyncio.Task[None] | None = field(default=None, repr=False)


class WorkerPool:
    """A few child processes, started when needed; jobs that need much memory are done one after the other.

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
        self._queue: FairQueue[_Waiting] = FairQueue()
        self._idle: list[_Child] = []
        self._busy: set[_Child] = set()
        self._running: set[_Waiting] = set()
        self._waiting_bytes = 0
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    @property
    def processes(self) -> tuple[int, ...]:
        """Return the ids of the children."""
        return tuple(child.process.pid for child in (*self._idle, *self._busy))

    async def run(
        self, job: Job, data: bytes = b"", *, owner: Hashable = None, patience: float | None = None
    ) -> Answer:
        """Do a job in a child; see ``Runner``."""
        if self._closed:
            raise Closed("the pool is closed")
        if patience is not None and (
            self._queue.waiting(owner) >= _OWNER_WAITS or self._waiting_bytes + len(data) > self._limits.waiting_bytes
        ):
            raise Busy
        waiting = _Waiting(dict(job), data, owner, asyncio.get_running_loop().create_future())
        self._put(waiting)
        try:
            async with asyncio.timeout(patience):
                return _taken(*await waiting.done)
        except TimeoutError:
            if waiting.began is not None and self._now() - waiting.began > self._limits.seconds / 2:
                raise Refused("too-slow") from None
            raise Busy from None
        finally:
            await self._give_up(waiting)

    async def aclose(self) -> None:
        """End all children; what waits is told."""
        self._closed = True
        for waiting in list(self._running):
            await self._give_up(waiting)
        while (waiting := self._next(heavy=True)) is not None:
            _fail(waiting, Closed("the pool is closed"))
        for child in [*self._idle, *self._busy]:
            await _end(child.process)
        self._idle.clear()

    def _put(self, waiting: _Waiting) -> None:
        self._waiting_bytes += len(waiting.data)
        self._queue.put(waiting.owner, waiting, heavy=waiting.heavy)
        self._start_work()

    def _next(self, *, heavy: bool) -> _Waiting | None:
        waiting = self._queue.take(heavy=heavy)
        if waiting is not None:
            self._waiting_bytes -= len(waiting.data)
        return waiting

    def _start_work(self) -> None:
        """Give every free place to the next job."""
        while len(self._running) < self._limits.at_once and not self._closed:
            waiting = self._next(heavy=not any(one.heavy for one in self._running))
            if waiting is None:
                return
            waiting.began = self._now()
            self._running.add(waiting)
            waiting.work = asyncio.create_task(self._work(waiting))

    async def _work(self, waiting: _Waiting) -> None:
        """Do one job, put it back where it has to be done alone, and see to the next."""
        alone_later = False
        try:
            said = await self._in_child(waiting)
            alone_later = bool(said[0].get("heavy")) and not waiting.heavy
            if not alone_later and not waiting.done.done():
                waiting.done.set_result(said)
        except (Refused, Closed) as error:
            _fail(waiting, error)
        finally:
            self._running.discard(waiting)
            waiting.work = None
            if alone_later and not waiting.done.done() and not self._closed:
                waiting.heavy, waiting.began = True, None
                self._put(waiting)
            elif not waiting.done.done():
                _fail(waiting, Closed("the job was given up"))  # nobody is left waiting
            self._start_work()

    async def _in_child(self, waiting: _Waiting) -> Answer:
        child = await self._take()
        usable = False
        try:
            async with asyncio.timeout(self._limits.seconds):
                found = await _exchange(child.process, {**waiting.job, "alone": waiting.heavy}, waiting.data)
            usable = True
        except TimeoutError:
            raise Refused("too-slow") from None
        except (asyncio.IncompleteReadError, ConnectionError, ValueError, KeyError):
            raise Refused("crashed") from None
        else:
            return found
        finally:
            await self._give_back(child, usable=usable)

    async def _give_up(self, waiting: _Waiting) -> None:
        """Nobody waits for the job any more: take it out of the queue, or end its child."""
        waiting.done.cancel()
        if self._queue.drop(waiting.owner, waiting):
            self._waiting_bytes -= len(waiting.data)
        if waiting.work is not None:
            work = waiting.work
            work.cancel()
            await asyncio.wait([work])

    async def _take(self) -> _Child:
        while self._idle:
            child = self._idle.pop()
            if child.process.returncode is None:
                break
        else:
            child = _Child(await self._start())
        self._busy.add(child)
        return child

    async def _give_back(self, child: _Child, *, usable: bool) -> None:
        self._busy.discard(child)
        child.jobs += 1
        if usable and not self._closed and child.jobs < _RETIRE_AFTER:
            self._idle.append(child)
        else:
            await _end(child.process)

    async def _start(self) -> Process:
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        environment |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", **self._environment}
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
            "nice": self._limits.nice,
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


async def _end(process: Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    if process.stdin is not None:
        process.stdin.close()
    await process.wait()
