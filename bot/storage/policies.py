"""SafeSearch settings of servers, their lists, and who changed what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from .database import Database, wait_for_turn
from .setting_changes import announce_change
from .tables import blocklist, policy_audit, scope_levels
from .upsert import insert_or_update

MOST_ENTRIES = 1000
"""Entries that one server's lists may have."""


class ListKind(StrEnum):
    """What an entry of a server's lists does."""

    HOST = "host"
    WORD = "word"
    ALLOW = "allow"


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level that somebody set; ``scope_id`` is the server, category or channel."""

    scope: str
    scope_id: int
    level: str
    set_by: int
    set_at: datetime


@dataclass(frozen=True, slots=True)
class ListRow:
    """An entry of a server's lists."""

    kind: ListKind
    value: str
    set_by: int
    set_at: datetime


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A change that somebody made."""

    action: str
    scope: str | None
    scope_id: int | None
    before: str | None
    after: str | None
    done_by: int
    done_at: datetime


class TooManyEntries(Exception):
    """The server's lists are full."""


class PolicyStore:
    """Levels, lists and audit of servers; every change and its audit entry are one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def levels(self, guild_id: int) -> list[LevelRow]:
        """Return every level set in a server."""
        table = scope_levels.c
        query = select(table.scope, table.scope_id, table.level, table.set_by, table.set_at)
        query = query.where(table.guild_id == guild_id).order_by(table.scope, table.scope_id)
        async with self._database.transaction() as connection:
            return [LevelRow(*row) for row in await connection.execute(query)]

    async def entries(self, guild_id: int) -> list[ListRow]:
        """Return every entry of a server's lists."""
        table = blocklist.c
        query = select(table.kind, table.value, table.set_by, table.set_at)
        query = query.where(table.guild_id == guild_id).order_by(table.kind, table.value)
        async with self._database.transaction() as connection:
            return [ListRow(ListKind(kind), value, by, at) for kind, value, by, at in await connection.execute(query)]

    async def set_level(self, guild_id: int, scope: str, scope_id: int, level: str | None, by: int) -> str | None:
        """Set or (None) clear a level; return what it was before."""
        table = scope_levels.c
        here = (table.guild_id == guild_id, table.scope == scope, table.scope_id == scope_id)
        now = datetime.now(UTC)
        async with self._database.transaction(changes=True) as connection:
            await _in_turn(connection, guild_id)
            before = await connection.scalar(select(table.level).where(*here))
            if level is None:
                await connection.execute(delete(scope_levels).where(*here))
            else:
                row = {"guild_id": guild_id, "scope": scope, "scope_id": scope_id}
                await insert_or_update(connection, scope_levels, [{**row, "level": level, "set_by": by, "set_at": now}])
            if before != level:
                action = "clear" if level is None else "set"
                await connection.execute(
                    policy_audit.insert().values(
                        guild_id=guild_id, action=action, scope=scope, scope_id=scope_id,
                        before=before, after=level, done_by=by, done_at=now,
                    )
                )  # fmt: skip
                await announce_change(connection, guild_id)
        return before

    async def add_entry(self, guild_id: int, kind: ListKind, value: str, by: int) -> bool:
        """Add an entry; False if it was there already.

        Raises:
            TooManyEntries: the server has `MOST_ENTRIES` already.
        """
        table = blocklist.c
        now = datetime.now(UTC)
        async with self._database.transaction(changes=True) as connection:
            await _in_turn(connection, guild_id)
            known = (await connection.execute(select(table.kind, table.value).where(table.guild_id == guild_id))).all()
            if any(tuple(row) == (kind.value, value) for row in known):
                return False
            if len(known) >= MOST_ENTRIES:
                raise TooManyEntries
            row = {"guild_id": guild_id, "kind": kind.value, "value": value, "set_by": by, "set_at": now}
            await insert_or_update(connection, blocklist, [row])
            action = "allow" if kind is ListKind.ALLOW else f"block-{kind}"
            await connection.execute(
                policy_audit.insert().values(guild_id=guild_id, action=action, after=value, done_by=by, done_at=now)
            )
            await announce_change(connection, guild_id)
        return True

    async def remove_entry(self, guild_id: int, kind: ListKind, value: str, by: int) -> bool:
        """Remove an entry; False if it was not there."""
        table = blocklist.c
        here = (table.guild_id == guild_id, table.kind == kind.value, table.value == value)
        async with self._database.transaction(changes=True) as connection:
            if not (await connection.execute(delete(blocklist).where(*here))).rowcount:
                return False
            action = "disallow" if kind is ListKind.ALLOW else f"unblock-{kind}"
            await connection.execute(
                policy_audit.insert().values(
                    guild_id=guild_id, action=action, before=value, done_by=by, done_at=datetime.now(UTC)
                )
            )
            await announce_change(connection, guild_id)
        return True

    async def audit(self, guild_id: int, limit: int = 20) -> Sequence[AuditRow]:
        """Return the latest changes in a server, newest first."""
        table = policy_audit.c
        query = select(
            table.action, table.scope, table.scope_id, table.before, table.after, table.done_by, table.done_at
        )
        query = query.where(table.guild_id == guild_id).order_by(table.id.desc()).limit(limit)
        async with self._database.transaction() as connection:
            return [AuditRow(*row) for row in await connection.execute(query)]


async def _in_turn(connection: AsyncConnection, guild_id: int) -> None:
    """Begin a change of a server's settings once no other, also by another process, is on its way.

    What was there before is read first: two changes at once would both have found the same.
    """
    await connection.run_sync(wait_for_turn, guild_id)
