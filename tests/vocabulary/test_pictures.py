"""The picture vocabulary: how it is written, and that what is written holds together."""

import pytest

from bot.vocabulary import NAME_LANGUAGES, VocabularyError, parse_vocabulary, pictures

SMALL = """
animal | Tier | animal | animal | 動物 | animal
[animal]
bird | Vogel | pájaro, ave   # a remark
pet
[bird]
87 grey parrot, parrot | Graupapagei | = | perroquet gris + pet
"""


def test_a_line_gives_names_number_and_kinds():
    parrot = parse_vocabulary(SMALL).things["grey parrot"]
    assert (parrot.number, parrot.kinds) == (87, ("bird", "pet"))
    assert parrot.names["en"] == parrot.names["es"] == ("grey parrot", "parrot")
    assert (parrot.name("de"), parrot.name("fr"), parrot.name("pt-BR")) == (
        "Graupapagei", "perroquet gris", "grey parrot",
    )  # fmt: skip
    assert parrot.name("xx") == "grey parrot"


def test_things_are_found_by_any_name_by_number_and_by_kind():
    vocabulary = parse_vocabulary(SMALL)
    assert [thing.key for thing in vocabulary.named("AVE")] == ["bird"]
    assert vocabulary.named("unicorn") == ()
    assert vocabulary.of_class(87) is vocabulary.things["grey parrot"]
    assert vocabulary.of_class(5) is None
    assert vocabulary.kinds_of("grey parrot") == ("bird", "pet", "animal")
    assert vocabulary.kinds_below("animal") == ("bird", "pet", "grey parrot")
    assert {"vogel", "動物", "parrot"} <= set(vocabulary.names())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a\na", "line 2: a stands there twice"),
        ("[b]\na", "no things themselves: b"),
        ("a|b|c|d|e|f|g", "line 1: more columns"),
        ("7 | b", "line 1: no English name"),
    ],
)
def test_broken_files_are_refused_with_the_line(text, says):
    with pytest.raises(VocabularyError, match=says):
        parse_vocabulary(text)


def test_what_magpie_brings_is_whole():
    vocabulary = pictures()
    numbered = {thing.number: thing for thing in vocabulary.things.values() if thing.number is not None}
    assert set(numbered) == set(range(1000))
    assert len(numbered) == sum(thing.number is not None for thing in vocabulary.things.values())
    for thing in vocabulary.things.values():
        assert set(thing.names) == set(NAME_LANGUAGES)
        assert thing.key not in vocabulary.kinds_of(thing.key), "a kind of itself"
        assert all(name == " ".join(name.split()) for names in thing.names.values() for name in names)


def test_a_kingfisher_is_a_bird_is_an_animal():
    vocabulary = pictures()
    assert vocabulary.kinds_of("kingfisher") == ("bird", "animal")
    assert "kingfisher" in vocabulary.kinds_below("bird")
    assert [thing.key for thing in vocabulary.named("Hund")] == ["dog"]
    assert "cat" in [thing.key for thing in vocabulary.named("猫")]
    assert vocabulary.things["beagle".title()].name("ja") == "ビーグル"
