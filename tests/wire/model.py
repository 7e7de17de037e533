"""What the stand-in remembers: people, servers, channels, messages. Plain data; payloads.py turns it into JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, IntFlag
from typing import Any

Json = dict[str, Any]


class ChannelType(IntEnum):
    """Discord's channel types that a bot meets here."""

    TEXT = 0
    DM = 1
    VOICE = 2
    GROUP_DM = 3
    CATEGORY = 4
    NEWS = 5
    NEWS_THREAD = 10
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    STAGE = 13
    FORUM = 15


THREADS = frozenset({ChannelType.NEWS_THREAD, ChannelType.PUBLIC_THREAD, ChannelType.PRIVATE_THREAD})
PRIVATE = frozenset({ChannelType.DM, ChannelType.GROUP_DM})


class MessageFlag(IntFlag):
    """The message flags the stand-in acts upon."""

    SUPPRESS_EMBEDS = 1 << 2
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    COMPONENTS_V2 = 1 << 15


@dataclass(eq=False)
class User:
    """A person, or the bot itself."""

    id: int
    name: str
    bot: bool = False
    locale: str = "en-US"
    installed: bool = False
    """Whether this person has installed the application for themselves (a user install)."""


@dataclass(eq=False)
class Role:
    """A set of permissions in a server."""

    id: int
    name: str
    permissions: int


@dataclass(eq=False)
class Guild:
    """A server. ``present`` is whether the bot has been added to it."""

    id: int
    name: str
    owner: User
    everyone: Role
    present: bool = True
    locale: str = "en-US"
    system_channel: Channel | None = None
    members: dict[int, Member] = field(default_factory=dict[int, "Member"])
    channels: dict[int, Channel] = field(default_factory=dict[int, "Channel"])

    def roles(self) -> list[Role]:
        """Every role: @everyone first, then one for each member that was given permissions."""
        return [self.everyone, *(m.role for m in self.members.values() if m.role is not None)]


@dataclass(eq=False)
class Member:
    """A person in a server, with at most one role of their own."""

    user: User
    guild: Guild
    role: Role | None = None
    joined_at: str = ""


@dataclass(eq=False)
class Overwrite:
    """What a channel allows or denies to one member or role, on top of the server's roles."""

    target: int
    is_role: bool
    allow: int
    deny: int


@dataclass(eq=False)
class Channel:
    """A place where messages are: a server's channel, a thread, a DM, a private group."""

    id: int
    type: ChannelType
    name: str
    guild: Guild | None = None
    parent: Channel | None = None
    nsfw: bool = False
    recipients: list[User] = field(default_factory=list[User])
    overwrites: list[Overwrite] = field(default_factory=list[Overwrite])
    archived: bool = False
    locked: bool = False
    owner: User | None = None
    created_at: str = ""
    messages: dict[int, Message] = field(default_factory=dict[int, "Message"])

    @property
    def is_thread(self) -> bool:
        return self.type in THREADS

    @property
    def is_private(self) -> bool:
        return self.type in PRIVATE


@dataclass(eq=False)
class Attachment:
    """A file of a message, with its bytes; served by the stand-in's own picture server."""

    id: int
    filename: str
    data: bytes
    content_type: str
    path: str
    description: str | None = None
    width: int | None = None
    height: int | None = None
    ephemeral: bool = False


@dataclass(eq=False)
class Message:
    """A message as it stands now. ``seen_by`` is the only person who sees it when it is ephemeral."""

    id: int
    channel: Channel
    author: User
    timestamp: str
    content: str = ""
    embeds: list[Json] = field(default_factory=list[Json])
    components: list[Json] = field(default_factory=list[Json])
    attachments: list[Attachment] = field(default_factory=list[Attachment])
    flags: int = 0
    edited_at: str | None = None
    reactions: dict[str, list[User]] = field(default_factory=dict[str, list[User]])
    reference: Json | None = None
    interaction: Json | None = None
    webhook: bool = False
    seen_by: User | None = None
    deleted: bool = False
    revision: int = 0
    """Counts its edits and its deletion, not its reactions."""

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & MessageFlag.EPHEMERAL)

    @property
    def loading(self) -> bool:
        """Whether Discord shows "is thinking ..." in its place."""
        return bool(self.flags & MessageFlag.LOADING)

    @property
    def embed(self) -> Json:
        """The only embed; AssertionError when there is none or more than one."""
        assert len(self.embeds) == 1, f"the message has {len(self.embeds)} embeds: {self.embeds}"
        return self.embeds[0]

    def files(self) -> dict[str, bytes]:
        """The attached files by name."""
        return {a.filename: a.data for a in self.attachments}

    def controls(self) -> list[Json]:
        """Every button and select menu, nested ones too, in the order shown."""
        return [c for c in walk(self.components) if c.get("type") in CONTROLS]

    def texts(self) -> list[str]:
        """Every text a reader sees, in the order shown."""
        return [text for text in (self.content, *_embed_texts(self.embeds), *_part_texts(self.components)) if text]

    def text(self) -> str:
        """All of ``texts`` in one string."""
        return "\n".join(self.texts())


CONTROLS = frozenset({2, 3, 5, 6, 7, 8})


def copied(value: Any) -> Any:
    """A copy of JSON that shares no list or object with it."""
    if isinstance(value, dict):
        return {key: copied(inner) for key, inner in value.items()}
    return [copied(inner) for inner in value] if isinstance(value, list) else value


def walk(components: list[Json]) -> list[Json]:
    """Every component, parents before their children, in the order shown."""
    found: list[Json] = []
    for component in components:
        found.append(component)
        found.extend(walk([*component.get("components", []), *_single_children(component)]))
    return found


def _single_children(component: Json) -> list[Json]:
    children = [component.get("accessory"), component.get("component")]
    return [child for child in children if isinstance(child, dict)]


def _embed_texts(embeds: list[Json]) -> list[str]:
    texts: list[str] = []
    for embed in embeds:
        texts += [(embed.get("author") or {}).get("name", ""), embed.get("title") or "", embed.get("description") or ""]
        for row in embed.get("fields", []):
            texts += [row["name"], row["value"]]
        texts.append((embed.get("footer") or {}).get("text", ""))
    return texts


def _part_texts(components: list[Json]) -> list[str]:
    texts: list[str] = []
    for part in walk(components):
        texts += [part.get("content") or "", part.get("label") or "", part.get("placeholder") or ""]
        texts += [item.get("description") or "" for item in part.get("items", [])]
    return texts
