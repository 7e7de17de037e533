"""Owners take turns, and light jobs pass heavy ones that have to wait."""

from hypothesis import given
from hypothesis import strategies as st

from bot.media.fair_queue import FairQueue


def test_owners_take_turns() -> None:
    queue: FairQueue[str] = FairQueue()
    for number in range(3):
        queue.put("ann", f"a{number}")
    queue.put("tom", "t0")
    assert [queue.take(heavy=True) for _ in range(5)] == ["a0", "t0", "a1", "a2", None]


def test_heavy_jobs_wait_without_holding_up_light_ones() -> None:
    queue: FairQueue[str] = FairQueue()
    queue.put("ann", "heavy", heavy=True)
    queue.put("ann", "light")
    queue.put("tom", "small")
    assert [queue.take(heavy=False) for _ in range(3)] == ["light", "small", None]
    assert queue.take(heavy=True) == "heavy"
    assert len(queue) == 0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=30))
def test_nothing_is_lost_and_nobody_overtakes_himself(jobs: list[tuple[str, bool]]) -> None:
    queue: FairQueue[int] = FairQueue()
    for number, (owner, heavy) in enumerate(jobs):
        queue.put(owner, number, heavy=heavy)
    taken = [queue.take(heavy=True) for _ in jobs]
    assert sorted(number for number in taken if number is not None) == list(range(len(jobs)))
    for owner in "abc":
        own = [number for number in taken if number is not None and jobs[number][0] == owner]
        assert own == sorted(own)


def test_a_job_can_be_dropped() -> None:
    queue: FairQueue[object] = FairQueue()
    job = object()
    queue.put("ann", job)
    assert queue.waiting("ann") == 1
    assert queue.drop("ann", job)
    assert not queue.drop("ann", job)
    assert (queue.waiting("ann"), queue.take(heavy=True)) == (0, None)
