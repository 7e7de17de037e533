"""Titles and credits that a picture file carries itself: EXIF, IPTC and XMP.

Only words are read, never places, cameras or people's positions: GPS data is not looked at.
"""

from __future__ import annotations

import re
import warnings
from contextlib import suppress
from typing import Any, cast

from PIL import ExifTags, Image, IptcImagePlugin

from bot.collection.model import Credit

from .manifest import read_moment, read_tags

_MARKUP = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")
_MOST_XMP = 512 * 1024


def embedded_credit(picture: Image.Image) -> Credit:
    """Read what an opened (not necessarily decoded) picture says of itself; never raises for bad metadata."""
    said: dict[str, str] = {}
    tags: tuple[str, ...] = ()
    for reader in (_exif, _iptc, _xmp):  # the later one wins
        with suppress(Exception), warnings.catch_warnings():  # metadata is written by anybody
            warnings.simplefilter("ignore")
            words, found = reader(picture)
            said |= {name: _clean(text) for name, text in words.items() if _clean(text)}
            tags = found or tags
    return Credit(
        title=said.get("title", "")[:300],
        description=said.get("description", "")[:4000],
        author=said.get("author", "")[:300],
        licence=said.get("licence", "")[:300],
        licence_url=said.get("licence_url", "")[:1000],
        tags=tags,
        published=read_moment(said.get("published", "")),
    )


def _clean(text: str) -> str:
    return _SPACE.sub(" ", "".join(c for c in text if c.isprintable() or c.isspace())).strip()


def _exif(picture: Image.Image) -> tuple[dict[str, str], tuple[str, ...]]:
    exif = picture.getexif()
    base = ExifTags.Base
    words = {
        "title": _windows(exif.get(base.XPTitle)),
        "description": _plain(exif.get(base.ImageDescription)) or _windows(exif.get(base.XPComment)),
        "author": _plain(exif.get(base.Artist)) or _windows(exif.get(base.XPAuthor)),
        "licence": _plain(exif.get(base.Copyright)),
        "published": _plain(exif.get_ifd(ExifTags.IFD.Exif).get(base.DateTimeOriginal)),
    }
    return words, read_tags(_windows(exif.get(base.XPKeywords)))


def _plain(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace").rstrip("\0")
    return value.rstrip("\0") if isinstance(value, str) else ""


def _windows(value: object) -> str:
    """Text in the UTF-16 that Windows writes."""
    if isinstance(value, tuple):
        value = bytes(cast("tuple[int, ...]", value))
    return value.decode("utf-16-le", "replace").rstrip("\0") if isinstance(value, bytes) else _plain(value)


def _iptc(picture: Image.Image) -> tuple[dict[str, str], tuple[str, ...]]:
    info: dict[tuple[int, int], Any] = cast("Any", IptcImagePlugin.getiptcinfo)(picture) or {}

    def text(number: int) -> str:
        value = info.get((2, number), b"")
        return _plain(cast("list[bytes]", value)[0] if isinstance(value, list) else value)

    keywords = info.get((2, 25), [])
    listed = cast("list[bytes]", keywords if isinstance(keywords, list) else [keywords])
    words = {"title": text(5) or text(105), "description": text(120), "author": text(80), "licence": text(116)}
    return words, read_tags([_plain(word) for word in listed])


def _xmp(picture: Image.Image) -> tuple[dict[str, str], tuple[str, ...]]:
    packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    text = packet.decode("utf-8", "replace") if isinstance(packet, bytes) else str(packet)
    if not text or len(text) > _MOST_XMP:
        return {}, ()

    def items(name: str) -> list[str]:
        found = re.search(rf"<{name}\b[^>]*>(.*?)</{name}>", text, re.DOTALL)
        if not found:
            return []
        listed = re.findall(r"<rdf:li\b[^>]*>(.*?)</rdf:li>", found[1], re.DOTALL) or [found[1]]
        return [_unescaped(part) for part in listed]

    words = {
        "title": " ".join(items("dc:title")[:1]),
        "description": " ".join(items("dc:description")[:1]),
        "author": ", ".join(items("dc:creator")),
        "licence": " ".join(items("dc:rights")[:1]) or " ".join(items("xmpRights:UsageTerms")[:1]),
        "licence_url": " ".join(items("xmpRights:WebStatement")[:1] or items("cc:license")[:1]),
    }
    return words, read_tags(items("dc:subject"))


def _unescaped(text: str) -> str:
    plain = _MARKUP.sub(" ", text)
    for name, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        plain = plain.replace(name, character)
    return plain
