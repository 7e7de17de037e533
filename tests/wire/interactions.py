"""Interactions: what a person did, the seconds and minutes in which the bot may answer, and the answer."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from enum import IntEnum

from . import errors, payloads, permissions
from .model import Channel, Guild, Json, Member, Message, MessageFlag, User
from .world import World

FIRST_ANSWER = 3.0
TOKEN_LIFE = 15 * 60.0
MOST_FOLLOWUPS_OUTSIDE = 5
UPLOAD_LIMIT = 10 * 1024 * 1024


class InteractionType(IntEnum):
    """What a person did."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Callback(IntEnum):
    """How the bot answers first."""

    PONG = 1
    MESSAGE = 4
    DEFER = 5
    DEFER_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(eq=False)
class Interaction:
    """One interaction and everything the bot did with it."""

    id: int
    token: str
    type: InteractionType
    user: User
    channel: Channel
    data: Json
    at: float
    started: float
    kept: float
    """Seconds that the machine had kept the bot waiting before."""
    member: Member | None = None
    source: Message | None = None
    """The message whose button or menu was used."""
    shown: Json | None = None
    """``source`` as the person still saw it, when it has changed since."""
    opened_by: Interaction | None = None
    """The interaction that was answered by the modal now submitted."""
    revision: int = 0
    """How often ``source`` had been edited before."""
    callback: Callback | None = None
    answered_at: float | None = None
    latency: float | None = None
    """Real seconds from the event to the first answer."""
    message: Message | None = None
    """What ``@original`` names: the answer, or the message of the button."""
    followups: list[Message] = field(default_factory=list[Message])
    modal: Json | None = None
    choices: list[Json] | None = None
    outside: int = 0
    """Follow-ups sent where the bot is no member."""

    @property
    def guild(self) -> Guild | None:
        return self.channel.guild

    @property
    def answered(self) -> bool:
        return self.callback is not None

    @property
    def settled(self) -> bool:
        """Whether a person sees the outcome: no "is thinking ..." left."""
        if self.callback is Callback.DEFER:
            return self.message is not None and (self.message.deleted or not self.message.loading)
        if self.callback is Callback.DEFER_UPDATE:
            return bool(self.followups) or (self.source is not None and self.source.revision > self.revision)
        return self.answered

    @property
    def answer(self) -> Message:
        """The message that answers it (or that it changed); AssertionError when there is none."""
        assert self.message is not None, f"answered by {self.callback!r}: there is no message"
        return self.message


class Interactions:
    """Makes interactions, and guards the rules on when they may be answered."""

    def __init__(self, world: World) -> None:
        self._world = world

    def make(self, kind: InteractionType, user: User, channel: Channel, data: Json) -> Interaction:
        """A new interaction, known to the REST side from now on."""
        clock, kept = self._world.clock, self._world.kept_waiting()  # which takes its time, before it is counted
        member = channel.guild.members.get(user.id) if channel.guild else None
        one = Interaction(
            clock.snowflake(), secrets.token_urlsafe(32), kind, user, channel, data, clock.now(),
            time.perf_counter(), kept, member,
        )  # fmt: skip
        self._world.interactions[one.token] = one
        return one

    def payload(self, one: Interaction) -> Json:
        """The INTERACTION_CREATE event."""
        world, channel, guild = self._world, one.channel, one.guild
        payload: Json = {
            "id": str(one.id),
            "application_id": str(world.bot.id),
            "type": int(one.type),
            "token": one.token,
            "version": 1,
            "data": one.data,
            "channel_id": str(channel.id),
            "channel": payloads.channel(channel),
            "locale": one.user.locale,
            "app_permissions": str(self._bot_permissions(channel)),
            "attachment_size_limit": UPLOAD_LIMIT,
            "entitlements": [],
            "entitlement_sku_ids": [],
            "context": self._context(channel),
            "authorizing_integration_owners": self._owners(one),
        }
        if guild is not None and one.member is not None:
            payload["guild_id"] = str(guild.id)
            payload["guild"] = {"id": str(guild.id), "locale": guild.locale, "features": []}
            payload["guild_locale"] = guild.locale
            payload["member"] = payloads.member(one.member, channel=channel)
            payload["channel"]["permissions"] = payload["member"]["permissions"]
        else:
            payload["user"] = payloads.user(one.user)
        if one.source is not None:
            payload["message"] = one.shown or payloads.message(one.source, world)
        return payload

    def _bot_permissions(self, channel: Channel) -> int:
        guild, bot = channel.guild, self._world.bot
        if guild is None:
            return permissions.IN_DM
        present = permissions.in_channel(channel, bot) if guild.present else 0
        return present | permissions.ALWAYS_IN_ANSWERS

    def _context(self, channel: Channel) -> int:
        if channel.guild is not None:
            return 0
        return 1 if self._world.bot in channel.recipients else 2

    def _owners(self, one: Interaction) -> Json:
        owners: Json = {}
        if one.guild is not None and one.guild.present:
            owners["0"] = str(one.guild.id)
        elif one.guild is None and self._world.bot in one.channel.recipients and not one.user.installed:
            owners["0"] = "0"
        if one.user.installed:
            owners["1"] = str(one.user.id)
        return owners

    def metadata(self, one: Interaction) -> Json:
        """What a message says about the interaction that made it."""
        about: Json = {
            "id": str(one.id),
            "type": int(one.type),
            "user": payloads.user(one.user),
            "authorizing_integration_owners": self._owners(one),
        }
        if one.type is InteractionType.COMMAND:
            about["name"] = one.data.get("name", "")
        if one.opened_by is not None:
            about["triggering_interaction_metadata"] = self.metadata(one.opened_by)
        if one.source is not None and one.type is InteractionType.COMPONENT:
            about["interacted_message_id"] = str(one.source.id)
        return about

    def used(self, one: Interaction, seconds: float) -> float:
        """The part of so many seconds since the event in which the machine let the bot run: to be busy is no fault."""
        return seconds - max(0.0, self._world.kept_waiting() - one.kept)

    # rules --------------------------------------------------------------------------------------------------------

    def to_answer(self, number: str, token: str) -> Interaction:
        """The interaction that may be answered first: 10062 unknown or too late, 40060 answered already."""
        one = self._world.interactions.get(token)
        if one is None or str(one.id) != number:
            raise errors.unknown("interaction")
        if one.answered:
            raise errors.already_acknowledged()
        seconds = self._world.clock.now() - one.at
        if seconds > FIRST_ANSWER and self.used(one, seconds) > FIRST_ANSWER:
            raise errors.unknown("interaction")
        return one

    def by_token(self, application: str, token: str) -> Interaction:
        """The interaction whose token still works: 50027 after 15 minutes, 10015 before the first answer."""
        one = self._world.interactions.get(token)
        if one is None or application != str(self._world.bot.id):
            raise errors.unknown("Webhook")
        if self._world.clock.now() - one.at > TOKEN_LIFE:
            raise errors.expired_token()
        if not one.answered:
            raise errors.unknown("Webhook")
        return one

    def original(self, one: Interaction) -> Message:
        """The message ``@original``: 10008 when there is none."""
        if one.message is None or one.message.deleted:
            raise errors.unknown("Message")
        return one.message

    def count_followup(self, one: Interaction) -> None:
        """Outside of the bot's own servers five follow-ups are the limit."""
        guild = one.guild
        if guild is not None and not guild.present:
            one.outside += 1
            if one.outside > MOST_FOLLOWUPS_OUTSIDE:
                raise errors.too_many_followups()

    def forced_private(self, one: Interaction) -> bool:
        """Whether a user install's answer is shown to that person alone, as the server forbids external apps."""
        guild = one.guild
        if guild is None or guild.present:
            return False
        return not permissions.has(one.channel, one.user, "use_external_apps")

    def accepts(self, one: Interaction, kind: Callback) -> str:
        """Why an interaction cannot be answered by ``kind``; empty when it can."""
        is_choices = one.type is InteractionType.AUTOCOMPLETE
        if is_choices != (kind is Callback.CHOICES):
            return f"an interaction of type {one.type.value} cannot be answered by a callback of type {kind.value}"
        if kind in (Callback.UPDATE, Callback.DEFER_UPDATE) and one.source is None:
            return f"a callback of type {kind.value} needs a message whose component was used"
        if kind is Callback.MODAL and one.type is InteractionType.MODAL:
            return "a modal cannot be answered by a modal"
        return ""


def private_flag(body: Json) -> int:
    """The EPHEMERAL bit of a body's flags."""
    return int(body.get("flags") or 0) & MessageFlag.EPHEMERAL
