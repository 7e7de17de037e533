"""Words of titles, tags and queries, cut the same way for every store.

Text is folded (case, accents, width, kana) and cut at everything that is neither letter nor digit. Chinese, Japanese
and Korean writing has no blanks, so each of its characters is a word and a run of them becomes a phrase when searched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

MAX_TOKENS = 400
"""Words kept of one text; the rest is not searched."""
MARK = "\u01c0"
"""Begins tokens that stand for something else than a word: a letter, so that every store keeps it, and a rare one."""

_WORD = re.compile(r"[^\W_]+")
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_RUN = re.compile(
    "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+|[\u3041-\u309f]+|[\u30a1-\u30ff]+|[\uac00-\ud7af]+"
)
"""Characters of one script in a row: what is nearest to a word where no blanks are written."""
_MIXED = re.compile(r"([^\W\d_]{2,})(\d+)|(\d+)([^\W\d_]{2,})")
_INVISIBLE = (0xAD, *range(0x200C, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
_UNSEEN: dict[int, str | None] = dict.fromkeys(_INVISIBLE) | {0x200B: " "}
"""What nobody sees in a text: soft hyphens, joiners and marks of direction; a zero-width space parts words."""
_KANA = {code: code - 0x60 for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
_VOICED = "\u3099\u309a"
_COMMON_SIGNS = frozenset(".,;:-_'\"()[]/&\u2013\u2014\u2018\u2019\u201c\u201d\u3001\u3002\ufe0f")


def fold_text(text: str) -> str:
    """Fold case, width and accents away, and katakana into hiragana; what nobody sees is taken out."""
    if text.isascii():
        return text.lower()
    seen = text.translate(_UNSEEN)
    spread = unicodedata.normalize("NFKD", seen.casefold()).casefold()  # superscript capitals show only now
    spread = unicodedata.normalize("NFKD", spread)
    plain = "".join(c for c in spread if c in _VOICED or not unicodedata.combining(c))
    return unicodedata.normalize("NFC", plain).translate(_KANA).translate(_UNSEEN)


def tokens(text: str) -> list[str]:
    """Cut a text into folded words, at most `MAX_TOKENS`."""
    words = _WORD.findall(fold_text(text))[:MAX_TOKENS]
    if not text.isascii():
        words = [part for word in words for part in _parts(word)][:MAX_TOKENS]
    return [word[:60] for word in words]


def _parts(word: str) -> list[str]:
    return _IDEOGRAPH.sub(r" \g<0> ", word).split() if _IDEOGRAPH.search(word) else [word]


def normal(text: str) -> str:
    """A query or tag in the form in which it is counted and compared: folded words with single blanks."""
    return " ".join(tokens(text))


def written_words(text: str) -> list[str]:
    """The words of a text as they are written, cut but not folded, at most `MAX_TOKENS`."""
    return _WORD.findall(unicodedata.normalize("NFC", text.translate(_UNSEEN)))[:MAX_TOKENS]


def is_unspaced(word: str) -> bool:
    """Whether a word is of a writing without blanks, all of it."""
    return bool(word) and all(_IDEOGRAPH.match(c) for c in word)


def is_kana(word: str) -> bool:
    """Whether a word is written in kana alone."""
    return bool(word) and all("\u3040" <= c <= "\u30ff" for c in word)


def runs(text: str) -> list[str]:
    """Tokens for the runs of one script in a text without blanks, beside those of their single characters."""
    if text.isascii():
        return []
    return [MARK + fold_text(run)[:60] for run in _RUN.findall(unicodedata.normalize("NFKC", text))]


def signs(text: str) -> list[str]:
    """Tokens for the signs of a text that are no words, such as emoji; not for common punctuation."""
    found = dict.fromkeys(
        c
        for c in unicodedata.normalize("NFC", text.translate(_UNSEEN))
        if not (c.isalnum() or c.isspace() or c in _COMMON_SIGNS or unicodedata.combining(c))
    )
    return [f"{MARK}u{ord(c):x}" for c in found][:20]


def as_author(words: Sequence[str]) -> tuple[str, ...]:
    """Tokens for folded words of an author's name: it is found when it is typed, and no Robin is taken for a bird."""
    return tuple(f"{MARK}by{word}" for word in words)


def split_digits(word: str) -> tuple[str, str] | None:
    """The two parts of a word such as ``boeing747`` or ``50mm``."""
    found = _MIXED.fullmatch(word)
    return (found[1] or found[3], found[2] or found[4]) if found else None
