"""Who may do what where, computed as Discord's documentation describes (page "Permissions")."""

from __future__ import annotations

from discord import Permissions

from . import errors
from .model import Channel, Guild, User

ALL = Permissions.all().value
DEFAULT = Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    attach_files=True,
    add_reactions=True,
    read_message_history=True,
    use_application_commands=True,
    use_external_apps=True,
    use_external_emojis=True,
).value
"""What @everyone may do in a server of the stand-in, unless a test says otherwise."""

ALWAYS_IN_ANSWERS = Permissions(embed_links=True, attach_files=True).value
"""An application may always embed and attach in its answers to interactions."""

IN_DM = Permissions(
    view_channel=True,
    send_messages=True,
    embed_links=True,
    attach_files=True,
    add_reactions=True,
    read_message_history=True,
    use_external_emojis=True,
).value


def bits(names: str | list[str] | tuple[str, ...]) -> int:
    """The permissions named (discord.py's names, as ``"manage_messages"``) as one number."""
    wanted = [names] if isinstance(names, str) else list(names)
    return Permissions(**dict.fromkeys(wanted, True)).value


def of_member(guild: Guild, user: User) -> int:
    """What ``user`` may do in the whole server."""
    if guild.owner is user:
        return ALL
    member = guild.members.get(user.id)
    value = guild.everyone.permissions
    if member is not None and member.role is not None:
        value |= member.role.permissions
    return ALL if value & Permissions(administrator=True).value else value


def in_channel(channel: Channel, user: User) -> int:
    """What ``user`` may do in ``channel``; a thread asks its parent."""
    if channel.guild is None:
        return IN_DM if user in channel.recipients else 0
    place = channel.parent if channel.is_thread and channel.parent is not None else channel
    value = of_member(channel.guild, user)
    if value == ALL:
        return ALL
    member = channel.guild.members.get(user.id)
    if member is None:
        return 0
    role = member.role.id if member.role else 0
    for target in (channel.guild.id, role, user.id):
        for overwrite in place.overwrites:
            if overwrite.target == target:
                value = value & ~overwrite.deny | overwrite.allow
    return value if value & Permissions(view_channel=True).value else 0


def has(channel: Channel, user: User, *names: str) -> bool:
    """Whether ``user`` has every permission named in ``channel``."""
    wanted = bits(names)
    return in_channel(channel, user) & wanted == wanted


def require(channel: Channel, user: User, *names: str) -> None:
    """Refuse as Discord does: 50001 when the channel cannot be seen, 50013 when a permission is missing."""
    if not has(channel, user, "view_channel"):
        raise errors.missing_access()
    if not has(channel, user, *names):
        raise errors.missing_permissions()


def require_send(channel: Channel, user: User) -> None:
    """Refuse unless ``user`` may write in ``channel``."""
    require(channel, user, "send_messages_in_threads" if channel.is_thread else "send_messages")
