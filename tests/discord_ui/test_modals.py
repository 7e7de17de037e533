"""The windows and menus: within Discord's limits in every language, and read back as they were chosen."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bing_v7 import (
    FILTERS,
    Color,
    Freshness,
    Image,
    ImageAnswer,
    License,
    Pivot,
    Query,
    QueryContext,
    SearchRequest,
    Size,
)
from bot.discord_ui.handlers.modals import chosen_filters, filter_window, jump_window, values_in
from bot.discord_ui.model.component_ids import custom_id, new_session_id, read_custom_id
from bot.discord_ui.model.filters import WINDOW_PARTS, WORDED, in_force, in_window, values_of, with_filters
from bot.discord_ui.model.session import SearchSession
from bot.discord_ui.render.suggestions import MAX_OPTIONS, altered_query, refine_select, refinements_of
from bot.i18n import LOCALES
from tests.wire.limits_components import modal_problems
from tests.wire.validate import spec

ROUTE = "/interactions/{interaction_id}/{interaction_token}/callback"
NOW = {"size": "Large", "aspect": "Wide", "color": "Red", "freshness": "Week"}


def asked(**filters: Any) -> SearchRequest:
    return SearchRequest(q="red", **filters)


@pytest.mark.parametrize("locale", [*LOCALES, "xx"])
def test_windows_are_accepted_in_every_language(locale: str) -> None:
    for window in (
        jump_window("session-name-1", 12, locale),
        filter_window("session-name-1", asked(**NOW), FILTERS, locale),
    ):
        assert window is not None
        data = window.to_dict()
        assert modal_problems(data) == []
        described = spec()
        if described is not None:
            assert described.request_problems("POST", ROUTE, {"type": 9, "data": data}) == []


def test_the_window_shows_what_is_in_force_and_only_what_is_supported() -> None:
    window = filter_window("session-name-1", asked(**NOW), FILTERS, "en-US")
    assert window is not None
    menus = [part["component"] for part in window.to_dict()["components"]]
    chosen = {option["value"] for menu in menus for option in menu["options"] if option.get("default")}
    assert chosen == {"Large", "Wide", "Red", "All", "Week"}
    assert [menu["custom_id"] for menu in menus] == ["size", "aspect", "color", "imageType", "freshness"]
    assert [menu["type"] for menu in menus] == [21, 21, 3, 21, 21]  # radio groups; a menu where there are too many
    assert all(menu.get("max_values", 1) == 1 for menu in menus), "two values of one filter cannot be chosen"
    few = filter_window("session-name-1", asked(), frozenset({"size", "freshness"}), "en-US")
    assert few is not None
    assert [part["component"]["custom_id"] for part in few.to_dict()["components"]] == ["size", "freshness"]
    assert filter_window("session-name-1", asked(), frozenset({"minWidth"}), "en-US") is None


@given(st.fixed_dictionaries({}, optional={name: st.sampled_from(values_of(name)) for name in WORDED}))
def test_what_is_chosen_is_what_is_asked_for(wanted: dict[str, str]) -> None:
    entered = {name: (wanted[name],) if name in wanted else () for name in WORDED}
    request = SearchRequest(q="red", offset=70, id="x", size=Size.SMALL, min_width=10)
    asked = with_filters(request, chosen_filters(entered))
    assert {name: str(value) for name, value in asked.filters.items()} == {**wanted, "minWidth": "10"}
    assert (asked.q, asked.offset, asked.id) == ("red", 0, None)


@given(st.sets(st.sampled_from(list(WORDED))), st.sets(st.sampled_from(list(WORDED)), max_size=WINDOW_PARTS))
def test_a_filter_in_force_has_a_place_in_the_window(supported: set[str], in_force: set[str]) -> None:
    shown = in_window(supported, in_force)
    assert in_force & supported <= set(shown) <= supported
    assert len(shown) == min(len(supported), WINDOW_PARTS)


def test_made_up_values_and_filters_that_are_not_in_the_window() -> None:
    assert chosen_filters({"size": ("Huge",)}) == {"size": None}
    assert chosen_filters({}) == {}
    week = SearchRequest(q="red", freshness=Freshness.WEEK)
    assert with_filters(week, chosen_filters({"size": ("Large",)})).freshness is Freshness.WEEK


def test_windows_are_read_from_the_event_in_both_layouts() -> None:
    labelled = {"components": [{"type": 18, "component": {"type": 4, "custom_id": "page", "value": "7"}}]}
    in_rows = {"components": [{"type": 1, "components": [{"type": 4, "custom_id": "page", "value": "7"}]}]}
    menu = {"components": [{"type": 18, "component": {"type": 3, "custom_id": "size", "values": ["Large"]}}]}
    assert values_in(labelled) == values_in(in_rows) == {"page": ("7",)}
    assert values_in(menu) == {"size": ("Large",)}
    assert values_in({}) == {}


def test_filters_in_words() -> None:
    request = SearchRequest(q="x", color=Color.RED, min_width=100, license=License.PUBLIC)
    assert in_force(request, "en-US") == "color: Red, minimum width: 100, license: Public domain"


@given(st.text(max_size=120))
def test_custom_ids_come_back_or_are_refused(text: str) -> None:
    read_custom_id(text)
    session = new_session_id()
    assert len(custom_id(session, "previous:499")) <= 100
    found = read_custom_id(custom_id(session, "previous:499"))
    assert found is not None
    assert (found.session, found.action, found.argument, found.number) == (session, "previous", "499", 499)
    assert found._replace(argument="x").number is None


def test_refinements_come_once_spelling_first_and_fit_a_menu() -> None:
    queries = tuple(Query(text=f"query {number}", display_text="W" * 300) for number in range(40))
    answer = ImageAnswer(
        value=(Image(),),
        query_context=QueryContext(
            original_query="flwoers", altered_query="flowers", alteration_override_query="+flwoers",
            alteration_method="AM_ChangeItWithRecourse",
        ),
        query_expansions=(Query(text="flowers"), Query(text="FLWOERS"), Query(text="x" * 400)),
        pivot_suggestions=(Pivot(pivot="red", suggestions=(Query(text="blue flowers"), Query(text="flowers"))),),
        related_searches=queries,
        similar_terms=(Query(text=" \u200b "),),
    )  # fmt: skip
    found = refinements_of(answer, "flwoers")
    assert [(one.kind, one.text, one.instead_of) for one in found[:3]] == [
        ("spelling", "+flwoers", None), ("expansion", "flowers", None), ("pivot", "blue flowers", "red"),
    ]  # fmt: skip
    assert len(found) == MAX_OPTIONS
    menu = refine_select(SearchSession(owner_id=1, title="red", suggestions=found), "en-US")
    assert menu is not None
    assert menu.options[0].label == "Search for flwoers instead"
    assert menu.options[2].description == "Instead of “red”"
    assert all(0 < len(option.label) <= 100 for option in menu.options)


def test_a_spelling_that_cannot_be_undone_is_not_offered() -> None:
    for context in (None, QueryContext(altered_query="flowers")):
        answer = ImageAnswer(query_context=context)
        assert altered_query(answer) is None
        assert refinements_of(answer, "flwoers") == ()


def test_a_radio_group_is_read_and_any_filters_nothing() -> None:
    sent = [
        {"type": 18, "component": {"type": 21, "custom_id": name, "value": value}}
        for name, value in (("size", "Large"), ("license", "All"), ("imageType", None))
    ]
    assert chosen_filters(values_in({"components": sent})) == {"size": "Large", "license": None, "imageType": None}
