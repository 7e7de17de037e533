"""How messages come to be, change and go; and the events that tell of it."""

from __future__ import annotations

from dataclasses import dataclass

from . import errors, payloads
from .files import Upload
from .gateway import DM_MESSAGES, DM_REACTIONS, GUILD_MESSAGES, GUILD_REACTIONS, MESSAGE_CONTENT, Gateway
from .model import Channel, Json, Message, MessageFlag, User
from .world import World

MOST_REACTIONS = 20
KEPT_FLAGS = MessageFlag.EPHEMERAL | MessageFlag.COMPONENTS_V2 | MessageFlag.SUPPRESS_EMBEDS | 1 << 12


@dataclass
class Posting:
    """Writes to the store and dispatches MESSAGE_* events."""

    world: World
    gateway: Gateway

    def create(self, channel: Channel, body: Json, files: tuple[Upload, ...], **extra: object) -> Message:
        """A new message of the bot."""
        one = Message(self.world.clock.snowflake(), channel, self.world.bot, self.world.clock.iso())
        one.flags = int(body.get("flags") or 0) & KEPT_FLAGS
        for name, value in extra.items():
            setattr(one, name, value)
        self._fill(one, body, files)
        channel.messages[one.id] = one
        self.announce("MESSAGE_CREATE", one)
        return one

    def edit(self, one: Message, body: Json, files: tuple[Upload, ...]) -> Message:
        """Change what ``body`` names of a message."""
        was_loading = one.loading
        one.flags &= ~MessageFlag.LOADING
        one.flags |= int(body.get("flags") or 0) & (MessageFlag.COMPONENTS_V2 | MessageFlag.SUPPRESS_EMBEDS)
        self._fill(one, body, files)
        one.edited_at = None if was_loading else self.world.clock.iso()
        one.revision += 1
        self.announce("MESSAGE_UPDATE", one)
        return one

    def delete(self, one: Message) -> None:
        """Remove a message."""
        one.deleted = True
        one.revision += 1
        data: Json = {"id": str(one.id), "channel_id": str(one.channel.id)}
        self._dispatch("MESSAGE_DELETE", data, one.channel, GUILD_MESSAGES, DM_MESSAGES)

    def _fill(self, one: Message, body: Json, files: tuple[Upload, ...]) -> None:
        if "content" in body:
            one.content = body["content"] or ""
        if "embeds" in body:
            one.embeds = body["embeds"] or []
        if "components" in body:
            one.components = body["components"] or []
        described = {str(a.get("id")): a.get("description") for a in body.get("attachments") or []}
        added = [
            self.world.files.add(
                Upload(upload.filename, upload.data, None, described.get(str(index))),
                channel_id=one.channel.id,
                ephemeral=one.ephemeral,
            )
            for index, upload in enumerate(files)
        ]
        if "attachments" in body:
            one.attachments = [a for a in one.attachments if str(a.id) in described]
        one.attachments += added

    # events -------------------------------------------------------------------------------------------------------

    def announce(self, event: str, one: Message) -> None:
        """MESSAGE_CREATE or MESSAGE_UPDATE; private answers are announced to nobody but the one who sees them."""
        self.world.changed()
        wanted = DM_MESSAGES if one.channel.guild is None else GUILD_MESSAGES
        if one.ephemeral or not any(session.wants(wanted) for session in self.gateway.sessions.values()):
            return
        data = payloads.message(one, self.world)
        if one.channel.guild is not None:
            data["guild_id"] = str(one.channel.guild.id)
            data["member"] = self._member(one.channel, one.author)
        if one.author is not self.world.bot and one.channel.guild is not None:
            open_to = [s for s in self.gateway.sessions.values() if s.wants(MESSAGE_CONTENT)]
            if not open_to:
                data.update(content="", embeds=[], attachments=[], components=[])
        self._dispatch(event, data, one.channel, GUILD_MESSAGES, DM_MESSAGES)

    def _member(self, channel: Channel, user: User) -> Json | None:
        member = channel.guild.members.get(user.id) if channel.guild else None
        return payloads.member(member, with_user=False) if member else None

    def _dispatch(self, event: str, data: Json, channel: Channel, in_guild: int, in_dm: int) -> None:
        self.world.changed()
        guild = channel.guild
        if guild is None and self.world.bot not in channel.recipients:
            return
        if guild is not None:
            if not guild.present:
                return
            data["guild_id"] = str(guild.id)
        self.gateway.dispatch(event, data, guild=guild, intent=in_dm if guild is None else in_guild)

    # reactions ----------------------------------------------------------------------------------------------------

    def react(self, one: Message, user: User, key: str) -> bool:
        """Add a reaction; False when it is there already."""
        people = one.reactions.setdefault(key, [])
        if user in people:
            return False
        if len(one.reactions) > MOST_REACTIONS:
            del one.reactions[key]
            raise errors.too_many_reactions()
        people.append(user)
        data = self._reaction(one, user, key)
        member = one.channel.guild.members.get(user.id) if one.channel.guild else None
        if member is not None:
            data["member"] = payloads.member(member)
        data["message_author_id"] = str(one.author.id)
        self._dispatch("MESSAGE_REACTION_ADD", data, one.channel, GUILD_REACTIONS, DM_REACTIONS)
        return True

    def unreact(self, one: Message, user: User, key: str) -> bool:
        """Take a reaction back; False when it is not there."""
        people = one.reactions.get(key, [])
        if user not in people:
            return False
        people.remove(user)
        if not people:
            del one.reactions[key]
        data = self._reaction(one, user, key)
        self._dispatch("MESSAGE_REACTION_REMOVE", data, one.channel, GUILD_REACTIONS, DM_REACTIONS)
        return True

    def clear(self, one: Message, key: str | None = None) -> None:
        """Take all reactions back, or all of one emoji."""
        data: Json = {"channel_id": str(one.channel.id), "message_id": str(one.id)}
        if key is None:
            one.reactions.clear()
            event = "MESSAGE_REACTION_REMOVE_ALL"
        else:
            one.reactions.pop(key, None)
            data["emoji"] = payloads.emoji(key)
            event = "MESSAGE_REACTION_REMOVE_EMOJI"
        self._dispatch(event, data, one.channel, GUILD_REACTIONS, DM_REACTIONS)

    def _reaction(self, one: Message, user: User, key: str) -> Json:
        return {
            "user_id": str(user.id),
            "channel_id": str(one.channel.id),
            "message_id": str(one.id),
            "emoji": payloads.emoji(key),
            "burst": False,
            "type": 0,
        }
