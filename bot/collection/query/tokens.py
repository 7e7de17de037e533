"""Words of titles, tags and queries, cut the same way for every store.

Text is folded (case, accents, width) and cut at everything that is neither letter nor digit. Chinese, Japanese and
Korean writing has no blanks, so each of its characters is a word and a run of them becomes a phrase when searched.
"""

from __future__ import annotations

import re
import unicodedata

MAX_TOKENS = 400
"""Words kept of one text; the rest is not searched."""

_WORD = re.compile(r"[^\W_]+")
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")


def fold(text: str) -> str:
    """Fold case, width and accents away."""
    if text.isascii():
        return text.lower()
    spread = unicodedata.normalize("NFKD", text.casefold()).casefold()  # superscript capitals show only now
    spread = unicodedata.normalize("NFKD", spread)
    return unicodedata.normalize("NFC", "".join(c for c in spread if not unicodedata.combining(c)))


def tokens(text: str) -> list[str]:
    """Cut a text into folded words, at most `MAX_TOKENS`."""
    words = _WORD.findall(fold(text))[:MAX_TOKENS]
    if not text.isascii():
        words = [part for word in words for part in _parts(word)][:MAX_TOKENS]
    return [word[:60] for word in words]


def _parts(word: str) -> list[str]:
    return _IDEOGRAPH.sub(r" \g<0> ", word).split() if _IDEOGRAPH.search(word) else [word]


def normal(text: str) -> str:
    """A query or tag in the form in which it is counted and compared: folded words with single blanks."""
    return " ".join(tokens(text))
