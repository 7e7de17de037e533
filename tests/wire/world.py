"""Everything the stand-in holds, and a way to wait until it changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from . import payloads, permissions
from .clock import Clock
from .errors import unknown
from .files import Files, Upload
from .model import Channel, ChannelType, Guild, Json, Member, Message, Overwrite, Role, User

if TYPE_CHECKING:
    from .interactions import Interaction

T = TypeVar("T")
REAL_LIMIT = 30.0
"""Seconds a test waits at most for something the bot should do."""
LOOK_AGAIN = 0.05
"""Seconds after which a condition is looked at again though nothing came over the wire."""


@dataclass(frozen=True)
class Call:
    """One REST request of the bot, in the order received.

    ``route`` is the path's template as openapi.json has it, ``body`` the JSON object (of ``payload_json`` for a
    multipart body), ``files`` the uploaded files, ``at`` seconds since 1970 by the stand-in's clock.
    """

    at: float
    method: str
    path: str
    route: str
    body: Json | list[Json] | None
    files: tuple[Upload, ...]
    status: int
    answer: object
    took: float


@dataclass(repr=False, eq=False)
class World:
    """People, servers, channels, commands, interactions and every request received."""

    clock: Clock = field(default_factory=Clock)
    token: str = "stand-in-token"
    calls: list[Call] = field(default_factory=list[Call])
    violations: list[str] = field(default_factory=list[str])
    guilds: dict[int, Guild] = field(default_factory=dict[int, Guild])
    channels: dict[int, Channel] = field(default_factory=dict[int, Channel])
    users: dict[int, User] = field(default_factory=dict[int, User])
    commands: dict[int | None, list[Json]] = field(default_factory=dict[int | None, list[Json]])
    interactions: dict[str, Interaction] = field(default_factory=dict[str, "Interaction"])
    kept_waiting: Callable[[], float] = lambda: 0.0
    """Seconds that the bot was ready to run and a busy machine ran others: they count for no first answer."""

    def __post_init__(self) -> None:
        self.files = Files(self.clock)
        self.bot = self.user("magpie", bot=True)
        self._waiting: set[asyncio.Future[None]] = set()

    # building -----------------------------------------------------------------------------------------------------

    def user(self, name: str, *, bot: bool = False, locale: str = "en-US", installed: bool = False) -> User:
        """A person who is in no server yet; ``installed`` makes the application theirs (a user install)."""
        one = User(self.clock.snowflake(), name, bot, locale, installed)
        self.users[one.id] = one
        return one

    def guild(
        self,
        name: str = "Aviary",
        *,
        everyone: int = permissions.DEFAULT,
        bot: list[str] | None = None,
        present: bool = True,
    ) -> Guild:
        """A server without channels; ``bot`` are the bot's extra permissions by name.

        ``present=False`` makes a server the bot is not in: people there reach it only as a user install.
        """
        number = self.clock.snowflake()
        owner = self.user(f"{name} owner".lower())
        one = Guild(number, name, owner, Role(number, "@everyone", everyone), present)
        self.guilds[one.id] = one
        self.join(one, owner)
        if present:
            self.join(one, self.bot, permissions=bot)
            self.happened("GUILD_CREATE", payloads.guild_create(one, self.bot), one)
        return one

    def add_bot(self, guild: Guild, *, permissions: list[str] | None = None, joined_at: str = "") -> None:
        """Somebody adds the bot to a server that was made with ``present=False``; it joined now unless told."""
        guild.present = True
        role = Role(self.clock.snowflake(), "role of magpie", _bits(permissions)) if permissions else None
        guild.members[self.bot.id] = Member(self.bot, guild, role, joined_at or self.clock.iso())
        self.happened("GUILD_CREATE", payloads.guild_create(guild, self.bot, added=True), guild)

    def remove_bot(self, guild: Guild) -> None:
        """Somebody removes the bot from a server."""
        self.happened("GUILD_DELETE", {"id": str(guild.id)}, guild)
        guild.present = False
        del guild.members[self.bot.id]

    def member(self, guild: Guild, name: str, *, permissions: list[str] | None = None, **person: object) -> User:
        """A new person in ``guild``, with permissions by discord.py's names (``["manage_channels"]``)."""
        one = self.user(name, **person)  # type: ignore[arg-type]  # passed through to user()
        self.join(guild, one, permissions=permissions)
        return one

    def join(self, guild: Guild, user: User, *, permissions: list[str] | None = None) -> Member:
        """Make ``user`` a member of ``guild`` (again, with other permissions)."""
        role = Role(self.clock.snowflake(), f"role of {user.name}", _bits(permissions)) if permissions else None
        one = Member(user, guild, role, self.clock.iso())
        guild.members[user.id] = one
        if user is self.bot:
            told: Json = {"guild_id": str(guild.id)}
            if role is not None:
                self.happened("GUILD_ROLE_CREATE", {**told, "role": payloads.role(role, position=1)}, guild)
            self.happened("GUILD_MEMBER_UPDATE", {**told, **payloads.member(one)}, guild)
        return one

    def channel(
        self,
        guild: Guild,
        name: str = "general",
        *,
        kind: ChannelType = ChannelType.TEXT,
        nsfw: bool = False,
        parent: Channel | None = None,
        bot_denied: list[str] | None = None,
    ) -> Channel:
        """A channel of ``guild``; ``nsfw`` is the age-restricted flag, ``bot_denied`` what the bot may not do there."""
        one = Channel(self.clock.snowflake(), kind, name, guild, parent, nsfw, created_at=self.clock.iso())
        if bot_denied:
            one.overwrites.append(Overwrite(self.bot.id, is_role=False, allow=0, deny=_bits(bot_denied)))
        guild.channels[one.id] = self.channels[one.id] = one
        self.happened("THREAD_CREATE" if one.is_thread else "CHANNEL_CREATE", payloads.channel(one), guild)
        return one

    def change(self, channel: Channel, *, nsfw: bool) -> None:
        """Change a channel's age-restricted flag."""
        assert channel.guild is not None
        channel.nsfw = nsfw
        self.happened("CHANNEL_UPDATE", payloads.channel(channel), channel.guild)

    def thread(
        self, parent: Channel, name: str = "a thread", *, private: bool = False, archived: bool = False
    ) -> Channel:
        """A thread below a text channel, or a post when ``parent`` is a forum."""
        assert parent.guild is not None
        kind = ChannelType.PRIVATE_THREAD if private else ChannelType.PUBLIC_THREAD
        one = self.channel(parent.guild, name, kind=kind, parent=parent)
        if archived:
            one.archived = True
            self.happened("THREAD_UPDATE", payloads.channel(one), parent.guild)
        return one

    def dm(self, user: User) -> Channel:
        """The direct messages between ``user`` and the bot."""
        for known in self.channels.values():
            if known.type is ChannelType.DM and set(known.recipients) == {user, self.bot}:
                return known
        one = Channel(self.clock.snowflake(), ChannelType.DM, "", recipients=[user, self.bot])
        self.channels[one.id] = one
        return one

    def private_channel(self, *people: User, name: str = "friends") -> Channel:
        """A group of people, or a DM between two, which the bot is not part of (context 2)."""
        kind = ChannelType.DM if len(people) == 2 else ChannelType.GROUP_DM
        one = Channel(self.clock.snowflake(), kind, name, recipients=list(people))
        self.channels[one.id] = one
        return one

    def say(
        self, channel: Channel, author: User, content: str = "", *, attachments: list[Upload] | None = None
    ) -> Message:
        """A message that a person wrote; the caller announces it."""
        one = Message(self.clock.snowflake(), channel, author, self.clock.iso(), content)
        one.attachments = [self.files.add(upload, channel_id=channel.id) for upload in attachments or []]
        channel.messages[one.id] = one
        return one

    def happened(self, event: str, data: Json, guild: Guild) -> None:
        """Something in a server is new; those who are connected are told (here is nobody)."""

    # finding ------------------------------------------------------------------------------------------------------

    def find_channel(self, number: str) -> Channel:
        """The channel with this id, 10003 when there is none."""
        found = self.channels.get(int(number))
        if found is None:
            raise unknown("Channel")
        return found

    def find_message(self, channel: Channel, number: str) -> Message:
        """The message with this id that the channel's routes know: 10008 for deleted and ephemeral ones."""
        found = channel.messages.get(int(number))
        if found is None or found.deleted or found.ephemeral:
            raise unknown("Message")
        return found

    def calls_to(self, method: str, route: str) -> list[Call]:
        """The requests received so far whose method is ``method`` and whose route contains ``route``."""
        return [call for call in self.calls if call.method == method and route in call.route]

    # waiting ------------------------------------------------------------------------------------------------------

    def changed(self) -> None:
        """Wake everyone who waits for something."""
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, look: Callable[[], T], what: str, *, within: float = REAL_LIMIT) -> T:
        """The first truthy value of ``look()``; AssertionError after ``within`` seconds.

        It is tried at every change here, and now and then for the sake of what changes elsewhere.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + within
        while not (value := look()):
            future: asyncio.Future[None] = loop.create_future()
            self._waiting.add(future)
            try:
                async with asyncio.timeout_at(min(end, loop.time() + LOOK_AGAIN)):
                    await future
            except TimeoutError:
                if loop.time() >= end:
                    problems = "".join(f"\n- {violation}" for violation in self.violations)
                    raise AssertionError(f"waited {within:g} s in vain for {what}{problems}") from None
            finally:
                self._waiting.discard(future)
        return value


def _bits(names: list[str]) -> int:
    return permissions.bits(names)
