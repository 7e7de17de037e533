"""Fixtures of the try-out: a running one with the toy bot, on a free loopback port."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import pytest_asyncio

from tests.chromium import CHROMIUM, QUIET

pytest.importorskip("simcord", reason="needs the extra magpie-bot[tryout]")


def _load_toy() -> ModuleType:
    name = "tryout_toy_bot"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("toy_bot.py"))
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture(scope="session")
def toy() -> ModuleType:
    """The module with the toy bot."""
    return _load_toy()


@pytest.fixture
async def tryout(toy: ModuleType) -> AsyncIterator[Any]:
    """A running try-out of the toy bot."""
    from bot.tryout import open_tryout

    async with open_tryout(toy.ToyBot) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Any]:
    """A headless Chromium for the tests of one file, as playwright drives it."""
    driver = pytest.importorskip("playwright.async_api", reason="needs the playwright package")
    if not CHROMIUM.exists():
        pytest.skip(f"needs Debian's chromium at {CHROMIUM}")
    async with driver.async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        try:
            yield chromium
        finally:
            await chromium.close()


@pytest.fixture
def troubles() -> list[str]:
    """What the pages of this test complained about: script errors, alerts, foreign requests; checked at the end."""
    return []


@pytest_asyncio.fixture(loop_scope="module")
async def open_page(browser: Any, troubles: list[str]) -> AsyncIterator[Any]:
    """Opens an address in a new page and waits for the world to be drawn; at the end no page may have complained."""

    async def alerted(dialog: Any) -> None:
        troubles.append(f"alert: {dialog.message}")
        await dialog.dismiss()

    async def opened(url: str) -> Any:
        page = await context.new_page()
        page.set_default_timeout(120_000)  # a busy machine is not a fault
        page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
        page.on("dialog", alerted)
        page.on("console", lambda said: said.type == "error" and troubles.append(f"console: {said.text}"))
        page.on("request", lambda sent: sent.url.startswith((url, "blob:")) or troubles.append(f"request: {sent.url}"))
        await page.goto(url)
        await page.wait_for_selector("body[data-ready]")
        return page

    context = await browser.new_context(viewport={"width": 1280, "height": 860})
    yield opened
    await context.close()
    assert troubles == []
