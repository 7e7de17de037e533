"""What is said of files is true of the bytes that are sent: type, size, width, height, thumbnail."""

import asyncio
import io
import shutil
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PIL import Image, ImageOps

from bot.bing_v7.server import ServerSettings, serve
from bot.collection.ingest.indexing import index_paths
from bot.collection.model import Rating
from bot.collection.provider import CollectionProvider
from bot.collection.store import open_store
from bot.media.pool import WorkerPool
from bot.media.service import Media
from tests.examples import examples
from tests.media.made import COLOUR

KINDS = {"jpeg": "JPEG", "png": "PNG", "gif": "GIF", "animatedgif": "GIF", "webp": "WEBP", "avif": "AVIF"}
PHOTOGRAPHS = examples(50)


@asynccontextmanager
async def endpoint(folder: Path, index: Path, *, workers: int = 1) -> AsyncIterator[str]:
    """Index a folder and serve it; the address."""
    store = await open_store(index)
    report = await index_paths(store, [folder], workers=workers, rating=Rating.SAFE)
    assert report.skipped == []
    media = Media(WorkerPool(), patience=60)
    provider = CollectionProvider(store, media)
    ready: asyncio.Queue[str] = asyncio.Queue()
    settings = ServerSettings(per_second=None)
    task = asyncio.create_task(serve(provider, media, settings, port=0, on_ready=ready.put_nowait))
    try:
        yield await asyncio.wait_for(ready.get(), 60)
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await provider.aclose()
        await media.aclose()


async def untrue(address: str) -> tuple[int, list[str]]:
    """Fetch every picture that a search finds; how many there were, and what was not as it was said."""
    wrong: list[str] = []
    async with aiohttp.ClientSession() as session:
        query = {"q": "picture", "count": "150"}
        async with session.get(f"{address}/v7.0/images/search", params=query) as response:
            found = (await response.json())["value"]
        for image in found:
            wrong += [f"{image['name']}: {problem}" async for problem in problems(session, image)]
    return len(found), wrong


async def problems(session: aiohttp.ClientSession, image: dict[str, Any]) -> AsyncIterator[str]:
    async with session.get(image["contentUrl"]) as response:
        data, kind = await response.read(), response.content_type
        length = response.headers["Content-Length"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # one of them has broken EXIF
        opened = Image.open(io.BytesIO(data))
        upright = ImageOps.exif_transpose(opened)
    declared = image["encodingFormat"]
    if opened.format not in {KINDS[declared], "MPO"}:
        yield f"encodingFormat {declared}, the bytes are {opened.format}"
    if kind != f"image/{KINDS[declared].lower()}":
        yield f"encodingFormat {declared}, Content-Type {kind}"
    if declared == "animatedgif" and not getattr(opened, "is_animated", False):
        yield "it is no animation"
    if "contentSize" in image and image["contentSize"] != f"{len(data)} B":
        yield f"contentSize {image['contentSize']}, {len(data)} bytes"
    if length != str(len(data)):
        yield f"Content-Length {length}"
    if upright.size != (image["width"], image["height"]):
        yield f"{image['width']} x {image['height']}, the picture is {upright.size}"
    async with session.get(image["thumbnailUrl"]) as response:
        small = Image.open(io.BytesIO(await response.read()))
    if small.size != (image["thumbnail"]["width"], image["thumbnail"]["height"]):
        yield f"thumbnail {image['thumbnail']}, the bytes are {small.size}"


async def test_of_every_format(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number, (name, make) in enumerate(COLOUR.items()):
        file = folder / f"picture {name} {number:02}.png"
        file.write_bytes(make())
    async with endpoint(folder, tmp_path / "index.sqlite3") as address:
        count, wrong = await untrue(address)
    assert (count, wrong) == (len(COLOUR), [])


@pytest.mark.thorough
async def test_of_photographs(tmp_path: Path, shared: Path) -> None:
    every = sorted(path for path in (shared / "collection/images").rglob("*.*") if path.is_file())
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number, file in enumerate(every[:: len(every) // PHOTOGRAPHS][:PHOTOGRAPHS]):
        shutil.copy(file, folder / f"picture {number:02}{file.suffix}")
    async with endpoint(folder, tmp_path / "index.sqlite3") as address:
        count, wrong = await untrue(address)
    assert (count, wrong) == (PHOTOGRAPHS, [])


@pytest.mark.parametrize("name", ["jpeg", "gif that begins empty", "webp", "avif", "jpeg of a phone"])
async def test_files_are_given_as_they_are_and_in_parts(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    data = COLOUR[name]()
    (folder / "picture.jpg").write_bytes(data)
    async with (
        endpoint(folder, tmp_path / "index.sqlite3", workers=0) as address,  # the tests above read all in a process
        aiohttp.ClientSession() as session,
    ):
        async with session.get(f"{address}/v7.0/images/search?q=picture") as response:
            url = (await response.json())["value"][0]["contentUrl"]
        assert "?" not in url
        async with session.get(url) as response:
            assert await response.read() == data
            tag = response.headers["ETag"]
        async with session.get(url, headers={"Range": "bytes=10-19", "If-Range": tag}) as response:
            assert (response.status, await response.read()) == (206, data[10:20])
        async with session.get(url, headers={"If-None-Match": tag}) as response:
            assert response.status == 304
