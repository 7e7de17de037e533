"""The same picture through every door gives the same pixels: formats x what is done to them x ways in."""

import io
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import aiohttp
import numpy as np
import pytest
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
from bot.intake import Intake
from bot.media.pool import InThread, PoolLimits, WorkerPool
from bot.media.service import Media
from tests.providers.scripted import Scripted

from .made import COLOUR, GREY, scene

TOLERANCE = 9.0
FILES = {**COLOUR, **GREY}
Door = Callable[[bytes], Awaitable[bytes]]


@pytest.fixture
async def media() -> AsyncIterator[Media]:
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


async def test_handed_in_as_an_attachment(media: Media) -> None:
    files = {name: make() for name, make in FILES.items()}

    async def read_file(address: str) -> bytes:
        return files[address.rpartition("/")[2]]

    intake = Intake(media, read_file=read_file)
    found = {name: await intake.from_discord(f"https://cdn.discordapp.com/{name}") for name in files}
    assert wrong({name: upload.data for name, upload in found.items()}) == {}
    await intake.aclose()


class Recorder(Wrapper):
    """A provider that keeps what is posted."""

    def __init__(self) -> None:
        super().__init__(Scripted("recorder", modules=frozenset(Module)))
        self.posted: list[Upload] = []

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        assert request.upload is not None
        self.posted.append(request.upload)
        return ImageInsights()


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


CASES = {
    "gray16.png": ("plain.png", 30), "copy_scan16.png": ("plain.png", 30), "phone_mpo.jpg": ("plain.png", 6),
    "big_ztxt.png": ("plain.png", 3), "copy_still_no_eoi.jpg": ("copy_still.jpg", 3), "cut3.jpg": ("plain.png", 8),
    "blank_first.gif": ("plain.png", 8), "turned6.jpg": ("plain.png", 8), "turned6.avif": ("plain.png", 8),
    "cmyk.jpg": ("plain.png", 12), "motion_photo.jpg": ("plain.png", 6), "bad_exif.jpg": ("plain.png", 6),
    "plain.jpg": ("plain.png", 6),
}  # fmt: skip


async def test_the_shared_cases(media: Media, shared: Path) -> None:
    folder = shared / "cases/files"

    async def small(name: str, *, grey: bool = False) -> np.ndarray:
        fitted = Image.open(io.BytesIO((await media.fit((folder / name).read_bytes())).data))
        return np.asarray(fitted.convert("L" if grey else "RGB").resize((48, 32), Image.Resampling.BOX), np.float64)

    for name, (like, most) in CASES.items():
        grey = "16" in name
        assert np.abs(await small(name, grey=grey) - await small(like, grey=grey)).mean() < most, name
    for name in ("copy_white_logo.png", "copy_black_logo.png"):
        assert (await small(name)).std() > 20, name
    assert (await media.fit((folder / "cut3.jpg").read_bytes())).damaged
    assert (await media.fit((folder / "big_72mp.png").read_bytes())).data
    with pytest.raises(PictureRefused) as refused:
        await media.fit((folder / "cut40.jpg").read_bytes())
    assert refused.value.why == "broken"
    found = read_picture(str(folder / "phone_mpo.jpg"))
    assert (found.looks.encoding, found.looks.animated) == ("jpeg", False)


async def test_without_child_processes_too() -> None:
    upload = await Media(InThread()).fit(FILES["png"]())
    assert distance("png", upload.data) < TOLERANCE
