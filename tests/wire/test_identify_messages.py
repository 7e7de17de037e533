"""*Identify image* on messages of every kind, as Discord sends them: which picture is read, and what is asked."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from . import Message, Upload, payloads
from .interactions import InteractionType
from .model import Json
from .test_identify import House, copy, house, running

__all__ = ["house", "running"]

pytestmark = pytest.mark.asyncio(loop_scope="session")

_SHELF = re.compile(r"http://127\.0\.0\.1:\d+/(?:ephemeral-)?attachments/[^\"?]+\?[^\"]*")
V2 = 1 << 15


async def menu_on(house: House, parts: Json, *, expect_answer: bool = True) -> Any:
    """Choose *Identify image* on a message that has these parts beside those of every message."""
    person = house.person()
    posted = await house.discord.write(house.person(), house.channel, "-")
    message = {**payloads.message(posted, house.discord), **parts}
    (command,) = [one for one in house.discord.commands[None] if one["name"] == "Identify image"]
    data: Json = {"id": command["id"], "name": "Identify image", "type": 3, "target_id": str(posted.id)}
    data["resolved"] = {"messages": {str(posted.id): message}}
    sent = await house.discord.send(InteractionType.COMMAND, person, house.channel, data)
    return (person, sent.answer) if expect_answer else sent


def shelved(house: House, number: int, name: str = "a.png") -> str:
    """A picture of the collection on Discord's shelf; its address."""
    upload = Upload(name, copy(house.drawn(number)[1]))
    return house.discord.files.url(house.discord.files.add(upload, channel_id=house.channel.id))


def media(address: str, kind: str = "image/png") -> Json:
    """A media item as Discord sends it."""
    return {"url": address, "proxy_url": address, "width": 300, "height": 200, "content_type": kind, "loading_state": 2}


def gallery(*addresses: str) -> Json:
    return {"type": 12, "id": 1, "items": [{"media": media(one), "description": None} for one in addresses]}


def components(*parts: Json) -> Json:
    return {"content": "", "components": list(parts), "flags": V2}


def forwarded(**parts: Any) -> Json:
    """A message that forwards another."""
    snapshot: Json = {
        "content": "", "embeds": [], "attachments": [], "timestamp": "2026-11-27T17:55:15+00:00",
        "edited_timestamp": None, "flags": 0, "mentions": [], "mention_roles": [], "type": 0, "sticker_items": [],
        "components": [], **parts,
    }  # fmt: skip
    return {
        "message_reference": {"type": 1, "channel_id": "1", "message_id": "2"},
        "message_snapshots": [{"message": snapshot}],
    }


def one_picture(kind: str, address: str) -> Json:
    """A message that shows one picture in one of the ways there are."""
    thumbnail: Json = {"type": 11, "id": 3, "media": media(address), "description": "a thing"}
    section: Json = {
        "type": 9,
        "id": 1,
        "components": [{"type": 10, "id": 2, "content": "text"}],
        "accessory": thumbnail,
    }
    file: Json = {"type": 13, "id": 1, "file": media(address), "name": "a.png", "size": 5}
    attachment: Json = {
        "id": "5", "filename": "a.png", "size": 5000, "url": address, "proxy_url": address, "content_type": "image/png",
        "width": 300, "height": 200,
    }  # fmt: skip
    return {
        "gallery": components(gallery(address)),
        "container": components({"type": 17, "id": 9, "components": [gallery(address)]}),
        "section": components(section),
        "section in a container": components({"type": 17, "id": 9, "components": [section]}),
        "file": components(file),
        "attachment": {"attachments": [attachment]},
        "large upload": {"attachments": [{**attachment, "size": 80_000_000}]},
        "embed": {"embeds": [{"type": "rich", "title": "A page", "image": media(address)}]},
        "forwarded attachment": forwarded(attachments=[attachment]),
        "forwarded gallery": forwarded(components=[gallery(address)], flags=V2),
        "forwarded container": forwarded(components=[{"type": 17, "id": 9, "components": [section]}], flags=V2),
        "link": {"content": f"_see_ **{address}**."},
    }[kind]


KINDS = (
    "gallery", "container", "section", "section in a container", "file", "attachment", "large upload", "embed",
    "forwarded attachment", "forwarded gallery", "forwarded container", "link",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
async def test_the_picture_of_a_message(house: House, kind: str) -> None:
    number = 3 + 2 * KINDS.index(kind)
    _, answer = await menu_on(house, one_picture(kind, shelved(house, number)))
    assert answer.embed["title"] == house.drawn(number)[0]


async def test_a_text_file_in_a_message_of_components_is_no_picture(house: House) -> None:
    address = shelved(house, 3)
    file: Json = {"type": 13, "id": 1, "file": media(address, "text/plain"), "name": "a.txt", "size": 5}
    sent = await menu_on(house, components(file), expect_answer=False)
    assert "no picture in that message" in sent.answer.text()


async def test_pictures_of_one_post_are_told_apart(house: House) -> None:
    addresses = [shelved(house, number, f"{number}.png") for number in (30, 40, 50)]
    post = "https://social.example/post/1"
    embeds = [{"type": "rich", "url": post, "title": "Post", "image": media(one)} for one in addresses]
    person, message = await menu_on(house, {"content": post, "embeds": embeds})
    assert message.ephemeral
    (menu,) = [one for one in message.controls() if one.get("options")]
    labels = [option["label"] for option in menu["options"]]
    assert [label.rpartition("(")[2] for label in labels] == ["30.png)", "40.png)", "50.png)"]
    await house.discord.select(person, message, ["2"], "Choose a picture")
    assert message.embed["title"] == house.drawn(50)[0]


async def test_the_picture_of_magpies_own_message(house: House) -> None:
    title, data = house.drawn(60)
    answer = await house.identify(house.person(), image=Upload("a.png", copy(data)))
    again = await house.discord.message_menu(house.person(), answer, "Identify image")
    assert title in again.answer.text()


def reply_to(message: Message) -> Json:
    """A reply without a picture of its own."""
    reference = {"type": 0, "channel_id": str(message.channel.id), "message_id": str(message.id)}
    return {"content": "what is this?", "type": 19, "message_reference": reference}


async def test_the_picture_of_the_message_replied_to(house: House) -> None:
    title, data = house.drawn(70)
    posted = await house.discord.write(house.person(), house.channel, "", attachments=[Upload("a.png", copy(data))])
    _, answer = await menu_on(house, reply_to(posted))
    assert answer.embed["title"] == title
    told = {**reply_to(posted), "referenced_message": payloads.message(posted, house.discord)}
    _, answer = await menu_on(house, told)
    assert answer.embed["title"] == title


async def test_a_reply_whose_message_shows_nothing_says_what_to_do(house: House) -> None:
    posted = await house.discord.write(house.person(), house.channel, "only words")
    sent = await menu_on(house, reply_to(posted), expect_answer=False)
    assert "on the message it replies to" in sent.answer.text()
    await house.discord.delete(posted)
    sent = await menu_on(house, reply_to(posted), expect_answer=False)
    assert "on the message it replies to" in sent.answer.text()


async def test_an_old_discord_link_is_said_to_be_one(house: House) -> None:
    address = shelved(house, 20)
    for old in (address.partition("?")[0], re.sub("ex=[0-9a-f]+", "ex=00000001", address)):
        reply = await house.discord.command(house.person(), house.channel, "identify", url=old)
        await house.discord.until(lambda reply=reply: reply.followups, "the refusal")
        assert reply.followups[0].ephemeral
        assert "incomplete or has expired" in reply.followups[0].text()


async def test_the_shared_messages(house: House, shared: Path) -> None:
    """Each has pictures; those of the message that one of them replies to are fetched."""
    title, data = house.drawn(25)
    posted = await house.discord.write(house.person(), house.channel, "", attachments=[Upload("a.png", copy(data))])
    address = house.discord.files.url(posted.attachments[0])
    found: dict[str, str] = {}
    for path in sorted((shared / "cases/messages").glob("*.json")):
        parts = json.loads(_SHELF.sub(address, path.read_text("utf-8")))
        if path.stem == "reply_to_picture":
            parts |= reply_to(posted)
        _, answer = await menu_on(house, parts)
        found[path.stem] = answer.embed["title"]
    assert found == dict.fromkeys(found, title)
    assert len(found) == 6
