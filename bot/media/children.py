"""Child processes for hostile work: started when needed, killable, bounded, and ended when there is no work for them.

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
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.runtime.child_processes import wait_until_gone

from .limits import PoolLimits
from .refusal import Refused
from .runner import Closed
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
_START_SECONDS = 60.0
_LONGEST_LINE = 4 * 1024 * 1024
_LARGEST_ANSWER = 256 * 1024 * 1024


@dataclass(slots=True, eq=False)
class _Child:
    process: Process
    heavy: bool
    jobs: int = 0


class Children:
    """The child processes of a pool: taken for a job, given back after it, ended when unused for a while.

    Args:
        handler: what they run.
        limits: what they may take.
        environment: variables they get beside the few that every program needs.
    """

    def __init__(self, handler: Handler, limits: PoolLimits, environment: Mapping[str, str]) -> None:
        self._handler = handler
        self._limits = limits
        self._environment = environment
        self._idle: dict[bool, list[_Child]] = {True: [], False: []}
        """Children without a job: those for heavy jobs (True) and for ordinary ones."""
        self._processes: dict[Process, asyncio.Task[Any] | None] = {}
        """All that are not gone yet, with what ends them, if anything does already."""
        self._lingering: dict[bool, asyncio.TimerHandle] = {}
        """What ends unused children, by the same key."""
        self._closed = False

    async def do(self, job: Job, data: bytes, *, heavy: bool) -> Answer:
        """Do a job in a child; cancelling it ends that child.

        Raises:
            Refused: the child took too long, or it ended.
            Closed: no child can be started.
        """
        child = await self._take(heavy=heavy)
        usable = False
        try:
            async with asyncio.timeout(self._limits.seconds * _BY_THE_CLOCK):
                found = await _exchange(child.process, {**job, "allow_heavy": heavy}, data)
            usable = True
        except TimeoutError:
            raise Refused("too-slow") from None
        except (asyncio.IncompleteReadError, ConnectionError, ValueError, KeyError):
            raise Refused("too-slow" if await _ended_by(child.process) == OUT_OF_TIME else "crashed") from None
        else:
            return found
        finally:
            await self._give_back(child, usable=usable)

    async def aclose(self) -> None:
        """End all of them, once no job is running any more."""
        self._closed = True
        for timer in self._lingering.values():
            timer.cancel()
        for idle in self._idle.values():
            idle.clear()
        await asyncio.gather(*[self._end(process) for process in self._processes])

    async def _take(self, *, heavy: bool) -> _Child:
        idle = self._idle[heavy]
        while idle:
            child = idle.pop()
            if child.process.returncode is None:
                return child
            self._end(child.process)
        return _Child(await self._start(self._limits.nice + (self._limits.heavy_nice if heavy else 0)), heavy)

    async def _give_back(self, child: _Child, *, usable: bool) -> None:
        child.jobs += 1
        goes_on = usable and not self._closed and child.jobs < _RETIRE_AFTER
        if goes_on:
            self._idle[child.heavy].append(child)
        seconds = _LINGERING if child.heavy else self._limits.idle_seconds
        if seconds is not None and not self._closed:
            self._end_unused_later(child.heavy, seconds)
        if not goes_on:
            await asyncio.shield(self._end(child.process))

    def _end_unused_later(self, heavy: bool, seconds: float) -> None:
        """End the children of a kind once there was no job for them for a while."""
        if (before := self._lingering.get(heavy)) is not None:
            before.cancel()
        self._lingering[heavy] = asyncio.get_running_loop().call_later(seconds, self._end_unused, heavy)

    def _end_unused(self, heavy: bool) -> None:
        """End the children of a kind in the background; whoever closes the pool meanwhile waits for that."""
        idle = self._idle[heavy]
        while idle:
            self._end(idle.pop().process)

    def _end(self, process: Process) -> asyncio.Task[Any]:
        """Kill a child; the task that is returned ends when it is gone and its pipes are closed.

        Whoever waits for that may be cancelled, so what waits here is shielded: it is awaited in the end by `aclose`.
        """
        task = self._processes.get(process)
        if task is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            task = self._processes[process] = asyncio.create_task(wait_until_gone(process))
            task.add_done_callback(lambda _: self._processes.pop(process, None))
        return task

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
        self._processes[process] = None
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
                await asyncio.shield(self._end(process))
        if not ready:
            raise Closed("a process for decoding does not start")
        return process


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
