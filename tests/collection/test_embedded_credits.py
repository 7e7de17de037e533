"""Credits that a file carries itself, each from the file to the place of an answer where it is read."""

import io
from pathlib import Path
from typing import Any

import pytest

from bot.bing_v7 import Image, SearchRequest
from bot.collection.ingest.indexing import index_paths
from bot.collection.model import Rating
from bot.collection.provider import CollectionProvider
from bot.media.runner import InThread
from bot.media.service import Media
from tests.media.embedded import alternatives, iptc_segment, xmp_packet
from tests.media.made import scene

BY = "https://creativecommons.org/licenses/by/4.0/"


def write(folder: Path, *, xmp: bytes | None = None, iptc: bytes = b"", sidecar: bytes | None = None) -> None:
    """Write the picture ``harbour.jpg`` with what it says of itself."""
    out = io.BytesIO()
    scene().convert("RGB").save(out, "JPEG", **({"xmp": xmp} if xmp else {}))
    data = out.getvalue()
    (folder / "harbour.jpg").write_bytes(data[:2] + iptc + data[2:])
    if sidecar is not None:
        (folder / "harbour.jpg.xmp").write_bytes(sidecar)


async def answered(store: Any, folder: Path, *, in_a_child: bool = False) -> Image:
    """Index the folder and return what a search says of its one picture."""
    report = await index_paths(store, [folder], workers=int(in_a_child), rating=Rating.SAFE)
    assert (report.added, report.skipped) == (1, [])
    provider = CollectionProvider(store, Media(InThread()))
    (image,) = (await provider.search(SearchRequest(q="harbour"))).value
    return image


CASES: dict[str, tuple[dict[str, Any], str, str]] = {
    "cc:attributionName": ({"xmp": xmp_packet(attributes="cc:attributionName='Ann Lee'")}, "author", "Ann Lee"),
    "photoshop:Credit": ({"xmp": xmp_packet(attributes="photoshop:Credit='The Agency'")}, "author", "The Agency"),
    "photoshop:Headline": (
        {"xmp": xmp_packet(attributes="photoshop:Headline='Harbour, dawn'")}, "name", "Harbour, dawn",
    ),
    "xmpRights:WebStatement": ({"xmp": xmp_packet(attributes=f"xmpRights:WebStatement='{BY}'")}, "license_url", BY),
    "cc:license": ({"xmp": xmp_packet(f"<cc:license rdf:resource='{BY}'/>")}, "license_url", BY),
    "x-default": (
        {"xmp": xmp_packet(alternatives("dc:title", de="Hafen", x_default="The harbour"))}, "name", "The harbour",
    ),
    "entities": (
        {"xmp": xmp_packet(alternatives("dc:description", x_default="Tom &amp;amp; Ann &amp;#8211; harbour"))},
        "description", "Tom & Ann \u2013 harbour",
    ),
    "IPTC in Latin-1": (
        {
            "iptc": iptc_segment(
                (2, 120, "Café am Zürcher harbour".encode("latin-1")), (2, 80, "Jörg Müller".encode("latin-1"))
            )
        },
        "description", "Café am Zürcher harbour",
    ),
    "IPTC in Latin-1, author": (
        {"iptc": iptc_segment((2, 80, "Jörg Müller".encode("latin-1")))}, "author", "Jörg Müller",
    ),
    "sidecar": ({"sidecar": xmp_packet(alternatives("dc:title", x_default="Old harbour"))}, "name", "Old harbour"),
}  # fmt: skip
IN_A_CHILD = {"entities", "IPTC in Latin-1", "sidecar"}
"""Cases whose file is read in a process of its own, as `index` does: what is hard to hand over, and a second file."""


@pytest.mark.parametrize("name", CASES)
async def test_what_a_file_says_of_itself_reaches_the_answer(sqlite_store: Any, tmp_path: Path, name: str) -> None:
    made, field, expected = CASES[name]
    write(tmp_path, **made)
    image = await answered(sqlite_store, tmp_path, in_a_child=name in IN_A_CHILD)
    assert getattr(image if field in {"name", "description"} else image.attribution, field) == expected


async def test_a_free_licence_is_found_by_its_filter_wherever_it_is_written(sqlite_store: Any, tmp_path: Path) -> None:
    write(tmp_path, xmp=xmp_packet(f"<cc:license rdf:resource='{BY}'/>"))
    assert (await answered(sqlite_store, tmp_path)).creative_commons == "Attribution"
