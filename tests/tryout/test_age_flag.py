"""simcord writes no `nsfw`; the shim adds it wherever Discord has it, and nowhere else."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from simcord.backend import Backend, serializers
from simcord.builders import ChannelHandle

from bot.tryout import age_flag


@pytest.fixture
def spots(tryout: Any) -> dict[str, Any]:
    """The channels by name."""
    return {spot.name: spot for spot in tryout.world.spots_of(tryout.world.people["mara"])}


async def run(tryout: Any, spot: Any, name: str) -> str:
    """What the bot answers to a command there."""
    from bot.tryout.actions import parse_action

    person = tryout.world.people["mara"]
    await tryout.actions.perform(person, spot, parse_action({"kind": "slash", "name": name}), {})
    async with asyncio.timeout(20):
        while not (seen := tryout.world.visible_messages(person, spot)) or not seen[-1].content:  # noqa: ASYNC110  (the backend tells nobody)
            await asyncio.sleep(0.01)
    return seen[-1].content


def test_the_bots_cache_got_the_flag_with_the_server(tryout: Any) -> None:
    flags = {channel.name: channel.nsfw for channel in tryout.world.env.bot.guilds[0].text_channels}
    assert flags == {"general": False, "after-dark": True}


def test_a_thread_follows_its_parent_and_carries_no_flag_of_its_own(tryout: Any, spots: dict[str, Any]) -> None:
    env = tryout.world.env
    thread = env.bot.get_channel(spots["night owls"].channel.id)
    assert thread.is_nsfw()
    assert not env.bot.get_channel(spots["bird watchers"].channel.id).is_nsfw()
    assert "nsfw" not in serializers.channel_payload(env.backend, env.backend.get_channel(thread.id))
    assert age_flag.is_age_restricted(env, spots["night owls"].channel)
    assert not age_flag.is_age_restricted(env, spots["bird watchers"].channel)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("general", "age-restricted=False"),
        ("after-dark", "age-restricted=True"),
        ("bird watchers", "age-restricted=False"),
        ("night owls", "age-restricted=True"),
        ("Magpie", "age-restricted=None"),
    ],
)
async def test_a_command_learns_the_flag_of_where_it_is_run(
    tryout: Any, spots: dict[str, Any], name: str, said: str
) -> None:
    assert said in await run(tryout, spots[name], "where")


async def test_the_channel_of_an_interaction_carries_the_flag(tryout: Any, spots: dict[str, Any]) -> None:
    seen: list[Any] = []
    tryout.world.env.backend.subscribers.append(lambda event, payload: seen.append((event, payload)))
    for name in ("general", "after-dark", "night owls", "Magpie"):
        await run(tryout, spots[name], "where")
    channels = [payload["channel"] for event, payload in seen if event == "INTERACTION_CREATE"]
    assert [channel.get("nsfw") for channel in channels] == [False, True, None, None]


async def test_a_change_is_announced_and_reaches_bot_rest_and_threads(tryout: Any, spots: dict[str, Any]) -> None:
    env = tryout.world.env
    general = spots["general"].channel
    seen: list[Any] = []
    env.backend.subscribers.append(lambda event, payload: seen.append((event, payload.get("nsfw"))))
    age_flag.set_age_restricted(env, general, restricted=True)
    age_flag.set_age_restricted(env, general, restricted=True)
    await asyncio.sleep(0.05)
    assert seen == [("CHANNEL_UPDATE", True)]
    assert ("channel", "general", False, True) in env.bot.seen
    assert (await env.bot.fetch_channel(general.id)).nsfw
    assert env.bot.get_channel(spots["bird watchers"].channel.id).is_nsfw()
    age_flag.set_age_restricted(env, general, restricted=False)
    assert not env.bot.get_channel(general.id).nsfw


def test_a_new_channel_starts_without_restriction(tryout: Any) -> None:
    channel = tryout.world.guild.create_text_channel("new")
    assert tryout.world.env.bot.get_channel(channel.id).nsfw is False


@pytest.mark.parametrize("name", ["night owls", "Magpie"])
def test_what_has_no_flag_cannot_be_given_one(tryout: Any, spots: dict[str, Any], name: str) -> None:
    with pytest.raises(ValueError, match="age flag"):
        age_flag.set_age_restricted(tryout.world.env, spots[name].channel, restricted=True)


def test_other_worlds_are_left_as_they_are(tryout: Any) -> None:
    backend = Backend()
    guild = backend.create_guild("Plain", owner_id=None)
    channel = backend.create_channel(guild.id, "general")
    assert "nsfw" not in serializers.channel_payload(backend, channel)
    assert isinstance(next(iter(tryout.world.spots.values())).channel, ChannelHandle)
