"""Never more in any window than is allowed, and a refusal says when it ends."""

from hypothesis import given
from hypothesis import strategies as st

from bot.runtime.rate_limit import RateLimit


def test_a_limit_moves_with_time_and_does_not_grow_when_it_refuses() -> None:
    now = 0.0
    limit = RateLimit(2, 10.0, clock=lambda: now)
    assert [limit.take(1), limit.take(1)] == [0.0, 0.0]
    now = 4.0
    assert limit.take(1) == 6.0
    assert limit.take(2) == 0.0
    now = 10.5
    assert [limit.take(1), limit.take(1), limit.take(1)] == [0.0, 0.0, 10.0]


@given(st.lists(st.floats(0, 10), max_size=60), st.floats(0.1, 30), st.integers(1, 10))
def test_no_window_ever_holds_more_than_is_allowed(pauses: list[float], seconds: float, times: int) -> None:
    now, taken = 0.0, list[float]()
    limit = RateLimit(times, seconds, clock=lambda: now)
    for pause in pauses:
        now += pause
        wait = limit.take("somebody")
        assert 0 <= wait <= seconds + 1e-9
        if wait == 0:
            taken.append(now)
        counted = sum(1 for moment in taken if moment + seconds - now > 0)
        assert counted <= times
        assert wait == 0 or counted == times


def test_looking_counts_nothing() -> None:
    now = 0.0
    limit = RateLimit(1, 10.0, clock=lambda: now)
    assert [limit.wait("a"), limit.wait("a"), limit.take("a"), limit.wait("a"), limit.wait("b")] == [0, 0, 0, 10.0, 0]
    now = 10.0
    assert limit.wait("a") == 0.0
