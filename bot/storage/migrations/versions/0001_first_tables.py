"""First tables.

Makes whatever ``tables`` declares now. Later revisions bring those databases up to date that were made before them, and
leave alone what is there already.
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
