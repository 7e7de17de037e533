"""First tables.

Until the first release this revision makes whatever ``tables`` declares; later revisions change it step by step.
"""

from alembic import op

from bot.storage.tables import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables."""
    metadata.create_all(op.get_bind())


def downgrade() -> None:
    """Remove all tables."""
    metadata.drop_all(op.get_bind())
