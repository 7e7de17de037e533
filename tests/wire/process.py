"""The bot as a process of its own, which a test can kill without a word and start again with its state kept."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from tests import preloaded as forked
from tests.processor_time import processor_seconds
from tests.starter_data import give_models, give_starter

from .standin import StandIn

ROOT = Path(__file__).resolve().parents[2]
RUN = ("-m", "bot", "run")
PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT", "COVERAGE_PROCESS_START")
START = 60.0
"""Seconds a bot may take from its start to its login, on a busy machine."""
STOP = 15.0


def environment(data: Path, **more: str) -> dict[str, str]:
    """The environment of a bot whose data folder is ``data``: nothing of the tests' own but what programs need."""
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {**passed_on, "PYTHONUNBUFFERED": "1", "MAGPIE_DATA_DIR": str(data), **more}


async def bot_command(*arguments: str, data: Path, preloaded: bool = False, **env: str) -> str:
    """Run ``python -m bot ARGUMENTS`` to its end; its output. AssertionError when it fails.

    With ``preloaded`` its imports are shared (`tests.preloaded`).
    """
    give_models(data)
    process = await _begin(("-m", "bot", *arguments), environment(data, **env), preloaded=preloaded)
    output, _ = await process.communicate()
    text = output.decode(errors="replace")
    assert process.returncode == 0, f"{' '.join(arguments)} ended with {process.returncode}:\n{text}"
    return text


async def _begin(program: Sequence[str], env: dict[str, str], *, preloaded: bool) -> Process | forked.Program:
    """Start ``python PROGRAM``; modules (``-m``) can be preloaded, and are where this process was forked itself."""
    if program[0] == "-m":
        _, module, *arguments = program
        return await forked.start_either_way(module, *arguments, cwd=ROOT, env=env, forked=preloaded)
    return await asyncio.create_subprocess_exec(sys.executable, *program, cwd=ROOT, env=env, stdout=PIPE, stderr=STDOUT)


class BotProcess:
    """``python -m bot run`` (or another program that reads the same environment) against a stand-in.

    Use it through ``bot_process``. ``output`` is everything the process has printed in all its lives; with
    ``preloaded`` the imports of its next start are shared (`tests.preloaded`).
    """

    def __init__(
        self,
        discord: StandIn,
        data: Path,
        *,
        program: Sequence[str] = RUN,
        env: dict[str, str] | None = None,
        preloaded: bool = False,
    ) -> None:
        self._discord = discord
        self._program = program
        self.preloaded = preloaded
        self._env = environment(
            data,
            DISCORD_TOKEN=discord.token,
            DISCORD_API_URL=discord.api_url,
            DISCORD_GATEWAY_URL=discord.gateway_url,
            **(env or {}),
        )
        self._process: Process | forked.Program | None = None
        self._reader: asyncio.Task[None] | None = None
        self.output = ""

    @property
    def pid(self) -> int:
        """The process's id, to measure it by."""
        return self._running.pid

    def cpu_seconds(self) -> float:
        """The processor time it has used so far (Linux), steadier than latencies on a machine with other work."""
        return processor_seconds(self.pid)

    def kept_waiting(self) -> float:
        """The seconds its threads were ready to run while the machine ran others (Linux), 0 once it has ended."""
        waited = 0
        for thread in Path(f"/proc/{self._process.pid if self._process else 0}/task").glob("*/schedstat"):
            with suppress(OSError):
                waited += int(thread.read_text().split()[1])
        return waited / 1e9

    @property
    def _running(self) -> Process | forked.Program:
        assert self._process is not None, "the bot was never started"
        return self._process

    async def start(self, *, shards: int = 1) -> None:
        """Start the process and wait until it is logged in; AssertionError with its output when it ends instead."""
        before = len(self._discord.gateway.identified)
        process = await _begin(self._program, self._env, preloaded=self.preloaded)
        self._process, self._discord.kept_waiting = process, self.kept_waiting
        self._reader = asyncio.create_task(self._read(process))
        ended = asyncio.create_task(process.wait())
        try:
            login = asyncio.create_task(self._logged_in(before + shards, shards))
            await asyncio.wait([ended, login], return_when=asyncio.FIRST_COMPLETED)
            if not login.done():
                login.cancel()
                await self._reader
                raise AssertionError(f"the bot ended with {process.returncode} before its login:\n{self.output}")
            try:
                await login
            except AssertionError as error:
                error.add_note(f"the bot's output:\n{self.output}")
                raise
        finally:
            ended.cancel()

    async def _logged_in(self, logins: int, shards: int) -> None:
        gateway = self._discord.gateway
        await self._discord.until(lambda: len(gateway.identified) >= logins, "the bot's login", within=START)
        await self._discord.ready(shards=shards)

    async def _read(self, process: Process | forked.Program) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            self.output += line.decode(errors="replace")

    async def kill(self) -> None:
        """``kill -9``: no goodbye, no clean-up."""
        self._running.send_signal(signal.SIGKILL)
        await self._gone()

    async def stop(self) -> int:
        """Ask it to end (SIGTERM) and give its exit code."""
        if self._running.returncode is None:
            self._running.send_signal(signal.SIGTERM)
            try:
                async with asyncio.timeout(STOP):
                    await self._running.wait()
            except TimeoutError:
                self._running.kill()
        return await self._gone()

    async def _gone(self) -> int:
        code = await self._running.wait()
        if self._reader is not None:
            await self._reader
        gateway, shards = self._discord.gateway, self._env.get("MAGPIE_SHARD_IDS", "")
        mine = {int(shard) for shard in shards.split(",") if shard}
        await self._discord.until(
            lambda: not [one for one in gateway.connected() if not mine or one.shard in mine],
            "the connection to be seen closed",
        )
        return code

    async def restart(self, *, shards: int = 1) -> None:
        """``kill -9`` and start again with the state that was on disk."""
        await self.kill()
        await self.start(shards=shards)


@asynccontextmanager
async def bot_process(
    discord: StandIn,
    data: Path,
    *,
    program: Sequence[str] = RUN,
    env: dict[str, str] | None = None,
    shards: int = 1,
    preloaded: bool = False,
) -> AsyncIterator[BotProcess]:
    """A started, logged-in bot process; it is ended with the block. ``data`` is its (temporary) data folder, which
    is given the starter set where it has no collection. With ``preloaded`` its imports are shared (`tests.preloaded`).

    Its output is added to a failing test's message.
    """
    give_starter(data, with_index="MAGPIE_DATABASE_URL" not in (env or {}))
    bot = BotProcess(discord, data, program=program, env=env, preloaded=preloaded)
    await bot.start(shards=shards)
    try:
        yield bot
    except BaseException as error:
        error.add_note(f"the bot's output:\n{bot.output}")
        raise
    finally:
        if bot._process is not None and bot._process.returncode is None:
            await bot.stop()
