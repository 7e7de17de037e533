"""Every table that Magpie keeps; Discord ids are 64-bit integers, times are UTC.

No message content is stored. Query text is linked to a person in page sessions alone (for a week), and in the recent
queries of people who asked for that.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Index, Integer, LargeBinary, MetaData, String, Table, Text
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Utc(TypeDecorator[datetime]):
    """An aware UTC time, also where the database forgets the zone (SQLite)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002 (given)
        """Store as UTC."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002 (as above)
        """Read back as an aware time."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


scope_levels = Table(
    "scope_levels",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("scope", String(10), primary_key=True),
    Column("scope_id", BigInteger, primary_key=True, autoincrement=False),
    Column("level", String(10), nullable=False),
    Column("set_by", BigInteger, nullable=False),
    Column("set_at", Utc, nullable=False),
)
"""SafeSearch levels that moderators set; ``scope`` is server, category or channel; no row means inherit."""

policy_audit = Table(
    "policy_audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("guild_id", BigInteger, nullable=False, index=True),
    Column("action", String(20), nullable=False),
    Column("scope", String(10)),
    Column("scope_id", BigInteger),
    Column("before", Text),
    Column("after", Text),
    Column("done_by", BigInteger, nullable=False),
    Column("done_at", Utc, nullable=False),
)
"""Who changed what about safety, for moderators to read."""

blocklist = Table(
    "blocklist",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(10), primary_key=True),
    Column("value", String(255), primary_key=True),
    Column("set_by", BigInteger, nullable=False),
    Column("set_at", Utc, nullable=False),
)
"""Blocked hosts and words, and allowed hosts, of a server; ``kind`` is host, word or allow."""

guild_settings = Table(
    "guild_settings",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("channel_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
"""Other choices of a server (``channel_id`` 0) or of one of its channels."""

page_sessions = Table(
    "page_sessions",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("owner_id", BigInteger, nullable=False),
    Column("guild_id", BigInteger),
    Column("channel_id", BigInteger),
    Column("message_id", BigInteger, index=True),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("question", LargeBinary, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False, index=True),
)
"""What a message shows now, so that its controls outlive a restart.

``state`` is the small part that a page turn changes, ``data`` the pictures fetched; ``version`` counts the changes.
``data`` goes after a day; ``question``, what was asked, stays some days longer, so that it can be asked again.
"""

absences = Table(
    "absences",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("since", Utc, nullable=False),
)
"""Servers that were gone when the bot came back; what is kept about them goes when they stay away."""

query_people = Table(
    "query_people",
    metadata,
    Column("server", LargeBinary(16), primary_key=True),
    Column("hour", Utc, primary_key=True),
    Column("query", String(200), primary_key=True),
    Column("person", LargeBinary(16), primary_key=True),
    Column("strictness", Integer, nullable=False),
    Column("searches", Integer, nullable=False),
    Index("ix_query_people_hour", "hour"),
)
"""How often a query was made in an hour.

``server`` is a keyed hash; ``person`` is one of person and query, so nobody's searches can be joined. ``strictness`` is
that of the strictest level at which it passed: 0 Off, 1 Moderate, 2 Strict.
"""

spending = Table(
    "spending",
    metadata,
    Column("provider", String(40), primary_key=True),
    Column("scope", String(10), primary_key=True),
    Column("scope_id", BigInteger, primary_key=True, autoincrement=False),
    Column("period", String(10), primary_key=True),
    Column("used", Integer, nullable=False),
)
"""Calls made to providers; ``scope`` is provider, server or person, ``period`` a day (2026-01-31) or a month."""

recent_queries = Table(
    "recent_queries",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("query", String(200), primary_key=True),
    Column("made_at", Utc, nullable=False),
)
"""A person's own recent queries, kept only for people who turned that on."""

user_settings = Table(
    "user_settings",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
"""A person's own choices: remember my queries, my own (stricter) level."""

secrets = Table(
    "secrets",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
"""Random keys made at first start: for hashing people, for signing tokens."""

command_sync = Table(
    "command_sync",
    metadata,
    Column("application_id", BigInteger, primary_key=True, autoincrement=False),
    Column("fingerprint", String(64), nullable=False),
    Column("synced_at", Utc, nullable=False),
)
"""Fingerprint of the commands Discord was last told about, so that an unchanged start does not sync again."""
