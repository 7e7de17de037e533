"""Pictures made fit for posting."""

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pictures
from PIL.PngImagePlugin import PngInfo

from bot.bing_v7 import PictureRefused, Upload, upload

from .conftest import png


def opened(fitted: Upload) -> Pictures.Image:
    picture = Pictures.open(io.BytesIO(fitted.data))
    picture.load()
    return picture


def noise(width: int, height: int) -> bytes:
    out = io.BytesIO()
    pixels = np.random.default_rng(7).integers(0, 256, (height, width, 3), dtype=np.uint8)
    Pictures.fromarray(pixels).save(out, "PNG", compress_level=0)
    return out.getvalue()


async def test_large_pictures_are_made_smaller() -> None:
    fitted = await upload.fit(Upload(data=noise(2400, 1200), sha1="00"))
    assert len(fitted.data) <= 1_000_000
    assert max(opened(fitted).size) <= 1_500
    assert (fitted.content_type, fitted.filename, fitted.sha1) == ("image/jpeg", "image.jpg", "00")


def test_small_limits_are_kept_by_quality_and_then_by_size() -> None:
    fitted = upload.fit_now(Upload(data=noise(600, 300)), upload.UploadLimits(max_bytes=9_000))
    assert len(fitted.data) <= 9_000
    with pytest.raises(PictureRefused) as caught:
        upload.fit_now(Upload(data=noise(600, 300)), upload.UploadLimits(max_bytes=100))
    assert caught.value.why == "too-large"


def test_nothing_but_pixels_is_left() -> None:
    picture = Pictures.new("RGB", (40, 20), (255, 0, 0))
    exif = Pictures.Exif()
    exif[0x010F] = "Secret camera"
    exif[0x8825] = {1: "N", 2: (52.0, 30.0, 0.0)}
    exif[0x0112] = 6
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=b"secret comment", icc_profile=b"secret profile")
    fitted = upload.fit_now(Upload(data=out.getvalue()))
    result = opened(fitted)
    assert result.size == (20, 40), "turned upright"
    assert not result.getexif()
    assert b"secret" not in fitted.data.lower()
    assert not {"comment", "icc_profile", "exif", "xmp"} & result.info.keys()


def test_text_in_a_png_is_left_out_and_transparency_becomes_white() -> None:
    info = PngInfo()
    info.add_text("Author", "secret name")
    out = io.BytesIO()
    Pictures.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG", pnginfo=info)
    fitted = upload.fit_now(Upload(data=out.getvalue()))
    assert b"secret" not in fitted.data
    assert opened(fitted).getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I", "F"])
def test_every_mode(mode: str) -> None:
    out = io.BytesIO()
    kind = "TIFF" if mode in {"I", "F", "CMYK"} else "PNG"
    Pictures.new(mode, (30, 10)).save(out, kind)
    assert opened(upload.fit_now(Upload(data=out.getvalue()))).mode == "RGB"


def test_the_first_frame_of_a_moving_picture_is_taken() -> None:
    out = io.BytesIO()
    frames = [Pictures.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    red, _, blue = opened(upload.fit_now(Upload(data=out.getvalue()))).getpixel((10, 10))  # type: ignore[misc]  # an RGB pixel
    assert red > 200
    assert blue < 60


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", b"<svg/>", png()[:200], b"\xff\xd8\xff\xe0" + b"0" * 50, b"%PDF-1.7", b"RIFF1234WEBPVP8 "]
)
def test_what_is_no_picture(data: bytes) -> None:
    with pytest.raises(PictureRefused) as caught:
        upload.fit_now(Upload(data=data))
    assert caught.value.why == "not-a-picture"


@given(st.binary(max_size=64), st.integers(8, 120))
def test_damage_is_told_plainly(damage: bytes, at: int) -> None:
    data = png((16, 16))
    damaged = Upload(data=data[:at] + damage + data[at + len(damage) :])
    why, mode = "", ""
    try:
        mode = opened(upload.fit_now(damaged)).mode
    except PictureRefused as error:
        why = error.why
    assert mode == "RGB" or why in {"not-a-picture", "too-many-pixels"}


def test_limits_of_what_comes_in() -> None:
    with pytest.raises(PictureRefused) as caught:
        upload.fit_now(Upload(data=png()), upload.UploadLimits(accept_bytes=10))
    assert (caught.value.why, caught.value.limit) == ("too-large", 10)
    with pytest.raises(PictureRefused) as caught:
        upload.fit_now(Upload(data=png((100, 100))), upload.UploadLimits(accept_pixels=9_999))
    assert caught.value.why == "too-many-pixels"


def test_a_bomb_is_refused_by_its_header() -> None:
    data = bytearray(png((1, 1)))
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    with pytest.raises(PictureRefused):
        upload.fit_now(Upload(data=bytes(data)))


def test_real_photographs(shared: Path) -> None:
    found = sorted((shared / "collection/images").rglob("*.*"))[::97]
    assert found
    for path in found:
        fitted = upload.fit_now(Upload(data=path.read_bytes()))
        assert len(fitted.data) <= 1_000_000
