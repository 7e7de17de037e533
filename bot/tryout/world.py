"""The little Discord of a try-out: one server, two channels with a thread each, direct messages, three people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import discord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle, RoleHandle, UserHandle

from bot.client import PERMISSIONS

from . import age_flag, simcord_patches
from .examples import Examples
from .live import LiveEnv

__all__ = ["NotHereError", "Spot", "TryoutUser", "World", "build_world"]

_MODERATOR = discord.Permissions(
    manage_channels=True, manage_messages=True, manage_threads=True, moderate_members=True, view_audit_log=True
)

SpotKind = Literal["text", "thread", "dm"]


class NotHereError(LookupError):
    """There is no such person, channel or message in this world, or this person cannot see it."""


@dataclass(frozen=True)
class TryoutUser:
    """Somebody who sits at the page."""

    key: str
    name: str
    note: str
    member: MemberActor

    @property
    def id(self) -> int:
        """The Discord id."""
        return self.member.id


@dataclass(frozen=True)
class Spot:
    """A place to type in. A direct message belongs to `owner` alone."""

    kind: SpotKind
    name: str
    topic: str
    channel: ChannelHandle
    parent: ChannelHandle | None = None
    owner: str | None = None


@dataclass(frozen=True)
class World:
    """Everything there is, with the look-ups that actions and the page share."""

    env: LiveEnv
    guild: GuildHandle
    people: dict[str, TryoutUser]
    spots: dict[int, Spot]
    roles: tuple[RoleHandle, ...]
    locales: simcord_patches.Locales
    examples: Examples

    def person(self, key: str) -> TryoutUser:
        """The person of this key. Raises NotHereError."""
        try:
            return self.people[key]
        except KeyError:
            raise NotHereError("There is nobody of that name here.") from None

    def spot(self, person: TryoutUser, channel_id: int) -> Spot:
        """The channel, if this person can see it. Raises NotHereError."""
        spot = self.spots.get(channel_id)
        if spot is None or spot.owner not in (None, person.key):
            raise NotHereError("That channel is not there.")
        return spot

    def spots_of(self, person: TryoutUser) -> list[Spot]:
        """The channels that this person sees, each thread after its channel, direct messages last."""
        return [spot for spot in self.spots.values() if spot.owner in (None, person.key)]

    def actor(self, person: TryoutUser, spot: Spot) -> MemberActor | UserHandle:
        """Who acts there: a member in the server, the mere user in a direct message."""
        return person.member.user if spot.kind == "dm" else person.member

    def visible_messages(self, person: TryoutUser, spot: Spot) -> list[Any]:
        """The channel's stored messages that this person sees, oldest first; others' private answers are left out."""
        stored: dict[int, Any] = self.env.backend.messages.get(spot.channel.id, {})
        return [stored[key] for key in sorted(stored) if stored[key].visible_to(person.id)]

    def message(self, person: TryoutUser, spot: Spot, message_id: int) -> Any:
        """One stored message, if this person sees it. Raises NotHereError."""
        stored = self.env.backend.messages.get(spot.channel.id, {}).get(message_id)
        if stored is None or not stored.visible_to(person.id):
            raise NotHereError("That message is gone.")
        return stored

    def may_change_age_flag(self, person: TryoutUser, spot: Spot) -> bool:
        """Whether this person may set the channel's age flag (Manage Channels, in a channel that has one)."""
        if spot.kind != "text":
            return False
        allowed = self.env.backend.compute_permissions(self.guild.id, person.id, spot.channel.id)
        return discord.Permissions(allowed).manage_channels


def build_world(bot: discord.Client, examples: Examples) -> World:
    """Lay out the world round a bot that has not logged in yet; the caller starts and closes its `env`."""
    env = LiveEnv(bot)
    locales = simcord_patches.install_simcord_patches(env)
    age_flag.install_age_flag(env)
    owner = env.create_user("ines", global_name="Ines")
    guild = env.create_guild("The Nest", owner=owner)
    _grant_invited(env, guild)
    moderators = guild.create_role("Moderators", permissions=_MODERATOR, color=0xF0B232, hoist=True)
    mara, theo = env.create_user("mara", global_name="Mara"), env.create_user("theo", global_name="Theo")
    everybody = (
        TryoutUser("mara", "Mara", "a member", guild.add_member(mara)),
        TryoutUser("theo", "Theo", "a moderator", guild.add_member(theo, roles=[moderators])),
        TryoutUser("ines", "Ines", "the owner", guild.add_member(owner)),
    )
    people = {person.key: person for person in everybody}
    spots = _server_spots(env, guild, people["theo"]) + [_dm_spot(person) for person in people.values()]
    return World(env, guild, people, {spot.channel.id: spot for spot in spots}, (moderators,), locales, examples)


def _grant_invited(env: LiveEnv, guild: GuildHandle) -> None:
    """Take from the bot's own role what simcord gives beyond the invite."""
    stored: Any = env.backend.get_guild(guild.id)
    for role_id in stored.members[env.backend.bot_user.id].role_ids:
        stored.roles[role_id].permissions = PERMISSIONS.value


def _server_spots(env: LiveEnv, guild: GuildHandle, founder: TryoutUser) -> list[Spot]:
    category = guild.create_category("Pictures")
    general = guild.create_text_channel("general", topic="Everybody is here", category=category)
    after_dark = guild.create_text_channel("after-dark", topic="Age-restricted: adults only", category=category)
    age_flag.set_age_restricted(env, after_dark, restricted=True)
    spots: list[Spot] = []
    for channel, topic, thread in (
        (general, "Everybody is here", "bird watchers"),
        (after_dark, "Adults only", "night owls"),
    ):
        stored = env.backend.create_thread(channel.id, thread, founder.id)
        spots.append(Spot("text", str(channel.name), topic, channel))
        spots.append(Spot("thread", thread, f"A thread of #{channel.name}", ChannelHandle(env, guild, stored), channel))
    return spots


def _dm_spot(person: TryoutUser) -> Spot:
    return Spot("dm", "Magpie", "Only you and Magpie read this", person.member.user.dm_channel, owner=person.key)
