"""Cleaning pictures in child processes, so that a hostile or endless one can be stopped.

A thread cannot be stopped, and the standard pools cannot stop one worker before Python 3.14; hence a child with pipes,
which can be killed anywhere. One child serves many pictures, one at a time, and is replaced after a while.
"""

import asyncio
import contextlib
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bot.bing_v7 import PictureRefused, Unavailable
from bot.bing_v7.upload import DEFAULT_LIMITS, UploadLimits

_ROOT = str(Path(__file__).parents[2])
_PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from bot.intake.worker import main; main()"
_ENVIRONMENT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG")
_RETIRE_AFTER = 200


@dataclass(slots=True, eq=False)
class _Child:
    process: Process
    pictures: int = 0


class Workshop:
    """At most ``at_once`` child processes, started when needed.

    Args:
        at_once: children side by side.
        seconds: what one picture may take before its child is killed.
    """

    def __init__(self, at_once: int = 2, seconds: float = 10.0) -> None:
        self._seconds = seconds
        self._places = asyncio.Semaphore(at_once)
        self._idle: list[_Child] = []
        self._busy: set[_Child] = set()
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def clean(self, data: bytes, limits: UploadLimits = DEFAULT_LIMITS) -> bytes:
        """Return the picture as a JPEG within the limits: first frame, upright, only its pixels.

        Raises:
            PictureRefused: it is damaged, has too many pixels, or takes too long.
            Unavailable: no child process can be started, or it died.
        """
        async with self._places:
            child = await self._take()
            done = False
            try:
                async with asyncio.timeout(self._seconds):
                    answer, clean = await _exchange(child.process, data, limits)
                done = True
            except TimeoutError:
                raise PictureRefused("too-slow") from None
            except (asyncio.IncompleteReadError, ConnectionError, ValueError):
                raise PictureRefused("broken", "the decoder died of it") from None
            finally:
                await self._give_back(child, usable=done)
        if why := answer.get("why"):
            raise PictureRefused(str(why), limit=answer.get("limit"))
        return clean

    async def aclose(self) -> None:
        """End all children."""
        self._closed = True
        for child in [*self._idle, *self._busy]:
            await _end(child.process)
        self._idle.clear()

    async def _take(self) -> _Child:
        if self._closed:
            raise Unavailable("the workshop is closed")
        while self._idle:
            child = self._idle.pop()
            if child.process.returncode is None:
                break
        else:
            child = _Child(await _start())
        self._busy.add(child)
        return child

    async def _give_back(self, child: _Child, *, usable: bool) -> None:
        self._busy.discard(child)
        child.pictures += 1
        if usable and not self._closed and child.pictures < _RETIRE_AFTER:
            self._idle.append(child)
        else:
            await _end(child.process)


async def _start() -> Process:
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    try:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-I", "-c", _PROGRAM, _ROOT, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=environment
        )
    except OSError as error:
        raise Unavailable("no process for decoding can be started") from error


async def _exchange(process: Process, data: bytes, limits: UploadLimits) -> tuple[dict[str, Any], bytes]:
    assert process.stdin is not None  # noqa: S101 (for the type checker: both are pipes)
    assert process.stdout is not None  # noqa: S101 (as above)
    process.stdin.write(json.dumps({**asdict(limits), "size": len(data)}).encode() + b"\n")
    process.stdin.write(data)
    await process.stdin.drain()
    line = await process.stdout.readline()
    if not line:
        raise ConnectionError("the child has ended")
    answer = json.loads(line)
    return answer, await process.stdout.readexactly(answer.pop("size"))


async def _end(process: Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    if process.stdin is not None:
        process.stdin.close()
    await process.wait()
