import io
import struct
from datetime import UTC, datetime

import pytest
from PIL import Image, PngImagePlugin

from bot.collection.decode import open_picture
from bot.collection.ingest.embedded import embedded_credit
from bot.collection.ingest.manifest import ManifestError, read_manifest, read_moment, read_tags
from bot.collection.model import Rating


def test_jsonl_with_every_field(tmp_path):
    file = tmp_path / "list.jsonl"
    file.write_text(
        '{"file": "a/b.jpg", "title": " A  fox ", "description": "d", "tags": ["Red", "fox", "red"], "author": "Ann",'
        '"license": "CC BY 4.0", "license_url": "https://l", "source_page_url": "https://p", "original_url": "https://o",'
        '"category": "animals", "rating": "SAFE", "published": "2024-02-03", "type": "clipart"}\n\n'
        "not json\n[1]\n{}\n"
        '{"file": "c.png", "rating": "cute"}\n{"file": "d.png"}\n',
        "utf-8",
    )
    found = read_manifest(file)
    first, last = found.entries
    assert (first.name, first.written) == ("a/b.jpg", str((tmp_path / "a/b.jpg").resolve()))
    credit = first.credit
    assert (credit.title, credit.tags, credit.gallery, credit.kind) == ("A fox", ("red", "fox"), "animals", "Clipart")
    assert (credit.page, credit.original, credit.licence) == ("https://p", "https://o", "CC BY 4.0")
    assert (credit.rating, credit.published) == (Rating.SAFE, datetime(2024, 2, 3, tzinfo=UTC))
    assert (last.name, last.credit.rating) == ("d.png", Rating.UNKNOWN)
    assert [fault.line for fault in found.faults] == [3, 4, 5, 6]
    assert "cute" in str(found.faults[-1])


def test_csv(tmp_path):
    file = tmp_path / "list.csv"
    file.write_text('\ufefffile,title,tags,rating\n"a.jpg","Fox, red","fox; red",adult\n,nothing,,\n', "utf-8")
    found = read_manifest(file)
    (entry,) = found.entries
    credit = entry.credit
    assert (credit.title, credit.tags, credit.rating) == ("Fox, red", ("fox", "red"), Rating.ADULT)
    assert len(found.faults) == 1


@pytest.mark.parametrize(("name", "body"), [("x.txt", b""), ("x.jsonl", b"\xff\xfe\xfa"), ("missing.csv", None)])
def test_unusable_manifests_are_refused_in_a_sentence(tmp_path, name, body):
    if body is not None:
        (tmp_path / name).write_bytes(body)
    with pytest.raises(ManifestError, match=name):
        read_manifest(tmp_path / name)


def test_small_readers():
    assert read_tags("A, b;c ,") == ("a", "b", "c")
    assert read_tags(None) == read_tags(7) == ()
    assert read_moment("2020:01:31 12:30:00") == datetime(2020, 1, 31, 12, 30, tzinfo=UTC)
    assert read_moment("yesterday") is None


def test_exif_words(tmp_path):
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x8298] = "A lake", "Ann", "CC BY 4.0"
    exif[0x9C9B] = "Lake at dawn\0".encode("utf-16-le")
    exif[0x9C9E] = "lake;dawn\0".encode("utf-16-le")
    Image.new("RGB", (9, 9)).save(tmp_path / "a.jpg", exif=exif)
    with Image.open(tmp_path / "a.jpg") as picture:
        credit = embedded_credit(picture)
    assert (credit.title, credit.description, credit.author) == ("Lake at dawn", "A lake", "Ann")
    assert (credit.licence, credit.tags) == ("CC BY 4.0", ("lake", "dawn"))


def test_xmp_words(tmp_path):
    xmp = (
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF><rdf:Description>"
        "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Tom &amp; Ann</rdf:li></rdf:Alt></dc:title>"
        "<dc:creator><rdf:Seq><rdf:li>Ann</rdf:li><rdf:li>Tom</rdf:li></rdf:Seq></dc:creator>"
        "<dc:subject><rdf:Bag><rdf:li>Sea</rdf:li></rdf:Bag></dc:subject>"
        "<xmpRights:WebStatement>https://l.example/</xmpRights:WebStatement>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", xmp)
    Image.new("RGB", (9, 9)).save(tmp_path / "a.png", pnginfo=info)
    with Image.open(tmp_path / "a.png") as picture:
        credit = embedded_credit(picture)
    assert (credit.title, credit.author, credit.tags) == ("Tom & Ann", "Ann, Tom", ("sea",))
    assert credit.licence_url == "https://l.example/"


def test_broken_metadata_is_no_error(tmp_path):
    file = tmp_path / "a.jpg"
    Image.new("RGB", (9, 9)).save(file, exif=b"Exif\0\0MM\0*\xff\xff\xff\xff")
    assert embedded_credit(open_picture(file.read_bytes())).author == ""


def test_iptc_words():
    def entry(number: int, text: str) -> bytes:
        return b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(text)) + text.encode()

    said = entry(5, "Harbour") + entry(80, "Ann") + entry(116, "CC BY 4.0") + entry(25, "Sea") + entry(25, "Boat")
    block = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(said)) + said + b"\0" * (len(said) % 2)
    buffer = io.BytesIO()
    Image.new("RGB", (9, 9)).save(buffer, "JPEG")
    data = buffer.getvalue()
    data = data[:2] + b"\xff\xed" + struct.pack(">H", len(block) + 2) + block + data[2:]
    credit = embedded_credit(open_picture(data))
    assert (credit.title, credit.author, credit.licence) == ("Harbour", "Ann", "CC BY 4.0")
    assert credit.tags == ("sea", "boat")
