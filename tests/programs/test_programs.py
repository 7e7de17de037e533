"""Programs in other people's ways, unchanged, against a served chain."""

import asyncio
import http.server
import json
import shutil
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.collection.starter import STARTER_FOLDER
from tests.chromium import QUIET

from .conftest import KEY

HERE = Path(__file__).parent
NODE = shutil.which("node")
KINDS = [
    pytest.param("python", id="python"),
    pytest.param("node", id="node", marks=pytest.mark.skipif(NODE is None, reason="Node is not installed")),
]
QUERY = "magpie"


async def output(program: Path, *arguments: str) -> Any:
    """Run a program and return the JSON that it prints; its own words say what it could not bear."""
    command = [sys.executable, str(program)] if program.suffix == ".py" else [str(NODE), str(program)]
    process = await asyncio.create_subprocess_exec(
        *command, *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    try:
        printed, complained = await asyncio.wait_for(process.communicate(), 120)
    except TimeoutError:
        process.kill()
        raise
    assert process.returncode == 0, complained.decode()[-2_000:]
    return json.loads(printed)


def program(name: str, kind: str) -> Path:
    return HERE / kind / f"{name}.{'py' if kind == 'python' else 'mjs'}"


@pytest.mark.parametrize("kind", KINDS)
async def test_every_way_of_paging_finds_every_picture_once(address: str, kind: str) -> None:
    lists = []
    for name, count in (("by_offset", "10"), ("by_offset", "35"), ("by_next_offset", "10"), ("by_next_offset", "50")):
        page = await output(program(name, kind), address, KEY, QUERY, count)
        assert len(page["totals"]) == 1, "the total stays the same"
        assert page["totals"] == [len(page["found"])]
        lists.append(page["found"])
    assert len(lists[0]) > 100
    assert len(set(lists[0])) == len(lists[0])
    assert all(found == lists[0] for found in lists)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_downloader_that_cuts_queries_gets_true_files(address: str, kind: str) -> None:
    files = await output(program("cutting_downloader", kind), address, KEY, QUERY, "60")
    assert len(files) == 60
    for file in files:
        assert file["true"], f"{file['name']} is what its ending says"
        assert file["size"] == file["declaredSize"]
        assert file["whole"], "two parts are the whole"
        assert file["again"] == 304
        assert file["type"] == {"jpeg": "image/jpeg", "png": "image/png", "animatedgif": "image/gif"}.get(
            file["declared"], f"image/{file['declared']}"
        )


async def test_a_reader_with_strict_types(address: str) -> None:
    read = await output(program("strict_reader", "python"), address, KEY, QUERY)
    assert read["pages"] > 2
    assert read["categories"] >= 1


@pytest.mark.parametrize("kind", KINDS)
async def test_pictures_posted_without_a_file_name(address: str, starter: Path, kind: str) -> None:
    picture = next((starter / STARTER_FOLDER).rglob("*.png"))
    report = await output(program("bare_multipart", kind), address, KEY, str(picture))
    for answered, fields, later in report:
        assert answered == later == "ImageInsights"
        assert "imageInsightsToken" in fields
    assert any("pagesIncluding" in fields for _, fields, _ in report)


@pytest.mark.skipif(NODE is None, reason="Node is not installed")
@pytest.mark.skipif(
    not (HERE / "node" / "node_modules").is_dir(), reason="npm install --prefix tests/programs/node was not run"
)
async def test_the_official_node_clients(address: str, starter: Path) -> None:
    picture = next((starter / STARTER_FOLDER).rglob("*.png"))
    said = await output(HERE / "node" / "sdks.cjs", address, KEY, str(picture))
    for client in ("newer", "older"):
        assert said[client]["total"] > 100
        assert len(said[client]["ids"]) == 3
        assert said[client]["pages"] >= 1
        assert said[client]["categories"] >= 1
    assert said["visual"]["token"]
    assert "PagesIncluding" in said["visual"]["actions"]


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """The address of a web server of another origin, which has the page."""
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(HERE))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    handler.func.log_message = lambda *_: None  # type: ignore[attr-defined]  # nothing to be read in a test's output
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.browser
async def test_a_page_of_another_origin(address: str, elsewhere: str) -> None:
    playwright = pytest.importorskip("playwright.async_api")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    async with playwright.async_playwright() as started:
        browser = await started.chromium.launch(executable_path=chromium, args=QUIET)
        try:
            page = await browser.new_page()
            await page.goto(f"{elsewhere}/browser_page.html#base={address}&key={KEY}")
            await page.wait_for_function("document.title === 'done'", timeout=20_000)
            kind, count, trace, width = json.loads(await page.inner_text("#out"))
        finally:
            await browser.close()
    assert (kind, count, trace, width) == ("Images", 3, True, 100)
