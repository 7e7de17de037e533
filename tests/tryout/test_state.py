"""What the page is told of a channel."""

from __future__ import annotations

import asyncio
from types import ModuleType
from typing import Any

import pytest

from bot.tryout.actions import parse_action
from bot.tryout.simcord_patches import CDN
from bot.tryout.state import page_state
from bot.tryout.world import NotHereError


def see(tryout: Any, person: str = "mara", spot: str = "general") -> dict[str, Any]:
    who = tryout.world.people[person]
    return page_state(tryout.world, who, next(one for one in tryout.world.spots_of(who) if one.name == spot))


async def do(tryout: Any, spot: str = "general", uploads: Any = None, **action: Any) -> None:
    mara = tryout.world.people["mara"]
    where = next(one for one in tryout.world.spots_of(mara) if one.name == spot)
    await tryout.actions.perform(mara, where, parse_action(action), uploads or {})
    await asyncio.sleep(0.2)


def test_a_member_sees_two_channels_their_threads_and_their_own_direct_messages(tryout: Any) -> None:
    seen = see(tryout)
    assert [(one["name"], one["kind"], one["ageRestricted"]) for one in seen["channels"]] == [
        ("general", "text", False),
        ("bird watchers", "thread", False),
        ("after-dark", "text", True),
        ("night owls", "thread", True),
        ("Magpie", "dm", False),
    ]
    others = {one["id"] for one in see(tryout, "theo")["channels"] if one["kind"] == "dm"}
    assert others.isdisjoint(one["id"] for one in seen["channels"])


def test_the_bot_may_do_what_its_invite_asks_for_and_no_more(tryout: Any) -> None:
    from bot.client import PERMISSIONS

    guild = tryout.world.env.bot.guilds[0]
    everybody = guild.default_role.permissions
    for channel in guild.text_channels:
        granted = channel.permissions_for(guild.me)
        assert granted.is_superset(PERMISSIONS)
        assert granted.is_subset(PERMISSIONS | everybody)
        assert not granted.manage_messages


def test_nobody_looks_into_anothers_direct_messages(tryout: Any) -> None:
    world = tryout.world
    theirs = world.spots_of(world.people["theo"])[-1].channel.id
    with pytest.raises(NotHereError):
        world.spot(world.people["mara"], theirs)


def test_commands_come_with_their_options_and_only_for_those_who_may(tryout: Any) -> None:
    seen = see(tryout)
    image = next(one for one in seen["commands"] if one["name"] == "image")
    assert [(one["name"], one["type"], one["required"]) for one in image["options"]] == [
        ("query", 3, True),
        ("colour", 3, False),
        ("count", 4, False),
    ]
    assert image["options"][0]["autocomplete"]
    assert image["options"][1]["choices"][0] == {"label": "Red square", "value": "red"}
    assert (image["options"][2]["min_value"], image["options"][2]["max_value"]) == (1, 50)
    assert seen["menus"] == [{"name": "Identify image", "label": "Identify image"}]
    assert "rules" not in [one["name"] for one in seen["commands"]]
    assert "rules" in [one["name"] for one in see(tryout, "theo")["commands"]]
    assert (seen["mayChangeAgeFlag"], see(tryout, "theo")["mayChangeAgeFlag"]) == (False, True)
    assert not see(tryout, "theo", "night owls")["mayChangeAgeFlag"]


def test_commands_are_named_in_the_persons_language(tryout: Any) -> None:
    command = next(iter(tryout.world.env.backend.commands[None].values()))
    command["name_localizations"] = {"de": "wählen"}
    tryout.world.locales.set(tryout.world.people["mara"].id, "de")
    assert (command["name"], "wählen") in [(one["name"], one["label"]) for one in see(tryout)["commands"]]
    assert "wählen" not in [one["label"] for one in see(tryout, "theo")["commands"]]
    assert see(tryout)["locales"] == ["de", "en-US"]


async def test_uploads_of_the_bot_get_addresses_of_this_page(tryout: Any) -> None:
    await do(tryout, kind="slash", name="image", options={"query": "x"})
    message = see(tryout)["messages"][-1]
    address = message["embeds"][0]["image"]["url"]
    assert address == message["attachments"][0]["url"]
    assert address.startswith("/files/attachments/")
    assert address.endswith("/red.png")
    await do(tryout, kind="slash", name="gallery")
    box = see(tryout)["messages"][-1]["components"][0]
    assert [one["media"]["url"].rsplit("/")[-1] for one in box["components"][1]["items"]] == [
        "red.png",
        "green.png",
        "blue.png",
    ]


async def test_the_still_of_a_video_is_an_address_of_this_page(tryout: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot shows a video by the still that Discord's media proxy makes of it: the address with a query."""
    await do(tryout, uploads={"files": [("clip é.mp4", b"film")]}, kind="send")
    stored = see(tryout)["messages"][-1]
    payload = {
        **stored,
        "attachments": [],
        "embeds": [{"thumbnail": {"url": f"{CDN}/attachments/1/2/é.mp4?format=webp"}}],
    }
    monkeypatch.setattr("bot.tryout.state.serializers.message_payload", lambda *_, **__: payload)
    assert (
        see(tryout)["messages"][-1]["embeds"][0]["thumbnail"]["url"] == "/files/attachments/1/2/%C3%A9.mp4?format=webp"
    )


async def test_other_addresses_are_left_alone(tryout: Any) -> None:
    await do(tryout, kind="slash", name="hostile")
    embed = see(tryout)["messages"][-1]["embeds"][0]
    assert embed["image"]["url"] == "https://127.0.0.1:9/dead.png"
    assert embed["url"] == "https://example.org/?q=<script>"


async def test_ones_own_reaction_is_marked(tryout: Any, toy: ModuleType) -> None:
    await do(tryout, uploads={"files": [("a.png", toy.png("red"))]}, kind="send")
    message = int(see(tryout)["messages"][-1]["id"])
    await do(tryout, kind="react", message=message, emoji="👍", on=True)
    mine, theirs = (see(tryout, who)["messages"][-1]["reactions"][0] for who in ("mara", "theo"))
    assert (mine["me"], mine["count"], mine["emoji"]["name"]) == (True, 1, "👍")
    assert not theirs["me"]


async def test_a_command_that_is_thinking_is_shown_so(tryout: Any) -> None:
    mara = tryout.world.people["mara"]
    spot = tryout.world.spots_of(mara)[0]
    slash = parse_action({"kind": "slash", "name": "image", "options": {"query": "x"}})
    await tryout.actions.perform(mara, spot, slash, {})
    thinking = see(tryout)["messages"][-1]
    assert thinking["flags"] & (1 << 7)
    assert thinking["interaction_metadata"]["user"]["global_name"] == "Mara"
    await asyncio.sleep(0.2)
    assert not see(tryout)["messages"][-1]["flags"] & (1 << 7)
