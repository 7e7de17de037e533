"""Licence codes and names as v7's word, as a name for people, and against v7's ``license`` filter."""

import re

from bot.bing_v7 import CreativeCommons

_WORDS = {
    "cc0": CreativeCommons.PUBLIC,
    "pdm": CreativeCommons.PUBLIC,
    "pd": CreativeCommons.PUBLIC,
    "by": CreativeCommons.BY,
    "by-sa": CreativeCommons.BY_SA,
    "by-nd": CreativeCommons.BY_ND,
    "by-nc": CreativeCommons.BY_NC,
    "by-nc-sa": CreativeCommons.BY_NC_SA,
    "by-nc-nd": CreativeCommons.BY_NC_ND,
}
_CODE = re.compile(
    r"(?:cc[\s-]*)?(?P<kind>cc0|pdm|pd|by(?:-nc)?(?:-sa|-nd)?)(?:[\s-]+(?P<version>\d(?:\.\d)?)(?:[\s,-].*)?)?",
    re.IGNORECASE,
)
_PUBLIC = re.compile(r"public domain|no restrictions", re.IGNORECASE)


def word(code: str | None) -> str | None:
    """Return v7's ``creativeCommons`` word for a code such as ``by-sa``, ``cc-by-sa-4.0`` or ``CC BY-SA 4.0``.

    None for licences that v7 has no word for (GFDL, FAL, sampling+); their name belongs into the attribution.
    """
    cleaned = (code or "").strip()
    found = _CODE.fullmatch(cleaned)
    if found:
        return _WORDS[found["kind"].lower()]
    return CreativeCommons.PUBLIC if _PUBLIC.match(cleaned) else None


def name(code: str | None, version: str | None = None) -> str | None:
    """Return the licence as people write it: "CC BY-SA 4.0", "CC0 1.0", "Public domain"; other names stay."""
    cleaned = (code or "").strip()
    found = _CODE.fullmatch(cleaned)
    if not found:
        return cleaned or None
    kind = found["kind"].lower()
    if kind in {"pdm", "pd"}:
        return "Public domain"
    named = "CC0" if kind == "cc0" else f"CC {kind.upper()}"
    number = version or found["version"]
    return f"{named} {number}" if number else named
