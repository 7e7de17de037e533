"""The picture vocabulary: what people look for in pictures, in six languages, and which kinds each thing is of.

The facts stand in ``pictures.txt``, one thing a line, written by hand::

    [bird]                                        things below here are birds
    94 hummingbird | Kolibri | colibrí | colibri | ハチドリ | beija-flor
    oystercatcher, sea pie | Austernfischer | ...   a second name after a comma

- A line in brackets opens a kind, which is the first English name of a thing that stands somewhere in the file itself;
  so kinds form a tree: a kingfisher is a bird is an animal. A line may end in ``+ kind`` for every further kind.
- A leading number is the thing's place among the 1,000 classes of ImageNet, which is what most classifiers answer with.
- Then its names, the most usual one first: English, German, Spanish, French, Japanese, Portuguese. ``=`` stands for the
  English names; columns that are missing at the end count as the English names as well.

Search uses it for words of like meaning, other languages and kinds; whatever recognises things names them from it.
`pictures` reads the file once in a process.
"""

from .pictures import NAME_LANGUAGES, Concept, Vocabulary, VocabularyError, parse_vocabulary, pictures

__all__ = ["NAME_LANGUAGES", "Concept", "Vocabulary", "VocabularyError", "parse_vocabulary", "pictures"]
