"""The real bot, started once for all tests here."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from .house import House, open_house


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """A bot whose operator allows Off, over pictures of several ratings."""
    async with open_house(tmp_path_factory.mktemp("magpie"), MAGPIE_ALLOW_SAFESEARCH_OFF="true") as house:
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
