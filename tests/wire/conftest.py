"""The real bot, started once for all tests here.

The stand-in that it is connected to answers while the loop of its session runs: whatever takes longer than a heartbeat
runs in that loop too (``loop_scope="session"``), or the bot takes its connection for lost.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from .house import House, open_house


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """A bot whose operator allows Off, over pictures of several ratings."""
    async with open_house(tmp_path_factory.mktemp("magpie"), MAGPIE_ALLOW_SAFESEARCH_OFF="true") as house:
        house.bot.preloaded = True  # the first start had an interpreter of its own
        yield house


@pytest_asyncio.fixture(loop_scope="session")
async def house(running: House) -> AsyncIterator[House]:
    """The same bot; after each test no rule of Discord may have been broken, and no error be in its log."""
    running.discord.violations.clear()
    before = len(running.bot.output)
    yield running
    running.discord.assert_no_violations()
    printed = running.bot.output[before:]
    assert "Traceback" not in printed, printed
