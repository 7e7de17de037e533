"""Programs of Magpie's, forked from a process that has imported it already.

A start of the program takes a second of processor time, nearly all of it for imports. Here they are paid for once in a
worker of the tests: a fork of a process that has done nothing else goes on with ``main`` and is a process like any
other, with an environment, a folder, an output and signals of its own. What a start itself is about (that the program
is found, imported and stopped, and what that takes) is tried with an interpreter of its own.

A benchmark that was forked, as in its small run, has what it starts forked from the same process.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import runpy
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.processor_time import processor_seconds

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.preloaded_imports"])
_server: Any = forkserver._forkserver
_forked: list[bool] = []
"""Has an entry in a process that `start` has forked."""


class Program:
    """A running program; what it has of ``asyncio.subprocess.Process`` does the same. Use it through ``start``."""

    def __init__(self, process: ForkServerProcess, ended: asyncio.Future[int], stdout: asyncio.StreamReader) -> None:
        assert process.pid is not None
        self._process, self._ended = process, ended
        self.stdout = stdout
        self.pid: int = process.pid

    @property
    def returncode(self) -> int | None:
        """Its exit code, None while it runs."""
        return self._ended.result() if self._ended.done() else None

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    async def wait(self) -> int:
        """Wait until it has ended; its exit code."""
        return await asyncio.shield(self._ended)

    async def communicate(self) -> tuple[bytes, None]:
        """Wait until it has ended; what it printed, errors included."""
        printed = await self.stdout.read()
        await self.wait()
        return printed, None


async def start(module: str, *arguments: str, cwd: Path, env: Mapping[str, str], output: int | None = None) -> Program:
    """Start ``python -m MODULE ARGUMENTS``.

    ``stdout`` has all that it prints, errors included; with ``output``, an open file, that has it.
    """
    loop = asyncio.get_running_loop()
    stdout = asyncio.StreamReader()
    if output is None:
        read, write = os.pipe()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(stdout), os.fdopen(read, "rb"))
    else:
        write = os.dup(output)
        stdout.feed_eof()
    with Connection(write, readable=False) as printed:  # what can be handed to a process
        process = _context.Process(target=_run, args=(module, arguments, str(cwd), dict(env), printed))
        with _nothing_to_import():
            process.start()
    ended: asyncio.Future[int] = loop.create_future()
    loop.add_reader(process.sentinel, _note_end, loop, process, ended)
    return Program(process, ended, stdout)


async def start_either_way(
    module: str, *arguments: str, cwd: Path, env: Mapping[str, str], output: int | None = None, forked: bool
) -> Process | Program:
    """As `start` if ``forked`` or where this process was forked itself, else with an interpreter of its own."""
    if forked or _forked:
        return await start(module, *arguments, cwd=cwd, env=env, output=output)
    stdout = PIPE if output is None else output
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, cwd=cwd, env=env, stdout=stdout, stderr=STDOUT
    )


def call(function: Callable[..., None], *arguments: object) -> int:
    """Call a module's function in a fork, and wait for its end; the exit code."""
    process = _context.Process(target=function, args=arguments)
    with _nothing_to_import():
        process.start()
    process.join()
    return process.exitcode or 0


def forked_seconds() -> float:
    """Return the processor time of the process that programs are forked from, and of those that have ended."""
    server = _server._forkserver_pid
    if server is None:
        return 0.0
    try:
        return processor_seconds(server)
    except OSError:
        return 0.0


def stop() -> None:
    """End the process that programs are forked from, so that its time is counted with that of the tests."""
    _server._stop()


@contextmanager
def _nothing_to_import() -> Iterator[None]:
    """Show no main module, which every fork would import: that of pytest, or the benchmark that starts something."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _share_server() -> None:
    """Have what this process starts forked from where it comes from itself, and not from a server of its own.

    Its address and what keeps it running are known here; Python before 3.14 asks for nothing else.
    """
    if _server._forkserver_address is not None and not hasattr(_server, "_forkserver_authkey"):
        _server.ensure_running = lambda: None


def _note_end(loop: asyncio.AbstractEventLoop, process: ForkServerProcess, ended: asyncio.Future[int]) -> None:
    loop.remove_reader(process.sentinel)
    process.join()
    if not ended.done():
        ended.set_result(process.exitcode or 0)
    process.close()


def _run(module: str, arguments: tuple[str, ...], cwd: str, env: dict[str, str], printed: Connection) -> None:
    """Be the program: what an interpreter of its own would find set is set."""
    _forked.append(True)
    _share_server()
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    for number in (1, 2):
        os.dup2(printed.fileno(), number)
    printed.close()
    sys.stdout.reconfigure(line_buffering=True)  # pyright: ignore[reportAttributeAccessIssue]
    sys.path[:0] = [cwd, *filter(None, env.get("PYTHONPATH", "").split(os.pathsep))]
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
