"""The websocket side: HELLO, IDENTIFY, READY, heartbeats, RESUME with replay, and the events by intent and shard.

Close codes and opcodes as in Discord's documentation, pages "Gateway" and "Opcodes and status codes".
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections import deque
from dataclasses import dataclass, field
from enum import IntEnum

from aiohttp import WSCloseCode, WSMsgType, web

from . import payloads
from .model import Guild, Json
from .world import World

GUILDS, GUILD_MESSAGES, GUILD_REACTIONS = 1 << 0, 1 << 9, 1 << 10
DM_MESSAGES, DM_REACTIONS, MESSAGE_CONTENT = 1 << 12, 1 << 13, 1 << 15
PRIVILEGED = 1 << 1 | 1 << 8 | MESSAGE_CONTENT
MOST_PAYLOAD = 4096
MOST_SENT, SENT_WINDOW = 120, 60.0


class Op(IntEnum):
    """Gateway opcodes."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE = 3
    VOICE = 4
    RESUME = 6
    RECONNECT = 7
    MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    ACK = 11


@dataclass(eq=False)
class Session:
    """One login of one shard, which outlives its connection until it is invalidated."""

    id: str
    shard: int
    shards: int
    intents: int
    socket: web.WebSocketResponse | None = None
    sequence: int = 0
    sent: list[str] = field(default_factory=list[str])
    queue: asyncio.Queue[str] = field(default_factory=asyncio.Queue[str])

    def wants(self, intent: int) -> bool:
        """Whether events that need ``intent`` (0: none) go to this session."""
        return not intent or bool(self.intents & intent)

    def push(self, event: str, data: Json) -> None:
        """Number an event, remember it for a replay and send it."""
        self.sequence += 1
        text = json.dumps({"op": Op.DISPATCH, "t": event, "s": self.sequence, "d": data})
        self.sent.append(text)
        self.queue.put_nowait(text)


class Gateway:
    """All sessions, and what tests do to them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.url = ""
        self.sessions: dict[str, Session] = {}
        self.identified: list[Json] = []
        """The ``d`` of every IDENTIFY, in order."""
        self.resumed: list[Json] = []
        """The ``d`` of every RESUME, in order."""
        self.heartbeats = 0
        self.heartbeat_interval = 41.25
        self.acknowledge = True
        """False: heartbeats stay unanswered, as with a dead connection."""
        self.allowed_intents = ~PRIVILEGED
        """Intents the application may ask for; more closes the connection with 4014."""

    # what tests ask and do ----------------------------------------------------------------------------------------

    def connected(self) -> list[Session]:
        """The sessions that have a living connection."""
        return [s for s in self.sessions.values() if s.socket is not None and not s.socket.closed]

    async def drop(self) -> None:
        """Cut every connection without a word, as a broken network does. The sessions can be resumed."""
        for session in self.connected():
            assert session.socket is not None
            transport = session.socket._req.transport if session.socket._req else None
            if transport is not None:
                transport.abort()
            session.socket = None

    async def reconnect(self) -> None:
        """Ask every client to reconnect and resume (opcode 7)."""
        for session in self.connected():
            assert session.socket is not None
            await session.socket.send_str(json.dumps({"op": Op.RECONNECT, "d": None}))

    async def invalidate(self) -> None:
        """End every session: the clients must log in anew (opcode 9, not resumable)."""
        for session in self.connected():
            assert session.socket is not None
            self.sessions.pop(session.id, None)
            await session.socket.send_str(json.dumps({"op": Op.INVALID_SESSION, "d": False}))

    async def close(self, code: int = WSCloseCode.GOING_AWAY) -> None:
        """Close every connection with ``code``."""
        for session in self.connected():
            assert session.socket is not None
            await session.socket.close(code=code)

    # sending ------------------------------------------------------------------------------------------------------

    def dispatch(self, event: str, data: Json, *, guild: Guild | None, intent: int = 0) -> bool:
        """Send an event to the shard that has ``guild`` (shard 0 without one); False when nobody took it."""
        taken = False
        for session in list(self.sessions.values()):
            shard = (guild.id >> 22) % session.shards if guild is not None else 0
            if session.shard == shard and session.wants(intent):
                session.push(event, data)
                taken = True
        return taken

    # the connection -----------------------------------------------------------------------------------------------

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """One connection, from HELLO to its end."""
        socket = web.WebSocketResponse(max_msg_size=0, compress=False)
        await socket.prepare(request)
        await socket.send_str(json.dumps({"op": Op.HELLO, "d": {"heartbeat_interval": self.heartbeat_interval * 1000}}))
        session: Session | None = None
        pump: asyncio.Task[None] | None = None
        recent: deque[float] = deque()
        try:
            while True:
                patience = None if not self.acknowledge else self.heartbeat_interval * 1.6
                message = await socket.receive(timeout=patience)
                if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                    break
                code, op, data = self._read(message.data, recent)
                if code:
                    await socket.close(code=code)
                    break
                if op is Op.HEARTBEAT:
                    self.heartbeats += 1
                    if self.acknowledge:
                        await socket.send_str(json.dumps({"op": Op.ACK}))
                elif op in (Op.IDENTIFY, Op.RESUME):
                    started = self._identify(data, socket) if op is Op.IDENTIFY else self._resume(data, socket)
                    if isinstance(started, int):
                        await self._refuse(socket, started)
                        continue
                    session = started
                    pump = asyncio.create_task(self._pump(session, socket))
                self._world.changed()
        except TimeoutError:
            await socket.close(code=4009)
        finally:
            if pump is not None:
                pump.cancel()
            self._left(session, socket)
        return socket

    def _read(self, raw: str | bytes, recent: deque[float]) -> tuple[int, Op | None, Json]:
        """(close code or 0, opcode, data) of one message; counts it against the limits of a connection."""
        now = self._world.clock.now()
        recent.append(now)
        while recent and recent[0] < now - SENT_WINDOW:
            recent.popleft()
        if len(recent) > MOST_SENT:
            return 4008, None, {}
        if len(raw) > MOST_PAYLOAD:
            return 4002, None, {}
        try:
            message = json.loads(raw)
            op = Op(message["op"])
        except (ValueError, KeyError, TypeError):
            return 4002, None, {}
        data = message.get("d")
        return 0, op, data if isinstance(data, dict) else {}

    def _identify(self, data: Json, socket: web.WebSocketResponse) -> Session | int:
        self.identified.append(data)
        if data.get("token") != self._world.token:
            return 4004
        intents = int(data.get("intents", 0))
        if intents & ~self.allowed_intents:
            return 4014
        shard, shards = data.get("shard") or (0, 1)
        for old in [s for s in self.sessions.values() if s.shard == shard and s.socket is None]:
            del self.sessions[old.id]
        session = Session(secrets.token_hex(8), shard, shards, intents, socket)
        self.sessions[session.id] = session
        self._greet(session)
        return session

    def _greet(self, session: Session) -> None:
        """READY, and the servers that follow it."""
        bot = self._world.bot
        guilds = [
            guild
            for guild in self._world.guilds.values()
            if guild.present and (guild.id >> 22) % session.shards == session.shard
        ]
        ready: Json = {
            "v": 10,
            "user": payloads.me(bot),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "application": {"id": str(bot.id), "flags": 0},
            "shard": [session.shard, session.shards],
            "private_channels": [],
            "user_settings": {},
        }
        session.push("READY", ready)
        if session.wants(GUILDS):
            for guild in guilds:
                session.push("GUILD_CREATE", payloads.guild_create(guild, bot))

    def _resume(self, data: Json, socket: web.WebSocketResponse) -> Session | int:
        self.resumed.append(data)
        session = self.sessions.get(str(data.get("session_id")))
        if data.get("token") != self._world.token:
            return 4004
        if session is None or int(data.get("seq") or 0) > session.sequence:
            return Op.INVALID_SESSION
        session.socket = socket
        session.queue = asyncio.Queue()
        for text in session.sent[int(data.get("seq") or 0) :]:
            session.queue.put_nowait(text)
        session.push("RESUMED", {})
        return session

    async def _refuse(self, socket: web.WebSocketResponse, code: int) -> None:
        if code == Op.INVALID_SESSION:
            await socket.send_str(json.dumps({"op": Op.INVALID_SESSION, "d": False}))
        else:
            await socket.close(code=code)

    async def _pump(self, session: Session, socket: web.WebSocketResponse) -> None:
        queue = session.queue
        while True:
            text = await queue.get()
            await socket.send_str(text)

    def _left(self, session: Session | None, socket: web.WebSocketResponse) -> None:
        """A clean goodbye (1000, 1001) ends the session; anything else leaves it to be resumed."""
        if session is not None and session.socket is socket:
            session.socket = None
            if socket.close_code in (1000, 1001):
                self.sessions.pop(session.id, None)
        self._world.changed()
