"""What else may be searched: spelling, related searches, expansions, pivots and similar terms.

All from the collection itself: its words, and the tags that occur together with what was found.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.bing_v7 import Pivot, Query, Thumbnail
from bot.bing_v7.provider import local_address
from bot.collection.model import Indexed
from bot.collection.store import TagCount

from .tokens import normal, tokens

MOST = 12
_SHORT = 3
_TIMES = 10


class Suggestions(NamedTuple):
    """Searches to offer."""

    related: tuple[Query, ...] = ()
    expansions: tuple[Query, ...] = ()
    pivots: tuple[Pivot, ...] = ()
    similar: tuple[Query, ...] = ()


def better_spelling(word: str, vocabulary: Mapping[str, int]) -> str | None:
    """The word of the collection that a misspelt one probably means, None if there is none.

    One slip is allowed in words of up to five letters, two in longer ones; a known word is changed only for one that
    is at least ten times as frequent.
    """
    if len(word) <= _SHORT or not word.isalpha():
        return None
    from rapidfuzz import process  # noqa: PLC0415 (a library that only misspelt words need)
    from rapidfuzz.distance import OSA  # noqa: PLC0415 (as above)

    slips = 1 if len(word) <= 5 else 2
    least = _TIMES * vocabulary.get(word, 0)
    near = process.extract(word, vocabulary.keys(), scorer=OSA.distance, score_cutoff=slips, limit=20)
    good = [(slip, -vocabulary[other], other) for other, slip, _ in near if other != word]
    good = [entry for entry in good if -entry[1] >= max(1, least)]
    return min(good)[2] if good else None


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
        found: pictures that were found (at most those that `tags` were counted over).
        swaps: for each word of the query, tags of what the rest of the query finds.
        asked: queries that people made, most frequent first.
    """
    if not found:
        return Suggestions()
    faces = _faces(shown)
    new = [tag for tag in tags if not set(tokens(tag.tag)) & set(words)]
    related = [*asked, *(tag.tag for tag in new if tag.here > 1 or found < 5)]
    narrower = [tag for tag in new if tag.here < found]
    lifted = sorted(new, key=lambda tag: -_lift(tag, total, found))
    return Suggestions(
        related=tuple(_query(q, q, faces) for q in _once(related, words)),
        expansions=tuple(_query(f"{text} {tag.tag}", tag.tag, faces) for tag in narrower[:MOST]),
        pivots=tuple(_pivot(text, word, others, faces) for word, others in (swaps or {}).items()),
        similar=tuple(_query(tag.tag, tag.tag, faces, details=True) for tag in lifted[:MOST] if tag.here > 1),
    )


def _lift(tag: TagCount, total: int, found: int) -> float:
    """How much more often a tag occurs here than overall, damped for rare ones."""
    expected = tag.overall * found / max(1, total)
    return math.log((tag.here + 0.5) / (expected + 0.5)) * math.log(1 + tag.here)


def _once(texts: Sequence[str], words: Sequence[str]) -> list[str]:
    own = " ".join(words)
    unique = dict.fromkeys(text for text in texts if normal(text) not in {"", own})
    return list(unique)[:MOST]


def _pivot(text: str, word: str, others: Sequence[str], faces: Mapping[str, str]) -> Pivot:
    kept = [part for part in text.split() if normal(part) != word]
    queries = (_query(" ".join([*kept, other]), other, faces) for other in others[:MOST])
    return Pivot(pivot=word, suggestions=tuple(queries))


def _faces(shown: Sequence[Indexed]) -> dict[str, str]:
    """A picture for each tag."""
    return {tag: picture.image_id for picture in reversed(shown) for tag in picture.tags}


def _query(text: str, display: str, faces: Mapping[str, str], *, details: bool = False) -> Query:
    face = faces.get(display)
    if face is None:
        return Query(text=text, display_text=display)
    address = local_address("thumbnail", face)
    return Query(
        text=text,
        display_text=display,
        thumbnail=Thumbnail(url=address) if details else Thumbnail(thumbnail_url=address),
    )
