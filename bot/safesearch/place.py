"""Who asks and where in Discord: facts only, no judgement and no discord import."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.bing_v7 import SafeSearch


class PlaceKind(StrEnum):
    """The kind of a place; ``UNKNOWN`` if in doubt."""

    CHANNEL = "channel"
    THREAD = "thread"
    DM = "dm"
    PRIVATE = "private"
    """A group DM or any private channel that the bot is not a member of."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Place:
    """A place as Discord describes it.

    ``channel_id`` is the channel whose rules count: for threads and forum posts the parent (None when it is not known).
    ``thread_id`` is the thread itself. ``age_restricted`` is the flag of that channel; None when it is not known.
    ``user_install`` is True when the app is used in a server that did not install it. ``everyone`` is True if everybody
    in the server can read the place; None when it is not known.
    """

    kind: PlaceKind
    guild_id: int | None = None
    channel_id: int | None = None
    category_id: int | None = None
    thread_id: int | None = None
    age_restricted: bool | None = None
    user_install: bool = False
    everyone: bool | None = None


@dataclass(frozen=True, slots=True)
class Requester:
    """Who asks, from where, and at which level of their own; ids are never sent to a provider.

    ``own`` is the level that the person chose for the command, or that the session was opened with: it only tightens.
    It has no default, so that it cannot be forgotten.
    """

    place: Place
    user_id: int
    locale: str = "en-US"
    moderator: bool = False
    """Has Manage Channels here, as the interaction says."""
    own: SafeSearch | None = field(kw_only=True)

    def at_least(self, own: SafeSearch | None) -> "Requester":
        """Return the requester with a session's own level, or their own where that is stricter."""
        return self if own is None or (self.own is not None and self.own >= own) else replace(self, own=own)
