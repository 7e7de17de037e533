"""The same picture through every door gives the same pixels: formats x what is done to them x ways in."""

import io
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import cache
from pathlib import Path
from typing import Any

import aiohttp
import numpy as np
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.test_utils import TestServer
from PIL import Image

from bot.bing_v7 import (
    Crop,
    ImageInsights,
    InsightsRequest,
    Module,
    PictureRefused,
    Upload,
    local_image_id,
)
from bot.bing_v7.server import ServerSettings, make_app
from bot.bing_v7.wrapper import Wrapper
from bot.collection.ingest.indexing import index_paths
from bot.collection.ingest.reading import read_picture
from bot.collection.model import Rating
from bot.collection.provider import CollectionProvider
from bot.collection.store import open_store
from bot.intake import Intake, addresses, reading
from bot.media.limits import PoolLimits
from bot.media.pool import WorkerPool
from bot.media.runner import InThread
from bot.media.service import Media
from tests.providers.scripted import Scripted

from .made import COLOUR, GREY, scene

TOLERANCE = 9.0
FILES = {name: cache(make) for name, make in {**COLOUR, **GREY}.items()}
"""Each is coded once for all doors."""
Door = Callable[[bytes], Awaitable[bytes]]
in_its_loop = pytest.mark.asyncio(loop_scope="module")
"""Tests of ``media`` run in the loop that it was opened in."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def media() -> AsyncIterator[Media]:
    """What all doors lead to; its child processes are started once."""
    async with WorkerPool(limits=PoolLimits(at_once=2, seconds=60)) as pool:
        yield Media(pool, patience=300)


def wrong(found: dict[str, bytes]) -> dict[str, float]:
    """Return the files whose picture is not the scene, and by how much."""
    return {name: far for name, data in found.items() if (far := distance(name, data)) > limit(name)}


def limit(name: str) -> float:
    return 16.0 if "cmyk" in name else TOLERANCE


def distance(name: str, data: bytes) -> float:
    wanted = scene().convert("L").convert("RGB") if name in GREY else scene()
    shown = Image.open(io.BytesIO(data))
    shown.seek(getattr(shown, "n_frames", 1) - 1)
    one, other = (
        np.asarray(p.convert("RGB").resize((60, 40), Image.Resampling.BOX), np.float64) for p in (shown, wanted)
    )
    return float(np.abs(one - other).mean())


@in_its_loop
async def test_handed_in_as_an_attachment(media: Media) -> None:
    files = {name: make() for name, make in FILES.items()}

    async def read_file(address: str) -> bytes:
        return files[address.rpartition("/")[2]]

    intake = Intake(media, read_file=read_file)
    found = {name: await intake.from_discord(f"https://cdn.discordapp.com/{name}") for name in files}
    assert wrong({name: upload.data for name, upload in found.items()}) == {}
    await intake.aclose()


@in_its_loop
async def test_at_an_address_on_the_web(media: Media, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {str(number): make() for number, make in enumerate(FILES.values())}

    async def file(request: web.Request) -> web.Response:
        return web.Response(body=files[request.match_info["number"]])

    app = web.Application()
    app.router.add_get("/{number}", file)
    async with TestServer(app, host="127.0.0.1") as server:

        def guarded(info: tuple[Any, ...]) -> socket.socket:
            assert info[4][:2] == ("127.0.0.1", server.port), "one server of the test passes for a public one"
            return socket.socket(family=info[0], type=info[1], proto=info[2])

        monkeypatch.setattr(reading, "guarded_socket", guarded)
        monkeypatch.setattr(addresses, "PORTS", addresses.PORTS | {server.port})
        intake = Intake(media, resolver=Loopback())
        base = f"http://pictures.example:{server.port}"
        found = {name: await intake.from_web(f"{base}/{number}") for number, name in enumerate(FILES)}
        await intake.aclose()
    assert wrong({name: upload.data for name, upload in found.items()}) == {}


class Loopback(AbstractResolver):
    """Every name is this machine's."""

    async def resolve(self, host: str, port: int = 0, family: int = socket.AF_INET) -> list[ResolveResult]:
        return [ResolveResult(hostname=host, host="127.0.0.1", port=port, family=family, proto=0, flags=0)]

    async def close(self) -> None:
        """Hold nothing."""


class Recorder(Wrapper):
    """A provider that keeps what is posted."""

    def __init__(self) -> None:
        super().__init__(Scripted("recorder", modules=frozenset(Module)))
        self.posted: list[Upload] = []

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        assert request.upload is not None
        self.posted.append(request.upload)
        return ImageInsights()


@in_its_loop
async def test_posted_to_the_endpoint(media: Media) -> None:
    recorder = Recorder()
    server = TestServer(make_app(recorder, media, ServerSettings(per_second=None)), host="127.0.0.1")
    await server.start_server()
    found: dict[str, bytes] = {}
    async with aiohttp.ClientSession() as session:
        for name, make in FILES.items():
            form = aiohttp.FormData()
            form.add_field("image", make(), filename="x")
            async with session.post(server.make_url("/v7.0/images/details"), data=form) as response:
                assert response.status == 200, (name, await response.text())
            found[name] = recorder.posted[-1].data
    assert wrong(found) == {}
    await server.close()


@in_its_loop
async def test_indexed_shown_and_served(media: Media, tmp_path: Path) -> None:
    """What is declared of a picture is what is served: its size, its type, its bytes."""
    for number, make in enumerate(FILES.values()):
        (tmp_path / f"{number:02}.png").write_bytes(make())
    store = await open_store(tmp_path / "index.sqlite3")
    report = await index_paths(store, [tmp_path], workers=0, rating=Rating.SAFE)
    assert (report.skipped, report.added) == ([], len(FILES))
    provider = CollectionProvider(store, media)
    small: dict[str, bytes] = {}
    for number, name in enumerate(FILES):
        data = (tmp_path / f"{number:02}.png").read_bytes()
        answer = await provider.insights(InsightsRequest(upload=Upload(data=data)))
        assert answer.pages_including is not None
        assert answer.pages_including.value, name
        image = answer.pages_including.value[0]
        image_id = local_image_id(image.content_url) or ""
        whole = await provider.picture(image_id)
        assert whole is not None
        declared = (image.encoding_format or "").replace("animatedgif", "gif")
        assert whole.content_type == f"image/{declared}", name
        assert (whole.width, whole.height) == (image.width, image.height), name
        assert image.content_bytes in {None, len(whole.data)}, name
        if declared in {"jpeg", "png", "gif", "webp", "avif"} and "turned" not in name and image.content_bytes:
            assert whole.data == data
        drawn = await provider.picture(image_id, 200)
        assert drawn is not None
        small[name] = drawn.data
        thumbnail = Image.open(io.BytesIO(await media.thumbnail(whole.data, None, None, 0, pad=True)))
        assert image.thumbnail is not None
        assert thumbnail.size == (image.thumbnail.width, image.thumbnail.height), name
    assert wrong(small) == {}
    await store.aclose()


@in_its_loop
async def test_parts_and_previews(media: Media) -> None:
    parts: dict[str, bytes] = {}
    for name, make in FILES.items():
        parts[name] = (await media.cut_out(Upload(data=make()), Crop())).data
        drawn = await media.preview(make(), [("1", Crop(right=0.5))])
        assert (drawn.width, drawn.height) == (240, 160)
    assert wrong(parts) == {}


@pytest.mark.parametrize("name", ["gif that begins empty", "png in linear light", "jpeg of a phone", "heic"])
def test_in_a_thread_it_is_the_same(name: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(FILES[name]())
    found = read_picture(str(tmp_path / "a"))
    assert (found.looks.width, found.looks.height) == (240, 160)
    assert found.looks.encoding in {"animatedgif", "png", "jpeg", "heic"}


CASES: dict[str, tuple[str, float] | str] = {
    "plain.jpg": ("plain.png", 6), "gray16.png": ("plain.png", 30), "copy_scan16.png": ("plain.png", 30),
    "phone_mpo.jpg": ("plain.png", 6), "big_ztxt.png": ("plain.png", 3), "copy_still.jpg": ("copy_still.jpg", 1),
    "copy_still_no_eoi.jpg": ("copy_still.jpg", 3), "cut3.jpg": ("plain.png", 8), "blank_first.gif": ("plain.png", 8),
    "turned6.jpg": ("plain.png", 8), "turned6.avif": ("plain.png", 8), "cmyk.jpg": ("plain.png", 12),
    "motion_photo.jpg": ("plain.png", 6), "bad_exif.jpg": ("plain.png", 6), "plain.png": ("plain.png", 1),
    "copy_white_logo.png": "visible", "copy_black_logo.png": "visible", "noise.jpg": "read", "big_72mp.png": "read",
    "cut40.jpg": "refused",
}  # fmt: skip
"""What is right of each shared file: like which other, within so many levels, or what becomes of it. Inputs of our own
of the same kinds: ``COLOUR``, ``GREY`` and ``ink`` in `made`, and ``test_decoding`` for bombs and cut files."""


def test_every_shared_case_is_named(shared: Path) -> None:
    assert {path.name for path in (shared / "cases/files").iterdir()} == CASES.keys()


@in_its_loop
@pytest.mark.parametrize("name", CASES)
async def test_the_shared_cases(name: str, media: Media, shared: Path) -> None:
    folder, right = shared / "cases/files", CASES[name]

    async def fitted(name: str) -> Image.Image:
        return Image.open(io.BytesIO((await media.fit((folder / name).read_bytes())).data))

    if right == "refused":
        with pytest.raises(PictureRefused) as refused:
            await fitted(name)
        assert refused.value.why == "broken"
        return
    shown = await fitted(name)
    if right == "visible":
        assert np.asarray(shown.convert("L"), np.float64).std() > 20
    if isinstance(right, tuple):
        mode = "L" if "16" in name else "RGB"
        one, other = (
            np.asarray(picture.convert(mode).resize((48, 32), Image.Resampling.BOX), np.float64)
            for picture in (shown, await fitted(right[0]))
        )
        assert np.abs(one - other).mean() < right[1]
    assert (await media.fit((folder / name).read_bytes())).damaged == (name == "cut3.jpg")


def test_a_phones_picture_is_a_still(shared: Path) -> None:
    found = read_picture(str(shared / "cases/files/phone_mpo.jpg"))
    assert (found.looks.encoding, found.looks.animated) == ("jpeg", False)


async def test_without_child_processes_too() -> None:
    upload = await Media(InThread()).fit(FILES["png"]())
    assert distance("png", upload.data) < TOLERANCE
