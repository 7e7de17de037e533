"""Owners take turns."""

from hypothesis import given
from hypothesis import strategies as st

from bot.media.fair_queue import FairQueue


def test_owners_take_turns() -> None:
    queue: FairQueue[str] = FairQueue()
    for number in range(3):
        queue.put("ann", f"a{number}")
    queue.put("tom", "t0")
    assert queue.peek() == "a0"
    assert [queue.take() for _ in range(5)] == ["a0", "t0", "a1", "a2", None]
    assert (queue.peek(), len(queue)) == (None, 0)


@given(st.lists(st.sampled_from("abc"), max_size=30))
def test_nothing_is_lost_and_nobody_overtakes_himself(owners: list[str]) -> None:
    queue: FairQueue[int] = FairQueue()
    for number, owner in enumerate(owners):
        queue.put(owner, number)
    taken: list[int] = []
    while (first := queue.peek()) is not None:
        assert queue.take() == first
        taken.append(first)
    assert sorted(taken) == list(range(len(owners)))
    for owner in "abc":
        own = [number for number in taken if owners[number] == owner]
        assert own == sorted(own)


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=30))
def test_nobody_gets_two_turns_while_another_gets_none(owners: list[str]) -> None:
    queue: FairQueue[str] = FairQueue()
    for owner in owners:
        queue.put(owner, owner)
    first = [queue.take() for _ in set(owners)]
    assert sorted(filter(None, first)) == sorted(set(owners))


def test_a_job_can_be_dropped() -> None:
    queue: FairQueue[object] = FairQueue()
    job = object()
    queue.put("ann", job)
    assert queue.waiting("ann") == 1
    assert queue.drop("ann", job)
    assert not queue.drop("ann", job)
    assert (queue.waiting("ann"), queue.take()) == (0, None)


def test_looking_through_a_queue_shows_the_order_in_which_it_is_taken() -> None:
    queue: FairQueue[str] = FairQueue()
    for owner, job in (("ann", "a1"), ("ann", "a2"), ("ann", "a3"), ("tom", "t1"), ("eve", "e1"), ("eve", "e2")):
        queue.put(owner, job)
    seen = list(queue)
    assert seen == [queue.take() for _ in range(len(seen))]
