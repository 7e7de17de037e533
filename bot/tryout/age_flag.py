"""The age flag of a channel, which simcord does not model.

Discord marks an age-restricted channel with `nsfw: true` in the channel object: in GUILD_CREATE, CHANNEL_CREATE and
CHANNEL_UPDATE, in the REST answers, and in the `channel` of an interaction. Threads and forum posts carry no flag of
their own (a client looks at the parent), direct messages have none. This shim adds exactly that, in the one
function through which simcord writes every channel object.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from simcord.backend import Backend, serializers
from simcord.builders import ChannelHandle
from simcord.env import Env

__all__ = ["install_age_flag", "is_age_restricted", "set_age_restricted"]

# Text, voice, announcement, stage, forum and media channels.
_FLAGGED_TYPES = frozenset({0, 2, 5, 13, 15, 16})

_flagged: WeakKeyDictionary[Backend, set[int]] = WeakKeyDictionary()
_write_channel: Any = serializers.channel_payload


def _write_with_flag(backend: Any, channel: Any) -> Any:
    payload = _write_channel(backend, channel)
    flagged = _flagged.get(backend)
    if flagged is not None and int(channel.type) in _FLAGGED_TYPES:
        payload["nsfw"] = channel.id in flagged
    return payload


def install_age_flag(env: Env) -> None:
    """Give every channel of this world an age flag, off at first. Other worlds are left as they are."""
    _flagged.setdefault(env.backend, set())
    serializers.channel_payload = _write_with_flag


def is_age_restricted(env: Env, channel: ChannelHandle) -> bool:
    """Whether the channel counts as age-restricted: its own flag, for a thread its parent's; a DM never does."""
    stored: Any = env.backend.get_channel(channel.id)
    own_id = stored.parent_id if stored.is_thread else stored.id
    return own_id in _flagged.get(env.backend, set())


def set_age_restricted(env: Env, channel: ChannelHandle, *, restricted: bool) -> None:
    """Set or clear the flag; a change is announced to the bot as CHANNEL_UPDATE, as Discord does.

    Raises ValueError for a kind of channel that has no flag (a thread, a category, a DM).
    """
    stored: Any = env.backend.get_channel(channel.id)
    if int(stored.type) not in _FLAGGED_TYPES:
        raise ValueError("Only a server's own channel has an age flag; a thread follows its parent.")
    flagged = _flagged[env.backend]
    if (channel.id in flagged) == restricted:
        return
    if restricted:
        flagged.add(channel.id)
    else:
        flagged.discard(channel.id)
    env.backend.announce_channel_update(channel.id)
