"""Pictures made fit for posting, cut, shown and drawn small."""

import io
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bot.media.decoding import Facts, decode
from bot.media.limits import DecodeLimits, FitLimits
from bot.media.preview import Box, preview
from bot.media.refusal import Refused
from bot.media.sizes import made_into, thumbnail_size
from bot.media.thumbnail import thumbnail
from bot.media.writing import Written, cut, fit, show

from .made import chunk, coded, moving, scene

LIMITS = DecodeLimits()


def fitted(data: bytes, limits: FitLimits | None = None, decode_limits: DecodeLimits = LIMITS) -> Written:
    return fit(data, limits or FitLimits(), decode_limits)[0]


def opened(written: Written) -> Image.Image:
    picture = Image.open(io.BytesIO(written.data))
    picture.load()
    return picture


def noise(width: int, height: int) -> bytes:
    pixels = np.random.default_rng(7).integers(0, 256, (height, width, 3), dtype=np.uint8)
    return coded(Image.fromarray(pixels), "PNG", compress_level=0)


def png(size: tuple[int, int] = (948, 632)) -> bytes:
    return coded(Image.new("RGB", size, (200, 30, 30)), "PNG")


def why(work) -> tuple[str, int | None]:
    with pytest.raises(Refused) as caught:
        work()
    return caught.value.why, caught.value.limit


def test_large_pictures_are_made_smaller() -> None:
    written = fitted(noise(2400, 1200))
    assert len(written.data) <= 1_000_000
    assert max(opened(written).size) <= 1_500
    assert written.content_type == "image/jpeg"


def test_small_limits_are_kept_by_quality_and_then_by_size() -> None:
    assert len(fitted(noise(600, 300), FitLimits(max_bytes=9_000)).data) <= 9_000
    assert why(lambda: fitted(noise(600, 300), FitLimits(max_bytes=100))) == ("too-large", 100)


def test_nothing_but_pixels_is_left() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Secret camera"
    exif[0x8825] = {1: "N", 2: (52.0, 30.0, 0.0)}
    exif[0x0112] = 6
    picture = Image.new("RGB", (40, 20), (255, 0, 0))
    written = fitted(coded(picture, "JPEG", exif=exif, comment=b"secret comment", icc_profile=b"secret profile"))
    result = opened(written)
    assert result.size == (20, 40), "turned upright"
    assert not result.getexif()
    assert b"secret" not in written.data.lower()
    assert not {"comment", "icc_profile", "exif", "xmp"} & result.info.keys()


def test_text_in_a_png_is_left_out_and_transparency_becomes_white() -> None:
    info = PngInfo()
    info.add_text("Author", "secret name")
    written = fitted(coded(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG", pnginfo=info))
    assert b"secret" not in written.data
    assert opened(written).getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I", "F"])
def test_every_mode(mode: str) -> None:
    kind = "TIFF" if mode in {"I", "F", "CMYK"} else "PNG"
    assert opened(fitted(coded(Image.new(mode, (30, 10)), kind))).mode == "RGB"


@pytest.mark.parametrize("data", [b"GIF89a", png()[:200], b"\xff\xd8\xff\xe0" + b"0" * 50, b"RIFF1234WEBPVP8 "])
def test_damaged_files(data: bytes) -> None:
    assert why(lambda: fitted(data))[0] == "broken"


@given(st.binary(max_size=64), st.integers(8, 120))
def test_damage_is_told_plainly(damage: bytes, at: int) -> None:
    data = png((16, 16))
    said, mode = "", ""
    try:
        mode = opened(fitted(data[:at] + damage + data[at + len(damage) :])).mode
    except Refused as refused:
        said = refused.why
    assert mode == "RGB" or said in {"broken", "not-a-picture", "too-many-pixels"}


def test_limits_of_what_comes_in() -> None:
    assert why(lambda: fitted(png(), decode_limits=DecodeLimits(file_bytes=10))) == ("too-large", 10)
    assert why(lambda: fitted(png((100, 100)), decode_limits=DecodeLimits(pixels=9_999)))[0] == "too-many-pixels"


def test_a_bomb_is_refused_by_its_header() -> None:
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    assert why(lambda: fitted(data))[0] == "too-many-pixels"


def test_a_part() -> None:
    part = cut(coded(scene(), "PNG"), (0.5, 0.0, 1.0, 1.0), FitLimits(), LIMITS)
    assert opened(part).size == (120, 160)
    thin = cut(coded(scene(), "PNG"), (0.9999, 0.9999, 1.0, 1.0), FitLimits(), LIMITS)
    assert opened(thin).size == (1, 1)


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "HEIF", "JXL"])
@pytest.mark.parametrize("clear", [True, False])
def test_what_others_cannot_show_becomes_what_is_declared(kind: str, clear: bool) -> None:
    if clear and kind == "BMP":
        return
    picture = scene().convert("RGBA")
    if clear:
        picture.paste((0, 0, 0, 0), (0, 0, 100, 100))
    data = coded(picture if clear else picture.convert("RGB"), kind)
    facts: Facts = decode(data, 1024).facts
    written = show(data, None, LIMITS)
    encoding, width, height = made_into(facts.width, facts.height, transparent=facts.transparent)
    assert (written.content_type, written.width, written.height) == (f"image/{encoding}", width, height)
    assert opened(written).size == (width, height)


def test_an_animation_that_breaks_is_shown_until_there() -> None:
    whole = moving("PNG", None)
    broken = whole[: whole.rindex(b"fdAT") + 40]
    written = show(broken, 200, LIMITS)
    assert opened(written).size == (200, 133)
    assert show(moving("GIF"), 200, LIMITS).content_type == "image/gif"
    assert show(moving("WEBP"), 200, LIMITS).content_type == "image/webp"


@given(st.integers(1, 3000), st.integers(1, 3000))
def test_the_declared_size_of_a_thumbnail_is_its_size(width: int, height: int) -> None:
    size = thumbnail_size(width, height)
    assert size[0] <= 474
    assert size[1] <= 1896
    assert size == (width, height) or 474 in size or 1896 in size


@pytest.mark.parametrize("size", [(1000, 300), (300, 1000), (100, 50), (50, 5000), (5000, 50)])
def test_thumbnails_are_as_large_as_declared(size: tuple[int, int]) -> None:
    drawn = thumbnail(png(size), None, None, 0, pad=True, limits=LIMITS)
    assert opened(drawn).size == thumbnail_size(*size)


def detailed(left: int, top: int) -> bytes:
    """A gray picture with one busy corner."""
    pixels = np.full((300, 600), 128, np.uint8)
    pixels[top : top + 60, left : left + 60] = np.random.default_rng(3).integers(0, 256, (60, 60))
    return coded(Image.fromarray(pixels), "PNG")


def test_smart_crop_finds_the_detail_that_a_blind_one_cuts_off() -> None:
    def contrast(crop: int) -> float:
        drawn = thumbnail(detailed(20, 120), 100, 100, crop, pad=True, limits=LIMITS)
        return float(np.asarray(opened(drawn).convert("L"), np.float32).std())

    assert contrast(7) > 4 * contrast(4)


def test_an_even_picture_is_cropped_blindly() -> None:
    smart, blind = (thumbnail(png((900, 300)), 50, 50, crop, pad=True, limits=LIMITS).data for crop in (7, 4))
    assert smart == blind


@given(
    st.tuples(st.integers(1, 400), st.integers(1, 400)),
    st.none() | st.integers(1, 300),
    st.none() | st.integers(1, 300),
    st.sampled_from([0, 4, 7]),
    st.booleans(),
)
def test_any_box_can_be_drawn(
    size: tuple[int, int], width: int | None, height: int | None, crop: int, pad: bool
) -> None:
    drawn = opened(thumbnail(png(size), width, height, crop, pad=pad, limits=LIMITS)).size
    if width and height:
        assert drawn[0] <= width
        assert drawn[1] <= height
        assert drawn == (width, height) or not pad
    assert min(drawn) >= 1


def test_real_photographs(shared: Path) -> None:
    found = sorted((shared / "collection/images").rglob("*.*"))[::97]
    assert found
    for path in found:
        assert len(fitted(path.read_bytes()).data) <= 1_000_000


def test_the_preview_shows_boxes_and_grid_on_a_small_picture() -> None:
    data = coded(Image.new("RGB", (2000, 1000), "navy"), "JPEG")
    shown = opened(preview(data, [Box("1", (0.1, 0.1, 0.4, 0.6))], LIMITS))
    assert shown.size == (900, 450)
    edge, plain = shown.getpixel((91, 200)), shown.getpixel((600 + 60, 400))
    assert isinstance(edge, tuple)
    assert isinstance(plain, tuple)
    assert edge[0] > 150
    assert plain[0] < 60
