"""What simcord leaves out of uploads and interactions, and the message menu in a direct message."""

from __future__ import annotations

import asyncio
from types import ModuleType
from typing import Any

import discord
import pytest

from bot.tryout import attachment_reader, simcord_patches


def dm(tryout: Any) -> Any:
    """Mara's direct messages."""
    return tryout.world.spots_of(tryout.world.people["mara"])[-1]


async def last_interaction(tryout: Any, spot: Any) -> Any:
    from bot.tryout.actions import parse_action

    seen: list[Any] = []
    tryout.world.env.backend.subscribers.append(lambda event, payload: seen.append((event, payload)))
    where = parse_action({"kind": "slash", "name": "where"})
    await tryout.actions.perform(tryout.world.people["mara"], spot, where, {})
    return next(payload for event, payload in seen if event == "INTERACTION_CREATE")


async def test_an_interaction_says_who_installed_the_app_and_how_much_may_be_uploaded(tryout: Any) -> None:
    world = tryout.world
    in_server = await last_interaction(tryout, next(iter(world.spots.values())))
    assert in_server["authorizing_integration_owners"] == {"0": str(world.guild.id)}
    assert in_server["attachment_size_limit"] == 10 * 1024 * 1024
    in_dm = await last_interaction(tryout, dm(tryout))
    assert in_dm["authorizing_integration_owners"] == {"0": "0"}


async def test_an_interaction_carries_its_persons_language(tryout: Any) -> None:
    spot = next(iter(tryout.world.spots.values()))
    assert (await last_interaction(tryout, spot))["locale"] == "en-US"
    tryout.world.locales.set(tryout.world.people["mara"].id, "de")
    assert (await last_interaction(tryout, spot))["locale"] == "de"
    assert tryout.world.locales.get(tryout.world.people["theo"].id) == "en-US"


def test_an_uploaded_picture_has_discords_address_and_its_size(toy: ModuleType) -> None:
    cdn = simcord_patches.Cdn()
    picture = toy.png("red", (40, 30))
    stored = cdn.store_attachment(2, 1, "red.png", picture, "a square")
    assert stored["url"] == "https://cdn.discordapp.com/attachments/1/2/red.png"
    assert (stored["width"], stored["height"], stored["size"]) == (40, 30, len(picture))
    assert cdn.get(stored["url"]) == picture


async def test_the_bot_reads_an_attachment_by_its_address(tryout: Any, toy: ModuleType) -> None:
    world, picture = tryout.world, toy.png("blue")
    read = attachment_reader(world.env.bot)
    stored = world.env.backend.store_attachments(dm(tryout).channel.id, [("b.png", picture)])
    assert await read(stored[0]["url"]) == picture
    with pytest.raises(discord.NotFound):
        await read("https://cdn.discordapp.com/attachments/1/2/nothing.png")


def test_of_many_uploads_the_newest_are_kept() -> None:
    cdn = simcord_patches.Cdn(most=10)
    urls = [cdn.store_attachment(number, 1, "a.bin", b"1234", None)["url"] for number in range(4)]
    assert [cdn.get(url) for url in urls] == [None, None, b"1234", b"1234"]
    large = cdn.store_attachment(9, 1, "b.bin", b"x" * 50, None)["url"]
    assert cdn.get(large) == b"x" * 50


async def test_a_follow_up_after_a_deleted_deferral_is_a_message_of_its_own(tryout: Any) -> None:
    from bot.tryout.actions import parse_action

    world = tryout.world
    mara, theo = world.people["mara"], world.people["theo"]
    spot = world.spots_of(mara)[0]
    await tryout.actions.perform(mara, spot, parse_action({"kind": "slash", "name": "later"}), {})
    await asyncio.sleep(0.05)
    assert world.visible_messages(theo, spot)[-1].content == "Here it is, for everybody"
    assert not [one for one in world.visible_messages(mara, spot) if one.flags & (1 << 7)]


@pytest.mark.parametrize("data", [b"", b"hello", b"\x89PNG\r\n\x1a\nbroken"])
def test_what_is_no_picture_has_no_size(data: bytes) -> None:
    stored = simcord_patches.Cdn().store_attachment(2, 1, "notes.txt", data, None)
    assert "width" not in stored
    assert stored["size"] == len(data)


async def test_a_message_menu_works_in_a_direct_message(tryout: Any, toy: ModuleType) -> None:
    from bot.tryout.actions import parse_action

    world, spot = tryout.world, dm(tryout)
    mara = world.people["mara"]
    files = {"files": [("bird.png", toy.png("green"))]}
    await tryout.actions.perform(mara, spot, parse_action({"kind": "send", "content": "this one"}), files)
    message = world.visible_messages(mara, spot)[-1]
    menu = parse_action({"kind": "menu", "name": "Identify image", "message": message.id})
    await tryout.actions.perform(mara, spot, menu, {})
    await asyncio.sleep(0.05)
    assert world.visible_messages(mara, spot)[-1].content == "In that message: bird.png"
