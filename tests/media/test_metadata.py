"""What files say of themselves, and what only their cameras say."""

import io
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from bot.media.camera_noise import is_noise
from bot.media.metadata import Metadata, embedded, joined, sidecar

from .embedded import alternatives, iptc_segment, xmp_packet


def said(kind: str = "JPEG", **options: object) -> Metadata:
    out = io.BytesIO()
    Image.new("RGB", (9, 9)).save(out, kind, **options)
    return embedded(Image.open(io.BytesIO(out.getvalue())))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_xmp_of_every_format(kind: str) -> None:
    packet = xmp_packet(alternatives("dc:title", x_default="A lake"))
    if kind == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_itxt("XML:com.adobe.xmp", packet.decode())
        assert said(kind, pnginfo=info).title == "A lake"
    elif kind == "TIFF":
        assert said(kind, tiffinfo={700: packet}).title == "A lake"
    else:
        assert said(kind, xmp=packet).title == "A lake"


def test_the_default_language_is_taken_wherever_it_stands() -> None:
    body = alternatives("dc:title", de="Ein See", x_default="A lake") + alternatives("dc:description", fr="Le lac")
    found = said(xmp=xmp_packet(body))
    assert (found.title, found.description) == ("A lake", "Le lac")


def test_attributes_and_resources() -> None:
    found = said(
        xmp=xmp_packet(
            "<cc:license rdf:resource='https://creativecommons.org/licenses/by/4.0/'/>"
            "<cc:attributionURL rdf:resource='https://ann.example/lake'/>",
            "xmpRights:WebStatement='https://terms.example/' cc:attributionName='Ann' photoshop:Headline='Dawn'",
        )
    )
    assert found.licence_url == "https://creativecommons.org/licenses/by/4.0/"
    assert (found.author, found.title, found.page) == ("Ann", "Dawn", "https://ann.example/lake")
    assert (
        said(xmp=xmp_packet("", "xmpRights:WebStatement='https://terms.example/'")).licence_url
        == "https://terms.example/"
    )
    assert said(xmp=xmp_packet("", "photoshop:Credit='The Agency'")).author == "The Agency"


def test_entities_and_markup_are_resolved_once() -> None:
    body = alternatives("dc:description", x_default="Tom &amp;amp; Ann &amp;#8211; &lt;b&gt;1 &amp;lt; 2&lt;/b&gt;")
    assert said(xmp=xmp_packet(body)).description == "Tom & Ann \u2013 1 < 2"


def test_lists() -> None:
    body = (
        "<dc:creator><rdf:Seq><rdf:li>Ann</rdf:li><rdf:li>Tom</rdf:li></rdf:Seq></dc:creator>"
        "<dc:subject><rdf:Bag><rdf:li>Sea</rdf:li><rdf:li>Boat</rdf:li></rdf:Bag></dc:subject>"
    )
    found = said(xmp=xmp_packet(body))
    assert (found.author, found.tags) == ("Ann, Tom", ("Sea", "Boat"))


def test_undeclared_prefixes_and_hostile_xml() -> None:
    plain = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF><rdf:Description><dc:title>Lake</dc:title></rdf:Description>"
    assert said(xmp=plain + b"</rdf:RDF></x:xmpmeta>").title == "Lake"
    bomb = b"<!DOCTYPE x [<!ENTITY a 'lol'>]>" + xmp_packet("<dc:title>&a;</dc:title>")
    assert said(xmp=bomb) == Metadata()
    assert said(xmp=xmp_packet("<dc:title>&a;</dc:title>")) == Metadata()
    assert said(xmp=b"<x:xmpmeta") == Metadata()


def test_exif_words() -> None:
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x8298] = "A lake", "Ann", "CC BY 4.0"
    exif[0x9C9B] = "Lake at dawn\0".encode("utf-16-le")
    exif[0x9C9E] = "lake;dawn\0".encode("utf-16-le")
    found = said(exif=exif)
    assert (found.title, found.description, found.author) == ("Lake at dawn", "A lake", "Ann")
    assert (found.licence, found.tags) == ("CC BY 4.0", ("lake", "dawn"))


def moved_to_the_end(png: bytes) -> bytes:
    """A PNG whose EXIF stands after its pixels, as the format allows."""
    begin = png.index(b"eXIf") - 4
    end = begin + 12 + int.from_bytes(png[begin : begin + 4], "big")
    last = png.rindex(b"IEND") - 4
    return png[:begin] + png[end:last] + png[begin:end] + png[last:]


def test_words_of_a_png_are_found_before_and_after_its_pixels_which_are_not_decoded_for_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x010E] = "A lake"
    Image.new("RGB", (9, 9)).save(out, "PNG", exif=exif)
    before = out.getvalue()
    after = Image.open(io.BytesIO(moved_to_the_end(before)))
    assert "exif" not in after.info
    assert embedded(after).description == "A lake"
    out = io.BytesIO()
    Image.new("RGB", (9, 9)).save(out, "PNG")
    silent = Image.open(io.BytesIO(out.getvalue()))
    with monkeypatch.context() as patched:
        patched.setattr(PngImagePlugin.PngImageFile, "load", lambda self: pytest.fail("it was decoded"))
        assert embedded(silent) == Metadata()
        assert embedded(Image.open(io.BytesIO(before))).description == "A lake"
    assert silent.getpixel((0, 0)) == (0, 0, 0), "what was looked at can still be decoded"


def test_exif_in_utf_8_is_put_together_again() -> None:
    exif = Image.Exif()
    exif[0x010E] = "Zürich, früh".encode()
    assert said(exif=exif).description == "Zürich, früh"
    exif[0x010E] = "Zürich".encode("latin-1")
    assert said(exif=exif).description == "Zürich"


def test_the_cameras_own_name_is_no_title() -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x010E] = "ACME", "Snapper 3000", "Snapper 3000"
    assert said(exif=exif).description == ""


def iptc(*entries: tuple[int, int, bytes]) -> Metadata:
    buffer = io.BytesIO()
    Image.new("RGB", (9, 9)).save(buffer, "JPEG")
    data = buffer.getvalue()
    data = data[:2] + iptc_segment(*entries) + data[2:]
    return embedded(Image.open(io.BytesIO(data)))


def test_iptc_words() -> None:
    found = iptc((2, 5, b"Harbour"), (2, 80, b"Ann"), (2, 116, b"CC BY 4.0"), (2, 25, b"Sea"), (2, 25, b"Boat"))
    assert (found.title, found.author, found.licence) == ("Harbour", "Ann", "CC BY 4.0")
    assert found.tags == ("Sea", "Boat")


@pytest.mark.parametrize(("encoding", "mark"), [("latin-1", ()), ("utf-8", ()), ("utf-8", ((1, 90, b"\x1b%G"),))])
def test_iptc_in_every_encoding(encoding: str, mark: tuple[tuple[int, int, bytes], ...]) -> None:
    found = iptc(*mark, (2, 120, "Café in Zürich".encode(encoding)), (2, 25, "Künstler".encode(encoding)))
    assert (found.description, found.tags) == ("Café in Zürich", ("Künstler",))


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_broken_metadata_is_no_error() -> None:
    assert said(exif=b"Exif\0\0MM\0*\xff\xff\xff\xff").author == ""


def test_a_sidecar(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg.xmp"
    file.write_bytes(xmp_packet(alternatives("dc:title", x_default="A lake")))
    assert sidecar(file).title == "A lake"
    file.write_bytes(b"nonsense")
    assert sidecar(file) == sidecar(tmp_path / "missing.xmp") == Metadata()
    assert joined(Metadata(title="A"), Metadata(title="B", author="C")) == Metadata(title="A", author="C")


@pytest.mark.parametrize(
    "text",
    [
        "OLYMPUS DIGITAL CAMERA", "OLYMPUS DIGITAL CAMERA         ", "DCF 1.0", "Created with GIMP", "SONY DSC",
        r"DCIM\100MEDIA\DJI_0123.JPG", "NIKON CORPORATION", "Digital StillCamera", "KODAK Digital Still Camera",
        "IMG_1234.JPG", "IMG_1234", "DSC00012", "P1010101", "100_0001", "20190704_120000", "Exif_JPEG_PICTURE",
        "Processed with VSCO with c1 preset", "Canon EOS-1D", "File written by Adobe Photoshop", "cof", "untitled",
        "SAMSUNG CAMERA PICTURES", r"C:\Users\ann\Desktop\a.jpg", "LEAD Technologies Inc. V1.01", "...",
        "Untitled-1.psd",
    ],
)  # fmt: skip
def test_what_cameras_and_programs_write_is_no_title(text: str) -> None:
    assert is_noise("title", text)
    exif = Image.Exif()
    exif[0x010E] = text
    assert said(exif=exif).description == ""


@pytest.mark.parametrize(
    "text",
    [
        "3 cats", "1984 in pictures", "Made in China", "A view of Kodak Park", "Image of a bird", "P for penguin",
        "Canon in D, played on the street", "Photo of my dog", "The camera obscura of Aberystwyth", "湖", "Öland",
    ],
)  # fmt: skip
def test_what_people_write_is_kept(text: str) -> None:
    assert not is_noise("title", text)


@pytest.mark.parametrize("text", ["Copyright", "(c)", "Copyright 2011", "\u00a9 2019", "   ", "DIGITAL CAMERA"])
def test_empty_forms_are_no_licence(text: str) -> None:
    assert is_noise("licence", text)
    assert not is_noise("licence", "All rights reserved")
    assert not is_noise("licence", "\u00a9 2019 Ann Smith")
