"""Blocked words in text: whole words, however they are disguised.

Folded away: case, accents, look-alike letters of other scripts, invisible characters, letters in circles and squares,
digits and signs for letters (``p0rn``, ``a$$``), stars for vowels, stretched letters, and signs or blanks between the
letters. A word inside a longer word is left alone. Digits may stand for at most half of the letters, or else the phone
A55 would be a rude word. Scripts without blanks between words (Chinese, Japanese, Thai) are searched as they run.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

_LOOK_ALIKES = str.maketrans({
    **dict(zip("авекмнорстухіјѕһԁԛԝӏгѵ", "abekmhopctyxijshdqwlrv", strict=True)),
    **dict(zip("αβεικνορτυχγ", "abeikvoptuxy", strict=True)),
    **dict(zip("ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdeghijklmnoprstuvwyz", strict=True)),
    **dict(zip("ıłøđħŧɑɡɩոօսհ", "ilodhtagınouh".replace("ı", "i"), strict=True)),  # noqa: RUF001 (bars, dotless, Armenian)
    "ß": "ss", "æ": "ae", "œ": "oe", "×": "x",  # noqa: RUF001 (the sign is meant)
    **{chr(start + index): chr(97 + index) for start in (0x1F150, 0x1F170, 0x1F1E6) for index in range(26)},
})  # fmt: skip
_SIGNS = {
    "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g",
    "@": "a", "$": "s", "€": "e", "!": "i", "|": "i", "+": "t", "¢": "c", "£": "l",
}  # fmt: skip
_TO_I = str.maketrans(_SIGNS)
_TO_L = str.maketrans({**_SIGNS, "1": "l", "!": "l", "|": "l"})
_TOKEN = re.compile(r"(?:[^\W_]|[@$€!|+¢£*])+")
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_PIECE = re.compile(r"[^\W_]+")
_SIGNED_PIECE = re.compile(r"(?:[^\W_]|[@$€])+")
_SIGN = re.compile(r"[@$€]")
_EDGES = ".,;:?()[]{}<>\"'/\\&#%~-\u2013\u2014_`^="
"""Signs round a word that stand for no letter."""
_UNSEEN = frozenset({"Mn", "Me", "Cf", "Cc"})
"""Unicode categories of accents and of what is not visible; tabs and line ends, which are in Cc, part words."""
_ASCII_GAPS = str.maketrans({chr(sign): " " for sign in range(128) if not chr(sign).isalnum()})
_ASCII_SIGNED_GAPS = {gap: " " for gap in _ASCII_GAPS if chr(gap) not in "@$"}
_ASCII_DIGITS_TOO = _ASCII_GAPS | dict.fromkeys(map(ord, "0123456789"), " ")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}t[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]+z")
"""A date as v7 writes it, of which every picture has two."""
_LETTERS_OF_MOMENT = ("t", "z")
"""What could be words in it: in everything else of it digits are more than half."""
_STRETCHED = re.compile(r"(.)\1{2,}")
_NO_BLANKS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_SINGLE = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
"""What may be a letter of a word that is spelled out."""
_FEWEST_SPELLED = 3
"""Single letters in a row that may spell a word; two are initials."""
_MOST_PIECES = 24
"""Pieces of one chunk that are joined in every way; longer chunks are cut there."""


def fold_word(text: str) -> str:
    """Return the text in small plain letters: no accents, no look-alikes, nothing invisible."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold().translate(_LOOK_ALIKES))
    plain = "".join(letter for letter in parts if letter.isspace() or unicodedata.category(letter) not in _UNSEEN)
    return unicodedata.normalize("NFKC", plain).casefold().translate(_LOOK_ALIKES)


def _pieces(folded: str) -> list[str]:
    """Return the runs of letters and digits in a text: what `_PIECE` finds, four times as fast where all is ASCII."""
    return folded.translate(_ASCII_GAPS).split() if folded.isascii() else _PIECE.findall(folded)


def _signed_pieces(folded: str) -> list[str]:
    """Return the same with the signs that stand for letters: what `_SIGNED_PIECE` finds."""
    return folded.translate(_ASCII_SIGNED_GAPS).split() if folded.isascii() else _SIGNED_PIECE.findall(folded)


def _letters(folded: str) -> list[str]:
    """Return the runs of letters in a text, likewise."""
    return folded.translate(_ASCII_DIGITS_TOO).split() if folded.isascii() else _LETTERS.findall(folded)


def _by_first(phrases: Iterable[list[str]]) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for phrase in phrases:
        found.setdefault(phrase[0], []).append(phrase)
    return found


class WordList:
    """Words and phrases, prepared for searching."""

    def __init__(self, words: Iterable[str]) -> None:
        folded = {" ".join(_PIECE.findall(fold_word(word))) or fold_word(word).strip() for word in words}
        folded.discard("")
        self._running = tuple(word for word in folded if _NO_BLANKS.search(word))
        self._words = frozenset(word for word in folded if " " not in word) - frozenset(self._running)
        self._phrases = _by_first(word.split(" ") for word in folded if " " in word and word not in self._running)
        self._beside = _SINGLE.union(self._phrases)
        self._longest = max((len(word) for word in self._words), default=0)

    def __bool__(self) -> bool:
        return bool(self._words or self._phrases or self._running)

    def found_in(self, text: str) -> bool:
        """True if the text has one of the words, disguised or not.

        Chunks that are nothing but a word or a number, as nearly all are, are looked up at once.
        """
        if not self or not text:
            return False
        folded = fold_word(text)
        chunks = set(folded.split())
        plain = list(filter(str.isalpha, chunks))
        numbers: list[str] = []
        moments: list[str] = []
        dressed: list[str] = []
        for chunk in chunks.difference(plain):
            bare = chunk.strip(_EDGES)
            if bare.isalpha():
                plain.append(bare)
            elif bare.isdecimal():
                numbers.append(bare)
            elif _MOMENT.fullmatch(bare):
                moments.append(bare)
            elif bare:
                dressed.append(bare)
        alone = not dressed and folded.isascii() and self._each_alone(plain, numbers, moments)
        if moments:
            plain.extend(_LETTERS_OF_MOMENT)
        if (
            not self._words.isdisjoint(plain)
            or not self._words.isdisjoint(numbers)
            or (_STRETCHED.search("\n".join(plain)) is not None and any(map(self._stretched, plain)))
        ):
            return True
        if alone:
            return False
        pieces = _pieces(folded)
        signed = _signed_pieces(folded) if _SIGN.search(folded) else pieces
        return (
            any(self._is_word(token) for chunk in dressed for token in self._candidates(chunk))
            or any(self._is_word(token) for token in self._spelled_out(signed))
            or self._has_running(folded)
            or self._has_phrase(folded, pieces)
        )

    def _each_alone(self, plain: list[str], numbers: list[str], moments: list[str]) -> bool:
        """True if a text of these has no phrase and nothing spelled out: none begins one, and no letter is single."""
        begins = self._phrases.keys()
        if not (self._beside.isdisjoint(plain) and self._beside.isdisjoint(numbers)):
            return False
        return not moments or (begins.isdisjoint(_LETTERS_OF_MOMENT) and begins.isdisjoint(_pieces("\n".join(moments))))

    def found_in_link(self, link: str) -> bool:
        """True if an address has one of the words undisguised; signs and digits stand for no letters there."""
        if not self or not link:
            return False
        folded = fold_word(link)
        pieces = _pieces(folded)
        return self._has_running(folded) or not self._words.isdisjoint(pieces) or self._has_phrase(folded, pieces)

    def _has_running(self, folded: str) -> bool:
        return not folded.isascii() and any(word in folded for word in self._running)

    def _has_phrase(self, folded: str, pieces: list[str]) -> bool:
        if not self._phrases:
            return False
        return self._run_of(pieces) or (_DIGIT.search(folded) is not None and self._run_of(_letters(folded)))

    def _run_of(self, pieces: list[str]) -> bool:
        """True if neighbouring pieces are one of the phrases."""
        if self._phrases.keys().isdisjoint(pieces):
            return False
        return any(
            pieces[start : start + len(phrase)] == phrase
            for start, piece in enumerate(pieces)
            for phrase in self._phrases.get(piece, ())
        )

    def _candidates(self, chunk: str) -> Iterator[str]:
        """Yield every part of a chunk that may be one of the words, as written."""
        yield from _LETTERS.findall(chunk)
        yield from _TOKEN.findall(chunk)
        parts = _SIGNED_PIECE.findall(chunk)
        if len(parts) > 1:
            yield from self._joined(parts[:_MOST_PIECES])

    def _joined(self, pieces: list[str]) -> Iterator[str]:
        """Join neighbouring pieces of a chunk (``po.rn``), in every way that is not longer than the longest word."""
        for start in range(len(pieces)):
            joined = pieces[start]
            for piece in pieces[start + 1 :]:
                joined += piece
                if len(joined) > self._longest * 2:
                    break
                yield joined

    def _spelled_out(self, pieces: list[str]) -> Iterator[str]:
        """Yield every substring of joined runs of single letters (``p o r n``)."""
        single = bytes(map((1).__eq__, map(len, pieces))) + b"\0"
        end = 0
        while (begin := single.find(b"\1" * _FEWEST_SPELLED, end)) >= 0:
            end = single.index(b"\0", begin)
            run = "".join(pieces[begin:end])
            for first in range(len(run)):
                for last in range(first + _FEWEST_SPELLED, min(len(run), first + self._longest) + 1):
                    yield run[first:last]

    def _is_word(self, token: str) -> bool:
        if token in self._words:
            return True
        if "*" in token:
            return self._starred(token)
        if token.isalpha():
            return self._stretched(token)
        if 2 * sum(letter.isdigit() for letter in token) > len(token):
            return False
        trimmed = token.rstrip("!|+")
        return any(
            plain in self._words or self._stretched(plain)
            for shape in {token, trimmed}
            for plain in (shape.translate(_TO_I), shape.translate(_TO_L))
        )

    def _stretched(self, token: str) -> bool:
        if not _STRETCHED.search(token):
            return False
        return _STRETCHED.sub(r"\1", token) in self._words or _STRETCHED.sub(r"\1\1", token) in self._words

    def _starred(self, token: str) -> bool:
        letters = sum(letter.isalpha() for letter in token)
        if letters < 2 or letters < token.count("*"):  # noqa: PLR2004 (a star among too few letters says nothing)
            return False
        pattern = re.compile("".join("." if letter == "*" else re.escape(letter) for letter in token.translate(_TO_I)))
        return any(pattern.fullmatch(word) for word in self._words)
