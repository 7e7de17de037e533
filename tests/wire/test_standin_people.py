"""The stand-in's people: what Discord's own client would not let them send, stale clicks, and many at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from . import Channel, Guild, StandIn, Upload, User
from .interactions import InteractionType
from .load import press_many
from .options import Typed, command_data, modal_data
from .sample_bot import SampleBot

IMAGE = {
    "id": "1",
    "type": 1,
    "name": "image",
    "integration_types": [0, 1],
    "contexts": [0, 1, 2],
    "options": [
        {"type": 3, "name": "query", "required": True, "autocomplete": True, "max_length": 10},
        {"type": 4, "name": "count", "min_value": 1},
        {"type": 3, "name": "size", "choices": [{"name": "Big", "value": "big"}]},
        {"type": 11, "name": "file"},
        {"type": 6, "name": "who"},
        {"type": 7, "name": "where"},
    ],
}
LEVEL = {
    "id": "2",
    "type": 1,
    "name": "safesearch",
    "default_member_permissions": "16",
    "contexts": [0],
    "options": [{"type": 1, "name": "set", "options": [{"type": 5, "name": "on", "required": True}]}],
}


@dataclass
class Place:
    discord: StandIn
    guild: Guild
    channel: Channel
    ann: User


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    async with StandIn() as discord:
        discord.commands[None] = [IMAGE, LEVEL]
        guild = discord.guild()
        yield Place(discord, guild, discord.channel(guild), discord.member(guild, "ann"))


@pytest.mark.parametrize(
    ("name", "options", "sentence"),
    [
        ("picture", {}, "no command 'picture'; registered are"),
        ("image", {}, r"the command 'image' needs \['query'\]"),
        ("image", {"query": "a", "colour": "red"}, r"has no option \['colour'\]"),
        ("image", {"query": "a" * 11}, "is above 10"),
        ("image", {"query": "a", "count": 0}, "is below 1"),
        ("image", {"query": "a", "count": "1"}, "does not take '1'"),
        ("image", {"query": "a", "size": "small"}, r"offers \['big'\]"),
        ("image", {"query": Upload("a.png", b"")}, "takes no file"),
        ("safesearch set", {"on": True}, "needs the permissions 16"),
    ],
)
async def test_what_the_client_refuses_is_never_sent(
    place: Place, name: str, options: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(AssertionError, match=sentence):
        await place.discord.command(place.ann, place.channel, name, **options)
    assert place.discord.interactions == {}


async def test_commands_are_offered_by_context_and_installation(place: Place) -> None:
    discord = place.discord
    owner = place.guild.owner
    with pytest.raises(AssertionError, match="is not for context 1"):
        await discord.command(owner, discord.dm(owner), "safesearch set", on=True)
    with pytest.raises(AssertionError, match="is not installed where it could be used"):
        await discord.command(owner, discord.private_channel(owner, place.ann), "image", query="a")
    with pytest.raises(AssertionError, match="name a sub-command"):
        await discord.command(owner, place.channel, "safesearch")
    with pytest.raises(AssertionError, match="has no sub-command 'get'"):
        await discord.command(owner, place.channel, "safesearch get")


async def test_options_are_sent_as_discord_does(place: Place) -> None:
    discord = place.discord
    typed = Typed(discord, place.channel)
    given = {"query": "a", "file": Upload("a.png", b"1"), "who": place.ann, "where": place.channel}
    data = command_data(IMAGE, [], given, typed, None)
    (number,) = data["resolved"]["attachments"]
    assert [option["value"] for option in data["options"]] == ["a", number, str(place.ann.id), str(place.channel.id)]
    assert data["resolved"]["attachments"][number]["url"].startswith(discord.base)
    assert set(data["resolved"]) == {"attachments", "users", "members", "channels"}
    nested = command_data(LEVEL, ["set"], {"on": True}, Typed(discord, place.channel), None)
    assert nested["options"] == [{"name": "set", "type": 1, "options": [{"name": "on", "type": 5, "value": True}]}]
    focused = command_data(IMAGE, [], {"query": "a"}, Typed(discord, place.channel), "query")
    assert focused["options"][0]["focused"] is True


async def test_modals_of_all_kinds_are_filled_in(place: Place) -> None:
    parts = [
        {"type": 10, "content": "Words"},
        {"type": 18, "label": "Size", "component": {"type": 3, "custom_id": "s", "options": [{"value": "big"}]}},
        {"type": 18, "label": "File", "component": {"type": 19, "custom_id": "f"}},
        {"type": 18, "label": "Page", "component": {"type": 4, "custom_id": "p", "required": True}},
    ]
    modal = {"custom_id": "m", "title": "M", "components": parts}
    typed = Typed(place.discord, place.channel)
    data = modal_data(modal, {"Size": ["big"], "f": Upload("a.png", b"1"), "Page": "3"}, typed)
    (number,) = data["resolved"]["attachments"]
    values = [part["component"].get("values", part["component"].get("value")) for part in data["components"][1:]]
    assert values == [["big"], [number], "3"]
    with pytest.raises(AssertionError, match="must be filled in"):
        modal_data(modal, {}, typed)
    with pytest.raises(AssertionError, match=r"has no part \['Nothing'\]"):
        modal_data(modal, {"Page": "3", "Nothing": "1"}, typed)


async def test_an_interaction_says_who_where_and_how(place: Place) -> None:
    discord = place.discord
    cat = discord.user("cat", locale="ja", installed=True)
    thread = discord.thread(discord.channel(place.guild, "adults", nsfw=True))
    seen = [
        discord.made.payload(discord.made.make(InteractionType.COMMAND, user, channel, {}))
        for user, channel in (
            (place.ann, thread),
            (cat, discord.dm(cat)),
            (cat, discord.private_channel(cat, place.ann, place.guild.owner)),
        )
    ]
    assert [one["context"] for one in seen] == [0, 1, 2]
    assert [one["authorizing_integration_owners"] for one in seen] == [
        {"0": str(place.guild.id)},
        {"1": str(cat.id)},
        {"1": str(cat.id)},
    ]
    assert "nsfw" not in seen[0]["channel"]
    assert seen[0]["channel"]["parent_id"]
    assert [one["locale"] for one in seen] == ["en-US", "ja", "ja"]
    assert ["member" in one for one in seen] == [True, False, False]


async def test_stale_clicks_and_many_presses_at_once() -> None:
    async with StandIn() as discord:
        guild = discord.guild()
        channel, ann = discord.channel(guild), discord.member(guild, "ann")
        async with discord.running(SampleBot()):
            message = (await discord.command(ann, channel, "show", query="red")).answer
            before = discord.snapshot(message)
            await discord.press(ann, message, "Next")
            await discord.press(ann, message, "Next")
            assert message.embed["title"] == "Page 3"
            await discord.press(ann, message, "Next", shown=before)
            assert message.embed["title"] == "Page 2"
            load = await press_many(discord, ann, message, lambda n: f"turn:{n}", count=12, in_flight=4)
            assert len(load.latencies) == 12
            assert 0 < load.percentile(50) <= load.percentile(99)
            assert load.per_second > 0


async def test_links_disabled_and_missing_controls_cannot_be_pressed() -> None:
    async with StandIn() as discord:
        guild = discord.guild()
        channel, ann = discord.channel(guild), discord.member(guild, "ann")
        async with discord.running(SampleBot()):
            message = (await discord.command(ann, channel, "show", query="red")).answer
            for name, sentence in (
                ("Open", "is a link"),
                ("Back", "no control 'Back'; the message has"),
                (None, "fit"),
            ):
                with pytest.raises(AssertionError, match=sentence):
                    await discord.press(ann, message, name)
