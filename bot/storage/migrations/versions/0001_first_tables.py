"""First tables.

Databases that earlier versions made at this revision had the tables of their day, with some of what later revisions
bring; those leave alone what is there already.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_TIME = sa.DateTime(timezone=True)
_tables = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

sa.Table(
    "scope_levels",
    _tables,
    sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("scope", sa.String(10), primary_key=True),
    sa.Column("scope_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("level", sa.String(10), nullable=False),
    sa.Column("set_by", sa.BigInteger, nullable=False),
    sa.Column("set_at", _TIME, nullable=False),
)
sa.Table(
    "policy_audit",
    _tables,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("guild_id", sa.BigInteger, nullable=False, index=True),
    sa.Column("action", sa.String(20), nullable=False),
    sa.Column("scope", sa.String(10)),
    sa.Column("scope_id", sa.BigInteger),
    sa.Column("before", sa.Text),
    sa.Column("after", sa.Text),
    sa.Column("done_by", sa.BigInteger, nullable=False),
    sa.Column("done_at", _TIME, nullable=False),
)
sa.Table(
    "blocklist",
    _tables,
    sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.String(10), primary_key=True),
    sa.Column("value", sa.String(255), primary_key=True),
    sa.Column("set_by", sa.BigInteger, nullable=False),
    sa.Column("set_at", _TIME, nullable=False),
)
sa.Table(
    "guild_settings",
    _tables,
    sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("channel_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
sa.Table(
    "page_sessions",
    _tables,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("owner_id", sa.BigInteger, nullable=False),
    sa.Column("guild_id", sa.BigInteger),
    sa.Column("channel_id", sa.BigInteger),
    sa.Column("message_id", sa.BigInteger, index=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
    sa.Column("created_at", _TIME, nullable=False),
    sa.Column("expires_at", _TIME, nullable=False, index=True),
)
sa.Table(
    "query_people",
    _tables,
    sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("hour", _TIME, primary_key=True),
    sa.Column("query", sa.String(200), primary_key=True),
    sa.Column("person", sa.LargeBinary(16), primary_key=True),
    sa.Column("strictness", sa.Integer, nullable=False),
    sa.Column("searches", sa.Integer, nullable=False),
    sa.Index("ix_query_people_hour", "hour"),
)
sa.Table(
    "spending",
    _tables,
    sa.Column("provider", sa.String(40), primary_key=True),
    sa.Column("scope", sa.String(10), primary_key=True),
    sa.Column("scope_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("period", sa.String(10), primary_key=True),
    sa.Column("used", sa.Integer, nullable=False),
)
sa.Table(
    "recent_queries",
    _tables,
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("query", sa.String(200), primary_key=True),
    sa.Column("made_at", _TIME, nullable=False),
)
sa.Table(
    "user_settings",
    _tables,
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
sa.Table(
    "secrets",
    _tables,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("value", sa.LargeBinary, nullable=False),
)
sa.Table(
    "command_sync",
    _tables,
    sa.Column("application_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("fingerprint", sa.String(64), nullable=False),
    sa.Column("synced_at", _TIME, nullable=False),
)


def upgrade() -> None:
    """Make the tables of this revision."""
    _tables.create_all(op.get_bind())


def downgrade() -> None:
    """Remove them."""
    _tables.drop_all(op.get_bind())
