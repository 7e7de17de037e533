"""Nothing labelled reaches a place whose level or lists forbid it, whatever changes before and during a call."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from bot.discord_ui.discord_io import responses
from tests.examples import examples, some

from .plants import Kind
from .surface import Surface, surface_walk
from .world import ACTIONS, NAMES, Leak, World, walk


def _steps() -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    def drawn(name: str) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
        options = {key: st.sampled_from(values) for key, values in ACTIONS[name].items()}
        return st.tuples(st.just(name), st.fixed_dictionaries(options))

    return st.sampled_from(NAMES).flatmap(drawn)


class NoLeak(RuleBasedStateMachine):
    """People ask and moderators change things in every order."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.world: World | None = None

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        self.world = World(seed)

    @rule(step=_steps())
    def do(self, step: tuple[str, dict[str, Any]]) -> None:
        assert self.world is not None
        name, options = step
        self.loop.run_until_complete(getattr(self.world, name)(**options))

    def teardown(self) -> None:
        self.loop.close()


@pytest.mark.thorough
def test_no_labelled_thing_reaches_a_place_that_forbids_it() -> None:
    run_state_machine_as_test(
        NoLeak,
        settings=settings(
            max_examples=examples(30),
            stateful_step_count=40,
            suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
        ),
    )


@pytest.fixture(scope="module")
def worlds() -> list[World]:
    """Six walks of 250 steps, in a usual run two that reach every kind of plant; a leak fails them."""
    return [walk(seed, 250) for seed in some((20, 21, 22, 25, 23, 24))]


@pytest.fixture(scope="module")
def surfaces() -> list[Surface]:
    """Walks of 150 steps over everything that people see and press, some of it late; a leak fails them."""
    return [surface_walk(seed, 150, late=0.6) for seed in some(range(8))]


@pytest.mark.slow
@pytest.mark.thorough
def test_walks_over_the_surface_do_not_leak_and_show_what_is_allowed(surfaces: list[Surface]) -> None:
    assert sum(surface.shown[Kind.CLEAN] for surface in surfaces) > 1000
    allowed_there = [surface.shown[kind] for surface in surfaces for kind in Kind if kind is not Kind.CLEAN]
    assert sum(allowed_there) > 1000


@pytest.mark.slow
@pytest.mark.thorough
def test_walks_do_not_leak_what_is_forbidden_while_discord_or_the_database_answers() -> None:
    """These walks found pages that named a held picture which had been rated adult before they were drawn."""
    turning, naming = {"next", "jump", "image", "view", "insight-similar"}, {"more"}
    favoured = some(((4, turning), (2, turning), (11, naming), (9, naming)))
    walks = [surface_walk(seed, 120, pressed, restless=0.15) for seed, pressed in favoured]
    assert sum(times for one in walks for kind, times in one.shown.items() if kind is not Kind.CLEAN) > 500


@pytest.mark.slow
def test_walks_find_what_is_judged_before_a_late_deferral_and_sent_after_it(
    surfaces: list[Surface], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The walks above would prove nothing otherwise: the place becomes stricter between the two."""
    assert sum(surface.stricter_while_deferring for surface in surfaces) > 100

    async def judged_first(_interaction: Any, judge: Callable[[], Awaitable[Any]]) -> Any:
        return await judge()

    monkeypatch.setattr(responses, "judged_last", judged_first)
    leaks = 0
    for seed in range(8):
        try:
            surface_walk(seed, 150, late=0.6)
        except Leak:
            leaks += 1
        if leaks == 2:
            return
    pytest.fail(f"{leaks} of these walks found it")


@pytest.mark.slow
@pytest.mark.thorough
def test_random_walks_do_not_leak_and_show_what_is_allowed(worlds: list[World]) -> None:
    assert [world.shown[Kind.CLEAN] > 500 for world in worlds] == [True] * len(worlds)


@pytest.mark.slow
def test_walks_reach_every_kind_of_plant_where_it_is_allowed(worlds: list[World]) -> None:
    """Otherwise the walks would prove nothing: each kind has to come through where nothing forbids it."""
    shown = {kind: sum(world.shown[kind] for world in worlds) for kind in Kind}
    assert shown.pop(Kind.NOWHERE) == 0
    assert all(shown.values()), shown
