"""The stand-in's REST side: permissions, refusals, times, troubles and the picture server."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
from yarl import URL

from . import Channel, ChannelType, Guild, Interaction, InteractionType, Message, StandIn, Upload, User
from .sample_bot import png
from .world import World

QUIET: dict[str, Any] = {"allowed_mentions": {"parse": []}}
EMBED = {**QUIET, "embeds": [{"title": "a"}]}
HELLO = {**QUIET, "content": "hello"}
THUMB = quote("👍")


@dataclass
class Desk:
    """Sends requests as the bot would."""

    discord: StandIn
    session: aiohttp.ClientSession
    guild: Guild
    channel: Channel
    ann: User

    async def ask(self, method: str, path: str, body: object = None, *, token: str | None = None) -> tuple[int, Any]:
        headers = {"Authorization": f"Bot {token or self.discord.token}"}
        url = URL(self.discord.api_url + path, encoded=True)
        async with self.session.request(method, url, json=body, headers=headers) as answer:
            raw = await answer.read()
            return answer.status, json.loads(raw) if raw else None

    async def code(self, method: str, path: str, body: object = None) -> int:
        """The JSON code of a refusal; 0 when there was none."""
        status, answer = await self.ask(method, path, body)
        return answer["code"] if status >= 400 else 0

    async def posted(self, channel: Channel, body: object = HELLO) -> Message:
        status, answer = await self.ask("POST", f"/channels/{channel.id}/messages", body)
        assert status == 200, answer
        return channel.messages[int(answer["id"])]

    def interaction(self, channel: Channel | None = None, user: User | None = None) -> Interaction:
        place, person = channel or self.channel, user or self.ann
        return self.discord.made.make(InteractionType.COMMAND, person, place, {"name": "image"})

    async def answer(self, one: Interaction, body: object) -> int:
        return await self.code("POST", f"/interactions/{one.id}/{one.token}/callback", body)

    def hook(self, one: Interaction, rest: str = "") -> str:
        return f"/webhooks/{self.discord.bot.id}/{one.token}{rest}"


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with StandIn() as discord, aiohttp.ClientSession() as session:
        guild = discord.guild()
        yield Desk(discord, session, guild, discord.channel(guild), discord.member(guild, "ann"))


def path_of(message: Message, rest: str = "") -> str:
    return f"/channels/{message.channel.id}/messages/{message.id}{rest}"


async def test_a_wrong_token_is_refused(desk: Desk) -> None:
    assert await desk.ask("GET", "/users/@me", token="wrong") == (401, {"message": "401: Unauthorized", "code": 0})


@pytest.mark.parametrize(
    ("denied", "body", "code"),
    [("view_channel", HELLO, 50001), ("send_messages", HELLO, 50013), ("embed_links", EMBED, 50013), ("", EMBED, 0)],
)
async def test_permissions_to_write(desk: Desk, denied: str, body: object, code: int) -> None:
    place = desk.discord.channel(desk.guild, "there", bot_denied=[denied] if denied else None)
    assert await desk.code("POST", f"/channels/{place.id}/messages", body) == code


async def test_a_thread_asks_its_parent(desk: Desk) -> None:
    forum = desk.discord.channel(desk.guild, "forum", kind=ChannelType.FORUM, bot_denied=["send_messages_in_threads"])
    post = desk.discord.thread(forum)
    assert await desk.code("POST", f"/channels/{post.id}/messages", HELLO) == 50013


async def test_own_reactions_need_add_reactions_unless_they_are_there(desk: Desk) -> None:
    quiet = desk.discord.channel(desk.guild, "quiet", bot_denied=["add_reactions"])
    message = await desk.posted(quiet)
    assert await desk.code("PUT", path_of(message, f"/reactions/{THUMB}/@me")) == 50013
    await desk.discord.react(desk.ann, message, "👍")
    assert await desk.code("PUT", path_of(message, f"/reactions/{THUMB}/@me")) == 0
    assert message.reactions == {"👍": [desk.ann, desk.discord.bot]}


async def test_others_reactions_need_manage_messages(desk: Desk) -> None:
    message = await desk.posted(desk.channel)
    await desk.discord.react(desk.ann, message, "👍")
    mine = path_of(message, f"/reactions/{THUMB}/{desk.ann.id}")
    assert await desk.code("DELETE", mine) == 50013
    assert await desk.code("DELETE", path_of(message, "/reactions")) == 50013
    desk.discord.join(desk.guild, desk.discord.bot, permissions=["manage_messages"])
    assert await desk.code("DELETE", mine) == 0
    assert message.reactions == {}
    assert await desk.code("DELETE", path_of(message, "/reactions")) == 0


async def test_others_reactions_stay_in_direct_messages(desk: Desk) -> None:
    message = await desk.posted(desk.discord.dm(desk.ann))
    await desk.discord.react(desk.ann, message, "👍")
    assert await desk.code("DELETE", path_of(message, f"/reactions/{THUMB}/{desk.ann.id}")) == 50003
    assert await desk.code("DELETE", path_of(message, "/reactions")) == 50003


async def test_at_most_twenty_emojis_and_only_real_ones(desk: Desk) -> None:
    message = await desk.posted(desk.channel)
    codes = [await desk.code("PUT", path_of(message, f"/reactions/{quote(chr(0x1F600 + n))}/@me")) for n in range(21)]
    assert codes == [0] * 20 + [30010]
    assert await desk.code("PUT", path_of(message, "/reactions/arrow/@me")) == 10014


async def test_messages_of_others_deleted_ones_and_private_answers(desk: Desk) -> None:
    theirs = await desk.discord.write(desk.ann, desk.channel, "mine")
    assert await desk.code("PATCH", path_of(theirs), HELLO) == 50005
    assert await desk.code("DELETE", path_of(theirs)) == 50013
    own = await desk.posted(desk.channel)
    assert await desk.code("DELETE", path_of(own)) == 0
    assert await desk.code("PATCH", path_of(own), HELLO) == 10008
    one = desk.interaction()
    assert await desk.answer(one, {"type": 4, "data": {**HELLO, "flags": 64}}) == 0
    assert await desk.code("GET", path_of(one.answer)) == 10008
    assert await desk.code("GET", desk.hook(one, "/messages/@original")) == 0


async def test_an_archived_thread_refuses_changes_and_wakes_by_a_message(desk: Desk) -> None:
    thread = desk.discord.thread(desk.channel)
    message = await desk.posted(thread)
    thread.archived = True
    assert await desk.code("PATCH", path_of(message), HELLO) == 50083
    assert await desk.code("PUT", path_of(message, f"/reactions/{THUMB}/@me")) == 50083
    await desk.posted(thread)
    assert not thread.archived


async def test_first_answers_come_once_and_within_three_seconds(desk: Desk) -> None:
    one = desk.interaction()
    assert await desk.code("PATCH", desk.hook(one, "/messages/@original"), HELLO) == 10015
    assert await desk.answer(one, {"type": 5}) == 0
    assert await desk.answer(one, {"type": 4, "data": HELLO}) == 40060
    late = desk.interaction()
    desk.discord.clock.advance(3.1)
    assert await desk.answer(late, {"type": 5}) == 10062
    assert await desk.code("POST", "/interactions/1/none/callback", {"type": 5}) == 10062


async def test_what_a_busy_machine_takes_of_the_three_seconds_is_given_back(desk: Desk) -> None:
    waited = 7.0
    desk.discord.kept_waiting = lambda: waited
    in_time, late = desk.interaction(), desk.interaction()
    desk.discord.clock.advance(4.5)
    waited += 2.0
    assert await desk.answer(in_time, {"type": 5}) == 0
    desk.discord.clock.advance(1.0)
    assert await desk.answer(late, {"type": 5}) == 10062


async def test_tokens_live_fifteen_minutes(desk: Desk) -> None:
    one = desk.interaction()
    assert await desk.answer(one, {"type": 5}) == 0
    desk.discord.clock.advance(14 * 60)
    assert await desk.code("PATCH", desk.hook(one, "/messages/@original"), HELLO) == 0
    desk.discord.clock.advance(61)
    assert await desk.code("PATCH", desk.hook(one, "/messages/@original"), HELLO) == 50027
    assert await desk.code("PATCH", path_of(one.answer), HELLO) == 0


async def test_the_first_follow_up_fills_a_deferred_answer(desk: Desk) -> None:
    one = desk.interaction()
    await desk.answer(one, {"type": 5, "data": {"flags": 64}})
    assert not one.settled
    assert await desk.code("POST", desk.hook(one), HELLO) == 0
    assert one.settled
    assert one.answer.content == "hello"
    assert one.answer.ephemeral
    assert one.followups == []
    assert await desk.code("POST", desk.hook(one), HELLO) == 0
    assert len(one.followups) == 1


async def test_outside_of_its_servers_the_bot_has_five_follow_ups_and_no_channel(desk: Desk) -> None:
    elsewhere = desk.discord.guild("Elsewhere", present=False)
    bob = desk.discord.member(elsewhere, "bob", installed=True)
    one = desk.interaction(desk.discord.channel(elsewhere), bob)
    await desk.answer(one, {"type": 4, "data": HELLO})
    codes = [await desk.code("POST", desk.hook(one), HELLO) for _ in range(6)]
    assert codes == [0] * 5 + [40094]
    assert await desk.code("PUT", path_of(one.answer, f"/reactions/{THUMB}/@me")) == 50001


async def test_a_server_may_make_external_answers_private(desk: Desk) -> None:
    elsewhere = desk.discord.guild("Elsewhere", everyone=1 << 10, present=False)
    bob = desk.discord.member(elsewhere, "bob", installed=True)
    one = desk.interaction(desk.discord.channel(elsewhere), bob)
    await desk.answer(one, {"type": 4, "data": HELLO})
    assert one.answer.seen_by is bob


async def test_a_broken_rule_is_refused_and_remembered(desk: Desk) -> None:
    status, answer = await desk.ask("POST", f"/channels/{desk.channel.id}/messages", {"content": "hello"})
    assert (status, answer["code"]) == (400, 50035)
    with pytest.raises(AssertionError, match=r"allowed_mentions.parse must be \[\]"):
        desk.discord.assert_no_violations()
    assert await desk.code("GET", "/voice/regions") == 0
    assert "has no route GET /api/v10/voice/regions" in desk.discord.violations.pop()
    desk.discord.violations.clear()


async def test_troubles_are_made_as_often_as_asked(desk: Desk) -> None:
    desk.discord.fail("GET", "/users/@me", 503)
    desk.discord.limit("GET", "/users/@me", 0.2)
    desk.discord.delay("GET", "/users/@me", 0.01)
    statuses = [(await desk.ask("GET", "/users/@me"))[0] for _ in range(4)]
    assert statuses == [503, 429, 200, 200]
    desk.discord.fail("POST", "/users/@me/channels", -1)
    with pytest.raises(aiohttp.ClientConnectionError):
        await desk.ask("POST", "/users/@me/channels", {"recipient_id": str(desk.ann.id)})
    assert await desk.code("POST", "/users/@me/channels", {"recipient_id": str(desk.ann.id)}) == 0


async def test_files_are_served_while_their_address_is_good(desk: Desk) -> None:
    message = await desk.discord.write(desk.ann, desk.channel, attachments=[Upload("a cat.png", png())])
    url = desk.discord.files.url(message.attachments[0])

    async def status(address: str) -> int:
        async with desk.session.get(URL(address, encoded=True)) as answer:
            assert answer.status != 200 or (await answer.read(), answer.content_type) == (png(), "image/png")
            return answer.status

    assert await status(url) == 200
    assert await status(url.replace("hm=", "hm=0")) == 404
    desk.discord.clock.advance(3 * 86_400)
    assert await status(url) == 404


async def test_waiting_in_vain_says_for_what() -> None:
    with pytest.raises(AssertionError, match=r"waited 0.01 s in vain for rain"):
        await World().until(lambda: False, "rain", within=0.01)
