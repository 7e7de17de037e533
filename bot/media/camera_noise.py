"""Texts that cameras, scanners and programs write into titles, captions and credits."""

import re

_EXACT = frozenset({
    "ascii", "author", "artist", "binary", "camera", "caption", "comment", "comments", "copyright", "cof", "dav",
    "dcim", "default", "description", "digital camera", "digital still camera", "digital stillcamera", "edf", "exif",
    "fptcm",
    "gedc", "hdr", "hdrpl", "image", "image description", "imagetitle", "image title", "jpeg", "mde", "mfnr", "n/a",
    "none", "nor", "null", "ozno", "oznor", "oznorco", "oznorwo", "photo", "picasa", "picture", "qrf", "rbt", "rhdr",
    "rpt", "sdr", "screenshot", "smart", "test", "title", "undefined", "unknown", "untitled", "user", "user comments",
    "your name", "unicode", "exif_jpeg_picture", "exif_jpeg_422", "exif_jpeg_t420", "samsung camera pictures",
    "my picture", "owner", "owner name", "camera owner",
})  # fmt: skip
_BRANDS = r"olympus|sony|nikon|canon|kodak|minolta|konica|pentax|panasonic|fuji\w*|casio|samsung|ricoh|epson|hp|leica"
_BRAND_WORDS = (
    r"optical|corporation|corp\.?|co\.?,?|ltd\.?|company|imaging|dsc|digital|camera|eos|coolpix|powershot|lumix|finepix|"
    r"cyber-?shot|minolta|photosmart|techwin"
)
_NUMBERED = "img|image|dsc|dscn|dscf|pict?|p|photo|screenshot|pxl|mvimg|wp|scan|untitled|cimg|imgp|sam|gopr"
_PROGRAM = "created|edited|processed|optimi[sz]ed|converted|generated|compressed|scanned|saved"
_ENDING = "jpe?g|png|tiff?|gif|heic|bmp|webp|dng|cr2|nef|psd|ai|xcf"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"[\W\d_]*",  # no letter at all
        r".*\b(digital|still|video) ?(still ?)?camera\b.{0,20}",
        rf"({_BRANDS})([ _-]+({_BRAND_WORDS}))*([ _-]+[\w-]*\d[\w-]*)?",
        r"dcf ?\d(\.\d)?",
        r"(?:[a-z]:)?[\\/]?dcim[\\/].*",
        r"[a-z]:\\.*",  # a path on somebody's disc
        r"/(?:storage|sdcard|mnt|data|users|home|var|private)/.*",
        rf"({_PROGRAM}) (with|using) .*",
        r"(processed|optimi[sz]ed|converted|compressed) by .*",
        r"file (source|written by) .*",
        r"creator: ?gd-jpeg.*",
        r"lead technologies.*",
        r"intel\(r\) jpeg library.*",
        r"(adobe )?photoshop\b.{0,30}",
        r"applemark",
        r"xmp:.*",
        rf"({_NUMBERED})[\s_\-]*\d[\d\s_\-.~]*\w{{0,4}}",
        rf"[\w\-]+\.({_ENDING})",
        r"<.*>",
    )
)
_CREDITS = re.compile(r"\W*(©|\(c\)|copyright|rights)?[\W\d_]*", re.IGNORECASE)
_FREE = frozenset({"licence_url", "page", "published"})
"""Addresses and dates are judged where they are read."""


def is_noise(name: str, text: str) -> bool:
    """Return whether a text was written by a program, not a person.

    Args:
        name: which word it is: title, description, author, licence, licence_url, page, published.
        text: the text, cleaned.
    """
    if name in _FREE:
        return False
    plain = text.strip(" .:;,-_*\"'")
    if plain.casefold() in _EXACT or any(pattern.fullmatch(plain) for pattern in _PATTERNS):
        return True
    return name in {"author", "licence"} and _CREDITS.fullmatch(text) is not None
