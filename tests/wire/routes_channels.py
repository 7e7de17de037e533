"""Routes of channels: messages and reactions, with the permissions they need."""

from __future__ import annotations

from typing import Any

from . import errors, payloads, permissions
from .limits import message_problems
from .model import Channel, Message
from .rest import Answer, Asked, Rest

CHANNEL = "/channels/{channel_id}"
MESSAGES = f"{CHANNEL}/messages"
MESSAGE = f"{MESSAGES}/{{message_id}}"
REACTIONS = f"{MESSAGE}/reactions"
REACTION = f"{REACTIONS}/{{emoji_name}}"


class ChannelRoutes:
    """Handlers; each takes what was asked and gives (status, body)."""

    def __init__(self, rest: Rest) -> None:
        self._rest, self._world, self._posting = rest, rest.world, rest.posting
        rest.checks[("POST", MESSAGES)] = lambda asked: message_problems(asked.body or {}, _names(asked))
        rest.checks[("PATCH", MESSAGE)] = self._edit_problems

    def table(self) -> list[tuple[str, str, Any]]:
        """(method, route, handler) of every route."""
        return [
            ("GET", CHANNEL, self.channel),
            ("POST", f"{CHANNEL}/typing", self.typing),
            ("GET", MESSAGES, self.messages),
            ("POST", MESSAGES, self.create),
            ("GET", MESSAGE, self.message),
            ("PATCH", MESSAGE, self.edit),
            ("DELETE", MESSAGE, self.delete),
            ("PUT", f"{REACTION}/@me", self.react),
            ("DELETE", f"{REACTION}/@me", self.unreact),
            ("GET", REACTION, self.people),
            ("DELETE", REACTION, self.clear_one),
            ("DELETE", f"{REACTION}/{{user_id}}", self.unreact_other),
            ("DELETE", REACTIONS, self.clear),
        ]

    def _edit_problems(self, asked: Asked) -> list[str]:
        known = self._world.channels.get(int(asked["channel_id"]))
        message = known.messages.get(int(asked["message_id"])) if known else None
        kept = [a.filename for a in message.attachments] if message else []
        flags = message.flags if message else 0
        return message_problems(asked.body or {}, _names(asked), kept=kept, flags=flags, is_edit=True)

    def _channel(self, asked: Asked, *names: str) -> Channel:
        channel = self._world.find_channel(asked["channel_id"])
        permissions.require(channel, self._world.bot, "view_channel", *names)
        return channel

    def _message(self, asked: Asked, *names: str) -> Message:
        return self._world.find_message(self._channel(asked, *names), asked["message_id"])

    def channel(self, asked: Asked) -> Answer:
        return 200, payloads.channel(self._channel(asked))

    def typing(self, asked: Asked) -> Answer:
        permissions.require_send(self._channel(asked), self._world.bot)
        return 204, None

    def messages(self, asked: Asked) -> Answer:
        channel = self._channel(asked)
        if not permissions.has(channel, self._world.bot, "read_message_history"):
            return 200, []
        shown = [m for m in reversed(channel.messages.values()) if not m.deleted and not m.ephemeral]
        limit = int(asked.query.get("limit", 50))
        return 200, [payloads.message(m, self._world) for m in shown[:limit]]

    def message(self, asked: Asked) -> Answer:
        return 200, payloads.message(self._message(asked, "read_message_history"), self._world)

    def create(self, asked: Asked) -> Answer:
        channel = self._channel(asked)
        bot = self._world.bot
        permissions.require_send(channel, bot)
        if channel.is_thread and channel.archived and channel.locked:
            raise errors.archived_thread()
        if asked.body.get("embeds"):
            permissions.require(channel, bot, "embed_links")
        if asked.files:
            permissions.require(channel, bot, "attach_files")
        reference = asked.body.get("message_reference")
        if reference is not None:
            self._world.find_message(channel, str(reference["message_id"]))
            permissions.require(channel, bot, "read_message_history")
            reference = {"type": 0, "message_id": str(reference["message_id"]), "channel_id": str(channel.id)}
        channel.archived = False
        message = self._posting.create(channel, asked.body, asked.files, reference=reference)
        return 200, payloads.message(message, self._world)

    def edit(self, asked: Asked) -> Answer:
        message = self._message(asked)
        if message.author is not self._world.bot:
            raise errors.not_your_message()
        self._not_archived(message)
        return 200, payloads.message(self._posting.edit(message, asked.body, asked.files), self._world)

    def delete(self, asked: Asked) -> Answer:
        message = self._message(asked)
        if message.author is not self._world.bot:
            self._moderate(message)
        self._not_archived(message)
        self._posting.delete(message)
        return 204, None

    # reactions ----------------------------------------------------------------------------------------------------

    def react(self, asked: Asked) -> Answer:
        message = self._message(asked, "read_message_history")
        self._not_archived(message)
        key = asked["emoji_name"]
        if not _is_emoji(key):
            raise errors.unknown("Emoji")
        if key not in message.reactions:
            permissions.require(message.channel, self._world.bot, "add_reactions")
        self._posting.react(message, self._world.bot, key)
        return 204, None

    def unreact(self, asked: Asked) -> Answer:
        message = self._message(asked, "read_message_history")
        self._not_archived(message)
        self._posting.unreact(message, self._world.bot, asked["emoji_name"])
        return 204, None

    def unreact_other(self, asked: Asked) -> Answer:
        message = self._message(asked, "read_message_history")
        user = self._world.users.get(int(asked["user_id"]))
        if user is None:
            raise errors.unknown("User")
        if user is not self._world.bot:
            self._moderate(message)
        self._not_archived(message)
        self._posting.unreact(message, user, asked["emoji_name"])
        return 204, None

    def people(self, asked: Asked) -> Answer:
        message = self._message(asked, "read_message_history")
        return 200, [payloads.user(user) for user in message.reactions.get(asked["emoji_name"], [])]

    def clear(self, asked: Asked) -> Answer:
        message = self._message(asked, "read_message_history")
        self._moderate(message)
        self._not_archived(message)
        self._posting.clear(message)
        return 204, None

    def clear_one(self, asked: Asked) -> Answer:
        message = self._message(asked, "read_message_history")
        self._moderate(message)
        self._not_archived(message)
        self._posting.clear(message, asked["emoji_name"])
        return 204, None

    def _moderate(self, message: Message) -> None:
        """Others' reactions and messages: Manage Messages in a server, never in direct messages."""
        if message.channel.is_private:
            raise errors.not_in_dm()
        permissions.require(message.channel, self._world.bot, "manage_messages")

    def _not_archived(self, message: Message) -> None:
        if message.channel.is_thread and message.channel.archived:
            raise errors.archived_thread()


def _names(asked: Asked) -> list[str]:
    return [file.filename for file in asked.files]


def _is_emoji(key: str) -> bool:
    """An emoji itself, or ``name:id``; never plain text as ``arrow_left``."""
    name, _, number = key.partition(":")
    return number.isdigit() if number else not name.isascii() or bool(name[:1].isdigit() and len(name) > 1)
