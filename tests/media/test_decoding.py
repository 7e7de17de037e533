"""Hostile files of every format: none crashes, each is refused with a reason or read rightly."""

import struct
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.collection.ingest.reading import read_picture
from bot.media.decoding import Decoded, TooHeavy, decode, pixels_of
from bot.media.limits import DecodeLimits
from bot.media.refusal import SENTENCES, Refused

from .made import chunk, coded, moving, scene, video

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF", "BMP", "HEIF", "JXL")
EDGE = 1024


def plain(size: tuple[int, int] = (64, 48)) -> Image.Image:
    return Image.radial_gradient("L").resize(size).convert("RGB")


def outcome(data: bytes) -> Decoded | str:
    try:
        return decode(data, EDGE)
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


OPENED = """
import sys
from pathlib import Path
from PIL import Image
from bot.media.decoding import open_file
for name in sys.argv[1:]:
    open_file(Path(name).read_bytes(), Path(name).suffix[1:])
print(Image.init())
"""


def test_a_format_is_opened_without_loading_the_decoders_of_all(tmp_path: Path) -> None:
    files = [tmp_path / f"picture.{kind}" for kind in FORMATS]
    for file, kind in zip(files, FORMATS, strict=True):
        file.write_bytes(coded(plain(), kind))
    said = subprocess.run([sys.executable, "-c", OPENED, *files], stdout=subprocess.PIPE, check=True).stdout
    assert said == b"True\n", "Pillow had loaded all that it knows before it was asked to"


@pytest.mark.parametrize("kind", [*FORMATS, "VIDEO"])
def test_twenty_hostile_files(kind: str) -> None:
    """Cut short, scrambled, padded, repeated, renamed: an answer or a reason, never anything else."""
    data = video() if kind == "VIDEO" else coded(plain(), kind)
    hostile = [
        *cut_short(data), *scrambled(data), data + data, data + b"\0" * 5000, data[:20] + b"\xff" * 4000,
        data[:12] + b"\0" * 64, data[::-1], b"\0" + data, data[4:], data[:64] * 50, data[:30] + data[60:], data[:-2],
    ]  # fmt: skip
    assert len(hostile) >= 20
    for file in hostile:
        found = outcome(file)
        if isinstance(found, Decoded):
            rgb, _ = pixels_of(found)
            assert rgb.ndim == 3
            assert rgb.dtype == np.uint8
        else:
            assert found in SENTENCES


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([coded(plain(), kind) for kind in FORMATS]), st.data())
def test_any_change_of_bytes_is_survived(data: bytes, draw: st.DataObject) -> None:
    copy = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 6))):
        copy[draw.draw(st.integers(0, len(copy) - 1))] = draw.draw(st.integers(0, 255))
    assert isinstance(outcome(bytes(copy)), Decoded | str)


@given(st.binary(max_size=400))
def test_any_bytes_are_no_picture(data: bytes) -> None:
    assert isinstance(outcome(data), Decoded | str)


def png_with_size(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def even_png(width: int, height: int) -> bytes:
    """A whole PNG of very many pixels in a few kB: one bit a pixel, all the same."""
    packer = zlib.compressobj(9)
    row = bytes(1 + -(-width // 8))
    rows = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(20_000, 20_000), (60_000, 3_000), (9_500, 9_500), (65_535, 65_535)])
def test_bombs_are_refused_before_they_are_unpacked(size: tuple[int, int]) -> None:
    assert outcome(png_with_size(*size)) == "too-many-pixels"


def test_other_bombs() -> None:
    gif = b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + b"\x80\0\0" + b"\0" * 6 + b";"
    bmp = b"BM" + struct.pack("<IHHIIiiHHIIiiII", 60, 0, 0, 54, 40, 30_000, 30_000, 1, 24, 0, 0, 0, 0, 0, 0)
    for data in (gif, bmp):
        assert outcome(data) in {"too-many-pixels", "broken"}


def test_72_megapixels_of_grey_are_read() -> None:
    found = decode(even_png(9000, 8000), EDGE)
    assert (found.facts.width, found.facts.height, found.picture.size) == (9000, 8000, (1024, 910))


def test_108_megapixels_of_a_phone_are_read_reduced() -> None:
    file = coded(scene().resize((12_000, 9_000), Image.Resampling.NEAREST), "JPEG", quality=60)
    found = decode(file, 1500, DecodeLimits(memory=64 * 1024 * 1024), allow_heavy=False)
    assert (found.facts.width, found.facts.height, found.picture.size) == (12_000, 9_000, (1500, 1125))
    with pytest.raises(TooHeavy):
        decode(coded(scene().resize((6_000, 4_500)), "JPEG", quality=60, progressive=True), 1500, allow_heavy=False)


def test_an_endless_gif_costs_one_frame() -> None:
    frames = [Image.new("P", (32, 32), colour) for colour in range(200)]
    data = coded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=10, loop=0)
    endless = data[:-1] + data[len(data) // 3 : -1] * 40
    found = decode(endless, EDGE)
    assert found.facts.animated
    assert found.facts.encoding == "animatedgif"


@pytest.mark.parametrize("kind", FORMATS)
def test_one_pixel(kind: str, tmp_path) -> None:
    (tmp_path / "a").write_bytes(coded(Image.new("RGB", (1, 1), "red"), kind))
    found = read_picture(str(tmp_path / "a"))
    assert (found.looks.width, found.looks.height) == (1, 1)
    assert found.looks.points == b"\0\0" + struct.pack("<HH", 1, 1)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_very_large_pictures_are_upright_too(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    for kind in ("JPEG", "PNG", "TIFF"):
        found = decode(coded(plain((3000, 1500)), kind, exif=exif), 500)
        turned = orientation > 4
        assert (found.facts.width, found.facts.height) == ((1500, 3000) if turned else (3000, 1500)), kind
        assert found.picture.size == ((250, 500) if turned else (500, 250)), kind


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "I;16", "I", "F", "LAB", "YCbCr"])
def test_reducing_band_by_band_is_like_reducing_at_once(mode: str) -> None:
    kind = "PNG" if mode in {"1", "P", "LA", "RGBA"} else "TIFF"
    grey = Image.radial_gradient("L").resize((2100, 1300))
    if mode in {"I;16", "I", "F"}:
        numbers = {"I;16": np.uint16, "I": np.int32, "F": np.float32}[mode]
        picture = Image.fromarray((np.asarray(grey, np.float64) * 257).astype(numbers))
    elif mode == "LAB":
        picture = Image.merge("LAB", [grey, Image.new("L", grey.size, 128), Image.new("L", grey.size, 128)])
    else:
        picture = grey.convert("RGBA").quantize() if mode in {"P", "PA"} else grey.convert("RGB").convert(mode)
    if mode == "PA":
        kind = "PNG"
    rgb, _ = pixels_of(decode(coded(picture, kind), 300))
    assert rgb.shape == (186, 300, 3)
    if mode not in {"1", "LAB"}:
        wanted = np.asarray(grey.resize((300, 186), Image.Resampling.BOX), np.float64)
        assert np.abs(rgb.mean(axis=2) - wanted).mean() < 8


def test_white_is_zero() -> None:
    ramp = np.linspace(0, 65_535, 256, dtype=np.uint16)[None, :].repeat(4, 0)
    rgb, _ = pixels_of(decode(coded(Image.fromarray(ramp), "TIFF", tiffinfo={262: 0}), EDGE))
    assert rgb[0, 0, 0] > 250
    assert rgb[0, -1, 0] < 5


def test_sixteen_bits_are_brought_down_to_eight() -> None:
    ramp = np.linspace(0, 65_535, 256, dtype=np.uint16)[None, :].repeat(4, 0)
    for kind in ("PNG", "TIFF"):
        rgb, _ = pixels_of(decode(coded(Image.fromarray(ramp), kind), EDGE))
        assert rgb[0, 0, 0] <= 1
        assert rgb[0, -1, 0] >= 254
        assert abs(int(rgb[0, 128, 0]) - 128) <= 2


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "TIFF", "BMP"])
@pytest.mark.parametrize(("share", "said"), [(0.97, "damaged"), (0.85, "damaged"), (0.6, "broken"), (0.3, "broken")])
def test_a_missing_end_is_tolerated_and_said_where_enough_is_there(kind: str, share: float, said: str) -> None:
    rough = Image.effect_noise((300, 200), 60).convert("RGB")
    data = coded(rough, kind)
    found = outcome(data[: int(len(data) * share)])
    if isinstance(found, str):
        assert found == said
    else:
        assert said == "damaged"
        assert found.facts.damaged
        assert found.picture.size == (300, 200)


@pytest.mark.parametrize("kind", ["WEBP", "AVIF", "HEIF", "JXL"])
def test_decoders_that_take_only_whole_files_refuse_in_a_sentence(kind: str) -> None:
    data = coded(plain(), kind)
    assert outcome(data[: len(data) // 2]) == "broken"


def test_a_black_end_is_no_damage() -> None:
    picture = plain((200, 200))
    picture.paste("black", (0, 60, 200, 200))
    data = coded(picture, "PNG")
    text = chunk(b"tEXt", b"Comment\0hello")[:-1] + b"\xff"
    found = decode(data[:-12] + text + data[-12:], EDGE)
    assert not found.facts.damaged


def test_an_animation_that_breaks_is_its_first_frames() -> None:
    whole = moving("PNG", None)
    found = decode(whole[: whole.rindex(b"fdAT") + 40], EDGE)
    assert found.picture.size == (240, 160)


def test_see_through_parts_lie_on_white() -> None:
    found = decode(coded(Image.new("RGBA", (30, 30), (0, 0, 0, 0)), "WEBP", lossless=True), EDGE)
    rgb, opaque = pixels_of(found)
    assert found.facts.transparent
    assert rgb.min() == 255
    assert opaque is not None
    assert not opaque.any()


def test_a_wrong_ending_does_not_matter(tmp_path) -> None:
    file = tmp_path / "picture.jpg"
    file.write_bytes(coded(plain(), "PNG"))
    found = read_picture(str(file))
    assert found.looks.encoding == "png"
    assert found.credit.title == "Picture"


def test_videos_without_pyav_are_named(monkeypatch) -> None:
    data = video()
    monkeypatch.setattr("bot.media.video.is_installed", lambda: False)
    assert outcome(data) == "video"


def test_every_reason_is_a_sentence_without_paths() -> None:
    for why, sentence in SENTENCES.items():
        assert str(Refused(why)) == sentence
        assert "/" not in sentence.replace("and/or", "")


def test_threads_do_not_change_what_another_one_finds() -> None:
    """Warning filters and Pillow's switch for short files are of the whole process."""
    rough = coded(Image.effect_noise((300, 200), 60).convert("RGB"), "PNG")
    exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x0f\x01\x02\0\xff\xff\0\0\xff\xff\0\0"
    files = [rough[: len(rough) * 9 // 10], coded(plain(), "JPEG", exif=exif), coded(plain(), "TIFF"), rough] * 40
    alone = [outcome(data) for data in files[:4]]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(outcome, files))
    wrong = [found for found, right in zip(together, alone * 40, strict=True) if _told(found) != _told(right)]
    assert wrong == []


def _told(found: Decoded | str) -> object:
    return found if isinstance(found, str) else found.facts
