"""What is kept of an expired session: its question, and nothing that was found or uploaded."""

from dataclasses import dataclass

from bot.discord_ui.model.pager import View
from bot.discord_ui.model.session import Session, pack_session, unpack_session, unpack_state
from bot.storage.sessions import StoredSession

QUESTION_LIMIT = 4096
"""A question of more bytes than this is not kept."""


@dataclass(frozen=True, slots=True)
class ExpiredSession:
    """An expired session: its id, its question, and its last view."""

    id: str
    content: Session
    view: View


def pack_question(content: Session) -> bytes:
    """Write the question of a session; nothing if it is too large."""
    packed = pack_session(content.question())
    return packed if len(packed) <= QUESTION_LIMIT else b""


def unpack_expired(stored: StoredSession) -> ExpiredSession | None:
    """Read a session that has ended; None if nothing of it is left, or another version wrote it."""
    try:
        return ExpiredSession(stored.id, unpack_session(stored.question), unpack_state(stored.state).view)
    except ValueError:
        return None
