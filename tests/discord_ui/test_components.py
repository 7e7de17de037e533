"""Controls written out by hand say what discord.py's own objects would say, and discord.py keeps nothing of them."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import discord
import pytest
from discord.webhook.async_ import async_context
from hypothesis import given
from hypothesis import strategies as st

from bot.client import Magpie
from bot.discord_ui.discord_io.about import about_view, delete_view
from bot.discord_ui.discord_io.components import Controls, Layout
from bot.discord_ui.discord_io.library_version import is_known_version
from bot.discord_ui.discord_io.webhook_adapter import without_echo
from bot.discord_ui.model.component_ids import custom_id
from bot.discord_ui.model.message import Button, ControlRow, Option, SelectMenu, Style

SESSION = "session-name-1234"
words = st.text(min_size=1, max_size=80)
names = st.from_regex(r"[a-z]{1,10}(:[0-9]{1,3})?", fullmatch=True)
emoji = st.sampled_from((None, "▶️", "✏️"))
links = st.builds(Button, label=words, url=st.just("https://example.org/a"))
buttons = st.builds(
    Button, action=names, label=words, emoji=emoji, style=st.sampled_from(Style), disabled=st.booleans()
)
options = st.builds(Option, words, names, st.none() | words, emoji, st.booleans())
selects = st.builds(SelectMenu, names, words, st.lists(options, min_size=1, max_size=25).map(tuple))
rows = st.lists(links | buttons, min_size=1, max_size=5).map(tuple) | selects
DEFAULTS = {"disabled": False, "default": False, "required": True, "id": None}


def by_the_library(row: ControlRow) -> dict[str, Any]:
    made: discord.ui.ActionRow[Any] = discord.ui.ActionRow()
    if isinstance(row, SelectMenu):
        listed = [
            discord.SelectOption(
                label=one.label, value=one.value, description=one.description, emoji=one.emoji, default=one.chosen
            )
            for one in row.options
        ]
        name = custom_id(SESSION, row.action)
        made.add_item(discord.ui.Select(custom_id=name, placeholder=row.placeholder, options=listed))
        return made.to_component_dict()
    for one in row:
        name = None if one.url else custom_id(SESSION, one.action)
        style = discord.ButtonStyle.link if one.url else discord.ButtonStyle[one.style.value]
        made.add_item(
            discord.ui.Button(
                style=style, label=one.label, emoji=one.emoji, disabled=one.disabled, url=one.url, custom_id=name
            )
        )
    return made.to_component_dict()


def without_defaults(part: Any) -> Any:
    if isinstance(part, list):
        return [without_defaults(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {name: without_defaults(one) for name, one in part.items() if DEFAULTS.get(name, ...) != one}


@given(st.lists(rows, min_size=1, max_size=5))
def test_rows_are_what_the_library_would_make(found: list[ControlRow]) -> None:
    async def made() -> tuple[Any, Any]:
        below = Layout(SESSION, (discord.ui.TextDisplay("above"),), found).to_components()
        assert below[0]["content"] == "above"
        assert below[1:] == Controls(SESSION, found).to_components()
        return below[1:], [by_the_library(row) for row in found]

    ours, theirs = asyncio.run(made())
    assert ours == without_defaults(ours) == without_defaults(theirs)


async def test_the_library_keeps_nothing_and_knows_the_kind() -> None:
    plain, layout = Controls(SESSION, ((Button("next"),),)), Layout(SESSION, (discord.ui.TextDisplay("x"),), ())
    assert not plain.is_dispatchable()
    assert not layout.is_dispatchable()
    assert not plain.has_components_v2()
    assert layout.has_components_v2()


@given(st.lists(rows, min_size=1, max_size=5))
def test_another_version_makes_the_same_rows_with_its_own_objects(found: list[ControlRow]) -> None:
    async def made() -> list[Any]:
        layout, plain = Layout(SESSION, (discord.ui.TextDisplay("above"),), found), Controls(SESSION, found)
        assert plain.is_finished()
        assert layout.is_finished()
        return [layout.to_components()[1:], plain.to_components()]

    ours = asyncio.run(made())
    with patch.object(discord, "__version__", "2.99.0"):
        theirs = asyncio.run(made())
    assert without_defaults(theirs) == without_defaults(ours)


async def test_another_version_reads_the_message_that_is_sent_back() -> None:
    before = async_context.get()
    with without_echo():
        assert async_context.get() is not before
    with patch.object(discord, "__version__", "2.99.0"), without_echo():
        assert async_context.get() is before


async def test_another_version_reads_interactions_itself(caplog: pytest.LogCaptureFixture) -> None:
    services: Any = SimpleNamespace()
    ours = Magpie(services, shard_count=1)._connection.parsers["INTERACTION_CREATE"]
    with patch.object(discord, "__version__", "2.99.0"):
        client = Magpie(services, shard_count=1)
    assert ours.__module__ == "bot.discord_ui.discord_io.events"
    assert client._connection.parsers["INTERACTION_CREATE"].__module__ == "discord.state"
    assert "by discord.py 2.99.0 alone" in caplog.text


def test_the_version_that_runs_is_known() -> None:
    """After an update: read what ``library_version.py`` names again, then add the version."""
    assert is_known_version()


async def test_only_the_button_that_deletes_at_once_is_red() -> None:
    def red(view: discord.ui.View) -> list[str | None]:
        buttons = [one for one in view.children if isinstance(one, discord.ui.Button)]
        return [one.custom_id for one in buttons if one.style is discord.ButtonStyle.danger]

    assert red(about_view("en-US", remember=False)) == red(about_view("en-US", remember=True)) == []
    assert red(delete_view("en-US")) == ["about:delete-now"]
