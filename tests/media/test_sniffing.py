import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.media.refusal import Refused
from bot.media.sniffing import kind_of


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF", "BMP"])
def test_pictures_are_known_by_their_first_bytes(draw, kind: str) -> None:
    assert kind_of(draw(kind)[:64]) == kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"II+\0\x08\0\0\0", "TIFF"),
        (b"MM\0+\0\x08\0\0", "TIFF"),
        (b"\xff\x0a\xfa\x1f", "JXL"),
        (b"\0\0\0\x0cJXL \r\n\x87\n", "JXL"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIF"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "HEIF"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", "AVIF"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "VIDEO"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "VIDEO"),
        (b"\x1aE\xdf\xa3\x01\0\0\0", "VIDEO"),
        (b"RIFF\0\0\0\0AVI LIST", "VIDEO"),
    ],
)
def test_newer_kinds(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"just words, whatever the name says", "not-a-picture"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "vector"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a drawing -->\n<svg viewBox="0 0 1 1"/>', "vector"),
        (b"  <!DOCTYPE html><html><title>No picture</title>", "web-page"),
        (b"<html><body>", "web-page"),
        (b"<rss></rss>", "not-a-picture"),
        (b"\0\0\0\x18ftypM4A \0\0\0\0M4A isom", "not-a-picture"),
        (b"%PDF-1.7", "not-a-picture"),
        (b"\x89PNG", "not-a-picture"),
        (b"RIFF\0\0\0\0WAVE", "not-a-picture"),
    ],
)
def test_everything_else_is_refused_by_what_it_is(data: bytes, why: str) -> None:
    with pytest.raises(Refused) as refused:
        kind_of(data)
    assert refused.value.why == why


@given(st.binary(max_size=64))
def test_any_bytes_are_a_kind_or_refused(data: bytes) -> None:
    try:
        found = kind_of(data)
    except Refused as refused:
        found = refused.why
    assert found in {
        "JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF", "BMP", "HEIF", "JXL", "VIDEO", "empty", "not-a-picture", "vector",
        "web-page",
    }  # fmt: skip
