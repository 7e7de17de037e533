"""The pager's reducer, by property."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.discord_ui.model.pager import (
    REMEMBERED_PRESSES,
    Hide,
    Hider,
    Jump,
    Next,
    PagerAction,
    PagerState,
    Previous,
    Refresh,
    Restore,
    Show,
    View,
    reduce,
    within_bounds,
)

views = st.sampled_from(View)


@st.composite
def states(draw: st.DrawFn) -> PagerState:
    view = draw(views)
    known, complete = draw(st.integers(0, 200)), draw(st.booleans())
    pages = max(1, -(-known // view.size))
    return PagerState(known, complete, draw(st.integers(0, pages - 1)) * view.size, view)


actions: st.SearchStrategy[PagerAction] = st.one_of(
    st.sampled_from([Previous(), Next(), Refresh(), Restore()]),
    st.builds(Jump, st.integers(-5, 10_000)),
    st.builds(Show, views, st.none() | st.integers(-5, 10_000)),
    st.builds(Hide, st.sampled_from(Hider)),
)


def in_bounds(state: PagerState) -> bool:
    if state.index % state.size or state.index < 0:
        return False
    if state.index < state.known or state.index == 0:
        return True
    return state.index == state.known and state.wants_more


@given(states(), st.lists(actions, max_size=30))
def test_a_page_is_never_outside(state: PagerState, presses: list[PagerAction]) -> None:
    for action in presses:
        state = reduce(state, action)
        assert in_bounds(state)


@given(states(), st.lists(actions, max_size=30), st.integers(0, 300), st.booleans())
def test_settling_always_leaves_a_page_with_pictures(
    state: PagerState, presses: list[PagerAction], known: int, complete: bool
) -> None:
    for action in presses:
        state = reduce(state, action)
    settled = within_bounds(state, known, complete)
    assert settled.index == 0 or settled.index < known
    assert settled.index % settled.size == 0
    assert settled.known == known


@given(states(), actions, st.integers(1, 2**63))
def test_a_press_delivered_twice_acts_once(state: PagerState, action: PagerAction, press: int) -> None:
    once = reduce(state, action, press)
    assert reduce(once, action, press) == once


@given(states(), st.lists(actions, max_size=20))
def test_buttons_and_reactions_come_to_the_same(state: PagerState, presses: list[PagerAction]) -> None:
    """Buttons carry the id of their interaction, reactions have none."""
    by_button = by_reaction = state
    for number, action in enumerate(presses):
        by_button = reduce(by_button, action, number + 1)
        by_reaction = reduce(by_reaction, action)
    assert (by_button.index, by_button.view, by_button.hidden_by) == (
        by_reaction.index, by_reaction.view, by_reaction.hidden_by,
    )  # fmt: skip
    assert len(by_button.recent) <= REMEMBERED_PRESSES


@given(states())
def test_next_and_previous_undo_each_other(state: PagerState) -> None:
    after = reduce(state, Next())
    if after.index != state.index:
        assert reduce(after, Previous()).index == state.index


@given(states(), st.sampled_from(Hider), st.lists(actions, max_size=10))
def test_a_hidden_page_stays_where_it_is_until_it_is_restored(
    state: PagerState, by: Hider, presses: list[PagerAction]
) -> None:
    hidden = reduce(state, Hide(by))
    for action in presses:
        if not isinstance(action, Restore | Show):
            hidden = reduce(hidden, action)
    assert hidden.hidden_by == by
    assert reduce(hidden, Restore()).index == state.index


@given(states(), views)
def test_another_view_keeps_the_picture_on_the_page(state: PagerState, view: View) -> None:
    shown = reduce(state, Show(view))
    assert shown.view is view
    if state.index < state.known:
        assert shown.index <= state.index < shown.index + shown.size


def test_jumping_behind_the_end_goes_to_the_last_page() -> None:
    assert reduce(PagerState(10, True), Jump(99)).page == 10
    assert reduce(PagerState(10, True, view=View.GRID), Jump(99)).page == 3
    assert reduce(PagerState(10, False), Jump(99)).index == 10
    assert reduce(PagerState(0, True), Next()).index == 0


def test_there_are_no_controls_on_a_single_page() -> None:
    assert PagerState(1, True).single_page
    assert PagerState(4, True, view=View.GRID).single_page
    assert not PagerState(1, False).single_page
    assert not PagerState(2, True).single_page
    assert PagerState(2, True).turns
    assert not PagerState(1, True).turns
    assert not PagerState(0, False).turns
    assert not PagerState(2, True, hidden_by=Hider.OWNER).turns
