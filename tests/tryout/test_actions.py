"""Everything a person can do at the page reaches the bot, and what they cannot do is refused with a sentence."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from pydantic import ValidationError

from bot.tryout.actions import RefusedError, parse_action


class Seat:
    """Somebody in a channel."""

    def __init__(self, tryout: Any, person: str = "mara", spot: str = "general") -> None:
        self.tryout, self.world = tryout, tryout.world
        self.person = self.world.people[person]
        self.spot = next(one for one in self.world.spots_of(self.person) if one.name == spot)

    async def do(self, kind: str, uploads: Any = None, **fields: Any) -> Any:
        return await self.tryout.actions.perform(
            self.person, self.spot, parse_action({"kind": kind, **fields}), uploads or {}
        )

    def messages(self) -> list[Any]:
        return self.world.visible_messages(self.person, self.spot)

    async def until(self, ready: Callable[[list[Any]], Any]) -> Any:
        async with asyncio.timeout(20):
            while not (found := ready(self.messages())):  # noqa: ASYNC110  (the backend tells nobody)
                await asyncio.sleep(0.01)
        return found

    async def image(self) -> Any:
        """The first page of /image, with its reactions."""
        await self.do("slash", name="image", options={"query": "red"})
        return await self.until(lambda seen: next((one for one in seen if len(one.reactions) == 2), None))


def title(message: Any) -> str:
    return message.embeds[0]["title"]


@pytest.mark.parametrize("spot", ["general", "bird watchers", "after-dark", "night owls", "Magpie"])
async def test_a_page_is_turned_by_button_and_by_reaction_everywhere(tryout: Any, spot: str) -> None:
    seat = Seat(tryout, spot=spot)
    message = await seat.image()
    assert title(message) == "Red square"
    await seat.do("click", message=message.id, custom_id="toy:turn:1")
    await seat.until(lambda _: title(message) == "Green square")
    await seat.do("react", message=message.id, emoji="▶️", on=True)
    await seat.until(lambda _: title(message) == "Blue square")
    await seat.do("react", message=message.id, emoji="▶️", on=False)
    await asyncio.sleep(0.05)
    assert [one for one in tryout.world.env.bot.seen if one[0] in ("add", "remove")] == [
        ("add", "▶️"),
        ("remove", "▶️"),
    ]


async def test_options_arrive_in_their_own_kinds(tryout: Any) -> None:
    seat = Seat(tryout)
    await seat.do("slash", name="image", options={"query": "a b", "colour": "blue", "count": "7"})
    assert ("image", "a b", "blue", 7, "en-US", 10 * 1024 * 1024) in tryout.world.env.bot.seen


async def test_autocomplete_answers_choices(tryout: Any) -> None:
    answer = await Seat(tryout).do("autocomplete", name="image", option="query", value="red", options={"count": "2"})
    assert [one["value"] for one in answer["choices"]] == ["red hills", "red sea"]


async def test_an_attached_picture_reaches_the_bot_whole(tryout: Any, toy: ModuleType) -> None:
    seat = Seat(tryout)
    picture = toy.png("green", (50, 20))
    await seat.do("slash", {"option:image": [("g.png", picture)]}, name="identify")
    assert ("identify", "g.png", len(picture), 50, 20) in tryout.world.env.bot.seen


async def test_a_private_answer_is_seen_by_its_reader_only(tryout: Any, toy: ModuleType) -> None:
    mara, theo = Seat(tryout), Seat(tryout, "theo")
    await mara.do("slash", {"option:image": [("g.png", toy.png("green"))]}, name="identify")
    assert mara.messages()[-1].is_ephemeral
    assert not any(one.is_ephemeral for one in theo.messages())
    with pytest.raises(RefusedError, match="gone"):
        await theo.do("menu", message=mara.messages()[-1].id, name="Identify image")


async def test_a_modal_is_filled_with_text_choice_and_file(tryout: Any) -> None:
    seat = Seat(tryout)
    answer = await seat.do("slash", name="note")
    modal = answer["modal"]
    assert modal["title"] == "A note"
    with pytest.raises(RefusedError, match="text"):
        await seat.do("submit", modal=modal["key"], values={"mood": ["good"]})
    values = {"text": "fine", "mood": ["good"]}
    await seat.do("submit", {"field:proof": [("p.png", b"x")]}, modal=modal["key"], values=values)
    assert seat.messages()[-1].content == "fine / good / p.png"
    with pytest.raises(RefusedError, match="no longer open"):
        await seat.do("submit", modal=modal["key"], values=values)


async def test_entries_of_a_select_are_picked(tryout: Any) -> None:
    seat = Seat(tryout)
    await seat.do("slash", name="choose")
    menu = seat.messages()[-1]
    await seat.do("select", message=menu.id, custom_id="toy:choose", values=["red", "blue"])
    assert seat.messages()[-1].content == "Picked red and blue"
    with pytest.raises(RefusedError):
        await seat.do("select", message=menu.id, custom_id="toy:choose", values=["mauve"])


async def test_a_message_menu_gets_the_message(tryout: Any, toy: ModuleType) -> None:
    mara, theo = Seat(tryout), Seat(tryout, "theo")
    await theo.do("send", {"files": [("owl.png", toy.png("blue"))]}, content="look")
    await mara.do("menu", message=mara.messages()[-1].id, name="Identify image")
    assert mara.messages()[-1].content == "In that message: owl.png"


async def test_only_a_moderator_changes_the_age_flag_or_sees_the_moderators_command(tryout: Any) -> None:
    mara, theo = Seat(tryout), Seat(tryout, "theo")
    with pytest.raises(RefusedError, match="Manage Channels"):
        await mara.do("age", on=True)
    with pytest.raises(RefusedError, match="no command /rules"):
        await mara.do("slash", name="rules")
    await theo.do("age", on=True)
    await theo.do("slash", name="rules", options={"channel": str(theo.spot.channel.id)})
    assert ("channel", "general", False, True) in tryout.world.env.bot.seen
    assert theo.messages()[-1].content == "Rules for general"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "slash", "name": "image"}, "query"),
        ({"kind": "slash", "name": "image", "options": {"query": "x", "count": "many"}}, "whole number"),
        ({"kind": "slash", "name": "image", "options": {"query": "x", "count": 51}}, "50"),
        ({"kind": "slash", "name": "image", "options": {"query": "x", "colour": "mauve"}}, "colour"),
        ({"kind": "slash", "name": "image", "options": {"query": "x", "shape": "round"}}, "shape"),
        ({"kind": "slash", "name": "nothing"}, "no command"),
        ({"kind": "slash", "name": "silent"}, "did not respond"),
        ({"kind": "click", "message": 1, "custom_id": "x"}, "gone"),
        ({"kind": "send", "content": "  "}, "Type something"),
        ({"kind": "submit", "modal": "x", "values": {}}, "no longer open"),
    ],
)
async def test_what_cannot_be_done_is_said_in_a_sentence(
    tryout: Any, monkeypatch: pytest.MonkeyPatch, fields: dict[str, Any], sentence: str
) -> None:
    monkeypatch.setattr("bot.tryout.actions._ANSWER_WITHIN", 0.2)
    with pytest.raises(RefusedError, match=sentence):
        await Seat(tryout).do(**fields)


async def test_a_disabled_button_cannot_be_pressed(tryout: Any) -> None:
    seat = Seat(tryout)
    message = await seat.image()
    with pytest.raises(RefusedError, match="disabled"):
        await seat.do("click", message=message.id, custom_id="toy:turn:-1")


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"kind": "drop"},
        {"kind": "click", "message": "x", "custom_id": "y"},
        {"kind": "react", "message": 1, "emoji": "", "on": True},
        {"kind": "language", "locale": "../x"},
        {"kind": "send", "content": "x", "as": "theo"},
    ],
)
def test_an_unknown_shape_is_no_action(data: Any) -> None:
    with pytest.raises(ValidationError):
        parse_action(data)
