"""Does a search name a person? A guess that prefers yes: such searches are never shown to others.

A search is taken for a name if it holds an address, a mention, a number long enough for a phone or an account; if a
common given name is followed by one or two more words; or if it is written like a name (two or three words, each with a
capital). Names of one word, and names without capitals that begin with a rarer given name, are not recognised: what
protects those is that three people must have made the same search.
"""

import re
from pathlib import Path

from .blocked_words import fold_word

_ADDRESS = re.compile(r"@|\bhttps?:|\d{6,}|(?:\d[\s().+\-]*){7,}")
_CAPITALISED = re.compile(r"[^\W\d_a-z][^\W\d_A-Z]+(?:['\u2019\-][^\W\d_]+)?")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019.\-][^\W\d_]*)*")
_FEWEST_WORDS, _MOST_WORDS = 2, 3
GIVEN_NAMES = frozenset(Path(__file__).with_name("given_names.txt").read_text(encoding="utf-8").split())
"""Given names that are common in the languages the bot speaks, but for those that are also things (Rose, Jasmine)."""


def may_name_a_person(query: str) -> bool:
    """True if a search may name a person, as far as its form tells."""
    if _ADDRESS.search(query):
        return True
    words = query.split()
    if not _FEWEST_WORDS <= len(words) <= _MOST_WORDS or not all(_WORD.fullmatch(word) for word in words):
        return False
    return fold_word(words[0].partition("-")[0]) in GIVEN_NAMES or all(_CAPITALISED.fullmatch(word) for word in words)
