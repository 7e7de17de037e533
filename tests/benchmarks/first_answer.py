"""How many seconds pass from ``uv run magpie`` in a fresh clone to the first picture on the page of the try-out.

``python -m tests.benchmarks.first_answer CLONE [CLONE ...]`` takes clones of the repository as they are checked out,
say of two commits. For each, first with an empty package cache and then with the cache of that run: no environment, no
compiled files, an empty home. The page is opened in a headless Chromium as soon as its address is printed; where it
does not open with an answer, ``/image query:fox`` is typed. ``here`` in place of clones starts the program of this
environment instead, which sets nothing up.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, STDOUT
from pathlib import Path
from typing import Any, NamedTuple

from tests.chromium import CHROMIUM, QUIET
from tests.starter_data import give_dictionaries, give_starter
from tests.wire.process import ROOT

_ADDRESS = re.compile(rb"http://127\.0\.0\.1:\d+/")
_WITHIN = 1200.0
"""Seconds after which a run is given up."""
_PICTURE = ".message .embed-image img"


class Found(NamedTuple):
    """Seconds from the start to the printed address and to the first picture."""

    address: float
    picture: float


def _fresh(clone: Path) -> None:
    """Leave nothing of an earlier run in a clone."""
    shutil.rmtree(clone / ".venv", ignore_errors=True)
    for folder in list(clone.rglob("__pycache__")):
        shutil.rmtree(folder, ignore_errors=True)


def _environment(home: Path, cache: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAGPIE_", "DISCORD_", "XDG_"))}
    kept.pop("VIRTUAL_ENV", None)
    return {**kept, "HOME": str(home), "UV_CACHE_DIR": str(cache), "UV_PYTHON": sys.base_prefix + "/bin/python3"}


async def _first_picture(page: Any, address: str) -> None:
    await page.goto(address)
    await page.wait_for_selector("body[data-ready]")
    if not await page.locator("#examples").count():
        await page.locator("#composer-text").click()
        await page.keyboard.type("/image query:fox")
        await page.keyboard.press("Enter")
    picture = page.locator(_PICTURE).first
    await picture.wait_for(state="attached")
    await picture.evaluate("one => one.decode()")


async def measure(browser: Any, command: list[str], folder: Path, env: dict[str, str]) -> Found:
    """Start the program and open its page; it is ended afterwards."""
    begun = time.perf_counter()
    magpie = await asyncio.create_subprocess_exec(*command, cwd=folder, env=env, stdout=PIPE, stderr=STDOUT)
    assert magpie.stdout is not None
    page = await browser.new_page(viewport={"width": 1280, "height": 860})
    page.set_default_timeout(_WITHIN * 1000)
    said = b""
    try:
        async with asyncio.timeout(_WITHIN):
            while not (found := _ADDRESS.search(said)):
                line = await magpie.stdout.readline()
                assert line, said.decode()
                said += line
            address = time.perf_counter() - begun
            await _first_picture(page, found[0].decode())
            return Found(address, time.perf_counter() - begun)
    finally:
        await page.close()
        if magpie.returncode is None:
            magpie.terminate()
        await magpie.communicate()


async def main() -> None:
    """Print the seconds of each clone with an empty and with a filled package cache."""
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))
        for name in sys.argv[1:]:
            with tempfile.TemporaryDirectory() as cache:
                for cached in ("here",) if name == "here" else ("empty", "filled"):
                    with tempfile.TemporaryDirectory() as home:
                        env = _environment(Path(home), Path(cache))
                        arguments = ["try", "--port", "0"]
                        if name == "here":
                            folder, command = Path(home), [sys.executable, "-m", "bot", *arguments]
                            env["PYTHONPATH"] = str(ROOT)
                            give_dictionaries(Path(home))  # in a run of the tests alone, as is the next
                            give_starter(Path(home) / ".local" / "share" / "magpie")
                        else:
                            folder, command = Path(name), ["uv", "run", "magpie", *arguments]
                            _fresh(folder)
                        found = await measure(browser, command, folder, env)
                    print(
                        f"{name}, package cache {cached}: address {found.address:.1f} s, picture {found.picture:.1f} s"
                    )
        await browser.close()


if __name__ == "__main__":
    if CHROMIUM.exists():
        asyncio.run(main())
    else:
        print(f"needs Debian's chromium at {CHROMIUM}")
