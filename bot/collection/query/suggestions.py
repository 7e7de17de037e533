"""What else may be searched: spelling, related searches, expansions, pivots and similar terms.

All from the collection itself: its words, and the tags that occur together with what was found.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.bing_v7 import Pivot, Query, Thumbnail
from bot.bing_v7.provider import local_address
from bot.collection.model import Indexed
from bot.collection.store import TagCount
from bot.collection.text.lemmas import is_word
from bot.collection.text.tokens import normal, tokens

from .meaning import broader
from .stopwords import ALWAYS

_MOST = 12
_SHORT = 3
_PLAIN = 60
"""Letters up to which a word is none but itself."""
_KEPT = 4096
_ALIKE = 0.86
_NEARLY_ALL = 0.75


class Suggestions(NamedTuple):
    """Searches to offer."""

    related: tuple[Query, ...] = ()
    expansions: tuple[Query, ...] = ()
    pivots: tuple[Pivot, ...] = ()
    similar: tuple[Query, ...] = ()


def nearest(words: Sequence[str], vocabulary: Mapping[str, int]) -> list[str]:
    """Searches that may find something where a query's words did not, the nearest first.

    What they are kinds of, and words of the collection that are spelt alike, for words that nobody knows.
    """
    from rapidfuzz import process  # noqa: PLC0415 (a library that only misspelt words need)
    from rapidfuzz.distance import JaroWinkler  # noqa: PLC0415 (as above)

    offers: dict[str, None] = {}
    for word in words:
        offers.update(dict.fromkeys(sorted(broader((word,)))))
    for word in words:
        if word not in vocabulary and len(word) > _SHORT and not is_word(word):
            alike = process.extract(
                word, vocabulary.keys(), scorer=JaroWinkler.similarity, score_cutoff=_ALIKE, limit=4
            )
            offers.update(dict.fromkeys(found for found, _, _ in alike if found not in ALWAYS))
    return list(offers)[: 2 * _MOST]


def offered_query(text: str) -> Query:
    """A search to offer that shows no picture."""
    return Query(text=text, display_text=text)


def suggest(
    text: str,
    words: Sequence[str],
    tags: Sequence[TagCount],
    shown: Sequence[Indexed],
    *,
    total: int,
    found: int,
    swaps: Mapping[str, Sequence[str]] | None = None,
    asked: Sequence[str] = (),
) -> Suggestions:
    """Make searches to offer.

    Args:
        text: the query as typed.
        words: its folded words.
        tags: tags of what was found.
        shown: pictures of the first page; suggestions borrow their thumbnails.
        total: pictures in the collection.
        found: pictures that `tags` were counted over.
        swaps: for each word of the query, tags of what the rest of the query finds.
        asked: queries that people made, most frequent first.
    """
    if not found:
        return Suggestions()
    faces = _faces(shown)
    wider = {kind for word in words for kind in broader((word,))}
    asked_for = frozenset(words)
    new = [tag for tag in tags if _is_new(tag.tag, asked_for)]
    narrower = [tag for tag in new if tag.tag not in wider and _narrows(tag, found)][:_MOST]
    taken = {tag.tag for tag in narrower}
    related = _once([*asked, *(tag.tag for tag in new if tag.here > 1 or found < 5)], words, taken)
    taken |= set(related)
    lifted = sorted(
        (tag for tag in new if tag.tag not in taken and tag.here > 1), key=lambda t: -_lift(t, total, found)
    )
    return Suggestions(
        related=tuple(_query(q, q, faces) for q in related),
        expansions=tuple(_query(f"{text} {tag.tag}", tag.tag, faces) for tag in narrower),
        pivots=tuple(
            _pivot(text, word, [tag for tag in others if _words(tag).isdisjoint(words)], faces)
            for word, others in (swaps or {}).items()
        ),
        similar=tuple(_query(tag.tag, tag.tag, faces, details=True) for tag in lifted[:_MOST]),
    )


@lru_cache(maxsize=_KEPT)
def _words(text: str) -> frozenset[str]:
    return frozenset(tokens(text))


def _is_new(tag: str, words: frozenset[str]) -> bool:
    """Whether a tag holds none of the query's words, and is no function word."""
    if len(tag) <= _PLAIN and tag.isascii() and tag.isalpha() and tag.islower():  # one word as it is, as most are
        return tag not in words and tag not in ALWAYS
    own = _words(tag)
    return own.isdisjoint(words) and not own <= ALWAYS


def _narrows(tag: TagCount, found: int) -> bool:
    """Whether a tag leaves pictures out: one that nearly all have is what they are, not a narrower thing."""
    return tag.here <= _NEARLY_ALL * found


def _lift(tag: TagCount, total: int, found: int) -> float:
    """How much more often a tag occurs here than overall, damped for rare ones."""
    expected = tag.overall * found / max(1, total)
    return math.log((tag.here + 0.5) / (expected + 0.5)) * math.log(1 + tag.here)


def _once(texts: Sequence[str], words: Sequence[str], taken: Collection[str]) -> list[str]:
    own = " ".join(words)
    unique = {normal(text): text for text in reversed(texts) if normal(text) not in {"", own} and text not in taken}
    return list(reversed(unique.values()))[:_MOST]


def _pivot(text: str, word: str, others: Sequence[str], faces: Mapping[str, str]) -> Pivot:
    kept = [part for part in text.split() if normal(part) != word]
    queries = (_query(" ".join([*kept, other]), other, faces) for other in others[:_MOST])
    return Pivot(pivot=word, suggestions=tuple(queries))


def _faces(shown: Sequence[Indexed]) -> dict[str, str]:
    """A picture for each tag."""
    return {tag: picture.image_id for picture in reversed(shown) for tag in picture.tags}


def _query(text: str, display: str, faces: Mapping[str, str], *, details: bool = False) -> Query:
    return _made(text, display, faces.get(display), details)


@lru_cache(maxsize=_KEPT)
def _made(text: str, display: str, face: str | None, details: bool) -> Query:
    if face is None:
        return _WITHOUT_FACE.with_(text=text, display_text=display)
    return _WITH_FACE.with_(text=text, display_text=display, thumbnail=_thumbnail(face, details))


@lru_cache(maxsize=_KEPT)
def _thumbnail(face: str, details: bool) -> Thumbnail:
    address = local_address("thumbnail", face)
    return Thumbnail(url=address) if details else Thumbnail(thumbnail_url=address)


_WITHOUT_FACE = Query(text="", display_text="")
_WITH_FACE = Query(text="", display_text="", thumbnail=Thumbnail())
"""Copies of these take a third of the time of checking texts of our own; some thirty stand in an answer."""
