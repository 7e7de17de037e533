"""/image in an offline Discord: the first page, buttons and reactions, restarts, strangers."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import discord
import pytest
from pydantic.alias_generators import to_snake

from bot.bing_v7 import FILTERS
from bot.discord_ui.discord_io.image_options import image_command
from bot.discord_ui.discord_io.in_flight import COMMAND_LIMIT, COPIES_AT_ONCE
from bot.discord_ui.sessions.service import session_service_of
from tests.wire.limits_commands import commands_problems

from .helpers import ids


async def press(nest: Any, who: Any, action: str, message: Any = None) -> Any:
    message = message or nest.shown()
    return await who.click(message, custom_id=ids(message)[action])


def title(nest: Any) -> str | None:
    return nest.shown().embeds[0].title


async def test_the_first_page_names_its_source(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "image", query="red flowers")
    await nest.quiet()
    embed = nest.shown().embeds[0]
    assert embed.title == "Picture 1"
    assert embed.url == "https://www.example.org/page/1"
    assert embed.image.url == "https://thumbs.example.net/1.jpg"
    assert "example.org" in embed.footer.text
    assert "SafeSearch strict" in embed.footer.text
    assert {str(reaction.emoji) for reaction in nest.shown().reactions} == {"◀️", "▶️"}


async def test_buttons_turn_pages_without_asking_again(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "image", query="red flowers")
    for expected in ("Picture 2", "Picture 3"):
        await press(nest, nest.mara, "next")
        assert title(nest) == expected
    await press(nest, nest.mara, "previous")
    assert title(nest) == "Picture 2"
    assert len(nest.service.asked("search")) == 1


async def test_reactions_turn_pages_and_are_taken_away_where_that_is_allowed(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "image", query="red flowers")
    await nest.quiet()
    message = nest.shown()
    for emoji, expected in (("▶️", "Picture 2"), ("▶️", "Picture 3"), ("◀️", "Picture 2")):
        await nest.mara.react(message, emoji)
        await nest.quiet()
        assert title(nest) == expected
        assert [reaction.count for reaction in nest.shown().reactions] == [1, 1]


async def test_without_manage_messages_taking_a_reaction_away_is_a_press_too(nest: Any) -> None:
    no = discord.PermissionOverwrite(manage_messages=False)
    channel = nest.guild.create_text_channel("strict", overwrites={nest.guild.me: no})
    await nest.mara.slash(channel, "image", query="red flowers")
    await nest.quiet()
    await nest.mara.react(nest.shown(channel), "▶️")
    await nest.quiet()
    assert nest.shown(channel).embeds[0].title == "Picture 2"
    await nest.mara.unreact(nest.shown(channel), "▶️")
    await nest.quiet()
    assert nest.shown(channel).embeds[0].title == "Picture 3"


async def test_reactions_of_others_and_other_emoji_do_nothing(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "image", query="red flowers")
    await nest.quiet()
    await nest.kim.react(nest.shown(), "▶️")
    await nest.kim.react(nest.shown(), "👍")
    await nest.mara.react(nest.shown(), "🎉")
    await nest.quiet()
    assert title(nest) == "Picture 1"
    counts = {str(reaction.emoji): reaction.count for reaction in nest.shown().reactions}
    assert counts == {"◀️": 1, "▶️": 1, "👍": 1, "🎉": 1}  # what nobody can be answered to is taken away again


async def test_controls_outlive_a_restart(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "image", query="red flowers")
    await press(nest, nest.mara, "next")
    await nest.quiet()
    await nest.restart()
    await press(nest, nest.mara, "next")
    assert title(nest) == "Picture 3"
    await nest.quiet()
    await nest.restart()
    await nest.mara.react(nest.shown(), "▶️")
    await nest.quiet()
    assert title(nest) == "Picture 4"
    assert len(nest.service.asked("search")) == 1


async def test_the_next_batch_is_fetched_when_it_is_needed(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "image", query="red flowers")
    for _ in range(9):
        await press(nest, nest.mara, "next")
    assert title(nest) == "Picture 10"
    await press(nest, nest.mara, "next")
    assert title(nest) == "Picture 11"
    assert [request.offset for request in nest.service.asked("search")] == [0, 10]


async def test_somebody_else_gets_a_private_copy(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "image", query="red flowers")
    await nest.quiet()
    message = nest.shown()
    result = await press(nest, nest.kim, "next", message)
    assert result.response.ephemeral
    assert result.response.embeds[0].title == "Picture 2"
    assert message.channel.id == nest.channel.id
    first = next(one for one in nest.channel.history() if one.id == message.id)
    assert first.embeds[0].title == "Picture 1"


async def test_that_nothing_was_found_is_said_also_where_private_messages_wait_for_their_turn(nest: Any) -> None:
    nest.service.images = []
    in_flight = session_service_of(nest.bot).in_flight
    async with AsyncExitStack() as others:
        for _ in range(COPIES_AT_ONCE):
            await others.enter_async_context(in_flight.copy())
        asked = asyncio.create_task(nest.mara.slash(nest.channel, "image", query="red flowers"))
        async with asyncio.timeout(30):
            while not in_flight.copies_waiting:  # noqa: ASYNC110 - a turn that is waited for tells nobody
                await asyncio.sleep(0.01)
    result = await asked
    await nest.quiet()
    (told,) = result.followups
    assert told.ephemeral
    assert "red flowers" in str([embed.to_dict() for embed in told.embeds])


async def test_every_option_of_the_contract_reaches_the_request(nest: Any) -> None:
    given = {
        "size": "Large", "color": "Red", "type": "Photo", "license": "Public", "shape": "Wide", "content": "Face",
        "age": "Week", "min-width": 10, "max-width": 4000, "height": 300, "min-file-size": 1, "max-file-size": 500_000,
    }  # fmt: skip
    await nest.mara.slash(nest.channel, "image", query="red flowers", safesearch="Strict", **given)
    (request,) = nest.service.asked("search")
    assert {name: str(value) for name, value in request.filters.items()} == {
        "size": "Large", "color": "Red", "imageType": "Photo", "license": "Public", "aspect": "Wide",
        "imageContent": "Face", "freshness": "Week", "minWidth": "10", "maxWidth": "4000", "height": "300",
        "minFileSize": "1", "maxFileSize": "500000",
    }  # fmt: skip
    assert (request.mkt, request.set_lang) == ("en-US", "en")


async def test_market_and_language_come_from_the_person(nest: Any) -> None:
    nest.locales.set(nest.mara.id, "de")
    await nest.mara.slash(nest.channel, "image", query="Blumen")
    (request,) = nest.service.asked("search")
    assert (request.mkt, request.set_lang) == ("de-DE", "de")


def test_every_filter_of_the_contract_is_an_option() -> None:
    async def run(*_: Any) -> None: ...

    async def suggest(_interaction: Any, _current: str) -> list[Any]:
        return []

    names = {one.name for one in image_command(run, suggest).parameters}
    assert {to_snake(name) for name in FILTERS} <= names
    assert len(names) == len(FILTERS) + len({"query", "view", "private", "safesearch"})


async def test_options_that_exclude_each_other_are_refused_in_words(nest: Any) -> None:
    nest.failures_expected = True
    result = await nest.mara.slash(nest.channel, "image", **{"query": "x", "width": 10, "min-width": 5})
    await nest.quiet()
    (answer,) = result.followups
    assert answer.ephemeral
    assert "exact width or a minimum and maximum" in answer.content
    assert nest.service.calls == []


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        ("min-width", "max-width", "minimum width (900) is greater than maximum width (300)"),
        ("min-height", "max-height", "minimum height (900) is greater than maximum height (300)"),
        ("min-file-size", "max-file-size", "minimum file size (900) is greater than maximum file size (300)"),
    ],
)
async def test_a_range_that_holds_nothing_is_told_and_not_asked(nest: Any, least: str, most: str, words: str) -> None:
    nest.failures_expected = True
    result = await nest.mara.slash(nest.channel, "image", **{"query": "x", least: 900, most: 300})
    await nest.quiet()
    (answer,) = result.followups
    assert answer.ephemeral
    assert words in answer.content
    assert nest.service.calls == []
    await nest.mara.slash(nest.channel, "image", **{"query": "x", least: 300, most: 300})
    assert len(nest.service.asked("search")) == 1


async def test_a_query_of_blanks_is_refused_in_words(nest: Any) -> None:
    nest.failures_expected = True
    result = await nest.mara.slash(nest.channel, "image", query="  ", private=True)
    assert "check query" in result.response.content
    assert nest.service.calls == []


async def test_only_what_somebody_can_apply_is_an_option() -> None:
    async def run(*_: Any) -> None: ...

    async def suggest(_interaction: Any, _current: str) -> list[Any]:
        return []

    names = {one.name for one in image_command(run, suggest, frozenset({"size", "minWidth"})).parameters}
    assert names == {"query", "size", "min_width", "view", "private", "safesearch"}


async def test_suggestions_fit_discord_and_come_from_the_service(nest: Any) -> None:
    result = await nest.mara.autocomplete(nest.channel, "image", "query", "flo")
    assert [choice["value"] for choice in result] == ["flo red", "flo blue"]


async def test_commands_keep_discords_limits(nest: Any) -> None:
    commands = [command.to_dict(nest.bot.tree) for command in nest.bot.tree.get_commands()]
    assert commands_problems(commands) == []
    assert {command["name"] for command in commands} == {"image", "trending", "display"}
    assert not any(command["nsfw"] for command in commands)


async def test_too_many_commands_in_a_row_are_slowed_down(nest: Any) -> None:
    nest.failures_expected = True
    for _ in range(COMMAND_LIMIT[0]):
        await nest.mara.slash(nest.channel, "image", query="x", private=True)
    result = await nest.mara.slash(nest.channel, "image", query="x", private=True)
    assert "Too many commands in a short time" in result.response.content
    assert result.response.ephemeral
