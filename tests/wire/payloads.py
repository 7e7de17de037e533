"""The model as the JSON objects Discord sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import permissions
from .model import Attachment, Channel, ChannelType, Guild, Json, Member, Message, Role, User

if TYPE_CHECKING:
    from .world import World

CREATED = "2020-01-01T00:00:00+00:00"


def user(person: User) -> Json:
    """A user object."""
    return {
        "id": str(person.id),
        "username": person.name,
        "global_name": None if person.bot else person.name.title(),
        "discriminator": "0001" if person.bot else "0",
        "avatar": None,
        "bot": person.bot,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
    }


def me(bot: User) -> Json:
    """The answer of /users/@me."""
    return {**user(bot), "mfa_enabled": True, "locale": bot.locale, "verified": True, "email": None, "premium_type": 0}


def role(one: Role, *, position: int) -> Json:
    """A role object."""
    return {
        "id": str(one.id),
        "name": one.name,
        "permissions": str(one.permissions),
        "position": position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "description": None,
        "flags": 0,
    }


def member(one: Member, *, channel: Channel | None = None, with_user: bool = True) -> Json:
    """A member object; with ``channel`` it says what the member may do there, as interactions do."""
    payload: Json = {
        "roles": [str(one.role.id)] if one.role else [],
        "joined_at": one.joined_at or CREATED,
        "nick": None,
        "avatar": None,
        "banner": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
        "premium_since": None,
        "communication_disabled_until": None,
    }
    if with_user:
        payload["user"] = user(one.user)
    if channel is not None:
        payload["permissions"] = str(permissions.in_channel(channel, one.user))
    return payload


def channel(one: Channel) -> Json:
    """A channel object. A thread has no age flag of its own: it is its parent that carries it."""
    payload: Json = {"id": str(one.id), "type": int(one.type), "name": one.name, "flags": 0, "last_message_id": None}
    if one.type is ChannelType.DM:
        payload["recipients"] = [user(u) for u in one.recipients if not u.bot]
        del payload["name"]
    elif one.type is ChannelType.GROUP_DM:
        payload.update(recipients=[user(u) for u in one.recipients], icon=None, owner_id=str(one.recipients[0].id))
    elif one.is_thread:
        payload.update(_thread(one))
    else:
        payload.update(_guild_channel(one))
    return payload


def _thread(one: Channel) -> Json:
    assert one.guild is not None
    assert one.parent is not None
    return {
        "guild_id": str(one.guild.id),
        "parent_id": str(one.parent.id),
        "owner_id": str((one.owner or one.guild.owner).id),
        "message_count": len(one.messages),
        "member_count": 1,
        "total_message_sent": len(one.messages),
        "rate_limit_per_user": 0,
        "thread_metadata": {
            "archived": one.archived,
            "locked": one.locked,
            "auto_archive_duration": 1440,
            "archive_timestamp": one.created_at or CREATED,
            "create_timestamp": one.created_at or CREATED,
        },
    }


def _guild_channel(one: Channel) -> Json:
    assert one.guild is not None
    payload: Json = {
        "guild_id": str(one.guild.id),
        "parent_id": str(one.parent.id) if one.parent else None,
        "position": list(one.guild.channels).index(one.id) if one.id in one.guild.channels else 0,
        "topic": None,
        "nsfw": one.nsfw,
        "rate_limit_per_user": 0,
        "permission_overwrites": [
            {"id": str(o.target), "type": 0 if o.is_role else 1, "allow": str(o.allow), "deny": str(o.deny)}
            for o in one.overwrites
        ],
    }
    if one.type in (ChannelType.VOICE, ChannelType.STAGE):
        payload.update(bitrate=64000, user_limit=0, rtc_region=None)
    if one.type is ChannelType.FORUM:
        payload.update(available_tags=[], default_reaction_emoji=None, default_sort_order=None, default_forum_layout=0)
    return payload


def guild(one: Guild) -> Json:
    """A guild object as the REST interface gives it."""
    return {
        "id": str(one.id),
        "name": one.name,
        "owner_id": str(one.owner.id),
        "roles": [role(r, position=n) for n, r in enumerate(one.roles())],
        "emojis": [],
        "stickers": [],
        "features": [],
        "icon": None,
        "splash": None,
        "banner": None,
        "description": None,
        "discovery_splash": None,
        "home_header": None,
        "region": "deprecated",
        "preferred_locale": one.locale,
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": str(one.system_channel.id) if one.system_channel else None,
        "system_channel_flags": 0,
        "widget_enabled": False,
        "widget_channel_id": None,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "safety_alerts_channel_id": None,
        "application_id": None,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw": False,
        "nsfw_level": 0,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "premium_progress_bar_enabled": False,
        "vanity_url_code": None,
        "max_members": 500000,
        "max_presences": None,
        "max_video_channel_users": 25,
        "max_stage_video_channel_users": 50,
        "hub_type": None,
        "latest_onboarding_question_id": None,
        "incidents_data": None,
    }


def guild_create(one: Guild, bot: User, *, added: bool = False) -> Json:
    """The event that brings a whole server: after login, or (``added``) because the bot was added to it."""
    channels = [c for c in one.channels.values() if not c.is_thread]
    threads = [c for c in one.channels.values() if c.is_thread and not c.archived]
    return {
        **guild(one),
        "joined_at": one.members[bot.id].joined_at or CREATED,
        "large": False,
        **({} if added else {"unavailable": False}),
        "member_count": len(one.members),
        "members": [member(m) for m in one.members.values() if m.user is bot],
        "channels": [channel(c) for c in channels],
        "threads": [channel(c) for c in threads],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def attachment(one: Attachment, world: World) -> Json:
    """An attachment object with an address that the stand-in serves, signed and expiring."""
    url = world.files.url(one)
    payload: Json = {
        "id": str(one.id),
        "filename": one.filename,
        "size": len(one.data),
        "url": url,
        "proxy_url": url,
        "content_type": one.content_type,
    }
    if one.description is not None:
        payload["description"] = one.description
    if one.width is not None:
        payload.update(width=one.width, height=one.height)
    if one.ephemeral:
        payload["ephemeral"] = True
    return payload


def message(one: Message, world: World) -> Json:
    """A message object. Files that an embed shows are not listed again among the attachments."""
    shown = world.files.shown_in_embeds(one)
    payload: Json = {
        "id": str(one.id),
        "type": 20 if one.interaction and one.interaction.get("type") == 2 else 0,
        "channel_id": str(one.channel.id),
        "author": user(one.author),
        "content": one.content,
        "timestamp": one.timestamp,
        "edited_timestamp": one.edited_at,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [attachment(a, world) for a in one.attachments if a.filename not in shown],
        "embeds": world.files.resolve_embeds(one),
        "components": world.files.resolve_components(one),
        "pinned": False,
        "flags": one.flags,
    }
    if one.interaction:
        payload["interaction_metadata"] = {k: v for k, v in one.interaction.items() if k != "name"}
        payload["application_id"] = str(world.bot.id)
    if one.webhook:
        payload["webhook_id"] = str(world.bot.id)
    if one.reference:
        payload["message_reference"] = one.reference
        payload["type"] = 19
    if one.reactions:
        payload["reactions"] = [reaction(key, people, world.bot) for key, people in one.reactions.items()]
    return payload


def reaction(key: str, people: list[User], bot: User) -> Json:
    """How often a message carries one emoji."""
    return {
        "emoji": emoji(key),
        "count": len(people),
        "count_details": {"burst": 0, "normal": len(people)},
        "burst_colors": [],
        "me_burst": False,
        "burst_me": False,
        "me": bot in people,
        "burst_count": 0,
    }


def emoji(key: str) -> Json:
    """``key`` is the emoji itself, or ``name:id`` for a server's own."""
    name, _, number = key.partition(":")
    return {"id": number or None, "name": name}
