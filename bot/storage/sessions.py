"""Page sessions: what each message shows, with optimistic locking by version.

After ``PAGE_LIFETIME`` only the question of a session is kept, some days longer, so that it can be asked again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from .database import LONG, Database
from .tables import page_sessions

PAGE_LIFETIME = timedelta(days=1)
"""Time for which a page is kept and its controls work; what people read about it is made from this."""
ASKED_AGAIN_FOR = timedelta(days=6)
"""Time beyond ``PAGE_LIFETIME`` for which what was asked is kept, so that it can be asked again."""

StorageError = SQLAlchemyError
"""Raised by every method when the database cannot be reached or refuses."""


@dataclass(frozen=True, slots=True)
class StoredSession:
    """One row: the user interface packs ``state``, ``data`` and ``question``; ``version`` counts the changes."""

    id: str
    kind: str
    owner_id: int
    state: str
    data: bytes
    created_at: datetime
    expires_at: datetime
    question: bytes = b""
    guild_id: int | None = None
    channel_id: int | None = None
    message_id: int | None = None
    version: int = 1

    def expired(self, now: datetime | None = None) -> bool:
        """True after its lifetime."""
        return self.expires_at <= (now or datetime.now(UTC))


class SessionStore:
    """The table of page sessions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def database(self) -> Database:
        """Where the table is."""
        return self._database

    @property
    def shared(self) -> bool:
        """True if other processes may use the same table: with PostgreSQL."""
        return self._database.dialect != "sqlite"

    async def exists(self, session_id: str) -> bool:
        """Return whether a session still has a row."""
        statement = select(page_sessions.c.id).where(page_sessions.c.id == session_id)
        async with self._database.transaction() as connection:
            return (await connection.execute(statement)).first() is not None

    async def add(self, session: StoredSession) -> None:
        """Keep a new session."""
        async with self._database.transaction() as connection:
            await connection.execute(insert(page_sessions).values(**_row(session)))

    async def get(self, session_id: str) -> StoredSession | None:
        """Return a live session."""
        return await self._one(page_sessions.c.id == session_id, self._alive())

    async def of_message(self, message_id: int, *, or_expired: bool = False) -> StoredSession | None:
        """Return the live session that a message shows, ``or_expired`` also an expired one; the newest of several."""
        return await self._one(page_sessions.c.message_id == message_id, *(() if or_expired else (self._alive(),)))

    async def get_or_expired(self, session_id: str) -> StoredSession | None:
        """Return a session, live or expired, of which at least the question is stored."""
        return await self._one(page_sessions.c.id == session_id)

    async def detach(self, session_id: str) -> None:
        """Forget which message shows a session."""
        statement = update(page_sessions).where(page_sessions.c.id == session_id).values(message_id=None)
        async with self._database.transaction() as connection:
            await connection.execute(statement)

    async def save(self, session: StoredSession, *, with_data: bool = True) -> StoredSession | None:
        """Write a changed session if nobody else changed it since it was read.

        ``with_data`` False leaves the pictures alone (a page turn). Returns the session with its new version, None if
        another change came first or the session is gone.
        """
        saved = await self.save_many([session], with_data=with_data)
        return saved[0] if saved else None

    async def save_many(self, sessions: Sequence[StoredSession], *, with_data: bool = False) -> list[StoredSession]:
        """Write several changed sessions in one transaction; returns those that were written, with new versions."""
        changed: dict[str, Any] = {
            "version": page_sessions.c.version + 1,
            "state": bindparam("new_state"),
            "kind": bindparam("new_kind"),
            "channel_id": bindparam("new_channel"),
            "message_id": bindparam("new_message"),
        }
        if with_data:
            changed["data"] = bindparam("new_data")
            changed["question"] = bindparam("new_question")
        statement = (
            update(page_sessions)
            .where(page_sessions.c.id == bindparam("its_id"), page_sessions.c.version == bindparam("its_version"))
            .values(changed)
        )
        written: list[StoredSession] = []
        async with self._database.transaction() as connection:
            for session in sessions:
                result = await connection.execute(statement, _changes(session, with_data=with_data))
                if result.rowcount == 1:
                    written.append(replace(session, version=session.version + 1))
        return written

    async def delete(self, session_id: str) -> None:
        """Forget a session."""
        async with self._database.transaction() as connection:
            await connection.execute(delete(page_sessions).where(page_sessions.c.id == session_id))

    async def purge(self, now: datetime | None = None) -> int:
        """Delete the pictures of expired sessions and questions past their retention; returns how many rows."""
        moment, table = now or datetime.now(UTC), page_sessions.c
        over = table.expires_at <= moment
        asked_long_ago = table.expires_at <= moment - ASKED_AGAIN_FOR
        emptied = update(page_sessions).where(over, table.data != b"").values(data=b"")
        async with self._database.transaction(within=LONG) as connection:
            gone = await connection.execute(delete(page_sessions).where(over, (table.question == b"") | asked_long_ago))
            return gone.rowcount + (await connection.execute(emptied)).rowcount

    @staticmethod
    def _alive() -> Any:
        return page_sessions.c.expires_at > datetime.now(UTC)

    async def _one(self, *conditions: Any) -> StoredSession | None:
        statement = select(page_sessions).where(*conditions).order_by(page_sessions.c.created_at.desc()).limit(1)
        async with self._database.transaction() as connection:
            row = (await connection.execute(statement)).mappings().first()
        return _session(row) if row else None


def _row(session: StoredSession) -> dict[str, Any]:
    return {column.name: getattr(session, column.name) for column in page_sessions.columns}


def _session(row: Mapping[Any, Any]) -> StoredSession:
    return StoredSession(**{column.name: row[column.name] for column in page_sessions.columns})


def _changes(session: StoredSession, *, with_data: bool) -> dict[str, Any]:
    changes: dict[str, Any] = {
        "its_id": session.id,
        "its_version": session.version,
        "new_state": session.state,
        "new_kind": session.kind,
        "new_channel": session.channel_id,
        "new_message": session.message_id,
    }
    return {**changes, "new_data": session.data, "new_question": session.question} if with_data else changes
