"""Deleting one's data: asked once, true at once, and the old messages say what became of them."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from pathlib import Path

import pytest

from bot.discord_ui.render.controls import MORE
from tests.wire import Message, User
from tests.wire.house import NEXT, House
from tests.wire.model import walk

pytestmark = pytest.mark.asyncio(loop_scope="session")

GALLERY = 12
"""Discord's number for a media gallery."""


async def _delete_my_data(house: House, person: User) -> Message:
    about = (await house.discord.command(person, house.channel, "about")).answer
    question = (await house.discord.press(person, about, "Delete my data")).answer
    assert question.seen_by is person
    assert any("cannot be undone" in text for text in question.texts())
    return (await house.discord.press(person, question, "Delete everything")).answer


def _rows_with(data: Path, person: User) -> list[str]:
    """Every table that names a person anywhere, also inside texts and numbers."""
    with contextlib.closing(sqlite3.connect(data / "magpie.sqlite3")) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
    return [name for name, found in rows.items() if any(str(person.id) in repr(row) for row in found)]


async def test_nothing_is_deleted_before_it_is_confirmed(house: House) -> None:
    person = house.person()
    message = (await house.search(person)).answer
    about = (await house.discord.command(person, house.channel, "about")).answer
    question = (await house.discord.press(person, about, "Delete my data")).answer
    kept = (await house.discord.press(person, question, "Cancel")).answer
    assert kept.texts() == ["Nothing was deleted."]
    assert not kept.controls()
    before = message.revision
    await house.discord.press(person, message, NEXT)
    assert message.revision > before


async def test_it_is_true_at_once_and_the_old_message_says_so(house: House) -> None:
    person, other = house.person(), house.person()
    message = (await house.search(person)).answer
    await house.discord.press(person, message, NEXT)  # written two seconds later, if at all
    shown = message.embed["title"]
    done = await _delete_my_data(house, person)
    assert not done.controls()
    assert _rows_with(house.data, person) == []
    told = await house.discord.press(other, message, NEXT)
    assert [control["label"] for control in message.controls()] == ["Delete"]
    assert message.embed["title"] == shown, "what it shows stays"
    await house.discord.until(lambda: told.followups, "the words that say why")
    (words,) = told.followups
    assert words.seen_by is other
    assert any("no longer kept" in text for text in words.texts())
    await asyncio.sleep(2.5)
    assert _rows_with(house.data, person) == [], "a turned page was written after all"


async def test_delete_still_works_for_whoever_asked_and_for_moderators(house: House) -> None:
    person, other, moderator = house.person(), house.person(), house.person(permissions=["manage_messages"])
    first, second = [(await house.search(person)).answer for _ in range(2)]
    await _delete_my_data(house, person)
    for message in (first, second):
        await house.discord.press(other, message, MORE)
        assert [control["label"] for control in message.controls()] == ["Delete"]
    refused = await house.discord.press(other, first, "Delete")
    assert any("Only the person who asked" in text for text in refused.answer.texts())
    assert not first.deleted
    await house.discord.press(person, first, "Delete", until="answered")
    await house.discord.until(lambda: first.deleted, "the message to go")
    await house.discord.press(moderator, second, "Delete", until="answered")
    await house.discord.until(lambda: second.deleted, "the message to go")


async def test_it_outlives_a_restart(house: House) -> None:
    person = house.person()
    message = (await house.search(person)).answer
    await _delete_my_data(house, person)
    await house.bot.restart()
    await house.discord.press(person, message, NEXT)
    assert [control["label"] for control in message.controls()] == ["Delete"]
    await house.discord.press(person, message, "Delete", until="answered")
    await house.discord.until(lambda: message.deleted, "the message to go")


async def test_a_gallery_gives_way_to_words(house: House) -> None:
    """An edit would send its pictures again, and nobody knows at which level they were shown."""
    person = house.person()
    message = (await house.discord.command(person, house.channel, "image", query="bird", view="gallery")).answer
    assert [part["type"] for part in walk(message.components)].count(GALLERY) == 1
    await _delete_my_data(house, person)
    await house.discord.press(person, message, MORE)
    assert [control["label"] for control in message.controls()] == ["Delete"]
    assert not [part for part in walk(message.components) if part["type"] == GALLERY]
    assert any("no longer kept" in text for text in message.texts())
