"""What of a session outlives its day: enough to ask the very same again, and nothing that was found or handed in."""

from dataclasses import dataclass

from bot.discord_ui.model.pager import View
from bot.discord_ui.model.session import Session, pack_session, unpack_session, unpack_state
from bot.storage.sessions import StoredSession

LIMIT = 4096
"""A session whose question takes more bytes than this is not kept beyond its day."""


@dataclass(frozen=True, slots=True)
class ExpiredSession:
    """A session whose day is over: its name, what was asked, and the view it was seen in."""

    id: str
    content: Session
    view: View


def pack_question(content: Session) -> bytes:
    """Write what outlives a session's day; nothing if that is too much."""
    packed = pack_session(content.question())
    return packed if len(packed) <= LIMIT else b""


def unpack_expired(stored: StoredSession) -> ExpiredSession | None:
    """Read a session whose day is over; None if nothing of it is left, or another version wrote it."""
    try:
        return ExpiredSession(stored.id, unpack_session(stored.question), unpack_state(stored.state).view)
    except ValueError:
        return None
