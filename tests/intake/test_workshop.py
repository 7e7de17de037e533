import asyncio
import io
import os
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from bot.bing_v7 import PictureRefused, Unavailable
from bot.bing_v7.upload import UploadLimits
from bot.intake import Workshop


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def bomb(width: int = 10_000, height: int = 10_000) -> bytes:
    """A PNG of 100 megapixels in a few kB: one bit a pixel, all the same."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    packer = zlib.compressobj(9)
    row = bytes(1 + -(-width // 8))
    rows = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF", "BMP"])
async def test_every_kind_comes_out_as_a_plain_jpeg(workshop, draw, kind: str) -> None:
    picture = opened(await workshop.clean(draw(kind)))
    assert picture.format == "JPEG"
    assert picture.size == (320, 200)


async def test_metadata_is_gone_and_the_picture_upright(workshop, draw) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Spy camera"
    exif.get_ifd(0x8825)[1] = "N"
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">secret place</x:xmpmeta>'
    clean = await workshop.clean(draw("JPEG", exif=exif, xmp=xmp, comment=b"a secret comment"))
    picture = opened(clean)
    assert picture.size == (200, 320)
    assert not picture.getexif()
    assert not any(word in clean for word in (b"Exif", b"Spy", b"secret", b"xmpmeta"))


async def test_large_pictures_are_shrunk_to_the_limits(workshop, draw) -> None:
    limits = UploadLimits(max_bytes=20_000, max_edge=400)
    clean = await workshop.clean(draw("JPEG", (3000, 1500)), limits)
    assert len(clean) <= 20_000
    assert max(opened(clean).size) <= 400


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
async def test_very_large_pictures_are_upright_too(workshop, draw, kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = opened(await workshop.clean(draw(kind, (5000, 2500), exif=exif)))
    assert picture.size == (750, 1500)


async def test_a_picture_just_under_the_cap_stays_within_the_memory_of_a_child(workshop) -> None:
    assert opened(await workshop.clean(bomb(8000, 7900))).size == (1500, 1481)


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
async def test_the_first_frame_of_a_moving_picture(workshop, kind: str) -> None:
    frames = [Image.new("RGB", (90, 60), colour) for colour in ("red", "blue", "lime")]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=50)
    pixel = opened(await workshop.clean(out.getvalue())).getpixel((45, 30))
    assert isinstance(pixel, tuple)
    red, green, blue = pixel
    assert red > 200
    assert green < 60
    assert blue < 60


async def test_a_small_file_of_100_megapixels(workshop) -> None:
    data = bomb()
    assert len(data) < 16_000
    with pytest.raises(PictureRefused) as refused:
        await workshop.clean(data)
    assert (refused.value.why, refused.value.limit) == ("too-many-pixels", 64_000_000)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF"])
async def test_files_cut_short(workshop, draw, kind: str) -> None:
    data = draw(kind)
    with pytest.raises(PictureRefused) as refused:
        await workshop.clean(data[: len(data) // 2])
    assert refused.value.why == "broken"


async def test_a_stopped_child_is_replaced(workshop, draw) -> None:
    await workshop.clean(draw())
    workshop._idle[0].process.kill()
    await workshop._idle[0].process.wait()
    assert opened(await workshop.clean(draw())).format == "JPEG"


async def test_what_takes_too_long_is_killed(draw) -> None:
    async with Workshop(at_once=1, seconds=0.001) as shop:
        with pytest.raises(PictureRefused) as refused:
            await shop.clean(draw())
        assert refused.value.why == "too-slow"
        assert not shop._idle
        assert not shop._busy


async def test_a_cancelled_picture_leaves_no_child_behind(workshop, draw) -> None:
    task = asyncio.create_task(workshop.clean(draw()))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not workshop._busy
    assert opened(await workshop.clean(draw())).format == "JPEG"


def _proc(workshop: Workshop, name: str) -> bytes:
    return Path(f"/proc/{workshop._idle[0].process.pid}/{name}").read_bytes()


def _resident(workshop: Workshop) -> int:
    lines = _proc(workshop, "status").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(b"VmRSS"))


needs_proc = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="facts of a process are read in /proc")


@needs_proc
async def test_a_child_serves_many_pictures_without_growing(workshop, draw) -> None:
    big = draw("PNG", (4000, 3000))
    await workshop.clean(big)
    child = workshop._idle[0].process.pid
    before = _resident(workshop)
    for _ in range(6):
        await workshop.clean(big)
    assert workshop._idle[0].process.pid == child
    assert _resident(workshop) < before * 1.3


@needs_proc
async def test_the_child_sees_none_of_our_environment(workshop, draw, monkeypatch) -> None:
    monkeypatch.setitem(os.environ, "DISCORD_TOKEN", "canary")
    await workshop.clean(draw())
    assert b"canary" not in _proc(workshop, "environ")


async def test_a_closed_workshop_takes_nothing(draw) -> None:
    shop = Workshop()
    await shop.aclose()
    with pytest.raises(Unavailable):
        await shop.clean(draw())
