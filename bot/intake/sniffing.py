"""What a file is by its first bytes; its name and its declared type are only claims."""

from bot.bing_v7 import PictureRefused

ENOUGH = 1_024
"""So many first bytes are enough to tell."""

_MAGIC = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"GIF87a": "GIF",
    b"GIF89a": "GIF",
    b"BM": "BMP",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
}
_AVIF_BRANDS = frozenset({b"avif", b"avis", b"mif1", b"msf1"})
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis"})
_VIDEO_BRANDS = frozenset({b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"qt  "})
_PAGE_MARKS = (b"<!doctype html", b"<html", b"<head", b"<body")
_BOM = b"\xef\xbb\xbf"


def kind_of(head: bytes) -> str:
    """Return the format that the first bytes announce, in Pillow's words.

    Raises:
        PictureRefused: ``empty``, ``vector`` (SVG), ``web-page`` (HTML), ``video``, ``heic`` or ``not-a-picture``.
    """
    if not head:
        raise PictureRefused("empty")
    for magic, name in _MAGIC.items():
        if head.startswith(magic):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp" and head[8:12] in _AVIF_BRANDS and not _compatible(head) & _HEIC_BRANDS:
        return "AVIF"
    raise PictureRefused(_why_not(head))


def _why_not(head: bytes) -> str:
    if (head[4:8] == b"ftyp" and head[8:12] in _VIDEO_BRANDS) or head.startswith(b"\x1aE\xdf\xa3"):
        return "video"
    if head[4:8] == b"ftyp" and ({head[8:12]} | _compatible(head)) & _HEIC_BRANDS:
        return "heic"
    start = head[:ENOUGH].removeprefix(_BOM).lstrip().lower()
    if not start.startswith(b"<"):
        return "not-a-picture"
    if b"<svg" in start:
        return "vector"
    return "web-page" if any(mark in start for mark in _PAGE_MARKS) else "not-a-picture"


def _compatible(head: bytes) -> frozenset[bytes]:
    """Return the brands that the first box of an ISO file names as compatible."""
    end = min(int.from_bytes(head[:4], "big"), len(head), 128)
    return frozenset(head[place : place + 4] for place in range(16, end, 4))
