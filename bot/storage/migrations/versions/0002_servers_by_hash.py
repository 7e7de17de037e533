"""Counts name servers by a keyed hash; sessions keep what was asked; servers may be absent."""

import hashlib
import hmac

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_TIME = sa.DateTime(timezone=True)
_KEPT = ("hour", "query", "person", "strictness", "searches")
_AT_ONCE = 1000


def upgrade() -> None:
    """Change what is not so yet."""
    found = sa.inspect(op.get_bind())
    columns = {name: {column["name"] for column in found.get_columns(name)} for name in found.get_table_names()}
    if "question" not in columns["page_sessions"]:
        empty = sa.text("x''" if op.get_bind().dialect.name == "sqlite" else "''")
        op.add_column("page_sessions", sa.Column("question", sa.LargeBinary, nullable=False, server_default=empty))
    if "absences" not in columns:
        op.create_table(
            "absences",
            sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
            sa.Column("since", _TIME, nullable=False),
        )
    if "guild_id" in columns["query_people"]:
        _hide_servers()


def _hide_servers() -> None:
    """Make the table of counts anew, with the hash of each server in place of its id."""
    bind = op.get_bind()
    key = bind.scalar(sa.text("SELECT value FROM secrets WHERE name = 'people'"))
    table = sa.table("query_people", sa.column("guild_id"), sa.column("hour", _TIME), *map(sa.column, _KEPT[1:]))
    rows = [tuple(row) for row in bind.execute(sa.select(table))]
    op.drop_table("query_people")
    counts = op.create_table(
        "query_people",
        sa.Column("server", sa.LargeBinary(16), primary_key=True),
        sa.Column("hour", _TIME, primary_key=True),
        sa.Column("query", sa.String(200), primary_key=True),
        sa.Column("person", sa.LargeBinary(16), primary_key=True),
        sa.Column("strictness", sa.Integer, nullable=False),
        sa.Column("searches", sa.Integer, nullable=False),
    )
    op.create_index("ix_query_people_hour", "query_people", ["hour"])
    if key is None:
        return  # nobody was counted yet
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        op.bulk_insert(
            counts, [{"server": _server(key, row[0]), **dict(zip(_KEPT, row[1:], strict=True))} for row in some]
        )


def _server(key: bytes, guild_id: int) -> bytes:
    return hmac.digest(bytes(key), f"server\n{guild_id}".encode(), hashlib.sha256)[:16]


def downgrade() -> None:
    """Nothing: which server a hash stands for cannot be told."""
