"""Titles, captions and credits that a picture file carries itself (EXIF, IPTC, XMP), or that lie beside it (``.xmp``).

Only words are read, never places, cameras or people's positions: GPS data is not looked at. Pillow finds the blocks,
defusedxml reads XMP. What cameras and programs write by themselves is no word of a person (`camera_noise`).
"""

import html
import re
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from PIL import ExifTags, Image, IptcImagePlugin

from .camera_noise import is_noise
from .decoder_settings import without_warnings

_SPACE = re.compile(r"\s+")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>")
_MOST_XMP = 1024 * 1024
_MOST_TAGS = 60
_LONGEST = {"description": 4000, "licence_url": 1000, "page": 1000}

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_RIGHTS = "{http://ns.adobe.com/xap/1.0/rights/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_CC = "{http://creativecommons.org/ns#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_XMP_NAMES = {
    "title": (f"{_DC}title", f"{_PHOTOSHOP}Headline"),
    "description": (f"{_DC}description",),
    "author": (f"{_DC}creator", f"{_CC}attributionName", f"{_PHOTOSHOP}Credit"),
    "licence": (f"{_DC}rights", f"{_RIGHTS}UsageTerms"),
    "licence_url": (f"{_CC}license", f"{_RIGHTS}WebStatement"),
    "page": (f"{_CC}attributionURL",),
    "published": (f"{_PHOTOSHOP}DateCreated", f"{_XMP}CreateDate"),
}
"""Where each word is looked for, best first."""
_PREFIXES = {
    b"x": b"adobe:ns:meta/",
    b"rdf": _RDF.strip("{}").encode(),
    b"dc": _DC.strip("{}").encode(),
    b"xmp": _XMP.strip("{}").encode(),
    b"xmpRights": _RIGHTS.strip("{}").encode(),
    b"photoshop": _PHOTOSHOP.strip("{}").encode(),
    b"cc": _CC.strip("{}").encode(),
}
_PACKET = re.compile(rb"<(x:xmpmeta|x:xapmeta|rdf:RDF)\b.*</\1\s*>", re.DOTALL)
_LISTS = frozenset({f"{_RDF}Alt", f"{_RDF}Bag", f"{_RDF}Seq"})
_CHARACTER_SET, _UTF8 = (1, 90), b"\x1b%G"
_IPTC = {
    "title": ((2, 5), (2, 105)),
    "description": ((2, 120),),
    "author": ((2, 80), (2, 110)),
    "licence": ((2, 116),),
}
_IPTC_KEYWORDS = (2, 25)
_PNG_START, _PNG_WORDS = 8, frozenset({b"eXIf", b"iTXt", b"tEXt", b"zTXt"})
"""Bytes before the first chunk of a PNG, and the chunks that hold words."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says of itself; empty where it says nothing. ``published`` is as written."""

    title: str = ""
    description: str = ""
    author: str = ""
    licence: str = ""
    licence_url: str = ""
    page: str = ""
    published: str = ""
    tags: tuple[str, ...] = ()


def embedded(picture: Image.Image) -> Metadata:
    """Read what an opened (not necessarily decoded) picture says of itself; never raises for bad metadata."""
    blocks: list[tuple[dict[str, str], list[str]]] = []
    for reader in (_exif, _iptc, _xmp):
        with suppress(Exception), without_warnings():  # metadata is written by anybody
            blocks.append(reader(picture))
    return _joined(blocks)


def sidecar(file: Path) -> Metadata:
    """Read an XMP file that lies beside a picture; one that cannot be read says nothing."""
    with suppress(Exception):
        if file.stat().st_size <= _MOST_XMP:
            return _joined([_words_of_xmp(file.read_bytes())])
    return Metadata()


def joined(first: Metadata, second: Metadata) -> Metadata:
    """Return the first's words, and the second's where the first is silent."""
    pairs = {name: getattr(first, name) or getattr(second, name) for name in Metadata.__slots__}
    return Metadata(**pairs)


def _joined(blocks: list[tuple[dict[str, str], list[str]]]) -> Metadata:
    """Put blocks together: the later one wins, cleaned and without noise."""
    words: dict[str, str] = {}
    tags: list[str] = []
    for said, listed in blocks:
        cleaned = {name: _clean(text)[: _LONGEST.get(name, 300)] for name, text in said.items()}
        words |= {name: text for name, text in cleaned.items() if text and not is_noise(name, text)}
        tags = [tag for each in listed if (tag := _clean(each)[:80])] or tags
    return Metadata(**words, tags=tuple(dict.fromkeys(tags))[:_MOST_TAGS])


def _clean(text: str) -> str:
    """Return text without markup, with entities decoded once and one blank between words."""
    plain = html.unescape(_MARKUP.sub(" ", text))
    return _SPACE.sub(" ", "".join(c for c in plain if c.isprintable() or c.isspace())).strip()


def _text(data: bytes) -> str:
    """Decode bytes whose encoding is not told: UTF-8 where they are that, else what Windows and old cameras write."""
    data = data.rstrip(b"\0")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _exif(picture: Image.Image) -> tuple[dict[str, str], list[str]]:
    if picture.format == "PNG" and not _has_words_at_its_end(picture):
        exif = Image.Image.getexif(picture)  # PNG's own would decode all pixels, to see what comes after them
    else:
        exif = picture.getexif()
    base = ExifTags.Base
    words = {
        "title": _windows(exif.get(base.XPTitle)),
        "description": _plain(exif.get(base.ImageDescription)) or _windows(exif.get(base.XPComment)),
        "author": _plain(exif.get(base.Artist)) or _windows(exif.get(base.XPAuthor)),
        "licence": _plain(exif.get(base.Copyright)).replace("\0", " "),  # photographer's and editor's
        "published": _plain(exif.get_ifd(ExifTags.IFD.Exif).get(base.DateTimeOriginal)),
    }
    names = {_clean(_plain(exif.get(tag))).casefold() for tag in (base.Make, base.Model)}
    camera = {name: "" if _clean(text).casefold() in names else text for name, text in words.items()}
    return camera, _windows(exif.get(base.XPKeywords)).split(";")


def _has_words_at_its_end(png: Image.Image) -> bool:
    """Return whether chunks with words stand after the pixels; Pillow reads those before them when it opens a file."""
    file = cast("Any", png).fp
    place = file.tell()
    try:
        pixels_begun = False
        file.seek(_PNG_START)
        while len(head := file.read(8)) == 8:
            size, kind = struct.unpack(">I4s", head)
            pixels_begun = pixels_begun or kind == b"IDAT"
            if pixels_begun and kind in _PNG_WORDS:
                return True
            file.seek(size + 4, 1)
        return False
    finally:
        file.seek(place)


def _plain(value: object) -> str:
    """Return EXIF text; Pillow reads it byte by byte, so that UTF-8 in it is to be put together again."""
    if isinstance(value, str):
        try:
            value = value.encode("latin-1")
        except UnicodeEncodeError:
            return str(value).rstrip("\0")
    return _text(value) if isinstance(value, bytes) else ""


def _windows(value: object) -> str:
    """Return text in the UTF-16 that Windows writes."""
    if isinstance(value, tuple):
        value = bytes(cast("tuple[int, ...]", value))
    return value.decode("utf-16-le", "replace").rstrip("\0") if isinstance(value, bytes) else _plain(value)


def _iptc(picture: Image.Image) -> tuple[dict[str, str], list[str]]:
    info: dict[tuple[int, int], Any] = cast("Any", IptcImagePlugin.getiptcinfo)(picture) or {}

    def texts(place: tuple[int, int]) -> list[str]:
        value = info.get(place, [])
        listed = cast("list[bytes]", value if isinstance(value, list) else [value])
        told = info.get(_CHARACTER_SET) == _UTF8
        return [part.decode("utf-8", "replace") if told else _text(part) for part in listed]

    words = {
        name: next((found for place in places for found in texts(place) if found.strip()), "")
        for name, places in _IPTC.items()
    }
    return words, texts(_IPTC_KEYWORDS)


def _xmp(picture: Image.Image) -> tuple[dict[str, str], list[str]]:
    packet: object = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp")
    if not packet and (tags := getattr(picture, "tag_v2", None)) is not None:
        packet = tags.get(ExifTags.Base.XMLPacket)
    if isinstance(packet, tuple):
        packet = bytes(cast("tuple[int, ...]", packet))
    data = packet.encode() if isinstance(packet, str) else packet
    if not isinstance(data, bytes) or not data or len(data) > _MOST_XMP:
        return {}, []
    return _words_of_xmp(data)


def _words_of_xmp(data: bytes) -> tuple[dict[str, str], list[str]]:
    tree = ElementTree.fromstring(_declared(data))
    said: dict[str, list[str]] = {}
    for name, values in _properties(tree):
        said.setdefault(name, []).extend(values)
    words = {
        name: next((", ".join(said[place]) for place in places if any(said.get(place, ()))), "")
        for name, places in _XMP_NAMES.items()
    }
    return words, said.get(f"{_DC}subject", [])


def _declared(data: bytes) -> bytes:
    """Return the packet alone; prefixes that some program used without declaring them are declared."""
    packet = _PACKET.search(data)
    body = packet[0] if packet else data.strip(b"\0 \r\n\t")
    missing = b" ".join(
        b'xmlns:%s="%s"' % (prefix, space)
        for prefix, space in _PREFIXES.items()
        if b"%s:" % prefix in body and b"xmlns:%s=" % prefix not in body
    )
    return body if not missing else re.sub(rb"^<[\w:]+", lambda start: start[0] + b" " + missing, body, count=1)


def _properties(tree: Element) -> Iterator[tuple[str, list[str]]]:
    """Yield every property of the packet's descriptions, written as an attribute or as an element."""
    for description in tree.iter(f"{_RDF}Description"):
        for name, value in description.attrib.items():
            yield name, [value]
        for element in description:
            yield element.tag, _values(element)


def _values(element: Element) -> list[str]:
    """Return a property's texts: of alternatives in several languages the default one, of a list all."""
    resource = element.get(f"{_RDF}resource")
    if resource:
        return [resource]
    listed = next((child for child in element if child.tag in _LISTS), None)
    if listed is None:
        return ["".join(element.itertext())]
    items = [("".join(item.itertext()).strip(), item.get(_LANGUAGE, "")) for item in listed]
    if listed.tag != f"{_RDF}Alt":
        return [text for text, _ in items if text]
    best = next((text for text, language in items if language == "x-default" and text), None)
    return [best] if best else [text for text, _ in items if text][:1]
