"""What a search asks for, as a tree: words, phrases, OR, NOT and ``site:``.

Operators as in Bing: a quoted phrase, ``OR`` or ``|`` between two terms, ``NOT`` or a leading ``-``, ``site:host``,
and a leading ``+`` that keeps a word as it is spelt. Anything that makes no sense as an operator is read as words; no
query is a syntax error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from .lemmas import bases_if_ready
from .tokens import is_kana, is_unspaced, runs, split_digits, tokens

MAX_TERMS = 24
_EDGES = ".,;:!?()[]{}<>\u2026\u3001\u3002\uff01\uff1f"
_PIECE = re.compile(r'(?P<sign>[-+]?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"|]+))|(?P<bar>\|)')


@dataclass(frozen=True, slots=True)
class Term:
    """One or more words that stand next to each other; ``exact`` takes them only as they are spelt.

    ``named`` is True for a name from the vocabulary: it is a base form itself, so texts have it beside their own forms.
    ``written`` is the term as it was typed, where that is known: base forms depend on accents and capitals.
    """

    words: tuple[str, ...]
    exact: bool = False
    named: bool = False
    written: str = field(default="", compare=False)

    def forms(self) -> tuple[tuple[str, ...], ...]:
        """What stands for the term where pictures are described, itself first: base forms, parts, runs.

        Not for the event loop: a language's dictionary is read when a word first needs it.
        """
        words = list(self.words)
        if self.exact or not words:
            return (self.words,)
        if len(words) == 1 and words[0].isascii() and words[0].isalpha():  # most words: nothing else applies
            own = (self.words,)
            return own if self.named else (*own, *((base,) for base in bases_if_ready(self.written or words[0])))
        if all(map(is_unspaced, words)):
            found = runs(self.written or "".join(words))
            whole = [(run,) for run in found if len(found) == 1]
            # A name is meant as a word of its own: the cat and not the panda, the cicada and not the kingfisher, whose
            # names hold its own; only names of several kanji stand in longer words as parts of their meaning.
            apart = self.named and whole and (len(words) == 1 or is_kana("".join(words)))
            return tuple(whole) if apart else (self.words, *whole)
        if len(words) > 1 or self.named:
            return (self.words,)
        written = self.written or words[0]
        parts = split_digits(words[0])
        return (self.words, *((base,) for base in bases_if_ready(written)), *((parts,) if parts else ()))


@dataclass(frozen=True, slots=True)
class TextQuery:
    """A parsed query.

    Attributes:
        all_of: groups that must all match, unless ``least`` says otherwise; a group matches if one of its terms does.
        none_of: terms of which none may match.
        sites: hosts of which one must be the picture's (or a parent domain of it).
        not_sites: hosts that must not be.
        least: how many groups must match, 0 for all.
        one_of: places of groups of which at least one must match, where not all must.
    """

    all_of: tuple[tuple[Term, ...], ...] = ()
    none_of: tuple[Term, ...] = ()
    sites: tuple[str, ...] = ()
    not_sites: tuple[str, ...] = ()
    least: int = 0
    one_of: tuple[int, ...] = ()

    def choices(self) -> Iterator[tuple[tuple[Term, ...], ...]]:
        """Sets of groups of which one must match as a whole."""
        least = self.least or len(self.all_of)
        for places in combinations(range(len(self.all_of)), min(least, len(self.all_of))):
            if not self.one_of or set(places) & set(self.one_of):
                yield tuple(self.all_of[place] for place in places)

    @property
    def words(self) -> tuple[str, ...]:
        """All words that may be found, each once."""
        return tuple(dict.fromkeys(word for group in self.all_of for term in group for word in term.words))

    @property
    def spelling_fixed(self) -> bool:
        """True if the person asked for the words exactly as written."""
        return any(term.exact for group in self.all_of for term in group)


@dataclass
class _Reader:
    all_of: list[list[Term]] = field(default_factory=list[list[Term]])
    none_of: list[Term] = field(default_factory=list[Term])
    sites: list[str] = field(default_factory=list[str])
    not_sites: list[str] = field(default_factory=list[str])
    either: bool = False
    negative: bool = False

    def take(self, text: str, *, sign: str, phrase: bool) -> None:
        """Add one piece that is no operator."""
        words = tokens(text)
        if not words:
            return
        term = Term(tuple(words), exact=sign == "+" or phrase, written=text)
        if sign == "-" or self.negative:
            self.none_of.append(term)
        elif self.either and self.all_of:
            self.all_of[-1].append(term)
        else:
            self.all_of.append([term])
        self.either = self.negative = False


def parse_query(text: str) -> TextQuery:
    """Read a query; at most `MAX_TERMS` pieces count."""
    reader = _Reader()
    for index, piece in enumerate(_PIECE.finditer(text)):
        if index >= 2 * MAX_TERMS:
            break
        _read(reader, piece)
    return TextQuery(
        all_of=tuple(tuple(group) for group in reader.all_of[:MAX_TERMS]),
        none_of=tuple(reader.none_of[:MAX_TERMS]),
        sites=tuple(reader.sites[:MAX_TERMS]),
        not_sites=tuple(reader.not_sites[:MAX_TERMS]),
    )


def _read(reader: _Reader, piece: re.Match[str]) -> None:
    sign, word = piece["sign"] or "", piece["word"]
    if piece["bar"] or (word == "OR" and not sign):
        reader.either = True
    elif word == "NOT" and not sign:
        reader.negative = True
    elif word and word.lower().startswith("site:"):
        host = word[5:].lower().removeprefix("www.").strip("./*")
        if host:
            (reader.not_sites if sign == "-" or reader.negative else reader.sites).append(host.split("/")[0])
        reader.negative = reader.either = False
    elif piece["phrase"] is not None:
        reader.take(piece["phrase"], sign=sign, phrase=True)
    elif word:
        reader.take(word.strip(_EDGES), sign=sign, phrase=False)
