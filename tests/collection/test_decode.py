"""Hostile files of every format: none crashes, each is refused with a reason or read rightly."""

import io
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.collection.decode import MAX_PIXELS, Decoded, Refused, Why, decode, sniff
from bot.collection.ingest.reading import found_in, read_picture

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF", "BMP")


def coded(picture: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def plain(size=(64, 48)) -> Image.Image:
    return Image.radial_gradient("L").resize(size).convert("RGB")


def outcome(data: bytes) -> Decoded | Why:
    try:
        return decode(data)
    except Refused as refused:
        return refused.why


def cut_short(data: bytes) -> list[bytes]:
    return [data[: len(data) * part // 10] for part in (1, 2, 4, 6, 8)] + [data[:16], data[:40]]


def scrambled(data: bytes) -> list[bytes]:
    random = np.random.default_rng(len(data))
    results = []
    for count in (1, 8, 64):
        copy = bytearray(data)
        for place in random.integers(12, len(data), count):
            copy[int(place)] = int(random.integers(0, 256))
        results.append(bytes(copy))
    return results


@pytest.mark.parametrize("kind", FORMATS)
def test_twenty_hostile_files(kind):
    """Cut short, scrambled, padded, repeated, renamed: an answer or a reason, never anything else."""
    data = coded(plain(), kind)
    hostile = [
        *cut_short(data), *scrambled(data), data + data, data + b"\0" * 5000, data[:20] + b"\xff" * 4000,
        data[:12] + b"\0" * 64, data[::-1], b"\0" + data, data[4:], data[:64] * 50, data[:30] + data[60:], data[:-2],
    ]  # fmt: skip
    assert len(hostile) >= 20
    for file in hostile:
        found = outcome(file)
        assert isinstance(found, Decoded | Why)
        if isinstance(found, Decoded):
            assert found.rgb.ndim == 3
            assert found.rgb.dtype == np.uint8
            found_in(file)


@pytest.mark.parametrize("kind", FORMATS)
def test_good_files_are_read(kind):
    found = decode(coded(plain(), kind))
    assert (found.width, found.height) == (64, 48)
    assert found.encoding == kind.lower()
    assert not found.animated
    assert not found.transparent


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([coded(plain(), kind) for kind in FORMATS]), st.data())
def test_any_change_of_bytes_is_survived(data, draw):
    copy = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 6))):
        copy[draw.draw(st.integers(0, len(copy) - 1))] = draw.draw(st.integers(0, 255))
    assert isinstance(outcome(bytes(copy)), Decoded | Why)


@given(st.binary(max_size=400))
def test_any_bytes_are_no_picture(data):
    assert isinstance(outcome(data), Decoded | Why)


def test_what_is_not_read_is_said():
    assert outcome(b"") is Why.EMPTY
    assert outcome(b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>") is Why.VECTOR
    assert outcome(b"<html><body>hello</body></html>") is Why.NOT_A_PICTURE
    assert outcome(b"MZ\x90\0" * 40) is Why.NOT_A_PICTURE
    assert sniff(b"RIFF\0\0\0\0WAVE") is None


def png_with_size(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(20_000, 20_000), (60_000, 3), (9_500, 9_500), (65_535, 65_535)])
def test_bombs_are_refused_before_they_are_unpacked(size):
    assert outcome(png_with_size(*size)) is Why.TOO_MANY_PIXELS


def test_other_bombs():
    gif = b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + b"\x80\0\0" + b"\0" * 6 + b";"
    bmp = b"BM" + struct.pack("<IHHIIiiHHIIiiII", 60, 0, 0, 54, 40, 30_000, 30_000, 1, 24, 0, 0, 0, 0, 0, 0)
    for data in (gif, bmp):
        assert outcome(data) in {Why.TOO_MANY_PIXELS, Why.BROKEN}
    assert MAX_PIXELS < 200_000_000


def test_an_endless_gif_costs_one_frame():
    frames = [Image.new("P", (32, 32), colour) for colour in range(200)]
    data = coded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=10, loop=0)
    endless = data[:-1] + data[len(data) // 3 : -1] * 40
    found = decode(endless)
    assert found.animated
    assert found.encoding == "animatedgif"


@pytest.mark.parametrize("kind", FORMATS)
def test_one_pixel(kind):
    found = found_in(coded(Image.new("RGB", (1, 1), "red"), kind))
    assert (found.looks.width, found.looks.height) == (1, 1)
    assert found.looks.points == b"\0\0" + struct.pack("<HH", 1, 1)


def test_cmyk_and_gray_and_palette():
    cmyk = Image.new("CMYK", (20, 10), (0, 255, 255, 0))
    assert decode(coded(cmyk, "JPEG")).rgb[5, 10].tolist() == pytest.approx([255, 0, 0], abs=12)
    assert decode(coded(cmyk, "TIFF")).rgb[5, 10].tolist() == pytest.approx([255, 0, 0], abs=12)
    assert decode(coded(Image.new("L", (20, 10), 99), "PNG")).rgb[0, 0].tolist() == [99, 99, 99]
    assert decode(coded(Image.new("1", (20, 10), 1), "PNG")).rgb[0, 0].tolist() == [255, 255, 255]
    clear = Image.new("P", (20, 10), 0)
    clear.info["transparency"] = 0
    assert decode(coded(clear, "PNG", transparency=0)).transparent


def test_sixteen_bits_are_brought_down_to_eight():
    ramp = np.linspace(0, 65_535, 256, dtype=np.uint16)[None, :].repeat(4, 0)
    for kind in ("PNG", "TIFF"):
        found = decode(coded(Image.fromarray(ramp), kind)).rgb
        assert found[0, 0, 0] <= 1
        assert found[0, -1, 0] >= 254
        assert abs(int(found[0, 128, 0]) - 128) <= 2


@pytest.mark.parametrize("orientation", range(1, 9))
def test_pictures_turned_by_exif_are_upright(orientation):
    picture = Image.new("RGB", (60, 40), "white")
    picture.paste("red", (0, 0, 20, 20))
    exif = Image.Exif()
    exif[0x0112] = orientation
    found = decode(coded(picture, "JPEG", exif=exif, quality=95))
    assert (found.width, found.height) == ((40, 60) if orientation > 4 else (60, 40))
    assert found.rgb.shape[:2] == (found.height, found.width)
    corner = {1: (5, 5), 2: (5, -5), 3: (-5, -5), 4: (-5, 5), 5: (5, 5), 6: (5, -5), 7: (-5, -5), 8: (-5, 5)}
    assert found.rgb[corner[orientation]].tolist() == pytest.approx([255, 0, 0], abs=30)


def test_large_pictures_are_turned_upright_after_being_made_small():
    exif = Image.Exif()
    exif[0x0112] = 6
    found = decode(coded(plain((3000, 1500)), "JPEG", exif=exif))
    assert (found.width, found.height) == (1500, 3000)
    assert found.rgb.shape[:2] == (1024, 512)


def test_see_through_parts_lie_on_white():
    found = decode(coded(Image.new("RGBA", (30, 30), (0, 0, 0, 0)), "WEBP", lossless=True))
    assert found.transparent
    assert found.rgb.min() == 255
    assert found.opaque is not None
    assert not found.opaque.any()


def test_a_wrong_ending_does_not_matter(tmp_path):
    file = tmp_path / "picture.jpg"
    file.write_bytes(coded(plain(), "PNG"))
    found = read_picture(str(file))
    assert not isinstance(found, str)
    assert found.looks.encoding == "png"
    assert found.credit.title == "Picture"


def test_reasons_are_sentences_without_paths(tmp_path):
    file = tmp_path / "broken.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n nonsense")
    assert read_picture(str(file)) == Why.BROKEN.value
    assert "cannot be read" in str(read_picture(str(tmp_path / "missing.png")))
