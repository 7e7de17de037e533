"""Base forms on the words that rules get wrong, in five languages."""

import pytest

from bot.collection.query.lemmas import bases, is_word


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("wolves", "wolf"), ("geese", "goose"), ("mice", "mouse"), ("children", "child"), ("leaves", "leaf"),
        ("loaves", "loaf"), ("butterflies", "butterfly"), ("running", "run"), ("labradoodles", "labradoodle"),
        ("Häuser", "haus"), ("HUNDE", "hund"), ("Straßen", "strasse"), ("flores", "flor"),
        ("luces", "luz"), ("chevaux", "cheval"), ("oiseaux", "oiseau"), ("cães", "cao"), ("pássaros", "passaro"),
    ],
)  # fmt: skip
def test_a_form_has_its_base(word, base):
    assert base in bases(word)


@pytest.mark.parametrize(
    "word", ["anime", "animal", "animation", "castle", "news", "bus", "rose", "up", "x1", "猫", ""]
)
def test_what_is_a_base_has_none(word):
    assert bases(word) == ()


def test_words_are_told_from_typing_errors():
    assert all(is_word(word) for word in ("musk", "funny", "mice", "Hund", "hund", "perro", "chevaux", "flores"))
    assert not any(is_word(word) for word in ("elehpant", "castel1", "hrose", "zxcvb"))
