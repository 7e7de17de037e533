"""Credits that a file carries itself, each from the file to the place of an answer where it is read."""

import io
import struct
from pathlib import Path
from typing import Any

import pytest

from bot.bing_v7 import Image, SearchRequest
from bot.collection.ingest.indexing import index_paths
from bot.collection.model import Rating
from bot.collection.provider import CollectionProvider
from bot.media.pool import InThread
from bot.media.service import Media
from tests.media.made import scene

BY = "https://creativecommons.org/licenses/by/4.0/"
SPACES = (
    "xmlns:x='adobe:ns:meta/' xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:xmpRights='http://ns.adobe.com/xap/1.0/rights/' "
    "xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/' xmlns:cc='http://creativecommons.org/ns#'"
)


def packet(body: str = "", attributes: str = "") -> bytes:
    """Return an XMP packet."""
    return (
        f"<x:xmpmeta {SPACES}><rdf:RDF><rdf:Description rdf:about='' {attributes}>{body}</rdf:Description>"
        "</rdf:RDF></x:xmpmeta>"
    ).encode()


def iptc_block(*entries: tuple[int, bytes]) -> bytes:
    """Return the segment of a JPEG with IPTC's second record."""
    body = b"".join(b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(text)) + text for number, text in entries)
    block = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(body)) + body + b"\0" * (len(body) % 2)
    return b"\xff\xed" + struct.pack(">H", len(block) + 2) + block


def write(folder: Path, *, xmp: bytes | None = None, iptc: bytes = b"", sidecar: bytes | None = None) -> None:
    """Write the picture ``harbour.jpg`` with what it says of itself."""
    out = io.BytesIO()
    scene().convert("RGB").save(out, "JPEG", **({"xmp": xmp} if xmp else {}))
    data = out.getvalue()
    (folder / "harbour.jpg").write_bytes(data[:2] + iptc + data[2:])
    if sidecar is not None:
        (folder / "harbour.jpg.xmp").write_bytes(sidecar)


async def answered(store: Any, folder: Path) -> Image:
    """Index the folder and return what a search says of its one picture."""
    report = await index_paths(store, [folder], workers=1, rating=Rating.SAFE)
    assert (report.added, report.skipped) == (1, [])
    provider = CollectionProvider(store, Media(InThread()))
    (image,) = (await provider.search(SearchRequest(q="harbour"))).value
    return image


def alternatives(name: str, **texts: str) -> str:
    """Return a property in several languages, in the order given."""
    items = "".join(f"<rdf:li xml:lang='{lang.replace('_', '-')}'>{text}</rdf:li>" for lang, text in texts.items())
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"


CASES: dict[str, tuple[dict[str, Any], str, str]] = {
    "cc:attributionName": ({"xmp": packet(attributes="cc:attributionName='Ann Lee'")}, "author", "Ann Lee"),
    "photoshop:Credit": ({"xmp": packet(attributes="photoshop:Credit='The Agency'")}, "author", "The Agency"),
    "photoshop:Headline": ({"xmp": packet(attributes="photoshop:Headline='Harbour, dawn'")}, "name", "Harbour, dawn"),
    "xmpRights:WebStatement": ({"xmp": packet(attributes=f"xmpRights:WebStatement='{BY}'")}, "license_url", BY),
    "cc:license": ({"xmp": packet(f"<cc:license rdf:resource='{BY}'/>")}, "license_url", BY),
    "x-default": (
        {"xmp": packet(alternatives("dc:title", de="Hafen", x_default="The harbour"))}, "name", "The harbour",
    ),
    "entities": (
        {"xmp": packet(alternatives("dc:description", x_default="Tom &amp;amp; Ann &amp;#8211; harbour"))},
        "description", "Tom & Ann \u2013 harbour",
    ),
    "IPTC in Latin-1": (
        {"iptc": iptc_block((120, "Café am Zürcher harbour".encode("latin-1")), (80, "Jörg Müller".encode("latin-1")))},
        "description", "Café am Zürcher harbour",
    ),
    "IPTC in Latin-1, author": ({"iptc": iptc_block((80, "Jörg Müller".encode("latin-1")))}, "author", "Jörg Müller"),
    "sidecar": ({"sidecar": packet(alternatives("dc:title", x_default="Old harbour"))}, "name", "Old harbour"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
async def test_what_a_file_says_of_itself_reaches_the_answer(sqlite_store: Any, tmp_path: Path, name: str) -> None:
    made, field, expected = CASES[name]
    write(tmp_path, **made)
    image = await answered(sqlite_store, tmp_path)
    assert getattr(image if field in {"name", "description"} else image.attribution, field) == expected


async def test_a_free_licence_is_found_by_its_filter_wherever_it_is_written(sqlite_store: Any, tmp_path: Path) -> None:
    write(tmp_path, xmp=packet(f"<cc:license rdf:resource='{BY}'/>"))
    assert (await answered(sqlite_store, tmp_path)).creative_commons == "Attribution"
