"""Databases that are lost, read-only or broken: ``index`` ends in a sentence, the bot names the file and the cause."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import asyncpg
import numpy as np
import pytest
from PIL import Image

from bot.runtime.exit_codes import Exit
from tests.postgres import Postgres, postgres_server
from tests.wire.process import ROOT, environment

from .breaking import becomes_ready, bot_on_server, full, own_disk, ready

pytestmark = pytest.mark.chaos


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder that takes a while to be indexed."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(150):
        rough = np.random.default_rng(number).integers(0, 256, (30, 40, 3), dtype=np.uint8)
        Image.fromarray(rough).resize((1200, 900), Image.Resampling.BICUBIC).save(folder / f"{number}.jpg")
    return folder


@asynccontextmanager
async def program(data: Path, *arguments: str, **env: str) -> AsyncIterator[Process]:
    """``magpie ARGUMENTS``, ended with the block."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments, cwd=ROOT, env=environment(data, **env), stdout=PIPE, stderr=STDOUT
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()


async def some_are_indexed(server: Postgres) -> None:
    async with asyncio.timeout(60):
        while True:
            with suppress(asyncpg.PostgresError):
                connection = await asyncpg.connect(server.url)
                found = await connection.fetchval("SELECT count(*) FROM pg_stat_user_tables WHERE n_live_tup > 9")
                await connection.close()
                if found:
                    return
            await asyncio.sleep(0.1)


@pytest.mark.postgres
@pytest.mark.parametrize("how", ["stops", "freezes"])
async def test_indexing_loses_its_database(tmp_path: Path, many: Path, how: str) -> None:
    with postgres_server() as server:
        async with program(tmp_path, "index", str(many), MAGPIE_COLLECTION_URL=server.url) as index:
            await some_are_indexed(server)
            server.stop() if how == "stops" else server.freeze()
            output, _ = await asyncio.wait_for(index.communicate(), 150)
        server.thaw() if how == "freezes" else server.start()
        text = output.decode()
        assert index.returncode == Exit.UNAVAILABLE, text
        assert "The collection was lost while indexing" in " ".join(text.split())
        assert "Traceback" not in text
        async with program(tmp_path, "index", str(many), MAGPIE_COLLECTION_URL=server.url) as again:
            output, _ = await asyncio.wait_for(again.communicate(), 150)
        assert again.returncode == Exit.OK, output.decode()
        assert "150 pictures in the collection" in " ".join(output.decode().split())


async def test_indexing_onto_a_full_disk(tmp_path: Path, many: Path, small_disk: Path) -> None:
    """What was indexed before is kept, and with room again the same command goes on."""
    with full(small_disk, but=700_000):
        code, text = await said_by(small_disk, "index", str(many), within=400)
        assert code == Exit.UNAVAILABLE, text
        assert "The collection was lost while indexing (database or disk is full)" in text
        assert "Traceback" not in text
    code, text = await said_by(small_disk, "index", str(many), within=400)
    assert code == Exit.OK, text
    assert "150 pictures in the collection" in text


async def test_the_list_of_skipped_files_cannot_be_written(tmp_path: Path, many: Path) -> None:
    (tmp_path / "index-skipped.jsonl").mkdir()
    (many / "none.jpg").write_bytes(b"no picture")
    code, text = await said_by(tmp_path, "index", str(many), within=400)
    assert code == Exit.UNAVAILABLE, text
    assert "(Is a directory): start again, what was indexed is kept." in text
    assert "Traceback" not in text


@pytest.mark.parametrize("command", ["run", "serve", "check", "index"])
async def test_a_start_on_a_full_disk(tmp_path: Path, many: Path, small_disk: Path, command: str) -> None:
    with full(small_disk):
        code, text = await said_by(small_disk, command, *([str(many)] if command == "index" else []))
    assert code == Exit.UNAVAILABLE, text
    assert "full" in text, text
    assert "Traceback" not in text


@pytest.mark.postgres
async def test_a_database_that_takes_no_writes(tmp_path: Path) -> None:
    async with bot_on_server(tmp_path) as bot:
        await set_read_only(bot.server, "on")
        await bot.people.busy(18, every=0.5)  # a write is tried every 15 s
        status, words = await asyncio.to_thread(ready, bot.port)
        assert (status, "takes no writes" in words) == (503, True), words
        await bot.people.all_told()
        await set_read_only(bot.server, "off")
        await becomes_ready(bot.port)
        bot.people.said_once()
        await bot.people.works()
        bot.people.quiet()


async def set_read_only(server: Postgres, value: str) -> None:
    connection = await asyncpg.connect(server.url)
    await connection.execute("SET default_transaction_read_only = off")
    await connection.execute(f"ALTER SYSTEM SET default_transaction_read_only = {value}")
    await connection.execute("SELECT pg_reload_conf()")
    await connection.close()


async def said_by(data: Path, *arguments: str, within: float = 60, **env: str) -> tuple[int | None, str]:
    async with program(data, *arguments, DISCORD_TOKEN="a.b.c", **env) as started:
        output, _ = await asyncio.wait_for(started.communicate(), within)
    return started.returncode, " ".join(output.decode().split())


async def test_a_broken_database_file(tmp_path: Path) -> None:
    file = tmp_path / "magpie.sqlite3"
    file.write_bytes(b"no database at all " * 500)
    code, text = await said_by(tmp_path, "run")
    assert code == Exit.UNAVAILABLE, text
    assert "magpie.sqlite3 cannot be used (file is not a database)" in text
    assert "put a backup in its place" in text
    assert "Traceback" not in text
    assert "MAGPIE_DATABASE_URL" not in text


@pytest.fixture
def unwritable(tmp_path: Path) -> Iterator[Path]:
    """A folder with a good database on a disk that takes no writes."""
    with own_disk(tmp_path / "unwritable") as folder:
        yield folder


async def test_a_database_file_that_cannot_be_written(tmp_path: Path, unwritable: Path) -> None:
    url = f"sqlite:///{unwritable}/magpie.sqlite3"
    made = await said_by(tmp_path, "check", MAGPIE_DATABASE_URL=url)
    await asyncio.to_thread(subprocess.run, ["mount", "-o", "remount,ro", str(unwritable)], check=True)
    code, text = await said_by(tmp_path, "run", MAGPIE_DATABASE_URL=url)
    assert code == Exit.UNAVAILABLE, (made, text)
    assert f"The database file {unwritable}/magpie.sqlite3 cannot be used" in text
    assert "let the user that runs Magpie write to it" in text
    assert "Traceback" not in text
