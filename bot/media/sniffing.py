"""What a file is by its first bytes; its name and its declared type are only claims."""

from .refusal import Refused

ENOUGH = 1_024
"""Number of first bytes that are enough to tell."""

_MAGIC = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"GIF87a": "GIF",
    b"GIF89a": "GIF",
    b"BM": "BMP",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"II+\0": "TIFF",  # BigTIFF
    b"MM\0+": "TIFF",
    b"\xff\x0a": "JXL",
    b"\0\0\0\x0cJXL \r\n\x87\n": "JXL",
    b"\x1aE\xdf\xa3": "VIDEO",  # Matroska, WebM
    b"\0\0\x01\xba": "VIDEO",  # MPEG
    b"\0\0\x01\xb3": "VIDEO",
    b"FLV\x01": "VIDEO",
    b"OggS": "VIDEO",
    b"0&\xb2u\x8ef\xcf\x11": "VIDEO",  # Windows Media
}
_RIFF = {b"WEBP": "WEBP", b"AVI ": "VIDEO"}
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1"})
_NO_VIDEO_BRANDS = frozenset({b"M4A ", b"M4B ", b"M4P ", b"crx ", b"jp2 ", b"jpx "})
_PAGE_MARKS = (b"<!doctype html", b"<html", b"<head", b"<body")
_BOM = b"\xef\xbb\xbf"


def kind_of(head: bytes) -> str:
    """Return the format that the first bytes announce, in Pillow's words; ``VIDEO`` for any video.

    Raises:
        Refused: ``empty``, ``vector`` (SVG), ``web-page`` (HTML) or ``not-a-picture``.
    """
    if not head:
        raise Refused("empty")
    for magic, name in _MAGIC.items():
        if head.startswith(magic):
            return name
    if head[:4] == b"RIFF" and head[8:12] in _RIFF:
        return _RIFF[head[8:12]]
    if head[4:8] == b"ftyp":
        return _kind_of_iso(head)
    raise Refused(_why_not(head))


def _kind_of_iso(head: bytes) -> str:
    """Tell AVIF, HEIC and videos apart by the brands in the first box of an ISO file."""
    brands = {head[8:12]} | _compatible(head)
    if head[8:12] in _AVIF_BRANDS or (brands & _AVIF_BRANDS and not brands & {b"heic", b"heix", b"hevc", b"hevx"}):
        return "AVIF"
    if brands & _HEIF_BRANDS:
        return "HEIF"
    if head[8:12] in _NO_VIDEO_BRANDS:
        raise Refused("not-a-picture")
    return "VIDEO"


def _why_not(head: bytes) -> str:
    start = head[:ENOUGH].removeprefix(_BOM).lstrip().lower()
    if not start.startswith(b"<"):
        return "not-a-picture"
    if b"<svg" in start:
        return "vector"
    return "web-page" if any(mark in start for mark in _PAGE_MARKS) else "not-a-picture"


def _compatible(head: bytes) -> frozenset[bytes]:
    """Return the brands that the first box of an ISO file names as compatible."""
    end = min(int.from_bytes(head[:4], "big"), len(head), 256)
    return frozenset(head[place : place + 4] for place in range(16, end, 4))
