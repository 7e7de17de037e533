"""Pages of yesterday: they say so, privately or once in the message itself, and the very same can be asked again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.bing_v7 import Query, QueryContext, SafeSearch
from bot.storage.purge import forget_server
from bot.storage.sessions import ASKED_AGAIN_FOR
from bot.storage.tables import page_sessions
from tests.discord_ui.fakes import FakeService, held, picture

from .helpers import choose, ids, more, open_picture, press, texts, time_passes

GIVEN = {
    "size": "Large", "color": "Red", "type": "Photo", "license": "Public", "shape": "Wide", "content": "Face",
    "age": "Week", "min-width": 10, "max-width": 4000, "height": 300, "min-file-size": 1, "max-file-size": 500_000,
}  # fmt: skip


async def kept(nest: Any) -> list[Any]:
    async with nest.bot.services.sessions.database.transaction() as connection:
        return list((await connection.execute(select(page_sessions))).all())


@pytest.mark.parametrize("view", ["single", "grid", "gallery"])
async def test_a_search_comes_back_with_all_it_was_asked_with(nest: Any, view: str) -> None:
    nest.locales.set(nest.mara.id, "de")
    await nest.mara.slash(nest.channel, "image", query="a_b *c*", safesearch="Strict", view=view, **GIVEN)
    await press(nest.mara, nest.shown(), "next")
    old = nest.shown()
    await time_passes(nest)
    note = await press(nest.mara, old, "next")
    assert note.response.ephemeral
    said = texts(note.response.message)
    assert "mehr als 1 Tag alt" in said
    assert "Farbe: Rot" in said
    assert "Kennung" not in said, "nothing is broken, so there is nothing to report"
    assert len(nest.service.asked("search")) == (2 if view == "gallery" else 1)
    await press(nest.mara, note.response.message, "again")
    await nest.quiet()
    first, again = nest.service.asked("search")[0], nest.service.asked("search")[-1]
    assert again == first
    assert nest.service.owns[0] == nest.service.owns[-1] is not None
    new = nest.channel.history()[-1]
    assert new.id != old.id
    assert not new.flags.ephemeral
    assert bool(new.flags.components_v2) == (view == "gallery")
    assert len(new.embeds) == {"single": 1, "grid": 4, "gallery": 0}[view]
    assert {str(reaction.emoji) for reaction in new.reactions} == {"◀️", "▶️"}
    await press(nest.mara, new, "next")
    assert nest.channel.history()[-1].id == new.id


async def test_a_private_search_stays_private(nest: Any) -> None:
    result = await nest.mara.slash(nest.channel, "image", query="red flowers", private=True, color="Red")
    await time_passes(nest)
    note = await press(nest.mara, result.response.message, "next")
    again = await press(nest.mara, note.response.message, "again")
    assert nest.channel.history() == []
    assert texts(again.message if hasattr(again, "message") else note.response.message)
    assert note.response.embeds[0].title == "Picture 1"
    assert [request.color for request in nest.service.asked("search")] == ["Red", "Red"]
    await press(nest.mara, note.response.message, "next")
    assert note.response.embeds[0].title == "Picture 2"


async def test_somebody_else_gets_the_same_for_themselves(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "image", query="red flowers", color="Red", view="grid")
    old = nest.shown()
    await time_passes(nest)
    note = await press(nest.kim, old, "next")
    await press(nest.kim, note.response.message, "again")
    assert len(note.response.embeds) == 4
    first, again = nest.service.asked("search")
    assert again == first
    assert len(nest.channel.history()) == 1


async def test_a_spelling_kept_and_a_chosen_refinement_are_what_is_asked_again(nest: Any) -> None:
    nest.service.answer = {
        "related_searches": (Query(text="tulips"),),
        "query_context": QueryContext(original_query="red", altered_query="read"),
    }
    await nest.mara.slash(nest.channel, "image", query="red", color="Red")
    await choose(nest.mara, nest.shown(), "refine", "0")
    await time_passes(nest)
    note = await press(nest.mara, nest.shown(), "next")
    await press(nest.mara, note.response.message, "again")
    assert nest.service.asked("search")[-1] == nest.service.asked("search")[1]


async def test_more_like_this_can_be_asked_again(nest: Any) -> None:
    nest.service.alike = [picture(70), picture(71)]
    await nest.mara.slash(nest.channel, "image", query="red flowers", view="grid")
    found = await open_picture(nest.mara, nest.shown(), 2)
    alike = await press(nest.mara, found.response.message, "similar")
    await time_passes(nest)
    note = await press(nest.mara, alike.response.message, "next")
    assert "Like “Picture 3”" in texts(note.response.message)
    await press(nest.mara, note.response.message, "again")
    first, again = nest.service.asked("insights")
    assert again == first
    assert again.insights_token == "token*3"
    assert note.response.embeds[0].title == "Picture 70"


async def test_words_that_are_blocked_meanwhile_are_not_said_again(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "image", query="red flowers")
    old = nest.shown()
    await time_passes(nest)
    nest.service.banned.add("red flowers")
    note = await press(nest.mara, old, "next")
    assert "no longer kept" in texts(note.response.message)
    assert "red flowers" not in texts(note.response.message)
    assert "again" not in ids(note.response.message)


async def test_what_is_no_longer_kept_says_so(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "image", query="red flowers")
    old = nest.shown()
    await time_passes(nest)
    note = await press(nest.mara, old, "next")
    await time_passes(nest, ASKED_AGAIN_FOR)
    assert await kept(nest) == []
    too_late = await press(nest.mara, note.response.message, "again")
    assert "no longer kept" in texts(too_late.response.message)
    gone = await press(nest.mara, old, "next")
    (told,) = gone.followups
    assert told.ephemeral
    assert "no longer kept" in texts(told)
    assert set(ids(nest.shown())) == {"delete"}
    await press(nest.mara, nest.shown(), "delete")
    assert nest.channel.history() == []


async def test_delete_works_after_the_day_too(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "image", query="red flowers")
    await time_passes(nest)
    theirs = await more(nest.kim, nest.shown())
    assert set(ids(theirs)) == {"again"}
    own = await more(nest.mara, nest.shown())
    assert set(ids(own)) == {"again", "delete"}
    await press(nest.mara, own, "delete")
    assert nest.channel.history() == []


async def test_after_its_day_no_picture_of_a_session_is_kept(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "image", query="red flowers", color="Red")
    await time_passes(nest)
    (row,) = await kept(nest)
    assert row.data == b""
    assert len(row.question) < 400
    async with nest.bot.services.sessions.database.transaction() as connection:
        await connection.execute(update(page_sessions).values(expires_at=datetime.now(UTC)))
    await forget_server(nest.bot.services.sessions.database, nest.guild.id)
    assert await kept(nest) == []


async def test_an_error_while_asking_again_leaves_the_button(nest: Any) -> None:
    from bot.bing_v7 import Unavailable

    await nest.mara.slash(nest.channel, "image", query="red flowers")
    old = nest.shown()
    await time_passes(nest)
    note = await press(nest.mara, old, "next")
    nest.service.error = Unavailable("down", provider="openverse")
    failed = await press(nest.mara, note.response.message, "again")
    assert "Openverse cannot be reached" in failed.followups[0].content
    nest.service.error = None
    await press(nest.mara, note.response.message, "again")
    await nest.quiet()
    assert nest.channel.history()[-1].id != old.id


async def test_nothing_found_this_time_is_said_privately(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "image", query="red flowers")
    old = nest.shown()
    await time_passes(nest)
    note = await press(nest.mara, old, "next")
    nest.service.images = []
    result = await press(nest.mara, note.response.message, "again")
    assert "Nothing was found for “red flowers”" in texts(result.followups[0].message)
    assert [one.id for one in nest.channel.history()] == [old.id]


class TestReactions:
    """A reaction cannot be answered privately."""

    async def test_the_message_says_it_once_and_can_be_asked_again_in_its_place(self, nest: Any) -> None:
        await nest.mara.slash(nest.channel, "image", query="red flowers", color="Red", view="grid")
        await nest.quiet()
        old = nest.shown()
        await time_passes(nest)
        await nest.kim.react(old, "▶️")
        await nest.quiet()
        assert "more than 1 day old" not in texts(nest.shown())
        await nest.mara.react(old, "▶️")
        await nest.quiet()
        shown = nest.shown()
        assert (shown.id, len(nest.channel.history())) == (old.id, 1)
        assert texts(shown).count("more than 1 day old") == 1
        assert set(ids(shown)) == {"again"}
        assert len(shown.embeds) == 4
        assert {str(one.emoji): one.count for one in shown.reactions} == {"▶️": 1}  # Kim's
        before = len(nest.env.http_requests)
        await nest.mara.react(old, "◀️")
        await nest.quiet()
        assert not [one for one in nest.env.http_requests[before:] if one.method == "PATCH"]
        await press(nest.mara, nest.shown(), "again")
        await nest.quiet()
        first, again = nest.service.asked("search")
        assert again == first
        assert (nest.shown().id, len(nest.shown().embeds)) == (old.id, 4)
        assert "more than 1 day old" not in texts(nest.shown())
        await nest.mara.react(nest.shown(), "▶️")
        await nest.quiet()
        assert nest.shown().embeds[0].image.url == "https://thumbs.example.net/5.jpg"

    async def test_somebody_else_asks_again_for_themselves(self, nest: Any) -> None:
        await nest.mara.slash(nest.channel, "image", query="red flowers")
        await nest.quiet()
        await time_passes(nest)
        await nest.mara.react(nest.shown(), "▶️")
        await nest.quiet()
        result = await press(nest.kim, nest.shown(), "again")
        assert result.response.ephemeral
        assert result.response.embeds[0].title == "Picture 1"
        assert set(ids(nest.shown())) == {"again"}

    async def test_nothing_found_this_time_leaves_the_message(self, nest: Any) -> None:
        await nest.mara.slash(nest.channel, "image", query="red flowers")
        await nest.quiet()
        await time_passes(nest)
        await nest.mara.react(nest.shown(), "▶️")
        await nest.quiet()
        nest.service.images = []
        result = await press(nest.mara, nest.shown(), "again")
        assert "Nothing was found" in texts(result.followups[0].message)
        assert set(ids(nest.shown())) == {"again"}

    async def test_a_gallery_keeps_its_pictures(self, nest: Any) -> None:
        nest.service.images = [held(1), *(picture(number) for number in range(2, 20))]
        nest.service.pictures = {"h1": b"\x89PNG one"}
        await nest.mara.slash(nest.channel, "image", query="red flowers", view="gallery")
        await nest.quiet()
        await time_passes(nest)
        await nest.mara.react(nest.shown(), "▶️")
        await nest.quiet()
        shown = nest.shown()
        assert set(ids(shown)) == {"again"}
        assert "more than 1 day old" in texts(shown)
        assert "**6.** Picture 6" in texts(shown)
        assert [one.filename for one in shown.attachments] == ["magpie-h1.png"]
        await press(nest.mara, shown, "again")
        await nest.quiet()
        assert "more than 1 day old" not in texts(nest.shown())
        assert "next" in ids(nest.shown())

    async def test_a_gallery_is_taken_away_if_the_place_becomes_stricter_while_its_texts_are_judged(
        self, nest: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        nest.service.level = SafeSearch.OFF
        await nest.mara.slash(nest.channel, "image", query="red flowers", view="gallery")
        await nest.quiet()
        await time_passes(nest)

        async def allowed_texts(_requester: Any, found: Iterable[str]) -> list[str]:
            nest.service.level = SafeSearch.STRICT
            return list(found)

        monkeypatch.setattr(nest.service, "allowed_texts", allowed_texts)
        await nest.mara.react(nest.shown(), "▶️")
        await nest.quiet()
        assert "more than 1 day old" in texts(nest.shown())
        assert "Picture 6" not in texts(nest.shown())

    async def test_a_message_that_cannot_be_edited_is_left_alone(self, nest: Any) -> None:
        await nest.mara.slash(nest.channel, "image", query="red flowers")
        await nest.quiet()
        await time_passes(nest)
        nest.env.inject_error("PATCH", "/channels/*/messages/*", status=403, code=50001)
        await nest.mara.react(nest.shown(), "▶️")
        await nest.quiet()
        assert "next" in ids(nest.shown())


@pytest.fixture
def service() -> FakeService:
    """Twenty-five pictures."""
    return FakeService([picture(number) for number in range(1, 26)])
