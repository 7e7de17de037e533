"""Opening and leaving a try-out."""

from __future__ import annotations

import asyncio
import socket
import sys
from types import ModuleType

import aiohttp
import pytest

from bot.tryout import TryoutUnavailableError, exposure_warning, open_tryout, run_tryout


async def test_it_runs_until_cancelled_and_then_closes_the_bot(
    toy: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    bots: list[object] = []

    def make() -> object:
        bots.append(toy.ToyBot())
        return bots[-1]

    told: asyncio.Queue[str] = asyncio.Queue()
    running = asyncio.create_task(run_tryout(make, "127.0.0.1", 0, on_ready=told.put_nowait))  # type: ignore[arg-type]
    url = await asyncio.wait_for(told.get(), 60)
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        assert response.status == 200
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert [bot.closed_cleanly for bot in bots] == [True]  # type: ignore[attr-defined]
    assert capsys.readouterr().out == ""
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectorError):
            await session.get(url)


async def test_an_open_page_does_not_hold_up_the_end(toy: ModuleType) -> None:
    async with aiohttp.ClientSession() as session:
        async with open_tryout(toy.ToyBot) as tryout:
            stream = await session.get(f"{tryout.url}api/events")
            await stream.content.readline()
            started = asyncio.get_running_loop().time()
        assert asyncio.get_running_loop().time() - started < 30, "it ends although the page is open"
        stream.close()


async def test_a_taken_port_is_a_sentence_and_leaves_nothing_behind(toy: ModuleType) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(TryoutUnavailableError, match=rf"Cannot listen on 127\.0\.0\.1, port {port}: "):
            async with open_tryout(toy.ToyBot, port=port):
                pass
    async with open_tryout(toy.ToyBot) as tryout:
        assert tryout.url.startswith("http://127.0.0.1:")


async def test_a_bot_that_cannot_start_is_closed_and_its_error_is_told(toy: ModuleType) -> None:
    bot = toy.ToyBot()

    async def fail() -> None:
        raise RuntimeError("no such cog")

    bot.setup_hook = fail
    with pytest.raises(RuntimeError, match="no such cog"):
        async with open_tryout(lambda: bot):
            pass
    assert bot.closed_cleanly
    async with open_tryout(toy.ToyBot) as tryout:
        assert tryout.url


async def test_a_bot_that_never_gets_ready_is_a_sentence(toy: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.tryout.session._READY_WITHIN", 0.05)
    bot = toy.ToyBot()
    monkeypatch.setattr(bot, "wait_until_ready", asyncio.Event().wait)
    with pytest.raises(TryoutUnavailableError, match="not ready"):
        async with open_tryout(lambda: bot):
            pass
    assert bot.closed_cleanly


async def test_without_simcord_the_extra_is_named(toy: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [one for one in sys.modules if one.startswith("bot.tryout.")]:
        monkeypatch.delitem(sys.modules, name)
    for name in [one for one in sys.modules if one.partition(".")[0] == "simcord"]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(TryoutUnavailableError, match="uv run --extra tryout magpie try"):
        async with open_tryout(toy.ToyBot):
            pass


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.5", "localhost", "::1"])
def test_loopback_needs_no_warning(host: str) -> None:
    assert exposure_warning(host) is None


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "::", "pictures.lan"])
def test_everything_else_is_warned_about(host: str) -> None:
    assert host in str(exposure_warning(host))
