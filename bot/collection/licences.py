"""What a licence's words mean for v7's licence filter."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.bing_v7.parameters import License
from bot.bing_v7.values import CreativeCommons

_ORDER = (
    License.ANY, License.PUBLIC, License.SHARE, License.SHARE_COMMERCIALLY, License.MODIFY, License.MODIFY_COMMERCIALLY,
)  # fmt: skip
_PUBLIC = re.compile(
    r"\bcc0\b|\bcc.?zero\b|public.?domain|\bpdm?\b|unlicen[cs]e|no known (copyright )?restrictions", re.IGNORECASE
)
_CC = re.compile(r"\bcc[ -]?by\b|creative ?commons|creativecommons\.org/licenses|\battribution\b", re.IGNORECASE)
_NC = re.compile(r"\bnc\b|non.?commercial|by-nc", re.IGNORECASE)
_ND = re.compile(r"\bnd\b|no.?deriv|-nd\b", re.IGNORECASE)
_SA = re.compile(r"\bsa\b|share.?alike|-sa\b", re.IGNORECASE)
_FREE = re.compile(r"\b(mit|bsd|apache|isc|gpl|lgpl|ofl|free art|fal|wtfpl|0bsd|mpl)\b", re.IGNORECASE)


@lru_cache(maxsize=1024)
def creative_commons(licence: str, url: str = "") -> CreativeCommons | None:
    """v7's ``creativeCommons`` word for a licence, None if it is none of them."""
    text = f"{licence} {url}"
    if _PUBLIC.search(text):
        return CreativeCommons.PUBLIC
    if not _CC.search(text):
        return None
    if _NC.search(text):
        if _ND.search(text):
            return CreativeCommons.BY_NC_ND
        return CreativeCommons.BY_NC_SA if _SA.search(text) else CreativeCommons.BY_NC
    if _ND.search(text):
        return CreativeCommons.BY_ND
    return CreativeCommons.BY_SA if _SA.search(text) else CreativeCommons.BY


def licence_bits(licence: str, url: str = "") -> int:
    """Bits of v7's licence filters that a picture passes; 0 if its licence is not known.

    A licence that is known but not understood passes ``Any`` only: nobody is told that they may share it.
    """
    if not licence.strip() and not url.strip():
        return 0
    word = creative_commons(licence, url)
    names = {License.ANY}
    if word is None and _FREE.search(licence):
        names |= set(_ORDER[2:])
    elif word is not None:
        commercial = "NonCommercial" not in word.value
        changes = "NoDerivs" not in word.value
        names.add(License.SHARE)
        names |= {License.SHARE_COMMERCIALLY} if commercial else set()
        names |= {License.MODIFY} if changes else set()
        names |= {License.MODIFY_COMMERCIALLY} if commercial and changes else set()
        names |= {License.PUBLIC} if word is CreativeCommons.PUBLIC else set()
    return sum(1 << _ORDER.index(name) for name in names)


def allowed_bits(wanted: License | None) -> int:
    """Bit that a picture must have for a filter, 0 if the filter narrows nothing."""
    return 0 if wanted in {None, License.ALL} else 1 << _ORDER.index(License(wanted))
