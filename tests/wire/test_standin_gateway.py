"""The stand-in's websocket: logins, events by intent and shard, resumption, and the ways a connection ends."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from . import StandIn
from .gateway import DM_REACTIONS, GUILD_MESSAGES, GUILD_REACTIONS, GUILDS, MESSAGE_CONTENT, Op
from .sample_bot import SampleBot

Received = dict[str, Any]


class Raw:
    """A websocket client that knows nothing."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def send(self, op: Op, data: object) -> None:
        await self.socket.send_str(json.dumps({"op": op, "d": data}))

    async def next(self) -> Received:
        return json.loads((await self.socket.receive(timeout=20)).data)

    async def until(self, event: str) -> tuple[Received, list[str]]:
        """The event named, and the names of those before it."""
        seen: list[str] = []
        while (received := await self.next())["t"] != event:
            seen.append(received["t"])
        return received, seen

    async def closed(self) -> int | None:
        await self.socket.receive(timeout=20)
        return self.socket.close_code

    async def identify(self, stand_in: StandIn, intents: int, shard: tuple[int, int] = (0, 1)) -> Received:
        await self.send(Op.IDENTIFY, {"token": stand_in.token, "intents": intents, "shard": shard})
        return (await self.until("READY"))[0]


@asynccontextmanager
async def connected(stand_in: StandIn) -> AsyncIterator[Raw]:
    async with aiohttp.ClientSession() as session, session.ws_connect(stand_in.gateway_url) as socket:
        raw = Raw(socket)
        assert (await raw.next())["op"] == Op.HELLO
        yield raw


async def test_heartbeats_are_acknowledged() -> None:
    async with StandIn() as stand_in, connected(stand_in) as raw:
        await raw.send(Op.HEARTBEAT, None)
        assert (await raw.next())["op"] == Op.ACK
        assert stand_in.gateway.heartbeats == 1


async def test_a_client_that_stays_silent_is_let_go() -> None:
    async with StandIn() as stand_in:
        stand_in.gateway.heartbeat_interval = 0.05
        async with connected(stand_in) as raw:
            assert await raw.closed() == 4009


@pytest.mark.parametrize(
    ("data", "code"),
    [({"token": "wrong", "intents": 0}, 4004), ({"token": "stand-in-token", "intents": MESSAGE_CONTENT}, 4014)],
)
async def test_refused_logins(data: Received, code: int) -> None:
    async with StandIn() as stand_in, connected(stand_in) as raw:
        await raw.send(Op.IDENTIFY, data)
        assert await raw.closed() == code


async def test_oversized_and_senseless_messages_end_the_connection() -> None:
    async with StandIn() as stand_in:
        for text in ("a" * 5000, "no JSON", '{"op": 99}'):
            async with connected(stand_in) as raw:
                await raw.socket.send_str(text)
                assert await raw.closed() == 4002


async def test_events_go_to_those_who_want_them() -> None:
    async with StandIn() as stand_in:
        channel = stand_in.channel(stand_in.guild())
        assert channel.guild is not None
        ann = stand_in.member(channel.guild, "ann")
        async with connected(stand_in) as raw:
            await raw.identify(stand_in, GUILD_REACTIONS)
            message = await stand_in.write(ann, channel, "hello")
            await stand_in.react(ann, message, "👍")
            event, before = await raw.until("MESSAGE_REACTION_ADD")
            assert before == []
            assert event["d"]["emoji"] == {"id": None, "name": "👍"}
            assert event["d"]["member"]["user"]["username"] == "ann"
            direct = await stand_in.write(ann, stand_in.dm(ann), "hi")
            await stand_in.react(ann, direct, "👍")
            await stand_in.unreact(ann, message, "👍")
            assert (await raw.until("MESSAGE_REACTION_REMOVE"))[1] == []


async def test_others_words_are_hidden_without_the_privileged_intent() -> None:
    async with StandIn() as stand_in:
        channel = stand_in.channel(stand_in.guild())
        assert channel.guild is not None
        async with connected(stand_in) as raw:
            await raw.identify(stand_in, GUILDS | GUILD_MESSAGES)
            await stand_in.write(channel.guild.owner, channel, "secret")
            event, _ = await raw.until("MESSAGE_CREATE")
            assert event["d"]["content"] == ""


async def test_each_shard_gets_its_own_servers() -> None:
    async with StandIn() as stand_in:
        guilds = [stand_in.guild(str(n)) for n in range(2)]
        while guilds[1].id >> 22 & 1 == guilds[0].id >> 22 & 1:
            stand_in.clock.advance(0.001)
            guilds[1] = stand_in.guild("again")
        async with connected(stand_in) as first, connected(stand_in) as second:
            for number, raw in enumerate((first, second)):
                ready = await raw.identify(stand_in, GUILDS | DM_REACTIONS, (number, 2))
                mine = {str(g.id) for g in stand_in.guilds.values() if (g.id >> 22) % 2 == number}
                assert {guild["id"] for guild in ready["d"]["guilds"]} == mine
            person = stand_in.user("cat")
            message = await stand_in.write(person, stand_in.dm(person), "hi")
            await stand_in.react(person, message, "👍")
            assert (await first.until("MESSAGE_REACTION_ADD"))[0]["d"]["user_id"] == str(person.id)


async def test_a_cut_connection_is_resumed_and_nothing_is_lost() -> None:
    async with StandIn() as stand_in:
        channel = stand_in.channel(stand_in.guild())
        assert channel.guild is not None
        ann = stand_in.member(channel.guild, "ann")
        bot = SampleBot()
        async with stand_in.running(bot):
            await stand_in.gateway.drop()
            missed = await stand_in.command(ann, channel, "jump", until="sent")
            stand_in.first_answer = 15
            await stand_in.until(lambda: missed.answered, "the replayed interaction", within=60)
            assert missed.modal is not None
            assert len(stand_in.gateway.resumed) == 1
            assert len(stand_in.gateway.identified) == 1


async def test_a_client_asked_to_reconnect_resumes() -> None:
    async with StandIn() as stand_in:
        stand_in.guild()
        async with stand_in.running(SampleBot()) as bot:
            await stand_in.gateway.reconnect()
            await stand_in.until(lambda: stand_in.gateway.resumed, "a resumption")
            await stand_in.until(stand_in.gateway.connected, "a connection")
            await stand_in.until(lambda: bot.resumes, "the bot's own notice")
            assert len(stand_in.gateway.identified) == 1


async def test_an_unknown_session_is_refused() -> None:
    async with StandIn() as stand_in, connected(stand_in) as raw:
        await raw.send(Op.RESUME, {"token": stand_in.token, "session_id": "none", "seq": 4})
        assert await raw.next() == {"op": Op.INVALID_SESSION, "d": False}
        await raw.identify(stand_in, GUILDS)


async def test_events_after_a_number_are_replayed() -> None:
    async with StandIn() as stand_in:
        guild = stand_in.guild()
        channel = stand_in.channel(guild)
        message = await stand_in.write(guild.owner, channel, "hello")
        async with connected(stand_in) as raw:
            ready = await raw.identify(stand_in, GUILD_REACTIONS)
            await stand_in.gateway.drop()
        await stand_in.react(guild.owner, message, "👍")
        async with connected(stand_in) as raw:
            data = {"token": stand_in.token, "session_id": ready["d"]["session_id"], "seq": ready["s"]}
            await raw.send(Op.RESUME, data)
            assert (await raw.until("RESUMED"))[1] == ["MESSAGE_REACTION_ADD"]
