"""Better spellings, only where one is plausible: no word that somebody knows is changed into another one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from bot.collection.text.lemmas import is_word

from .meaning import things_named

_SHORTEST, _SHORT, _MIDDLE = 4, 5, 8


def better_spelling(word: str, vocabulary: Mapping[str, int], others: Iterable[str] = ()) -> str | None:
    """The word that a misspelt one probably means, None if there is none.

    A word that occurs here, that a dictionary knows or that names something is right as it is. One slip is allowed in
    words of up to seven letters, two in longer ones. The first letter is taken to be right, unless letters are swapped;
    and in short words no letter may stand for another.

    Args:
        word: folded.
        vocabulary: words of the collection and how many pictures have each.
        others: further words that may be meant, if nothing of the collection is.
    """
    if len(word) < _SHORTEST or not word.isalpha() or word in vocabulary or is_word(word) or things_named((word,)):
        return None
    return _nearest(word, vocabulary.keys(), lambda other: vocabulary[other]) or _nearest(word, others, lambda _: 1)


def _nearest(word: str, words: Iterable[str], common: Callable[[str], int]) -> str | None:
    from rapidfuzz import process  # noqa: PLC0415 (a library that only misspelt words need)
    from rapidfuzz.distance import OSA  # noqa: PLC0415 (as above)

    slips = 1 if len(word) < _MIDDLE else 2
    near = process.extract(word, list(words), scorer=OSA.distance, score_cutoff=slips, limit=40)
    good = [(slip, -common(other), other) for other, slip, _ in near if other != word and _plausible(word, other)]
    return min(good)[2] if good else None


def _plausible(word: str, other: str) -> bool:
    if sorted(word) == sorted(other):
        return True  # letters swapped
    if word[0] != other[0]:
        return False
    return len(word) > _SHORT or len(word) != len(other)
