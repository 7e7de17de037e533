"""What was made of an object is remembered by the object itself."""

from bot.runtime.by_identity import ByIdentity


def test_once_for_each_object_and_whatever_is_beside_it() -> None:
    made: list[object] = []

    def make(thing: list[int]) -> int:
        made.append(thing)
        return len(made)

    known: ByIdentity[list[int], int] = ByIdentity(8)
    one, equal = [1, 2], [1, 2]
    assert one not in known
    assert [known.get(one, make), known.get(one, make), known.get(equal, make)] == [1, 1, 2]
    assert [known.get(one, make, "a"), known.get(one, make, "b"), known.get(one, make, "a")] == [3, 4, 3]
    assert one in known
    assert [1, 2] not in known


def test_no_more_is_remembered_than_there_is_room_for() -> None:
    known: ByIdentity[list[int], int] = ByIdentity(3)
    things = [[number] for number in range(5)]
    for thing in things:
        known.get(thing, sum)
    assert [thing in known for thing in things] == [False, False, True, True, True]


def test_another_object_at_the_place_of_one_that_is_gone_is_no_other() -> None:
    known: ByIdentity[list[int], int] = ByIdentity(1_000)
    for number in range(2_000):
        assert known.get([number], sum) == number


def test_many_at_once_are_what_each_is_by_itself() -> None:
    known: ByIdentity[list[int], int] = ByIdentity()
    things = [[number] for number in range(4)]
    assert known.get(things[2], sum, "a") == 2
    assert known.get_all(things, sum, "a") == known.get_all(things, len, "a") == [0, 1, 2, 3]
    assert known.get_all([*things, things[0]], len, "b") == [1] * 5
    assert known.get_all([], sum) == []


def test_what_was_asked_for_again_stays_when_room_is_made() -> None:
    known: ByIdentity[list[int], int] = ByIdentity(3)
    first, second, third, fourth, fifth = ([number] for number in range(5))
    known.get_all([first, second, third], sum)
    assert known.get(first, sum) == 0
    known.get_all([fourth, fifth], sum)
    assert first in known
    assert second not in known
    assert third not in known
    known = ByIdentity(2)
    known.get_all([first, second, first, second], sum)
    known.get(third, sum)
    assert third in known
    assert [thing in known for thing in (first, second)].count(True) == 1
