"""Starts that another program holds up, and being told to stop: in order, in its own time, or told again."""

import asyncio
import gc
import io
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest
from PIL import Image
from rich.console import Console

from bot.app.databases import open_database
from bot.bing_v7 import SafeSearch
from bot.cli.index import IndexArguments, run_index
from bot.cli.run import run_server, until_stopped
from bot.runtime import memory
from bot.runtime.exit_codes import Exit, Stop
from bot.settings import COLLECTION, Settings
from bot.storage import Database
from bot.storage.secrets import KEYS, SecretStore
from tests.chaos.breaking import held
from tests.starter_data import give_starter


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What an endpoint sets for its process is taken back.

    Each starts as the first of its process: a later one looks through all that was exempt, which takes a second here.
    """
    thresholds = gc.get_threshold()
    monkeypatch.setattr(memory, "_frozen", [])
    yield
    gc.set_threshold(*thresholds)


def tell() -> None:
    """What a container or an operator does."""
    os.kill(os.getpid(), signal.SIGTERM)


async def test_work_has_the_time_it_needs_to_end_in_order() -> None:
    ended: list[str] = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.3)
            ended.append("in order")

    asyncio.get_running_loop().call_later(0.05, tell)
    assert await until_stopped(work())
    assert ended == ["in order"]


async def test_work_that_swallows_the_first_word_is_told_again() -> None:
    heard: list[int] = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            heard.append(1)
        await asyncio.Event().wait()

    asyncio.get_running_loop().call_later(0.05, tell)
    async with asyncio.timeout(20):
        assert await until_stopped(work(), insist=0.1)
    assert heard == [1]


async def test_work_that_ends_by_itself_was_not_stopped() -> None:
    assert not await until_stopped(asyncio.sleep(0), insist=0.1)


async def test_an_endpoint_that_answers_has_exempted_what_it_loaded_from_garbage_collection(tmp_path: Path) -> None:
    give_starter(tmp_path)
    loaded: list[list[int]] = [[] for _ in range(10_000)]
    before = gc.get_freeze_count()
    settings = Settings.model_validate({"data_dir": tmp_path, "providers": COLLECTION})
    exempt: list[int] = []

    def ready(address: str) -> None:
        assert address.startswith("http://127.0.0.1:")
        exempt.append(gc.get_freeze_count())
        tell()

    async with asyncio.timeout(120):
        assert await run_server(settings, "127.0.0.1", 0, ready) is Exit.OK
    assert exempt[0] - before >= len(loaded)


async def test_a_first_start_while_another_program_writes_ends_in_a_sentence(tmp_path: Path) -> None:
    """The tables are there, the keys are not: whoever holds the file keeps them from being written."""
    file = tmp_path / "magpie.sqlite3"
    await (await Database.open(f"sqlite:///{file}")).close()
    settings = Settings(_env_file=None, data_dir=tmp_path)  # pyright: ignore[reportCallIssue]
    with held(file), pytest.raises(Stop, match=r"magpie\.sqlite3 cannot be used .*another program holds it") as stopped:
        await open_database(settings, None)
    assert stopped.value.code == Exit.UNAVAILABLE
    database = await open_database(settings, None)
    with held(file):
        for name in KEYS:
            assert len(await SecretStore(database).key(name)) == 32
    await database.close()


@pytest.mark.parametrize(("mildest", "found"), [(SafeSearch.OFF, 1), (SafeSearch.STRICT, 0)])
async def test_no_client_of_the_endpoint_is_given_less_than_the_operators_level(
    tmp_path: Path, mildest: SafeSearch, found: int
) -> None:
    (pictures := tmp_path / "pictures").mkdir()
    Image.linear_gradient("L").save(pictures / "lighthouse.png")
    given = {"data_dir": tmp_path, "providers": COLLECTION, "embedder": "off", "serve_safesearch": mildest}
    settings = Settings.model_validate(given)
    await run_index(settings, IndexArguments([pictures], None, "adult"), Console(file=io.StringIO()))
    asking: list[asyncio.Task[int]] = []

    async def ask(address: str) -> int:
        try:
            async with aiohttp.ClientSession() as session:
                asked = {"q": "lighthouse", "safeSearch": "Off"}
                async with session.get(f"{address}/v7.0/images/search", params=asked) as response:
                    return len((await response.json())["value"])
        finally:
            tell()

    async with asyncio.timeout(120):
        ready = lambda address: asking.append(asyncio.create_task(ask(address)))  # noqa: E731
        assert await run_server(settings, "127.0.0.1", 0, ready) is Exit.OK
    assert await asking[0] == found
